import { unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, overwriteAt } from '../files/durable.ts'
import { namesIn } from '../files/names-in.ts'

/** Files with text that was typed and not saved, in the folder of the drafts. */
export interface DraftsLeft {
  /** Those about the person. */
  readonly own: readonly string[]
  /** Those that do not say by their name whom they are about. */
  readonly unknown: readonly string[]
}

/** A draft begins with the UUID of its person. */
const OF_SOMEBODY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\./

/** The drafts of the person with this UUID. */
export function draftsLeft(folder: string, person: string): DraftsLeft {
  const names = namesIn(folder)
  const at = (name: string) => join(folder, name)
  return {
    own: names.filter((name) => name.startsWith(`${person}.`)).map(at),
    unknown: names.filter((name) => !OF_SOMEBODY.test(name)).map(at),
  }
}

/**
 * Overwrites files and removes them; no link is followed.
 * @returns those that could not be removed
 */
export function wipe(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => {
    try {
      overwriteAt(path)
    } catch {
      // A link or a folder has nothing of ours in it.
    }
    try {
      unlinkSync(path)
      return false
    } catch (error) {
      return codeOf(error) !== 'ENOENT'
    }
  })
}
