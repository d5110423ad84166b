import { openNotebook } from '../../notebook/notebook.ts'
import { wordOf } from '../../text/command-line.ts'
import { existsSync, lstatSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { draftsSealed } from '../../drafts/sealed-drafts.ts'
import { CoachError, EXIT, notFound, usageError } from '../../errors.ts'
import { typedPath } from '../../files/typed-path.ts'
import { recall, remember, seenAt } from '../../start/last-notebook.ts'
import { backupFolder } from '../../notebook/backup/backup-names.ts'
import { type Backup, listBackups, newestBackup } from '../../notebook/backup/list-backups.ts'
import {
  checkFile,
  holdingsAt,
  type Holdings,
  isSound,
} from '../../notebook/integrity/full-check.ts'
import type { Key } from '../../notebook/file/connect.ts'
import { strangeBeside } from '../../notebook/health/findings.ts'
import { peopleAt } from '../../notebook/removal/remove-from-backups.ts'
import { isLocked, type Look, lookAt } from '../../notebook/file/probe.ts'
import { startsAt, otherLine } from '../../notebook/backup/other-line.ts'
import { restoreNotebook } from '../../notebook/backup/restore.ts'
import { sayAltered } from '../../notebook/backup/weekly-backup.ts'
import {
  nameOf,
  renderBackups,
  renderBefore,
  renderRestore,
  renderReturning,
  renderTakeOver,
  sayBackup,
} from '../../render/backup/backups.ts'
import type { World } from '../../world.ts'
import { mustBeAbleToAsk } from '../../ask/flags/require-terminal.ts'
import { backupKey as keyOfBackups } from './backup-key.ts'
import { tellWhereOwn } from '../../library/own-files.ts'
import { insist, tell, print } from '../../output/print.ts'
import { rememberSeen } from '../../start/remember-seen.ts'

export interface RestoreOptions {
  readonly yes?: boolean
  readonly other?: boolean
  readonly keep?: boolean
}

/** `coach restore [file|latest]` */
export async function run(
  world: World,
  named: string | undefined,
  options: RestoreOptions,
): Promise<void> {
  if (options.keep) return await keep(world, named)
  const notebook = world.notebookPath
  const notebookKey = await world.unlock(notebook)
  const backup = await find(world, named)
  refuseItself(backup, notebook)
  const backupKey = await world.unlock(backup)
  const { look, holdings } = verify(backup, backupKey)
  const live = liveAt(notebook, notebookKey)
  const strange = live.look && strangeBeside(live.look, notebookKey)
  const liveStore = live.look?.storeId ?? rememberedStore(world)
  const isOther = liveStore !== null && liveStore !== look.storeId
  tell(
    world,
    {
      backup,
      holds: holdings,
      notebook,
      now: live.holdings,
      whyNot: live.look ? 'it cannot be read' : 'nothing is there',
      remarks: [
        ...(isOther ? ['It is a backup of another notebook, not of the one that is there.'] : []),
        ...(!strange?.leavesWhole
          ? []
          : [
              `${strange.path} lies beside the notebook and does not belong to it as it is now. Moved to another folder, it may leave the notebook whole, with what you wrote last.`,
            ]),
        ...(live.look?.isEncrypted && !look.isEncrypted
          ? ['The backup is not encrypted, and the notebook would not be either.']
          : []),
      ],
    },
    renderRestore,
  )
  tellReturning(world, { backup, backupKey, notebook, notebookKey })
  if (isOther && !options.other && (options.yes || !world.canAsk())) {
    throw usageError(
      'This is a backup of another notebook. Nothing was changed.',
      'If you want it in the place of this one, add --other.',
    )
  }
  if (!(await agreed(world, options, isOther))) return
  const before = restoreNotebook({
    backup,
    backupKey,
    notebook,
    notebookKey,
    now: world.now(),
    hasSealedDrafts: draftsSealed(world.places.drafts) > 0,
  })
  rememberRestored(world, look.storeId, backupKey)
  tell(world, notebook, (path) => `Restored ${path}\n`)
  if (before !== null) insist(world, before, renderBefore)
  tellWhereOwn(world)
}

/** Names those who are in the backup and not in the notebook: they may have been forgotten on purpose. With --yes and --quiet too. */
function tellReturning(
  world: World,
  files: {
    readonly backup: string
    readonly backupKey: Key | null
    readonly notebook: string
    readonly notebookKey: Key | null
  },
): void {
  const now = peopleAt(files.notebook, files.notebookKey)
  if (now === null) return
  const known = new Set(now.map(({ uuid }) => uuid))
  const names = (peopleAt(files.backup, files.backupKey) ?? [])
    .filter(({ uuid }) => !known.has(uuid))
    .map(({ name }) => name)
  if (names.length > 0) insist(world, names, renderReturning)
}

/** The file that was meant: a path, the name of one of the backups, the newest one, or what is chosen from the list. */
async function find(world: World, named: string | undefined): Promise<string> {
  const folder = backupFolder(world.notebookPath)
  // The password of an older one is not asked for, where one that needs none can be put back.
  const own = await world.unlock(world.notebookPath)
  if (named === undefined) return await chosen(world, folder, own)
  if (named === 'latest') {
    const before = lineBefore(world, own)
    if (before !== null) return before
    const storeId = lookAt(world.notebookPath, own).storeId ?? rememberedStore(world)
    const newestUnder = (key: Key | null) =>
      newestBackup(folder, {
        storeId,
        key,
        isGood: ({ path, state }: Backup) => state === 'notebook' && isSound(checkFile(path, key)),
      })
    const open = newestUnder(own)
    if (open) return open.path
    const key = await keyOfBackups(world)
    const newest = newestUnder(key)
    if (newest) return newest.path
    const locked = listBackups(folder, key).find(({ state }) => state === 'other-password')
    if (locked) {
      throw notFound(
        `There is no good backup in ${folder} that this password opens. ${locked.path} is under another one. Nothing was changed.`,
        `With its password it can be restored: coach restore ${nameOf(locked.path)}`,
      )
    }
    throw notFound(`There is no good backup in ${folder}.`, 'Name a file: coach restore FILE')
  }
  const path = typedPath(world, named)
  if (existsSync(path)) return path
  const among = join(folder, named)
  if (!isAbsolute(named) && existsSync(among)) return among
  throw notFound(`There is no file ${path}. Nothing was changed.`, 'See: coach backup --list')
}

/** Where another copy has taken the place of the notebook: what was there before, which is meant then. */
function lineBefore({ places, machine, notebookPath: path, platform }: World, key: Key | null) {
  const seen = seenAt(recall(join(places.config, 'last-notebook.json')), machine, path)
  const isThere = lookAt(path, key).state === 'notebook'
  if (seen === undefined || !isThere || !startsAt(path, key, seen).isStranger) return null
  const { best } = otherLine({ path, key, seen, isWindows: platform === 'win32' })
  if (best) return best.path
  throw notFound(
    `No copy here holds what you wrote last, and the newest backup may be one of the notebook that took its place. Nothing was changed.`,
    'Name the one you mean: coach backup --list',
  )
}

/** Which notebook stood at the place when it was used last, where the file itself cannot tell any more. */
function rememberedStore({ places, notebookPath }: World): string | null {
  const { path, store } = recall(join(places.config, 'last-notebook.json'))
  return path === notebookPath ? (store ?? null) : null
}

/** What was put there on purpose is no stranger at the next start. */
function rememberRestored(world: World, storeId: string | null, key: Key | null): boolean {
  const { places, notebookPath } = world
  const file = join(places.config, 'last-notebook.json')
  const isSeen = rememberSeen(world, key)
  // Its count of writes may be lower than the one that was remembered.
  const known = { ...recall(file), generation: undefined }
  const isOther = known.path === notebookPath && known.store !== storeId && storeId !== null
  const { told, exposed, seen } = known
  remember(file, isOther ? { path: notebookPath, store: storeId, told, exposed, seen } : known)
  return isSeen
}

/** `--keep`: the file that took the place of the notebook counts from now on. */
async function keep(world: World, named: string | undefined): Promise<void> {
  if (named !== undefined) {
    throw usageError(
      '--keep goes without a backup: it leaves everything in its place. Nothing was changed.',
      'To put that backup in the place of the notebook, leave --keep out.',
    )
  }
  const { notebookPath: path, places, machine } = world
  if (!existsSync(path)) {
    throw notFound(`There is no notebook at ${path}.`, 'See: coach backup --list')
  }
  const key = await world.unlock(path)
  const { state, storeId } = lookAt(path, key)
  if (state !== 'notebook') {
    throw new CoachError(EXIT.damaged, `${path} cannot be used as it is.`, 'Run: coach doctor')
  }
  const seen = seenAt(recall(join(places.config, 'last-notebook.json')), machine, path)
  if (seen === undefined || !startsAt(path, key, seen).isStranger) {
    tell(world, `${path} is the notebook that you used here last. There is nothing to choose.`)
    return
  }
  const isWindows = world.platform === 'win32'
  const { best } = otherLine({ path, key, seen, isWindows })
  const notebook = openNotebook(path, world.now, { key })
  try {
    notebook.write(() => notebook.calendar.goOnFrom(seen.written))
  } finally {
    notebook.close()
  }
  if (!rememberRestored(world, storeId, key)) {
    throw new CoachError(
      EXIT.cannotWrite,
      `coach could not note your choice in ${places.config}, so it will ask again. Your notebook is safe.`,
      'Give yourself permission to write the files in that folder, then run the command again.',
    )
  }
  tell(world, `From now on coach goes on with ${path}`)
  const isNamed = world.settings.notebook !== undefined
  const coach = isNamed ? `coach --notebook ${wordOf(path, isWindows)}` : 'coach'
  if (best) insist(world, { path: wordOf(best.path, isWindows), coach }, renderTakeOver)
}

async function chosen(world: World, folder: string, key: Key | null): Promise<string> {
  const backups = listBackups(folder, key)
  const good = backups.filter((one) => one.state === 'notebook' || isLocked(one))
  if (good.length === 0 || !world.canAsk()) {
    if (backups.length > 0) print(world, { folder, backups }, renderBackups)
    if (good.length === 0) {
      throw notFound(
        `There is no ${backups.length > 0 ? 'good ' : ''}backup in ${folder}.`,
        'To put back a file from elsewhere: coach restore FILE',
      )
    }
    mustBeAbleToAsk(world, 'Name one of them, as in: coach restore latest')
  }
  const { choose } = await import('../../ask/terminal/single-questions.ts')
  const style = { today: world.today() }
  return await choose(
    world,
    'Which backup do you want back?',
    good.map((one) => ({ id: one.path, title: `${nameOf(one.path)}  ${sayBackup(one, style)}` })),
  )
}

function refuseItself(backup: string, notebook: string): void {
  if (!existsSync(notebook)) return
  const [one, other] = [statSync(backup), statSync(notebook)]
  if (one.ino !== other.ino || one.dev !== other.dev) return
  throw usageError('This is the notebook itself. Nothing was changed.', 'See: coach backup --list')
}

/** Goes through all of a backup. @throws CoachError (5, or 6 for a newer one) where it is not to be trusted */
function verify(
  path: string,
  key: Key | null,
): { readonly look: Look; readonly holdings: Holdings } {
  const look = lookAt(path, key)
  const refused = (why: string, code: 5 | 6 = EXIT.damaged, next = 'See: coach backup --list') =>
    new CoachError(code, `${path} ${why} Your notebook was left as it is.`, next)
  if (look.state === 'newer') {
    throw refused(
      `was written by a newer coach (its format is ${look.format}).`,
      EXIT.newer,
      'Upgrade coach, then run the command again.',
    )
  }
  if (look.state !== 'notebook') throw refused(WHY_NOT[look.state])
  const found = checkFile(path, key)
  if (found.altered.length > 0 && found.isWhole) {
    throw refused(`is damaged. ${sayAltered(found.altered)}`)
  }
  if (found.odd.length > 0) {
    throw refused('holds something that no coach has made, which could change or delete notes.')
  }
  if (!isSound(found) || found.holdings === null) throw refused(WHY_NOT.damaged)
  return { look, holdings: found.holdings }
}

const WHY_NOT = {
  encrypted: 'is encrypted, and could not be opened.',
  'other-password': 'is under another password.',
  damaged: 'is damaged.',
  foreign: 'is not a notebook of coach.',
  empty: 'is empty.',
  unreadable: 'cannot be read.',
  busy: 'is in use by another program.',
} as const satisfies Partial<Record<Look['state'], string>>

function liveAt(
  path: string,
  key: Key | null,
): { readonly look: Look | null; readonly holdings: Holdings | null } {
  if (!lstatSync(path, { throwIfNoEntry: false })) return { look: null, holdings: null }
  const look = lookAt(path, key)
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isDirectory()) throw usageError(`${path} is a folder. Nothing was changed.`)
  if (found && !found.isFile()) throw usageError(`${path} is not a file. Nothing was changed.`)
  return { look, holdings: look.state === 'notebook' ? holdingsAt(path, key) : null }
}

async function agreed(world: World, options: RestoreOptions, isOther: boolean): Promise<boolean> {
  if (options.yes) return true
  mustBeAbleToAsk(world, 'Nothing was changed. Add --yes to put the backup in its place.')
  const { confirm } = await import('../../ask/terminal/single-questions.ts')
  const question = isOther
    ? 'Put this other notebook in the place of yours? (yours is kept as a copy)'
    : 'Put the backup in its place? (what is there is kept as a copy)'
  if (await confirm(world, question, false)) return true
  world.tell('Nothing was changed.\n')
  return false
}
