import type Database from 'better-sqlite3'
import { straysIn } from './stray-references.ts'
import { connectToRead, type Key, withConnection } from '../file/connect.ts'
import { hashOf } from '../schema/row-values.ts'
import { formatOf } from '../schema/store-row.ts'
import { brokenReferences } from './verified-copy.ts'
import { codeOf } from '../../files/durable.ts'
import { type Altered, alteredRows } from './altered-rows.ts'
import { MIGRATIONS } from '../schema/migrations.ts'
import { highestIn } from './highest-numbers.ts'
import { oddSchema } from '../schema/odd-schema.ts'

/** What was found by going through all of a notebook. */
export interface CheckedFile {
  /** Whether SQLite finds its pages, tables and indexes whole. */
  readonly isWhole: boolean
  /** How many rows belong to another one that is not there. */
  readonly brokenReferences: number
  /** Rows whose texts are not what they were when they were saved. */
  readonly altered: readonly Altered[]
  /** Steps that it says it went through and that are not those of this program, by their numbers. */
  readonly otherSteps: readonly number[]
  /** How many rows refer to something of another person. */
  readonly strays: number
  /** The highest number in it. */
  readonly highest: number
  /** Tables, indexes, views and triggers that are not those of its format, by their names. */
  readonly odd: readonly string[]
}

/** Goes through all of a notebook that is open, and changes nothing. Never throws for what is damaged. */
export function checkAll(db: Database.Database): CheckedFile {
  const nothing = {
    isWhole: false,
    brokenReferences: 0,
    altered: [],
    otherSteps: [],
    strays: 0,
    highest: 0,
    odd: [],
  }
  try {
    db.pragma('cell_size_check = ON')
    if (db.pragma('integrity_check(1)', { simple: true }) !== 'ok') return nothing
    return {
      isWhole: true,
      brokenReferences: brokenReferences(db),
      altered: alteredRows(db),
      otherSteps: otherSteps(db),
      strays: straysIn(db).length,
      highest: highestIn(db),
      odd: oddSchema(db),
    }
  } catch (error) {
    if (/^SQLITE_(?:BUSY|LOCKED|CANTOPEN|READONLY|IOERR)/.test(codeOf(error))) throw error
    return nothing
  }
}

/** Whether SQLite's quick look through the pages of a file finds nothing. A file that is in use counts as whole. */
export function isWholeQuickly(path: string, key: Key | null): boolean {
  try {
    return withConnection(connectToRead(path, key, 0), (db) => {
      return db.pragma('quick_check(1)', { simple: true }) === 'ok'
    })
  } catch (error) {
    return !/^SQLITE_(?:CORRUPT|NOTADB)/.test(codeOf(error))
  }
}

/** Whether it can be used as it is. Rows under another person can be read and put right, and high numbers can be read. */
export function isFaultless(found: CheckedFile): boolean {
  return (
    found.isWhole &&
    found.brokenReferences === 0 &&
    found.altered.length === 0 &&
    found.otherSteps.length === 0 &&
    found.odd.length === 0
  )
}

/** Opens a file for reading alone and goes through all of it; what it holds is told where it is whole. */
export function checkFile(
  path: string,
  key: Key | null,
): CheckedFile & { readonly holdings: Holdings | null } {
  return withConnection(connectToRead(path, key), (db) => {
    const checked = checkAll(db)
    return { ...checked, holdings: checked.isWhole ? holdingsOf(db) : null }
  })
}

/** What a notebook holds, without a check of all of it; null where it cannot be read. */
export function holdingsAt(path: string, key: Key | null): Holdings | null {
  try {
    return withConnection(connectToRead(path, key), (db) => {
      return holdingsOf(db)
    })
  } catch {
    return null
  }
}

/** Steps that are recorded with another name or another checksum than this program knows, or not at all. */
function otherSteps(db: Database.Database): readonly number[] {
  const recorded = db
    .prepare<[], { version: number; name: string; checksum: string }>(
      'SELECT version, name, checksum FROM migration ORDER BY version',
    )
    .all()
  const format = formatOf(db)
  const strange = recorded.filter(({ version, name, checksum }) => {
    const step = MIGRATIONS[version - 1]
    return version > format || name !== step?.name || checksum !== hashOf(step.sql)
  })
  const missing = Array.from({ length: format }, (_, at) => at + 1).filter(
    (version) => !recorded.some((one) => one.version === version),
  )
  return [...strange.map(({ version }) => version), ...missing]
}

/** What a notebook holds, to be told apart from another: how much, and when it was last changed (ISO text in UTC). */
export interface Holdings {
  readonly people: number
  readonly sessions: number
  readonly items: number
  readonly notes: number
  readonly lastChange: string | null
}

/** Of so many of the newest rows the last change is looked for: to go through all takes seconds in a large notebook. */
const NEWEST = 1000

/** Counts what a notebook of any format holds. */
function holdingsOf(db: Database.Database): Holdings {
  const tables = new Set(
    db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all(),
  )
  const number = (table: string, condition = '') =>
    tables.has(table)
      ? Number(db.prepare(`SELECT count(*) FROM ${table} ${condition}`).pluck().get())
      : 0
  const changes = [
    ['person', 'updated_at'],
    ['session', 'updated_at'],
    ['action_item', 'updated_at'],
    ['answer', 'answered_at'],
    ['item_event', 'at'],
    ['note', 'updated_at'],
    ['goal', 'updated_at'],
    ['opportunity', 'updated_at'],
  ] as const
  const last = changes.flatMap(([table, column]) => {
    if (!tables.has(table)) return []
    const at: unknown = db
      .prepare(
        `SELECT max(at) FROM (SELECT ${column} AS at FROM ${table} ORDER BY id DESC LIMIT ${NEWEST})`,
      )
      .pluck()
      .get()
    return typeof at === 'string' ? [at] : []
  })
  return {
    people: number('person'),
    sessions: number('session'),
    items: number('action_item'),
    notes: number('note', "WHERE status <> 'draft'"),
    lastChange: last.toSorted().at(-1) ?? null,
  }
}
