import { lastNotebookIn } from '../../files/home-names.ts'
import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { CoachError, EXIT, notFound } from '../../errors.ts'
import { typedPath } from '../../files/typed-path.ts'
import { recall, seenAt } from '../../start/last-notebook.ts'
import { backupFolder } from '../../notebook/file/backup-names.ts'
import { type Backup, listBackups, newestBackup } from '../../notebook/backup/list-backups.ts'
import { checkFile, type Holdings, isFaultless } from '../../notebook/integrity/full-check.ts'
import type { Key } from '../../notebook/file/connect.ts'
import { isLocked, type ProbedFile, probe } from '../../notebook/file/probe.ts'
import { startsAt, otherLine } from '../../notebook/backup/other-line.ts'
import { sayAltered } from '../../notebook/integrity/altered-rows.ts'
import { lastPartOf, renderBackups, sayBackup } from '../../render/backup/backups.ts'
import type { World } from '../../world.ts'
import { mustBeAbleToAsk } from '../../ask/flags/require-terminal.ts'
import { backupKey as keyOfBackups } from './backup-key.ts'
import { print } from '../../output/print.ts'
import { rememberedStore } from './remember-restored.ts'

/** The file that was meant: a path, the name of one of the backups, the newest one, or what is chosen from the list. */
export async function chooseBackup(world: World, named: string | undefined): Promise<string> {
  const folder = backupFolder(world.notebookPath)
  // The password of an older one is not asked for, where one that needs none can be put back.
  const own = await world.unlock(world.notebookPath)
  if (named === undefined) return await chosen(world, folder, own)
  if (named === 'latest') {
    const before = lineBefore(world, own)
    if (before !== null) return before
    const storeId = probe(world.notebookPath, own).storeId ?? rememberedStore(world)
    const newestUnder = (key: Key | null) =>
      newestBackup(folder, {
        storeId,
        key,
        isGood: ({ path, state }: Backup) =>
          state === 'notebook' && isFaultless(checkFile(path, key)),
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
        `With its password it can be restored: coach restore ${lastPartOf(locked.path)}`,
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
  const seen = seenAt(recall(lastNotebookIn(places.config)), machine, path)
  const isThere = probe(path, key).state === 'notebook'
  if (seen === undefined || !isThere || !startsAt(path, key, seen).isStranger) return null
  const { best } = otherLine({ path, key, seen, isWindows: platform === 'win32' })
  if (best) return best.path
  throw notFound(
    `No copy here holds what you wrote last, and the newest backup may be one of the notebook that took its place. Nothing was changed.`,
    'Name the one you mean: coach backup --list',
  )
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
    good.map((one) => ({
      id: one.path,
      title: `${lastPartOf(one.path)}  ${sayBackup(one, style)}`,
    })),
  )
}

/** Goes through all of a backup. @throws CoachError (5, or 6 for a newer one) where it is not to be trusted */
export function mustBeSound(
  path: string,
  key: Key | null,
): { readonly look: ProbedFile; readonly holdings: Holdings } {
  const look = probe(path, key)
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
  if (!isFaultless(found) || found.holdings === null) throw refused(WHY_NOT.damaged)
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
} as const satisfies Partial<Record<ProbedFile['state'], string>>
