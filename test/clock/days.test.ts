// @module-tag clock
// What a manager does on the day on which the machine stands, or on the one that `npm run test:days` tries, in its zone. Each test
// reckons for itself what is right.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import ICAL from 'ical.js'
import { beforeEach, describe, expect, test } from 'vitest'
import { addDays, daysBetween, halfWay, localDay, sayDay, startOf } from '../../src/dates/day.ts'
import { must, talkWith } from '../commands/followup/played.ts'
import { query } from '../notebook/file.ts'
import { OLD_FORMATS, writeOld } from '../notebook/older.ts'
import { isDraft } from '../ask/terminal/home.ts'
import { newFolder, type Outcome, run } from '../ask/terminal/process.ts'
import { startCoach } from '../ask/terminal/pty.ts'
import { newHome } from '../world.ts'
import { clockIn, dayIn, daysAfter, daysFrom, nextMidnight, said, weekdayOf } from './calendar.ts'
import { MACHINE, startClockAt } from './clock.ts'

const HOUR = 3_600_000
const { now: START, zone: ZONE } = MACHINE
const TODAY = dayIn(ZONE, START)
const after = (ms: number) => new Date(START.getTime() + ms)

beforeEach(() => startClockAt(START, ZONE))

/** Runs the built program, which has to end well. */
async function coach(folder: string, ...args: readonly string[]): Promise<Outcome> {
  const outcome = await run(folder, ...args)
  expect([args, outcome.code, outcome.err]).toEqual([args, 0, outcome.err])
  return outcome
}

/** Sets the clock to a later instant. What lies in the home is as much older then. */
function wait(folder: string, ms: number): void {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
    const path = join(folder, name)
    return { path, time: statSync(path).mtime }
  })
  startClockAt(new Date(Date.now() + ms), ZONE)
  for (const { path, time } of files) utimesSync(path, time, time)
}

const backupsIn = (folder: string) =>
  existsSync(join(folder, 'backups')) ? readdirSync(join(folder, 'backups')).toSorted() : []

/** The next day that is such a weekday, never today. */
const next = (weekday: number) => daysAfter(TODAY, ((weekday - weekdayOf(TODAY) + 6) % 7) + 1)

/** The day with that date so many months later, or the last day of a month that is too short. */
function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const days = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  const first = new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 8)
  return `${first}${String(Math.min(date, days)).padStart(2, '0')}`
}

const SAID = [
  ['today', TODAY],
  ['tomorrow', daysAfter(TODAY, 1)],
  ['day after tomorrow', daysAfter(TODAY, 2)],
  ['in 2 weeks', daysAfter(TODAY, 14)],
  ['in 10 days', daysAfter(TODAY, 10)],
  ['in 1 month', monthsAfter(TODAY, 1)],
  ['in 6 months', monthsAfter(TODAY, 6)],
  ['fri', next(5)],
  ['monday', next(1)],
] as const

describe('a day said in words is the one that a calendar gives', () => {
  test.each(SAID)('%s', async (words, day) => {
    const home = newHome()
    home.setNow(START)
    await must(home, ['person', 'add', 'Ana'])
    await must(home, ['action', 'add', 'ana', 'send it', '--due', words])
    await talkWith(home, 'Ana', { plan: { actions: [{ what: 'call Tom', due: words }] } })
    const { out } = await home.coach(['review', '--json'])
    expect(JSON.parse(out)).toMatchObject([
      { due_on: day, overdue: false },
      { due_on: day, overdue: false },
    ])
    expect(query(home.notebook, 'SELECT held_on FROM session')).toEqual([{ held_on: TODAY }])
  })

  test('in every program that is started, and on every page that names it', async () => {
    const folder = newFolder()
    await coach(folder, 'person', 'add', 'Ana Silva')
    const added = await coach(folder, 'action', 'add', 'ana', 'send it', '--due', 'in 2 weeks')
    const day = said(daysAfter(TODAY, 14), TODAY)
    expect(added.err).toContain(`Ana Silva · ${day}`)
    await coach(folder, 'note', 'ana', 'She asked early.')
    await coach(folder, 'session', 'ana', '--move', 'tomorrow')
    expect(query(join(folder, 'notebook.db'), 'SELECT planned_on FROM next_session')).toEqual([
      { planned_on: daysAfter(TODAY, 1) },
    ])
    expect((await coach(folder, 'prep', 'ana')).out).toContain(day)
    expect((await coach(folder, 'review')).out).toContain(day)
    expect((await coach(folder, 'doctor')).out).toContain('All is well')
  })
})

