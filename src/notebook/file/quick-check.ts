import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../../errors.ts'
import { codeOf } from '../../files/durable.ts'
import { rescueLine } from './backup-hint.ts'

/** Whether every page of the file is as it should be, and every reference leads somewhere. Reads the whole file. */
export function isSound(db: Database.Database): boolean {
  try {
    return isWhole(db)
  } catch {
    return false
  }
}

/** What {@link isSound} tells. @throws the error of SQLite where it says nothing about the file, see {@link isFine} */
export function isSoundNow(db: Database.Database): boolean {
  return isFine(() => isWhole(db))
}

function isWhole(db: Database.Database): boolean {
  if (db.pragma('integrity_check(1)', { simple: true }) !== 'ok') return false
  const strays = db.pragma('foreign_key_check')
  return Array.isArray(strays) && strays.length === 0
}

/** A lock, a disk that fails for a moment or too little memory. A checksum that does not fit is damage. */
const PASSING =
  /^SQLITE_(?:BUSY|LOCKED|CANTOPEN|READONLY|NOMEM|PROTOCOL|FULL|IOERR(?!_(?:DATA|CORRUPTFS)))/

/**
 * Whether a look finds nothing wrong. What is found is remembered, so what may be over at the next start must not count as damage.
 * @throws the error of SQLite where it says nothing about what the file holds
 */
export function isFine(look: () => boolean): boolean {
  try {
    return look()
  } catch (error) {
    if (PASSING.test(codeOf(error))) throw error
    return false
  }
}

/** A notebook that is not as it should be (5): it is read as far as that goes, and never written. */
export function damaged(path: string): CoachError {
  return new CoachError(
    EXIT.damaged,
    `The notebook ${path} is damaged. Nothing was changed.`,
    rescueLine(path),
  )
}
