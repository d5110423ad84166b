import type { Answer, Marks } from './model.ts'

/** Exit codes of the program; scripts rely on them, so they never change meaning. */
export const EXIT = {
  ok: 0,
  bug: 1,
  usage: 2,
  notFound: 3,
  busy: 4,
  damaged: 5,
  newer: 6,
  cannotWrite: 7,
  overdue: 10,
  interrupted: 130,
  terminated: 143,
  hungUp: 129,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/**
 * An expected failure, told to the user as it stands: `message` says what happened and what is safe,
 * `next` what to do about it. Everything else that is thrown is a bug in coach.
 */
export class CoachError extends Error {
  readonly exitCode: ExitCode
  readonly next: string | undefined

  constructor(exitCode: ExitCode, message: string, next?: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'CoachError'
    this.exitCode = exitCode
    this.next = next
  }
}

/** Something was answered in another window since it was read here (exit 4). `answers`: what the session holds now, with its `marks`. */
export class ChangedElsewhere extends CoachError {
  readonly answers: readonly Answer[]
  readonly marks: Marks

  constructor(message: string, answers: readonly Answer[], marks: Marks) {
    super(EXIT.busy, message, 'Look at what stands there now, then answer again.')
    this.name = 'ChangedElsewhere'
    this.answers = answers
    this.marks = marks
  }
}

/** Wrong usage or a bad input file (exit 2). */
export function usageError(message: string, next?: string, options?: ErrorOptions): CoachError {
  return new CoachError(EXIT.usage, message, next, options)
}

/** Something named does not exist or is ambiguous (exit 3). */
export function notFound(message: string, next?: string): CoachError {
  return new CoachError(EXIT.notFound, message, next)
}

/** The exit code of a conversation that was left: by a signal, or else by Ctrl-C or the end of the keyboard. */
export function exitCodeOf(signal: 'SIGTERM' | 'SIGHUP' | null): ExitCode {
  if (signal === 'SIGTERM') return EXIT.terminated
  return signal === 'SIGHUP' ? EXIT.hungUp : EXIT.interrupted
}