test('what is due today is overdue tomorrow, and not a minute before midnight', async () => {
  const folder = newFolder()
  await coach(folder, 'person', 'add', 'Ana Silva')
  await coach(folder, 'action', 'add', 'ana', 'send it', '--due', 'today')
  const overdue = async () =>
    JSON.parse((await run(folder, 'review', '--json')).out).map((one: object) => ({ ...one }))
  const midnight = nextMidnight(ZONE, START)
  startClockAt(new Date(midnight.getTime() - 20_000), ZONE)
  expect(await overdue()).toMatchObject([{ due_on: TODAY, overdue: false }])
  expect(await run(folder, 'due')).toEqual({ code: 0, out: '', err: '' })
  startClockAt(midnight, ZONE)
  const late = await run(folder, 'due')
  expect([late.code, late.out]).toEqual([10, `${TODAY}  action 1  Ana Silva: send it\n`])
  expect(await overdue()).toMatchObject([{ due_on: TODAY, overdue: true }])
  await coach(folder, 'action', 'add', 'ana', 'send more', '--due', 'today')
  expect(await overdue()).toMatchObject([{ due_on: TODAY }, { due_on: daysAfter(TODAY, 1) }])
})

test('an item is done on that day, and undo opens it again', async () => {
  const folder = newFolder()
  const path = join(folder, 'notebook.db')
  await coach(folder, 'person', 'add', 'Ana Silva')
  await coach(folder, 'action', 'add', 'ana', 'send it', '--due', 'tomorrow')
  await coach(folder, 'done', '1')
  const [closed] = query(path, 'SELECT status, closed_at FROM action_item')
  const { status, closed_at: at } = Object(closed)
  expect([status, Math.abs(Date.parse(at) - Date.now()) < 60_000]).toEqual(['done', true])
  await coach(folder, 'undo')
  expect(query(path, 'SELECT status, closed_at, due_on FROM action_item')).toEqual([
    { status: 'open', closed_at: null, due_on: daysAfter(TODAY, 1) },
  ])
})

test('the first backup of the week is made after a day, the second a week later and not before', async () => {
  const folder = newFolder()
  await coach(folder, 'person', 'add', 'Ana Silva')
  wait(folder, 23 * HOUR)
  await coach(folder, 'note', 'ana', 'one')
  expect(backupsIn(folder)).toEqual([])
  wait(folder, 2 * HOUR)
  await coach(folder, 'note', 'ana', 'two')
  const first = after(25 * HOUR)
    .toISOString()
    .slice(0, 10)
  expect(backupsIn(folder)).toEqual([expect.stringContaining(`notebook-${first}T`)])
  // A week in which little was written makes none.
  for (let n = 1; n <= 19; n++) await coach(folder, '-q', 'note', 'ana', `thought ${n}`)
  wait(folder, 167 * HOUR)
  await coach(folder, 'note', 'ana', 'three')
  expect(backupsIn(folder)).toHaveLength(1)
  wait(folder, 2 * HOUR)
  await coach(folder, 'note', 'ana', 'four')
  expect(backupsIn(folder)).toHaveLength(2)
})

test('a file that was half written an hour ago goes with the next backup, and a fresh one stays', async () => {
  const folder = newFolder()
  await coach(folder, 'person', 'add', 'Ana Silva')
  mkdirSync(join(folder, 'backups'))
  const names = ['0', '1'].map((n) => `notebook.${n}d2c2d4e-5a4f-4d9f-8d7e-1f2a3b4c5d6e.new`)
  writeFileSync(join(folder, 'backups', names[0] ?? ''), 'half')
  wait(folder, 2 * HOUR)
  writeFileSync(join(folder, 'backups', names[1] ?? ''), 'half')
  await coach(folder, 'backup')
  expect(backupsIn(folder).filter((name) => !name.endsWith('.db'))).toEqual([names[1]])
})

test.each([...OLD_FORMATS])(
  'a person is forgotten, with the backup from before format %i was brought up to date',
  async (format) => {
    const folder = newFolder()
    writeOld(format, join(folder, 'notebook.db'))
    await coach(folder, 'people')
    const names = backupsIn(folder)
    expect(names).toHaveLength(1)
    await coach(folder, 'person', 'forget', 'Ana Silva', '--backups', '--yes')
    expect(backupsIn(folder)).toEqual(names)
    for (const path of ['notebook.db', join('backups', names[0] ?? '')]) {
      const bytes = readFileSync(join(folder, path))
      expect([path, bytes.includes('Ana Silva')]).toEqual([path, false])
    }
  },
)

