import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { conflictedCopies, syncedBy } from '../notebook/file/synced-copies.ts'
import { CoachError, EXIT, usageError } from '../errors.ts'
import { sayFailure } from '../notebook/file/failures.ts'
import { typedPath } from '../files/typed-path.ts'
import { type Memory, recall, remember, type Seen, seenAt, withSeen } from './last-notebook.ts'
import { wrap } from '../output/layout.ts'
import { backupLine } from '../notebook/file/backup-hint.ts'
import { safe } from '../text/text.ts'
import type { Key } from '../notebook/file/connect.ts'
import type { Notebook } from '../notebook/notebook.ts'
import { fileAt, sayReplaced } from '../notebook/file/file-identity.ts'
import type { Settings, World } from '../world.ts'

/** Where the open notebook is kept, so that it is opened once, and the keys that were given, so that each is asked for once. */
export interface Shelf {
  notebook?: Notebook
  /** Which file stood where the notebook is when it was opened. */
  opened?: { readonly path: string; readonly place: string | null }
  readonly keys: Key[]
}
/** An empty shelf. */
export const makeShelf = (): Shelf => ({ keys: [] })

/**
 * Opens the notebook once, on need, and never takes a missing one for “no notes yet”.
 * @param world the one that this is a part of, when it is whole
 */
