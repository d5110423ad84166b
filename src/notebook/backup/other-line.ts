import { basename, dirname } from 'node:path'
import { conflictedCopies } from './synced-copies.ts'
import { backupFolder } from '../file/backup-names.ts'
import { listBackups } from './list-backups.ts'
import { connectToRead, type Key, withConnection } from '../file/connect.ts'
import { generationOf, storeOf } from '../schema/store-row.ts'
import { holdsStart, isWithout, knowsStarts, lastStart, type Start } from '../file/starts.ts'
import { isLocked, probe } from '../file/probe.ts'
import { wordOf } from '../../text/command-line.ts'
import { count } from '../../text/text.ts'

/** A copy that holds what the file in the place of the notebook does not. */
interface OtherLine {
  readonly path: string
  /** Whether it holds what was written last too, as far as this computer knows. */
  readonly isWhole: boolean
  /** What brings it back. */
  readonly command: string
}

/** What was found of the notebook that stood there before. */
export interface Others {
  readonly best: OtherLine | null
  /** How many copies nobody could look into, for want of their password. */
  readonly locked: number
}

/**
 * Looks for what was in the place of a notebook before, among its backups and the copies beside it: the copy that holds the start that
 * was seen last, else the one of the same notebook that went furthest of those whose last start the file does not know.
 * @param key what opens the notebook; a copy under another one cannot be looked into
 */
export function otherLine({
  path,
  key,
  seen,
  isWindows,
}: {
  readonly path: string
  readonly key: Key | null
  readonly seen: Start & { readonly store: string }
  readonly isWindows: boolean
}): Others {
  const folder = backupFolder(path)
  const copies = [
    ...listBackups(folder, key),
    ...conflictedCopies(path).map((copy) => probe(copy, key)),
  ]
  const locked = copies.filter(isLocked).length
  const here = connectToRead(path, key)
  try {
    const found = copies
      .filter(({ state }) => state === 'notebook')
      .flatMap((copy) => {
        return withConnection(connectToRead(copy.path, key), (db) => {
          const last = lastStart(db)
          const isWhole = holdsStart(db, seen)
          const isOther = last !== null && !holdsStart(here, last)
          return isOther && (isWhole || copy.storeId === seen.store)
            ? [{ ...copy, isWhole, generation: generationOf(db) }]
            : []
        })
      })
    const [best] = found.toSorted(
      (a, b) => Number(b.isWhole) - Number(a.isWhole) || b.generation - a.generation,
    )
    if (!best) return { best: null, locked }
    const file = dirname(best.path) === folder ? basename(best.path) : best.path
    const other = best.storeId === probe(path, key).storeId ? '' : ' --other'
    const command = `restore ${wordOf(file, isWindows)}${other}`
    return { best: { path: best.path, isWhole: best.isWhole, command }, locked }
  } finally {
    here.close()
  }
}

/** What is said of a file that took the place of another one, in two sentences or three. */
export function sayStranger(path: string, { best, locked }: Others): string {
  const what = `${path} is not the notebook that you used here last: it does not hold what you wrote then. Another copy took its place, as a synchronising program may do.`
  if (best?.isWhole) return `${what} What you wrote last is in ${best.path}`
  const closed =
    locked === 0
      ? ''
      : ` ${count(locked, 'copy', 'copies')} here ${locked === 1 ? 'is' : 'are'} under a password, and may hold it: coach backup --list`
  const latest = best ? ` The latest copy of yours: ${best.path}` : ''
  return `${what} What you wrote last is in no copy that could be opened; look for it where your files are synchronised.${closed}${latest}`
}

/** The start that wrote last to a file that need not be open, and whether that file went its own way since another one was seen. */
export function startsAt(
  path: string,
  key: Key | null,
  seen: Start | undefined,
): { readonly last: Start | null; readonly store: string; readonly isStranger: boolean } {
  return withConnection(connectToRead(path, key), (db) => {
    const last = lastStart(db)
    const { storeId: store } = storeOf(db)
    return { last, store, isStranger: seen !== undefined && knowsStarts(db) && isWithout(db, seen) }
  })
}
