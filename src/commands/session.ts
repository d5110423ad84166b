import { type Guide, hasPreparation } from '../conversation/guide.ts'
import { hold } from '../conversation/hold.ts'
import type { Conversation } from '../conversation/turn.ts'
import { daysBetween, localDay, readDay, sayDay } from '../dates.ts'
import { CoachError, EXIT, exitCodeOf, usageError } from '../errors.ts'
import type { Answer, Pass, Person, Relation, Session } from '../model.ts'
import type { Notebook } from '../notebook/notebook.ts'
import type { Library } from '../questions/library.ts'
import { cadenceOf } from '../render/people.ts'
import { STATUS_WORDS } from '../render/words.ts'
import { list, readName, safe } from '../text.ts'
import type { World } from '../world.ts'
import { gatherFacts, type Preset } from './facts.ts'
import { commandFor, echoMatch, findSession, matchPerson, mustBeAbleToAsk } from './find.ts'
import { checkTags, DEFAULT_GUIDE, findGuide, guideOf, guideWith, loadLibrary } from './library.ts'
import { endPass } from './session-end.ts'

/** Flags of `coach session`. */
export interface SessionOptions extends Preset {
  readonly prepare?: boolean
  readonly record?: boolean
  readonly guide?: string
  readonly quick?: boolean
  readonly full?: boolean
  readonly session?: string
  readonly answers?: string
  readonly template?: boolean
  /** The banks to take questions from, in the place of those that the guide names. */
  readonly questions?: string
}

/** A conversation that is with nobody one coaches. */
interface Special {
  readonly guide: string
  readonly relation: Exclude<Relation, 'report'>
}

/** `coach reflect` */
export async function reflect(world: World, options: SessionOptions): Promise<void> {
  await begin(world, undefined, options, { guide: 'self', relation: 'self' })
}

/** `coach upward [NAME]` */
export async function upward(
  world: World,
  name: string | undefined,
  options: SessionOptions,
): Promise<void> {
  await begin(world, name, options, { guide: 'upward', relation: 'coach' })
}

const INSTEAD = 'Use --answers FILE; coach session --template prints a file to fill in.'

/** `coach session [NAME]` */
export async function run(
  world: World,
  name: string | undefined,
  options: SessionOptions,
): Promise<void> {
  await begin(world, name, options, null)
}

async function begin(
  world: World,
  name: string | undefined,
  options: SessionOptions,
  special: Special | null,
): Promise<void> {
  const named = special?.guide ?? (options.quick ? 'quick' : options.guide)
  const pass = options.prepare ? 'prepare' : options.record ? 'record' : null
  if (options.template) {
    await printTemplate(world, special?.relation === 'self' ? MYSELF : name, named)
  } else if (options.answers !== undefined) {
    const { sessionFromFile } = await import('./session-file.ts')
    const { answers, session } = options
    await sessionFromFile(world, name, { answers, guide: named, pass, session })
  } else {
    await atTheTerminal(world, name, { ...options, guide: named, pass }, special)
  }
}

async function printTemplate(world: World, name: string | undefined, named: string | undefined) {
  const { answersTemplate } = await import('../ask/template.ts')
  const library = await loadLibrary(world)
  const guide = findGuide(library, named ?? DEFAULT_GUIDE)
  const facts = gatherFacts(world, library, null, { name: name ?? '' }, null)
  world.print(answersTemplate(guide, facts, name ?? ''))
}

type TerminalOptions = Omit<SessionOptions, 'guide'> & {
  readonly guide: string | undefined
  readonly pass: Pass | null
}

async function atTheTerminal(
  world: World,
  name: string | undefined,
  options: TerminalOptions,
  special: Special | null,
): Promise<void> {
  const library = await loadLibrary(world)
  if (options.guide !== undefined) findGuide(library, options.guide)
  checkTags(library, { ...options, from: options.questions })
  const before = await world.read()
  const everybody = before?.people.list() ?? []
  const people = special
    ? everybody.filter(({ relation }) => relation === special.relation)
    : everybody
  const known = name === undefined ? onlyOne(people, special) : matchPerson(people, name, 'words')
  if (special && name !== undefined && !known) mustBeNobodyElse(everybody, name)
  // Before anybody is added: a guide for oneself or one's coach is not for one's people.
  const relation = known?.person.relation ?? special?.relation ?? 'report'
  guideWith(library, relation, options.guide)
  mustBeAbleToAsk(world, INSTEAD)
  const person = await whoIsIt(world, people, { name, known, special })
  const notebook = await world.open()
  const session = await whichOne(world, notebook, person, options)
  if (session === 'over') return
  const guide = guideFor(library, person, session, options.guide)
  const pass = await whichPass(world, guide, session, options.pass)
  await holdAtTerminal(world, notebook, library, { person, guide, session, pass, options })
}

