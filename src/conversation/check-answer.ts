import { type Day, sayDay } from '../dates/day.ts'
import { readDatedLine, readDay } from '../dates/read-day.ts'
import type { ActionField, AnswerKind, Owner } from '../model.ts'
import { readRepeat } from '../dates/recurrence.ts'
import { sayList, oneLine, quote, readName, tidy, whyNoName } from '../text/text.ts'
import type { Choice } from './turn.ts'

/** The longest text of one answer, in characters. */
const MAX_TEXT = 100_000

/** The length of the longest text, in words. */
export const MOST_TEXT = '100000 characters'

/** The longest text of an action item or a goal: it stands in lists. What is kept already may be longer. */
export const MOST_WHAT = 1000

/** What a typed answer comes to: the value as it is kept, or what is wrong with it. */
export type CheckedAnswer =
  | {
      readonly value: string
      /** The day that stood at the end of an action item. */
      readonly due?: Day | null
      /** Whose an action item is, where that was said. */
      readonly owner?: Owner | null
    }
  | {
      readonly problem: string
      /** The day has passed, where one ahead is meant; said again, it may be taken. */
      readonly isPast?: boolean
    }

/** What a check needs to know about what it checks. */
export interface Checkable {
  readonly kind: AnswerKind
  readonly title: string
  readonly choices: readonly Choice[]
  /** Whether a day that is meant lies ahead. */
  readonly isAhead?: boolean
  /** The day of a past conversation: a day lies ahead when it lay ahead then. */
  readonly heldOn?: Day | null
  /** The day that a day must come before. */
  readonly before?: Day | null
  /** The field of an action item that it is. */
  readonly action?: { readonly field: ActionField } | null
  /** What holds already: saying it again is always right. */
  readonly kept?: { readonly value: string | null } | null
}

type Check = (text: string, turn: Checkable, today: Day) => CheckedAnswer | Promise<CheckedAnswer>

const YES = new Set(['y', 'yes', 'true'])
const NO = new Set(['n', 'no', 'false'])

/** What an action item begins with that is the manager's own. */
const OF_MINE = /^\s*me\s*:\s*(\S.*)$/is

const line: Check = (text) => ({ value: oneLine(text) })

const CHECKS = {
  line,
  note: (text) => ({ value: tidy(text) }),
  question: line,
  opportunity: (text) => {
    const problem = whyNoName(text)
    return problem === null ? { value: readName(text) ?? text } : { problem: `This ${problem}.` }
  },
  choice: (text, turn) => {
    const typed = text.trim().toLowerCase()
    const found =
      turn.choices.find((choice) => choice.id === typed) ??
      turn.choices.find((choice) => choice.title.toLowerCase() === typed)
    if (found) return { value: found.id }
    const ids = turn.choices.map((choice) => choice.id)
    return { problem: `${quote(text)} is not one of ${sayList(ids, 'or')}.` }
  },
  rating: (text) =>
    /^[1-5]$/.test(text.trim())
      ? { value: text.trim() }
      : { problem: `A rating is a whole number from 1 to 5, not ${quote(text)}.` },
  yes_no: (text) => {
    const typed = text.trim().toLowerCase()
    if (YES.has(typed)) return { value: 'yes' }
    return NO.has(typed) ? { value: 'no' } : { problem: `Answer yes or no, not ${quote(text)}.` }
  },
  date: async (text, _turn, today) => {
    const reading = await readDay(text, today)
    return 'problem' in reading ? reading : { value: reading.day }
  },
  action: async (text, _turn, today) => {
    const [, mine] = OF_MINE.exec(text) ?? []
    const reading = await readDatedLine(oneLine(mine ?? text), today)
    if ('problem' in reading) return reading
    const owner = mine === undefined ? null : 'me'
    return { value: reading.text, due: reading.day, owner }
  },
  repeat: (text) => {
    const reading = readRepeat(text)
    return 'problem' in reading ? reading : { value: reading.repeat }
  },
} as const satisfies Record<AnswerKind, Check>

/**
 * Checks a typed answer. The same checks run at the prompt, for an answers file and for every command.
 * @param isPastTaken take a day that has passed where one ahead is meant
 */
export async function checkAnswer(
  text: string,
  turn: Checkable,
  today: Day,
  isPastTaken = false,
): Promise<CheckedAnswer> {
  if (text.length > MAX_TEXT && Array.from(text.trimEnd()).length > MAX_TEXT) {
    return { problem: `This is longer than ${MOST_TEXT}, the most that one text can hold.` }
  }
  if (!text.isWellFormed()) return { problem: 'This holds half of a character, which is not text.' }
  if (text.includes('\0')) return { problem: 'This holds a NUL character, which is not text.' }
  const checked = await CHECKS[turn.kind](text, turn, today)
  if ('value' in checked && isTooLong(checked.value, turn)) {
    return {
      problem: `This is longer than ${MOST_WHAT} characters, the most that an action item can hold. The rest can be kept as a note.`,
    }
  }
  if (turn.before && 'value' in checked && checked.value >= turn.before) {
    return { problem: `${sayDay(checked.value, today)} is not before the day it is due.` }
  }
  if (!turn.isAhead || isPastTaken || 'problem' in checked) return checked
  const day = turn.kind === 'date' ? checked.value : 'due' in checked ? checked.due : null
  const { heldOn } = turn
  if (!day || day >= (heldOn ?? today) || checked.value === turn.kept?.value) return checked
  const problem = heldOn
    ? `${sayDay(day, today)} (${day}) is before the conversation, ${sayDay(heldOn, today)}.`
    : `${sayDay(day, today)} (${day}) has passed.`
  return { problem, isPast: true }
}

function isTooLong(value: string, { kind, action, kept }: Checkable): boolean {
  const isItem = kind === 'action' || action?.field === 'what'
  return isItem && value.length > MOST_WHAT && value !== kept?.value
}
