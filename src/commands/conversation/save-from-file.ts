import { type AnswersFile, readAnswers, refuseAnswers } from '../../ask/file/read-answers.ts'
import { passOf, replay } from '../../ask/file/replay.ts'
import type { Guide } from '../../conversation/guide.ts'
import type { Conversation, PromisedItem } from '../../conversation/turn.ts'
import { sayDay } from '../../dates/day.ts'
import { type DayReading, readDay } from '../../dates/read-day.ts'
import { usageError } from '../../errors.ts'
import {
  type Answer,
  isOpen,
  isUnfinished,
  type Pass,
  type Person,
  type Session,
} from '../../model.ts'
import { actionPlace } from '../../answer-places.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import type { Library } from '../../questions/bank/build-library.ts'
import { hang, type Style, wrap } from '../../output/layout.ts'
import { readName, safe, whyNoName } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { inFileOrder, type Problem } from '../../text/file-problem.ts'
import type { Source } from '../../yaml/source.ts'
import { gatherFacts } from './gather-facts.ts'
import { echoMatch, matchPerson } from '../lookup.ts'
import { tell } from '../../output/print.ts'
import { tellPrivateAnswers } from '../../privacy/private-notice.ts'
import { warnOfMany } from '../many-plans.ts'
import { showEnd, writeEnd } from './finish-pass.ts'

/** An answers file with the guide that it follows, and the session that it is for, if there is one already. */
export interface Job {
  readonly source: Source
  readonly library: Library
  readonly guide: Guide
  readonly session: Session | null
  readonly pass: Pass | null
  readonly isCorrection?: boolean
  readonly isPastTaken: boolean
}

/** Saves what an answers file says, whole or not at all. @throws CoachError (2) with every problem of the file and its place */
export async function saveFromFile(world: World, job: Job): Promise<void> {
  const checked = await check(world, job)
  if (checked.owner && checked.found) echoMatch(world, checked.found)
  const notebook = await world.open()
  const saved = save(world, notebook, job, checked)
  const { replayed, owner, start, file } = checked
  if (!owner) world.tell(`${safe(saved.person.name)} is new in your notebook.\n`)
  if (saved.end === null) {
    world.tell(
      `Corrected session ${saved.session.id} with ${safe(saved.person.name)}. What the file leaves out stays as it was.\n`,
    )
    tellPrivateAnswers(world, notebook, replayed.changes)
    return
  }
  showEnd(world, notebook, job.library, saved.end, replayed.pass)
  if (replayed.pass === 'record') {
    const agreed = notebook.actions.ofSession(saved.session.id)
    if (agreed.some(({ owner: who }) => who === 'them')) warnOfMany(world, notebook, saved.person)
    tell(world, leftOpen(start, file, world.today()), renderLeftOpen)
  }
}

/** An answers file in which nothing is wrong. */
interface Checked {
  readonly file: AnswersFile
  /** What `person` in the file means, of those who are in the notebook. */
  readonly found: ReturnType<typeof matchPerson>
  /** Whom the session is with; undefined for somebody new. */
  readonly owner: Person | undefined
  readonly start: Conversation
  readonly replayed: Extract<Awaited<ReturnType<typeof replay>>, { readonly ok: true }>
  readonly heldOn: DayReading | null
  /** What the session held when it was checked. */
  readonly seen: ReturnType<Notebook['answers']['marks']> | null
}

async function check(world: World, job: Job): Promise<Checked> {
  const { source, guide, session } = job
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
  const start = startOf(world, before, job, { file, owner, answers, heldOn })
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
  return { file, found, owner, start, replayed, heldOn, seen }
}

/** The conversation as it stands before the file is heard. */
function startOf(
  world: World,
  before: Notebook | null,
  { guide, library, session, isCorrection, isPastTaken }: Job,
  {
    file,
    owner,
    answers,
    heldOn,
  }: Pick<Checked, 'file' | 'owner' | 'heldOn'> & { readonly answers: readonly Answer[] },
): Conversation {
  const facts = gatherFacts(world, library, before, owner ?? { name: file.person }, session, {
    full: true,
    isCorrection: isCorrection ?? false,
    mentioned: new Set([...file.entries.keys()].map((key) => key.slice(key.indexOf('/') + 1))),
    isPastTaken,
    heldOn: heldOn === null ? session?.heldOn : 'day' in heldOn ? heldOn.day : null,
  })
  return { guide, facts, pass: 'prepare', answers }
}

/** All in one transaction: a disk that fails in between would leave a session that is all there, and not finished. */
function save(
  world: World,
  notebook: Notebook,
  { guide, library, session }: Job,
  { file, owner, replayed, heldOn, seen }: Checked,
) {
  const isFinished = session !== null && !isUnfinished(session.status)
  const newName = readName(file.person) ?? file.person
  return notebook.write(() => {
    const person = owner ?? notebook.people.add({ name: newName, relation: guide.with })
    const its = session ?? notebook.sessions.start(person.id, guide)
    if (seen) notebook.answers.mustBeAsSeen(its.id, replayed.changes, seen)
    if (heldOn && 'day' in heldOn) notebook.sessions.update(its.id, { heldOn: heldOn.day })
    notebook.answers.save(its, replayed.changes)
    const end = isFinished ? null : writeEnd(world, notebook, library, its.id, replayed.pass)
    return { person, session: its, end }
  })
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

/**
 * A correction names action items by their place in the list. A list that is shorter, or in another order, would put
 * the words of one item on another, with its history.
 */
function listProblems(file: AnswersFile, answers: readonly Answer[]): readonly Problem[] {
  const kept = answers.filter(
    (answer) => answer.state === 'answered' && actionPlace(answer.path)?.field === 'what',
  )
  const keys = kept.map((answer) => `${answer.round}/${answer.path}`)
  const given = keys.map((key) => file.entries.get(key))
  if (given.every((entry) => entry === undefined)) return []
  return kept.flatMap((answer, at) => {
    const entry = given[at]
    if (entry === undefined) {
      const message = `the list leaves out “${answer.value}”; to remove it: coach delete action ${answer.itemId}`
      return [file.source.problemAt([], message)]
    }
    const isAnother = kept.some((other) => other !== answer && other.value === entry.text.trim())
    return isAnother && entry.text.trim() !== answer.value
      ? [file.source.problemAt(entry.at, `stands here in the place of “${answer.value}”`)]
      : []
  })
}

/** A correction repeats what became of earlier items; what is only repeated changes nothing. */
function withoutSettled(file: AnswersFile, answers: readonly Answer[]): AnswersFile {
  const isRepeated = (key: string, text: string) =>
    (key.startsWith('0/promises.') || key.startsWith('0/inbox.')) &&
    answers.some((answer) => `${answer.round}/${answer.path}` === key && answer.value === text)
  return {
    ...file,
    entries: new Map([...file.entries].filter(([key, entry]) => !isRepeated(key, entry.text))),
  }
}
