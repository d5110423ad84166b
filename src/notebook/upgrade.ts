import { applySteps } from './schema/apply-migrations.ts'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../errors.ts'
import { backupFolder, backupName } from './file/backup-names.ts'
import type { Key } from './file/connect.ts'
import { addStart } from './file/starts.ts'
import { formatOf, generationOf } from './schema/store-row.ts'
import { type Copied, copyNotebook, type Proof } from './integrity/verified-copy.ts'
import { codeOf, removeQuietly } from '../files/durable.ts'
import { MIGRATIONS } from './schema/migrations.ts'

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
  const version = formatOf(db)
  if (version >= MIGRATIONS.length) return null
  if (isReadOnly) {
    throw new CoachError(
      EXIT.cannotWrite,
      `${path} was written by an earlier coach and has to be brought up to date first, but it cannot be written. Nothing was changed.`,
      'Give yourself permission to write the file and its folder, then run the command again.',
    )
  }
  const copy = copyOf(db, path, version, now, key)
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
  const code = codeOf(error)
  return /^SQLITE_(?:BUSY|LOCKED|FULL|IOERR|READONLY|CORRUPT|NOTADB)/.test(code)
}

function migrateWhole(db: Database.Database, path: string, generation: number, now: Date): void {
  db.transaction(() => {
    // Another coach may have been quicker, or written something after the copy was made.
    if (formatOf(db) >= MIGRATIONS.length) return
    if (generationOf(db) !== generation) {
      throw new CoachError(
        EXIT.busy,
        `${path} was changed by another coach just now. Nothing was changed here.`,
        'Run the command again.',
      )
    }
    applySteps(db, now)
    addStart(db)
  }).immediate()
}

/** A copy of the whole file in `backups`, beside it; null where another coach brought the notebook up to date meanwhile. */
function copyOf(
  db: Database.Database,
  path: string,
  version: number,
  now: Date,
  key: Key | null,
): Copied | null {
  const folder = backupFolder(path)
  try {
    const placeOf = ({ generation }: Proof, time: number) =>
      join(folder, backupName(now, generation, { format: version }, time))
    // What was damaged before is no reason to refuse: the copy is equal to the notebook, row by row.
    const copy = copyNotebook(db, placeOf, folder, { key })
    if (copy.format === version) return copy
    removeQuietly(copy.path)
    return null
  } catch (error) {
    if (formatOf(db) > version) return null
    if (error instanceof CoachError && error.exitCode !== EXIT.cannotWrite) throw error
    throw new CoachError(
      EXIT.cannotWrite,
      `${path} has to be brought up to date, and a copy of it could not be made in ${folder}. Nothing was changed.`,
      'Make room, or give yourself permission to write there, then run the command again.',
      { cause: error },
    )
  }
}
