import { closeSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import { codeOf, makePrivateFolder, nameNew, removeQuietly, syncFolder } from '../files/durable.ts'
import { connect, pragmas, withConnection } from './file/connect.ts'
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
    makePrivateFolder(dirname(path))
    closeSync(openSync(temporary, 'wx', 0o600))
    withConnection(connect(temporary, { timeout: BUSY_MS }), (db) => {
      pragmas(db)
      applyMissing(db, now)
      fill(db)
      db.transaction(() => void addStart(db))()
    })
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
