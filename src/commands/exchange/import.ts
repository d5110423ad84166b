import { STEERING } from '../../conversation/walk.ts'
import { EXIT, type ExitCode, usageError } from '../../errors.ts'
import { typedPath } from '../../files/typed-path.ts'
import { headerIfReadable } from '../../notebook/file/header.ts'
import { MOST_IMPORTED } from '../../notebook/schema/bounds.ts'
import type { Exchange } from '../../notebook/exchange/exchange.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import type { Plan, Stage } from '../../notebook/exchange/import-document.ts'
import {
  type DifferencesPage,
  renderThings,
  thingsOf,
  twinsOf,
} from '../../render/exchange/differences.ts'
import { renderTaken, sayEverything } from '../../render/exchange/exchange.ts'
import { wordOf } from '../../text/command-line.ts'
import { sayList, quote } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { readInput } from '../../ask/file/read-input.ts'
import { tell } from '../../output/print.ts'

/** Flags of `coach import`. */
export interface ImportOptions {
  readonly mergePeople?: boolean
  readonly withFiles?: boolean
}

/**
 * `coach import FILE`: takes in what `coach export --format json` wrote. The whole file is checked before anything is
 * written, and what is here already is left as it is.
 */
export async function run(world: World, name: string, options: ImportOptions): Promise<ExitCode> {
  const { mergePeople: isMerging = false, withFiles: isAgreed = false } = options
  refuseNotebook(world, name)
  const { fillNew, readDocument, stageOf } =
    await import('../../notebook/exchange/import-document.ts')
  const { label, text } = await readInput(world, name, 'Nothing was taken in.', MOST_IMPORTED)
  const document = readDocument(text, label)
  // What came through a pipe is gone: the same again has to come from a file.
  const file = name === '-' ? 'FILE' : wordOf(name, isWindows(world))
  const again = `coach import ${file}${isMerging ? ' --merge-people' : ''}${whereOf(world)}`
  const stage = stageOf(document, label, world.now())
  try {
    const before = await world.read()
    const notebook = before ?? (await world.open((db) => fillNew(db, stage, world.notebookPath)))
    const taken = await takeIn(notebook, stage, isMerging)
    if (before === null || taken === null) {
      tell(
        world,
        { path: notebook.path, isNew: before === null, rows: stage.counts() },
        sayEverything,
      )
    } else sayTaken(world, notebook, taken, again)
  } finally {
    stage.close()
  }
  if (!document.files) return EXIT.ok
  const { takeFiles } = await import('./import-files.ts')
  return await takeFiles(world, document.files, { label, isAgreed, again: `${again} --with-files` })
}

/** What came in, and what is otherwise here. */
function sayTaken(world: World, notebook: Notebook, taken: Plan, again: string): void {
  const page = differencesPage(world, notebook, taken, again)
  const things = thingsOf(page)
  tell(world, { ...taken, isDiffering: things.length > 0 }, renderTaken)
  tell(world, [...things, ...twinsOf(page)], renderThings)
}

/** What names the notebook behind a command that is to be typed. */
function whereOf(world: World): string {
  const { notebook } = world.settings
  return notebook === undefined ? '' : ` --notebook ${wordOf(notebook, isWindows(world))}`
}

function isWindows({ platform }: World): boolean {
  return platform === 'win32'
}

/** What of the file is otherwise here, and what the commands that take it have to know. */
function differencesPage(
  world: World,
  notebook: Notebook,
  { differing, missing, twins }: Plan,
  again: string,
): DifferencesPage {
  const people = new Map(notebook.people.list().map((person) => [person.id, person.name]))
  return {
    differing,
    missing,
    twins,
    today: world.today(),
    nameOf: (id) => people.get(id) ?? '',
    isGoalOpen: (id) => notebook.goals.get(id)?.status === 'open',
    isTold: (path) => !STEERING.test(path),
    where: whereOf(world),
    isWindows: isWindows(world),
    again,
  }
}

/** The file of a notebook, or a backup, is what somebody may try first. */
function refuseNotebook(world: World, name: string): void {
  if (name === '-') return
  if (headerIfReadable(typedPath(world, name))?.kind !== 'plain') return
  throw usageError(
    `${name} is a notebook, or a backup of one. Nothing was taken in.`,
    `To use it as it is: coach restore ${name}. To take it in beside what you have: coach --notebook ${name} export all --format json -o all.json, then coach import all.json`,
  )
}

/** @returns what was taken in; null where the notebook was empty, and holds all of it now */
async function takeIn(notebook: Notebook, stage: Stage, isMerging: boolean): Promise<Plan | null> {
  const exchange = await notebook.exchange()
  // A look first: what is here already is not written once more, and costs no change of the file.
  if (!exchange.isEmpty()) {
    const plan = exchange.plan(stage, isMerging)
    refuseNamesakes(plan)
    if (!plan.hasNews) return plan
  }
  return notebook.write(() => taken(exchange, stage, isMerging))
}

function taken(exchange: Exchange, stage: Stage, isMerging: boolean): Plan | null {
  const plan = exchange.take(stage, isMerging)
  if (plan) refuseNamesakes(plan)
  return plan
}

/** Two people of one name are a trap: what is written about one would be found with the other. */
function refuseNamesakes({ clashing, lookingAlike }: Plan): void {
  if (clashing.length === 0) return
  if (lookingAlike.length > 0) {
    throw usageError(
      `The file has ${sayList(lookingAlike.slice(0, 5).map(quote))}, and somebody whose name looks the same, in letters of another alphabet, is here already. Nothing was taken in.`,
      'Rename yours first, so that you can tell the two apart: coach person edit NAME --name "…"',
    )
  }
  const names = clashing.slice(0, 5).map(quote)
  throw usageError(
    `The file has ${sayList(names)}, and somebody else of that name is here already. Nothing was taken in.`,
    'If it is the same person, add --merge-people. If not, rename yours first: coach person edit NAME --name "…"',
  )
}