export function notebookKeeper(
  {
    cwd,
    env,
    platform,
    places,
    now,
    stderr,
    machine,
  }: Pick<World, 'cwd' | 'env' | 'platform' | 'places' | 'now' | 'stderr' | 'machine'>,
  settings: Settings,
  shelf: Shelf,
  world: () => World,
): Pick<World, 'read' | 'open' | 'unlock' | 'explain' | 'notebookPath' | 'backUp' | 'close'> {
  const named = settings.notebook
  const path =
    named === undefined ? places.notebook : typedPath({ cwd, env, platform }, fileNamed(named))
  const memory = join(places.config, 'last-notebook.json')
  const tell = (text: string) => void (settings.quiet || stderr.write(text))

  const refuseMissing = () => {
    if (settings.new) return
    if (named !== undefined) {
      throw new CoachError(
        EXIT.damaged,
        `There is no notebook at ${path}.`,
        'Check the name, or add --new to make a new one there.',
      )
    }
    const known = recall(memory).path
    if (known !== undefined) {
      const backup = backupLine(path)
      throw new CoachError(
        EXIT.damaged,
        isThere(known)
          ? `Your notes are at ${known}, and coach was about to look at ${path}. Nothing was changed.`
          : `Your notes were at ${known}, and are not there now. Nothing was changed.`,
        [
          'See whether a folder was moved, a drive is missing, or COACH_HOME has changed; --notebook FILE names the place.',
          ...(backup === null ? [] : [`${backup}.`]),
          'To begin an empty notebook, add --new.',
        ].join(' '),
      )
    }
  }
  const unlockAt = async (file: string): Promise<Key | null> => {
    const { saltOf } = await import('../notebook/notebook.ts')
    const salt = saltOf(file)
    if (salt === null) return null
    const { unlock } = await import('./unlock.ts')
    const key = await unlock(world(), file, salt, shelf.keys)
    shelf.keys.push(key)
    return key
  }
  /** Copies beside the notebook are told when they come up, and not again. */
  const tellCopies = ({ told = [] }: Memory): readonly string[] => {
    const copies = conflictedCopies(path)
    if (settings.quiet) return told
    const fresh = copies.filter((one) => !told.includes(one))
    if (fresh.length > 0) {
      tell(
        `Beside your notebook lies what looks like another copy of it: ${fresh.map(safe).join(', ')}\n` +
          'coach reads and writes only the notebook itself. Look whether the copy holds something that is missing here: coach --notebook FILE today\n',
      )
    }
    return fresh.length > 0 ? [...told, ...fresh] : told
  }
  let isMadeNow = false
  /** Another file in the place of the one that was used last, and of a format that does not tell what it grew out of. */
  const tellReplaced = (notebook: Notebook, known: Memory, seen: Seen | undefined) => {
    if (isMadeNow) return
    const isDefault = named === undefined && known.path === path
    const store = seen?.store ?? (isDefault ? known.store : undefined)
    const written = seen?.written ?? (isDefault ? known.generation : undefined)
    const isOther = store !== undefined && store !== notebook.storeId
    const isOlder = !isOther && notebook.age().generation < (written ?? 0)
    if (!isOther && !isOlder) return
    const what = isOther
      ? 'is another one than you used last'
      : 'is an older copy of the one that you used last, so what you wrote after it was made is not in it'
    stderr.write(
      `The notebook ${safe(path)} ${what}. A synchronising program or a copy may have put it there. Before you write more, look for yours: coach backup --list\n`,
    )
  }
  /** Another file in the place of the one that was seen last: nothing is written to it before the manager has chosen. */
  const tellStranger = async (notebook: Notebook, seen: Seen) => {
    const { otherLine, sayStranger } = await import('../notebook/backup/other-line.ts')
    const { wordOf } = await import('../text/command-line.ts')
    const isWindows = platform === 'win32'
    const others = otherLine({ path, key: notebook.key, seen, isWindows })
    const width = stderr.isTTY ? (stderr.columns ?? 80) : Number.POSITIVE_INFINITY
    const coach = named === undefined ? 'coach' : `coach --notebook ${wordOf(path, isWindows)}`
    const bring = others.best
      ? [['Bring yours back; this one is kept as a copy:', others.best.command]]
      : []
    const lines = [
      ...wrap(`${sayStranger(path, others)}\nNothing is written to it until you choose.`, width),
      ...[...bring, ['Go on with this one:', 'restore --keep']].flatMap(([what, command]) => [
        `  ${what}`,
        `    ${coach} ${command}`,
      ]),
    ]
    stderr.write(safe(`${lines.join('\n')}\n`))
  }
  /** A change that worked is told each time; a disk on which it cannot work, once. */
  const tellPrivacy = ({ privacy }: Notebook) => {
    if (privacy === 'tightened') {
      tell('Other users of this computer could get at your notebook. Now only you can.\n')
    }
    const known = recall(memory)
    const { exposed = [] } = known
    const isTold = exposed.includes(path)
    if (settings.quiet || isTold === (privacy === 'open')) return
    const others = exposed.filter((one) => one !== path)
    if (isTold) return remember(memory, { ...known, exposed: others })
    stderr.write(
      `Other users of this computer may be able to open your notebook ${safe(path)}\n` +
        'coach could not make it private: the disk it is on keeps no permissions, or does not let coach change them. ' +
        'To keep others out, move it to a disk of your own, or put it under a password: coach encrypt\n',
    )
    remember(memory, { ...known, exposed: [...others, path] })
  }
  const load = async (): Promise<Notebook> => {
    const { openNotebook } = await import('../notebook/notebook.ts')
    shelf.opened = { path, place: fileAt(path) }
    const key = await unlockAt(path)
    const onWait = () =>
      // On a terminal, somebody may be in the middle of a line.
      tell(`${stderr.isTTY ? '\n' : ''}Waiting for another program that has the notebook open…\n`)
    const known = recall(memory)
    const see = (start: Parameters<typeof withSeen>[3]) =>
      remember(memory, withSeen(recall(memory), machine, path, start))
    const notebook: Notebook = openNotebook(path, now, {
      key,
      onWait,
      known,
      seen: isMadeNow ? undefined : seenAt(known, machine, path),
      // At once: what a killed program wrote is to be missed too, where another copy takes its place.
      onWritten: (start) => see({ ...start, store: notebook.storeId }),
    })
    shelf.notebook = notebook
    const seen = seenAt(known, machine, path)
    if (notebook.isStranger && seen) {
      await tellStranger(notebook, seen)
      return notebook
    }
    const told = tellCopies(known)
    const isKnown = known.path === path && known.store === notebook.storeId
    const isNew = named === undefined && !isKnown
    tellReplaced(notebook, known, seen)
    const { lastStart } = notebook
    const isSeen = seen?.mark === lastStart?.mark && seen?.written === lastStart?.written
    if (isNew || told !== known.told || !isSeen) {
      const { generation } = notebook.age()
      const last = isNew ? { ...known, path, store: notebook.storeId, generation } : known
      const start = lastStart && { ...lastStart, store: notebook.storeId }
      const next = { ...(start ? withSeen(last, machine, path, start) : last), told }
      if (isNew || told.length > 0 || !isSeen) remember(memory, next)
    }
    tellPrivacy(notebook)
    if (notebook.copyBefore !== null) {
      tell(
        `Your notebook has been brought up to date. A copy from before is at ${safe(notebook.copyBefore)}\n`,
      )
    }
    return notebook
  }
  return {
    unlock: unlockAt,
    notebookPath: path,
    close() {
      const { notebook } = shelf
      // What the command itself puts in its place from now on is no surprise.
      delete shelf.opened
      const found = notebook?.known ?? null
      const generation = notebook?.isWritten ? notebook.written : undefined
      notebook?.close()
      if (found === null) return
      const known = recall(memory)
      // The command line may have named another notebook than this world knows.
      const isIts = known.path === notebook?.path && generation !== undefined
      const { sound, parts, damaged } = found
      remember(memory, { ...known, sound, parts, damaged, ...(isIts ? { generation } : {}) })
    },
    async backUp() {
      const { notebook } = shelf
      if (!notebook?.isWritten) return
      try {
        const { backUpWeekly } = await import('../notebook/backup/weekly-backup.ts')
        backUpWeekly(notebook, now(), notebook.key)
      } catch (error) {
        const why = error instanceof CoachError ? ` ${error.message} ${error.next ?? ''}` : ''
        const what = 'What you saved is safe, but the backup of this week could not be made.'
        stderr.write(`${safe(`${what}${why}`.trimEnd())}\n`)
      }
    },
    async read() {
      if (shelf.notebook) return shelf.notebook
      if (isThere(path)) return await load()
      refuseMissing()
      return null
    },
    async open(fill) {
      if (shelf.notebook) {
        shelf.notebook.refuseStranger()
        return shelf.notebook
      }
      if (!isThere(path)) {
        refuseMissing()
        const { createNotebook } = await import('../notebook/notebook.ts')
        createNotebook(path, now(), fill)
        isMadeNow = true
        const program = syncedBy(path)
        if (program !== null) {
          tell(
            `Your new notebook ${safe(path)} is in a folder of ${program}, which copies it to other computers. Use it on one computer at a time, and think of who else can see that folder.\n`,
          )
        }
      }
      const notebook = await load()
      notebook.refuseStranger()
      return notebook
    },
    explain(failure) {
      const { notebook, opened } = shelf
      const error = opened ? sayReplaced(failure, opened.path, opened.place) : failure
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (code.startsWith('SQLITE_')) {
        const told = sayFailure(error, notebook?.path ?? path)
        if (told !== error) return told
      }
      // What a damaged file makes the program stumble over is no bug of it.
      const isCoachError = error instanceof CoachError
      if (isCoachError || !notebook || notebook.isSound()) return error
      const damage = Object.assign(new Error('', { cause: error }), { code: 'SQLITE_CORRUPT' })
      return sayFailure(damage, notebook.path)
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

/** A name for a notebook, as it was typed. SQLite knows names for files that are gone at the end; a notebook is kept. */
function fileNamed(named: string): string {
  if (named.trim() === '') {
    throw usageError('--notebook needs the name of a file.', 'As in: --notebook work.db')
  }
  if (/^(:memory:$|file:)/i.test(named)) {
    throw usageError(
      `“${named}” names no file that is kept, so nothing was opened.`,
      'Name a file, as in: --notebook work.db',
    )
  }
  return named
}
