import { CoachError, EXIT } from '../errors.ts'
import { isThere } from '../files/is-there.ts'
import { backupLine } from '../notebook/file/backup-hint.ts'
import type { World } from '../world.ts'

/** Whether there is a notebook at a path. @throws CoachError (7) where nobody can tell: a folder that may not be read is no empty one */
export function hasNotebook(path: string): boolean {
  try {
    return isThere(path)
  } catch {
    throw new CoachError(
      EXIT.cannotWrite,
      `${path} cannot be reached: you may not look into its folder, or a part of the path is a file.`,
      'Give yourself permission, or name another notebook with --notebook FILE.',
    )
  }
}

/**
 * Refuses to take a missing notebook for “no notes yet”, where one was named or used before (5).
 * @param known where the notebook was that was used last
 */
export function refuseMissing(
  { notebookPath: path, settings }: Pick<World, 'notebookPath' | 'settings'>,
  known: string | undefined,
): void {
  if (settings.new) return
  if (settings.notebook !== undefined) {
    throw new CoachError(
      EXIT.damaged,
      `There is no notebook at ${path}.`,
      'Check the name, or add --new to make a new one there.',
    )
  }
  if (known === undefined) return
  const backup = backupLine(path)
  throw new CoachError(
    EXIT.damaged,
    hasNotebook(known)
      ? `Your notes are at ${known}, and coach was about to look at ${path}. Nothing was changed.`
      : `Your notes were at ${known}, and are not there now. Nothing was changed.`,
    [
      'See whether a folder was moved, a drive is missing, or COACH_HOME has changed; --notebook FILE names the place.',
      ...(backup === null ? [] : [`${backup}.`]),
      'To begin an empty notebook, add --new.',
    ].join(' '),
  )
}
