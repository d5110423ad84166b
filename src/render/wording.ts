import { daysBetween, type Day, sayDay } from '../dates/day.ts'
import { type ActionField, type ActionItem, isOpen, type SessionStatus } from '../model.ts'
import { count } from '../text/text.ts'

/** A status as a manager reads it. */
export const STATUS_WORDS = {
  preparing: 'being prepared',
  prepared: 'prepared',
  recording: 'being recorded',
  done: 'done',
  cancelled: 'did not happen',
} as const satisfies Record<SessionStatus, string>

/** What was said of days: in a long list the same ones come again and again. */
const saidDays = new Map<string, string>()

/** `Fri 20 Nov, 3 days late`; or `no date`. */
export function sayDue(item: Pick<ActionItem, 'due' | 'status'>, today: Day): string {
  const { due } = item
  if (due === null) return 'no date'
  const key = `${due} ${today} ${isOpen(item.status)}`
  const said = saidDays.get(key) ?? sayDueDay(due, isOpen(item.status), today)
  saidDays.set(key, said)
  return said
}

function sayDueDay(due: Day, isWaiting: boolean, today: Day): string {
  const late = daysBetween(due, today)
  const how = !isWaiting || late < 0 ? '' : late === 0 ? ', today' : `, ${count(late, 'day')} late`
  return `${sayDay(due, today)}${how}`
}

/** Who an item is for: its person, or the manager on behalf of somebody. */
export function sayOwner(item: { readonly owner: string; readonly person: string }): string {
  return item.owner === 'me' ? `you, for ${item.person}` : item.person
}

/** `today`, `yesterday`, `12 days ago`, `in 3 days`. */
export function sayAgo(day: Day, today: Day): string {
  const days = daysBetween(day, today)
  if (days === 0) return 'today'
  if (days === 1) return 'yesterday'
  return days > 0 ? `${days} days ago` : `in ${count(-days, 'day')}`
}

/** The fields of an action item beside what, owner and due, as they are named where it is shown. */
export const FIELD_TITLES = {
  if: 'If',
  then: 'Then',
  else: 'Else',
  obstacle: 'Obstacle',
  measure: 'Measure',
  result: 'Result',
  support: 'Support',
  check_in: 'Check-in',
  repeat: 'Repeat',
  goal: 'Goal',
} as const satisfies Partial<Record<ActionField, string>>

/** The further fields of an action item, in the order in which they are shown. */
export const MORE_FIELDS = [
  'if',
  'then',
  'else',
  'obstacle',
  'measure',
  'result',
  'support',
  'check_in',
  'repeat',
  'goal',
] as const satisfies readonly (keyof typeof FIELD_TITLES)[]

/** A field of an action item as it is read: days in words, a goal by what it is. */
export function sayField(
  item: ActionItem & { readonly goalWhat?: string | null },
  field: (typeof MORE_FIELDS)[number],
  today: string,
): string | null {
  const text = item[field]
  if (text === null) return null
  if (field === 'check_in') return sayDay(text, today)
  return field === 'goal' ? `${text}  ${item.goalWhat ?? ''}`.trimEnd() : text
}
