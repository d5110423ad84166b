import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answersFor, feed } from '../ask/file/feed.ts'
import { type Home, newHome } from '../world.ts'
import { DECK, did, exported, homeOfTwo, Importer, LISTEN, NEXT, readCalendar } from './calendar.ts'

const SEED = 20_261_123

describe('a calendar that holds the last export is right again after importing the next one, whatever changed', () => {
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
