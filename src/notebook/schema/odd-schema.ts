import { existsSync, readFileSync } from 'node:fs'
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
  // Both in one look: another coach may be bringing the notebook up to date.
  const look = db.transaction(() => ({
    format: Number(db.pragma('user_version', { simple: true })),
    has: statementsOf(db),
  }))
  const { format, has } = look()
  const expected = built(format) ?? newSchema(format)
  const odd = [...has].filter(([key, sql]) => expected.get(key) !== sql).map(([key]) => key)
  const missing = [...expected.keys()].filter((key) => !has.has(key))
  return [...odd, ...missing]
}

/** What is wrong with a file that has or lacks these, as a sentence about it. */
export function sayOdd(file: string, odd: readonly string[]): string {
  const more = odd.length > MOST_TOLD ? ` and ${odd.length - MOST_TOLD} more` : ''
  return `${file} has something in it that no coach has made, or is without something that coach makes: ${odd.slice(0, MOST_TOLD).join(', ')}${more}.`
}

/** So many names are enough to look for in the file. */
const MOST_TOLD = 5

/** The schema of the newest format, as the build writes it down: to make an empty notebook costs a reader more than its query. */
interface BuiltSchema {
  readonly format: number
  readonly statements: readonly (readonly [key: string, sql: string])[]
}
const BUILT = new URL('./schema.json', import.meta.url)

/** What the program was built with; null for an older format, or where it runs unbuilt. */
function built(format: number): ReadonlyMap<string, string> | null {
  if (!existsSync(BUILT)) return null
  const schema: BuiltSchema = JSON.parse(readFileSync(BUILT, 'utf8'))
  return schema.format === format ? new Map(schema.statements) : null
}

/** What the build writes down. */
export function schemaToBuild(): BuiltSchema {
  return { format: MIGRATIONS.length, statements: [...newSchema(MIGRATIONS.length)] }
}

const known = new Map<number, ReadonlyMap<string, string>>()

/** What an empty notebook of a format has, made in memory. */
function newSchema(format: number): ReadonlyMap<string, string> {
  const before = known.get(format)
  if (before) return before
  const db = new Database(':memory:')
  for (const { sql } of MIGRATIONS.slice(0, format)) db.exec(sql)
  const statements = statementsOf(db)
  db.close()
  known.set(format, statements)
  return statements
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
