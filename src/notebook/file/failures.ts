import { CoachError, EXIT, type ExitCode } from '../../errors.ts'
import { rescueLine } from './backup-hint.ts'

/** What to do is a line of its own, or what is left of the notebook says it. */
type Saying = readonly [code: ExitCode, what: string, next: string | ((path: string) => string)]

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
  (path) => rescueLine(path),
]
const READ_ONLY: Saying = [
  EXIT.cannotWrite,
  'cannot be written. What it holds is safe and can be read.',
  'Give yourself permission to write the file and its folder, then run the command again.',
]
const UNFINISHED: Saying = [
  EXIT.cannotWrite,
  'holds a change that was interrupted, and it cannot be taken back because the file or its folder cannot be written. Nothing was changed.',
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

const MEANS: Saying = [
  EXIT.cannotWrite,
  'could not be opened: this computer allows coach no more files or memory at the moment. What was saved before is safe.',
  'Close other programs, then run the command again.',
]
const NAME: Saying = [
  EXIT.cannotWrite,
  'could not be made: its name is too long, or something else stands there. Nothing was changed.',
  'Name another place with --notebook FILE.',
]

const SAYINGS: Readonly<Record<string, Saying>> = {
  SQLITE_BUSY: BUSY,
  SQLITE_LOCKED: BUSY,
  SQLITE_READONLY_DBMOVED: CHANGED,
  SQLITE_READONLY: READ_ONLY,
  SQLITE_READONLY_ROLLBACK: UNFINISHED,
  SQLITE_READONLY_RECOVERY: UNFINISHED,
  SQLITE_CONSTRAINT_FOREIGNKEY: GONE_ROW,
  SQLITE_CORRUPT: DAMAGED,
  SQLITE_NOTADB: DAMAGED,
  SQLITE_FULL: FULL,
  SQLITE_IOERR: IO,
  SQLITE_CANTOPEN: GONE,
  SQLITE_PROTOCOL: BUSY,
  SQLITE_PERM: READ_ONLY,
  SQLITE_NOMEM: MEANS,
  SQLITE_IOERR_NOMEM: MEANS,
  SQLITE_NOLFS: FULL,
  EBUSY: BUSY,
  EMFILE: MEANS,
  ENFILE: MEANS,
  ENOMEM: MEANS,
  ENOSPC: FULL,
  EDQUOT: FULL,
  EFBIG: FULL,
  EEXIST: NAME,
  EISDIR: NAME,
  ENAMETOOLONG: NAME,
  ELOOP: NAME,
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
  const line = typeof next === 'string' ? next : next(path)
  return new CoachError(exitCode, `${path} ${what}`, line, { cause: error })
}
