import { addDays, type Day } from '../dates.ts'
import { isOpen } from '../model.ts'
import type { NamedItem } from '../notebook/actions.ts'
import { hang, type Style } from './layout.ts'
import { sayCarried, sayDue, sayOwner } from './words.ts'

/** The parts of a review, in their order. */
const GROUPS = ['Overdue', 'This week', 'Later', 'No date', 'Closed'] as const
type Group = (typeof GROUPS)[number]

/** Whether an open item's day has passed. */
export function isOverdue(item: Pick<NamedItem, 'due' | 'status'>, today: Day): boolean {
  return isOpen(item.status) && item.due !== null && item.due < today
}

/** “This week” is today and the six days after it: a Friday's review looks past the weekend. */
function groupOf(item: NamedItem, today: Day): Group {
  if (!isOpen(item.status)) return 'Closed'
  if (item.due === null) return 'No date'
  if (item.due < today) return 'Overdue'
  return item.due < addDays(today, 7) ? 'This week' : 'Later'
}

/** Action items in groups by their day; who, what and how late. */
export function renderReview(items: readonly NamedItem[], style: Style): string {
  const groups = new Map<Group, NamedItem[]>()
  for (const item of items) {
    const group = groupOf(item, style.today)
    groups.set(group, [...(groups.get(group) ?? []), item])
  }
  const widest = Math.max(...items.map((item) => String(item.id).length))
  return GROUPS.filter((group) => groups.has(group))
    .map((group) => {
      const found = groups.get(group) ?? []
      const head = style.paint.bold(`${group} (${found.length})`)
      return [head, ...found.map((item) => renderItem(item, widest, style))].join('\n')
    })
    .join('\n\n')
    .concat('\n')
}

/** One item on two lines: what, and below it who and when. */
export function renderItem(item: NamedItem, idWidth: number, style: Style): string {
  const mark = `${String(item.id).padStart(idWidth + 2)}  `
  const about = [
    sayOwner(item),
    isOpen(item.status) ? sayDue(item, style.today) : item.status,
    ...(item.status === 'part' ? ['partly done'] : []),
    ...(item.carried > 0 ? [sayCarried(item.carried)] : []),
  ].join(' · ')
  const paint = isOverdue(item, style.today) ? style.paint.red : style.paint.dim
  const below = hang(' '.repeat(mark.length), about, style.width)
  return `${hang(mark, item.what, style.width)}\n${paint(below)}`
}

/** The shape of `coach review --json`; a contract. */
export function reviewJson(items: readonly NamedItem[], today: Day): readonly object[] {
  return items.map((item) => ({
    id: item.id,
    uuid: item.uuid,
    person: item.person,
    owner: item.owner,
    what: item.what,
    due_on: item.due,
    status: item.status,
    overdue: isOverdue(item, today),
    carried: item.carried,
    session: item.sessionId,
  }))
}
