// @module-tag clock
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { addDays, dayOf, daysBetween, localDay, sayDay } from '../../src/dates/day.ts'
import { readDatedLine, readDay } from '../../src/dates/read-day.ts'

/** A Monday. */
const TODAY = '2026-11-23'
const RUNS = { seed: 20_261_123 }

const days = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('a day is read', () => {
  test.each([
    ['2026-12-01', '2026-12-01'],
    ['2026-11-20', '2026-11-20'],
    ['2028-02-29', '2028-02-29'],
    [' 2026-12-01 ', '2026-12-01'],
    ['today', '2026-11-23'],
    ['Today', '2026-11-23'],
    ['tomorrow', '2026-11-24'],
    ['day after tomorrow', '2026-11-25'],
    ['yesterday', '2026-11-22'],
    ['tue', '2026-11-24'],
    ['wed', '2026-11-25'],
    ['weds', '2026-11-25'],
    ['thu', '2026-11-26'],
    ['thurs', '2026-11-26'],
    ['fri', '2026-11-27'],
    ['Fri', '2026-11-27'],
    ['FRIDAY', '2026-11-27'],
    ['fri.', '2026-11-27'],
    ['this friday', '2026-11-27'],
    ['on friday', '2026-11-27'],
    ['sat', '2026-11-28'],
    ['sun', '2026-11-29'],
    ['mon', '2026-11-30'],
    ['monday', '2026-11-30'],
    ['next tuesday', '2026-11-24'],
    ['next   tue', '2026-11-24'],
    ['next mon', '2026-11-30'],
    ['in 2 weeks', '2026-12-07'],
    ['2 weeks', '2026-12-07'],
    ['in two weeks', '2026-12-07'],
    ['in a week', '2026-11-30'],
    ['next week', '2026-11-30'],
    ['in 3 days', '2026-11-26'],
    ['in 1 month', '2026-12-23'],
    ['end of month', '2026-11-30'],
    ['1 dec', '2026-12-01'],
    ['dec 1', '2026-12-01'],
    ['1st of december', '2026-12-01'],
    ['27 november 2026', '2026-11-27'],
    ['fri 27 nov', '2026-11-27'],
    ['5 jan', '2027-01-05'],
    ['29 feb 2028', '2028-02-29'],
    ['last friday', '2026-11-20'],
    ['last monday', '2026-11-16'],
  ])('%s', async (text, day) => {
    expect(await readDay(text, TODAY)).toEqual({ day })
  })
})

describe('fault 62: what is no day, or more than one, is refused', () => {
  test.each([
    ['2026-02-31', '2026-02-31 is not a day in the calendar.'],
    ['2026-02-29', '2026-02-29 is not a day in the calendar.'],
    ['2100-02-29', '2100-02-29 is not a day in the calendar.'],
    ['2026-13-01', '2026-13-01 is not a day in the calendar.'],
    ['2026-00-10', '2026-00-10 is not a day in the calendar.'],
    ['2026-11-00', '2026-11-00 is not a day in the calendar.'],
    ['0000-01-01', '0000-01-01 is not a day in the calendar.'],
    ['31 feb', '“31 feb” is not a day in the calendar.'],
    ['feb 31', '“feb 31” is not a day in the calendar.'],
    ['30 february 2028', '“30 february 2028” is not a day in the calendar.'],
    ['31 april', '“31 april” is not a day in the calendar.'],
    ['31st of november', '“31st of november” is not a day in the calendar.'],
    ['the 0 may', '“the 0 may” is not a day in the calendar.'],
    ['32/13', '“32/13” is not a day in the calendar.'],
    ['31/02', '“31/02” is not a day in the calendar.'],
  ])('%s: not in the calendar', async (text, problem) => {
    expect(await readDay(text, TODAY)).toEqual({ problem })
  })

  test.each(['29 feb', 'feb 29', '29 feb 2027', 'february 29th', '29.02.2027', '29/02/2027'])(
    '%s, in a year that has none',
    async (text) => {
      expect(await readDay(text, TODAY)).toEqual({ problem: expect.stringContaining(text) })
    },
  )

  test.each([
    ['02/03', ['2027-03-02', '2027-02-03']],
    ['2/3', ['2027-03-02', '2027-02-03']],
    ['12/11/2026', ['2026-11-12', '2026-12-11']],
    ['12/11/26', ['2026-11-12', '2026-12-11']],
    ['1.12.', ['2026-12-01', '2027-01-12']],
    ['1.12.2026', ['2026-12-01', '2026-01-12']],
    ['12-11', ['2027-11-12', '2026-12-11']],
    ['25/12', ['2026-12-25']],
    ['12/25', ['2026-12-25']],
    ['5/5', ['2027-05-05']],
    ['1m', ['1 minute', '1 month']],
    ['2 m', ['2 minutes', '2 months']],
    ['in 3 mo', ['3 minutes', '3 months']],
  ])('%s, with its readings', async (text, readings) => {
    const reading = await readDay(text, TODAY)
    expect(reading).toHaveProperty('problem')
    for (const one of readings) expect(JSON.stringify(reading)).toContain(one)
  })

  test.each(['', '   ', '\n'])('%j', async (text) => {
    expect(await readDay(text, TODAY)).toEqual({ problem: expect.stringContaining('No date') })
  })

  test.each([
    'soon',
    'later',
    'may',
    'march',
    'friday or monday',
    'mon-fri',
    'fri 5pm',
    '3pm',
    'noon',
    'in 2 hours',
    'in 5 minutes',
    '5',
    '2026',
    'q1',
    'decision',
    'sunny',
    'monet',
    'sat down',
    'fri 28 nov',
    '2026-11-27T10:00',
    'call Tom fri',
    'by fri',
  ])('%s', async (text) => {
    expect(await readDay(text, TODAY)).toEqual({ problem: expect.any(String) })
  })
})

