import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { stringify } from 'yaml'
import { toCalendarText } from '../../src/export/ics.ts'
import type { ActionItem } from '../../src/model.ts'
import { oneLine, safe } from '../../src/text/text.ts'
import { answersFor, feed } from '../ask/file/feed.ts'
import { tamper } from '../notebook/file.ts'
import { type Home, newHome } from '../world.ts'
import { DECK, did, exported, homeOfTwo, Importer, LISTEN, NEXT, readCalendar } from './calendar.ts'

const SEED = 20_261_123

describe('an export', () => {
  test('of an empty notebook is a calendar without events', async () => {
    const home = newHome()
    expect(readCalendar(await exported(home, 'all'))).toEqual([])
    await did(home, 'person', 'add', 'Ana Silva')
    for (const argv of [['all'], ['person', 'ana']]) {
      expect(readCalendar(await exported(home, ...argv))).toEqual([])
    }
  })

  test('holds due days, check-ins and next conversations, and of them nothing but the words', async () => {
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

describe('a calendar that took in the export before is right after', () => {
  type Step = readonly string[] | ((home: Home) => Promise<unknown>)
  const talk = (more: Readonly<Record<string, unknown>>) => async (home: Home) => {
    home.setNow(new Date('2026-12-02T09:00:00Z'))
    await feed(home, answersFor('Ana Silva', more))
  }
  const CHANGES: readonly (readonly [
    what: string,
    steps: readonly Step[],
    shown: readonly string[],
  ])[] = [
    ['nothing', [], [...DECK, ...LISTEN, NEXT]],
    [
      'a due day that was moved',
      [['action', 'edit', '1', '--due', '2026-12-11']],
      [
        '2026-12-02 Check-in: send the deck (Ana Silva)',
        '2026-12-11 Due: send the deck (Ana Silva)',
        ...LISTEN,
        NEXT,
      ],
    ],
    [
      'an item that was carried',
      [['carry', '1', '--to', '2026-12-11']],
      [
        '2026-12-02 Check-in: send the deck (Ana Silva)',
        '2026-12-11 Due: send the deck (Ana Silva)',
        ...LISTEN,
        NEXT,
      ],
    ],
    ['an item that was partly done', [['part', '1']], [...DECK, ...LISTEN, NEXT]],
    ['an item that was done', [['done', '1']], [...LISTEN, NEXT]],
    ['an item that was missed', [['missed', '1']], [...LISTEN, NEXT]],
    ['an item that was dropped', [['drop', '2']], [...DECK, NEXT]],
    ['an item that was done, undone', [['done', '1'], ['undo']], [...DECK, ...LISTEN, NEXT]],
    ['an item that was deleted', [['delete', 'action', '1', '--yes']], [...LISTEN, NEXT]],
    [
      'an item that was done and then deleted',
      [
        ['done', '1'],
        ['delete', 'action', '1', '--yes'],
      ],
      [...LISTEN, NEXT],
    ],
    [
      'other words',
      [['action', 'edit', '1', '--what', 'send the slides']],
      [
        '2026-11-27 Check-in: send the slides (Ana Silva)',
        '2026-12-04 Due: send the slides (Ana Silva)',
        ...LISTEN,
        NEXT,
      ],
    ],
    [
      'a check-in that was taken away',
      [['action', 'edit', '1', '--check-in', '']],
      ['2026-12-04 Due: send the deck (Ana Silva)', ...LISTEN, NEXT],
    ],
    [
      'a check-in that was taken away and given again',
      [
        ['action', 'edit', '1', '--check-in', ''],
        ['action', 'edit', '1', '--check-in', '2026-11-27'],
      ],
      [...DECK, ...LISTEN, NEXT],
    ],
    ['a due day that was taken away', [['action', 'edit', '1', '--due', '']], [...LISTEN, NEXT]],
    [
      'a due day that was taken away and given again',
      [
        ['action', 'edit', '1', '--due', ''],
        ['action', 'edit', '1', '--due', '2026-12-04'],
      ],
      [...DECK, ...LISTEN, NEXT],
    ],
    [
      'a day taken away, given again and taken away once more',
      [
        ['action', 'edit', '1', '--due', ''],
        ['action', 'edit', '1', '--due', '2026-12-04'],
        ['action', 'edit', '1', '--due', ''],
      ],
      [...LISTEN, NEXT],
    ],
    [
      'a day taken away from an item that was deleted then',
      [
        ['action', 'edit', '1', '--check-in', ''],
        ['delete', 'action', '1', '--yes'],
      ],
      [...LISTEN, NEXT],
    ],
    [
      'a next conversation that was moved',
      [['session', 'ana', '--move', 'fri']],
      [...DECK, ...LISTEN, '2026-11-27 One-on-one with Ana Silva'],
    ],
    [
      'a next conversation that was moved there and back',
      [
        ['session', 'ana', '--move', 'fri'],
        ['session', 'ana', '--move', '2026-12-01'],
      ],
      [...DECK, ...LISTEN, NEXT],
    ],
    [
      'a next conversation that was held, and the one after it agreed',
      [talk({ plan: { next_session: '2026-12-15' } })],
      [...DECK, ...LISTEN, NEXT, '2026-12-15 One-on-one with Ana Silva'],
    ],
    [
      'a next conversation that was held, and none after it',
      [talk({ reflection: { went_well: 'All of it.' } })],
      [...DECK, ...LISTEN, NEXT],
    ],
    [
      'a check-in that took place',
      [talk({ promises: [{ item: 1, outcome: 'part' }] })],
      ['2026-12-04 Due: send the deck (Ana Silva)', ...LISTEN, NEXT],
    ],
    ['a session that was deleted', [['delete', 'session', '1', '--yes']], []],
    ['a person who was archived', [['person', 'archive', 'ana']], []],
    [
      'a person who was archived, whose item was closed',
      [
        ['person', 'archive', 'ana'],
        ['done', '1'],
      ],
      [],
    ],
    [
      'a person who was archived and came back',
      [
        ['person', 'archive', 'ana'],
        ['person', 'archive', 'ana', '--undo'],
      ],
      [...DECK, ...LISTEN, NEXT],
    ],
    [
      'a person who has another name',
      [['person', 'edit', 'ana', '--name', 'Ana Costa']],
      [...DECK, ...LISTEN, NEXT].map((line) => line.replace('Silva', 'Costa')),
    ],
    [
      'a person who got another name and the old one again',
      [
        ['person', 'edit', 'ana', '--name', 'Ana Costa'],
        ['person', 'edit', 'ana', '--name', 'Ana Silva'],
      ],
      [...DECK, ...LISTEN, NEXT],
    ],
  ]

  test.each(CHANGES)('%s', async (_what, steps, shown) => {
    const home = await homeOfTwo()
    const first = await exported(home, 'all')
    const [calendar, atTheEnd] = [new Importer().takeIn(first), new Importer().takeIn(first)]
    for (const step of steps) {
      if (typeof step === 'function') await step(home)
      else await did(home, ...step)
      calendar.takeIn(await exported(home, 'all'))
    }
    const last = await exported(home, 'all')
    // What is taken in once more, or in the wrong order, changes nothing.
    expect(calendar.takeIn(first).takeIn(last).shown()).toEqual(shown.toSorted())
    expect(atTheEnd.takeIn(last).shown()).toEqual(shown.toSorted())
    expect(new Importer().takeIn(last).shown()).toEqual(shown.toSorted())
  })

  test('the next one of a recurring item, made and taken back', async () => {
    const home = newHome()
    await did(home, 'person', 'add', 'Ana Silva')
    await did(home, 'action', 'add', 'ana', 'call in', '--due', 'fri', '--repeat', 'every 2 weeks')
    const calendar = new Importer().takeIn(await exported(home, 'all'))
    await did(home, 'done', '1')
    expect(calendar.takeIn(await exported(home, 'all')).shown()).toEqual([
      '2026-12-02 Check-in: call in (Ana Silva)',
      '2026-12-11 Due: call in (Ana Silva)',
    ])
    await did(home, 'undo')
    expect(calendar.takeIn(await exported(home, 'all')).shown()).toEqual([
      '2026-11-25 Check-in: call in (Ana Silva)',
      '2026-11-27 Due: call in (Ana Silva)',
    ])
  })

  test('a next conversation that was called off with the session that agreed it', async () => {
    const home = await homeOfTwo()
    const calendar = new Importer().takeIn(await exported(home, 'person', 'ana'))
    await did(home, 'delete', 'session', '1', '--yes')
    const last = await exported(home, 'person', 'ana')
    expect(calendar.takeIn(last).shown()).toEqual([])
    expect(readCalendar(last).map(({ summary }) => summary)).toContain('One-on-one with Ana Silva')
  })

  test('any changes, taken in at any time', { timeout: 120_000 }, async () => {
    const day = fc.constantFrom('', '2026-12-04', '2026-12-11', '2026-12-24')
    const id = fc.constantFrom('1', '2', '3')
    const step = fc.oneof(
      fc.tuple(fc.constantFrom('done', 'missed', 'drop', 'part'), id),
      fc.tuple(fc.constant('action'), fc.constant('edit'), id, fc.constant('--due'), day),
      fc.tuple(fc.constant('action'), fc.constant('edit'), id, fc.constant('--check-in'), day),
      fc.tuple(fc.constant('carry'), id, fc.constant('--to'), day),
      fc.tuple(fc.constant('delete'), fc.constant('action'), id, fc.constant('--yes')),
      fc.tuple(fc.constant('session'), fc.constant('ana'), fc.constant('--move'), day),
      fc.constant(['undo']),
      fc.constant(['action', 'edit', '1', '--repeat', 'every 2 weeks']),
    )
    const run = fc.tuple(step, fc.boolean())
    await fc.assert(
      fc.asyncProperty(fc.array(run, { minLength: 2, maxLength: 8 }), async (steps) => {
        const home = await homeOfTwo()
        const calendar = new Importer().takeIn(await exported(home, 'all'))
        for (const [argv, isTakenIn] of steps) {
          await home.coach(argv)
          if (isTakenIn) calendar.takeIn(await exported(home, 'all'))
        }
        const last = await exported(home, 'all')
        expect(calendar.takeIn(last).shown()).toEqual(new Importer().takeIn(last).shown())
      }),
      { seed: SEED, numRuns: 30 },
    )
  })
})

describe('what an export is about', () => {
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

  test('a person: that person alone', async () => {
    expect(await said('person', 'ben')).toEqual([
      '2026-11-25 Check-in: rehearse the opening (Ben Okafor)',
      '2026-11-27 Due: rehearse the opening (Ben Okafor)',
    ])
  })

  test('a session: what it made, what it settled, and the conversation agreed in it', async () => {
    expect(await said('session', '2')).toEqual([
      '2026-11-25 Due: write the summary (Ana Silva)',
      ...DECK.map((line) => `${line}, off`),
    ])
    expect(await said('session', '1')).toEqual(
      [...DECK.map((line) => `${line}, off`), ...LISTEN, NEXT].toSorted(),
    )
  })

  test('a session, when a day was taken away from one of its items', async () => {
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

  test('everything: everybody', async () => {
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

describe('nothing private is in it', () => {
  const made = makeHome()
  async function makeHome(): Promise<Home> {
    const home = newHome()
    const more = {
      if: 'canary-if',
      then: 'canary-then',
      else: 'canary-else',
      obstacle: 'canary-obstacle',
      measure: 'canary-measure',
      result: 'canary-result',
      support: 'canary-support',
    }
    await feed(
      home,
      answersFor('Ana Silva', {
        observation: { situation: 'canary-situation', saw: 'canary-saw', rating: 2 },
        reflection: { went_well: 'canary-view' },
        plan: {
          actions: [
            { what: 'send the deck', due: '2026-12-04', ...more },
            { what: 'canary-hidden', due: '2026-12-11', ...more },
            { what: 'canary-closed', due: '2026-12-18', owner: 'me' },
          ],
          next_session: '2026-12-01',
        },
        close: { praise: 'canary-praise', private_note: 'canary-note' },
      }),
    )
    await did(home, 'note', 'ana', 'canary-inbox')
    await did(home, 'goal', 'add', 'ana', 'canary-goal')
    await did(home, 'done', '3', '--note', 'canary-reason')
    tamper(
      home.notebook,
      "UPDATE answer SET visibility = 'private' WHERE item_id IN (2, 3) AND path LIKE '%.what'",
    )
    await home.coach(
      ['reflect', '--answers', '-'],
      stringify({
        person: 'Myself',
        guide: 'self',
        mindset: {
          view_of_coaching: 2,
          view_of_abilities: 3,
          values: 4,
          commitment_to_activities: 1,
          belief_in_people: 5,
        },
        reflection: { pulled_down: 'canary-down' },
        intention: { intention: [{ what: 'canary-intention', due: '2026-12-02' }] },
      }),
    )
    return home
  }
  const WAYS = [
    ['all'],
    ['session', '1'],
    ['session', '2'],
    ['person', 'ana'],
    ['person', 'myself'],
  ]

  test.each(WAYS.flatMap((way) => [way, [...way, '--shared']]).map((way) => [way] as const))(
    'coach export %j',
    async (way) => {
      const out = await exported(await made, ...way)
      expect(out.replaceAll('\r\n ', '')).not.toMatch(/canary/i)
    },
  )

  test('a private item has its days, under its number', async () => {
    const said = readCalendar(await exported(await made, 'all')).map(({ summary }) => summary)
    expect(said.toSorted()).toEqual([
      'Check-in: action item 2',
      'Check-in: action item 3',
      'Check-in: action item 4',
      'Check-in: send the deck (Ana Silva)',
      'Due: action item 2',
      'Due: action item 3',
      'Due: action item 4',
      'Due: send the deck (Ana Silva)',
      'One-on-one with Ana Silva',
    ])
  })

  test('with --shared it is not there at all', async () => {
    const home = await made
    const said = readCalendar(await exported(home, 'all', '--shared')).map(({ summary }) => summary)
    expect(said).toEqual([
      'Check-in: send the deck (Ana Silva)',
      'One-on-one with Ana Silva',
      'Due: send the deck (Ana Silva)',
    ])
    await did(home, 'action', 'edit', '2', '--check-in', '')
    await did(home, 'delete', 'action', '4', '--yes')
    const after = readCalendar(await exported(home, 'all', '--shared'))
    expect(after.map(({ summary }) => summary)).toEqual(said)
  })
})

test('with --shared, nothing that was agreed in a conversation that is not finished is in it', async () => {
  const home = newHome()
  await did(home, 'person', 'add', 'Ana Silva')
  await did(home, 'action', 'add', 'ana', 'send the deck', '--due', '2026-11-25')
  const plan = {
    actions: [{ what: 'listen in', due: '2026-11-26' }],
    next_session: '2026-12-01',
  }
  await feed(home, answersFor('Ana Silva', { plan }))
  tamper(home.notebook, "UPDATE session SET status = 'recording'")
  const said = async () =>
    readCalendar(await exported(home, 'all', '--shared')).map(({ summary }) => summary)
  expect(readCalendar(await exported(home, 'all'))).toHaveLength(3)
  expect(await said()).toEqual(['Due: send the deck (Ana Silva)'])
  await did(home, 'action', 'edit', '2', '--due', '')
  expect(await said()).toEqual(['Due: send the deck (Ana Silva)'])
  const refused = await home.coach(['export', 'session', '1', '--format', 'ics', '--shared'])
  expect(refused).toMatchObject({ code: 2, out: '' })
  expect(refused.err).toContain('Session 1 is not finished')
})

test('with one’s own coach, the names of the people one coaches stay out', async () => {
  const home = newHome()
  await did(home, 'person', 'add', 'Maria Cruz', '--relation', 'coach')
  await did(home, 'person', 'add', 'Ben Okafor')
  await did(home, 'action', 'add', 'maria', 'ask Ben one question', '--due', 'fri')
  await did(home, 'session', 'maria', '--move', '2026-12-01')
  const events = readCalendar(await exported(home, 'all'))
  expect(events.map(({ summary }) => summary)).toEqual([
    'Check-in: ask (somebody) one question (Maria Cruz)',
    'Due: ask (somebody) one question (Maria Cruz)',
    'One-on-one with Maria Cruz',
  ])
})

describe('fault 50: a text that could break the format is one summary', () => {
  const HOSTILE: readonly (readonly [what: string, text: string, read?: string])[] = [
    ['commas and semicolons', 'a, b; c,, d;;'],
    ['colons and quotation marks', 'a: "b": \'c\''],
    ['backslashes', 'C:\\new\\, \\; \\n \\N \\\\'],
    ['a second line', 'one\ntwo', 'one two'],
    ['line ends of Windows', 'one\r\ntwo\r\nthree', 'one two three'],
    ['an event of its own', 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT', 'x END:VEVENT BEGIN:VEVENT'],
    ['the beginning of an event', 'BEGIN:VEVENT'],
    ['a property of its own', 'x\nDESCRIPTION:y', 'x DESCRIPTION:y'],
    ['a parameter', 'x;VALUE=DATE:20260101'],
    ['500 characters', 'practise '.repeat(56).slice(0, 500).trim()],
    ['500 characters without a blank', 'x'.repeat(500)],
    ['500 umlauts', 'ü'.repeat(500)],
    ['emoji', '👩‍💻 🏳️‍🌈 👍🏽 '.repeat(20).trim()],
    ['other scripts', 'חזרה على الموعد 日本語の約束 สวัสดี '.repeat(8).trim()],
    ['accents of their own', 'e\u0301'.repeat(100)],
    ['a tab', 'a\tb'],
    ['control characters', 'a\u0007\u001b[31m\u007f', 'a\\x07\\x1b[31m\\x7f'],
    ['marks that turn the direction', 'a\u202eb', 'a\\u202eb'],
    ['separators of lines and paragraphs', 'a\u2028b\u2029c\u0085d', 'a\\u2028b\\u2029c\\x85d'],
  ]

  test.each(HOSTILE)('%s', async (_what, text, read = text) => {
    const home = newHome()
    const actions = [{ what: text, due: '2026-11-25' }]
    const { code, err } = await feed(home, answersFor('Ana Silva', { plan: { actions } }))
    expect([code, err]).toEqual([0, expect.any(String)])
    const events = readCalendar(await exported(home, 'all'))
    expect(events.map(({ summary }) => summary)).toEqual([`Due: ${read} (Ana Silva)`])
  })

  const BREAKING = [
    '\r',
    '\n',
    '\t',
    ' ',
    '\u200d',
    '\ud83d',
    ...'\\ ; , : n N é 👩 BEGIN:VEVENT'.split(' '),
  ]

  test('whatever the text and the name are', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({
        unit: fc.constantFrom(...BREAKING),
        maxLength: 200,
      }),
    )
    fc.assert(
      fc.property(text, text, (what, person) => {
        const part = {
          person,
          isArchived: false,
          changedAt: ITEM.updatedAt,
          sequence: 1,
          items: [{ ...ITEM, what }],
          hidden: new Set<number>(),
          nextSessions: [],
          gone: [],
        }
        const [event, ...more] = readCalendar(toCalendarText([part]))
        expect(more).toEqual([])
        expect(event?.summary).toBe(safe(oneLine(`Due: ${what} (${person})`)))
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  const ITEM: ActionItem = {
    id: 1,
    uuid: '6f1c9b52-5a4e-4a6b-9d3e-2f0c8b7a1e5d',
    personId: 1,
    sessionId: null,
    status: 'open',
    what: '',
    owner: 'them',
    due: '2026-12-04',
    if: null,
    then: null,
    else: null,
    obstacle: null,
    measure: null,
    result: null,
    support: null,
    check_in: null,
    repeat: null,
    goal: null,
    carried: 0,
    followsId: null,
    createdAt: '2026-11-23T09:00:00.000Z',
    updatedAt: '2026-11-23T09:00:00.000Z',
    closedAt: null,
    revision: 1,
  }
})
