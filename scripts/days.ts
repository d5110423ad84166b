// Runs the tests that touch a clock on many days and in many zones, and prints what they came to. `npm run test:days`, and with
// `-- --short` the two days that are part of `npm test`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { setup as build } from '../test/build.ts'
import { clockIn, dayIn, daysAfter, instantIn } from '../test/clock/calendar.ts'

/** An instant to try, what it is called, and where. */
interface Try {
  readonly name: string
  readonly at: Date
  readonly zone: string
}

const Report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
})

const NOW = new Date()
const TODAY = dayIn('UTC', NOW)
const ZONES = ['UTC', 'Pacific/Auckland', 'Asia/Kolkata', 'America/Los_Angeles']
/** As many days ahead, at the time of day that it is. */
const ahead = (days: number) => ({
  name: days === 0 ? 'today' : `+ ${days} days`,
  in: () => new Date(NOW.getTime() + days * 86_400_000),
})
const SHORT = [ahead(8), ahead(200)]
const DAYS = [
  ahead(0),
  ...SHORT,
  at(
    'before a leap day',
    nextDay('02-28', (year) => year % 4 === 0),
    '21:30:00',
  ),
  at('end of January', nextDay('01-31'), '09:00:00'),
  at('end of the year', nextDay('12-31'), '23:59:30'),
]

/**
 * Timers go by the monotonic clock, which stays as it is: they would wait for ever. So do the times of files: Node asks for them in
 * a way that libfaketime does not see, and every other program is to see the same.
 */
const AS_IT_IS = { FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1', NO_FAKE_STAT: '1' }

/** The files that have the tag: to load all others takes longer than these tests. */
const TAGGED = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .map((name) => join('test', name))
  .filter((path) => path.endsWith('.test.ts'))
  .filter((path) => /@module-tag clock|tags: \['clock'\]/.test(readFileSync(path, 'utf8')))

/** Whether a file begins on the day that is tried, and not on that of the tests. */
const isOfAnyDay = (path: string) => path.startsWith(join('test', 'clock'))

const isShort = process.argv.includes('--short')
const tries: readonly Try[] = isShort
  ? SHORT.map((one) => ({ name: one.name, at: one.in(), zone: 'UTC' }))
  : [
      ...DAYS.flatMap((one) => ZONES.map((zone) => ({ name: one.name, at: one.in(zone), zone }))),
      ...['Europe/Berlin', 'America/New_York'].flatMap(changesOfClocks),
    ]

build()
const canMove = canMoveMachine()
const began = performance.now()
const results = tries.map((one) => {
  const result = run(one)
  const { passed, failed, skipped, seconds } = result
  process.stdout.write(
    `${one.name.padEnd(20)}${wallOf(one).padEnd(18)}${one.zone.padEnd(21)}${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds} s\n`,
  )
  return result
})
const sum = (of: 'passed' | 'failed') => results.reduce((all, one) => all + one[of], 0)
process.stdout.write(
  `${results.length} days and zones, ${sum('passed')} tests passed, ${sum('failed')} failed, ${Math.round((performance.now() - began) / 1000)} s\n`,
)
if (!canMove) {
  process.stdout.write(
    'Without faketime the clock of this machine could not be moved: only the tests that begin on the day itself were run.\n',
  )
}
for (const { problems } of results) for (const one of problems) process.stdout.write(`\n${one}\n`)
process.exitCode = results.some(({ isWell }) => !isWell) ? 1 : 0

/** What the clock on the wall shows then and there. */
function wallOf({ at, zone }: Try): string {
  return `${dayIn(zone, at)} ${clockIn(zone, at)}`
}

/** A day and a time as the clock on the wall shows them, wherever that hangs. */
function at(name: string, day: string, time: string) {
  return { name, in: (zone: string) => instantIn(zone, `${day}T${time}`) }
}

/** The next such day in the calendar, today included. */
function nextDay(date: string, isYear: (year: number) => boolean = () => true): string {
  const years = Array.from({ length: 9 }, (_, n) => Number(TODAY.slice(0, 4)) + n)
  const days = years.filter(isYear).map((year) => `${year}-${date}`)
  return days.find((day) => day >= TODAY) ?? ''
}

/** The days of the next year on which clocks change in a zone: before the change, and late in the evening. */
function changesOfClocks(zone: string): readonly Try[] {
  const hoursOf = (day: string) =>
    (instantIn(zone, `${daysAfter(day, 1)}T00:00:00`).getTime() -
      instantIn(zone, `${day}T00:00:00`).getTime()) /
    3_600_000
  return Array.from({ length: 366 }, (_, n) => daysAfter(TODAY, n))
    .filter((day) => hoursOf(day) !== 24)
    .flatMap((day) =>
      ['00:30:00', '23:30:00'].map((time) => ({
        name: `a day of ${hoursOf(day)} hours`,
        at: instantIn(zone, `${day}T${time}`),
        zone,
      })),
    )
}

/** What stands before a program whose machine is so many seconds ahead (or behind), with all that it starts. */
function faketime(seconds: number): readonly string[] {
  return seconds === 0 || !canMove
    ? []
    : ['faketime', '-m', '-f', `${seconds < 0 ? '' : '+'}${seconds}`]
}

/** Whether the clock of the machine can be moved here (Debian: apt-get install faketime). */
function canMoveMachine(): boolean {
  const args = ['-m', '-f', '+86400', process.execPath, '-p', 'Date.now()']
  const { stdout } = spawnSync('faketime', args, { env: { ...process.env, ...AS_IT_IS } })
  return Math.abs(Number(stdout) - Date.now() - 86_400_000) < 60_000
}

/** Runs the tests with the clock of the machine at a time to try. */
function run(one: Try) {
  const { at, zone } = one
  const folder = mkdtempSync(join(tmpdir(), 'coach-days-'))
  const file = join(folder, 'report.json')
  // What is fixed to a day of its own needs no second zone, nor a machine that stays where it is.
  const where = canMove && zone === 'UTC' ? TAGGED : TAGGED.filter(isOfAnyDay)
  const [program = '', ...args] = [
    ...faketime(Math.round((at.getTime() - Date.now()) / 1000)),
    process.execPath,
    'node_modules/vitest/vitest.mjs',
    'run',
    '--tagsFilter=clock',
    '--reporter=json',
    `--outputFile=${file}`,
    ...where,
  ]
  const start = performance.now()
  const { status, stderr } = spawnSync(program, args, {
    env: { ...process.env, ...AS_IT_IS, TEST_DAY: at.toISOString(), TEST_ZONE: zone, TZ: zone },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  })
  const seconds = Math.round((performance.now() - start) / 1000)
  const report = status === null || status > 1 ? null : Report.parse(readJson(file))
  rmSync(folder, { recursive: true })
  const problems = report?.testResults.flatMap(({ name, message, assertionResults }) => [
    ...(message === '' ? [] : [`${wallOf(one)} ${zone} ${name}\n${message}`]),
    ...assertionResults
      .filter(({ status }) => status === 'failed')
      .map(
        ({ fullName, failureMessages }) =>
          `${wallOf(one)} ${zone} ${name}\n${fullName}\n${failureMessages?.join('\n')}`,
      ),
  ]) ?? [stderr]
  return {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: report?.numPendingTests ?? 0,
    // Nothing run is nothing shown.
    isWell: status === 0 && (report?.numPassedTests ?? 0) > 0,
    seconds,
    problems,
  }
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}
