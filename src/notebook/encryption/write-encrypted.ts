import { closeSync, openSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../../errors.ts'
import { sayList } from '../../text/text.ts'
import { connect, type Key } from '../file/connect.ts'
import { removeQuietly, syncFile } from '../../files/durable.ts'
import { alteredRows } from '../integrity/altered-rows.ts'
import { addStart, knowsStarts } from '../file/starts.ts'
import { isSame, MARKS, readMark, tablesOf } from '../integrity/same-content.ts'

/** What of a copy is not as in its original. */
export interface Stamp {
  /** What seals the drafts, as 64 hexadecimal digits; null for nothing. */
  readonly draftKey: string | null
  /** Whether a write is counted: a window that is still open on the old file sees by it that it is not the newest any more. */
  readonly isWrite: boolean
}

/** A new file does not hold what its original holds. */
export class Unlike extends Error {}

/**
 * Writes everything that an open file holds to a new file under another key, or under none. The new file is opened again with
 * a key that is made anew, compared with the original row by row, and on disk when this returns. Nobody else may write to the
 * original meanwhile. The last step is a write: whoever calls this has looked that nobody put something there that would run then.
 * @param path where nothing may stand yet; where anything goes wrong, nothing stands there after it
 * @param key what the new file is made with
 * @param again gives the key that it is then opened with
 */
export function writeUnder(
  original: Database.Database,
  path: string,
  key: Key | null,
  again: () => Key | null,
  stamp: Stamp,
): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
    use(connect(path, { key }), (copy) => fill(original, copy))
    use(connect(path, { key: again() }), (copy) => {
      if (!isSame(original, copy)) throw new Unlike('the new file is not like the old one')
      refuseAltered(copy, original.name)
      seal(copy, stamp)
    })
    syncFile(path)
  } catch (error) {
    removeQuietly(path)
    throw error
  }
}

/** A text that was damaged before is not put into a file that looks sound, nor is the old one overwritten. */
function refuseAltered(copy: Database.Database, path: string): void {
  const altered = alteredRows(copy)
  if (altered.length === 0) return
  throw new CoachError(
    EXIT.damaged,
    `${path} holds texts that are not what they were when they were saved: ${sayList(altered.slice(0, 8).map(({ what }) => what))}. Nothing was changed.`,
    'Look with coach doctor --full whether a backup still holds them.',
  )
}

/** The file is worth nothing before it is whole, so its journal is kept in memory and nothing of it is left beside it. */
function use(db: Database.Database, work: (db: Database.Database) => void): void {
  try {
    db.pragma('journal_mode = MEMORY')
    work(db)
  } finally {
    db.close()
  }
}

function fill(original: Database.Database, copy: Database.Database): void {
  copy.pragma('foreign_keys = OFF')
  copy.pragma('trusted_schema = OFF')
  copy.transaction(() => {
    for (const sql of statementsOf(original, true)) copy.exec(sql)
    for (const table of tablesOf(original)) copyRows(original, copy, table)
    // Triggers, too, come after the rows: nothing is to happen twice.
    for (const sql of statementsOf(original, false)) copy.exec(sql)
    for (const mark of MARKS) copy.pragma(`${mark} = ${readMark(original, mark)}`)
  })()
}

function statementsOf(db: Database.Database, isTable: boolean): readonly string[] {
  return db
    .prepare<[string], string>(
      `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND type ${isTable ? '=' : '<>'} ? ORDER BY rowid`,
    )
    .pluck()
    .all('table')
}

function copyRows(original: Database.Database, copy: Database.Database, table: string): void {
  // SQLite has counted the numbers while the rows came in; those of the original count.
  if (table === 'sqlite_sequence') copy.exec('DELETE FROM sqlite_sequence')
  const names = original
    .prepare<[string], string>('SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0')
    .pluck()
    .all(table)
    .map((name) => `"${name}"`)
    .join(', ')
  const read = original.prepare<[], unknown[]>(`SELECT ${names} FROM "${table}"`).raw()
  const marks = names.replaceAll(/"[^"]*"/g, '?')
  const write = copy.prepare(`INSERT INTO "${table}" (${names}) VALUES (${marks})`)
  for (const row of read.safeIntegers().iterate()) write.run(row)
}

function seal(copy: Database.Database, { draftKey, isWrite }: Stamp): void {
  const has = copy
    .prepare("SELECT 1 FROM pragma_table_info('store') WHERE name = 'draft_key'")
    .get()
  copy.transaction(() => {
    if (isWrite) {
      copy.exec('UPDATE store SET generation = generation + 1')
      if (knowsStarts(copy)) addStart(copy)
    }
    if (has) copy.prepare('UPDATE store SET draft_key = ?').run(draftKey)
  })()
}
