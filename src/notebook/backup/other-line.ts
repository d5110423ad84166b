import { basename, dirname } from 'node:path'
import { conflictedCopies } from '../file/synced-copies.ts'
import { backupFolder } from './backup-names.ts'
import { listBackups } from './list-backups.ts'
import { connect, type Key } from '../file/connect.ts'
import { generationOf } from '../schema/store-row.ts'
import { holdsStart, lastStart, type Start } from '../file/starts.ts'
import { lookAt } from '../file/probe.ts'
import { saltOf } from '../file/encrypted-header.ts'

/** A copy that holds what the file in the place of the notebook does not. */
export interface OtherLine {
  readonly path: string
  /** Whether it holds what was written last too, as far as this computer knows. */
  readonly isWhole: boolean
  /** What brings it back. */
  readonly command: string
}

/**
 * Looks for what was in the place of a notebook before, among its backups and the copies beside it: the copy that holds the start that
 * was seen last, else the one that went furthest of those whose last start the file does not know. Null where there is none.
 * @param key what opens the notebook; a copy under another one cannot be looked into
 */
export function otherLine({
  path,
  key,
  seen,
}: {
  readonly path: string
  readonly key: Key | null
  readonly seen: Start
}): OtherLine | null {
  const folder = backupFolder(path)
  const copies = [
    ...listBackups(folder, key),
    ...conflictedCopies(path).map((copy) => lookAt(copy, key)),
  ]
  const here = openFor(path, key)
  try {
    const found = copies
      .filter(({ state }) => state === 'notebook')
      .flatMap((copy) => {
        const db = openFor(copy.path, key)
        try {
          const last = lastStart(db)
          if (last === null || holdsStart(here, last)) return []
          const isWhole = holdsStart(db, seen)
          return [{ ...copy, isWhole, generation: generationOf(db) }]
        } finally {
          db.close()
        }
      })
    const [best] = found.toSorted(
      (a, b) => Number(b.isWhole) - Number(a.isWhole) || b.generation - a.generation,
    )
    if (!best) return null
    const name = dirname(best.path) === folder ? basename(best.path) : `"${best.path}"`
    const other = best.storeId === lookAt(path, key).storeId ? '' : ' --other'
    return { path: best.path, isWhole: best.isWhole, command: `restore ${name}${other}` }
  } finally {
    here.close()
  }
}

/** What is said of a file that took the place of another one, in two sentences or three. */
export function sayStranger(path: string, other: OtherLine | null): string {
  const what = `${path} is not the notebook that you used here last, and has not grown out of it: another copy took its place, as a synchronising program may do.`
  if (other === null) {
    return `${what} What you wrote last is not in it, and no copy here holds it. Look for it where your files are synchronised.`
  }
  return other.isWhole
    ? `${what} What you wrote last is in ${other.path}`
    : `${what} The latest copy of yours is ${other.path}. What you wrote after that is in no file here: look for it where your files are synchronised.`
}

/** The start that wrote last to a file that need not be open, and whether that file went its own way since another one was seen. */
export function startsAt(
  path: string,
  key: Key | null,
  seen: Start | undefined,
): { readonly last: Start | null; readonly isStranger: boolean } {
  const db = openFor(path, key)
  try {
    const last = lastStart(db)
    return { last, isStranger: seen !== undefined && last !== null && !holdsStart(db, seen) }
  } finally {
    db.close()
  }
}

function openFor(path: string, key: Key | null) {
  return connect(path, {
    readonly: true,
    timeout: 1000,
    key: saltOf(path) === null ? null : key,
  })
}
