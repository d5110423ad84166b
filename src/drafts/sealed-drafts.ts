import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { replaceAndWipe } from '../files/durable.ts'
import { namesIn } from '../files/names-in.ts'
import { writeWhole } from '../files/whole-file.ts'
import { ENDING, fileFor, isSealedAt, parse } from './draft-files.ts'

/**
 * Writes every text that was left anew under another key, as when a notebook is encrypted; what lay open before is overwritten.
 * @returns how many were written anew
 */
export function resealDrafts(folder: string, from: string | null, to: string | null): number {
  let many = 0
  for (const name of namesIn(folder).filter((one) => one.endsWith(ENDING))) {
    const path = join(folder, name)
    try {
      const isSealed = isSealedAt(path)
      if (isSealed === (to !== null) && (!isSealed || from === to)) continue
      const kept = parse(readFileSync(path, 'utf8'), name, from)
      if (!kept) continue
      replaceAndWipe(path, () => writeWhole(path, fileFor(kept, to)))
      many++
    } catch {
      // A text under a key that was lost, or one that another window is writing: it stays as it is.
    }
  }
  return many
}

/** How many texts in a folder are sealed. */
export function draftsSealed(folder: string): number {
  return sealedIn(folder).length
}

/** The names of drafts that are sealed, with whatever key. */
export function sealedIn(folder: string): readonly string[] {
  return namesIn(folder).filter((name) => {
    try {
      return name.endsWith(ENDING) && isSealedAt(join(folder, name))
    } catch {
      return false
    }
  })
}
