import { STEERING } from '../conversation/walk.ts'
import { CoachError } from '../errors.ts'
import type { Answer } from '../model.ts'
import type { Notebook } from '../notebook/notebook.ts'
import type { World } from '../world.ts'
import { tell } from '../output/print.ts'

const NOTICE =
  'Private lines are left out of everything that coach makes to be shared: the recap, the sheet for the room, and exports with --shared. ' +
  'That is no lock: whoever can open your account, the notebook or a copy of it can read them, unless you encrypt it. ' +
  'In many countries people may ask to see what is kept about them, and your company may have rules too. (This is said once.)'

/**
 * Says once in the life of a notebook what “private” means and what it does not, when the first private thing has been
 * saved. With `--quiet` it is said another time.
 */
export function tellPrivate(world: World, notebook: Notebook): void {
  if (world.settings.quiet || notebook.isPrivateTold()) return
  world.tell('\n')
  tell(world, NOTICE)
  try {
    notebook.write(() => notebook.rememberPrivateTold())
  } catch (error) {
    // What was to be saved is saved; the notice comes once more another time.
    if (!(error instanceof CoachError)) throw error
  }
}

/** Says what “private” means where one of these answers is private, see {@link tellPrivate}. */
export function tellPrivateAnswers(
  world: World,
  notebook: Notebook,
  answers: readonly Answer[],
): void {
  // A question that was picked is nobody's secret; it is private only until it was asked.
  const isPrivate = ({ visibility, state, kind, path, value }: Answer) =>
    visibility === 'private' &&
    state === 'answered' &&
    value !== null &&
    kind !== 'question' &&
    !STEERING.test(path)
  if (answers.some(isPrivate)) tellPrivate(world, notebook)
}
