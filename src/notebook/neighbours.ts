import { statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { namesIn } from './backups.ts'
import { unfinishedIn } from './weekly.ts'

/** Files that an interrupted command left, by their paths: ours alone. */
export function leftovers(notebook: string, backups: string): readonly string[] {
  const [folder, own] = [dirname(notebook), basename(notebook)]
  const beside = namesIn(folder).filter(
    (name) =>
      (name.startsWith(`${own}.`) &&
        /\.(?:new-|look-|under-another-key-)[0-9a-f-]+(?:\.new)?(?:-journal)?$/.test(name)) ||
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
