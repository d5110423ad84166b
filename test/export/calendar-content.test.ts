import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { answersFor, feed } from '../ask/file/feed.ts'
import { type Home, newHome } from '../world.ts'
import { DECK, did, exported, homeOfTwo, LISTEN, NEXT, readCalendar } from './calendar.ts'

describe('an export', () => {
  test('of an empty notebook is a calendar without events', async () => {
    const home = newHome()
    expect(readCalendar(await exported(home, 'all'))).toEqual([])
    await did(home, 'person', 'add', 'Ana Silva')
    for (const argv of [['all'], ['person', 'ana']]) {
      expect(readCalendar(await exported(home, ...argv))).toEqual([])
    }
  })

  test('holds due days, check-ins and next conversations, with their words and nothing else', async () => {
    const home = await homeOfTwo()
    const events = readCalendar(await exported(home, 'all'))
    expect(events.map(({ day, summary }) => `${day} ${summary}`)).toEqual(
      [...DECK, ...LISTEN, NEXT].toSorted(),
    )
    expect(new Set(events.flatMap(({ properties }) => properties))).toEqual(
      new Set([
        'uid',
        'sequence',
        'dtstamp',
        'dtstart',
        'x-microsoft-cdo-alldayevent',
        'x-microsoft-msncalendar-alldayevent',
        'summary',
        'transp',
        'status',
        'last-modified',
      ]),
    )
    const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
    const kinds = events.map(({ uid }) => uid.replace(new RegExp(`^${uuid}`), ''))
    expect(kinds).toEqual([
      '-check-in@coach',
      '-session@coach',
      '-check-in@coach',
      '-due@coach',
      '-due@coach',
    ])
  })

  test('of a notebook that did not change has the same bytes on another day', async () => {
    const home = await homeOfTwo()
    const before = await exported(home, 'all')
    expect(readCalendar(before).map(({ changedAt }) => changedAt)).toContain('2026-11-23T09:00:00Z')
    home.setNow(new Date('2027-02-01T17:30:00Z'))
    expect(await exported(home, 'all')).toBe(before)
  })

  test('tells when an entry changed last', async () => {
    const home = await homeOfTwo()
    home.setNow(new Date('2026-11-24T17:30:00Z'))
    await did(home, 'done', '1')
    const changed = readCalendar(await exported(home, 'all')).filter(
      ({ changedAt }) => changedAt === '2026-11-24T17:30:00Z',
    )
    expect(changed.map(({ summary }) => summary)).toEqual([
      'Check-in: send the deck (Ana Silva)',
      'Due: send the deck (Ana Silva)',
    ])
  })

  describe.each(['Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kolkata'])('in %s', (zone) => {
    afterEach(() => void vi.unstubAllEnvs())

    test('is on the same days', async () => {
      const home = await homeOfTwo()
      const before = await exported(home, 'all')
      vi.stubEnv('TZ', zone)
      expect(new Date('2026-11-23T00:00:00Z').getHours()).not.toBe(0)
      expect(await exported(home, 'all')).toBe(before)
    })
  })
})

describe('an export is about', () => {
  const made = makeHome()
  async function makeHome(): Promise<Home> {
    const home = await homeOfTwo()
    await did(home, 'person', 'add', 'Ben Okafor')
    await did(home, 'action', 'add', 'ben', 'rehearse the opening', '--due', 'fri')
    await did(home, 'action', 'add', 'ana', 'what nobody wants', '--due', '2026-11-24')
    await did(home, 'delete', 'action', '4', '--yes')
    await feed(
      home,
      answersFor('Ana Silva', {
        promises: [{ item: 1, outcome: 'done' }],
        plan: { actions: [{ what: 'write the summary', due: '2026-11-25' }] },
      }),
    )
    return home
  }
  const said = async (...argv: readonly string[]) =>
    readCalendar(await exported(await made, ...argv)).map(
      ({ day, summary, isOff }) => `${day} ${summary}${isOff ? ', off' : ''}`,
    )

  test('that person alone: coach export person', async () => {
    expect(await said('person', 'ben')).toEqual([
      '2026-11-25 Check-in: rehearse the opening (Ben Okafor)',
      '2026-11-27 Due: rehearse the opening (Ben Okafor)',
    ])
  })

  test('what a session made and settled, and the next conversation agreed in it: coach export session', async () => {
    expect(await said('session', '2')).toEqual([
      '2026-11-25 Due: write the summary (Ana Silva)',
      ...DECK.map((line) => `${line}, off`),
    ])
    expect(await said('session', '1')).toEqual(
      [...DECK.map((line) => `${line}, off`), ...LISTEN, NEXT].toSorted(),
    )
  })

  test('what a session made, with a check-in that was taken away called off', async () => {
    const home = await homeOfTwo()
    await did(home, 'action', 'edit', '1', '--check-in', '')
    await did(home, 'delete', 'action', '2', '--yes')
    const events = readCalendar(await exported(home, 'session', '1'))
    expect(events.map(({ summary, isOff }) => [summary, isOff])).toEqual([
      ['Check-in: send the deck (Ana Silva)', true],
      ['One-on-one with Ana Silva', false],
      ['Due: send the deck (Ana Silva)', false],
    ])
  })

  test('everybody: coach export all', async () => {
    const all = await said('all')
    expect(all.toSorted()).toEqual(
      [...(await said('person', 'ana')), ...(await said('person', 'ben'))].toSorted(),
    )
    const days = all.map((line) => line.slice(0, 10))
    expect(days).toEqual(days.toSorted())
  })

  test('an item that was deleted is called off without its words', async () => {
    const home = await homeOfTwo()
    await did(home, 'delete', 'action', '1', '--yes')
    const off = readCalendar(await exported(home, 'all')).filter(({ isOff }) => isOff)
    expect(off.map(({ day, summary }) => `${day} ${summary}`)).toEqual([
      '2026-11-27 Check-in: deleted since (Ana Silva)',
      '2026-12-04 Due: deleted since (Ana Silva)',
    ])
  })
})

describe('where it is written', () => {
  test.each([
    [['session', '1'], ['session-1-ana-silva.ics']],
    [['person', 'ana'], ['1-ana-silva.ics']],
    [['all'], ['1-ana-silva.ics', '2-ben-okafor.ics']],
  ])('into a folder: %j', async (argv, files) => {
    const home = await homeOfTwo()
    await did(home, 'person', 'add', 'Ben Okafor')
    await exported(home, ...argv, '-o', 'out/')
    const folder = join(home.folder, 'out')
    expect(readdirSync(folder).toSorted()).toEqual(files)
    const what = argv[0] === 'all' ? ['person', 'ana'] : argv
    expect(readFileSync(join(folder, files[0] ?? ''), 'utf8')).toBe(await exported(home, ...what))
  })

  test('into a file, the same as on the screen', async () => {
    const home = await homeOfTwo()
    expect(await exported(home, 'all', '-o', 'my.ics')).toBe('')
    const bytes = readFileSync(join(home.folder, 'my.ics'), 'utf8')
    expect(bytes).toBe(await exported(home, 'all'))
    expect(bytes).toBe(await exported(home, 'all', '-o', '-'))
  })
})
