import { closeSync, lstatSync, openSync, readdirSync, readSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Key } from './connect.ts'
import { APPLICATION_ID } from './migrations.ts'
import { opens, saltOf } from './sealed.ts'

/** The copies in the folder of backups that anybody can read who can read the files, by path. */
export function plainCopies(notebook: string): readonly string[] {
  return filesIn(folderOf(notebook)).filter(isPlainNotebook)
}

/** The copies in the folder of backups that a key opens, by path. */
export function copiesUnder(notebook: string, key: Key): readonly string[] {
  return filesIn(folderOf(notebook)).filter((path) => saltOf(path) !== null && opens(path, key))
}

/** A path in the folder of backups where nothing stands yet, for the file as it is before something is done to it. */
export function pathForOld(notebook: string, now: Date, why: string): string {
  const base = `notebook-${now.toISOString().slice(0, 16).replace(':', '')}-${why}`
  for (let time = 1; ; time++) {
    const path = join(folderOf(notebook), `${base}${time === 1 ? '' : `-${time}`}.db`)
    if (!lstatSync(path, { throwIfNoEntry: false })) return path
  }
}

function folderOf(notebook: string): string {
  return join(dirname(realpathSync(notebook)), 'backups')
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => join(folder, name))
      .toSorted()
  } catch {
    return []
  }
}

/** A plain file of SQLite says in its 68th byte whose it is. */
function isPlainNotebook(path: string): boolean {
  const head = Buffer.alloc(72)
  try {
    const file = openSync(path, 'r')
    try {
      readSync(file, head, 0, head.length, 0)
    } finally {
      closeSync(file)
    }
  } catch {
    return false
  }
  return (
    head.toString('latin1', 0, 16) === 'SQLite format 3\0' &&
    head.readUInt32BE(68) === APPLICATION_ID
  )
}
