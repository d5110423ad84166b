import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import { codeOf, nameNew, removeQuietly, syncFolder } from '../files/durable.ts'
import { connect, pragmas } from './file/connect.ts'
import { sayFailure } from './file/failures.ts'
import { BUSY_MS } from './file/lock-wait.ts'
import { addStart } from './file/starts.ts'
import { applyMissing } from './schema/apply-migrations.ts'
import { newUuid } from './schema/row-values.ts'

/** Puts into a new notebook what it begins with. */
export type Fill = (db: Database.Database) => void

/**
 * Makes a new notebook. It is built beside its place and linked there when it is whole, so that an
 * interrupted start leaves no half-made file, and a file that exists meanwhile is never replaced.
 * @param fill puts in what it begins with
 */
export function createNotebook(path: string, now: Date, fill: Fill = () => {}): void {
  const temporary = `${path}.new-${newUuid()}`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    closeSync(openSync(temporary, 'wx', 0o600))
    const db = connect(temporary, { timeout: BUSY_MS })
    try {
      pragmas(db)
      applyMissing(db, now)
      fill(db)
      db.transaction(() => void addStart(db))()
    } finally {
      db.close()
    }
    putInPlace(temporary, path)
    syncFolder(dirname(path))
  } catch (error) {
    throw sayFailure(error, path)
  } finally {
    removeQuietly(temporary)
    removeQuietly(`${temporary}-journal`)
  }
}

/** Gives a whole file its name; where another coach was quicker, its file stays. */
function putInPlace(from: string, to: string): void {
  try {
    nameNew(from, to)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}
