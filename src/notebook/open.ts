import { refuseOthers, whyOdd } from './file/whose-file.ts'
import { expect, pragmas, connect, type Key } from './file/connect.ts'
import { giveDraftKey, newUuid } from './schema/row-values.ts'
import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../errors.ts'
import { sayFailure } from './file/failures.ts'
import { codeOf, nameNew, removeQuietly, syncFolder } from '../files/durable.ts'
import { rescueLine } from './file/backup-hint.ts'
import { formatOf } from './schema/store-row.ts'
import { refuseStrangeJournals } from './file/foreign-journal.ts'
import { addStart, type Start } from './file/starts.ts'
import type { Known } from './integrity/parted-check.ts'
import { upgrade } from './upgrade.ts'
import { applyMissing as migrate } from './schema/apply-migrations.ts'
import { MIGRATIONS } from './schema/migrations.ts'
import { BUSY_MS, patiently } from './file/lock-wait.ts'
import { fileAt, type Privacy, tighten, traceOf, whyReadOnly } from './file/file-identity.ts'
import { headerAt } from './file/header.ts'
import { damaged, isSound } from './file/quick-check.ts'
import { refuseOtherSteps } from './migration-checksums.ts'

/** Puts into a new notebook what it begins with. */
export type Fill = (db: Database.Database) => void

/** An open notebook file, before it is dressed with the functions of the tables. */
export interface OpenFile {
  readonly db: Database.Database
  readonly path: string
  readonly storeId: string
  /** How often it had been written to when it was opened. */
  readonly generation: number
  /** Which file it is on the disk, whatever its name. */
  readonly place: string
  /** Why it may only be read; null where it can be written. */
  readonly readOnly: CoachError | null
  /** What it is encrypted with; null for a plain file. */
  readonly key: Key | null
  /** Who could get at it, see {@link Privacy}. */
  readonly privacy: Privacy
  /** The copy of the file as it was, where it has just been brought to a newer format. */
  readonly copyBefore: string | null
}

/** How a file is opened. `onWait` is called once when another program has it locked for a second. */
export interface Opening {
  readonly key?: Key | null
  readonly onWait?: (() => void) | undefined
  /** What is known of the file from earlier starts. */
  readonly known?: Known | undefined
  /** From how many bytes on the check before the first write is parted, where not as usual. */
  readonly large?: number | undefined
  /** The start that was seen last in the file at this place. */
  readonly seen?: Start | undefined
  /** Called when a write through this opening is on the disk. */
  readonly onWritten?: ((start: Start) => void) | undefined
}

/**
 * Opens an existing notebook. Refuses what is not one (5) and what is newer (6) before anything is written.
 * Where the file or its folder cannot be written, it opens for reading only. An older format is brought up to date, after a
 * copy was made and proved readable.
 */
export function openFile(
  path: string,
  now: Date,
  { key = null, onWait, known = {} }: Opening = {},
): OpenFile {
  try {
    refuseForeign(path, key)
    // A link is followed once, so that the journal, the folder that is looked at and the file belong together.
    const real = realpathSync.native(path)
    const place = fileAt(real) ?? ''
    const readOnly = whyReadOnly(real, process.getuid?.())
    const isReadOnly = readOnly !== null
    const how = { timeout: BUSY_MS, key }
    refuseStrangeJournals(real, (file) => connect(file, how), isReadOnly)
    const db = connect(real, { ...how, readonly: isReadOnly })
    try {
      expect(db, 'busy_timeout', BUSY_MS)
      patiently(db, () => refuseOthers(db, path), onWait)
      refuseOtherSteps(db, path)
      // What nobody has touched since coach wrote it last was looked at before that.
      const trace = traceOf(real)
      const isOwn = trace !== null && [known.sound, known.parts?.trace].includes(trace)
      const odd = isOwn ? null : patiently(db, () => whyOdd(db, path), onWait)
      // To bring it up to date would run what somebody put there.
      if (odd !== null && formatOf(db) < MIGRATIONS.length) throw odd
      pragmas(db, isReadOnly || odd !== null, path)
      const privacy = isReadOnly ? 'private' : tighten(real, process.getuid?.())
      const copyBefore = upgrade(db, path, isReadOnly, now, key)
      const row = db
        .prepare<[], { uuid: string; generation: number }>('SELECT uuid, generation FROM store')
        .get()
      if (!row) throw damaged(path)
      // Once it was brought up to date: a look writes nothing.
      if (key !== null && copyBefore !== null) giveDraftKey(db)
      const { uuid: storeId, generation } = row
      return {
        db,
        path,
        storeId,
        generation,
        place,
        readOnly: readOnly ?? odd,
        key,
        privacy,
        copyBefore,
      }
    } catch (error) {
      const isRefused = error instanceof CoachError
      const isBroken = !isRefused && isOfContent(error) && !isSound(db)
      db.close()
      throw isBroken ? damaged(path) : error
    }
  } catch (error) {
    throw sayFailure(error, path)
  }
}

/** A statement that does not fit what the file holds: a part of it may be gone. */
function isOfContent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_ERROR'
}

/**
 * Makes a new notebook. It is built beside its place and linked there when it is whole, so that an
 * interrupted start leaves no half-made file, and a file that exists meanwhile is never replaced.
 * @param fill puts in what it begins with
 */
export function createFile(path: string, now: Date, fill: Fill = () => {}): void {
  const temporary = `${path}.new-${newUuid()}`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    closeSync(openSync(temporary, 'wx', 0o600))
    const db = connect(temporary, { timeout: BUSY_MS })
    try {
      pragmas(db)
      migrate(db, now)
      fill(db)
      db.transaction(() => void addStart(db))()
    } finally {
      db.close()
    }
    putInPlace(temporary, path)
    syncFolder(dirname(path))
  } catch (error) {
    throw sayFailure(error, path)
  } finally {
    removeQuietly(temporary)
    removeQuietly(`${temporary}-journal`)
  }
}

/** Gives a whole file its name; where another coach was quicker, its file stays. */
function putInPlace(from: string, to: string): void {
  try {
    nameNew(from, to)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

function refuseForeign(path: string, key: Key | null): void {
  const found = statSync(path)
  const foreign = (what: string) =>
    new CoachError(
      EXIT.damaged,
      `${path} ${what}, so it is not a notebook of coach. It was left as it is.`,
      rescueLine(path, 'Name your notebook with --notebook FILE, or look for a backup of it.'),
    )
  if (!found.isFile()) throw foreign('is not a file')
  if (found.size === 0) throw foreign('is empty')
  refuseUnreadable(path)
  const { kind } = headerAt(path)
  if (kind === 'plain' && key === null) return
  if (kind !== 'encrypted') throw foreign('holds something else')
  if (key === null) {
    throw new CoachError(
      EXIT.usage,
      `${path} is encrypted, and no password was given. Nothing was changed.`,
      'Give it with --password-file FILE.',
    )
  }
}

function refuseUnreadable(path: string): void {
  try {
    accessSync(path, constants.R_OK)
  } catch {
    throw new CoachError(
      EXIT.cannotWrite,
      `${path} cannot be read: it is not yours, or its permissions forbid it. Nothing was changed.`,
      'Give yourself permission to read the file, then run the command again.',
    )
  }
}
