import { codeOf } from '../../files/durable.ts'
import { lstatSync, statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../../errors.ts'
import { sayFailure } from '../file/failures.ts'
import { append } from '../../text/lists.ts'
import { escapeHarmful } from '../../text/text.ts'
import { connect, type Key, withConnection } from '../file/connect.ts'
import { BUSY_MS } from '../file/lock-wait.ts'
import { MIGRATIONS } from '../schema/migrations.ts'

/** What was read of a file without understanding it. */
export interface Raw {
  /** Lines of JSON, each with its line end. */
  readonly lines: readonly string[]
  /** The format of the file, and the latest one that this program knows. */
  readonly format: number
  readonly known: number
  /** Tables of which not everything could be read. */
  readonly damaged: readonly string[]
}

type Value = string | number | bigint | Buffer | null

/**
 * Every table of a notebook as it lies in the file, also where the file is newer than the program or damaged: as much as
 * can be read. Nothing is written, not even a setting.
 *
 * Line 1 is `{"coach": "raw", "format": …, "application_id": …}`; then one `{"schema": {type, name, table, sql}}` for each
 * table, index and trigger; then one `{"table": …, "row": {column: value}}` for each row, without generated columns.
 * Bytes, and texts that are not UTF-8, are `{"bytes": base64}`; whole numbers beyond 2^53 `{"number": text}`. A table of which
 * something could not be read ends with `{"table": …, "damaged": true}`.
 * @param key what opens it, where it is encrypted
 * @throws CoachError (5) where nothing can be read
 */
export function readRaw(path: string, key: Key | null): Raw {
  refuseOdd(path)
  try {
    return withConnection(connect(path, { readonly: true, timeout: BUSY_MS, key }), (db) => {
      db.pragma('trusted_schema = OFF')
      // One moment for all tables. Of a damaged file even the end of a reading fails, so it ends with the connection.
      db.exec('BEGIN')
      return rawOf(db)
    })
  } catch (error) {
    throw sayFailure(error, path)
  }
}

/** A pipe would be waited for, a folder cannot be read, and SQLite takes an empty file for a notebook without tables. */
function refuseOdd(path: string): void {
  const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined
  const found = isThere ? statSync(path, { throwIfNoEntry: false }) : undefined
  if (found?.isFile() && found.size > 0) return
  const what = found?.isFile() ? 'is empty' : 'is not a file'
  throw new CoachError(
    EXIT.damaged,
    isThere ? `${path} ${what}. It was left as it is.` : `There is no notebook at ${path}.`,
    'Name your notebook with --notebook FILE, or look for a backup of it.',
  )
}

function rawOf(db: Database.Database): Raw {
  const format = Number(db.pragma('user_version', { simple: true }))
  const applicationId = Number(db.pragma('application_id', { simple: true }))
  const lines = [lineOf({ coach: 'raw', format, application_id: applicationId })]
  const schema = db
    .prepare<[], { type: string; name: string; table: string; sql: string | null }>(
      'SELECT type, name, tbl_name AS "table", sql FROM sqlite_schema',
    )
    .all()
  append(
    lines,
    schema.map((one) => lineOf({ schema: one })),
  )
  const damaged: string[] = []
  const isTable = ({ type, name, sql }: (typeof schema)[number]) =>
    type === 'table' &&
    (name === 'sqlite_sequence' || !name.startsWith('sqlite_')) &&
    !/^CREATE VIRTUAL/i.test(sql ?? '')
  for (const { name } of schema.filter(isTable)) {
    const { rows, isWhole } = rowsIn(db, name)
    for (const row of rows) lines.push(lineOf({ table: name, row }))
    if (isWhole) continue
    damaged.push(name)
    lines.push(lineOf({ table: name, damaged: true }))
  }
  return { lines, format, known: MIGRATIONS.length, damaged }
}

/** The rows of a table from its beginning; behind what cannot be read, from its end. */
function rowsIn(
  db: Database.Database,
  table: string,
): { readonly rows: readonly object[]; readonly isWhole: boolean } {
  const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
  try {
    const columns = db
      .prepare<[string], string>('SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0')
      .pluck()
      .all(table)
    const values = columns.map(
      (name) =>
        `CASE typeof(${quoted(name)}) WHEN 'text' THEN CAST(${quoted(name)} AS BLOB) ELSE ${quoted(name)} END, typeof(${quoted(name)})`,
    )
    const select = `SELECT ${values.join(', ')} FROM ${quoted(table)}`
    const read = (sql: string) => {
      const rows: object[] = []
      try {
        for (const row of db.prepare<[], Value[]>(sql).raw().safeIntegers().iterate()) {
          rows.push(rowOf(columns, row))
        }
        return { rows, isWhole: true }
      } catch (error) {
        if (!isDamage(error)) throw error
        return { rows, isWhole: false }
      }
    }
    const first = read(select)
    if (first.isWhole || !columns.includes('id')) return first
    const rest = read(`${select} ORDER BY "id" DESC`)
    const known = new Set(first.rows.map(keyOf))
    const behind = rest.rows.filter((row) => !known.has(keyOf(row))).toReversed()
    return { rows: [...first.rows, ...behind], isWhole: false }
  } catch (error) {
    if (!isDamage(error)) throw error
    return { rows: [], isWhole: false }
  }
}

function keyOf(row: object): string {
  return JSON.stringify('id' in row ? row.id : row)
}

function isDamage(error: unknown): boolean {
  const code = codeOf(error)
  return /^SQLITE_(?:CORRUPT|NOTADB|IOERR_SHORT_READ|ERROR)/.test(code)
}

function rowOf(columns: readonly string[], values: readonly Value[]): object {
  return Object.fromEntries(
    columns.map((name, at) => [
      name,
      valueOf(values[2 * at] ?? null, values[2 * at + 1] === 'text'),
    ]),
  )
}

function valueOf(value: Value, isText: boolean): unknown {
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : { number: String(value) }
  }
  if (!Buffer.isBuffer(value)) return value
  if (!isText) return { bytes: value.toString('base64') }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value)
  } catch {
    return { bytes: value.toString('base64') }
  }
}

function lineOf(value: object): string {
  return `${escapeHarmful(JSON.stringify(value))}\n`
}
