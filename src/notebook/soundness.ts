import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../errors.ts'
import { rescueLine } from '../rescue.ts'

/** Whether every page of the file is as it should be, and every reference leads somewhere. Reads the whole file. */
export function isSound(db: Database.Database): boolean {
  try {
    if (db.pragma('integrity_check(1)', { simple: true }) !== 'ok') return false
    const strays = db.pragma('foreign_key_check')
    return Array.isArray(strays) && strays.length === 0
  } catch {
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
