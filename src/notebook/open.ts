import { realpathSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { CoachError } from '../errors.ts'
import { codeOf } from '../files/durable.ts'
import type { User } from '../files/trust.ts'
import { connect, expect, type Key, pragmas } from './file/connect.ts'
import { sayFailure } from './file/failures.ts'
import { fileAt, traceOf } from './file/file-identity.ts'
import { refuseStrangeJournals } from './file/foreign-journal.ts'
import { BUSY_MS, patiently } from './file/lock-wait.ts'
import {
  type Privacy,
  removeOwnLinks,
  tighten,
  whyLinked,
  whyReadOnly,
} from './file/permissions.ts'
import { damaged, isSound } from './file/quick-check.ts'
import { refuseUnusable } from './file/refuse-unusable.ts'
import type { Start } from './file/starts.ts'
import { refuseOthers, whyOdd } from './file/whose-file.ts'
import type { Known } from './integrity/parted-check.ts'
import { refuseOtherSteps } from './refuse-other-steps.ts'
import { MIGRATIONS } from './schema/migrations.ts'
import { giveDraftKey } from './schema/row-values.ts'
import { findStore, formatOf } from './schema/store-row.ts'
import { upgrade } from './upgrade.ts'

/** How a file is opened. */
export interface Opening {
  /** What an encrypted file is opened with. */
  readonly key?: Key | null
  /** Who opens it; null, and where it is left out, without a look at whose file it is. */
  readonly user?: User | null
  /** The program that is running, which is told where the file is of a newer one. */
  readonly program?: string
  /** Called once when another program has had the file locked for a second. */
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

/** Where a file is, and what shows of it from outside. */
interface Site {
  /** The name that it is reached by, which messages say. */
  readonly path: string
  /** Where the file itself is. A link is followed once, so that the journal, the folder that is looked at and the file belong together. */
  readonly real: string
  /** Which file it is on the disk, whatever its name. */
  readonly place: string
  /** Why it may only be read; null where it can be written. */
  readonly readOnly: CoachError | null
}

/** An open notebook file, before it is dressed with the functions of the tables. */
export interface OpenFile extends Omit<Site, 'real'> {
  readonly db: Database.Database
  readonly storeId: string
  /** How often it had been written to when it was opened. */
  readonly generation: number
  /** What it is encrypted with; null for a plain file. */
  readonly key: Key | null
  /** Who could get at it, see {@link Privacy}. */
  readonly privacy: Privacy
  /** The copy of the file as it was, where it has just been brought to a newer format. */
  readonly copyBefore: string | null
}

/**
 * Opens an existing notebook. Refuses what is not one (5) and what is newer (6) before anything is written.
 * Where the file or its folder cannot be written, it opens for reading only. An older format is brought up to date, after a
 * copy was made and proved readable.
 */
export function openFile(path: string, now: Date, how: Opening = {}): OpenFile {
  const { key = null, user = null } = how
  try {
    refuseUnusable(path, key)
    const site = siteOf(path, user)
    const isReadOnly = site.readOnly !== null
    const settings = { timeout: BUSY_MS, key }
    refuseStrangeJournals(site.real, (file) => connect(file, settings), isReadOnly)
    const db = connect(site.real, { ...settings, readonly: isReadOnly })
    try {
      return openInside(db, site, now, how)
    } catch (error) {
      const isBroken = isOfContent(error) && !isSound(db)
      db.close()
      throw isBroken ? damaged(path) : error
    }
  } catch (error) {
    throw sayFailure(error, path)
  }
}

/** Looks at a file from outside. Second names that an interrupted command of ours left are removed. */
function siteOf(path: string, user: User | null): Site {
  const real = realpathSync.native(path)
  const place = fileAt(real) ?? ''
  const denied = whyReadOnly(real, user)
  if (denied !== null) return { path, real, place, readOnly: denied }
  removeOwnLinks(real)
  return { path, real, place, readOnly: whyLinked(real, user) }
}

/** Looks at what is inside, and makes the file ready: its settings, its permissions and its format. */
function openInside(db: Database.Database, site: Site, now: Date, how: Opening): OpenFile {
  const { path, real, place } = site
  const { key = null, user = null, program = 'unknown', onWait } = how
  const isReadOnly = site.readOnly !== null
  expect(db, 'busy_timeout', BUSY_MS)
  patiently(db, () => refuseOthers(db, path, program), onWait)
  refuseOtherSteps(db, path)
  const odd = isAsLeft(real, how.known) ? null : patiently(db, () => whyOdd(db, path), onWait)
  // To bring it up to date would run what somebody put there.
  if (odd !== null && formatOf(db) < MIGRATIONS.length) throw odd
  pragmas(db, isReadOnly || odd !== null, path)
  const privacy = isReadOnly ? 'private' : tighten(real, user)
  const copyBefore = upgrade(db, path, isReadOnly, now, key)
  const store = findStore(db)
  if (!store) throw damaged(path)
  // Once it was brought up to date: a look writes nothing.
  if (key !== null && copyBefore !== null) giveDraftKey(db)
  return { db, path, place, ...store, readOnly: site.readOnly ?? odd, key, privacy, copyBefore }
}

/** Whether nobody has touched the file since coach wrote it last: what is in it was looked at before that. */
function isAsLeft(real: string, { sound, parts }: Known = {}): boolean {
  const trace = traceOf(real)
  return trace !== null && [sound, parts?.trace].includes(trace)
}

/** A statement that does not fit what the file holds: a part of it may be gone. */
function isOfContent(error: unknown): boolean {
  return !(error instanceof CoachError) && codeOf(error) === 'SQLITE_ERROR'
}
