import { sayDay } from '../../dates/day.ts'
import { type Answer, BECOMES, type Becomes } from '../../model.ts'
import { inboxPlace } from '../../answer-places.ts'
import type { Book } from './answer-index.ts'
import type { Guide, Prompt } from '../guide.ts'
import type { Choice, Facts, InboxNote, Turn } from '../turn.ts'
import { bareTurn } from './bare-turn.ts'

/** What a note can become, with one key each. */
const BECOMES_CHOICES = {
  observation: { title: 'An observation, to go through now', key: 'o' },
  praise: { title: 'Praise', key: 'p' },
  topic: { title: 'A topic to raise; it goes on the sheet', key: 't' },
  dropped: { title: 'Dropped', key: 'x' },
  kept: { title: 'Stays in the inbox', key: 'k' },
} as const satisfies Record<Becomes, Omit<Choice, 'id'>>

/** How a note is asked for between conversations. */
export const NOTE_TURN: Turn = bareTurn({
  round: 0,
  path: 'note',
  pass: 'prepare',
  kind: 'note',
  step: { title: 'Note', number: null, of: 0 },
  title: 'Note',
  ask: 'What do you want to remember?',
  why: 'It waits in the inbox, and the next session asks what becomes of it.',
  example: 'He let the customer finish today. Ask how he managed to.',
  visibility: 'private',
})

const STEP = { title: 'Inbox', number: null, of: 0 }
/** How much of a long note is shown where it is decided about, in characters. */
const SHOWN = 400

/** What was noted since the last conversation: each note gives one turn. It is private until something is made of it. */
export function inboxTurns(guide: Guide, facts: Facts, book: Book): Turn[] {
  // Afterwards there is no sheet that a topic could stand on.
  const isAfter = book.conversation.pass === 'record'
  const taken = new Set<Becomes | undefined>(
    guide.steps.flatMap(({ prompts }) => prompts.map((one) => one.takes)),
  )
  const choices = BECOMES.filter(
    (id) => id === 'dropped' || id === 'kept' || taken.has(id) || (id === 'topic' && !isAfter),
  ).map((id) => ({ id, ...BECOMES_CHOICES[id] }))
  return facts.inbox.flatMap((note) => {
    const path = pathOf(note)
    if (!book.isDue(0, path, 'prepare')) return []
    return [
      book.turn({
        round: 0,
        path,
        kind: 'choice',
        step: STEP,
        title: `Note ${note.id}`,
        ask: 'What becomes of it?',
        why: 'You wrote it down so that it would not get lost. Now is the time to use it, or to let it go.',
        about: `${sayDay(note.on, facts.today)}: ${beginning(note.text)}`,
        choices,
        visibility: 'private',
      }),
    ]
  })
}

const pathOf = ({ id }: InboxNote) => `inbox.${id}.becomes`

function beginning(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN).trimEnd()} …`
}

/** A note that became something, with the place among the answers at which that was said. */
interface Taken {
  readonly id: number
  readonly becomes: string
  readonly at: number
}

function takenIn(answers: readonly Answer[]): readonly Taken[] {
  const all = answers.flatMap(({ path, state, value }, at) => {
    const id = inboxPlace(path)?.noteId
    return id !== undefined && state === 'answered' && value !== null
      ? [{ id, becomes: value, at }]
      : []
  })
  return all.toSorted((a, b) => a.id - b.id)
}

/** The places of the prompts at which notes become this. */
function placesFor(guide: Guide, becomes: Becomes): readonly string[] {
  return guide.steps.flatMap(({ id, prompts }) =>
    prompts.flatMap((one) => (one.takes === becomes ? [`${id}.${one.id}`] : [])),
  )
}

/**
 * The round to which each note that became an observation belongs: the first one that is free. What was written in a round
 * before the note was opened was written about something else.
 */
function roundsOf(guide: Guide, answers: readonly Answer[]): ReadonlyMap<number, number> {
  const places = placesFor(guide, 'observation')
  const writtenAt = (round: number) =>
    answers.findIndex(
      (one) => one.round === round && places.includes(one.path) && one.state === 'answered',
    )
  const rounds = new Map<number, number>()
  for (const { id, becomes, at } of takenIn(answers)) {
    if (becomes !== 'observation') continue
    const isFree = (round: number) => {
      const written = writtenAt(round)
      return ![...rounds.values()].includes(round) && (written < 0 || written > at)
    }
    let round = 1
    while (!isFree(round)) round++
    rounds.set(id, round)
  }
  return rounds
}

/**
 * What a prompt takes over from the inbox. An observation has a round of its own where the guide knows rounds; the others
 * come together.
 */
export function noteFor(book: Book, prompt: Prompt, round: number): string | null {
  const { guide, answers, facts } = book.conversation
  if (prompt.takes === undefined) return null
  const rounds = roundsOf(guide, answers)
  const hasRounds = prompt.takes === 'observation' && guide.again !== undefined
  const mine = takenIn(answers).filter(
    ({ id, becomes }) =>
      becomes === prompt.takes && (hasRounds ? rounds.get(id) === round : round <= 1),
  )
  const texts = mine.flatMap(({ id }) => facts.inbox.find((note) => note.id === id)?.text ?? [])
  return texts.length === 0 ? null : texts.join('\n')
}

/** Whether a note that became an observation still waits for a round. */
export function isWaitingForRound(book: Book, round: number): boolean {
  const { guide, answers } = book.conversation
  return [...roundsOf(guide, answers).values()].some((one) => one > round)
}

/** The notes that were to become an observation or praise, and of which nothing was written. */
export function unwrittenNotes(guide: Guide, answers: readonly Answer[]): readonly number[] {
  const rounds = roundsOf(guide, answers)
  const isWritten = (becomes: Becomes, round: number | undefined) => {
    const places = placesFor(guide, becomes)
    return answers.some(
      (one) =>
        places.includes(one.path) &&
        one.state === 'answered' &&
        (round === undefined || one.round === round),
    )
  }
  return takenIn(answers).flatMap(({ id, becomes }) => {
    if (becomes === 'praise') return isWritten('praise', undefined) ? [] : [id]
    if (becomes !== 'observation') return []
    return isWritten('observation', guide.again ? rounds.get(id) : undefined) ? [] : [id]
  })
}
