import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  lstatSync,
  readdirSync,
  statSync,
  unlinkSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CoachError, EXIT } from '../../errors.ts'
import { codeOf } from '../../files/durable.ts'

/** Which file stands at a path now, links followed: its device and its number there; null where there is none. */
export function fileAt(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.dev}:${found.ino}` : null
}

/** A notebook whose file is no longer at its path, or is another one there, is not written to (4). */
export function refuseMoved(path: string, opened: string): void {
  const now = fileAt(path)
  if (now === opened) return
  throw new CoachError(
    EXIT.busy,
    `${path} was ${now === null ? 'moved or deleted' : 'replaced by another file'} while coach was using it. Nothing was written.`,
    'See whether a synchronising program did that, then run the command again.',
  )
}

/**
 * A failure of a command under which another one put a new file in the place of the notebook, as `coach encrypt` does, says nothing
 * about either file: it becomes “try again” (4). Anything else comes back as it is.
 * @param seen which file it was when the command began; null where that is not known
 */
export function sayReplaced(error: unknown, path: string, seen: string | null): unknown {
  if (seen === null || fileAt(path) === seen) return error
  const isOther =
    error instanceof CoachError &&
    (error.exitCode === EXIT.busy || error.exitCode === EXIT.newer || !error.message.includes(path))
  if (isOther) return error
  return new CoachError(
    EXIT.busy,
    `Another file took the place of ${path} while coach was using it, as when the notebook is encrypted in another window. What was saved before is safe.`,
    'Run the command again.',
    { cause: error },
  )
}

/**
 * Why a notebook may only be read; null where it can be written.
 * @param path where the file itself is, with no link on the way
 * @param user the number of the user, where the system has such numbers
 */
export function whyReadOnly(path: string, user: number | undefined): CoachError | null {
  const { uid, nlink } = statSync(path)
  const refusal = (why: string, next: string) =>
    new CoachError(
      EXIT.cannotWrite,
      `${path} cannot be written. What it holds is safe and can be read. ${why}`,
      next,
    )
  const denied = [path, dirname(path)].find((one) => whyNotWritten(one) !== null)
  if (denied !== undefined) {
    const where = denied === path ? 'the file' : `its folder ${denied}, which a safe write needs`
    return whyNotWritten(denied) === 'EROFS'
      ? refusal('It is on a disk that can only be read.', 'Work on a copy on another disk.')
      : refusal(
          `You may not write ${where}.`,
          'Give yourself permission to write the file and its folder, then run the command again.',
        )
  }
  if (user !== undefined && uid !== user) {
    return refusal(
      'It belongs to another user of this computer.',
      'Run coach as that user, or make a copy that is yours and name it with --notebook FILE.',
    )
  }
  if (nlink > 1 && !dropOwnLinks(path)) {
    return refusal(
      'It is the same file as another one with a different name (a hard link), so each change would change that one too.',
      user === undefined
        ? 'Make a copy of the file in its folder, remove the file, and give the copy its name.'
        : `Make a copy of its own and put it in its place: cp "${path}" "${path}.copy" && mv "${path}.copy" "${path}"`,
    )
  }
  return null
}

/** What coach puts beside a notebook. */
const OURS = /^(last-notebook\.json|config\.yaml|question-banks|guides|backups|drafts)$/

/**
 * Who could get at a notebook when it was opened: its owner alone (`private`), others until just now (`tightened`), or others still,
 * because the disk keeps no permissions or does not let them be changed (`open`).
 */
export type Privacy = 'private' | 'tightened' | 'open'

/**
 * Makes a notebook of this user readable by its owner alone, whatever the umask was when it came here, and its folder
 * too where nothing but coach's own files stands in it. A disk on which that cannot be done is no reason not to read.
 */
export function tighten(path: string, user: number | undefined): Privacy {
  const [folder, name] = [dirname(path), basename(path)]
  const isLax = (one: string) => {
    const { uid, mode } = statSync(one)
    return uid === user && (mode & 0o077) !== 0
  }
  const isFileLax = isLax(path)
  const isFolderLax =
    isLax(folder) && readdirSync(folder).every((one) => one.startsWith(name) || OURS.test(one))
  if (!isFileLax && !isFolderLax) return 'private'
  if (isFileLax) makePrivate(path, 0o600)
  if (isFolderLax) makePrivate(folder, 0o700)
  // Some file systems, as that of many memory sticks, say yes to a change of mode and change nothing.
  return (isFileLax && isLax(path)) || (isFolderLax && isLax(folder)) ? 'open' : 'tightened'
}

/** Lets nobody but the owner at a file or folder, as far as its disk can do that. What came of it shows in its mode alone. */
export function makePrivate(path: string, mode: 0o600 | 0o700): void {
  try {
    chmodSync(path, mode)
  } catch (error) {
    // Shares of a network and some disks refuse every change of mode. Whoever can read there can still read.
    if (!/^(?:EPERM|EACCES|EROFS|ENOTSUP|EOPNOTSUPP|ENOSYS|EINVAL)$/.test(codeOf(error)))
      throw error
  }
}

function whyNotWritten(path: string): string | null {
  try {
    accessSync(path, constants.W_OK)
    return null
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  }
}

/** Names that a notebook has for a moment: while it is made, restored, or put under a password and kept as it was. */
const OWN_NAMES = /\.new-[0-9a-f-]+$|\.[0-9a-f-]{36}\.new$|-before-encryption(?:-\d+)?\.db$/

/** A second name of the file, left by a command that was interrupted. @returns whether no other name is left */
function dropOwnLinks(path: string): boolean {
  const mine = fileAt(path)
  for (const folder of [dirname(path), join(dirname(path), 'backups')]) {
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      const one = join(folder, name)
      if (one === path || !OWN_NAMES.test(name) || lstatSync(one).isSymbolicLink()) continue
      if (fileAt(one) === mine) unlinkSync(one)
    }
  }
  return statSync(path).nlink === 1
}

/**
 * What a file is like from outside: which one it is, how long, and when it was written last. As long as that is so, nobody has
 * touched it. Null where it cannot be told.
 */
export function traceOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found ? [found.dev, found.ino, found.size, found.mtimeNs].join(' ') : null
}
