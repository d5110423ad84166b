import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type Day, daysBetween, halfWay } from '../../src/dates/day.ts'
import { nextDay, readRepeat } from '../../src/dates/recurrence.ts'

const RUNS = { seed: 20_261_123, numRuns: 500 }

const day = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('2000-01-01', days))
const MOST = { day: 1826, week: 260, month: 60 } as const
type Unit = keyof typeof MOST
const units = ['day', 'week', 'month'] as const

/** A repetition as it is kept. */
const sayEvery = (every: number, unit: Unit) =>
  every === 1 ? `every ${unit}` : `every ${every} ${unit}s`
const apart = fc
  .constantFrom<Unit>(...units)
  .chain((unit) =>
    fc.record({ unit: fc.constant(unit), every: fc.integer({ min: 1, max: MOST[unit] }) }),
  )

/** Months since the year 0: how far two days are apart, whatever the date. */
const monthOf = (on: Day) => Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7))
const dateOf = (on: Day) => Number(on.slice(8))
const lastDate = (on: Day) => {
  const nextMonth = monthOf(on)
  const first = `${Math.floor(nextMonth / 12)}-${String((nextMonth % 12) + 1).padStart(2, '0')}-01`
  return dateOf(addDays(first, -1))
}

describe('the day of the next one', () => {
  test('is always ahead of today and of the day agreed, and nothing before it would be', () => {
    fc.assert(
      fc.property(
        apart,
        day,
        fc.integer({ min: -900, max: 900 }),
        ({ every, unit }, agreed, late) => {
          const today = addDays(agreed, late)
          const next = nextDay(sayEvery(every, unit), agreed, agreed, today)
          expect(next > today && next > agreed).toBe(true)
          const later = agreed > today ? agreed : today
          const most = unit === 'month' ? every * 31 : every * (unit === 'week' ? 7 : 1)
          expect(daysBetween(later, next)).toBeLessThanOrEqual(most)
        },
      ),
      RUNS,
    )
  })

  test('keeps the rhythm of the day agreed, however late or early this one was closed', () => {
    fc.assert(
      fc.property(
        apart,
        day,
        fc.integer({ min: -900, max: 900 }),
        ({ every, unit }, agreed, late) => {
          const next = nextDay(sayEvery(every, unit), agreed, agreed, addDays(agreed, late))
          const steps =
            unit === 'month' ? monthOf(next) - monthOf(agreed) : daysBetween(agreed, next)
          expect(steps % (unit === 'week' ? every * 7 : every)).toBe(0)
          const date = Math.min(dateOf(agreed), lastDate(next))
          expect(dateOf(next)).toBe(unit === 'month' ? date : dateOf(next))
        },
      ),
      RUNS,
    )
  })

  test('is exactly one step later when the last was closed in time', () => {
    fc.assert(
      fc.property(apart, day, fc.nat(5), ({ every, unit }, agreed, early) => {
        const next = nextDay(sayEvery(every, unit), agreed, agreed, addDays(agreed, -early))
        expect(unit === 'month' ? monthOf(next) - monthOf(agreed) : daysBetween(agreed, next)).toBe(
          unit === 'week' ? every * 7 : every,
        )
      }),
      RUNS,
    )
  })

  test('is counted from today where no day was agreed', () => {
    expect(nextDay('every 2 weeks', null, null, '2026-11-23')).toBe('2026-12-07')
    expect(nextDay('every month', null, null, '2026-11-30')).toBe('2026-12-30')
  })

  test('is the same on whichever day before it the last was closed', () => {
    fc.assert(
      fc.property(apart, day, fc.nat(2000), ({ every, unit }, agreed, late) => {
        const repeat = sayEvery(every, unit)
        const next = nextDay(repeat, agreed, agreed, addDays(agreed, late))
        expect(nextDay(repeat, agreed, agreed, addDays(next, -1))).toBe(next)
      }),
      RUNS,
    )
  })

  /** The days of a line of items, each closed on its day. */
  function lineOf(repeat: string, first: Day, many: number): readonly Day[] {
    const days = [first]
    for (let n = 0; n < many; n++) {
      const last = days.at(-1) ?? first
      days.push(nextDay(repeat, last, first, last))
    }
    return days.slice(1)
  }

  test('monthly on the 31st falls on the last day of shorter months, and comes back to the 31st', () => {
    expect(lineOf('every month', '2026-12-31', 8)).toEqual([
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
      '2027-05-31',
      '2027-06-30',
      '2027-07-31',
      '2027-08-31',
    ])
  })

  test.each([
    ['every month', '2028-01-30', ['2028-02-29', '2028-03-30']],
    ['every month', '2028-01-29', ['2028-02-29', '2028-03-29']],
    ['every month', '2027-01-29', ['2027-02-28', '2027-03-29']],
    ['every 12 months', '2028-02-29', ['2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29']],
    ['every 3 months', '2026-11-30', ['2027-02-28', '2027-05-30']],
    ['every day', '2028-02-28', ['2028-02-29', '2028-03-01']],
    ['every day', '2027-02-28', ['2027-03-01', '2027-03-02']],
    ['every 2 weeks', '2026-12-21', ['2027-01-04', '2027-01-18']],
  ])('%s from %s on', (repeat, first, expected) => {
    expect(lineOf(repeat, first, expected.length)).toEqual(expected)
  })

  test('keeps the date of the very first one, month after month', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 60 }), (first, every) => {
        for (const next of lineOf(sayEvery(every, 'month'), first, 24)) {
          expect(dateOf(next)).toBe(Math.min(dateOf(first), lastDate(next)))
        }
      }),
      { ...RUNS, numRuns: 100 },
    )
  })
})

