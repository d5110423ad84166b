import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answersFor, feed } from '../ask/file/feed.ts'
import { type Home, newHome } from '../world.ts'
import { DECK, did, exported, homeOfTwo, Importer, LISTEN, NEXT, readCalendar } from './calendar.ts'

const ALL = [...DECK, ...LISTEN, NEXT].toSorted()
const RESTORE = ['restore', 'latest', '--yes']

/** What a calendar shows that took in the export before the changes, and the one after each of them. */
async function shownAfter(home: Home, steps: readonly (readonly string[])[]) {
  const calendar = new Importer().takeIn(await exported(home, 'all'))
  for (const step of steps) {
    await did(home, ...step)
    calendar.takeIn(await exported(home, 'all'))
  }
  return calendar.shown()
}

describe('a calendar shows what the notebook holds after an older backup was restored', () => {
  test.each([
    ['an item that was done since', [['done', '1']]],
    ['an item that was done, undone and done again', [['done', '1'], ['undo'], ['done', '1']]],
    [
      'a day that was moved three times',
      ['11', '12', '18'].map((day) => ['action', 'edit', '1', '--due', `2026-12-${day}`]),
    ],
    ['a day that was taken away', [['action', 'edit', '1', '--due', '']]],
    ['other words', [['action', 'edit', '1', '--what', 'send the slides']]],
    ['an item that is yours now', [['action', 'edit', '1', '--owner', 'me']]],
    ['an item that was deleted', [['delete', 'action', '1', '--yes']]],
    ['a session that was deleted', [['delete', 'session', '1', '--yes']]],
    [
      'a next conversation that was moved twice',
      [
        ['session', 'ana', '--move', 'fri'],
        ['session', 'ana', '--move', 'thu'],
      ],
    ],
    ['a person who was archived', [['person', 'archive', 'ana']]],
    ['a person who got another name', [['person', 'edit', 'ana', '--name', 'Ana Costa']]],
    ['an item that was made since', [['action', 'add', 'ana', 'call them', '--due', '2026-12-09']]],
    [
      'a check-in that was given since, and a day taken away',
      [
        ['action', 'edit', '2', '--check-in', '2026-12-10'],
        ['action', 'edit', '1', '--check-in', ''],
      ],
    ],
  ])('%s', async (_what, steps) => {
    const home = await homeOfTwo()
    await did(home, 'backup')
    expect(await shownAfter(home, [...steps, RESTORE])).toEqual(ALL)
  })

  test('a next conversation that was planned since', async () => {
    const home = newHome()
    await did(home, 'person', 'add', 'Ana Silva')
    await did(home, 'backup')
    expect(await shownAfter(home, [['session', 'ana', '--move', 'fri']])).toHaveLength(1)
    expect(await shownAfter(home, [RESTORE])).toEqual([])
  })

  test('when the restore is undone', async () => {
    const home = await homeOfTwo()
    await did(home, 'backup')
    const steps = [
      ['action', 'add', 'ana', 'call them', '--due', '2026-12-09'],
      ['done', '1'],
    ]
    const calendar = new Importer().takeIn(await exported(home, 'all'))
    for (const step of steps) await did(home, ...step)
    const before = calendar.takeIn(await exported(home, 'all')).shown()
    await did(home, ...RESTORE)
    expect(calendar.takeIn(await exported(home, 'all')).shown()).toEqual(ALL)
    const folder = join(home.notebook, '..', 'backups')
    const aside = readdirSync(folder).find((name) => name.endsWith('-before-restore.db')) ?? ''
    await did(home, 'restore', join(folder, aside), '--yes')
    expect(calendar.takeIn(await exported(home, 'all')).shown()).toEqual(before)
  })
})

test('after the export of a notebook that was written more often was taken in, sequences are above both', async () => {
  const [home, other] = [await homeOfTwo(), await homeOfTwo()]
  const calendar = new Importer()
  for (let n = 0; n < 40; n++) await did(other, 'note', 'ana', `thought ${n}`)
  await did(other, 'export', 'all', '--format', 'json', '-o', 'other.json')
  calendar.takeIn(await exported(other, 'all'))
  await did(home, 'import', join(other.folder, 'other.json'))
  const sequences = readCalendar(await exported(home, 'all')).map(({ sequence }) => sequence)
  const theirs = readCalendar(await exported(other, 'all')).map(({ sequence }) => sequence)
  expect(Math.min(...sequences)).toBeGreaterThan(Math.max(...theirs))
  await did(home, 'person', 'edit', 'ana', '--name', 'Ana Third')
  expect(
    calendar
      .takeIn(await exported(home, 'all'))
      .shown()
      .join('\n'),
  ).toContain('Ana Third')

  // The sequences stay above both after an older backup is restored.
  await did(home, 'backup')
  await did(home, 'restore', 'latest', '--yes')
  const restored = readCalendar(await exported(home, 'all')).map(({ sequence }) => sequence)
  expect(Math.min(...restored)).toBeGreaterThan(Math.max(...sequences))
})

