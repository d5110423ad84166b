import {
  type AnswersFile,
  openAnswers,
  readAnswers,
  refuseAnswers,
} from '../../ask/file/read-answers.ts'
import { passOf, replay } from '../../ask/file/replay.ts'
import type { Guide } from '../../conversation/guide.ts'
import type { Conversation, PromisedItem } from '../../conversation/turn.ts'
import { sayDay } from '../../dates/day.ts'
import { type DayReading, readDay } from '../../dates/read-day.ts'
import { notFound, usageError } from '../../errors.ts'
import { isOpen, isUnfinished, type Pass, type Person, type Session } from '../../model.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import type { Library } from '../../questions/bank/build-library.ts'
import { hang, type Style, wrap } from '../../output/layout.ts'
import { readName, safe, whyNoName } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { inFileOrder, type Problem } from '../../text/file-problem.ts'
import type { Source } from '../../yaml/read-yaml.ts'
import { gatherFacts } from './gather-facts.ts'
import { echoMatch, findSession, matchPerson } from '../lookup.ts'
import { readInput } from '../../ask/file/read-input.ts'
import { findGuide, guideOf, guideWith, loadLibrary } from '../../library/load-library.ts'
import { mention } from '../../output/present.ts'
import { tellPrivateAnswers } from '../../privacy/private-notice.ts'
import { listProblems, withoutSettled } from './correct-from-file.ts'
import { warnOfMany } from '../many-plans.ts'
import { showEnd, writeEnd } from './finish-pass.ts'

/** Flags of `coach session` that matter for an answers file. */
export interface FileOptions {
  readonly answers: string
  readonly guide?: string | undefined
  readonly pass: Pass | null
  readonly session?: string | undefined
  /** Take days that have passed where one ahead is meant. */
  readonly past?: boolean | undefined
}

const NOTHING_SAVED = 'Nothing was saved.'

/**
 * `coach session --answers FILE`: the whole conversation from a file, by the same engine and checks as at the
 * prompt. A wrong file is refused whole, with every problem and its place.
 */
export async function sessionFromFile(
  world: World,
  name: string | undefined,
  options: FileOptions,
): Promise<void> {
  const { label, text } = await readInput(world, options.answers, NOTHING_SAVED)
  const { source, guide: inFile, person: inName } = openAnswers(label, text)
  const library = await loadLibrary(world)
  const notebook = await world.read()
  const people = notebook?.people.list() ?? []
  const named = options.guide ?? inFile
  if (inFile !== null && options.guide === undefined) mustKnow(library, source, inFile)
  const known = inName === null ? undefined : matchPerson(people, inName, 'words')?.person
  const expected = named
    ? findGuide(library, named)
    : guideWith(library, known?.relation ?? 'report', undefined)
  const { file } = readAnswers(source, expected)
  if (name !== undefined && file.person !== '') mustAgree(people, name, file.person)
  const person = file.person === '' ? undefined : matchPerson(people, file.person, 'words')?.person
  if (options.session !== undefined && !person) {
    throw notFound(`Session ${options.session} is not with ${file.person}.`, 'See: coach history')
  }
  const oneself = people.find(({ relation }) => relation === 'self')
  if (!person && oneself && expected.with === 'self') {
    throw usageError(
      `You are “${oneself.name}” in your notebook, and the file is about ${file.person}. Nothing was saved.`,
      `Write “person: ${oneself.name}” into the file.`,
    )
  }
  const session = notebook && person ? theSession(notebook, person, options.session) : null
  const guide = session
    ? guideFor(library, session, named)
    : guideWith(library, person?.relation ?? expected.with, named ?? expected.id)
  const { pass, past } = options
  await apply(world, { source, library, guide, session, pass, isPastTaken: past ?? false })
}

function mustKnow(library: Library, source: Source, guide: string): void {
  const ids = library.guides.map((one) => one.id).toSorted()
  if (ids.includes(guide)) return
  throw refuseAnswers([source.problemAt(['guide'], `guide: should be one of ${ids.join(', ')}`)])
}

