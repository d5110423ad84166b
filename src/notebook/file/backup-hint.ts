import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { backupFolder, worthOf } from './backup-names.ts'

const NO_BACKUP = 'Keep the file as it is. If you have a backup of it, put that in its place.'

/**
 * What to do about a notebook that cannot be used as it is: the newest backup beside it, or else `otherwise`. One line
 * for a person to read; it never advises to delete anything, and never throws.
 */
export function rescueLine(path: string, otherwise = NO_BACKUP): string {
  const backup = backupLine(path)
  return backup === null ? otherwise : `Keep the file as it is. ${backup}`
}

/** The newest backup beside a notebook and how to go back to it, in a sentence; null where there is none. */
export function backupLine(path: string): string | null {
  const newest = newestBackup(backupFolder(path))
  return newest === null
    ? null
    : `The newest backup is ${newest}; to go back to the newest good one: coach restore latest`
}

/**
 * As far as the names tell: what was written last, as no clock can be relied on. What was set aside as damaged is nothing to go back
 * to, and what was there before a restore only where there is nothing else. Whether it is good is found out when it is restored.
 */
function newestBackup(folder: string): string | null {
  try {
    const found = readdirSync(folder).flatMap((name) => {
      const worth = worthOf(name)
      if (worth === null) return []
      const { mtimeMs } = statSync(join(folder, name))
      return [{ name, order: [worth.isAside ? 0 : 1, worth.written, mtimeMs] }]
    })
    const [newest] = found.toSorted((a, b) => compare(b.order, a.order))
    return newest ? join(folder, newest.name) : null
  } catch {
    return null
  }
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}
