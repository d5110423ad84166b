import { lastNotebookIn } from '../../files/home-names.ts'
import { openNotebook } from '../../notebook/notebook.ts'
import { wordOf } from '../../text/command-line.ts'
import { existsSync } from 'node:fs'
import { CoachError, EXIT, notFound, usageError } from '../../errors.ts'
import { recall, seenAt } from '../../start/last-notebook.ts'
import { probe } from '../../notebook/file/probe.ts'
import { startsAt, otherLine } from '../../notebook/backup/other-line.ts'
import { renderTakeOver } from '../../render/backup/backups.ts'
import type { World } from '../../world.ts'
import { insist, tell } from '../../output/print.ts'
import { rememberRestored } from './remember-restored.ts'

/** `coach restore --keep`: the file that took the place of the notebook counts from now on. */
export async function keepNotebook(world: World, named: string | undefined): Promise<void> {
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
  const { state, storeId } = probe(path, key)
  if (state !== 'notebook') {
    throw new CoachError(EXIT.damaged, `${path} cannot be used as it is.`, 'Run: coach doctor')
  }
  const seen = seenAt(recall(lastNotebookIn(places.config)), machine, path)
  if (seen === undefined || !startsAt(path, key, seen).isStranger) {
    tell(world, `${path} is the notebook that you used here last. There is nothing to choose.`)
    return
  }
  const isWindows = world.platform === 'win32'
  const { best } = otherLine({ path, key, seen, isWindows })
  const notebook = openNotebook(path, world.now, { key, user: world.user, program: world.program })
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
