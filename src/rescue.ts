import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const NO_BACKUP = 'Keep the file as it is. If you have a backup of it, put that in its place.'

/**
 * What to do about a notebook that cannot be used as it is: the newest backup beside it, or else `otherwise`. One line
 * for a person to read; it never advises to delete anything, and never throws.
 */
export function rescueLine(path: string, otherwise = NO_BACKUP): string {
  const newest = newestBackup(join(dirname(path), 'backups'))
  return newest === null
    ? otherwise
    : `Keep the file as it is. The newest backup is ${newest}; go back to it with: coach restore ${basename(newest)}`
}

function newestBackup(folder: string): string | null {
  try {
    const found = readdirSync(folder)
      .filter((name) => name.endsWith('.db'))
      .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    return found.toSorted((a, b) => b.at - a.at)[0]?.path ?? null
  } catch {
    return null
  }
}
