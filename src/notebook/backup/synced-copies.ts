import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, extname, join, sep } from 'node:path'

/**
 * Copies of a notebook that a synchronising program made beside it because two computers wrote at once, or that somebody
 * made by hand: `notebook (conflicted copy 2026-11-23).db`, `notebook.sync-conflict-….db`, `notebook 2.db`,
 * `notebook (1).db`. Their whole paths.
 */
export function conflictedCopies(path: string): readonly string[] {
  const folder = dirname(path)
  const end = extname(path)
  const stem = basename(path, end)
  try {
    return readdirSync(folder)
      .filter((name) => isCopy(name, stem, end))
      .map((name) => join(folder, name))
  } catch {
    return []
  }
}

function isCopy(name: string, stem: string, end: string): boolean {
  const others = [stem, 'coach'].filter((one) => name.startsWith(one))
  if (!name.endsWith(end) || others.length === 0) return false
  const [more = ''] = others.map((one) => name.slice(one.length, name.length - end.length))
  return (
    /^[ _-]?\(.*(conflict|konflikt|conflit|copy|kopie).*\)$/i.test(more) ||
    /^[ ._-]?.*(sync-conflict-|conflicted copy|_conf\(|case conflict)/i.test(more) ||
    /^ ?\(\d{1,3}\)$|^ \d{1,3}$|^ - (copy|kopie|copie)( \(\d+\))?$/i.test(more)
  )
}

/** Names of folders that are kept the same on several computers, and whose they are. */
const SYNCED: readonly (readonly [folder: RegExp, program: string])[] = [
  [/^dropbox( \(.*\))?$/i, 'Dropbox'],
  [/^onedrive( - .*|-.*)?$/i, 'OneDrive'],
  [/^(mobile documents|icloud ?drive|com~apple~clouddocs)$/i, 'iCloud'],
  [/^(google ?drive|googledrive-.*|my drive)$/i, 'Google Drive'],
  [/^nextcloud$/i, 'Nextcloud'],
  [/^owncloud$/i, 'ownCloud'],
  [/^pcloud ?drive$/i, 'pCloud'],
  [/^(syncthing|sync)$/i, 'Syncthing'],
]

/** The program that keeps a folder the same on several computers; null where none is known to. */
export function syncedBy(path: string): string | null {
  const parts = dirname(path).split(sep)
  const found = SYNCED.find(([folder]) => parts.some((part) => folder.test(part)))
  if (found) return found[1]
  const isOfSyncthing = parts.some((_, at) =>
    existsSync([...parts.slice(0, at + 1), '.stfolder'].join(sep)),
  )
  return isOfSyncthing ? 'Syncthing' : null
}
