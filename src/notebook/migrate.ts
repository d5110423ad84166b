import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../errors.ts'
import { connect, type Key } from './connect.ts'
import { hashOf, newUuid } from './context.ts'
import { APPLICATION_ID, MIGRATIONS } from './migrations.ts'

/**
 * Brings a notebook of an older format up to date: first a copy of it that is proved to be readable and complete, then
 * all missing steps in one transaction.
 * @returns the path of the copy, or null where there was nothing to do
 * @throws CoachError (7) where the file or the copy cannot be written; nothing is changed then
 */
export function upgrade(
  db: Database.Database,
  path: string,
  isReadOnly: boolean,
  now: Date,
  key: Key | null,
): string | null {
  const version = versionOf(db)
  if (version >= MIGRATIONS.length) return null
  if (isReadOnly) {
    throw new CoachError(
      EXIT.cannotWrite,
      `${path} was written by an earlier coach and has to be brought up to date first, but it cannot be written. Nothing was changed.`,
      'Give yourself permission to write the file and its folder, then run the command again.',
    )
  }
  const copy = copyOf(db, path, now, key)
  // Another coach was quicker: its copy is the one from before.
  if (copy === null) return null
  try {
    migrateWhole(db, path, copy.generation, now)
  } catch (error) {
    // The notebook is as it was, so the copy is worth nothing.
    removeQuietly(copy.path)
    if (error instanceof CoachError || isOfFile(error)) throw error
    throw new CoachError(
      EXIT.damaged,
      `${path} could not be brought up to date: something in it is not as it should be. Nothing was changed.`,
      'Keep the file as it is, and report this with the same command and --debug added.',
      { cause: error },
    )
  }
  return copy.path
}

/** A disk or a lock that stands in the way says so itself. */
function isOfFile(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^SQLITE_(?:BUSY|LOCKED|FULL|IOERR|READONLY|CORRUPT|NOTADB)/.test(code)
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // What cannot be removed was not made by us.
  }
}

function migrateWhole(db: Database.Database, path: string, generation: number, now: Date): void {
  db.transaction(() => {
    // Another coach may have been quicker, or written something after the copy was made.
    if (versionOf(db) >= MIGRATIONS.length) return
    if (generationOf(db) !== generation) {
      throw new CoachError(
        EXIT.busy,
        `${path} was changed by another coach just now. Nothing was changed here.`,
        'Run the command again.',
      )
    }
    applySteps(db, now)
  }).immediate()
}

/** Applies all steps that a new or older file lacks, in one transaction; the record of a step commits with it. */
export function applyMissing(db: Database.Database, now: Date): void {
  db.transaction(() => applySteps(db, now)).immediate()
}

function applySteps(db: Database.Database, now: Date): void {
  const have = versionOf(db)
  const at = now.toISOString()
  MIGRATIONS.slice(have).forEach(({ name, sql }, step) => {
    db.exec(sql)
    db.prepare(
      'INSERT INTO migration (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)',
    ).run(have + step + 1, name, hashOf(sql), at)
  })
  db.prepare('INSERT OR IGNORE INTO store (id, uuid, created_at) VALUES (1, ?, ?)').run(
    newUuid(),
    at,
  )
  const broken = db.pragma('foreign_key_check')
  if (Array.isArray(broken) && broken.length > 0) throw new Error('a step broke a foreign key')
  db.pragma(`application_id = ${APPLICATION_ID}`)
  db.pragma(`user_version = ${MIGRATIONS.length}`)
}

/** A copy of the whole file in `backups`, beside it, complete before it gets its name. */
function copyOf(db: Database.Database, path: string, now: Date, key: Key | null) {
  const folder = join(dirname(path), 'backups')
  const version = versionOf(db)
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '')
  const name = `notebook-format-${version}-${stamp}-${newUuid().slice(0, 4)}.db`
  const temporary = join(folder, `${name}.${newUuid()}.new`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    closeSync(openSync(temporary, 'wx', 0o600))
    db.prepare('VACUUM INTO ?').run(temporary)
    chmodSync(temporary, 0o600)
    const generation = proved(db, temporary, key)
    if (versionOf(db) > version) {
      removeQuietly(temporary)
      return null
    }
    const file = openSync(temporary, 'r')
    fsyncSync(file)
    closeSync(file)
    renameSync(temporary, join(folder, name))
    return { path: join(folder, name), generation }
  } catch (error) {
    removeQuietly(temporary)
    // Another coach brought the notebook up to date while the copy was made or looked at.
    if (versionOf(db) > version) return null
    if (error instanceof CoachError) throw error
    throw new CoachError(
      EXIT.cannotWrite,
      `${path} has to be brought up to date, and a copy of it could not be made in ${folder}. Nothing was changed.`,
      'Make room, or give yourself permission to write there, then run the command again.',
      { cause: error },
    )
  }
}

/** Opens a copy and compares it with its original, table by table. @returns its generation */
function proved(original: Database.Database, path: string, key: Key | null): number {
  const copy = connect(path, { readonly: true, key })
  try {
    const isWhole = copy.pragma('integrity_check', { simple: true }) === 'ok'
    const isSame =
      versionOf(copy) === versionOf(original) &&
      JSON.stringify(countsOf(copy)) === JSON.stringify(countsOf(original))
    if (!isWhole || !isSame) throw new Error('the copy is not like its original')
    return generationOf(copy)
  } finally {
    copy.close()
  }
}

function countsOf(db: Database.Database): readonly (readonly [string, unknown])[] {
  const tables = db
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all()
  return tables.map(({ name }) => [
    name,
    db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get(),
  ])
}

function versionOf(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}

function generationOf(db: Database.Database): number {
  return Number(db.prepare('SELECT generation FROM store').pluck().get())
}
