import { CoachError } from '../../errors.ts'
import { backupFolder } from '../../notebook/file/backup-names.ts'
import { listBackups } from '../../notebook/backup/list-backups.ts'
import type { Key } from '../../notebook/file/connect.ts'
import type { World } from '../../world.ts'

/**
 * What opens the backups of the notebook, as far as they are encrypted: the key of the notebook, or, where that is gone or is no longer
 * encrypted, that of the newest encrypted one among them.
 */
export async function backupKey(world: World): Promise<Key | null> {
  const key = await world.unlock(world.notebookPath)
  if (key !== null) return key
  const sealed = listBackups(backupFolder(world.notebookPath)).find(
    ({ isEncrypted }) => isEncrypted,
  )
  return sealed ? await world.unlock(sealed.path) : null
}

/** The key for a look that goes on without one, where nobody can be asked. */
export async function keyIfGiven(world: World): Promise<Key | null> {
  try {
    return await backupKey(world)
  } catch (error) {
    if (error instanceof CoachError && !world.canAsk()) return null
    throw error
  }
}