/** Somebody one coaches is not taken for one's own coach, nor added a second time. */
function mustBeNobodyElse(everybody: readonly Person[], name: string): void {
  const other = matchPerson(everybody, name, 'words')?.person
  if (!other) return
  throw usageError(
    `${other.name} is in your notebook as somebody you coach.`,
    `Name your own coach, or say who they are: coach person edit "${other.name}" --relation coach`,
  )
}

/** Oneself, or the only coach there is; with anybody else, a name is needed. */
function onlyOne(people: readonly Person[], special: Special | null) {
  const [first, ...more] = people.filter(({ archivedAt }) => archivedAt === null)
  return special && first && more.length === 0 ? { person: first, isPart: false } : undefined
}

/** The name of the person that stands for oneself. */
export const MYSELF = 'Myself'

interface Wanted {
  readonly name: string | undefined
  readonly known: ReturnType<typeof matchPerson>
  readonly special: Special | null
}

/** The person, added after a yes when the name is new. */
async function whoIsIt(
  world: World,
  everybody: readonly Person[],
  { name, known, special }: Wanted,
): Promise<Person> {
  const { confirm, choose, line } = await import('../ask/terminal/small-questions.ts')
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
    wanted = (
      await line(world, special ? 'Who is your coach?' : 'What is the name of the person?')
    ).trim()
    const match = wanted === '' ? undefined : matchPerson(people, wanted, 'words')
    if (match) {
      echoMatch(world, match)
      return match.person
    }
  }
  const clean = readName(wanted)
  if (clean === null) {
    const example = special ? 'coach upward maria' : 'coach session ana'
    throw usageError('This is not a name that can be kept.', `As in: ${example}`)
  }
  if (!(await confirm(world, `There is no “${clean}” in your notebook yet. Add them?`, true))) {
    throw new CoachError(EXIT.notFound, 'Nothing was added.', 'See who is there with: coach people')
  }
  const notebook = await world.open()
  return notebook.write(() => notebook.people.add({ name: clean, relation }))
}

/** The session to go on with, null for a new one, or `over` when it has been settled here. */
async function whichOne(
  world: World,
  notebook: Notebook,
  person: Person,
  options: TerminalOptions,
): Promise<Session | null | 'over'> {
  const { choose } = await import('../ask/terminal/small-questions.ts')
  const unfinished = notebook.sessions.unfinished(person.id)
  if (options.session !== undefined) {
    const session = findSession(notebook, options.session)
    if (unfinished.some((one) => one.id === session.id)) return session
    throw usageError(
      `Session ${session.id} is not an unfinished one with ${person.name}.`,
      `To correct it: coach edit ${session.id}`,
    )
  }
  if (unfinished.length > 1) {
    const lines = unfinished.map((one) => `${one.id} (${STATUS_WORDS[one.status]})`)
    throw usageError(
      `There are ${unfinished.length} unfinished sessions with ${person.name}: ${list(lines)}.`,
      'Name one with --session ID.',
    )
  }
  const [session] = unfinished
  if (session?.status !== 'prepared' || options.pass !== null) return session ?? null
  const since = session.plannedOn ?? localDay(session.updatedAt)
  if (daysBetween(since, world.today()) <= cadenceOf(person)) return session
  const said = await choose(
    world,
    `You prepared this conversation for ${sayDay(since, world.today())}. What became of it?`,
    [
      { id: 'record', title: 'It took place: record it' },
      { id: 'move', title: 'It moved to another day' },
      { id: 'cancel', title: 'It did not happen, and will not' },
    ],
  )
  if (said === 'record') return session
  if (said === 'cancel') {
    notebook.write(() => notebook.sessions.update(session.id, { status: 'cancelled' }))
    world.say('Noted. What you wrote is kept: coach history\n')
    return 'over'
  }
  const plannedOn = await askDay(world)
  notebook.write(() => notebook.sessions.update(session.id, { plannedOn }))
  world.say(
    `Moved to ${sayDay(plannedOn, world.today())}. Your sheet: ${safe(commandFor(world, 'prep', person, notebook.people.list()))}\n`,
  )
  return 'over'
}

