import { join } from 'node:path'
import { recall, remember, withSeen } from './last-notebook.ts'
import type { Key } from '../notebook/file/connect.ts'
import { startsAt } from '../notebook/backup/other-line.ts'
import type { World } from '../world.ts'

/** Remembers the file that coach itself has put in the place of the notebook: any other one is a stranger there from now on. */
export function rememberSeen({ places, machine, notebookPath }: World, key: Key | null): void {
  const file = join(places.config, 'last-notebook.json')
  const { last } = startsAt(notebookPath, key, undefined)
  remember(file, withSeen(recall(file), machine, notebookPath, last))
}