/** `coach edit ID --answers FILE`: what the file says replaces what the session says. */
export async function editFromFile(
  world: World,
  session: Session,
  answers: string,
  isPastTaken: boolean,
): Promise<void> {
  const { label, text } = await readInput(world, answers, NOTHING_SAVED)
  const { source } = openAnswers(label, text)
  const library = await loadLibrary(world)
  const pass =
    session.status === 'preparing' || session.status === 'prepared' ? 'prepare' : 'record'
  const guide = guideOf(library, session)
  await apply(world, { source, library, guide, session, pass, isCorrection: true, isPastTaken })
}

interface Job {
  readonly source: Source
  readonly library: Library
  readonly guide: Guide
  readonly session: Session | null
  readonly pass: Pass | null
  readonly isCorrection?: boolean
  readonly isPastTaken: boolean
}

async function apply(world: World, job: Job): Promise<void> {
  const { source, guide, session, library } = job
  const read = readAnswers(source, guide)
  const before = await world.read()
  const seen = session && before ? before.answers.marks(session.id) : null
  const answers = session && before ? before.answers.of(session.id) : []
  const file = job.isCorrection ? withoutSettled(read.file, answers) : read.file
  const found =
    file.person === '' ? undefined : matchPerson(before?.people.list() ?? [], file.person, 'words')
  const owner = session ? before?.people.get(session.personId) : found?.person
  if (session && owner && file.person !== '' && found?.person.id !== owner.id) {
    throw usageError(
      `Session ${session.id} is with ${owner.name}, and ${source.file} is about ${file.person}. Nothing was saved.`,
      'Correct “person” in the file.',
    )
  }
  const isRecorded = session?.status === 'recording' || session?.status === 'done'
  const pass = job.pass ?? (isRecorded ? 'record' : passOf(guide, file))
  const heldOn = await readHeldOn(world, file, pass)
  const start: Conversation = {
    guide,
    facts: gatherFacts(world, library, before, owner ?? { name: file.person }, session, {
      full: true,
      isCorrection: job.isCorrection ?? false,
      mentioned: new Set([...file.entries.keys()].map((key) => key.slice(key.indexOf('/') + 1))),
      isPastTaken: job.isPastTaken,
      heldOn: heldOn === null ? session?.heldOn : 'day' in heldOn ? heldOn.day : null,
    }),
    pass: 'prepare',
    answers,
  }
  // What was said then was said on that day: “by fri” is the Friday after the conversation.
  const { heldOn: then, today } = start.facts
  const facts = { ...start.facts, today: then ?? today }
  const replayed = await replay({ ...start, facts }, file, pass)
  const noName = owner ? null : whyNoName(file.person)
  const problems = [
    ...(noName === null || read.problems.length > 0
      ? []
      : [source.problemAt(['person'], `person: ${noName}`)]),
    ...(job.isCorrection ? listProblems(read.file, answers) : []),
    ...read.problems,
    ...(replayed.ok ? [] : replayed.problems),
    ...(heldOn && 'problem' in heldOn
      ? [file.source.problemAt(file.heldOn?.at ?? [], `held_on: ${heldOn.problem}`)]
      : []),
  ]
  if (problems.length > 0 || !replayed.ok) throw refuseAnswers(inFileOrder(distinct(problems)))
  if (owner && found) echoMatch(world, found)
  const newName = readName(file.person) ?? file.person

  const notebook = await world.open()
  const isFinished = session !== null && !isUnfinished(session.status)
  // All in one transaction: a disk that fails in between would leave a session that is all there, and not finished.
  const saved = notebook.write(() => {
    const person = owner ?? notebook.people.add({ name: newName, relation: guide.with })
    const its = session ?? notebook.sessions.start(person.id, guide)
    if (seen) notebook.answers.mustBeAsSeen(its.id, replayed.changes, seen)
    if (heldOn && 'day' in heldOn) notebook.sessions.update(its.id, { heldOn: heldOn.day })
    notebook.answers.save(its, replayed.changes)
    const end = isFinished ? null : writeEnd(world, notebook, library, its.id, replayed.pass)
    return { person, session: its, end }
  })
  if (!owner) world.say(`${safe(saved.person.name)} is new in your notebook.\n`)
  if (saved.end === null) {
    world.say(
      `Corrected session ${saved.session.id} with ${safe(saved.person.name)}. What the file leaves out stays as it was.\n`,
    )
    tellPrivateAnswers(world, notebook, replayed.changes)
    return
  }
  showEnd(world, notebook, library, saved.end, replayed.pass)
  if (replayed.pass === 'record') {
    const agreed = notebook.actions.ofSession(saved.session.id)
    if (agreed.some(({ owner }) => owner === 'them')) warnOfMany(world, notebook, saved.person)
    mention(world, leftOpen(start, file, world.today()), renderLeftOpen)
  }
}

