import { codeOf } from '../../files/durable.ts'
import Database from 'better-sqlite3'
import { straysIn } from '../integrity/stray-references.ts'
import { HIGH_NUMBER, MOST_DEPTH } from '../schema/bounds.ts'
import { newUuid, hashOf } from '../schema/row-values.ts'
import { type Document, placeOf, refusal } from './document.ts'
import { applyMissing } from '../schema/apply-migrations.ts'
import { MIGRATIONS } from '../schema/migrations.ts'
import { highestIn } from '../integrity/highest-numbers.ts'
import { problemOf, withRoom } from './validate-row.ts'
import {
  type Column,
  columnsOf,
  hashOfRow,
  idOf,
  insertRows,
  type TableRow,
  setSequences,
  TABLE_NAMES,
  type TableName,
  TABLES,
  tablesIn,
} from '../schema/tables.ts'

/** The format of the notebook when there was a document first: none is of an older one. */
const FIRST_FORMAT = 4

/** A notebook in memory, made from a document and found to be whole. */
export interface Stage {
  readonly db: Database.Database
  readonly holds: Document['holds']
  /** Its numbers are so high that it gets new ones. */
  readonly isHigh: boolean
  /** How many rows there are of each kind. */
  counts(): ReadonlyMap<TableName, number>
  close(): void
}

/**
 * Puts a document into a notebook in memory, in the format in which it was exported, and then brings that up to date: so every
 * rule of the tables holds for it before anything is written to a disk.
 * @throws CoachError (2) that names the place of the first thing that is wrong, and repeats nothing of what stands there
 */
export function stageOf(document: Document, label: string, now: Date): Stage {
  const db = new Database(':memory:')
  try {
    fill(db, document, label, now)
    return {
      db,
      holds: document.holds,
      isHigh: highestIn(db) > HIGH_NUMBER,
      counts: () =>
        new Map(
          tablesIn(db).map((table) => [
            table,
            Number(db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get()),
          ]),
        ),
      close: () => void db.close(),
    }
  } catch (error) {
    db.close()
    throw error
  }
}

function fill(db: Database.Database, document: Document, label: string, now: Date): void {
  const { format, store, tables } = document
  if (format < FIRST_FORMAT) throw refusal(label, 'format', 'is none that was ever exported')
  for (const { sql } of MIGRATIONS.slice(0, format)) db.exec(sql)
  db.pragma(`user_version = ${format}`)
  db.pragma('foreign_keys = OFF')
  const known = tablesIn(db)
  const odd = Object.keys(tables).find(
    (name) => name !== 'migration' && !known.some((one) => one === name),
  )
  if (odd !== undefined) {
    throw refusal(label, placeOf(['tables', odd]), 'is a table that no coach has written')
  }
  db.transaction(() => {
    takeMigrations(db, document, label, now)
    const { uuid = newUuid(), generation = 0, created_at = now.toISOString() } = store ?? {}
    db.prepare('INSERT INTO store (id, uuid, generation, created_at) VALUES (1, ?, ?, ?)').run(
      uuid,
      generation,
      created_at,
    )
    db.prepare('UPDATE store SET private_told_at = ?').run(store?.private_told_at ?? null)
    for (const name of known) takeRows(db, name, tables[name] ?? [], label)
    for (const name of known) checkRefs(name, tables, label)
    checkDepth(tables, label)
    checkOwners(db, tables, label)
  })()
  takeSequences(db, document, label)
  applyMissing(db, now)
  db.prepare('UPDATE store SET calendar_base = ?').run(store?.calendar_base ?? 0)
}

/** The record of how the notebook came to its format: the same steps that this program knows. */
function takeMigrations(
  db: Database.Database,
  { format, holds, tables }: Document,
  label: string,
  now: Date,
): void {
  const fresh = db.prepare(
    'INSERT INTO migration (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)',
  )
  const known = MIGRATIONS.slice(0, format).map(({ name, sql }, at) => ({
    version: at + 1,
    name,
    checksum: hashOf(sql),
  }))
  const rows = tables['migration'] ?? []
  if (holds !== 'everything') {
    if (rows.length > 0) throw refusal(label, 'tables.migration', 'belongs to a whole notebook')
    for (const { version, name, checksum } of known) {
      fresh.run(version, name, checksum, now.toISOString())
    }
    return
  }
  if (rows.length !== known.length) {
    throw refusal(label, 'tables.migration', 'is not as long as the format says')
  }
  for (const [at, row] of rows.entries()) {
    const { version, name, checksum } = known[at] ?? {}
    const appliedAt = row['applied_at'] ?? null
    const isKnown =
      row['version'] === version && row['name'] === name && row['checksum'] === checksum
    if (!isKnown || Object.keys(row).length !== 4 || typeof appliedAt !== 'string') {
      throw refusal(label, placeOf(['tables', 'migration', at]), 'is not a step of this coach')
    }
    fresh.run(row['version'], row['name'], row['checksum'], appliedAt)
  }
}

