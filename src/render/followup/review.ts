import { addDays, type Day, sayDay } from '../../dates/day.ts'
import { isOverdue, isToCheck } from '../../followup/due.ts'
import { isOpen } from '../../model.ts'
import type { NamedItem, OpenItem } from '../../notebook/store/actions.ts'
import { hang, type Style } from '../../output/layout.ts'
import { sayDue, sayOwner } from '../wording.ts'
import { sayCarried } from '../../text/text.ts'

/** What a review shows of an item: any item will do. */
export type ReviewItem = OpenItem | NamedItem

/** The parts of a review, in their order. */
const GROUPS = ['Overdue', 'Check-ins', 'This week', 'Later', 'No date', 'Closed'] as const
type Group = (typeof GROUPS)[number]

/** “This week” is today and the six days after it: a Friday's review looks past the weekend. */
function groupOf(item: ReviewItem, today: Day, inAWeek: Day): Group {
  if (!isOpen(item.status)) return 'Closed'
  if (isOverdue(item, today)) return 'Overdue'
  if (isToCheck(item, today)) return 'Check-ins'
  if (item.due === null) return 'No date'
  return item.due < inAWeek ? 'This week' : 'Later'
}

/** Items in the order in which a review shows them, group by group. */
export function inGroups<T extends ReviewItem>(
  items: readonly T[],
  today: Day,
): readonly (readonly [Group, readonly T[]])[] {
  const groups = new Map<Group, T[]>(GROUPS.map((group) => [group, []]))
  const inAWeek = addDays(today, 7)
  for (const item of items) groups.get(groupOf(item, today, inAWeek))?.push(item)
  return [...groups].filter(([, found]) => found.length > 0)
}

/** Action items in groups by their day; who, what and how late. */
export function renderReview(items: readonly ReviewItem[], style: Style): string {
  const widest = items.reduce((most, { id }) => Math.max(most, String(id).length), 0)
  return inGroups(items, style.today)
    .map(([group, found]) => {
      const head = style.paint.bold(`${group} (${found.length})`)
      return [head, ...found.map((item) => renderItem(item, widest, style))].join('\n')
    })
    .join('\n\n')
    .concat('\n')
}

/** One item on two lines: what, and below it who and when. */
export function renderItem(item: ReviewItem, idWidth: number, style: Style): string {
  const mark = `${String(item.id).padStart(idWidth + 2)}  `
  const { today } = style
  let about = `${sayOwner(item)} · ${isOpen(item.status) ? sayDue(item, today) : item.status}`
  if (isToCheck(item, today)) {
    about += ` · check-in ${sayCheckIn(item.check_in ?? today, today)}`
  }
  if (item.status === 'part') about += ' · partly done'
  if (item.carried > 0) about += ` · ${sayCarried(item.carried)}`
  const paint = isOverdue(item, today) ? style.paint.red : style.paint.dim
  const below = hang(' '.repeat(mark.length), about, style.width)
  return `${hang(mark, item.what, style.width)}\n${paint(below)}`
}

function sayCheckIn(day: Day, today: Day): string {
  return day === today ? 'today' : `since ${sayDay(day, today)}`
}

/** The shape of `coach review --json`; a contract. */
export function reviewJson(items: readonly ReviewItem[], today: Day): readonly object[] {
  return items.map((item) => ({
    id: item.id,
    uuid: item.uuid,
    person: item.person,
    owner: item.owner,
    what: item.what,
    due_on: item.due,
    check_in_on: item.check_in,
    status: item.status,
    overdue: isOverdue(item, today),
    carried: item.carried,
    session: item.sessionId,
  }))
}
