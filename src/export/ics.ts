import ical, { ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import type { Day } from '../dates.ts'
import { type ActionItem, isOpen, type NextSession } from '../model.ts'
import type { GoneDay } from '../notebook/calendar.ts'
import { oneLine, safe } from '../text.ts'

/** What a calendar is told about one person. */
export interface CalendarPart {
  readonly person: string
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
  /** Grows with each change, so that an import of what is newer takes the place of what is older. */
  readonly sequence: number
  readonly changedAt: string
}

/**
 * The days of people as an iCalendar file (RFC 5545): due days, check-ins and next conversations. Events rather than tasks,
 * because calendars leave out the latter. What is closed or gone is there as cancelled. The same data gives the same
 * bytes: without a METHOD, DTSTAMP is when the entry changed last.
 */
export function toCalendarText(parts: readonly CalendarPart[]): string {
  const calendar = ical({ prodId: '//coach//coach//EN' })
  for (const entry of parts.flatMap(entriesOf).toSorted(byDay)) {
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
  const { person, items, gone, nextSessions } = part
  const there = items.flatMap((item): Entry[] => {
    const { uuid, due, check_in: checkIn, status, revision: sequence, updatedAt: changedAt } = item
    const common = { isOff: !isOpen(status), sequence, changedAt }
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
      .map(({ uid, item: uuid, day, sequence, at }) => {
        const label = uid.endsWith('-check-in') ? CHECK_IN : DUE
        const summary = sayItem(part, byUuid.get(uuid), label)
        return { uid, day, summary, isOff: true, sequence, changedAt: at }
      }),
    ...nextSessions.map(({ uuid, plannedOn, status, revision, updatedAt }) => ({
      uid: `${uuid}-session`,
      day: plannedOn,
      summary: `One-on-one with ${person}`,
      isOff: status === 'cancelled',
      sequence: revision,
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
