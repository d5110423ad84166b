/** A calendar day, `YYYY-MM-DD`. Days are text throughout: they have no time zone and no hour. */
export type Day = string

/** How a day is written where it is kept. */
export const ISO = /^(\d{4})-(\d{2})-(\d{2})$/

/** The instant at which a day begins where the program runs, as ISO text in UTC. */
export function startOf(day: Day): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date).toISOString()
}

/** Noon of a day where the program runs, as ISO text in UTC: an instant that stands for the day. */
export function noonOf(day: Day): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date, 12).toISOString()
}

/** The day on which an instant falls where the program runs. */
export function dayOf(instant: Date): Day {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${String(instant.getFullYear()).padStart(4, '0')}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`
}

/** The day of an instant kept as ISO text, where the program runs. */
export function localDay(instant: string): Day {
  return dayOf(new Date(instant))
}

/** The day `days` after (or before) another. */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/**
 * The day half way from one day to another, on a working day; null where there is no room for a look in between
 * (progress helps when it is looked at on the way, domain rule "check-in at half time").
 */
export function halfWay(from: Day, to: Day): Day | null {
  const days = daysBetween(from, to)
  if (days < SHORTEST_WITH_CHECK_IN) return null
  const middle = addDays(from, Math.floor(days / 2))
  const shift = { 0: 1, 6: -1 }[weekday(middle)] ?? 0
  return addDays(middle, shift)
}

/** The shortest time, in days, that has a look half way: on a shorter one it would come at once. */
const SHORTEST_WITH_CHECK_IN = 4

const SHORT_NAMES = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const SHORT_MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `Fri 27 Nov`, with the year when it is not that of `today`. */
export function sayDay(day: Day, today: Day): string {
  const name = SHORT_NAMES[weekday(day)] ?? ''
  const month = SHORT_MONTHS[Number(day.slice(5, 7)) - 1] ?? ''
  const year = day.slice(0, 4) === today.slice(0, 4) ? '' : ` ${day.slice(0, 4)}`
  return `${name} ${Number(day.slice(8))} ${month}${year}`
}

/** `Mon 23 Nov at 14:02`, where the machine is: for things of which several can be of one day. */
export function sayTime(instant: string, today: Day): string {
  const at = new Date(instant)
  return `${sayDay(dayOf(at), today)} ${clockOf(at)}`
}

/** `on Mon 23 Nov at 14:02`; `at 14:02` for today. */
export function sayMoment(instant: string, today: Day): string {
  const at = new Date(instant)
  return dayOf(at) === today ? clockOf(at) : `on ${sayTime(instant, today)}`
}

function clockOf(at: Date): string {
  return `at ${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`
}

/**
 * The same day of a later (or earlier) month, or the last day of a month that is shorter.
 * @param wanted the day of the month that is meant, where it is another one than that of `day`
 */
export function addMonths(day: Day, months: number, wanted = Number(day.slice(8))): Day {
  const [year = 0, month = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0))
  last.setUTCDate(Math.min(wanted, last.getUTCDate()))
  return last.toISOString().slice(0, 10)
}

/** The number of a day in its week, Sunday being 0. */
export function weekday(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}

/** Whether a text is a day of the calendar, as it is kept. */
export function isInCalendar(text: string): boolean {
  const [, year, month, date] = ISO.exec(text) ?? []
  return exists(Number(year), Number(month), Number(date))
}

/** Whether the calendar has a day with these numbers. */
export function exists(year: number, month: number, date: number): boolean {
  const made = new Date(Date.UTC(year, month - 1, date))
  return year >= 1000 && made.getUTCMonth() === month - 1 && made.getUTCDate() === date
}
