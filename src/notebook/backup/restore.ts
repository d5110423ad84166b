import { closeSync, existsSync, openSync, realpathSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../../errors.ts'
import { sayFailure } from '../file/failures.ts'
import {
  COMPANIONS,
  dropAside,
  putAside,
  type SetAside,
  setBytesAside,
  setCompanionsAside,
} from './set-aside.ts'
import { backupFolder } from '../file/backup-names.ts'
import { writtenMost } from './list-backups.ts'
import { callOffMissing } from './call-off.ts'
import { checkAll, isFaultless } from '../integrity/full-check.ts'
import { connect, type Key, pragmas, withConnection } from '../file/connect.ts'
import { newUuid, giveDraftKey } from '../schema/row-values.ts'
import { formatOf, UNKNOWN_WRITES, generationOf } from '../schema/store-row.ts'
import { copyNotebook } from '../integrity/verified-copy.ts'
import {
  codeOf,
  mayBeOpen,
  nameNew,
  removeQuietly,
  syncFile,
  syncFolder,
} from '../../files/durable.ts'
import { strangeJournal } from '../file/foreign-journal.ts'
import { BUSY_MS } from '../file/lock-wait.ts'
import { headerAt } from '../file/header.ts'
import { addStart } from '../file/starts.ts'
import { applyMissing } from '../schema/apply-migrations.ts'
import { APPLICATION_ID, MIGRATIONS } from '../schema/migrations.ts'
import { removeLeftovers } from './leftovers.ts'

/** A backup that was found to be sound, and the notebook in whose place it is to be put. */
export interface Restoring {
  readonly backup: string
  readonly backupKey: Key | null
  readonly notebook: string
  readonly notebookKey: Key | null
  readonly now: Date
  /** Texts lie beside the notebook that only its key for drafts opens: the restored one gets that key. */
  readonly hasSealedDrafts: boolean
}

/**
 * Puts a backup in the place of the notebook. First what is there is copied, byte by byte where it is damaged; the backup is copied
 * beside it, brought up to date and given a count of writes above both; then it takes the name. At every moment the name stands for
 * the old notebook or the new one. A window that still has the old one open can write nothing more.
 * @returns the copy of what was there before; null where nothing was there
 * @throws CoachError (4) where another program is at the notebook, (7) where something cannot be written; the notebook stands
 * as it was then
 */
export function restoreNotebook(how: Restoring): SetAside | null {
  const { notebook, now } = how
  const place = existsSync(notebook) ? realpathSync(notebook) : notebook
  const staged = join(dirname(place), `notebook.${newUuid()}.new`)
  const site: Site = { ...how, place, staged, folder: backupFolder(notebook) }
  try {
    removeLeftovers(place, now)
    return existsSync(place) ? replaceOld(site) : putWhereNothingIs(site)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw appeared(notebook, error)
    throw sayFailure(error, notebook)
  } finally {
    removeQuietly(staged)
    removeQuietly(`${staged}-journal`)
  }
}

/** Where a backup is put. */
interface Site extends Restoring {
  /** Where the file of the notebook itself is, with no link on the way. */
  readonly place: string
  /** The new file, before it has its name. */
  readonly staged: string
  /** Where the backups are. */
  readonly folder: string
}

function putWhereNothingIs(site: Site): null {
  const { place, staged, folder, now } = site
  stage(site, staged, writtenMost(folder) + UNKNOWN_WRITES)
  setCompanionsAside(place, folder, now)
  nameNew(staged, place)
  syncFolder(dirname(place))
  return null
}

/** The file that is replaced, as long as it is open. A lock on a file ends when the process closes that file anywhere. */
interface Old {
  held: number | null
  /** Null where it is too damaged to be opened, or must not be. */
  live: Database.Database | null
}

function replaceOld(site: Site): SetAside {
  const { place, staged, folder, now, notebookKey: key } = site
  const how = { timeout: BUSY_MS, key }
  const strange = strangeJournal(place, (file) => connect(file, how), false)
  if (strange !== null) refuseForeign(place)
  const held = openSync(place, 'r')
  const old: Old = { held, live: null }
  try {
    // Whatever opens the file may use up what lies beside it.
    const isAccompanied = COMPANIONS.some((end) => existsSync(`${place}${end}`))
    const bytes = isAccompanied ? setBytesAside(place, held, folder, now) : null
    // To open it would let SQLite write the pages of a strange journal into it.
    if (strange === null) old.live = openAlone(place, key, bytes)
    const before = putAside(old.live, { place, held, folder, now, key, bytes })
    stage(site, staged, mostWrites(old.live, folder), old.live)
    swap(staged, place, () => letGo(old))
    return strange?.leavesWhole
      ? { ...before, strange: `${before.path}${strange.path.slice(place.length)}` }
      : before
  } finally {
    letGo(old)
  }
}

function letGo(old: Old): void {
  old.live?.close()
  if (old.held !== null) closeSync(old.held)
  old.held = null
}

/** How often a notebook was written at most, as far as anybody knows. Above the backups too: an older copy may have stood there. */
function mostWrites(live: Database.Database | null, folder: string): number {
  const known = generationIn(live)
  const backedUp = writtenMost(folder)
  return known === null ? backedUp + UNKNOWN_WRITES : Math.max(known, backedUp)
}

/** Opens the notebook, see {@link takeAlone}. Where it may not be opened, it is not replaced, and needs no copy of its bytes. */
function openAlone(place: string, key: Key | null, bytes: string | null): Database.Database | null {
  try {
    return takeAlone(place, key)
  } catch (error) {
    if (bytes !== null) dropAside(bytes)
    throw error
  }
}

/** Opens the notebook so that nobody else can be at it; null where it is too damaged for that. */
function takeAlone(place: string, key: Key | null): Database.Database | null {
  let db: Database.Database | null = null
  try {
    db = connect(place, { timeout: BUSY_MS, key })
    db.pragma('locking_mode = EXCLUSIVE')
    db.exec('BEGIN EXCLUSIVE; COMMIT')
    const application = Number(db.pragma('application_id', { simple: true }))
    if (application === APPLICATION_ID || application === 0) return db
  } catch (error) {
    db?.close()
    if (/^SQLITE_(?:CORRUPT|NOTADB|ERROR)/.test(codeOf(error))) return null
    throw error
  }
  db.close()
  throw foreign(place)
}

function foreign(place: string): CoachError {
  return new CoachError(
    EXIT.damaged,
    `${place} belongs to another program. It was left as it is.`,
    'Name your notebook with --notebook FILE.',
  )
}

/** A file that must not be opened says in its header whose it is; one of 0 belongs to no program. */
function refuseForeign(place: string): void {
  const { applicationId } = headerAt(place)
  if (![null, 0, APPLICATION_ID].includes(applicationId)) throw foreign(place)
}

function generationIn(live: Database.Database | null): number | null {
  try {
    return live && generationOf(live)
  } catch {
    return null
  }
}

function calendarBaseIn(live: Database.Database | null): number {
  try {
    return Number(live?.prepare('SELECT calendar_base FROM store').pluck().get() ?? 0)
  } catch {
    // Damaged, or of a format from before there was one.
    return 0
  }
}

function draftKeyIn(live: Database.Database | null): string | null {
  try {
    return live?.prepare<[], string | null>('SELECT draft_key FROM store').pluck().get() ?? null
  } catch {
    // Damaged, or of a format from before drafts were sealed.
    return null
  }
}

/** Makes the file that is to take the place: the backup, up to date, with a count of writes above all that anybody has seen. */
function stage(
  { backup, backupKey, now, hasSealedDrafts }: Restoring,
  staged: string,
  most: number,
  live: Database.Database | null = null,
): void {
  const draftKey = hasSealedDrafts ? draftKeyIn(live) : null
  withConnection(
    connect(backup, { readonly: true, timeout: BUSY_MS, key: backupKey }),
    (source) => {
      copyNotebook(source, () => staged, dirname(staged), { key: backupKey })
    },
  )
  withConnection(connect(staged, { timeout: BUSY_MS, key: backupKey }), (db) => {
    pragmas(db)
    if (formatOf(db) < MIGRATIONS.length) applyMissing(db, now)
    db.transaction(() => {
      db.prepare(
        'UPDATE store SET generation = max(generation, ?) + 1, calendar_base = max(calendar_base, ?)',
      ).run(most, calendarBaseIn(live))
      // Whoever saw the notebook last on another computer is told that another line goes on from here.
      addStart(db)
    })()
    if (live) callOffMissing(live, db, now)
    if (draftKey !== null) db.prepare('UPDATE store SET draft_key = ?').run(draftKey)
    if (backupKey !== null) giveDraftKey(db)
    if (!isFaultless(checkAll(db))) throw new Error('what was made of the backup is not sound')
  })
  syncFile(staged)
}

/**
 * Gives the new file the name of the old one. `release` lets go of that one, where it has to be closed first. What lies beside the old one must never be applied to the new one.
 */
function swap(staged: string, place: string, release: () => void): void {
  const aside = COMPANIONS.filter((end) => existsSync(`${place}${end}`)).map((end) => {
    const moved = join(dirname(place), `notebook.${newUuid()}.new`)
    renameSync(`${place}${end}`, moved)
    return { end, moved }
  })
  try {
    try {
      renameSync(staged, place)
    } catch (error) {
      if (!mayBeOpen(error)) throw error
      release()
      renameSync(staged, place)
    }
  } catch (error) {
    for (const { end, moved } of aside) renameSync(moved, `${place}${end}`)
    throw error
  }
  syncFolder(dirname(place))
  for (const { moved } of aside) removeQuietly(moved)
}

function appeared(notebook: string, cause: unknown): CoachError {
  return new CoachError(
    EXIT.busy,
    `${notebook} was not there, and now it is: another program made it. Nothing was changed.`,
    'Run the command again.',
    { cause },
  )
}
