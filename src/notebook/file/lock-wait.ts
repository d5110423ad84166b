import { codeOf } from '../../files/durable.ts'
import type Database from 'better-sqlite3'

/** How long coach waits in all for another program that has the notebook locked, in ms. */
export const BUSY_MS = 5000
/** How long it waits before it says so, in ms. */
const QUIET_MS = 1000

/**
 * Does one thing with the file that can be done again when it was locked. After a second of waiting, `onWait` is
 * called once; after five in all, the error of SQLite is thrown.
 */
export function patiently<T>(db: Database.Database, work: () => T, onWait?: () => void): T {
  if (onWait === undefined) return work()
  db.pragma(`busy_timeout = ${QUIET_MS}`)
  try {
    return work()
  } catch (error) {
    if (!isBusy(error)) throw error
    onWait()
    db.pragma(`busy_timeout = ${BUSY_MS - QUIET_MS}`)
    return work()
  } finally {
    db.pragma(`busy_timeout = ${BUSY_MS}`)
  }
}

/** Does some work in one transaction. Waiting happens at its two ends, so the work itself is done once at most. */
export function inTransaction<T>(db: Database.Database, work: () => T, onWait?: () => void): T {
  if (db.inTransaction) return db.transaction(work)()
  patiently(db, () => db.exec('BEGIN IMMEDIATE'), onWait)
  try {
    const result = work()
    patiently(db, () => db.exec('COMMIT'), onWait)
    return result
  } catch (error) {
    rollBack(db)
    throw error
  }
}

function rollBack(db: Database.Database): void {
  try {
    if (db.inTransaction) db.exec('ROLLBACK')
  } catch {
    // The failure before this one is told; what is half done is taken back from the journal at the next opening.
  }
}

function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY')
}
