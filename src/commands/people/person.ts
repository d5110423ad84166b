import { sayDay } from '../../dates/day.ts'
import { usageError } from '../../errors.ts'
import type { Person, Relation } from '../../model.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import { personJson, renderPeople } from '../../render/people/people.ts'
import { renderGoals } from '../../render/followup/goals.ts'
import { renderReview } from '../../render/followup/review.ts'
import { oneLine, readName, safe, whyNoName } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { echoMatch, findPerson } from '../lookup.ts'
import { type JsonOptions, tell, print, printJson } from '../../output/print.ts'
import { fold } from '../../text/folding.ts'

/** Flags of `coach person add`. */
export interface AddPersonOptions {
  readonly relation?: Relation
  readonly role?: string
  readonly cadence?: string
  readonly leadsOthers?: boolean
}

/** Flags of `coach person edit`. */
export interface EditPersonOptions extends AddPersonOptions {
  readonly name?: string
}

/** `coach person add NAME` */
export async function add(world: World, name: string, flags: AddPersonOptions): Promise<void> {
  const fields = readFlags({ ...flags, name })
  const before = await world.read()
  mustBeFree(before?.people.list() ?? [], name, null)
  const notebook = await world.open()
  const person = notebook.write(() => {
    mustBeFree(notebook.people.list(), name, null)
    return notebook.people.add({ ...fields, name: fields.name ?? name })
  })
  tell(world, person, ({ name: added, id }) => `Added ${added} (${id}).\n`)
}

/** `coach person edit NAME --flag` */
export async function edit(world: World, name: string, flags: EditPersonOptions): Promise<void> {
  const before = await world.read()
  const found = findPerson(before, name)
  const fields = readFlags(flags)
  if (Object.keys(fields).length === 0) {
    throw usageError(
      'There is nothing to change.',
      'Name something, as in: --role "Account executive"',
    )
  }
  if (fields.name) mustBeFree(before?.people.list() ?? [], fields.name, found.person.id)
  echoMatch(world, found)
  const notebook = await world.open()
  const person = notebook.write(() => {
    if (fields.name) mustBeFree(notebook.people.list(), fields.name, found.person.id)
    return notebook.people.edit(found.person.id, fields)
  })
  tell(world, person, (now) => `Changed ${now.name}.\n`)
}

/** Flags of `coach person archive`. */
export interface ArchiveOptions {
  readonly undo?: boolean
}

/** `coach person archive NAME`: out of the lists, with everything kept. */
export async function archive(world: World, name: string, options: ArchiveOptions): Promise<void> {
  const found = findPerson(await world.read(), name)
  if (!options.undo) echoMatch(world, found)
  const notebook = await world.open()
  const person = notebook.write(() => notebook.people.archive(found.person.id, !options.undo))
  tell(world, person, (now) =>
    now.archivedAt
      ? `Archived ${now.name}. Everything is kept; take it back with --undo.\n`
      : `${now.name} is back in the lists.\n`,
  )
}

/** `coach person show NAME` */
export async function show(world: World, name: string, options: JsonOptions): Promise<void> {
  const notebook = await world.read()
  const { person } = findPerson(notebook, name)
  if (!notebook) return
  const summary = summaryOf(notebook, person)
  if (options.json) {
    printJson(world, personJson(summary))
    return
  }
  print(world, [summary], renderPeople)
  const planned = notebook.nextSessions.planned(person.id)
  if (planned) {
    print(world, planned, ({ plannedOn }, { today }) => `Next: ${sayDay(plannedOn, today)}\n`)
  }
  const items = notebook.actions.open(person.id)
  if (items.length > 0) print(world, items, (all, style) => `\n${renderReview(all, style)}`)
  const goals = notebook.goals.list({ personId: person.id, isOpen: true })
  if (goals.length > 0) {
    print(
      world,
      goals,
      (all, style) => `\n${style.paint.bold('Goals')}\n${renderGoals(all, style)}`,
    )
  }
}

function summaryOf(notebook: Notebook, person: Person) {
  const found = notebook.people.summaries().find((one) => one.id === person.id)
  if (!found) throw new Error(`person ${person.id} is not in the notebook`)
  return found
}

/** Two people with one name could not be told apart, and a note would be filed with the wrong one. */
function mustBeFree(people: readonly Person[], name: string, except: number | null): void {
  const taken = people.find((one) => one.id !== except && fold(one.name) === fold(name))
  if (!taken) return
  throw usageError(
    `There is already somebody called ${taken.name}${taken.archivedAt ? ', in the archive' : ''}.`,
    'Add something that tells the two apart, such as the second name or the team.',
  )
}

function readFlags(flags: EditPersonOptions) {
  const { relation, role, leadsOthers } = flags
  const problem = flags.name === undefined ? null : whyNoName(flags.name)
  if (problem !== null) throw usageError(`This ${problem}.`, 'Give the name of the person as text.')
  const name = flags.name === undefined ? undefined : (readName(flags.name) ?? undefined)
  const title = role === undefined ? undefined : oneLine(role)
  if (title !== undefined && (title.length > 200 || safe(title) !== title)) {
    throw usageError(
      `The role is ${title.length > 200 ? 'longer than 200 characters' : 'not plain text'}.`,
      'As in: --role "Account executive"',
    )
  }
  const cadence = flags.cadence
  if (cadence !== undefined && !/^[1-9]\d{0,2}$/.test(cadence)) {
    throw usageError(`“${cadence}” is not a number of days from 1 to 999.`, 'As in: --cadence 14')
  }
  return {
    ...(name === undefined ? {} : { name }),
    ...(relation === undefined ? {} : { relation }),
    ...(title === undefined ? {} : { role: title || null }),
    ...(cadence === undefined ? {} : { cadenceDays: Number(cadence) }),
    ...(leadsOthers === undefined ? {} : { leadsOthers }),
  }
}