async function askDay(world: World): Promise<string> {
  const { line } = await import('../ask/terminal/small-questions.ts')
  for (;;) {
    const reading = await readDay(await line(world, 'To which day?'), world.today())
    if ('day' in reading) return reading.day
    world.say(`${safe(reading.problem)}\n`)
  }
}

function guideFor(
  library: Library,
  person: Person,
  session: Session | null,
  named: string | undefined,
): Guide {
  if (!session) return guideWith(library, person.relation, named)
  if (named === undefined || named === session.guide) return guideOf(library, session)
  throw usageError(
    `Session ${session.id} is unfinished, and it follows the guide “${session.guide}”.`,
    `Go on with it by leaving out the guide, or remove it with: coach delete session ${session.id}`,
  )
}

async function whichPass(
  world: World,
  guide: Guide,
  session: Session | null,
  wanted: Pass | null,
): Promise<Pass> {
  if (!hasPreparation(guide)) return 'record'
  if (wanted) return wanted
  if (session) return session.status === 'preparing' ? 'prepare' : 'record'
  const { choose } = await import('../ask/terminal/small-questions.ts')
  return await choose(world, 'Before the conversation, or now?', [
    { id: 'prepare', title: 'Before: prepare it' },
    { id: 'record', title: 'Now or afterwards: record it' },
  ])
}

interface Sitting {
  readonly person: Person
  readonly guide: Guide
  readonly session: Session | null
  readonly pass: Pass
  readonly options: TerminalOptions
}

async function holdAtTerminal(
  world: World,
  notebook: Notebook,
  library: Library,
  { person, guide, session, pass, options }: Sitting,
): Promise<void> {
  let current = session
  const facts = gatherFacts(world, library, notebook, person, session, {
    full: options.full ?? false,
    preset: options,
    banks: options.questions === undefined ? undefined : [options.questions],
  })
  const start: Conversation = {
    guide,
    pass,
    facts,
    answers: session ? notebook.answers.of(session.id) : [],
  }
  /** The session begins with its first answer: one that was left at once leaves nothing behind. */
  const save = (answers: readonly Answer[]): void => {
    notebook.write(() => {
      if (current && !notebook.sessions.get(current.id)) {
        throw new CoachError(
          EXIT.busy,
          `Session ${current.id} was deleted meanwhile, in another window.`,
        )
      }
      current ??= notebook.sessions.start(person.id, guide)
      const status = pass === 'prepare' ? 'preparing' : 'recording'
      if (current.status !== status) current = notebook.sessions.update(current.id, { status })
      notebook.answers.save(current, answers)
    })
  }
  const { openTerminal } = await import('../ask/terminal/terminal.ts')
  const terminal = openTerminal(world, person.name)
  const held = await hold(start, terminal.ask, save).finally(() => terminal.close())
  const again = commandFor(world, 'session', person, notebook.people.list())
  if (held.ended === 'left') {
    const kept =
      current === null ? 'Nothing was written yet.' : 'Paused. Everything you answered is kept.'
    const code = exitCodeOf(terminal.endedBy)
    const lost = held.unsaved
      ? `\nThis could not be saved; keep it elsewhere:\n${held.unsaved}`
      : ''
    throw new CoachError(code, kept + lost, `Continue with: ${again}`)
  }
  if (!current) throw usageError('There was nothing to ask.', `Begin again with: ${again}`)
  const { id } = current
  if (session?.status === 'prepared' && pass === 'prepare') {
    world.say(`This was prepared already. To change it: coach edit ${id}\n\n`)
  }
  if (held.ended === 'open' && pass === 'record') {
    world.say(`Kept. Something was left for later; finish it with: ${safe(again)}\n`)
    return
  }
  endPass(world, notebook, library, id, pass)
}