test('a person is forgotten, with a backup of today', async () => {
  const folder = newFolder()
  for (const name of ['Ana Silva', 'Ben Kurz']) await coach(folder, 'person', 'add', name)
  await coach(folder, 'backup')
  const names = backupsIn(folder)
  expect(names).toHaveLength(1)
  await coach(folder, 'person', 'forget', 'ana', '--backups', '--yes')
  expect(backupsIn(folder)).toEqual(names)
  for (const path of ['notebook.db', join('backups', names[0] ?? '')]) {
    expect(query(join(folder, path), 'SELECT name FROM person')).toEqual([{ name: 'Ben Kurz' }])
  }
})

test('purge deletes what is older than two years to the day, and nothing younger', async () => {
  const home = newHome()
  const border = monthsAfter(TODAY, -24)
  home.setNow(START)
  await must(home, ['person', 'add', 'Ana'])
  for (const day of [daysAfter(border, -1), border]) await talkWith(home, 'Ana', { held_on: day })
  await must(home, ['purge', '--older-than', '2 years', '--yes'])
  expect(query(home.notebook, 'SELECT held_on FROM session')).toEqual([{ held_on: border }])
})

test('what was typed when the program was killed is offered, with the time at which it was typed', async () => {
  const folder = newFolder()
  await coach(folder, 'person', 'add', 'Ana Silva')
  const argv = ['session', 'ana', '--prepare', '--quick']
  const first = startCoach(argv, { folder })
  await first.see('What did you see or hear?')
  const began = Date.now()
  first.type('She asked about the bud')
  await first.until(() => isDraft(folder, 'She asked about the bud'), 'the draft on disk')
  const ended = Date.now()
  first.kill('SIGKILL')
  await first.exit()
  const times = [began, ended].map((time) => clockIn(ZONE, new Date(time)))
  const again = startCoach(argv, { folder })
  await again.see(/You typed this (.*?)at \d\d:\d\d; it was not saved yet\./)
  expect(times).toContain(/at (\d\d:\d\d); it was not saved/.exec(again.text())?.[1])
  again.press('ctrl-d')
  await again.see('Saved')
  expect(await again.exit()).toBe(0)
})

test('calendar and JSON exports carry the day, and JSON is imported unchanged', async () => {
  const folder = newFolder()
  await coach(folder, 'person', 'add', 'Ana Silva')
  await coach(folder, 'action', 'add', 'ana', 'send it', '--due', 'in 2 weeks')
  const { out } = await coach(folder, 'export', 'all', '--format', 'ics')
  const events = new ICAL.Component(ICAL.parse(out)).getAllSubcomponents()
  const days = events.map((one) => new ICAL.Event(one).startDate.toString())
  expect(days).toContain(daysAfter(TODAY, 14))
  for (const one of events) {
    const stamp = one.getFirstPropertyValue('dtstamp')
    const at = Date.parse(String(stamp))
    expect(Math.abs(at - START.getTime())).toBeLessThan(60_000)
  }
  await coach(folder, 'export', 'all', '--format', 'json', '-o', 'all.json')
  const other = newFolder()
  cpSync(join(folder, 'all.json'), join(other, 'all.json'))
  await coach(other, 'import', 'all.json')
  const rows = (home: string) =>
    query(
      join(home, 'notebook.db'),
      'SELECT uuid, due_on, check_in_on, created_at FROM action_item',
    )
  expect(rows(other)).toEqual(rows(folder))
})

test('days are counted by the calendar for a year around, also where an hour is missing or comes twice', () => {
  for (let n = -370; n <= 370; n++) {
    const day = daysAfter(TODAY, n)
    expect([addDays(TODAY, n), daysBetween(TODAY, day)]).toEqual([day, daysFrom(TODAY, day)])
    expect(sayDay(day, TODAY)).toBe(said(day, TODAY))
    expect([localDay(startOf(day)), dayIn(ZONE, new Date(startOf(day)))]).toEqual([day, day])
  }
  const looks = Array.from({ length: 60 }, (_, n) => halfWay(TODAY, daysAfter(TODAY, n)))
  const wanted = looks.map((_, n) => {
    const middle = daysAfter(TODAY, Math.floor(n / 2))
    const toWorkday = { 0: 1, 6: -1 }[weekdayOf(middle)] ?? 0
    return n < 4 ? null : daysAfter(middle, toWorkday)
  })
  expect(looks).toEqual(wanted)
})

test('the times of files move with the clock, and a test sets them', () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'new'), '')
  wait(folder, 8 * 24 * HOUR)
  expect(Math.round((Date.now() - statSync(join(folder, 'new')).mtimeMs) / HOUR)).toBe(8 * 24)
})