test('an ISO day is read as that very day', async () => {
  await fc.assert(
    fc.asyncProperty(days, days, async (day, today) => {
      expect(await readDay(day, today)).toEqual({ day })
    }),
    RUNS,
  )
})

test('a weekday is the next one after today, never today', async () => {
  const names = fc.constantFrom('Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat')
  await fc.assert(
    fc.asyncProperty(days, names, async (today, name) => {
      const reading = await readDay(name, today)
      const day = 'day' in reading ? reading.day : ''
      expect(daysBetween(today, day)).toBeGreaterThanOrEqual(1)
      expect(daysBetween(today, day)).toBeLessThanOrEqual(7)
      expect(sayDay(day, today).slice(0, 3)).toBe(name)
    }),
    RUNS,
  )
})

describe('a line with a day at its end', () => {
  test.each([
    [
      'practise the impact question in three calls by fri',
      'practise the impact question in three calls',
      '2026-11-27',
    ],
    ['send the deck BY FRIDAY', 'send the deck', '2026-11-27'],
    ['send the deck by friday.', 'send the deck', '2026-11-27'],
    ['send the deck, by fri', 'send the deck', '2026-11-27'],
    ['send the deck  by   fri ', 'send the deck', '2026-11-27'],
    ['send the deck on mon', 'send the deck', '2026-11-30'],
    ['send the deck due 2026-12-01', 'send the deck', '2026-12-01'],
    ['send the deck until tomorrow', 'send the deck', '2026-11-24'],
    ['send the deck in 2 weeks', 'send the deck', '2026-12-07'],
    ['send the deck in a week', 'send the deck', '2026-11-30'],
    ['report until end of month', 'report', '2026-11-30'],
    ['have it done by 1 dec', 'have it done', '2026-12-01'],
    ['have it done by the 1st of december', 'have it done', '2026-12-01'],
    ['check in on Friday', 'check in', '2026-11-27'],
    ['sit in on thursday', 'sit in', '2026-11-26'],
    ['step in by friday and on monday', 'step in by friday and', '2026-11-30'],
  ])('%s', async (line, text, day) => {
    expect(await readDatedLine(line, TODAY)).toEqual({ text, day })
  })
})

describe('a line without a day stays as it is', () => {
  test.each([
    'sat down',
    'the March deck',
    'work on the March deck',
    'sit in on the Thursday call',
    'the sun',
    'sit in the sun',
    'grow by 10 percent',
    'by 10 percent',
    'cut it in half',
    'ask in 3-5 calls',
    'improve by 2.5',
    'grow by 3-5',
    'split it 50/50',
    'win by may',
    'win in may',
    'read it in 5 minutes',
    'reply in 24 hours',
    'finish by noon',
    'finish by fri 5pm',
    'raise it on fri or mon',
    'by fri',
    'until end of month',
    'stick to what is due',
    'put three slides in',
    'follow up on 35 decision makers',
    'call in 40 market segments',
    'call on 45 marketing leads',
    'work on deck 45',
    'rely on mark 50',
    'stop by in person',
    'by by by by',
    'on in on in due',
    '',
  ])('%s', async (line) => {
    expect(await readDatedLine(line, TODAY)).toEqual({ text: line, day: null })
  })
})

