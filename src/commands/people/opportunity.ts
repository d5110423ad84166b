import { usageError } from '../../errors.ts'
import type { Opportunity, Person } from '../../model.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import type { Vocabulary } from '../../questions/bank/schema.ts'
import {
  opportunityJson,
  type OpportunityPage,
  renderOpportunities,
  renderOpportunity,
} from '../../render/people/opportunities.ts'
import { readName, whyNoName } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { echoMatch, findOpportunity, findPerson } from '../lookup.ts'
import { checkTags, loadLibrary } from '../../library/load-library.ts'
import { type JsonOptions, tell, print, printJson } from '../../output/print.ts'

/** Flags of `coach opportunity list`. */
export interface ListOptions extends JsonOptions {
  readonly all?: boolean
}

/** `coach opportunity list [NAME]` */
export async function list(
  world: World,
  name: string | undefined,
  options: ListOptions,
): Promise<void> {
  const notebook = await world.read()
  const person = name === undefined ? undefined : findPerson(notebook, name).person
  const all = notebook?.opportunities.list({
    isOpen: !options.all,
    ...(person ? { personId: person.id } : {}),
  })
  const { vocabulary } = await loadLibrary(world)
  const pages = (all ?? []).map((one) => pageOf(notebook, one, vocabulary))
  if (options.json) printJson(world, pages.map(opportunityJson))
  else if (pages.length > 0) print(world, pages, renderOpportunities)
  else {
    const isSome = (notebook?.opportunities.list({}) ?? []).length > 0
    world.tell(
      isSome
        ? 'No open opportunity here. See the closed ones with: coach opportunity list --all\n'
        : 'There is no opportunity yet. Begin with: coach session NAME --guide opportunity\n',
    )
  }
}

/** `coach opportunity show ID|NAME` */
export async function show(world: World, which: string, options: JsonOptions): Promise<void> {
  const notebook = await world.read()
  const opportunity = findOpportunity(notebook, which)
  const { vocabulary } = await loadLibrary(world)
  const page = pageOf(notebook, opportunity, vocabulary)
  if (options.json) printJson(world, opportunityJson(page))
  else print(world, page, renderOpportunity)
}

/** Flags of `coach opportunity add`. */
export interface AddOptions {
  readonly stage?: string
}

/** `coach opportunity add PERSON NAME` */
export async function add(
  world: World,
  name: string,
  title: string,
  options: AddOptions,
): Promise<void> {
  const before = await world.read()
  const found = findPerson(before, name)
  const clean = readTitle(title)
  checkTags(await loadLibrary(world), options)
  mustBeFree(before, found.person, clean)
  echoMatch(world, found)
  const notebook = await world.open()
  const made = notebook.write(() => {
    mustBeFree(notebook, found.person, clean)
    return notebook.opportunities.add(found.person.id, {
      name: clean,
      stage: options.stage ?? null,
    })
  })
  tell(world, made, (one) => `Added opportunity ${one.id} for ${one.person}.\n`)
}

function mustBeFree(notebook: Notebook | null, person: Person, name: string): void {
  const known = notebook?.opportunities.named(person.id, name)
  if (!known) return
  throw usageError(
    `${person.name} has an opportunity of that name already: ${known.id}.`,
    `See it with: coach opportunity show ${known.id}`,
  )
}

/** Flags of `coach opportunity edit`. */
export interface EditOptions {
  readonly name?: string
  readonly stage?: string
  readonly close?: boolean
  readonly open?: boolean
}

/** `coach opportunity edit ID` */
export async function edit(world: World, which: string, options: EditOptions): Promise<void> {
  const before = await world.read()
  const found = findOpportunity(before, which)
  checkTags(await loadLibrary(world), { stage: options.stage })
  const fields = {
    ...(options.name === undefined ? {} : { name: freeTitle(before, found, options.name) }),
    ...(options.stage === undefined ? {} : { stage: options.stage }),
    ...(options.close || options.open ? { isOpen: options.open ?? false } : {}),
  }
  if (Object.keys(fields).length === 0) {
    throw usageError('There is nothing to change.', 'Name something, as in: --stage propose')
  }
  const notebook = await world.open()
  const now = notebook.write(() => {
    if (fields.name !== undefined) freeTitle(notebook, found, fields.name)
    return notebook.opportunities.edit(found.id, fields)
  })
  tell(world, now, (one) => `Changed opportunity ${one.id}, ${one.name}.\n`)
}

/** A name that no other opportunity of the same person has. */
function freeTitle(notebook: Notebook | null, found: Opportunity, text: string): string {
  const name = readTitle(text)
  const other = notebook?.opportunities.named(found.personId, name)
  if (!other || other.id === found.id) return name
  throw usageError(
    `${found.person} has an opportunity of that name already: ${other.id}.`,
    'Choose another name.',
  )
}

function readTitle(text: string): string {
  const problem = whyNoName(text)
  if (problem === null) return readName(text) ?? text
  throw usageError(`This ${problem}.`, 'As in: coach opportunity add ana "Northwind, warehouse"')
}

function pageOf(
  notebook: Notebook | null,
  opportunity: Opportunity,
  { stages }: Vocabulary,
): OpportunityPage {
  return { opportunity, checks: notebook?.opportunities.checks(opportunity.id) ?? [], stages }
}
