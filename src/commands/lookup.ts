import { notFound, usageError } from '../errors.ts'
import type { Opportunity, Person, Session } from '../model.ts'
import type { NamedGoal } from '../notebook/store/goals.ts'
import type { NamedItem } from '../notebook/store/actions.ts'
import type { Notebook } from '../notebook/notebook.ts'
import type { NamedNote } from '../notebook/store/notes.ts'
import { nameInCommand } from '../text/command-line.ts'
import { quote, sayList, safe } from '../text/text.ts'
import type { World } from '../world.ts'
import { tell } from '../output/print.ts'
import { fold, isSpelled, namesakes } from '../text/folding.ts'

/** A person found by name. */
export interface FoundPerson {
  readonly person: Person
  /** Whether somebody else could have been meant: a part of the name was given, or others have it in theirs. */
  readonly isDoubtful: boolean
}

/**
 * Finds a person by any unambiguous part of the name, without regard to case, accents and the like. A full name beats whole
 * words, those beat the beginning of a word, and that beats any other part; of full names, an exact spelling beats a folded one.
 * People who are still there beat archived ones, but not one whose name is spelled exactly so.
 * @param parts `words`: only a full name or the beginning of a word counts. Used where a name that is not known makes
 *   a new person: “Ana” is not Dana.
 * @returns undefined when nobody fits
 * @throws CoachError (3) with the candidates when several fit
 */
export function matchPerson(
  people: readonly Person[],
  text: string,
  parts: 'any' | 'words' = 'any',
): FoundPerson | undefined {
  const wanted = fold(text)
  if (wanted === '')
    throw usageError('The name is empty.', 'Name the person, as in: coach prep ana')
  const fits = [
    (name: string) => ` ${name} `.includes(` ${wanted} `),
    (name: string) => ` ${name}`.includes(` ${wanted}`),
    ...(parts === 'any' ? [(name: string) => name.includes(wanted)] : []),
  ]
  // Else somebody whose name others have in theirs could not be brought back from the archive.
  const [away, ...others] = people.filter(
    ({ name, archivedAt }) => archivedAt && isSpelled(name, text),
  )
  const isHere = people.some(({ name, archivedAt }) => !archivedAt && isSpelled(name, text))
  if (away && others.length === 0 && !isHere) return { person: away, isDoubtful: false }
  for (const isArchived of [false, true]) {
    const here = people.filter((person) => (person.archivedAt !== null) === isArchived)
    const full = namesakes(here, text, ({ name }) => name)
    const byPart = fits.map((fit) =>
      here.filter(({ name }) => fit(fold(name)) || fit(inWords(name))),
    )
    for (const found of [full, ...byPart]) {
      const [first, ...more] = found
      const isDoubtful = found !== full || here.some((one) => one !== first && isNamedBy(one, text))
      if (first && more.length === 0) return { person: first, isDoubtful }
      if (first) {
        const names = found.map(({ name, id }) => `${name} (${id})`)
        throw notFound(
          `“${text}” fits ${found.length} people: ${sayList(names)}.`,
          'Give more of the name.',
        )
      }
    }
  }
  return undefined
}

/** The person of that name. @throws CoachError (3) when nobody or several fit */
export function findPerson(notebook: Notebook | null, text: string): FoundPerson {
  const people = notebook?.people.list() ?? []
  const found = matchPerson(people, text)
  if (found) return found
  throw notFound(
    `There is nobody called “${text}” in your notebook.`,
    people.length === 0 ? 'Begin with: coach session NAME' : 'See who is there with: coach people',
  )
}

/**
 * Says whom a name was taken for where others could be meant, before anything is written about them, and whether they are in the archive:
 * what is kept for them then shows in no list.
 */
export function echoMatch(world: World, { person, isDoubtful }: FoundPerson): void {
  if (isDoubtful) world.tell(`This is about ${safe(person.name)}.\n`)
  if (person.archivedAt === null) return
  const { name } = person
  tell(
    world,
    `${name} is in the archive. To bring them back: coach person archive "${name}" --undo`,
  )
}

