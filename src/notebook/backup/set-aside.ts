import { closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../../errors.ts'
import { backupName } from '../file/backup-names.ts'
import type { Key } from '../file/connect.ts'
import { newUuid } from '../schema/row-values.ts'
import { copyNotebook, makeBackupFolder } from '../integrity/verified-copy.ts'
import { codeOf, copyBytes, nameNew, removeQuietly, syncFolder } from '../../files/durable.ts'

/** What SQLite keeps beside a file while it is written, by this program or another. */
export const COMPANIONS = ['-journal', '-wal', '-shm'] as const

/** A copy of a notebook that is about to be replaced. `isDamaged`: byte by byte, as nothing better could be made of it. */
export interface SetAside {
  readonly path: string
  readonly isDamaged: boolean
  /** The journal that lies beside that copy, and did not belong to what was copied; null mostly. */
  readonly strange: string | null
  /** A second copy, byte by byte, of the file and the journal as they lay there; null where there was no journal. */
  readonly asItLay: string | null
}

interface Placed {
  readonly place: string
  /** The file itself, held open: a lock on a file ends when the process closes that file anywhere. */
  readonly held: number
  readonly folder: string
  readonly now: Date
  readonly key: Key | null
  /** A copy byte by byte that there is already. */
  readonly bytes: string | null
}

/** Copies the notebook that is about to be replaced. @throws CoachError (7) where no copy can be made */
export function putAside(
  live: Database.Database | null,
  { place, held, folder, now, key, bytes }: Placed,
): SetAside {
  const copied = live && proved(live, { folder, now, key })
  if (copied === null) {
    const path = bytes ?? setBytesAside(place, held, folder, now)
    return { path, isDamaged: true, strange: null, asItLay: null }
  }
  // Whatever the journal took back when the file was opened still stands in the bytes.
  const isEmpty = (end: string) =>
    !(statSync(`${bytes}${end}`, { throwIfNoEntry: false })?.size ?? 0)
  const isOfUse = bytes !== null && !COMPANIONS.every(isEmpty)
  if (bytes !== null && !isOfUse) dropAside(bytes)
  return { path: copied, isDamaged: false, strange: null, asItLay: isOfUse ? bytes : null }
}

/** Moves away what lies beside the place of a file that is gone: a new file there would be taken for the old one. */
export function setCompanionsAside(place: string, folder: string, now: Date): void {
  for (const end of COMPANIONS.filter((one) => existsSync(`${place}${one}`))) {
    makeBackupFolder(folder)
    for (let time = 1; ; time++) {
      const path = `${join(folder, backupName(now, null, 'damaged', time))}${end}`
      if (existsSync(path)) continue
      renameSync(`${place}${end}`, path)
      break
    }
  }
}

/** Removes a copy byte by byte that is not needed after all. */
export function dropAside(bytes: string): void {
  for (const end of ['', ...COMPANIONS]) removeQuietly(`${bytes}${end}`)
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
export function setBytesAside(place: string, held: number, folder: string, now: Date): string {
  makeBackupFolder(folder)
  for (let time = 1; ; time++) {
    const path = join(folder, backupName(now, null, 'damaged', time))
    try {
      copyWhole(held, path)
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue
      throw error
    }
    for (const end of COMPANIONS) {
      if (!existsSync(`${place}${end}`)) continue
      const file = openSync(`${place}${end}`, 'r')
      try {
        copyWhole(file, `${path}${end}`)
      } finally {
        closeSync(file)
      }
    }
    syncFolder(folder)
    return path
  }
}

/** Copies bytes under a name of their own first, so that the name of a copy stands for a whole one. */
function copyWhole(from: number, to: string): void {
  const temporary = join(dirname(to), `notebook.${newUuid()}.new`)
  try {
    copyBytes(from, temporary)
    nameNew(temporary, to)
  } finally {
    removeQuietly(temporary)
  }
}
