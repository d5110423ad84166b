import type Database from 'better-sqlite3'

/**
 * Whether two files hold the same: the same tables, indexes and triggers, and the same rows, value by value, with every hash that is
 * kept beside a text. Both pass SQLite's own check of the copy.
 */
export function isSame(original: Database.Database, copy: Database.Database): boolean {
  return (
    copy.pragma('integrity_check', { simple: true }) === 'ok' &&
    MARKS.every((mark) => readMark(original, mark) === readMark(copy, mark)) &&
    isSameRows(original, copy, SCHEMA) &&
    tablesOf(original).every((table) => isSameRows(original, copy, rowsOf(original, table)))
  )
}

/** What a file says about itself outside of its tables. */
export const MARKS = ['application_id', 'user_version'] as const

/** One of the marks, as a number. */
export function readMark(db: Database.Database, mark: (typeof MARKS)[number]): number {
  return Number(db.pragma(mark, { simple: true }))
}

/** Everything that was made by a statement, in the order in which it was made. */
const SCHEMA =
  "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name"

/** The names of all tables with rows of ours, and the one of the numbers that were given. */
export function tablesOf(db: Database.Database): readonly string[] {
  return db
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name NOT LIKE 'sqlite_%' OR name = 'sqlite_sequence') ORDER BY name",
    )
    .pluck()
    .all()
}

/** The statement that reads all rows of a table, with computed columns too, in one and the same order. */
function rowsOf(db: Database.Database, table: string): string {
  const columns = db.prepare(`SELECT * FROM "${table}"`).columns()
  return `SELECT * FROM "${table}" ORDER BY ${columns.map((_, at) => at + 1).join(', ')}`
}

function isSameRows(original: Database.Database, copy: Database.Database, sql: string): boolean {
  const theirs = copy.prepare(sql).raw().safeIntegers().iterate()
  try {
    for (const row of original.prepare(sql).raw().safeIntegers().iterate()) {
      const other = theirs.next()
      if (other.done || !isSameRow(row, other.value)) return false
    }
    return theirs.next().done === true
  } finally {
    theirs.return?.()
  }
}

function isSameRow(row: unknown, other: unknown): boolean {
  return (
    Array.isArray(row) &&
    Array.isArray(other) &&
    row.length === other.length &&
    row.every((value: unknown, at) => {
      const its: unknown = other[at]
      return Buffer.isBuffer(value) ? Buffer.isBuffer(its) && value.equals(its) : value === its
    })
  )
}
