import { CoachError, EXIT, usageError } from '../../errors.ts'
import type { Person, Relation } from '../../model.ts'
import { readName, whyNoName } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { echoMatch, matchPerson } from '../lookup.ts'

/** A conversation that is with nobody one coaches. */
export interface Special {
  readonly guide: string
  readonly relation: Exclude<Relation, 'report'>
}

/** Somebody one coaches is not taken for one's own coach, nor added a second time. */
export function mustBeNobodyElse(everybody: readonly Person[], name: string): void {
  const other = matchPerson(everybody, name, 'words')?.person
  if (!other) return
  throw usageError(
    `${other.name} is in your notebook as somebody you coach.`,
    `Name your own coach, or say who they are: coach person edit "${other.name}" --relation coach`,
  )
}

/** Oneself, or the only coach there is; with anybody else, a name is needed. */
export function onlyOne(people: readonly Person[], special: Special | null) {
  const [first, ...more] = people.filter(({ archivedAt }) => archivedAt === null)
  return special && first && more.length === 0 ? { person: first, isDoubtful: false } : undefined
}

/** The name of the person that stands for oneself. */
export const MYSELF = 'Myself'

interface Wanted {
  readonly name: string | undefined
  readonly known: ReturnType<typeof matchPerson>
  readonly special: Special | null
}

/** The person, added after a yes when the name is new. */
export async function whoIsIt(
  world: World,
  everybody: readonly Person[],
  { name, known, special }: Wanted,
): Promise<Person> {
  const { confirm, choose, line } = await import('../../ask/terminal/single-questions.ts')
  if (known) {
    echoMatch(world, known)
    return known.person
  }
  const relation = special?.relation ?? 'report'
  if (relation === 'self') {
    const notebook = await world.open()
    return notebook.write(() => notebook.people.add({ name: MYSELF, relation }))
  }
  let wanted = name
  if (wanted === undefined) {
    const people = everybody.filter((person) => person.archivedAt === null)
    const choices = people.map((person) => ({ id: String(person.id), title: person.name }))
    const other = { id: 'other', title: 'Somebody else' }
    const picked =
      people.length === 0 ? 'other' : await choose(world, 'Who is it with?', [...choices, other])
    const found = people.find((person) => String(person.id) === picked)
    if (found) return found
    const asked = special ? 'Who is your coach?' : 'What is the name of the person?'
    const check = (typed: string) => {
      const problem = whyNoName(typed)
      return problem === null ? null : `This ${problem}.`
    }
    wanted = (await line(world, asked, { check })).trim()
    const match = matchPerson(people, wanted, 'words')
    if (match) {
      echoMatch(world, match)
      return match.person
    }
  }
  const clean = readName(wanted)
  const problem = whyNoName(wanted)
  if (clean === null || problem !== null) {
    const example = special ? 'coach upward maria' : 'coach session ana'
    throw usageError(`This ${problem}.`, `As in: ${example}`)
  }
  if (!(await confirm(world, `There is no “${clean}” in your notebook yet. Add them?`, true))) {
    throw new CoachError(EXIT.notFound, 'Nothing was added.', 'See who is there with: coach people')
  }
  const notebook = await world.open()
  return notebook.write(() => notebook.people.add({ name: clean, relation }))
}
