import { largest } from '../text/lists.ts'
import {
  type ActionItem,
  type Answer,
  type AnswerKind,
  ASK_KINDS,
  type AskKind,
  type Note,
  type Owner,
  type Visibility,
} from '../model.ts'
import { actionPlace, inboxPlace, promisePlace } from '../answer-places.ts'
import { gatePlace } from './turns/gate-turns.ts'
import type { Guide } from './guide.ts'
import { STEERING } from './walk.ts'

/** One thing that was said, with the wording under which it was asked. */
export interface RecordEntry {
  readonly path: string
  /** A short name for narrow places; the wording where the guide is gone. */
  readonly title: string
  readonly wording: string
  readonly kind: AnswerKind
  readonly value: string
  readonly visibility: Visibility
  /** Prepared, but not (or not yet) recorded as said. */
  readonly isPlanned: boolean
}

interface AskedQuestion {
  readonly kind: AskKind
  readonly question: string
  readonly heard: string | null
  readonly opened: string | null
}

/** One step of one round. Round 0 is what is asked once. */
export interface StepRecord {
  readonly round: number
  readonly id: string
  readonly title: string
  readonly entries: readonly RecordEntry[]
  readonly questions: readonly AskedQuestion[]
  readonly actions: readonly ActionItem[]
}

export interface PromiseRecord {
  readonly itemId: number
  /** The item's text; null when it has been deleted since. */
  readonly what: string | null
  readonly owner: Owner | null
  readonly outcome: string
  readonly note: string | null
  readonly to: string | null
}

/** What became of a note of the inbox. It is private. */
interface InboxRecord {
  readonly noteId: number
  /** The note's text; null when it has been deleted since. */
  readonly text: string | null
  readonly becomes: string
}

/** A session put in order, step by step: what `show`, the exports and an answers file are made from. */
export interface SessionRecord {
  readonly promises: readonly PromiseRecord[]
  readonly inbox: readonly InboxRecord[]
  readonly rounds: number
  readonly steps: readonly StepRecord[]
}

/**
 * Puts the answers of a session in order. What may be shared is decided before: give only the shared answers,
 * and nothing made from the record can hold a private one. `guide` gives titles and order; a session whose
 * guide is gone is shown in the order in which it was answered. `items` are those it made and those it settled, `notes`
 * those of the inbox that it made something of.
 */
export function buildRecord(
  answers: readonly Answer[],
  items: readonly ActionItem[],
  guide: Guide | undefined,
  notes: readonly Note[] = [],
): SessionRecord {
  const given = settledAnswers(answers)
  const isOnce = new Set(guide?.steps.filter((step) => step.once).map((step) => step.id))
  const rounds = largest(
    given.map((answer) => answer.round),
    1,
  )
  const places = new Map<string, { round: number; id: string; answers: Answer[] }>()
  for (const answer of given) {
    if (promisePlace(answer.path) || inboxPlace(answer.path)) continue
    const id = stepOf(answer.path, guide)
    const key = `${answer.round}/${id}`
    const place = places.get(key) ?? { round: answer.round, id, answers: [] }
    place.answers.push(answer)
    places.set(key, place)
  }
  const order = (id: string) => guide?.steps.findIndex((step) => step.id === id) ?? 0
  const steps = [...places.values()]
    .map(({ round, id, answers: said }) => ({
      round,
      id,
      title: guide?.steps.find((step) => step.id === id)?.title ?? id.replaceAll('_', ' '),
      entries: entriesOf(said, answers, guide),
      questions: questionsOf(said),
      actions: actionsOf(said, items),
    }))
    .filter((step) => step.entries.length + step.questions.length + step.actions.length > 0)
    .toSorted((a, b) => {
      const last = (step: StepRecord) => (isOnce.has(step.id) ? rounds + 1 : step.round)
      return last(a) - last(b) || order(a.id) - order(b.id)
    })
  return { promises: promisesOf(given, items), inbox: inboxOf(given, notes), rounds, steps }
}

/** The answer that holds at each place: what was recorded, else what was prepared. */
function settledAnswers(answers: readonly Answer[]): readonly Answer[] {
  const byPlace = new Map<string, Answer>()
  for (const answer of answers) {
    if (answer.state !== 'answered' || answer.value === null || STEERING.test(answer.path)) continue
    const key = `${answer.round}/${answer.path}`
    if (answer.pass === 'record' || !byPlace.has(key)) byPlace.set(key, answer)
  }
  return [...byPlace.values()]
}

