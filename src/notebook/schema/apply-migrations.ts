import type Database from 'better-sqlite3'
import { APPLICATION_ID, MIGRATIONS } from './migrations.ts'
import { hashOf, newUuid } from './row-values.ts'
import { formatOf } from './store-row.ts'

/** Applies all steps that a new or older file lacks, in one transaction; the record of a step commits with it. */
export function applyMissing(db: Database.Database, now: Date): void {
  db.transaction(() => applySteps(db, now)).immediate()
}

export function applySteps(db: Database.Database, now: Date): void {
  const have = formatOf(db)
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
