import { CoachError } from '../errors.ts'
import { codeOf } from '../files/durable.ts'
import { lastNotebookIn } from '../files/home-names.ts'
import type { Key } from '../notebook/file/connect.ts'
import { sayFailure } from '../notebook/file/failures.ts'
import { fileAt, sayReplaced } from '../notebook/file/file-identity.ts'
import { conflictedCopies, syncedBy } from '../notebook/backup/synced-copies.ts'
import type { Fill, Notebook } from '../notebook/notebook.ts'
import type { World } from '../world.ts'
import {
  type Memory,
  recall,
  remember,
  replacementOf,
  type Seen,
  seenAt,
  withExposed,
  withOpened,
  withSeen,
} from './last-notebook.ts'
import { hasNotebook, refuseMissing } from './missing-notebook.ts'
import {
  copiesNotice,
  exposedNotice,
  noBackupNotice,
  replacedNotice,
  strangerNotice,
  syncedNotice,
  TIGHTENED,
  updatedNotice,
  waitingNotice,
} from './notices.ts'

/** The notebook of one run of coach: it is opened once, on need, and each password is asked for once. */
export interface Shelf {
  notebook?: Notebook
  /** Which file stood where the notebook is when it was opened. */
  opened?: { readonly path: string; readonly place: string | null }
  /** Whether it was made just now: then there was none before of which something could be missing. */
  isMade?: boolean
  readonly keys: Key[]
}

/** An empty shelf. */
export const makeShelf = (): Shelf => ({ keys: [] })

/**
 * Opens the notebook, and never takes a missing one for “no notes yet”.
 * @param whole the world that this becomes a part of, once it is whole
 */
export function notebookOpener(
  shelf: Shelf,
  whole: () => World,
): Pick<World, 'read' | 'open' | 'unlock' | 'explain' | 'backUp' | 'close'> {
  return {
    read: async () => await read(shelf, whole()),
    open: async (fill) => await openOrMake(shelf, whole(), fill),
    unlock: async (path) => await unlockAt(shelf, whole(), path),
    explain: (failure) => explain(shelf, whole(), failure),
    backUp: async () => await backUp(shelf, whole()),
    close: () => close(shelf, whole()),
  }
}

async function read(shelf: Shelf, world: World): Promise<Notebook | null> {
  if (shelf.notebook) return shelf.notebook
  if (hasNotebook(world.notebookPath)) return await load(shelf, world)
  refuseMissing(world, recall(memoryOf(world)).path)
  return null
}

async function openOrMake(shelf: Shelf, world: World, fill?: Fill): Promise<Notebook> {
  if (!shelf.notebook && !hasNotebook(world.notebookPath)) await make(shelf, world, fill)
  const notebook = shelf.notebook ?? (await load(shelf, world))
  notebook.refuseStranger()
  return notebook
}

async function make(shelf: Shelf, world: World, fill?: Fill): Promise<void> {
  const path = world.notebookPath
  refuseMissing(world, recall(memoryOf(world)).path)
  const { createNotebook } = await import('../notebook/notebook.ts')
  createNotebook(path, world.now(), fill)
  shelf.isMade = true
  const program = syncedBy(path)
  if (program !== null) world.tell(syncedNotice(path, program))
}

/** Opens the notebook that is there, tells what the manager has to know of it, and remembers what the next start has to know. */
async function load(shelf: Shelf, world: World): Promise<Notebook> {
  const { notebookPath: path, machine } = world
  shelf.opened = { path, place: fileAt(path) }
  const key = await unlockAt(shelf, world, path)
  const memory = recall(memoryOf(world))
  const seen = seenAt(memory, machine, path)
  const notebook = await openAt(shelf, world, { key, memory, seen })
  if (notebook.isStranger && seen) {
    await tellStranger(world, notebook, seen)
    return notebook
  }
  tellAndRemember(shelf, world, notebook, memory)
  tellPrivacy(world, notebook)
  if (notebook.copyBefore !== null) world.tell(updatedNotice(notebook.copyBefore))
  return notebook
}

async function openAt(
  shelf: Shelf,
  world: World,
  { key, memory, seen }: { key: Key | null; memory: Memory; seen: Seen | undefined },
): Promise<Notebook> {
  const { notebookPath: path, machine, user, program, stderr } = world
  const file = memoryOf(world)
  const { openNotebook } = await import('../notebook/notebook.ts')
  const notebook: Notebook = openNotebook(path, world.now, {
    key,
    user,
    program,
    onWait: () => world.tell(waitingNotice(stderr.isTTY === true)),
    known: memory,
    seen: shelf.isMade ? undefined : seen,
    // At once: what a killed program wrote is to be missed too, where another copy takes its place.
    onWritten: (start) =>
      remember(file, withSeen(recall(file), machine, path, { ...start, store: notebook.storeId })),
  })
  shelf.notebook = notebook
  return notebook
}

