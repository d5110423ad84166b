import type { Day } from '../dates/day.ts'
import { type ActionItem, isOpen, type Owner } from '../model.ts'
import type { OpenItem } from '../notebook/store/actions.ts'

/** Whether an open item's day has passed. */
export function isOverdue(item: Pick<ActionItem, 'due' | 'status'>, today: Day): boolean {
  return isOpen(item.status) && item.due !== null && item.due < today
}

/** Whether an open item that is not overdue waits for the look half way. */
export function isToCheck(
  item: Pick<ActionItem, 'due' | 'status' | 'check_in'>,
  today: Day,
): boolean {
  const hasCome = item.check_in !== null && item.check_in <= today
  return hasCome && isOpen(item.status) && !isOverdue(item, today)
}

/** Something whose day has passed: an action item, the look at one half way, or an agreed conversation. */
export interface DueThing {
  readonly what: 'action' | 'check-in' | 'session'
  /** The number of the action item; null for a conversation. */
  readonly id: number | null
  readonly on: Day
  readonly person: string
  /** Whose it is: theirs, or the manager's own. */
  readonly owner: Owner
  readonly text: string
}

/** Everything that is overdue, the oldest first. What is due today is not overdue yet. */
export function dueThings(
  items: readonly OpenItem[],
  planned: readonly { readonly person: string; readonly plannedOn: Day }[],
  today: Day,
): readonly DueThing[] {
  const things = items.flatMap((item): DueThing[] => {
    const { id, person, owner, what: text } = item
    if (item.due !== null && isOverdue(item, today)) {
      return [{ what: 'action', id, on: item.due, person, owner, text }]
    }
    return item.check_in !== null && item.check_in < today
      ? [{ what: 'check-in', id, on: item.check_in, person, owner, text }]
      : []
  })
  const talks = planned
    .filter(({ plannedOn }) => plannedOn < today)
    .map(({ person, plannedOn }) => {
      const text = 'the agreed conversation'
      return { what: 'session', id: null, on: plannedOn, person, owner: 'me', text } as const
    })
  const all: readonly DueThing[] = [...things, ...talks]
  return all.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : (a.id ?? 0) - (b.id ?? 0)))
}