function takeRows(
  db: Database.Database,
  table: TableName,
  rows: readonly TableRow[],
  label: string,
): void {
  const columns = columnsOf(db, table)
  for (const [at, row] of rows.entries()) {
    const found = problemIn(table, columns, row)
    if (found === null) continue
    throw refusal(label, placeOf(['tables', table, at, ...found.column]), found.what)
  }
  let last = 0
  try {
    insertRows(db, table, rows.map(withRoom), (at) => (last = at))
  } catch (error) {
    const code = codeOf(error)
    if (!code.startsWith('SQLITE_CONSTRAINT')) throw error
    const what = /UNIQUE|PRIMARYKEY|ROWID/.test(code)
      ? 'stands in the file twice'
      : 'holds a value that it cannot have'
    throw refusal(label, placeOf(['tables', table, last]), what)
  }
}

function problemIn(
  table: TableName,
  columns: readonly Column[],
  row: TableRow,
): { readonly column: readonly string[]; readonly what: string } | null {
  const odd = Object.keys(row).find((name) => !columns.some((one) => one.name === name))
  if (odd !== undefined) return { column: [odd], what: 'is a column that no coach has written' }
  for (const column of columns) {
    if (!Object.hasOwn(row, column.name)) return { column: [column.name], what: 'is missing' }
    const what = problemOf(table, column, row[column.name] ?? null)
    if (what !== null) return { column: [column.name], what }
  }
  const hash = hashOfRow(table, row)
  return hash === null || hash === row['hash']
    ? null
    : { column: [], what: 'holds another text than when it was saved: it was damaged or changed' }
}

/** What a row refers to stands in the file, and within its table before it. */
function checkRefs(table: TableName, tables: Document['tables'], label: string): void {
  for (const [column, to] of Object.entries(TABLES[table].refs)) {
    const known = new Set((tables[to] ?? []).map(idOf))
    for (const [at, row] of (tables[table] ?? []).entries()) {
      const number = row[column] ?? null
      if (number === null) continue
      if (!known.has(Number(number)) || (to === table && Number(number) >= idOf(row))) {
        const place = placeOf(['tables', table, at, column])
        throw refusal(label, place, 'refers to something that is not in the file')
      }
    }
  }
}

/** Goals under goals: to go up and down a chain without an end would end the program. */
function checkDepth(tables: Document['tables'], label: string): void {
  const depths = new Map<number, number>()
  const goals = [...(tables['goal'] ?? []).entries()].toSorted(([, a], [, b]) => idOf(a) - idOf(b))
  for (const [at, row] of goals) {
    const depth = 1 + (depths.get(Number(row['parent_id'] ?? 0)) ?? 0)
    depths.set(idOf(row), depth)
    if (depth > MOST_DEPTH) {
      const place = placeOf(['tables', 'goal', at, 'parent_id'])
      throw refusal(label, place, 'stands too deep under other goals')
    }
  }
}

/** What a row refers to is of the same person as the row itself. */
function checkOwners(db: Database.Database, tables: Document['tables'], label: string): void {
  const [stray] = straysIn(db, 1)
  if (!stray) return
  const { table, id, column } = stray
  const at = (tables[table] ?? []).findIndex((row) => idOf(row) === id)
  throw refusal(
    label,
    placeOf(['tables', table, at, column]),
    'refers to something of somebody else',
  )
}

function takeSequences(
  db: Database.Database,
  { holds, sequences, tables }: Document,
  label: string,
): void {
  for (const [name, last] of Object.entries(sequences)) {
    const table = TABLE_NAMES.find((one) => one === name)
    if (holds !== 'everything' || table === undefined) {
      throw refusal(label, placeOf(['sequences', name]), 'does not belong there')
    }
    if ((tables[table] ?? []).some((row) => idOf(row) > last)) {
      throw refusal(label, placeOf(['sequences', name]), 'is lower than a number in use')
    }
  }
  const missing = tablesIn(db).find(
    (name) => (tables[name] ?? []).some((row) => idOf(row) > 0) && !(name in sequences),
  )
  if (holds === 'everything' && missing !== undefined) {
    throw refusal(label, placeOf(['sequences', missing]), 'is missing')
  }
  setSequences(db, sequences)
}