/** What was due and is not mentioned in the file: it is not passed over in silence. */
function leftOpen(start: Conversation, file: AnswersFile, today: string): readonly PromisedItem[] {
  if (!start.guide.promises) return []
  return start.facts.promises.filter(
    ({ id, due, status }) =>
      isOpen(status) &&
      due !== null &&
      due <= today &&
      !file.entries.has(`0/promises.${id}.outcome`),
  )
}

function renderLeftOpen(items: readonly PromisedItem[], { width }: Style): string {
  const [first] = items
  if (!first) return ''
  const lines = items.map(({ id, what }) => hang(`  ${id}  `, what, width))
  const next = `Say it with: coach done ${first.id} · coach missed ${first.id} · coach carry ${first.id} --to fri`
  return `\nDue, and the file does not say what became of it:\n${[...lines, ...wrap(next, width)].join('\n')}\n`
}

async function readHeldOn(world: World, file: AnswersFile, pass: Pass): Promise<DayReading | null> {
  if (!file.heldOn) return null
  const today = world.today()
  const reading = await readDay(file.heldOn.text, today, pass === 'record' ? 'past' : 'ahead')
  const isAhead = 'day' in reading && reading.day > today && pass === 'record'
  return isAhead ? { problem: `${sayDay(reading.day, today)} has not come yet.` } : reading
}

/** The first problem at each place: what follows from it adds nothing. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  const byPlace = new Map<string, Problem>()
  for (const problem of problems) {
    // Several things can be missing at one place; of other problems, what follows from the first adds nothing.
    const what = problem.message.endsWith('is missing') ? problem.message : ''
    const place = `${problem.line}:${problem.column} ${what}`
    if (!byPlace.has(place)) byPlace.set(place, problem)
  }
  return [...byPlace.values()]
}

/** Stands for a person who is not there yet, so that names can be compared. */
const NOBODY: Person = {
  id: 0,
  uuid: '',
  name: '',
  relation: 'report',
  leadsOthers: false,
  role: null,
  cadenceDays: null,
  archivedAt: null,
  createdAt: '',
}

/** A name on the command line and one in the file must mean the same person. */
function mustAgree(people: readonly Person[], name: string, inFile: string): void {
  const written = matchPerson(people, inFile, 'words')?.person
  const said = written
    ? matchPerson(people, name)?.person.id === written.id
    : matchPerson([{ ...NOBODY, name: inFile }], name) !== undefined
  if (said) return
  throw usageError(
    `The command names “${name}”, and the file “${inFile}”. Nothing was saved.`,
    'Leave the name out of the command, or correct “person” in the file.',
  )
}

/** The person's only unfinished session, the one named, or none. */
function theSession(notebook: Notebook, person: Person, id: string | undefined): Session | null {
  if (id !== undefined) {
    const session = findSession(notebook, id)
    if (session.personId !== person.id) {
      throw notFound(`Session ${session.id} is not with ${person.name}.`, 'See: coach history')
    }
    if (isUnfinished(session.status)) return session
    throw usageError(
      `Session ${session.id} is finished. Nothing was saved.`,
      `To correct it: coach edit ${session.id} --answers FILE`,
    )
  }
  const unfinished = notebook.sessions.unfinished(person.id)
  if (unfinished.length > 1) {
    const ids = unfinished.map((session) => session.id).join(', ')
    throw usageError(
      `There are ${unfinished.length} unfinished sessions with ${person.name}: ${ids}.`,
      'Name one with --session ID.',
    )
  }
  return unfinished[0] ?? null
}

function guideFor(library: Library, session: Session, named: string | null): Guide {
  if (named === null || named === session.guide) return guideOf(library, session)
  throw usageError(
    `Session ${session.id} is unfinished and has the guide “${session.guide}”, not “${named}”. Nothing was saved.`,
    `Finish it, or remove it with: coach delete session ${session.id}`,
  )
}
