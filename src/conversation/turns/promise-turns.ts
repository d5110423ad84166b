import { type Day, daysBetween, sayDay } from '../../dates/day.ts'
import { OUTCOMES, type Outcome, type Visibility } from '../../model.ts'
import { count, sayCarried } from '../../text/text.ts'
import type { Book } from './answer-index.ts'
import type { Choice, Facts, PromisedItem, Turn } from '../turn.ts'

const OUTCOME_CHOICES = {
  done: { title: 'Done', key: 'd' },
  part: { title: 'Partly done, stays open', key: 'p' },
  missed: { title: 'Missed, and closed', key: 'm' },
  dropped: { title: 'Dropped, no longer wanted', key: 'x' },
  carried: { title: 'Carried to a later day', key: 'c' },
} as const satisfies Record<Outcome, Omit<Choice, 'id'>>

/** How an outcome is chosen, with one key each. */
export const OUTCOME_LIST: readonly Choice[] = OUTCOMES.map((id) => ({
  id,
  ...OUTCOME_CHOICES[id],
}))

const STEP = { title: 'Promises', number: null, of: 0 }
const WHY =
  'What was agreed is worth looking at before anything new. Nothing here depends on dates: what is open comes back.'

/**
 * What was promised, on both sides, before anything new is agreed (progress helps when it is looked at and
 * recorded). Each open item gives one turn, and a second for the reason or the new day.
 */
export function promiseTurns(facts: Facts, book: Book): Turn[] {
  return facts.promises.flatMap((item) => {
    const path = (field: string) => `promises.${item.id}.${field}`
    // What was passed over while preparing is asked in the conversation: its day may have come by then.
    const isSaid = book.find(0, path('outcome'), 'prepare')?.state === 'answered'
    if (isSaid && book.conversation.pass === 'record') return []
    const about = sayPromise(item, facts)
    const visibility: Visibility = item.isPrivate ? 'private' : 'shared'
    const shared = { round: 0, step: STEP, about, visibility }
    const outcome = book.turn({
      ...shared,
      path: path('outcome'),
      kind: 'choice',
      title: `Promise ${item.id}`,
      ask: 'What became of it?',
      why: WHY,
      required: isDue(item, facts.today),
      choices: OUTCOME_LIST,
    })
    const became = outcome.kept?.state === 'answered' ? outcome.kept.value : null
    if (became === null || became === 'done') return [outcome]
    const more =
      became === 'carried'
        ? book.turn({
            ...shared,
            path: path('to'),
            kind: 'date',
            title: 'Carried to',
            ...TO_WHICH_DAY,
            required: isDue(item, facts.today),
            isAhead: true,
          })
        : book.turn({
            ...shared,
            path: path('note'),
            kind: 'line',
            title: 'Note',
            ...whyOf(became),
            visibility: 'private',
          })
    return [outcome, more]
  })
}

/** Whether an item's day has come: then it is not passed over. */
function isDue({ due }: PromisedItem, today: Day): boolean {
  return due !== null && due <= today
}

/** How the new day of a carried item is asked for. */
export const TO_WHICH_DAY = {
  ask: 'To which day?',
  why: 'Without a new day it keeps the one it has, and one that has passed is of no use.',
  example: 'fri',
}

/** How the reason of an outcome is asked for. */
export function whyOf(outcome: string): { readonly ask: string; readonly why: string } {
  const ask =
    outcome === 'part'
      ? 'What is left of it?'
      : outcome === 'dropped'
        ? 'Why is it no longer wanted?'
        : 'What got in the way?'
  return { ask, why: 'One line, for you alone. It helps to make the next plan smaller.' }
}

function sayPromise(item: PromisedItem, facts: Facts): string {
  const who = item.owner === 'me' ? 'You' : facts.name
  const late = item.due === null ? 0 : daysBetween(item.due, facts.today)
  const how = late > 0 ? `, ${count(late, 'day')} late` : ''
  const due = item.due === null ? 'no date' : `due ${sayDay(item.due, facts.today)}${how}`
  const carried = item.carried === 0 ? '' : `, ${sayCarried(item.carried)}`
  return `${who}: ${item.what} (${due}${carried})`
}
