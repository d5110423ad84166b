import { chmodSync, constants, copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../errors.ts'
import { backupName } from './backup-names.ts'
import type { Key } from './connect.ts'
import { newUuid } from './context.ts'
import { copyNotebook } from './copy.ts'
import { codeOf, makeFolder, nameNew, removeQuietly, syncFile, syncFolder } from './durable.ts'

/** What SQLite keeps beside a file while it is written, by this program or another. */
export const COMPANIONS = ['-journal', '-wal', '-shm'] as const

/** A copy of a notebook that is about to be replaced. `isDamaged`: byte by byte, as nothing better could be made of it. */
export interface SetAside {
  readonly path: string
  readonly isDamaged: boolean
}

interface Placed {
  readonly place: string
  readonly folder: string
  readonly now: Date
  readonly key: Key | null
  /** A copy byte by byte that there is already. */
  readonly bytes: string | null
}

/** Copies the notebook that is about to be replaced. @throws CoachError (7) where no copy can be made */
export function putAside(
  live: Database.Database | null,
  { place, folder, now, key, bytes }: Placed,
): SetAside {
  const copied = live && proved(live, { folder, now, key })
  if (copied === null) return { path: bytes ?? setBytesAside(place, folder, now), isDamaged: true }
  // A finished journal is of no more use; what another program left stays with the file it belongs to.
  if (bytes !== null && !existsSync(`${bytes}-wal`)) {
    removeQuietly(bytes)
    removeQuietly(`${bytes}-journal`)
  }
  return { path: copied, isDamaged: false }
}

/** A copy that was proved; null where the file is too damaged for one. */
function proved(
  live: Database.Database,
  { folder, now, key }: Pick<Placed, 'folder' | 'now' | 'key'>,
): string | null {
  try {
    return copyNotebook(
      live,
      ({ generation }, time) => join(folder, backupName(now, generation, 'before-restore', time)),
      folder,
      { key },
    ).path
  } catch (error) {
    const isDamaged = error instanceof CoachError && error.exitCode === EXIT.damaged
    if (isDamaged || codeOf(error).startsWith('SQLITE_ERROR')) return null
    throw error
  }
}

/** Copies a file as it is, and what SQLite keeps beside it, under the name of a damaged one. @returns the path of the copy */
export function setBytesAside(place: string, folder: string, now: Date): string {
  makeFolder(folder)
  for (let time = 1; ; time++) {
    const path = join(folder, backupName(now, null, 'damaged', time))
    try {
      copyBytes(place, path)
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue
      throw error
    }
    for (const end of COMPANIONS) {
      if (existsSync(`${place}${end}`)) copyBytes(`${place}${end}`, `${path}${end}`)
    }
    syncFolder(folder)
    return path
  }
}

function copyBytes(from: string, to: string): void {
  const temporary = join(to, '..', `notebook.${newUuid()}.new`)
  try {
    copyFileSync(from, temporary, constants.COPYFILE_EXCL)
    chmodSync(temporary, 0o600)
    syncFile(temporary)
    nameNew(temporary, to)
  } finally {
    removeQuietly(temporary)
  }
}