async function unlockAt(shelf: Shelf, world: World, path: string): Promise<Key | null> {
  const { saltOf } = await import('../notebook/notebook.ts')
  const salt = saltOf(path)
  if (salt === null) return null
  const { unlock } = await import('./unlock.ts')
  const key = await unlock(world, path, salt, shelf.keys)
  shelf.keys.push(key)
  return key
}

/** Copies beside the notebook are told when they come up, and not again; another file in its place is told each time. */
function tellAndRemember(shelf: Shelf, world: World, notebook: Notebook, memory: Memory): void {
  const { notebookPath: path, machine, settings } = world
  const told = memory.told ?? []
  const copies = settings.quiet ? [] : conflictedCopies(path).filter((one) => !told.includes(one))
  if (copies.length > 0) world.tell(copiesNotice(copies))
  const opened = {
    isOfHome: settings.notebook === undefined,
    machine,
    path,
    store: notebook.storeId,
    generation: notebook.written,
    lastStart: notebook.lastStart,
    copies,
  }
  const by = shelf.isMade ? null : replacementOf(memory, opened)
  if (by !== null) world.stderr.write(replacedNotice(path, by))
  const next = withOpened(memory, opened)
  if (next !== null) remember(memoryOf(world), next)
}

async function tellStranger(world: World, notebook: Notebook, seen: Seen): Promise<void> {
  const { notebookPath: path, settings, stderr } = world
  const { otherLine, sayStranger } = await import('../notebook/backup/other-line.ts')
  const { wordOf } = await import('../text/command-line.ts')
  const isWindows = world.platform === 'win32'
  const others = otherLine({ path, key: notebook.key, seen, isWindows })
  stderr.write(
    strangerNotice({
      what: sayStranger(path, others),
      coach:
        settings.notebook === undefined ? 'coach' : `coach --notebook ${wordOf(path, isWindows)}`,
      best: others.best?.command ?? null,
      width: stderr.isTTY ? (stderr.columns ?? 80) : Number.POSITIVE_INFINITY,
    }),
  )
}

/** A change that worked is told each time; a disk on which it cannot work, once. */
function tellPrivacy(world: World, { privacy }: Notebook): void {
  const { notebookPath: path, settings } = world
  if (privacy === 'tightened') world.tell(TIGHTENED)
  const memory = recall(memoryOf(world))
  const isTold = memory.exposed?.includes(path) ?? false
  const isExposed = privacy === 'open'
  if (settings.quiet || isTold === isExposed) return
  if (isExposed) world.stderr.write(exposedNotice(path))
  remember(memoryOf(world), withExposed(memory, path, isExposed))
}

async function backUp({ notebook }: Shelf, world: World): Promise<void> {
  if (!notebook?.isWritten) return
  try {
    const { backUpWeekly } = await import('../notebook/backup/weekly-backup.ts')
    backUpWeekly(notebook, world.now(), notebook.key)
  } catch (error) {
    const why = error instanceof CoachError ? ` ${error.message} ${error.next ?? ''}` : ''
    world.stderr.write(noBackupNotice(why))
  }
}

/** Closes the notebook, and remembers what is known of its file: whoever touches the file before the next start is noticed. */
function close(shelf: Shelf, world: World): void {
  const { notebook } = shelf
  // What the command itself puts in its place from now on is no surprise.
  delete shelf.opened
  const found = notebook?.known ?? null
  const generation = notebook?.isWritten ? notebook.written : undefined
  notebook?.close()
  if (found === null) return
  const memory = recall(memoryOf(world))
  // The command line may have named another notebook than this world knows.
  const isIts = memory.path === notebook?.path && generation !== undefined
  const { sound, parts, damaged } = found
  remember(memoryOf(world), {
    ...memory,
    sound,
    parts,
    damaged,
    ...(isIts ? { generation } : {}),
  })
}

function explain({ notebook, opened }: Shelf, world: World, failure: unknown): unknown {
  const error = opened ? sayReplaced(failure, opened.path, opened.place) : failure
  if (codeOf(error).startsWith('SQLITE_')) {
    const told = sayFailure(error, notebook?.path ?? world.notebookPath)
    if (told !== error) return told
  }
  // What a damaged file makes the program stumble over is no bug of it.
  if (error instanceof CoachError || !notebook || notebook.isSound()) return error
  const damage = Object.assign(new Error('', { cause: error }), { code: 'SQLITE_CORRUPT' })
  return sayFailure(damage, notebook.path)
}

function memoryOf({ places }: World): string {
  return lastNotebookIn(places.config)
}
