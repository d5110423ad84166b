import { existsSync, lstatSync, statSync } from 'node:fs'
import { draftsSealed } from '../../drafts/sealed-drafts.ts'
import { usageError } from '../../errors.ts'
import { holdingsAt, type Holdings } from '../../notebook/integrity/full-check.ts'
import type { Key } from '../../notebook/file/connect.ts'
import { strangeBeside } from '../../notebook/health/outside.ts'
import { peopleAt } from '../../notebook/removal/copies.ts'
import { type ProbedFile, probe } from '../../notebook/file/probe.ts'
import { restoreNotebook } from '../../notebook/backup/restore.ts'
import { renderBefore, renderRestore, renderReturning } from '../../render/backup/backups.ts'
import type { World } from '../../world.ts'
import { mustBeAbleToAsk } from '../../ask/flags/require-terminal.ts'
import { tellWhereOwn } from '../../library/own-files.ts'
import { insist, tell } from '../../output/print.ts'
import { chooseBackup, mustBeSound } from './choose-backup.ts'
import { keepNotebook } from './keep-notebook.ts'
import { rememberedStore, rememberRestored } from './remember-restored.ts'

/** Flags of `coach restore`. */
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
  if (options.keep) return await keepNotebook(world, named)
  const notebook = world.notebookPath
  const notebookKey = await world.unlock(notebook)
  const backup = await chooseBackup(world, named)
  refuseItself(backup, notebook)
  const backupKey = await world.unlock(backup)
  const { look, holdings } = mustBeSound(backup, backupKey)
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

function refuseItself(backup: string, notebook: string): void {
  if (!existsSync(notebook)) return
  const [one, other] = [statSync(backup), statSync(notebook)]
  if (one.ino !== other.ino || one.dev !== other.dev) return
  throw usageError('This is the notebook itself. Nothing was changed.', 'See: coach backup --list')
}

function liveAt(
  path: string,
  key: Key | null,
): { readonly look: ProbedFile | null; readonly holdings: Holdings | null } {
  if (!lstatSync(path, { throwIfNoEntry: false })) return { look: null, holdings: null }
  const look = probe(path, key)
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
