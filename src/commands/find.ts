import { EXIT, CoachError, notFound, usageError } from '../errors.ts'
import type { Person, Session } from '../model.ts'
import type { NamedItem } from '../notebook/actions.ts'
import type { Notebook } from '../notebook/notebook.ts'
import { foldName, list } from '../text.ts'
import type { World } from '../world.ts'

/** A person found by name; `isPart` tells that only a part of the name was given. */
export interface Found {
  readonly person: Person
  readonly isPart: boolean
}

/**
 * Finds a person by any unambiguous part of the name, without regard to case and accents. A full name beats a
 * part, and people who are still there beat archived ones.
 * @returns undefined when nobody fits
 * @throws CoachError (3) with the candidates when several fit
 */
export function matchPerson(people: readonly Person[], text: string): Found | undefined {
  const wanted = foldName(text)
  if (wanted === '')
    throw usageError('The name is empty.', 'Name the person, as in: coach prep ana')
  const fitting = people
    .map((person) => ({ person, name: foldName(person.name) }))
    .filter(({ name }) => name.includes(wanted))
  for (const isArchived of [false, true]) {
    const here = fitting.filter(({ person }) => (person.archivedAt !== null) === isArchived)
    const full = here.filter(({ name }) => name === wanted)
    const best = full.length > 0 ? full : here
    const [first, ...more] = best
    if (first && more.length === 0) return { person: first.person, isPart: full.length === 0 }
    if (first) {
      const names = best.map(({ person }) => `${person.name} (${person.id})`)
      throw notFound(
        `“${text}” fits ${best.length} people: ${list(names)}.`,
        'Give more of the name.',
      )
    }
  }
  return undefined
}

/** The person of that name. @throws CoachError (3) when nobody or several fit */
export function findPerson(notebook: Notebook | null, text: string): Found {
  const people = notebook?.people.list() ?? []
  const found = matchPerson(people, text)
  if (found) return found
  throw notFound(
    `There is nobody called “${text}” in your notebook.`,
    people.length === 0 ? 'Begin with: coach session NAME' : 'See who is there with: coach people',
  )
}

/** Says whom a part of a name was taken for, before anything is written about them. */
export function echoMatch(world: World, { person, isPart }: Found): void {
  if (isPart) world.say(`This is about ${person.name}.\n`)
}

/** A number that a person typed for something in the notebook. */
function readId(text: string, what: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw usageError(
    `“${text}” is not the number of ${what}.`,
    `Numbers stand in front of each line.`,
  )
}

/** @throws CoachError (3) when there is no such item */
export function findItem(notebook: Notebook | null, text: string): NamedItem {
  const id = readId(text, 'an action item')
  const item = notebook?.actions.get(id)
  if (item) return item
  throw notFound(`There is no action item ${id}.`, 'See all of them with: coach review --all')
}

/** @throws CoachError (3) when there is no such session */
export function findSession(notebook: Notebook | null, text: string): Session {
  const id = readId(text, 'a session')
  const session = notebook?.sessions.get(id)
  if (session) return session
  throw notFound(`There is no session ${id}.`, 'See all of them with: coach history')
}

/** Refuses to ask where nobody can answer. @throws CoachError (2) that names what to use instead */
export function mustBeAbleToAsk(world: World, instead: string): void {
  if (world.canAsk()) return
  const why =
    world.settings.input === false
      ? 'This needs an answer, and --no-input forbids asking.'
      : world.env['TERM'] === 'dumb'
        ? 'This terminal cannot move the cursor, which the conversation needs.'
        : 'This needs a terminal to ask in.'
  throw new CoachError(EXIT.usage, why, instead)
}
