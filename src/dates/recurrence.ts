import { addDays, addMonths, type Day } from './day.ts'
import { count, quote } from '../text/text.ts'

/** How often something comes back. */
interface Repeat {
  readonly every: number
  readonly unit: 'day' | 'week' | 'month'
}

/** What was typed for a repetition, as it is kept (`every 2 weeks`), or why it cannot be taken. */
export type RepeatReading = { readonly repeat: string } | { readonly problem: string }

const UNITS = {
  d: { unit: 'day', times: 1 },
  day: { unit: 'day', times: 1 },
  w: { unit: 'week', times: 1 },
  week: { unit: 'week', times: 1 },
  month: { unit: 'month', times: 1 },
  quarter: { unit: 'month', times: 3 },
  year: { unit: 'month', times: 12 },
} as const satisfies Record<string, { unit: Repeat['unit']; times: number }>
const WEEKDAY = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?$/
const SINGLE = new Map<string, Repeat>([
  ['daily', { every: 1, unit: 'day' }],
  ['weekly', { every: 1, unit: 'week' }],
  ['fortnightly', { every: 2, unit: 'week' }],
  ['monthly', { every: 1, unit: 'month' }],
  ['quarterly', { every: 3, unit: 'month' }],
  ['yearly', { every: 12, unit: 'month' }],
])
const TWO_READINGS = new Map([
  ['biweekly', ['every 2 weeks', 'twice a week']],
  ['bimonthly', ['every 2 months', 'twice a month']],
  ['biannually', ['every 6 months', 'every 24 months']],
])
/** The most that something can be apart, by unit: five years. */
const MOST = { day: 1826, week: 260, month: 60 } as const

/** Reads `every 2 weeks`, `weekly`, `every other month`. What has two readings (`1m`, `biweekly`) is refused with both. */
export function readRepeat(text: string): RepeatReading {
  const typed = text.trim().toLowerCase().replace(/\s+/g, ' ').replace(/\.$/, '')
  const single = SINGLE.get(typed)
  if (single) return { repeat: sayRepeat(single) }
  const two = TWO_READINGS.get(typed.replace('-', ''))
  if (two) {
    return {
      problem: `${quote(text)} can mean ${two[0]} or ${two[1]}. Write “${two[0]}”, if that is it.`,
    }
  }
  const match = /^(?:every|each)?\s*(other\b|\d{1,4})?\s*([a-z]+)$/.exec(typed)
  const [, many, word = ''] = match ?? []
  const isCounted = many !== undefined || /^(?:every|each) /.test(typed)
  if (!match || !isCounted) return { problem: notARepeat(text) }
  const every = many === undefined ? 1 : many.trim() === 'other' ? 2 : Number(many)
  if (/^(?:m|mo|min|mins)$/.test(word)) {
    const [minutes, months] = [times(every, 'minute'), times(every, 'month')]
    return {
      problem: `${quote(text)} can mean ${minutes} or ${months}. Write “${months}”, if that is it.`,
    }
  }
  if (WEEKDAY.test(word)) {
    const weeks = times(every, 'week')
    return {
      problem: `Write ${quote(text)} as “${weeks}”, and the day as the one on which it is due.`,
    }
  }
  const known = Object.entries(UNITS).find(([name]) => name === word || `${name}s` === word)?.[1]
  if (!known) return { problem: notARepeat(text) }
  const { unit } = known
  const all = every * known.times
  return all >= 1 && all <= MOST[unit]
    ? { repeat: sayRepeat({ every: all, unit }) }
    : {
        problem: `${quote(text)} is not between every ${unit} and every ${count(MOST[unit], unit)}.`,
      }
}

function notARepeat(text: string): string {
  return `${quote(text)} could not be read as a repetition. Write one such as every week, every 2 weeks or every month.`
}

function sayRepeat({ every, unit }: Repeat): string {
  return times(every, unit)
}

/** `every week`, `every 2 weeks`. */
function times(every: number, unit: string): string {
  return every === 1 ? `every ${unit}` : `every ${every} ${unit}s`
}

/** A repetition as it is kept. */
function partsOf(repeat: string): Repeat {
  const match = /^every (?:(\d+) )?(day|week|month)s?$/.exec(repeat)
  const unit = (['day', 'week', 'month'] as const).find((one) => one === match?.[2])
  if (!unit) throw new Error('a repetition in the notebook cannot be read')
  return { every: Number(match?.[1] ?? 1), unit }
}

/**
 * The day of the next one. It keeps the rhythm of the day that was agreed, whenever this one was closed or moved to, and
 * is always ahead of today. A monthly one on the 31st falls on the last day of shorter months and comes back to the 31st.
 * @param agreed the day agreed for this one; null where there was none: the next is then counted from today
 * @param first the day of the first one of all
 */
export function nextDay(repeat: string, agreed: Day | null, first: Day | null, today: Day): Day {
  const { every, unit } = partsOf(repeat)
  const from = agreed ?? today
  for (let times = 1; ; times++) {
    const day =
      unit === 'month'
        ? addMonths(from, every * times, Number((first ?? from).slice(8)))
        : addDays(from, every * times * (unit === 'week' ? 7 : 1))
    if (day > today) return day
  }
}
