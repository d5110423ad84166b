import Database from 'better-sqlite3'
import { MIGRATIONS } from './migrations.ts'

interface Statement {
  readonly type: string
  readonly name: string
  readonly sql: string
}

/** What SQLite makes by itself, with no statement of its own, or gathers about a file. */
const OWN = `SELECT type, name, coalesce(sql, '') AS sql FROM sqlite_schema
  WHERE name NOT IN ('sqlite_stat1', 'sqlite_stat4') ORDER BY type, name`

/**
 * Tables, indexes, views and triggers that a file has beside those of its format, lacks, or has in other words, by their names. A trigger that
 * somebody put there would run with the next note that is kept, and could delete older ones.
 */
export function oddSchema(db: Database.Database): readonly string[] {
  const format = Number(db.pragma('user_version', { simple: true }))
  const has = statementsOf(db)
  const expected = statementsOf(made(format))
  const odd = [...has].filter(([key, sql]) => expected.get(key) !== sql).map(([key]) => key)
  const missing = [...expected.keys()].filter((key) => !has.has(key))
  return [...odd, ...missing]
}

const known = new Map<number, Database.Database>()

/** An empty notebook of a format, in memory. */
function made(format: number): Database.Database {
  const before = known.get(format)
  if (before) return before
  const db = new Database(':memory:')
  for (const { sql } of MIGRATIONS.slice(0, format)) db.exec(sql)
  known.set(format, db)
  return db
}

/** By kind and name. How a statement is spaced and quoted can differ from one SQLite to the next. */
function statementsOf(db: Database.Database): ReadonlyMap<string, string> {
  return new Map(
    db
      .prepare<[], Statement>(OWN)
      .all()
      .map(({ type, name, sql }) => [`${type} ${name}`, sql.replaceAll(/["\s]+/g, '')]),
  )
}
