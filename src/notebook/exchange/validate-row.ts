import type { AnswerKind, GoalStatus, ItemStatus } from '../../model.ts'
import { readRepeat } from '../../dates/recurrence.ts'
import { HIGH_NUMBER, MOST_DAYS, MOST_LETTERS, MOST_NUMBER, MOST_ROUNDS } from '../schema/bounds.ts'
import type { Cell, Column, TableRow, TableName } from '../schema/tables.ts'

const ITEM_STATUSES = [
  'open',
  'part',
  'done',
  'missed',
  'dropped',
] as const satisfies readonly ItemStatus[]
const GOAL_STATUSES = ['open', 'done', 'dropped'] as const satisfies readonly GoalStatus[]
const ANSWER_KINDS: Readonly<Record<AnswerKind, true>> = {
  line: true,
  note: true,
  choice: true,
  rating: true,
  yes_no: true,
  date: true,
  question: true,
  opportunity: true,
  action: true,
  repeat: true,
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const UID = /^[0-9a-f-]{36}-(?:due|check-in)$/
const HASH = /^[0-9a-f]{64}$/
const DAY = /(?:_on|^day|^due_from|^due_to|^check_in_from)$/
const INSTANT = /(?:_at|^at)$/

/** Numbers that may lie below zero. */
const SIGNED: ReadonlySet<string> = new Set(['act', 'sequence'])
/** Numbers that nothing can be as high as others. */
const MOST: Readonly<Record<string, number>> = { round: MOST_ROUNDS, cadence_days: MOST_DAYS }
/** Numbers that go on from what they are, and that nothing refers to. */
const COUNTERS: ReadonlySet<string> = new Set(['revision', 'carried', 'moved', 'sequence'])

/** A row whose counters leave room for as much again as anybody could use up. */
export function withRoom(row: TableRow): TableRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      COUNTERS.has(name) && typeof value === 'number' ? Math.min(value, HIGH_NUMBER) : value,
    ]),
  )
}

/**
 * What is wrong with a value of an exchange document; null where it is one that the program could have written. What the
 * table itself refuses is left to it.
 */
export function problemOf(table: TableName, column: Column, value: Cell): string | null {
  const { name, type, isRequired } = column
  if (value === null) return isRequired ? 'is missing' : null
  if ((typeof value === 'number') !== (type === 'INTEGER')) {
    return type === 'INTEGER' ? 'is not a whole number' : 'is not text'
  }
  if (typeof value === 'number') {
    const least = SIGNED.has(name) ? -MOST_NUMBER : name === 'id' ? 1 : 0
    return value < least || value > (MOST[name] ?? MOST_NUMBER)
      ? 'is a number that it cannot be'
      : null
  }
  if (value.length > MOST_LETTERS) {
    return `is longer than ${MOST_LETTERS} characters, the most that is taken in as one text`
  }
  if (name === 'uuid') return UUID.test(value) ? null : 'is not an id'
  if (name === 'uid') return UID.test(value) ? null : 'is not an id'
  if (name === 'hash') return HASH.test(value) ? null : 'is not a hash'
  if (DAY.test(name)) return isDay(value) ? null : 'is not a day (YYYY-MM-DD)'
  if (INSTANT.test(name)) return isInstant(value) ? null : 'is not an instant (ISO, UTC)'
  if (name === 'repeat') {
    const read = readRepeat(value)
    return 'repeat' in read && read.repeat === value ? null : 'is no repetition'
  }
  return isOneOf(choicesOf(table, name), value) ? null : 'is not one of the words that it can be'
}

function choicesOf(table: TableName, column: string): readonly string[] | null {
  if (column === 'status_from' || column === 'status_to') {
    return table === 'goal_event' ? GOAL_STATUSES : ITEM_STATUSES
  }
  return table === 'answer' && column === 'kind' ? Object.keys(ANSWER_KINDS) : null
}

function isOneOf(choices: readonly string[] | null, value: string): boolean {
  return choices === null || choices.includes(value)
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && isTime(`${text}T00:00:00Z`, text)
}

function isInstant(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/.test(text) && isTime(text, text.slice(0, 19))
  )
}

/** Whether a text is an instant that there is: 31 February would become a day in March. */
function isTime(text: string, begins: string): boolean {
  const time = Date.parse(text)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(begins)
}
