import { daysBetween } from '../dates/day.ts'
import { append } from '../text/lists.ts'
import { type Book, openBook } from './turns/answer-index.ts'
import type { Guide, Prompt, Step } from './guide.ts'
import { inboxTurns, isWaitingForRound } from './turns/inbox-turns.ts'
import { promiseTurns } from './turns/promise-turns.ts'
import { promptTurns } from './turns/prompt-turns.ts'
import { type Conversation, isSettled, keyOf, type Turn } from './turn.ts'

/** Paths that only steer the conversation: the offers of details, of a firmer plan, and of a further round. */
export const STEERING = /(?:^again|\.details|\.firmer)$/

/** The first of these turns that is neither settled nor passed over; undefined when the pass is at its end. */
export function nextOf(
  turns: readonly Turn[],
  passedOver: ReadonlySet<string> = new Set(),
): Turn | undefined {
  return turns.find((turn) => !isSettled(turn) && !passedOver.has(keyOf(turn)))
}

/**
 * Every turn of this pass that the answers given so far lead to, in the order of asking. What an answer opens
 * (details, a further round, the gate) appears once that answer is there. Pure.
 */
export function walk(conversation: Conversation): readonly Turn[] {
  const { guide, facts, pass } = conversation
  const book = openBook(conversation)
  const turns: Turn[] = guide.promises
    ? [...promiseTurns(facts, book), ...inboxTurns(guide, facts, book)]
    : []
  for (let round = 1; ; round++) {
    for (const step of guide.steps) if (!step.once) append(turns, stepTurns(book, step, round))
    const again = pass === 'record' && guide.again ? againTurn(book, guide.again, round) : undefined
    if (again) turns.push(again)
    const wanted = again?.kept?.state === 'answered' && again.kept.value === 'yes'
    if (!wanted && !conversation.answers.some((answer) => answer.round > round)) break
  }
  for (const step of guide.steps) if (step.once) append(turns, stepTurns(book, step, 0))
  return turns
}

type StepPlace = Turn['step']

function placeOf(guide: Guide, step: Step): StepPlace {
  const numbered = guide.steps.filter((one) => !one.once)
  const at = numbered.indexOf(step)
  return { title: step.title, number: at < 0 ? null : at + 1, of: numbered.length }
}

function stepTurns(book: Book, step: Step, round: number): Turn[] {
  const { facts, pass, guide } = book.conversation
  const place = placeOf(guide, step)
  const turns: Turn[] = []
  if (step.gate && pass === 'record') {
    const gate = gateTurn(book, step.gate, place, round)
    if (gate) turns.push(gate)
    if (gate && gate.kept?.state !== 'answered') return turns
  }
  const due = (prompt: Prompt) =>
    book.isDue(round, `${step.id}.${prompt.id}`, prompt.pass) &&
    hasOccasion(book, step, prompt, round)
  for (const prompt of step.prompts) {
    if (!prompt.detail && due(prompt)) append(turns, promptTurns(book, step, prompt, place, round))
  }
  // Details that were offered while preparing are not offered a second time.
  const offered = book.find(round, `${step.id}.details`, 'prepare')?.state ?? 'later'
  const wasOffered = offered !== 'later'
  const details = step.prompts.filter(
    (prompt) =>
      prompt.detail &&
      due(prompt) &&
      !(wasOffered && pass === 'record' && prompt.pass === 'prepare'),
  )
  if (details.length === 0) return turns
  const offer = detailsTurn(book, step, details, place, round)
  const wanted = facts.full || (offer.kept?.state === 'answered' && offer.kept.value === 'yes')
  if (!facts.full) turns.push(offer)
  for (const prompt of details) {
    const asked = promptTurns(book, step, prompt, place, round)
    append(turns, wanted ? asked : asked.filter((turn) => turn.kept?.state === 'answered'))
  }
  return turns
}

/** Whether a prompt that is not asked each time is asked now. */
function hasOccasion(book: Book, step: Step, prompt: Prompt, round: number): boolean {
  const { facts, answers } = book.conversation
  const path = `${step.id}.${prompt.id}`
  const isThere = answers.some((one) => one.round === round && one.path === path)
  if (isThere || facts.mentioned.has(path)) return true
  const { after, every_days: days } = prompt
  const isAfter = (one: { round: number; path: string; state: string }) =>
    one.round === round &&
    one.state === 'answered' &&
    (one.path === after || (one.path.startsWith(`${after}.`) && one.path.endsWith('.what')))
  if (after !== undefined && !answers.some(isAfter)) return false
  const asked = facts.asked.get(prompt.id) ?? facts.knownSince
  const since = asked > facts.knownSince ? asked : facts.knownSince
  return days === undefined || daysBetween(since, facts.today) >= days
}

function gateTurn(
  book: Book,
  gate: NonNullable<Step['gate']>,
  step: StepPlace,
  round: number,
): Turn | undefined {
  const isOpen = gate.opens_with.some((path) =>
    (['prepare', 'record'] as const).some(
      (pass) => book.find(round, path, pass)?.state === 'answered',
    ),
  )
  if (isOpen) return undefined
  const { title, ask, why, reason } = gate
  const visibility = 'private'
  return book.turn({ round, path: reason, kind: 'line', step, title, ask, why, visibility })
}

function detailsTurn(
  book: Book,
  step: Step,
  details: readonly Prompt[],
  place: StepPlace,
  round: number,
): Turn {
  return book.turn({
    round,
    path: `${step.id}.details`,
    kind: 'yes_no',
    step: place,
    title: 'Detail',
    ask: `Add detail? (${details.map((prompt) => prompt.title.toLowerCase()).join(', ')})`,
    why: 'None of it is needed. It pays when you want to see a pattern over some months.',
    default: 'no',
    visibility: 'private',
  })
}

function againTurn(book: Book, again: NonNullable<Guide['again']>, round: number): Turn {
  const isWaiting = isWaitingForRound(book, round)
  return book.turn({
    round,
    path: 'again',
    kind: 'yes_no',
    step: { title: 'Another round', number: null, of: 0 },
    title: 'Another',
    ask: again.ask,
    why: again.why,
    default: isWaiting ? 'yes' : 'no',
    hint: isWaiting ? 'There is another note from your inbox that became an observation.' : null,
    visibility: 'private',
  })
}
