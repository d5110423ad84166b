import { CoachError, EXIT } from '../../errors.ts'
import { count } from '../../text/text.ts'
import type { World } from '../../world.ts'

/**
 * Takes something out of backups, one after the other, and says out of how many it was taken.
 * @param take takes it out of one backup, and says whether it could be done
 * @returns the backups that could not be changed
 */
export function takeOutOf(
  world: World,
  backups: readonly string[],
  take: (backup: string) => boolean,
): readonly string[] {
  const left = backups.filter((path) => !take(path))
  const done = backups.length - left.length
  if (done > 0) world.tell(`Taken out of ${count(done, 'backup')} too.\n`)
  return left
}

/** @throws CoachError (7) where files are left from which something could not be taken out */
export function refuseLeft(what: string, left: readonly string[]): void {
  if (left.length === 0) return
  throw new CoachError(
    EXIT.cannotWrite,
    `${what} gone from the notebook. From these files it could not be taken out: ${left.join(', ')}`,
    'Delete these files yourself; or, where they are under an earlier password, restore and treat them one by one.',
  )
}
