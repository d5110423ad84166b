import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../errors.ts'
import { sayFailure } from '../failures.ts'
import { codeOf, nameNew, removeQuietly, syncFolder } from '../files/durable.ts'
import { rescueLine } from '../rescue.ts'
import { connect, type Key } from './connect.ts'
import { newDraftKey, newUuid } from './context.ts'
import { formatOf } from './copy.ts'
import { refuseStrangeJournals } from './journals.ts'
import type { Start } from './lines.ts'
import type { Known } from './parted-check.ts'
import { applyMissing as migrate, upgrade } from './migrate.ts'
import { APPLICATION_ID, MIGRATIONS } from './migrations.ts'
import { BUSY_MS, patiently } from './patience.ts'
import { fileAt, type Privacy, tighten, traceOf, whyReadOnly } from './place.ts'
import { oddSchema, sayOdd } from './schema.ts'
import { isSealed } from './sealed.ts'
import { damaged, isSound } from './soundness.ts'
import { refuseOtherSteps } from './steps.ts'

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

/** Why a file may only be read that somebody else has put something into (5); null where all in it is coach's. */
function whyOdd(db: Database.Database, path: string): CoachError | null {
  const odd = oddSchema(db)
  if (odd.length === 0) return null
  // An older format is not read before it is brought up to date.
  const isOlder = formatOf(db) < MIGRATIONS.length
  const keep = ' To keep what can be read of it: coach export all --format json -o all.json'
  return new CoachError(
    EXIT.damaged,
    `${sayOdd(`The notebook ${path}`, odd)} It may change or delete notes while you write, so nothing was written.`,
    rescueLine(path, `Keep the file as it is. To look at it: coach doctor.${isOlder ? '' : keep}`),
  )
}

/** Refuses a file that has been given another schema while it was open: by a newer coach (6), or by no coach at all (5). */
export function refuseOdd(db: Database.Database, path: string): void {
  refuseOthers(db, path)
  const odd = whyOdd(db, path)
  if (odd !== null) throw odd
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
  const head = Buffer.alloc(24)
  const file = openSync(path, 'r')
  try {
    readSync(file, head, 0, 24, 0)
  } finally {
    closeSync(file)
  }
  const isPlain = head.toString('latin1', 0, 16) === 'SQLite format 3\0'
  if (isPlain && key === null) return
  if (!isSealed(head)) throw foreign('holds something else')
  if (key === null) {
    throw new CoachError(
      EXIT.usage,
      `${path} is encrypted, and no password was given. Nothing was changed.`,
      'Give it with --password-file FILE.',
    )
  }
}

/** An encrypted notebook from before drafts were sealed has no key for them, and needs one. */
export function giveDraftKey(db: Database.Database): void {
  if (db.prepare('SELECT draft_key FROM store').pluck().get() !== null) return
  db.prepare('UPDATE store SET draft_key = ? WHERE draft_key IS NULL').run(newDraftKey())
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

/** Looks at whose file it is and how old, before any write: not even a setting is changed in a file not ours. */
function refuseOthers(db: Database.Database, path: string): void {
  const application = Number(db.pragma('application_id', { simple: true }))
  const version = Number(db.pragma('user_version', { simple: true }))
  if (application !== APPLICATION_ID) {
    throw new CoachError(
      EXIT.damaged,
      `${path} belongs to another program. It was left as it is.`,
      rescueLine(path, 'Name your notebook with --notebook FILE.'),
    )
  }
  if (version > MIGRATIONS.length) {
    throw new CoachError(
      EXIT.newer,
      `The notebook ${path} was written by a newer coach (its format is ${version}, this program knows ${MIGRATIONS.length}). Nothing was changed.`,
      `Upgrade coach. The one that is running is ${process.argv[1] ?? 'unknown'}; another may be installed.`,
    )
  }
  if (version < 1) throw damaged(path)
}

/** The settings of every connection, in the order that matters, each read back. */
export function pragmas(db: Database.Database, isReadOnly = false, path = db.name): void {
  const settings = [
    ...(isReadOnly ? [] : ([['journal_mode', 'DELETE', 'delete']] as const)),
    ['synchronous', 'EXTRA', 3],
    ['foreign_keys', 'ON', 1],
    ['secure_delete', 'ON', 1],
    ['trusted_schema', 'OFF', 0],
    ['cell_size_check', 'ON', 1],
    ['temp_store', 'MEMORY', 2],
  ] as const
  for (const [name, wanted, expected] of settings) {
    // To set the journal anew takes a lock on the file, and it is nearly always set.
    const isSet = name === 'journal_mode' && db.pragma(name, { simple: true }) === expected
    // To leave another kind of journal rewrites the head of the file, which is only done to a sound one.
    if (name === 'journal_mode' && !isSet && !isSound(db)) throw damaged(path)
    if (!isSet) db.pragma(`${name} = ${wanted}`)
    expect(db, name, expected)
  }
}

function expect(db: Database.Database, name: string, expected: string | number): void {
  const got: unknown = db.pragma(name, { simple: true })
  if (got !== expected) throw new Error(`${name} is ${String(got)}, not ${expected}`)
}
