import { statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { isFine, isSoundNow } from '../file/quick-check.ts'

/** From so many bytes on, to go through the whole file before a write makes people wait: the check is parted. */
const LARGE = 64 * 1024 * 1024

/** What is known of a file by the trace that it had, see `traceOf`. */
export interface Known {
  /** The trace of the file when all of it was known to be sound. */
  readonly sound?: string | undefined
  /** Of a large file, which tables were gone through when it had a trace. */
  readonly parts?: Parts | undefined
  /** The trace of a file that is damaged somewhere. */
  readonly damaged?: string | undefined
}

/** Tables of a file with a trace that were gone through, with their indexes. */
export interface Parts {
  readonly trace: string
  readonly tables: readonly string[]
}

/** What was found: nothing wrong in all of the file, or in these tables; null where something is wrong. */
export type CheckedTables = 'all' | readonly string[] | null

/**
 * Looks before the first write of a start whether a file is sound. Where nobody touched it since all of it was, there is nothing to do;
 * a file of ordinary size is gone through. Of a large one, a look goes at each start through the pages of every table and index, and
 * one table is compared with its indexes, so that over some starts all are; what takes longest comes last.
 * @param trace the trace that the file has now
 * @throws the error of SQLite where it cannot be looked at now, as with a lock of another program
 */
export function lookBeforeWrite(
  db: Database.Database,
  path: string,
  trace: string | null,
  { sound, parts, damaged }: Known,
  large = LARGE,
): CheckedTables {
  if (trace !== null && trace === damaged) return null
  if (trace !== null && trace === sound) return 'all'
  const { size } = statSync(path)
  // Where damage was found last, a new trace does not say that it is mended: that takes a look at all of it.
  if (size <= large || damaged !== undefined) return isSoundNow(db) ? 'all' : null
  const isOurs = trace !== null && trace === parts?.trace
  const done = isOurs ? (parts?.tables ?? []) : []
  if (!isOurs && !isWholeAtAGlance(db, size)) return null
  const tables = tablesOf(db)
  const next = tables.find((name) => !done.includes(name))
  if (next !== undefined && !isTableSound(db, next)) return null
  const known = next === undefined ? done : [...done, next]
  return tables.every((name) => known.includes(name)) ? 'all' : known
}

/** The head says how long the file is, every page is what it is said to be, and every reference leads somewhere. */
function isWholeAtAGlance(db: Database.Database, size: number): boolean {
  const number = (name: string) => Number(db.pragma(name, { simple: true }))
  return isFine(() => {
    if (number('page_count') * number('page_size') !== size) return false
    if (db.pragma('quick_check(1)', { simple: true }) !== 'ok') return false
    const strays = db.pragma('foreign_key_check')
    return Array.isArray(strays) && strays.length === 0
  })
}

function isTableSound(db: Database.Database, name: string): boolean {
  return isFine(() => db.pragma(`integrity_check("${name}")`, { simple: true }) === 'ok')
}

/** Nearly all of a notebook is answers, and after them the history of items. */
const LAST = ['item_event', 'answer']

function tablesOf(db: Database.Database): readonly string[] {
  const names = db
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all()
  return names.toSorted((a, b) => LAST.indexOf(a) - LAST.indexOf(b))
}
