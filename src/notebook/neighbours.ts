import { lstatSync, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { namesIn } from './backups.ts'
import { unfinishedIn } from './weekly.ts'

/** How programs that synchronise folders, and file managers, call a second copy of a file. */
const CONFLICTED =
  /\(.*(?:conflict|copy|kopie|copie|copia).*\)|\.sync-conflict-|[ _-]conflict|^\S+(?: \d+| \(\d+\)| - copy| copy)$/i

/** Files beside a notebook that look like a second copy of it, by their paths. */
export function conflictedCopies(notebook: string): readonly string[] {
  const [folder, own] = [dirname(notebook), basename(notebook)]
  const stem = basename(own, extname(own))
  return namesIn(folder)
    .filter((name) => name !== own && /\.(?:db|sqlite3?)$/i.test(name))
    .filter((name) => {
      const read = basename(name, extname(name))
      const isLike = read.startsWith(stem) || read.toLowerCase().startsWith('coach')
      return isLike && CONFLICTED.test(read)
    })
    .map((name) => join(folder, name))
}

const SYNCED =
  /[/\\](Dropbox|OneDrive|Google ?Drive|My Drive|iCloud ?Drive|Mobile Documents|Nextcloud|ownCloud|Box Sync|pCloudDrive|Syncthing|Sync)(?: [^/\\]*| - [^/\\]*|\([^/\\]*)?[/\\]/i

/** The program that synchronises the folder of a file, as far as its path or a mark in it tells; else null. */
export function syncedBy(path: string): string | null {
  const named = SYNCED.exec(path)?.[1]
  if (named !== undefined) return named === 'Mobile Documents' ? 'iCloud' : named
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (lstatSync(join(folder, '.stfolder'), { throwIfNoEntry: false })) return 'Syncthing'
    if (lstatSync(join(folder, '.dropbox.cache'), { throwIfNoEntry: false })) return 'Dropbox'
    if (folder === dirname(folder)) return null
  }
}

/** Files that an interrupted command left, by their paths: ours alone. */
export function leftovers(notebook: string, backups: string): readonly string[] {
  const [folder, own] = [dirname(notebook), basename(notebook)]
  const beside = namesIn(folder).filter(
    (name) =>
      (name.startsWith(`${own}.new-`) && /\.new-\d+(?:-journal)?$/.test(name)) ||
      /^\.coach-[0-9a-f-]{36}\.tmp$/.test(name),
  )
  return [
    ...[...beside, ...unfinishedIn(folder)].map((name) => join(folder, name)),
    ...unfinishedIn(backups).map((name) => join(backups, name)),
  ]
}

/** What others could do with a file or folder of the manager's, and the command that ends it; null where all is well. */
export function laxity(path: string): { readonly what: string; readonly todo: string } | null {
  const found = statSync(path, { throwIfNoEntry: false })
  const own = process.getuid?.()
  if (!found || own === undefined) return null
  if (found.uid !== own) {
    return {
      what: `${path} belongs to somebody else on this machine.`,
      todo: 'Ask whoever looks after this machine to give it to you.',
    }
  }
  if ((found.mode & 0o077) === 0) return null
  return {
    what: `${path} can be read by others on this machine.`,
    todo: `Run: chmod ${found.isDirectory() ? '700' : '600'} "${path}"`,
  }
}
