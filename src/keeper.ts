import { lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CoachError, EXIT } from './errors.ts'
import { safe } from './text.ts'
import type { Key } from './notebook/connect.ts'
import type { Notebook } from './notebook/notebook.ts'
import type { Places, Settings, World, WorldParts } from './world.ts'

/** Where the open notebook is kept, so that it is opened once, and the keys that were given, so that each is asked for once. */
export interface Shelf {
  notebook?: Notebook
  readonly keys: Key[]
}
/** An empty shelf. */
export const makeShelf = (): Shelf => ({ keys: [] })

/**
 * Opens the notebook once, on need, and never takes a missing one for “no notes yet”.
 * @param world the one that this is a part of, when it is whole
 */
export function notebookKeeper(
  { cwd, places, now, stderr }: WorldParts,
  settings: Settings,
  shelf: Shelf,
  world: () => World,
): Pick<World, 'read' | 'open' | 'unlock' | 'notebookPath' | 'backUp'> {
  const named = settings.notebook
  const path = named === undefined ? places.notebook : resolve(cwd, named)
  const memory = join(places.config, 'last-notebook.json')

  const refuseMissing = () => {
    if (settings.new) return
    if (named !== undefined) {
      throw new CoachError(
        EXIT.damaged,
        `There is no notebook at ${path}.`,
        'Check the name, or add --new to make a new one there.',
      )
    }
    const known = remembered(memory)
    if (known !== undefined) {
      throw new CoachError(
        EXIT.damaged,
        isThere(known)
          ? `Your notes are at ${known}, and coach was about to look at ${path}. Nothing was changed.`
          : `Your notes were at ${known}, and are not there now. Nothing was changed.`,
        'See whether a folder was moved, a drive is missing, or COACH_HOME has changed; --notebook FILE names the place. ' +
          'To begin an empty notebook, add --new.',
      )
    }
  }
  const unlockAt = async (file: string): Promise<Key | null> => {
    const { saltOf } = await import('./notebook/notebook.ts')
    const salt = saltOf(file)
    if (salt === null) return null
    const { unlock } = await import('./unlock.ts')
    const key = await unlock(world(), file, salt, shelf.keys)
    shelf.keys.push(key)
    return key
  }
  const load = async (): Promise<Notebook> => {
    const { openNotebook } = await import('./notebook/notebook.ts')
    const notebook = openNotebook(path, now, await unlockAt(path))
    if (named === undefined && remembered(memory) !== path) {
      remember(places, memory, path, notebook.storeId)
    }
    shelf.notebook = notebook
    if (notebook.copyBefore !== null && !settings.quiet) {
      stderr.write(
        `Your notebook has been brought up to date. A copy from before is at ${safe(notebook.copyBefore)}\n`,
      )
    }
    return notebook
  }
  return {
    notebookPath: path,
    async backUp() {
      const { notebook } = shelf
      if (!notebook?.isWritten) return
      try {
        const { backUpWeekly } = await import('./notebook/weekly.ts')
        backUpWeekly(notebook, now(), notebook.key)
      } catch (error) {
        const why = error instanceof CoachError ? ` ${error.message} ${error.next ?? ''}` : ''
        const what = 'What you saved is safe, but the backup of this week could not be made.'
        stderr.write(`${safe(`${what}${why}`.trimEnd())}\n`)
      }
    },
    unlock: unlockAt,
    async read() {
      if (shelf.notebook) return shelf.notebook
      if (isThere(path)) return await load()
      refuseMissing()
      return null
    },
    async open() {
      if (shelf.notebook) return shelf.notebook
      if (!isThere(path)) {
        refuseMissing()
        const { createNotebook } = await import('./notebook/notebook.ts')
        createNotebook(path, now())
      }
      return await load()
    },
  }
}

/** Whether a file is there. A folder that may not be read is no empty one: only “no such file” means that. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path) !== undefined
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOENT') return false
    throw new CoachError(
      EXIT.cannotWrite,
      `${path} cannot be reached: you may not look into its folder, or a part of the path is a file.`,
      'Give yourself permission, or name another notebook with --notebook FILE.',
    )
  }
}

function remembered(memory: string): string | undefined {
  try {
    const known: unknown = JSON.parse(readFileSync(memory, 'utf8'))
    return typeof known === 'object' && known !== null && 'path' in known
      ? String(known.path)
      : undefined
  } catch {
    return undefined
  }
}

/** A home that cannot be written is no reason to keep a reader from reading. */
function remember(places: Places, memory: string, path: string, store: string): void {
  try {
    mkdirSync(places.config, { recursive: true, mode: 0o700 })
    writeFileSync(memory, `${JSON.stringify({ path, store })}\n`, { mode: 0o600 })
  } catch {
    // The memory only protects against a missing notebook; without it, everything else still holds.
  }
}
