import { lastNotebookIn } from '../files/home-names.ts'
import { recall, remember, seenAt, withSeen } from './last-notebook.ts'
import type { Key } from '../notebook/file/connect.ts'
import { startsAt } from '../notebook/backup/other-line.ts'
import type { World } from '../world.ts'

/**
 * Remembers the file that coach itself has put in the place of the notebook: any other one is a stranger there from now on.
 * @returns whether that is remembered: a home may be one that cannot be written
 */
export function rememberSeen({ places, machine, notebookPath }: World, key: Key | null): boolean {
  const file = lastNotebookIn(places.config)
  const { last, store } = startsAt(notebookPath, key, undefined)
  if (last === null) return true
  remember(file, withSeen(recall(file), machine, notebookPath, { ...last, store }))
  return seenAt(recall(file), machine, notebookPath)?.mark === last.mark
}