/** The step an answer belongs to; the reason for passing a gate belongs to the step behind it. */
function stepOf(path: string, guide: Guide | undefined): string {
  const gated = guide?.steps.find((step) => step.gate?.reason === path)
  return gated?.id ?? path.split('.')[0] ?? path
}

function entriesOf(
  said: readonly Answer[],
  all: readonly Answer[],
  guide: Guide | undefined,
): readonly RecordEntry[] {
  const prompts = guide?.steps.flatMap((step) =>
    step.prompts.map((one) => ({ ...one, step: step.id })),
  )
  const place = (path: string) => prompts?.findIndex((one) => `${one.step}.${one.id}` === path) ?? 0
  return said
    .filter((answer) => !actionPlace(answer.path) && !/\.\d+\.\w+$/.test(answer.path))
    .map((answer) => {
      const prompt = prompts?.find((one) => `${one.step}.${one.id}` === answer.path)
      const isPlanned = answer.pass === 'prepare' && prompt?.pass === 'both'
      const { path, wording, kind, visibility } = answer
      const gate = guide?.steps.find((step) => step.gate?.reason === path)?.gate
      const title = prompt?.title ?? gate?.title ?? gateTitle(path, wording)
      return { path, title, wording, kind, value: answer.value ?? '', visibility, isPlanned }
    })
    .toSorted((a, b) => place(a.path) - place(b.path) || position(all, a) - position(all, b))
}

const GATE_TITLES = { did: 'seller', evidence: 'customer', heard: 'question' } as const

/** The parts of a two-sided gate are named by the stage that their wording begins with: “Discover, customer”. */
function gateTitle(path: string, wording: string): string {
  const place = gatePlace(path)
  const stage = wording.split(/[:,]/, 1)[0] ?? wording
  return place ? `${stage}, ${GATE_TITLES[place.field]}` : wording
}

function position(answers: readonly Answer[], entry: RecordEntry): number {
  return answers.findIndex((answer) => answer.path === entry.path)
}

function questionsOf(said: readonly Answer[]): readonly AskedQuestion[] {
  return ASK_KINDS.flatMap((kind, at) => {
    const find = (field: string) =>
      said.find((answer) => answer.path.endsWith(`.${at + 1}.${field}`))?.value ?? null
    const question = find('question')
    return question === null
      ? []
      : [{ kind, question, heard: find('heard'), opened: find('opened') }]
  })
}

/** The action items agreed in a step, as they are now. */
function actionsOf(said: readonly Answer[], items: readonly ActionItem[]): readonly ActionItem[] {
  return said
    .filter((answer) => actionPlace(answer.path)?.field === 'what')
    .flatMap((answer) => items.find((item) => item.id === answer.itemId) ?? [])
}

function inboxOf(given: readonly Answer[], notes: readonly Note[]): readonly InboxRecord[] {
  return given.flatMap(({ path, value }) => {
    const noteId = inboxPlace(path)?.noteId
    if (noteId === undefined || value === null) return []
    return [{ noteId, text: notes.find(({ id }) => id === noteId)?.text ?? null, becomes: value }]
  })
}

function promisesOf(
  given: readonly Answer[],
  items: readonly ActionItem[],
): readonly PromiseRecord[] {
  const said = (itemId: number, field: string) =>
    given.find((answer) => answer.path === `promises.${itemId}.${field}`)?.value ?? null
  return given.flatMap((answer) => {
    const place = promisePlace(answer.path)
    if (place?.field !== 'outcome' || answer.value === null) return []
    const { itemId } = place
    const item = items.find((one) => one.id === itemId)
    const [what, owner] = [item?.what ?? null, item?.owner ?? null]
    // What belongs to another outcome that was said before does not count.
    const isCarried = answer.value === 'carried'
    const note = isCarried || answer.value === 'done' ? null : said(itemId, 'note')
    const to = isCarried ? said(itemId, 'to') : null
    return [{ itemId, what, owner, outcome: answer.value, note, to }]
  })
}