describe('fault 62: a line whose end is a day that cannot be meant is refused', () => {
  test.each([
    ['send it by 02/03', '2027-03-02'],
    ['send it due 1.12.', '2026-12-01'],
    ['send it by 31 feb', 'not a day in the calendar'],
    ['send it by 29 feb', 'not a day in the calendar'],
    ['send it by 2026-02-31', 'not a day in the calendar'],
    ['send it on 31 november', 'not a day in the calendar'],
    ['send it in 1m', '1 minute'],
  ])('%s', async (line, said) => {
    expect(await readDatedLine(line, TODAY)).toEqual({ problem: expect.stringContaining(said) })
  })
})

test('any text is read in an instant, and none is lost', async () => {
  const words = fc.constantFrom('by', 'on', 'in', 'due', 'a', 'fri', '3', 'weeks', '02/03', 'call')
  const lines = fc.array(words, { maxLength: 400 }).map((all) => all.join(' '))
  await fc.assert(
    fc.asyncProperty(lines, async (line) => {
      const begin = performance.now()
      const reading = await readDatedLine(line, TODAY)
      expect(performance.now() - begin).toBeLessThan(1000)
      const kept = 'text' in reading ? reading.text : line
      expect(line.startsWith(kept)).toBe(true)
      expect('day' in reading && reading.day === null ? kept : line).toBe(line)
    }),
    { ...RUNS, numRuns: 30 },
  )
})

describe('fault 62: wherever the program runs', () => {
  const before = process.env['TZ']
  afterEach(() => {
    process.env['TZ'] = before
  })

  const PLACES = [
    'UTC',
    'Pacific/Kiritimati',
    'Pacific/Midway',
    'America/New_York',
    'America/St_Johns',
    'Europe/Berlin',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
  ]

  test.each(PLACES)('in %s a word means the same day', async (place) => {
    process.env['TZ'] = place
    // The days on which clocks change are days like any other.
    for (const today of ['2026-11-23', '2026-03-08', '2026-03-29', '2026-10-25', '2026-11-01']) {
      const read = async (text: string) => await readDay(text, today)
      expect(await read('today')).toEqual({ day: today })
      expect(await read('tomorrow')).toEqual({ day: addDays(today, 1) })
      expect(await read('in 2 weeks')).toEqual({ day: addDays(today, 14) })
      expect(await read('in 3 days')).toEqual({ day: addDays(today, 3) })
      expect(await read('25 dec')).toEqual({ day: '2026-12-25' })
    }
  })

  test.each([
    ['UTC', '2026-11-23T23:30:00Z', '2026-11-23'],
    ['Pacific/Kiritimati', '2026-11-23T10:30:00Z', '2026-11-24'],
    ['Pacific/Midway', '2026-11-23T10:30:00Z', '2026-11-22'],
    ['America/New_York', '2026-03-08T04:59:00Z', '2026-03-07'],
    ['Europe/Berlin', '2026-03-28T23:30:00Z', '2026-03-29'],
  ])('in %s the instant %s falls on %s', (place, instant, day) => {
    process.env['TZ'] = place
    expect(localDay(instant)).toBe(day)
    expect(dayOf(new Date(instant))).toBe(day)
  })
})

test('the days counted from one day to another lead from the first to the second', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -20_000, max: 20_000 }), (day, n) => {
      expect(daysBetween(day, addDays(day, n))).toBe(n)
      expect(addDays(addDays(day, n), -n)).toBe(day)
    }),
    RUNS,
  )
})

test.each([
  ['2026-11-27', 'Fri 27 Nov'],
  ['2026-11-01', 'Sun 1 Nov'],
  ['2027-01-05', 'Tue 5 Jan 2027'],
  ['2025-12-31', 'Wed 31 Dec 2025'],
  ['2028-02-29', 'Tue 29 Feb 2028'],
])('%s is said as %s', (day, said) => {
  expect(sayDay(day, TODAY)).toBe(said)
})
