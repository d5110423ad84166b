import { usageError } from '../errors.ts'
import { typedPath } from '../files/typed-path.ts'
import type { Settings, World } from '../world.ts'

/**
 * Where the notebook is, or would be: the file that was named, else the one of the home.
 * @throws CoachError (2) where the name is none of a file
 */
export function notebookPathOf(
  where: Pick<World, 'cwd' | 'env' | 'platform' | 'places'>,
  { notebook: named }: Settings,
): string {
  return named === undefined ? where.places.notebook : typedPath(where, fileNamed(named))
}

/** A name for a notebook, as it was typed. SQLite knows names for files that are gone at the end; a notebook is kept. */
function fileNamed(named: string): string {
  if (named.trim() === '') {
    throw usageError('--notebook needs the name of a file.', 'As in: --notebook work.db')
  }
  if (/^(:memory:$|file:)/i.test(named)) {
    throw usageError(
      `“${named}” names no file that is kept, so nothing was opened.`,
      'Name a file, as in: --notebook work.db',
    )
  }
  return named
}
