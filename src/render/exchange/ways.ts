import type { Difference } from '../../notebook/exchange/differences.ts'
import { argumentOf } from '../../text/command-line.ts'

type Row = Difference['here']

/** A way to have a thing as a file has it: what to say about it, and the commands, in their order. */
export interface Way {
  readonly say: string
  readonly commands: readonly string[]
}

/** What the commands have to know beside the rows. */
export interface WaysContext {
  readonly today: string
  /** The name of a person as a command finds them. */
  readonly nameOf: (personId: number) => string
  /** Whether a goal is open here, so that an item can serve it. */
  readonly isGoalOpen: (goalId: number) => boolean
  /** The command that takes in the same file once more. */
  readonly again: string
  /** What names the notebook, behind each command; mostly nothing. */
  readonly where: string
  /** Whether commands are typed into a shell of Windows. */
  readonly isWindows: boolean
}

/** What is said before commands that take all of a thing. */
export const TAKE = 'To have it as the file says:'

/** A session with all that belongs to it, as the file has it. */
export function anewSession(session: number, scene: WaysContext): Way {
  const why = 'To have all of it as the file says; its answers and action items here go first:'
  return {
    say: why,
    commands: [`coach delete session ${session}${scene.where}`, scene.again],
  }
}

/** A thing that is deleted here, and comes anew. */
export function anew(what: string, id: number, { where, again }: WaysContext, why: string): Way {
  return {
    say: `${why} To have it as the file says, delete it here first:`,
    commands: [`coach delete ${what} ${id}${where}`, again],
  }
}

/** A command with its flags; nothing where no flag is needed, null where a text fits in none. */
export function withFlags(
  command: string,
  flags: readonly (string | null)[],
  where: string,
): readonly string[] | null {
  if (flags.includes(null)) return null
  return flags.length === 0 ? [] : [`${[command, ...flags].join(' ')}${where}`]
}

/** A text as a flag; null where no command line can hold it. */
export function flag(
  name: string,
  row: Row,
  column: string,
  { isWindows }: WaysContext,
): string | null {
  const value = String(row[column] ?? '')
  const text = /^\w[\w.-]*$/.test(value) ? value : argumentOf(value, isWindows)
  return text === null ? null : `--${name} ${text}`
}

/** A day as a flag; without one, the flag takes the day away. */
export function dayFlag(name: string, day: string): string {
  return `--${name} ${day === '' ? '""' : day}`
}
