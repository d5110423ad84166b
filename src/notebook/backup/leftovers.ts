import { lstatSync } from 'node:fs'
import { basename, join } from 'node:path'
import { wipeFile } from '../../files/durable.ts'
import { backupFolders, foldersOf, pathsOf } from '../file/backup-names.ts'
import { namesIn } from '../../files/names-in.ts'

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const COPY = String.raw`(?:new-|look-|under-another-key-)?${UUID}(?:\.new)?`
/** How every file of ours is called while it is not whole yet: its own name, what it is for, and a random part. */
const UNFINISHED = new RegExp(
  String.raw`^(?:.+\.(?:${COPY}|new-\d+)|\.coach-${UUID}\.tmp)(?:-journal)?$`,
)

/** Files that an interrupted command left beside a notebook and in its backups, by their paths: ours alone. */
export function leftovers(notebook: string): readonly string[] {
  const starts = pathsOf(notebook).map((name) => `${basename(name)}.`)
  const isBeside = (name: string) =>
    /^(?:notebook|\.coach-)/.test(name) || starts.some((start) => name.startsWith(start))
  const unfinished = (folder: string) =>
    namesIn(folder)
      .filter((name) => UNFINISHED.test(name))
      .map((name) => join(folder, name))
  return [
    ...foldersOf(notebook).flatMap((folder) =>
      unfinished(folder).filter((path) => isBeside(basename(path))),
    ),
    ...backupFolders(notebook).flatMap(unfinished),
  ]
}

/** How old a file that is not whole has to be before it is taken for a leftover, in ms. */
const ABANDONED_MS = 60 * 60 * 1000

/** Overwrites and removes what an interrupted command left, once it is an hour old: no coach is writing it any more. */
export function removeLeftovers(notebook: string, now: Date): void {
  for (const path of leftovers(notebook)) {
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (!found?.isFile() || now.getTime() - found.mtimeMs < ABANDONED_MS) continue
    try {
      wipeFile(path)
    } catch {
      // It may be in a folder that cannot be written; `coach doctor` lists it.
    }
  }
}
