import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { filesIn } from '../../files/names-in.ts'
import { conflictedCopies } from '../backup/synced-copies.ts'
import { backupFolder, backupFolders, backupName, foldersOf } from '../file/backup-names.ts'
import type { Key } from '../file/connect.ts'
import { isLocked, probe } from '../file/probe.ts'
import { APPLICATION_ID } from '../schema/migrations.ts'
import { fileAt } from '../file/file-identity.ts'
import { headerIfReadable, saltOf } from '../file/header.ts'
import { opens } from '../file/page-cipher.ts'

/** Which notebook is meant: where it is reached, and which one it is. */
interface Which {
  readonly path: string
  readonly storeId: string
}

/** Copies among the backups, by path. */
export interface Copies {
  /** Of this notebook. */
  readonly own: readonly string[]
  /** Of another notebook that keeps its backups in the same folder. */
  readonly others: readonly string[]
  /** Damaged, or of a newer coach: nobody can tell of which notebook. */
  readonly unknown: readonly string[]
}

/** The copies among the backups that anybody can read who can read the files. */
export function plainCopies(notebook: Which): Copies {
  return sorted(backupsOf(notebook.path).filter(isPlainNotebook), notebook.storeId, null)
}

/** The copies among the backups that a key opens. */
export function copiesUnder(notebook: Which, key: Key): Copies {
  const files = backupsOf(notebook.path)
  const under = files.filter((path) => saltOf(path) !== null && opens(path, key))
  return sorted(under, notebook.storeId, key)
}

/** Copies beside a notebook, as a synchronising program makes them, that anybody can read who can read the files. */
export function plainBeside(notebook: string): readonly string[] {
  return conflictedCopies(notebook).filter(isPlainNotebook)
}

/** Whether another notebook with this id may stand in the folder of one; an encrypted one may be it. */
export function hasSister({ path, storeId }: Which): boolean {
  const itself = fileAt(path)
  return foldersOf(path)
    .flatMap(filesIn)
    .filter((one) => one.endsWith('.db') && fileAt(one) !== itself)
    .map((one) => probe(one, null))
    .some((look) => look.storeId === storeId || isLocked(look))
}

function sorted(paths: readonly string[], storeId: string, key: Key | null): Copies {
  const looks = paths.map((path) => probe(path, key))
  const where = (is: (id: string | null) => boolean) =>
    looks.filter((look) => is(look.storeId)).map(({ path }) => path)
  return {
    own: where((id) => id === storeId),
    others: where((id) => id !== null && id !== storeId),
    unknown: where((id) => id === null),
  }
}

/** A path in the folder of backups where nothing stands yet, for the file as it is before it is encrypted. */
export function pathForOld(notebook: string, now: Date): string {
  for (let time = 1; ; time++) {
    const path = join(backupFolder(notebook), backupName(now, null, 'before-encryption', time))
    if (!lstatSync(path, { throwIfNoEntry: false })) return path
  }
}

function backupsOf(notebook: string): readonly string[] {
  return backupFolders(notebook).flatMap(filesIn)
}

function isPlainNotebook(path: string): boolean {
  return headerIfReadable(path)?.applicationId === APPLICATION_ID
}
