import { join } from 'node:path'
import { CoachError, EXIT } from '../../errors.ts'
import { isTime, tooMany } from './clock-lines.ts'
import { backupFolder, backupName, readBackupName } from '../file/backup-names.ts'
import { namesIn } from '../../files/names-in.ts'
import type { Key } from '../file/connect.ts'
import type { Copied } from '../integrity/verified-copy.ts'
import { removeQuietly } from '../../files/durable.ts'
import { sayAltered } from '../integrity/altered-rows.ts'
import { type ProbedFile, probe } from '../file/probe.ts'
import { removeLeftovers } from './leftovers.ts'
import type { Notebook } from '../notebook.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * Makes the backup of the week, where it is time for one: see {@link isTime}; the first one is made when the notebook is a day old.
 * Then those of this notebook that are more than enough go: see {@link tooMany}. Only what was made by itself ever goes, and never
 * before a newer one is proved.
 * @returns the backup, or null where it was not time
 * @throws CoachError where it cannot be made; the earlier ones are kept then
 */
export function backUpWeekly(notebook: Notebook, now: Date, key: Key | null = null): Copied | null {
  const folder = backupFolder(notebook.path)
  if (!isDue(notebook, folder, now, key)) return null
  removeLeftovers(notebook.path, now)
  // Of a large file, only a part may have been gone through before the write.
  notebook.proveSound()
  const made = notebook.copy(
    ({ generation }, time) => join(folder, backupName(now, generation, 'weekly', time)),
    folder,
  )
  if (made.altered.length > 0) {
    removeQuietly(made.path)
    throw new CoachError(
      EXIT.damaged,
      `${sayAltered(made.altered)} The backups from before were kept.`,
      'Run: coach doctor --full',
    )
  }
  rotate(folder, made, key)
  return made
}

function isDue(notebook: Notebook, folder: string, now: Date, key: Key | null): boolean {
  const { generation, createdAt } = notebook.age()
  const named = inOrder(folder).filter(
    ({ kind, written }) => kind !== 'before-restore' && kind !== 'damaged' && written <= generation,
  )
  const isOurs = ({ path }: { readonly path: string }) => isOwn(probe(path, key), notebook.storeId)
  const newest = named.find(isOurs)
  // A clock that was wrong, then or now, leads to one backup more, and never to none.
  if (!newest) return !(Math.abs(now.getTime() - Date.parse(createdAt)) < DAY_MS)
  // Only where it may be time are all of them looked into.
  return isTime([newest], generation, now) && isTime(named.filter(isOurs), generation, now)
}

/** Our backups by their names, the one that was written last first. */
function inOrder(folder: string) {
  return namesIn(folder)
    .flatMap((name) => {
      const read = readBackupName(name)
      const { written = null } = read ?? {}
      return read && written !== null ? [{ ...read, written, path: join(folder, name) }] : []
    })
    .toSorted((a, b) => b.written - a.written)
}

function isOwn(look: ProbedFile, storeId: string): boolean {
  return look.state === 'notebook' && look.storeId === storeId
}

/**
 * Removes what is more than enough. Those that were written later than the one just made are left alone: they hold what the notebook
 * does not hold any more, as after an older copy was put in its place.
 */
function rotate(folder: string, made: Copied, key: Key | null): void {
  const all = inOrder(folder).filter(
    ({ path, kind, written }) =>
      kind === 'weekly' &&
      written <= made.generation &&
      (path === made.path || isOwn(probe(path, key), made.storeId)),
  )
  for (const { path } of tooMany(all)) if (path !== made.path) removeQuietly(path)
}
