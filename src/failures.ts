import { CoachError, EXIT, type ExitCode } from './errors.ts'

type Saying = readonly [code: ExitCode, what: string, next: string]

const BUSY: Saying = [
  EXIT.busy,
  'is in use by another program, and stayed so for five seconds. Nothing was written.',
  'Close what has it open, then run the command again.',
]
const CHANGED: Saying = [
  EXIT.busy,
  'was moved or replaced while coach was using it. Nothing was written.',
  'See whether a synchronising program moved it, then run the command again.',
]
const GONE_ROW: Saying = [
  EXIT.busy,
  'was changed in another window: what this is about was deleted there. Nothing was written.',
  'See what is there now with: coach people',
]
const DAMAGED: Saying = [
  EXIT.damaged,
  'is damaged or is not a notebook of coach. Nothing was changed.',
  'Keep the file as it is, and put a backup of it in its place.',
]
const READ_ONLY: Saying = [
  EXIT.cannotWrite,
  'cannot be written. What it holds is safe and can be read.',
  'Give yourself permission to write the file and its folder, then run the command again.',
]
const FULL: Saying = [
  EXIT.cannotWrite,
  'could not be written: the disk is full. What was saved before is safe.',
  'Make room, then run the command again.',
]
const IO: Saying = [
  EXIT.cannotWrite,
  'could not be written or read: the disk reported an error. What was saved before is safe.',
  'Check the disk, then run the command again.',
]
const GONE: Saying = [
  EXIT.damaged,
  'could not be opened. Nothing was changed.',
  'Check that the folder exists and that you may read it.',
]

const SAYINGS: Readonly<Record<string, Saying>> = {
  SQLITE_BUSY: BUSY,
  SQLITE_LOCKED: BUSY,
  SQLITE_READONLY_DBMOVED: CHANGED,
  SQLITE_READONLY: READ_ONLY,
  SQLITE_CONSTRAINT_FOREIGNKEY: GONE_ROW,
  SQLITE_CORRUPT: DAMAGED,
  SQLITE_NOTADB: DAMAGED,
  SQLITE_FULL: FULL,
  SQLITE_IOERR: IO,
  SQLITE_CANTOPEN: GONE,
  ENOSPC: FULL,
  EROFS: READ_ONLY,
  EACCES: READ_ONLY,
  EPERM: READ_ONLY,
  EIO: IO,
  ENOTDIR: GONE,
  ENOENT: GONE,
}

/** A failure of the file or of SQLite as a sentence for the user; anything else comes back as it is. */
export function sayFailure(error: unknown, path: string): unknown {
  if (error instanceof CoachError || !(error instanceof Error) || !('code' in error)) return error
  const code = String(error.code)
  const saying = SAYINGS[code] ?? SAYINGS[code.split('_').slice(0, 2).join('_')]
  if (!saying) return error
  const [exitCode, what, next] = saying
  return new CoachError(exitCode, `${path} ${what}`, next, { cause: error })
}
