import { lstatSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import { copyFile, syncFile, syncFolder } from '../../files/durable.ts'
import { COMPANIONS } from '../backup/set-aside.ts'
import { connect, type Key, withConnection } from '../file/connect.ts'
import { oddSchema } from '../schema/odd-schema.ts'
import { newUuid } from '../schema/row-values.ts'
import { keyFor } from './copies.ts'

const SETTINGS = [
  'foreign_keys = ON',
  'secure_delete = ON',
  'trusted_schema = OFF',
  'cell_size_check = ON',
  'temp_store = MEMORY',
]

/**
 * Changes a backup: a copy of it is changed, written anew without what was deleted, checked, and put in its place. Until then
 * the backup is as it was.
 * @returns whether there was something to change
 * @throws Error where the backup cannot be read or written, or is damaged; it is as it was then
 */
export function changeBackup(
  path: string,
  key: Key | null,
  change: (db: Database.Database) => boolean,
): boolean {
  const temporary = `${path}.${newUuid()}.new`
  try {
    if (!lstatSync(path).isFile()) throw new Error('not a file')
    // It would be applied to the new file, and bring back what was deleted.
    const isBeside = (end: string) => lstatSync(`${path}${end}`, { throwIfNoEntry: false })
    if (COMPANIONS.some(isBeside)) throw new Error('a journal lies beside it')
    copyFile(path, temporary)
    const isChanged = withConnection(
      connect(temporary, { timeout: 1000, key: keyFor(path, key) }),
      (db) => changeWhole(db, change),
    )
    if (isChanged) {
      syncFile(temporary)
      renameSync(temporary, path)
      syncFolder(dirname(path))
    }
    return isChanged
  } finally {
    for (const left of [temporary, `${temporary}-journal`]) rmSync(left, { force: true })
  }
}

/** Changes an open copy, writes it anew without what was deleted, and checks it. @returns whether there was something to change */
function changeWhole(db: Database.Database, change: (db: Database.Database) => boolean): boolean {
  for (const setting of SETTINGS) db.pragma(setting)
  // A trigger that somebody put there would run with the change.
  if (oddSchema(db).length > 0) throw new Error('holds something that no coach has made')
  if (!db.transaction(() => change(db)).immediate()) return false
  db.exec('VACUUM')
  const broken = db.pragma('foreign_key_check')
  const isWhole = db.pragma('integrity_check', { simple: true }) === 'ok'
  if (!isWhole || !Array.isArray(broken) || broken.length > 0) throw new Error('damaged')
  return true
}
