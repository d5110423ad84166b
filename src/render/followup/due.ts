import type { Day } from '../../dates/day.ts'
import type { Owner } from '../../model.ts'
import type { OpenItem } from '../../notebook/store/actions.ts'
import { oneLine } from '../../text/text.ts'
import { isOverdue } from './review.ts'
import { sayOwner } from '../wording.ts'

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

/** One line each, whatever the width: day, kind, number, person, text. */
export function renderDue(things: readonly DueThing[]): string {
  return things
    .map(({ what, id, on, person, owner, text }) => {
      const whose = id === null ? person : sayOwner({ owner, person })
      return `${on}  ${what}${id === null ? '' : ` ${id}`}  ${whose}: ${oneLine(text)}\n`
    })
    .join('')
}

/** The shape of `coach due --json`. */
export function dueJson(things: readonly DueThing[]): readonly object[] {
  return things.map(({ what, id, on, person, owner, text }) => ({
    what,
    id,
    on,
    person,
    owner,
    text,
  }))
}
