import { wrap } from '../output/layout.ts'
import { safe } from '../text/text.ts'

/** Told when copies of the notebook turn up beside it. Every notice here ends with a line end. */
export function copiesNotice(copies: readonly string[]): string {
  return (
    `Beside your notebook lies what looks like another copy of it: ${copies.map(safe).join(', ')}\n` +
    'coach reads and writes only the notebook itself. Look whether the copy holds something that is missing here: coach --notebook FILE today\n'
  )
}

/** Told when another notebook, or an older copy, has taken the place of the one used last. */
export function replacedNotice(path: string, by: 'other' | 'older'): string {
  const what =
    by === 'other'
      ? 'is another one than you used last'
      : 'is an older copy of the one that you used last, so what you wrote after it was made is not in it'
  return `The notebook ${safe(path)} ${what}. A synchronising program or a copy may have put it there. Before you write more, look for yours: coach backup --list\n`
}

/** Told when nothing is written to the file that took the notebook's place until the manager chooses. */
export function strangerNotice({
  what,
  coach,
  best,
  width,
}: {
  /** What was found, in sentences. */
  readonly what: string
  /** How coach is called for this notebook. */
  readonly coach: string
  /** The command that brings back the one from before; null where no copy of it was found. */
  readonly best: string | null
  readonly width: number
}): string {
  const choices = [
    ...(best === null ? [] : [['Bring yours back; this one is kept as a copy:', best]]),
    ['Go on with this one:', 'restore --keep'],
  ]
  const lines = [
    ...wrap(`${what}\nNothing is written to it until you choose.`, width),
    ...choices.flatMap(([choice, command]) => [`  ${choice}`, `    ${coach} ${command}`]),
  ]
  return safe(`${lines.join('\n')}\n`)
}

/** Told when coach has just shut others out. */
export const TIGHTENED =
  'Other users of this computer could get at your notebook. Now only you can.\n'

/** Told when coach cannot shut others out. */
export function exposedNotice(path: string): string {
  return (
    `Other users of this computer may be able to open your notebook ${safe(path)}\n` +
    'coach could not make it private: the disk it is on keeps no permissions, or does not let coach change them. ' +
    'To keep others out, move it to a disk of your own, or put it under a password: coach encrypt\n'
  )
}

/** Told when the notebook was brought to a newer format. */
export function updatedNotice(copyBefore: string): string {
  return `Your notebook has been brought up to date. A copy from before is at ${safe(copyBefore)}\n`
}

/** Told when a new notebook is in a folder that a program copies to other computers. */
export function syncedNotice(path: string, program: string): string {
  return `Your new notebook ${safe(path)} is in a folder of ${program}, which copies it to other computers. Use it on one computer at a time, and think of who else can see that folder.\n`
}

/** Told when another program has the notebook locked. On a terminal, somebody may be in the middle of a line. */
export function waitingNotice(isTTY: boolean): string {
  return `${isTTY ? '\n' : ''}Waiting for another program that has the notebook open…\n`
}

/** Told when the backup of the week failed. */
export function noBackupNotice(why: string): string {
  const what = 'What you saved is safe, but the backup of this week could not be made.'
  return `${safe(`${what}${why}`.trimEnd())}\n`
}
