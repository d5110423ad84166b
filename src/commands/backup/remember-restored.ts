import { lastNotebookIn } from '../../files/home-names.ts'
import { recall, remember } from '../../start/last-notebook.ts'
import type { Key } from '../../notebook/file/connect.ts'
import type { World } from '../../world.ts'
import { rememberSeen } from '../../start/remember-seen.ts'

/** Which notebook stood at the place when it was used last, where the file itself cannot tell any more. */
export function rememberedStore({ places, notebookPath }: World): string | null {
  const { path, store } = recall(lastNotebookIn(places.config))
  return path === notebookPath ? (store ?? null) : null
}

/** What was put there on purpose is no stranger at the next start. */
export function rememberRestored(world: World, storeId: string | null, key: Key | null): boolean {
  const { places, notebookPath } = world
  const file = lastNotebookIn(places.config)
  const isSeen = rememberSeen(world, key)
  // Its count of writes may be lower than the one that was remembered.
  const known = { ...recall(file), generation: undefined }
  const isOther = known.path === notebookPath && known.store !== storeId && storeId !== null
  const { told, exposed, seen } = known
  remember(file, isOther ? { path: notebookPath, store: storeId, told, exposed, seen } : known)
  return isSeen
}
