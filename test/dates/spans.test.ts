import { describe, expect, test } from 'vitest'
import { type Day } from '../../src/dates/day.ts'
import { readDatedLine, readDay } from '../../src/dates/read-day.ts'
import { readSpan } from '../../src/dates/spans.ts'

/** How long the months are, counted on the knuckles. */
function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

const two = (n: number) => String(n).padStart(2, '0')

/** The day so many months on, month by month. */
function later(day: Day, months: number): Day {
  let [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  for (let left = Math.abs(months); left > 0; left--) {
    month += Math.sign(months)
    if (month === 13) [year, month] = [year + 1, 1]
    if (month === 0) [year, month] = [year - 1, 12]
  }
  date = Math.min(date, daysIn(year, month))
  return `${year}-${two(month)}-${two(date)}`
}

/** The last days of every month of three years, with a leap day among them, and a day in the middle of each. */
const DAYS = [2026, 2027, 2028].flatMap((year) =>
  Array.from({ length: 12 }, (_, index) => index + 1).flatMap((month) => {
    const last = daysIn(year, month)
    return [15, last - 2, last - 1, last].map((date) => `${year}-${two(month)}-${two(date)}`)
  }),
)

describe('months, quarters and years, from every end of a month', () => {
  test.each([
    ['next month', 1],
    ['the next month', 1],
    ['1 month', 1],
    ['a month', 1],
    ['in a month', 1],
    ['in 1 month', 1],
    ['in one month', 1],
    ['1 month from now', 1],
    ['a month from now', 1],
    ['a month from today', 1],
    ["in a month's time", 1],
    ['in a month’s time', 1],
    ['a month later', 1],
    ['within a month', 1],
    ['in about a month', 1],
    ['in a couple of months', 2],
    ['in a couple months', 2],
    ['+1 month', 1],
    ['2 months', 2],
    ['in two months', 2],
    ['a couple of months', 2],
    ['in a few months', 3],
    ['in 3 mths', 3],
    ['in 13 months', 13],
    ['next quarter', 3],
    ['in a quarter', 3],
    ['1 quarter', 3],
    ['a quarter from now', 3],
    ['in 2 quarters', 6],
    ['half a year', 6],
    ['in half a year', 6],
    ['next year', 12],
    ['in a year', 12],
    ['2 years from now', 24],
    ['In 2 Years', 24],
    ['last month', -1],
    ['a month ago', -1],
    ['2 months ago', -2],
    ['last 2 months', -2],
    ['last quarter', -3],
    ['a year ago', -12],
  ])('%s', async (words, months) => {
    for (const today of DAYS) {
      expect([today, await readDay(words, today)]).toEqual([today, { day: later(today, months) }])
    }
  })

  test.each([
    ['1 month and 3 days', '2027-01-31', '2027-03-03'],
    ['in 1 month and 2 weeks', '2027-01-31', '2027-03-14'],
    ['in a year and a month', '2028-02-29', '2029-03-29'],
    ['in 1 month 3 days', '2027-01-31', '2027-03-03'],
    ['in 2 weeks', '2027-01-31', '2027-02-14'],
    ['in a fortnight', '2027-01-31', '2027-02-14'],
    ['10 days from now', '2028-02-25', '2028-03-06'],
    ['end of next month', '2027-01-31', '2027-02-28'],
  ])('%s on %s', async (words, today, day) => {
    expect(await readDay(words, today)).toEqual({ day })
  })

  test('at the end of a line', async () => {
    expect(await readDatedLine('write the plan in 1 month', '2027-01-31')).toEqual({
      text: 'write the plan',
      day: '2027-02-28',
    })
    expect(await readDatedLine('write the plan by next quarter', '2026-11-30')).toEqual({
      text: 'write the plan',
      day: '2027-02-28',
    })
  })
})

test.each(['send it in 2.5 months', 'send it in half a month', 'ask again in several months'])(
  '“%s” is not taken as text: a day was meant',
  async (line) => {
    expect(await readDatedLine(line, '2027-01-31')).toHaveProperty('problem')
  },
)

test.each([
  'Call Tom on another day',
  'Wait until another week',
  'Bring the close date in by a fortnight',
  'Move the date by a month',
  'Explain how it was in the second year',
])('“%s” names no day', async (line) => {
  expect(await readDatedLine(line, '2027-01-31')).toEqual({ text: line, day: null })
})

test.each(['in 1.5 months', 'in a month and a half', 'this quarter', 'months', 'in 9000 years'])(
  '“%s” is asked for anew: no day can be told from it',
  async (words) => {
    expect(await readDay(words, '2027-01-31')).toHaveProperty('problem')
  },
)

test.each(['', 'in', 'month', 'in 2', 'a a month', 'in 2 months ago', 'the plan', 'in 0.5 weeks'])(
  '“%s” is no length of time',
  (words) => {
    expect(readSpan(words)).toBeNull()
  },
)
