import { MOST_WHAT } from '../../conversation/check-answer.ts'
import { usageError } from '../../errors.ts'
import type { NamedGoal } from '../../notebook/store/goals.ts'
import { goalJson, goalPageJson, renderGoalPage, renderGoals } from '../../render/followup/goals.ts'
import { count, oneLine, safe } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { readDayAhead } from '../../ask/flags/future-day.ts'
import { echoMatch, findGoal, findPerson } from '../lookup.ts'
import { type JsonOptions, tell, print, printJson } from '../../output/print.ts'
import { tellSame } from '../ask-if-same.ts'

/** Flags that set what is known about a goal. */
interface GoalFlags {
  readonly due?: string
  readonly stretch?: boolean
  readonly past?: boolean
}

/** Flags of `coach goal add`. */
export interface AddOptions extends GoalFlags {
  readonly under?: string
}

/** Flags of `coach goal edit`. */
export interface EditOptions extends GoalFlags {
  readonly what?: string
  readonly open?: boolean
}

/** `coach goal add NAME WHAT…` */
export async function add(
  world: World,
  name: string,
  words: readonly string[],
  flags: AddOptions,
): Promise<void> {
  const before = await world.read()
  const found = findPerson(before, name)
  const what = readWhat(words.join(' '))
  const due = await readDue(world, flags)
  const parent = flags.under === undefined ? null : findGoal(before, flags.under)
  if (parent && parent.personId !== found.person.id) {
    throw usageError(
      `Goal ${parent.id} is one of ${parent.person}. Nothing was added.`,
      'See the goals with: coach goal list',
    )
  }
  if (parent && parent.status !== 'open') {
    throw usageError(
      `Goal ${parent.id} is closed (${parent.status}). Nothing was added.`,
      `To open it again: coach goal edit ${parent.id} --open`,
    )
  }
  if (parent?.parentId) {
    throw usageError(
      `Goal ${parent.id} is a sub-goal itself. Nothing was added.`,
      `Put it under goal ${parent.parentId}.`,
    )
  }
  echoMatch(world, found)
  const notebook = await world.open()
  const fields = { what, due: due ?? null, isStretch: flags.stretch ?? false }
  const goal = notebook.write(() => notebook.goals.add(found.person.id, fields, parent?.id))
  tell(world, [goal], (all, style) => `Added.\n${renderGoals(all, style)}`)
  const open = notebook.goals.list({ personId: found.person.id, isOpen: true })
  const others = open.map(({ id, what: text }) => ({ id, text }))
  tellSame(world, { kind: 'goal', id: goal.id, text: what, others })
}

/** Flags of `coach goal list`. */
export interface ListOptions extends JsonOptions {
  readonly all?: boolean
}

/** `coach goal list [NAME]` */
export async function list(
  world: World,
  name: string | undefined,
  options: ListOptions,
): Promise<void> {
  const notebook = await world.read()
  const person = name === undefined ? undefined : findPerson(notebook, name).person
  const goals = notebook?.goals.list({ personId: person?.id, isOpen: !options.all }) ?? []
  if (options.json) printJson(world, goals.map(goalJson))
  else if (goals.length > 0) print(world, goals, renderGoals)
  else {
    const whose = person ? ` for ${safe(person.name)}` : ''
    world.tell(
      `No ${options.all ? '' : 'open '}goal${whose} yet. Add one with: coach goal add NAME "…"\n`,
    )
  }
}

/** `coach goal show ID`: with its sub-goals, its action items and its history. */
export async function show(world: World, id: string, options: JsonOptions): Promise<void> {
  const notebook = await world.read()
  const goal = findGoal(notebook, id)
  if (!notebook) return
  const all = notebook.goals.list({ personId: goal.personId })
  const page = {
    goal,
    parent: all.find((one) => one.id === goal.parentId) ?? null,
    children: all.filter((one) => one.parentId === goal.id),
    items: notebook.actions.ofGoal(goal.id),
    events: notebook.goals.events(goal.id),
  }
  if (options.json) printJson(world, goalPageJson(page))
  else print(world, page, renderGoalPage)
}

/** `coach goal edit ID`: corrects a goal, or opens it again. */
export async function edit(world: World, id: string, flags: EditOptions): Promise<void> {
  const goal = findGoal(await world.read(), id)
  const due = await readDue(world, flags)
  const fields = {
    ...(flags.what === undefined ? {} : { what: readWhat(flags.what) }),
    ...(due === undefined ? {} : { due }),
    ...(flags.stretch === undefined ? {} : { isStretch: flags.stretch }),
  }
  if (Object.keys(fields).length === 0 && !flags.open) {
    throw usageError('There is nothing to change.', 'Name something, as in: --due "in 3 months"')
  }
  const notebook = await world.open()
  const now = notebook.write(() => {
    if (flags.open && findGoal(notebook, id).status !== 'open')
      notebook.goals.close(goal.id, 'open')
    return notebook.goals.edit(goal.id, fields)
  })
  tell(world, [now], (all, style) => `Changed.\n${renderGoals(all, style)}`)
}

/** `coach goal done ID`, `coach goal drop ID` */
export async function close(world: World, id: string, status: 'done' | 'dropped'): Promise<void> {
  const goal = findGoal(await world.read(), id)
  mustBeOpen(goal)
  const notebook = await world.open()
  notebook.write(() => {
    mustBeOpen(findGoal(notebook, id))
    notebook.goals.close(goal.id, status)
  })
  const left = notebook.goals
    .list({ personId: goal.personId, isOpen: true })
    .filter((one) => one.parentId === goal.id)
  const said = status === 'done' ? 'Reached' : 'Dropped'
  tell(world, goal, ({ what, person }) => `${said}: goal ${goal.id}  ${what} (${person})\n`)
  if (left.length > 0) {
    tell(world, `${count(left.length, 'sub-goal')} of it still open: coach goal show ${goal.id}`)
  }
}

function mustBeOpen(goal: NamedGoal): void {
  if (goal.status === 'open') return
  throw usageError(
    `Goal ${goal.id} is closed already (${goal.status}). Nothing was changed.`,
    `To open it again: coach goal edit ${goal.id} --open`,
  )
}

function readWhat(text: string): string {
  const what = oneLine(text)
  if (what === '') throw usageError('The goal has no text. Nothing was changed.', 'Say what it is.')
  if (what.length > MOST_WHAT) {
    throw usageError(`The goal is longer than ${MOST_WHAT} characters. Nothing was changed.`)
  }
  return what
}

/** The day of a flag; null takes it away, undefined says nothing. */
async function readDue(world: World, { due, past }: GoalFlags): Promise<string | null | undefined> {
  if (due === undefined) return undefined
  if (due.trim() === '') return null
  return await readDayAhead(world, due, past)
}
