import { CUES, type Cue, follow } from '../cues.ts'
import { homeWithAna } from '../process.ts'
import { type Pty, type PtyOptions, startCoach } from '../pty.ts'

export const NEEDED = 'This one is needed for the record.'
export const QUICK_RECORD = ['session', 'ana', '--record', '--quick']
export const ORTP_PREPARE = ['session', 'ana', '--prepare']

/** Where the program is started: in a home with one person. */
export async function atHome(): Promise<PtyOptions> {
  return { folder: await homeWithAna() }
}

/** Starts a session with that person, and answers until a prompt is asked. */
export async function reach(
  args: readonly string[],
  options: PtyOptions,
  cues: readonly Cue[],
  asks: string,
): Promise<Pty> {
  const coach = startCoach(args, options)
  await follow(coach, cues, asks)
  return coach
}

const UNDATED: Cue = {
  asks: 'What was agreed, and by when?',
  reply: (coach) => coach.answer('send the notes'),
}
export const quickCues = [
  ...CUES.quick.prepare,
  CUES.quick.record[0],
  UNDATED,
  ...CUES.quick.record.slice(2),
]

export const LINES = ['first line', 'second line', '', '\tan indented line', 'the last line']
