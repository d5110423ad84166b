import { existsSync, lstatSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CoachError, EXIT, type ExitCode, usageError } from '../../errors.ts'
import { typedPath, withHome } from '../../files/typed-path.ts'
import { meansFolder } from '../../files/write-export.ts'
import { backupFolder, backupName } from '../../notebook/file/backup-names.ts'
import { listBackups } from '../../notebook/backup/list-backups.ts'
import type { Copied, PlaceOf } from '../../notebook/integrity/verified-copy.ts'
import { codeOf } from '../../files/durable.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import { removeLeftovers } from '../../notebook/backup/leftovers.ts'
import { sayOdd } from '../../notebook/schema/odd-schema.ts'
import { sayAltered } from '../../notebook/integrity/altered-rows.ts'
import { backupsJson, renderBackups } from '../../render/backup/backups.ts'
import type { World } from '../../world.ts'
import { keyIfGiven } from './backup-key.ts'
import { tellWhereOwn } from '../../library/own-files.ts'
import { print, printJson, tell } from '../../output/print.ts'

export interface BackupOptions {
  readonly output?: string
  readonly force?: boolean
  readonly list?: boolean
  readonly json?: boolean
}

/** `coach backup` */
export async function run(world: World, options: BackupOptions): Promise<ExitCode> {
  if (options.list) {
    const folder = backupFolder(world.notebookPath)
    const page = { folder, backups: listBackups(folder, await keyIfGiven(world)) }
    if (options.json) printJson(world, backupsJson(page.backups))
    else print(world, page, renderBackups)
    return EXIT.ok
  }
  if (options.force && options.output === undefined) {
    throw usageError(
      '--force goes with -o.',
      'As in: coach backup -o /media/stick/coach.db --force',
    )
  }
  const notebook = await world.read()
  if (!notebook) {
    if (options.json) printJson(world, [])
    else tell(world, 'There is no notebook yet, so there is nothing to back up.')
    return EXIT.ok
  }
  const made = make(world, notebook, options)
  if (options.json) printJson(world, [madeJson(made)])
  else print(world, made, ({ path }) => `${path}\n`)
  // The copy has tables and indexes made anew; what is wrong in the notebook itself does not show in it.
  notebook.proveSound()
  if (made.odd.length > 0) {
    throw new CoachError(
      EXIT.damaged,
      `${sayOdd('The notebook', made.odd)} The backup holds everything as it is now, and cannot be restored; the backups from before were kept.`,
      'Run: coach backup --list',
    )
  }
  if (made.altered.length === 0) {
    if (!options.json) {
      tell(
        world,
        'Opened again and compared with the notebook, row by row. Back to it: coach restore',
      )
      tellWhereOwn(world)
    }
    return EXIT.ok
  }
  throw new CoachError(
    EXIT.damaged,
    `${sayAltered(made.altered)} The backup holds everything as it is now; the backups from before were kept, and may still hold it as it was.`,
    'Run: coach backup --list',
  )
}

function make(world: World, notebook: Notebook, options: BackupOptions): Copied {
  const named = options.output
  const nameOf: PlaceOf = ({ generation, altered, odd }, time) =>
    backupName(
      world.now(),
      generation,
      altered.length + odd.length > 0 ? 'damaged' : 'by-hand',
      time,
    )
  if (named === undefined || meansFolder(world.cwd, withHome(named, world))) {
    const folder = named === undefined ? backupFolder(notebook.path) : typedPath(world, named)
    removeLeftovers(notebook.path, world.now())
    return notebook.copy((...which) => join(folder, nameOf(...which) ?? ''), folder)
  }
  const path = typedPath(world, named)
  refuseTarget(path, notebook.path, options.force ?? false)
  removeLeftovers(notebook.path, world.now())
  try {
    const placeOf: PlaceOf = (_proof, time) => (time === 1 ? path : null)
    return notebook.copy(placeOf, dirname(path), options.force ?? false)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    throw taken(path)
  }
}

/** Refuses what is not to be replaced: what is there, without `--force`; and always the notebook itself, and what is no plain file. */
function refuseTarget(path: string, notebook: string, force: boolean): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) return
  if (!found.isFile()) {
    throw usageError(
      `${path} is not a plain file. Nothing was written.`,
      'Name another file with -o.',
    )
  }
  const own = existsSync(notebook) ? statSync(notebook) : null
  if (own?.ino === found.ino && own.dev === found.dev) {
    throw usageError(
      `${basename(path)} is the notebook itself. Nothing was written.`,
      'Name another file with -o.',
    )
  }
  if (!force) throw taken(path)
}

function taken(path: string): CoachError {
  return usageError(
    `${path} exists already, and was left as it is.`,
    'Name another file, or add --force to replace it.',
  )
}

function madeJson({ path, generation, format, altered }: Copied): object {
  return { path, generation, format, damaged: altered.map(({ kind, id }) => ({ kind, id })) }
}