/** A number that a person typed for something in the notebook. */
function readId(text: string, what: string, where: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw usageError(`“${text}” is not the number of ${what}.`, `The numbers stand in: ${where}`)
}

/** @throws CoachError (3) when there is no such item */
export function findItem(notebook: Notebook | null, text: string, safeWord = ''): NamedItem {
  const id = readId(text, 'an action item', 'coach review')
  const item = notebook?.actions.get(id)
  if (item) return item
  throw notFound(
    `There is no action item ${id}.${safeWord}`,
    'See all of them with: coach review --all',
  )
}

/** @throws CoachError (3) when there is no such note */
export function findNote(notebook: Notebook | null, text: string): NamedNote {
  const id = readId(text, 'a note', 'coach note --list')
  const note = notebook?.notes.get(id)
  if (note) return note
  throw notFound(`There is no note ${id}.`, 'See the inbox with: coach note --list')
}

/** @throws CoachError (3) when there is no such session */
export function findSession(notebook: Notebook | null, text: string): Session {
  const id = readId(text, 'a session', 'coach history')
  const session = notebook?.sessions.get(id)
  if (session) return session
  throw notFound(`There is no session ${id}.`, 'See all of them with: coach history')
}

/**
 * A command about a person as it can be typed: on the same notebook, and with as much of the name as tells them from
 * others.
 */
export function commandFor(
  world: World,
  command: string,
  person: Person,
  people: readonly Person[],
): string {
  const { notebook } = world.settings
  const short = nameInCommand(person.name)
  const isEnough = people.every((one) => one.id === person.id || !isNamedBy(one, short))
  const where = notebook === undefined ? '' : ` --notebook "${notebook}"`
  if (command === 'session' && person.relation === 'self') return `coach reflect${where}`
  return `coach ${command} ${isEnough ? short : `"${person.name}"`}${where}`
}

function isNamedBy(person: Person, text: string): boolean {
  return person.archivedAt === null && ` ${inWords(person.name)}`.includes(` ${fold(text)}`)
}

/** A name as words, so that `Robert "Bobby" Ray` is found by Bobby, and `Doe, Jane` by Doe. */
function inWords(name: string): string {
  return fold(name)
    .replaceAll(/[\s,;/|"“”„‟«»‹›()[\]{}<>]+/g, ' ')
    .replaceAll(/(?<![\p{L}\p{M}])'|'(?![\p{L}\p{M}])/gu, '')
    .trim()
}

/** @throws CoachError (3) when there is no such goal */
export function findGoal(notebook: Notebook | null, text: string): NamedGoal {
  if (!/^\d{1,9}$/.test(text)) {
    throw usageError(
      `“${text}” is not the number of a goal.`,
      'The numbers stand in: coach goal list',
    )
  }
  const goal = notebook?.goals.get(Number(text))
  if (goal) return goal
  throw notFound(`There is no goal ${text}.`, 'See all of them with: coach goal list --all')
}

/** @throws CoachError (3) when nothing or several fit */
export function findOpportunity(notebook: Notebook | null, which: string): Opportunity {
  const all = notebook?.opportunities.list({}) ?? []
  const wanted = fold(which)
  const found = /^\d{1,9}$/.test(which)
    ? all.filter(({ id }) => id === Number(which))
    : all.filter(({ name }) => fold(name).includes(wanted))
  const exact = namesakes(found, which, ({ name }) => name)
  const [first, ...more] = exact.length > 0 ? exact : found
  if (first && more.length === 0) return first
  if (first) {
    const names = [first, ...more].map(({ id, name, person }) => `${id} (${name}, ${person})`)
    throw notFound(`“${which}” fits several opportunities: ${sayList(names)}.`, 'Give its number.')
  }
  throw notFound(
    `There is no opportunity ${quote(which)}.`,
    'See all of them with: coach opportunity list --all',
  )
}
