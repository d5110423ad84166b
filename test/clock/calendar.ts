// Days reckoned without a line of the product, for tests that are to be right on every day and in every zone.

const DAY_MS = 86_400_000

/** The day on which an instant falls in a zone, as `YYYY-MM-DD`. */
export function dayIn(zone: string, instant: Date): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
  return parts.format(instant)
}

/** What a clock on the wall shows in a zone, as `HH:MM`. */
export function clockIn(zone: string, instant: Date): string {
  const form = { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return new Intl.DateTimeFormat('en-GB', form).format(instant)
}

/** The day so many days after another: days in UTC have 24 hours each. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}

/** Days from one day to another. */
export function daysFrom(day: string, to: string): number {
  return (Date.parse(to) - Date.parse(day)) / DAY_MS
}

/** 0 for Sunday. */
export function weekdayOf(day: string): number {
  return new Date(day).getUTCDay()
}

/** `Fri 27 Nov`, with the year where it is another than that of `today`. */
export function said(day: string, today: string): string {
  const [weekday, date, month, year] = new Date(day).toUTCString().replace(',', '').split(' ')
  const isOther = day.slice(0, 4) !== today.slice(0, 4)
  return `${weekday} ${Number(date)} ${month}${isOther ? ` ${year}` : ''}`
}

/** The first instant of the day after this one in a zone, to the second. */
export function nextMidnight(zone: string, instant: Date): Date {
  const today = dayIn(zone, instant)
  // No day is longer than 26 hours; halves until the second is found.
  let [before, after] = [instant.getTime(), instant.getTime() + 26 * 3_600_000]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (dayIn(zone, new Date(middle)) === today) before = middle
    else after = middle
  }
  return new Date(after)
}

/** The instant at which a clock on the wall of a zone shows a time, `2026-12-31T23:59:30`. */
export function instantIn(zone: string, local: string): Date {
  const wanted = Date.parse(`${local}Z`)
  const offsetAt = (time: number) => {
    const shown = `${dayIn(zone, new Date(time))}T${clockIn(zone, new Date(time))}:00Z`
    return Date.parse(shown) - Math.floor(time / 60_000) * 60_000
  }
  // The offset from UTC is that of the instant itself, which the first guess may miss by a change of the clocks.
  const first = wanted - offsetAt(wanted)
  return new Date(wanted - offsetAt(first))
}
