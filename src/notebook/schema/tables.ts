import type SQLite from 'better-sqlite3'
import { hashOf } from './row-values.ts'

/** What a column holds, as it stands in an exchange document. */
export type Cell = string | number | null

/** A row by the names of its columns. */
export type TableRow = Readonly<Record<string, Cell>>

/** A column as the file declares it. Generated columns are none of them. */
export interface Column {
  readonly name: string
  readonly type: 'INTEGER' | 'TEXT'
  readonly isRequired: boolean
}

/** What the exchange of notebooks has to know of a table beside its columns. */
interface TableFacts {
  /** By what a row is known in every notebook. */
  readonly key: 'uuid' | 'uid'
  /** Columns that hold the number of a row elsewhere. */
  readonly refs: Readonly<Record<string, TableName>>
  /** Those of them without whose row this one means nothing. */
  readonly owners: readonly string[]
  /** Columns of which the hash is made, in its order; null where there is none. */
  readonly hashed: readonly string[] | null
}

export type TableName =
  | 'person'
  | 'opportunity'
  | 'goal'
  | 'session'
  | 'action_item'
  | 'note'
  | 'next_session'
  | 'answer'
  | 'item_event'
  | 'goal_event'
  | 'calendar_gone'

/** The tables that hold what was written down, each behind those that it refers to. */
export const TABLES: Readonly<Record<TableName, TableFacts>> = {
  person: { key: 'uuid', refs: {}, owners: [], hashed: ['name', 'role'] },
  opportunity: {
    key: 'uuid',
    refs: { person_id: 'person' },
    owners: ['person_id'],
    hashed: ['name'],
  },
  goal: {
    key: 'uuid',
    refs: { person_id: 'person', parent_id: 'goal' },
    owners: ['person_id', 'parent_id'],
    hashed: ['what'],
  },
  session: {
    key: 'uuid',
    refs: { person_id: 'person', opportunity_id: 'opportunity' },
    owners: ['person_id'],
    hashed: null,
  },
  action_item: {
    key: 'uuid',
    refs: {
      person_id: 'person',
      session_id: 'session',
      goal_id: 'goal',
      follows_id: 'action_item',
    },
    owners: ['person_id', 'session_id'],
    // Items from before there was a result have a hash without one.
    hashed: ['what', 'if', 'then', 'else', 'obstacle', 'measure', 'support', 'result'],
  },
  note: {
    key: 'uuid',
    refs: { person_id: 'person', session_id: 'session' },
    owners: ['person_id'],
    hashed: ['text'],
  },
  next_session: {
    key: 'uuid',
    refs: {
      person_id: 'person',
      agreed_in: 'session',
      held_in: 'session',
      before_in: 'session',
    },
    owners: ['person_id'],
    hashed: null,
  },
  answer: {
    key: 'uuid',
    refs: { session_id: 'session', item_id: 'action_item', person_id: 'person' },
    owners: ['session_id', 'item_id', 'person_id'],
    hashed: ['value', 'draft', 'wording'],
  },
  item_event: {
    key: 'uuid',
    refs: { item_id: 'action_item', session_id: 'session' },
    owners: ['item_id'],
    hashed: ['note'],
  },
  goal_event: { key: 'uuid', refs: { goal_id: 'goal' }, owners: ['goal_id'], hashed: null },
  calendar_gone: {
    key: 'uid',
    refs: { person_id: 'person' },
    owners: ['person_id'],
    hashed: null,
  },
}

/** The tables of an exchange: what a row belongs to comes before it. */
export const TABLE_NAMES: readonly TableName[] = [
  'person',
  'opportunity',
  'goal',
  'session',
  'action_item',
  'note',
  'next_session',
  'answer',
  'item_event',
  'goal_event',
  'calendar_gone',
]

/** The columns of a table as this file has them, in their order. */
export function columnsOf(db: SQLite.Database, table: string): readonly Column[] {
  return db
    .prepare<[string], { name: string; type: string; required: number }>(
      `SELECT name, type, "notnull" = 1 OR pk > 0 AS required FROM pragma_table_xinfo(?)
        WHERE hidden = 0 ORDER BY cid`,
    )
    .all(table)
    .map(({ name, type, required }) => ({
      name,
      type: type === 'INTEGER' ? 'INTEGER' : 'TEXT',
      isRequired: required === 1,
    }))
}

/** The tables that a file has, of those that an exchange knows: one of an older format lacks some. */
export function tablesIn(db: SQLite.Database): readonly TableName[] {
  const there = new Set(
    db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all(),
  )
  return TABLE_NAMES.filter((name) => there.has(name))
}

/** All rows of a table in the order of their numbers, or those that fit a condition. */
export function rowsOf(
  db: SQLite.Database,
  table: string,
  where = '',
  values: Readonly<Record<string, Cell>> = {},
): readonly TableRow[] {
  const names = columnsOf(db, table).map(({ name }) => name)
  const order = names.includes('id') ? 'id' : (names[0] ?? '1')
  const columns = names.map((name) => `"${name}"`).join(', ')
  const condition = where === '' ? '' : `WHERE ${where}`
  return db
    .prepare<[object], TableRow>(
      `SELECT ${columns} FROM "${table}" ${condition} ORDER BY "${order}"`,
    )
    .all(values)
}

/** Puts rows into a table; each has all of its columns. `onRow` hears of each before it is written. */
export function insertRows(
  db: SQLite.Database,
  table: string,
  rows: readonly TableRow[],
  onRow: (at: number) => void = () => {},
): void {
  const names = columnsOf(db, table).map(({ name }) => name)
  const columns = names.map((name) => `"${name}"`).join(', ')
  const insert = db.prepare<Cell[]>(
    `INSERT INTO "${table}" (${columns}) VALUES (${names.map(() => '?').join(', ')})`,
  )
  for (const [at, row] of rows.entries()) {
    onRow(at)
    insert.run(...names.map((name) => row[name] ?? null))
  }
}

/** The hash that the texts of a row should have; null where its table has none. */
export function hashOfRow(table: TableName, row: TableRow): string | null {
  const { hashed } = TABLES[table]
  if (hashed === null) return null
  const texts = hashed
    .filter((name) => name !== 'result' || (row[name] ?? null) !== null)
    .map((name) => textOf(row, name))
  return hashOf(...texts)
}

/** What a column of text holds. */
export function textOf(row: TableRow, column: string): string | null {
  const value = row[column] ?? null
  return value === null ? null : String(value)
}

/** The number of a row; 0 where its table has none. */
export function idOf(row: TableRow): number {
  return Number(row['id'] ?? 0)
}

/** The highest number that each table has ever given. */
export function sequencesOf(db: SQLite.Database): Readonly<Record<string, number>> {
  const rows = db
    .prepare<[], { name: string; seq: number }>('SELECT name, seq FROM sqlite_sequence')
    .all()
  return Object.fromEntries(rows.map(({ name, seq }) => [name, seq]))
}

/** Says which number each table has given last, so that none is given twice. */
export function setSequences(
  db: SQLite.Database,
  sequences: Readonly<Record<string, number>>,
): void {
  const forget = db.prepare('DELETE FROM sqlite_sequence WHERE name = ?')
  const set = db.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)')
  for (const [name, seq] of Object.entries(sequences)) {
    forget.run(name)
    set.run(name, seq)
  }
}
