import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
  unlinkSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../errors.ts'
import { sayFailure } from '../failures.ts'
import { newDraftKey } from './context.ts'
import { connect, type Key } from './connect.ts'
import { applyMissing as migrate, upgrade } from './migrate.ts'
import { APPLICATION_ID, MIGRATIONS } from './migrations.ts'
import { isSealed } from './sealed.ts'

const BUSY_MS = 5000

/** An open notebook file, before it is dressed with the functions of the tables. */
export interface OpenFile {
  readonly db: Database.Database
  readonly path: string
  readonly storeId: string
  readonly isReadOnly: boolean
  /** What it is encrypted with; null for a plain file. */
  readonly key: Key | null
  /** The copy of the file as it was, where it has just been brought to a newer format. */
  readonly copyBefore: string | null
}

/**
 * Opens an existing notebook. Refuses what is not one (5) and what is newer (6) before anything is written.
 * Where the file or its folder cannot be written, it opens for reading only. An older format is brought up to date, after a
 * copy was made and proved readable.
 */
export function openFile(path: string, now: Date, key: Key | null = null): OpenFile {
  const isReadOnly = !canWrite(path) || !canWrite(dirname(path))
  try {
    refuseForeign(path, key)
    const db = connect(path, { readonly: isReadOnly, timeout: BUSY_MS, key })
    try {
      expect(db, 'busy_timeout', BUSY_MS)
      refuseOthers(db, path)
      pragmas(db, isReadOnly)
      if (!isReadOnly) tighten(path)
      const copyBefore = upgrade(db, path, isReadOnly, now, key)
      const row = db.prepare<[], { uuid: string }>('SELECT uuid FROM store').get()
      if (!row) throw damaged(path)
      if (key !== null && !isReadOnly) giveDraftKey(db)
      return { db, path, storeId: row.uuid, isReadOnly, copyBefore, key }
    } catch (error) {
      db.close()
      throw error
    }
  } catch (error) {
    throw sayFailure(error, path)
  }
}

/**
 * Makes a new notebook. It is built beside its place and linked there when it is whole, so that an
 * interrupted start leaves no half-made file, and a file that exists meanwhile is never replaced.
 */
export function createFile(path: string, now: Date): void {
  const temporary = `${path}.new-${process.pid}`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    closeSync(openSync(temporary, 'wx', 0o600))
    const db = connect(temporary, { timeout: BUSY_MS })
    try {
      pragmas(db)
      migrate(db, now)
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

/** Moves a whole file to a place where nothing stands yet; where another coach was quicker, its file stays. */
function putInPlace(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'EEXIST') return
    // Some file systems (exFAT) know no links.
    if (code !== 'EPERM' && code !== 'ENOTSUP') throw error
    copyFileSync(from, to, constants.COPYFILE_EXCL)
  }
}

function refuseForeign(path: string, key: Key | null): void {
  const found = statSync(path)
  const foreign = (what: string) =>
    new CoachError(
      EXIT.damaged,
      `${path} ${what}, so it is not a notebook of coach. It was left as it is.`,
      'Name your notebook with --notebook FILE, or look for a backup of it.',
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

/** A backup from before drafts were sealed has no key for them; an encrypted notebook always needs one. */
function giveDraftKey(db: Database.Database): void {
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
      'Name your notebook with --notebook FILE.',
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

/** Makes a notebook of ours readable by its owner alone, whatever the umask was when it came here. */
function tighten(path: string): void {
  const found = statSync(path)
  if (found.uid === process.getuid?.() && (found.mode & 0o077) !== 0) chmodSync(path, 0o600)
}

/** The settings of every connection, in the order that matters, each read back. */
export function pragmas(db: Database.Database, isReadOnly = false): void {
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
    if (!isSet) db.pragma(`${name} = ${wanted}`)
    expect(db, name, expected)
  }
}

function expect(db: Database.Database, name: string, expected: string | number): void {
  const got: unknown = db.pragma(name, { simple: true })
  if (got !== expected) throw new Error(`${name} is ${String(got)}, not ${expected}`)
}

function damaged(path: string): CoachError {
  return new CoachError(
    EXIT.damaged,
    `The notebook ${path} is damaged. Nothing was changed.`,
    'Keep the file as it is, and put a backup of it in its place.',
  )
}

function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}