describe('a repetition as it is typed', () => {
  test('is written in one way, which is read as the same repetition', () => {
    fc.assert(
      fc.property(apart, ({ every, unit }) => {
        const repeat = sayEvery(every, unit)
        expect(readRepeat(repeat)).toEqual({ repeat })
      }),
      RUNS,
    )
  })

  test.each([
    ['every week', 'every week'],
    ['Every  2   Weeks.', 'every 2 weeks'],
    ['each week', 'every week'],
    ['weekly', 'every week'],
    ['daily', 'every day'],
    ['fortnightly', 'every 2 weeks'],
    ['monthly', 'every month'],
    ['quarterly', 'every 3 months'],
    ['yearly', 'every 12 months'],
    ['every other day', 'every 2 days'],
    ['every other month', 'every 2 months'],
    ['every 2 quarters', 'every 6 months'],
    ['2 weeks', 'every 2 weeks'],
    ['2w', 'every 2 weeks'],
    ['every 10d', 'every 10 days'],
    ['every 1 week', 'every week'],
    ['every 5 years', 'every 60 months'],
  ])('“%s” is kept as “%s”', (typed, repeat) => {
    expect(readRepeat(typed)).toEqual({ repeat })
  })

  test.each([
    ['1m', 'every minute', 'every month'],
    ['2m', 'every 2 minutes', 'every 2 months'],
    ['every 2m', 'every 2 minutes', 'every 2 months'],
    ['every m', 'every minute', 'every month'],
    ['every other m', 'every 2 minutes', 'every 2 months'],
    ['every 3 mo', 'every 3 minutes', 'every 3 months'],
    ['every 2 mins', 'every 2 minutes', 'every 2 months'],
    ['every 4 min', 'every 4 minutes', 'every 4 months'],
    ['biweekly', 'every 2 weeks', 'twice a week'],
    ['Bi-weekly', 'every 2 weeks', 'twice a week'],
    ['bimonthly', 'every 2 months', 'twice a month'],
    ['biannually', 'every 6 months', 'every 24 months'],
  ])('“%s” can mean %s or %s, and is refused with both', (typed, one, other) => {
    expect(readRepeat(typed)).toEqual({
      problem: expect.stringContaining(`“${typed}” can mean ${one} or ${other}.`),
    })
  })

  test('each reading that a refusal proposes can be typed', () => {
    for (const typed of ['1m', 'every 2m', 'biweekly', 'bimonthly', 'biannually']) {
      const reading = readRepeat(typed)
      const proposed = /Write “(.+?)”/.exec('problem' in reading ? reading.problem : '')?.[1]
      expect(readRepeat(proposed ?? '')).toEqual({ repeat: proposed })
    }
  })

  test.each([
    ['', 'could not be read as a repetition'],
    ['every', 'could not be read as a repetition'],
    ['week', 'could not be read as a repetition'],
    ['twice a week', 'could not be read as a repetition'],
    ['every blue moon', 'could not be read as a repetition'],
    ['2 weeks ago', 'could not be read as a repetition'],
    ['-1 weeks', 'could not be read as a repetition'],
    ['1.5 weeks', 'could not be read as a repetition'],
    ['every 0 days', 'is not between every day and every 1826 days'],
    ['every 61 months', 'is not between every month and every 60 months'],
    ['every 6 years', 'is not between every month and every 60 months'],
    ['every 261 weeks', 'is not between every week and every 260 weeks'],
    ['every friday', '“every week”, and the day as the one on which it is due'],
    ['every other friday', '“every 2 weeks”, and the day as the one on which it is due'],
    ['every 3 fridays', '“every 3 weeks”, and the day as the one on which it is due'],
  ])('“%s” is refused, and it is said why', (typed, why) => {
    expect(readRepeat(typed)).toEqual({ problem: expect.stringContaining(why) })
  })

  test('whatever is typed, it is read or refused, and what is read can be reckoned with', () => {
    const pieces = fc.constantFrom(
      'every',
      'other',
      'each',
      '2',
      '12',
      '0',
      'm',
      'w',
      'weeks',
      'mo',
      'friday',
    )
    const typed = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.array(pieces, { maxLength: 4 }).map((some) => some.join(' ')),
      fc.constantFrom(...Object.getOwnPropertyNames(Object.prototype)),
    )
    fc.assert(
      fc.property(typed, (text) => {
        const reading = readRepeat(text)
        const repeat = 'repeat' in reading ? reading.repeat : 'every week'
        expect(readRepeat(repeat)).toEqual({ repeat })
        expect(nextDay(repeat, '2026-11-23', '2026-11-23', '2026-11-23')).toMatch(/^20\d\d-/)
      }),
      { ...RUNS, numRuns: 3000 },
    )
  })
})

describe('half way', () => {
  const weekdayOf = (on: Day) => new Date(`${on}T00:00:00Z`).getUTCDay()

  test('lies strictly between, on a working day, and no more than a weekend off the middle', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 4, max: 400 }), (from, days) => {
        const to = addDays(from, days)
        const middle = halfWay(from, to)
        if (middle === null) throw new Error(`no day between ${from} and ${to}`)
        expect(from < middle && middle < to).toBe(true)
        expect([1, 2, 3, 4, 5]).toContain(weekdayOf(middle))
        expect(Math.abs(daysBetween(from, middle) - days / 2)).toBeLessThanOrEqual(1.5)
      }),
      RUNS,
    )
  })

  test('is no day at all where the due day is too near or has passed', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -400, max: 3 }), (from, days) => {
        expect(halfWay(from, addDays(from, days))).toBeNull()
      }),
      RUNS,
    )
  })
})