test('days with somebody archived are called off, and come back with a higher sequence', async () => {
  const home = await homeOfTwo()
  const first = readCalendar(await exported(home, 'all'))
  await did(home, 'person', 'archive', 'ana')
  const archived = readCalendar(await exported(home, 'all'))
  expect(archived.map(({ isOff }) => isOff)).toEqual(first.map(() => true))
  for (const argv of [
    ['person', 'ana'],
    ['session', '1'],
  ]) {
    expect(readCalendar(await exported(home, ...argv))).toEqual(archived)
  }
  await did(home, 'person', 'archive', 'ana', '--undo')
  const back = readCalendar(await exported(home, 'all'))
  expect(back.map(({ uid, isOff, summary }) => [uid, isOff, summary])).toEqual(
    first.map(({ uid, summary }) => [uid, false, summary]),
  )
  for (const [at, { sequence }] of back.entries()) {
    expect(sequence).toBeGreaterThan(archived[at]?.sequence ?? Infinity)
    expect(archived[at]?.sequence).toBeGreaterThan(first[at]?.sequence ?? Infinity)
  }
})

test('a conversation that was held stays in the calendar when the person is archived', async () => {
  const home = await homeOfTwo()
  home.setNow(new Date('2026-12-02T09:00:00Z'))
  await feed(home, answersFor('Ana Silva', { plan: { next_session: '2026-12-15' } }))
  expect(await shownAfter(home, [['person', 'archive', 'ana']])).toEqual([NEXT])
})

test('entries of somebody with a new name say when the name changed', async () => {
  const home = await homeOfTwo()
  home.setNow(new Date('2026-11-25T17:30:00Z'))
  await did(home, 'person', 'edit', 'ana', '--name', 'Ana Costa')
  const events = readCalendar(await exported(home, 'all'))
  expect(new Set(events.map(({ changedAt }) => changedAt))).toEqual(
    new Set(['2026-11-25T17:30:00Z']),
  )
})

test('with one’s own coach, a name that became that of somebody one coaches goes from the calendar', async () => {
  const home = newHome()
  await did(home, 'person', 'add', 'Maria Cruz', '--relation', 'coach')
  await did(home, 'action', 'add', 'maria', 'ask Ben one question', '--due', '2026-11-24')
  const said = await shownAfter(home, [['person', 'add', 'Ben Okafor']])
  expect(said).toEqual(['2026-11-24 Due: ask (somebody) one question (Maria Cruz)'])
})

test.each([
  ['a whole notebook', ['export', 'all']],
  ['a person', ['export', 'person', 'ana']],
])('%s that was taken into a new notebook goes on in the same calendar', async (_what, argv) => {
  const home = await homeOfTwo()
  for (const day of ['11', '12', '18', '04']) {
    await did(home, 'action', 'edit', '1', '--due', `2026-12-${day}`)
  }
  await did(home, 'action', 'edit', '1', '--check-in', '2026-11-27')
  const calendar = new Importer().takeIn(await exported(home, 'all'))
  const { out } = await home.coach([...argv, '--format', 'json'])
  const there = newHome()
  expect((await there.coach(['import', '-'], out)).code).toBe(0)
  expect(calendar.takeIn(await exported(there, 'all')).shown()).toEqual(ALL)
  await did(there, 'action', 'edit', '1', '--what', 'send the slides')
  expect(calendar.takeIn(await exported(there, 'all')).shown()).toEqual(
    ALL.map((line) => line.replace('send the deck', 'send the slides')),
  )
})

test('any changes, backups and restores, taken in at any time', { timeout: 120_000 }, async () => {
  const day = fc.constantFrom('', '2026-12-04', '2026-12-11')
  const id = fc.constantFrom('1', '2', '3')
  const step = fc.oneof(
    fc.tuple(fc.constantFrom('done', 'drop', 'part'), id),
    fc.tuple(
      fc.constant('action'),
      fc.constant('edit'),
      id,
      fc.constantFrom('--due', '--check-in'),
      day,
    ),
    fc.tuple(fc.constant('delete'), fc.constant('action'), id, fc.constant('--yes')),
    fc.tuple(fc.constant('session'), fc.constant('1'), fc.constant('--move'), day),
    fc.constantFrom(
      ['undo'],
      ['action', 'edit', '1', '--owner', 'me'],
      ['action', 'add', '1', 'call them', '--due', '2026-12-09'],
      ['person', 'archive', 'ana'],
      ['person', 'archive', 'ana', '--undo'],
      ['person', 'edit', 'ana', '--name', 'Ana Costa'],
      ['person', 'edit', 'ana', '--name', 'Ana Silva'],
    ),
    fc.constantFrom(['backup'], RESTORE),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(step, fc.boolean()), { minLength: 2, maxLength: 10 }),
      async (steps) => {
        const home = await homeOfTwo()
        await did(home, 'backup')
        const calendar = new Importer().takeIn(await exported(home, 'all'))
        for (const [argv, isTakenIn] of steps) {
          await home.coach(argv)
          if (isTakenIn) calendar.takeIn(await exported(home, 'all'))
        }
        const last = await exported(home, 'all')
        expect(calendar.takeIn(last).shown()).toEqual(new Importer().takeIn(last).shown())
      },
    ),
    { seed: 20_261_123, numRuns: 30 },
  )
})
