import ical, { ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import type { Day } from '../dates/day.ts'
import { type ActionItem, isOpen, type NextSession } from '../model.ts'
import type { GoneDay } from '../notebook/store/cancelled-days.ts'
import { oneLine, safe } from '../text/text.ts'

/** What a calendar is told about one person. */
export interface CalendarPart {
  readonly person: string
  readonly isArchived: boolean
  /** When what is known of the person changed last. */
  readonly changedAt: string
  /** Higher than in any export from before something changed: a program takes only what is higher for news. */
  readonly sequence: number
  readonly items: readonly ActionItem[]
  /** The numbers of the items whose words stay out. */
  readonly hidden: ReadonlySet<number>
  readonly nextSessions: readonly NextSession[]
  /** Days that were taken in earlier and are no more; those that are there again do not count. */
  readonly gone: readonly GoneDay[]
}

/** One all-day event. */
interface Entry {
  readonly uid: string
  readonly day: Day
  readonly summary: string
  readonly isOff: boolean
  readonly changedAt: string
}

/**
 * The days of people as an iCalendar file (RFC 5545): due days, check-ins and next conversations. Events rather than tasks,
 * because calendars leave out the latter. What is closed or gone, or ahead with somebody in the archive, is there as cancelled.
 * The same data gives the same bytes: without a METHOD, DTSTAMP is when the entry changed last.
 */
export function toCalendarText(parts: readonly CalendarPart[]): string {
  const calendar = ical({ prodId: '//coach//coach//EN' })
  const entries = parts.flatMap((part) =>
    entriesOf(part).map((entry) => ({
      ...entry,
      sequence: part.sequence,
      // The name of the person stands in it.
      changedAt: entry.changedAt > part.changedAt ? entry.changedAt : part.changedAt,
    })),
  )
  for (const entry of entries.toSorted(byDay)) {
    calendar.createEvent({
      id: `${entry.uid}@coach`,
      sequence: entry.sequence,
      stamp: entry.changedAt,
      lastModified: entry.changedAt,
      start: entry.day,
      allDay: true,
      summary: safe(oneLine(entry.summary)),
      status: entry.isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      transparency: ICalEventTransparency.TRANSPARENT,
    })
  }
  // The library ends every line but the last.
  return `${calendar.toString()}\r\n`
}

function entriesOf(part: CalendarPart): readonly Entry[] {
  const { person, isArchived, items, gone, nextSessions } = part
  const there = items.flatMap((item): Entry[] => {
    const { uuid, due, check_in: checkIn, status, updatedAt: changedAt } = item
    const common = { isOff: isArchived || !isOpen(status), changedAt }
    const dueDay = { uid: `${uuid}-due`, summary: sayItem(part, item, DUE), ...common }
    const look = { uid: `${uuid}-check-in`, summary: sayItem(part, item, CHECK_IN), ...common }
    return [
      ...(due === null ? [] : [{ ...dueDay, day: due }]),
      ...(checkIn === null ? [] : [{ ...look, day: checkIn }]),
    ]
  })
  const live = new Set(there.map(({ uid }) => uid))
  const byUuid = new Map(items.map((item) => [item.uuid, item]))
  return [
    ...there,
    ...gone
      .filter(({ uid }) => !live.has(uid))
      .map(({ uid, item: uuid, day, at }) => {
        const label = uid.endsWith('-check-in') ? CHECK_IN : DUE
        const summary = sayItem(part, byUuid.get(uuid), label)
        return { uid, day, summary, isOff: true, changedAt: at }
      }),
    ...nextSessions.map(({ uuid, plannedOn, status, updatedAt }) => ({
      uid: `${uuid}-session`,
      day: plannedOn,
      summary: `One-on-one with ${person}`,
      // One that was held took place, whatever became of the person.
      isOff: status === 'cancelled' || (isArchived && status === 'planned'),
      changedAt: updatedAt,
    })),
  ]
}

const DUE = 'Due'
const CHECK_IN = 'Check-in'

function sayItem({ person, hidden }: CalendarPart, item: ActionItem | undefined, label: string) {
  if (!item) return `${label}: deleted since (${person})`
  if (hidden.has(item.id)) return `${label}: action item ${item.id}`
  const whose = label === DUE && item.owner === 'me' ? ', mine' : ''
  return `${label}${whose}: ${item.what} (${person})`
}

function byDay(a: Entry, b: Entry): number {
  const key = ({ day, uid }: Entry) => `${day} ${uid}`
  return key(a) < key(b) ? -1 : 1
}
