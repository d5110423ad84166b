import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { query } from '../../notebook/file.ts'
import type { Home } from '../../world.ts'
import { homeAfter, json, moveTo, must, numbers, talkWith } from './played.ts'

const OPEN = `SELECT id FROM action_item WHERE status IN ('open', 'part') ORDER BY id`
const itemsOf = (home: Home) =>
  query(
    home.notebook,
    'SELECT id, status, due_on AS due, carried, follows_id AS after FROM action_item',
  )

/** Ana, and one item that comes back. */
async function homeWithItem(...flags: readonly string[]): Promise<Home> {
  return await homeAfter(
    ['person', 'add', 'Ana Silva'],
    ['action', 'add', 'ana', 'ask first', '--repeat', 'every week', ...flags],
  )
}

describe('closing a recurring item makes exactly one next, and nothing else does', () => {
  test.each([
    { how: ['done', '1'], word: 'Done' },
    { how: ['missed', '1'], word: 'Missed' },
  ])('coach $how.0', async ({ how, word }) => {
    const home = await homeWithItem('--due', '2026-11-27')
    expect(await must(home, how)).toBe(
      `${word}: 1  ask first (Ana Silva)\nThe next one is 2, due Fri 4 Dec (every week).\n`,
    )
    expect(itemsOf(home)).toMatchObject([
      { id: 1, due: '2026-11-27' },
      { id: 2, status: 'open', due: '2026-12-04', carried: 0, after: 1 },
    ])
  })

  test.each([[['carry', '1', '--to', '2026-12-01']], [['part', '1']], [['drop', '1']]])(
    'coach %j makes none',
    async (how) => {
      const home = await homeWithItem('--due', '2026-11-27')
      expect(await must(home, how)).not.toContain('next')
      expect(itemsOf(home)).toHaveLength(1)
    },
  )

  test('a day that passes makes none, however many', async () => {
    const home = await homeWithItem('--due', '2026-11-27')
    moveTo(home, '2027-11-27')
    for (const look of [['review'], ['today'], ['prep', 'ana'], ['action', 'show', '1']]) {
      await must(home, look)
    }
    await talkWith(home, 'Ana Silva')
    expect(itemsOf(home)).toHaveLength(1)
  })

  test.each([
    { when: 'early', closed: '2026-11-24', next: '2026-12-04' },
    { when: 'on its day', closed: '2026-11-27', next: '2026-12-04' },
    { when: 'a day late', closed: '2026-11-28', next: '2026-12-04' },
    { when: 'on the day of the next', closed: '2026-12-04', next: '2026-12-11' },
    { when: 'many weeks late', closed: '2027-01-05', next: '2027-01-08' },
  ])('closed $when, the next keeps the rhythm and lies ahead', async ({ closed, next }) => {
    const home = await homeWithItem('--due', '2026-11-27')
    moveTo(home, closed)
    await must(home, ['done', '1'])
    expect(itemsOf(home).at(-1)).toMatchObject({ id: 2, due: next })
  })

  test('carried before it was closed, the next keeps the rhythm of the day first agreed', async () => {
    const home = await homeWithItem('--due', '2026-11-27')
    await must(home, ['carry', '1', '--to', '2026-12-02'])
    moveTo(home, '2026-12-02')
    await must(home, ['done', '1'])
    expect(itemsOf(home).at(-1)).toMatchObject({ id: 2, due: '2026-12-04', carried: 0 })
  })

  test('without a day, the next is counted from the day on which it was closed', async () => {
    const home = await homeWithItem()
    moveTo(home, '2026-11-25')
    await must(home, ['done', '1'])
    expect(itemsOf(home).at(-1)).toMatchObject({ id: 2, due: '2026-12-02' })
  })

  test('monthly on the 31st comes back to the 31st', async () => {
    const flags = ['--due', '2026-12-31', '--repeat', 'every month']
    const home = await homeWithItem(...flags)
    const days = [
      '2026-12-31',
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
      '2027-05-31',
    ]
    for (const [n, day] of days.entries()) {
      expect(itemsOf(home).at(-1)).toMatchObject({ due: day })
      moveTo(home, day)
      await must(home, ['done', String(n + 1)])
    }
  })

  test('the next has the words, owner and rhythm of the last, and a check-in of its own', async () => {
    const home = await homeWithItem(
      '--due=2026-11-27',
      '--owner=me',
      '--if=she is silent',
      '--then=I wait',
      '--measure=a tick each day',
      '--check-in=2026-11-26',
    )
    await must(home, ['done', '1'])
    expect(await json(home, ['action', 'show', '2'])).toMatchObject({
      what: 'ask first',
      owner: 'me',
      if: 'she is silent',
      then: 'I wait',
      measure: 'a tick each day',
      repeat: 'every week',
      check_in_on: '2026-11-27',
      follows: 1,
    })
    expect(await must(home, ['action', 'show', '1'])).toContain('The next one: 2')
    expect(await must(home, ['action', 'show', '2'])).toContain('The one before: 1')
  })

  test('without its rhythm it does not come back', async () => {
    const home = await homeWithItem('--due', '2026-11-27')
    await must(home, ['action', 'edit', '1', '--repeat', ''])
    await must(home, ['done', '1'])
    expect(itemsOf(home)).toHaveLength(1)
  })

  test('several at once make one next each', async () => {
    const home = await homeWithItem('--due', '2026-11-27')
    await must(home, [
      'action',
      'add',
      'ana',
      'twice',
      '--repeat',
      'every 2 weeks',
      '--due',
      '2026-11-30',
    ])
    await must(home, ['done', '1', '2', '1'])
    expect(itemsOf(home).slice(2)).toMatchObject([
      { id: 3, due: '2026-12-04', after: 1 },
      { id: 4, due: '2026-12-14', after: 2 },
    ])
  })

  test.each(['done', 'missed'])('said in a session that it was %s', async (outcome) => {
    const home = await homeWithItem('--due', '2026-11-27')
    await talkWith(home, 'Ana Silva', {
      promises: [{ item: 1, outcome, ...(outcome === 'missed' ? { note: 'ill' } : {}) }],
    })
    expect(itemsOf(home)).toMatchObject([
      { status: outcome },
      { status: 'open', due: '2026-12-04' },
    ])
    expect(itemsOf(home)).toHaveLength(2)
  })

  test('agreed in a session it comes back as well, and stays out of that session', async () => {
    const home = await homeAfter()
    const actions = [{ what: 'ask first', due: '2026-11-27', repeat: 'weekly' }]
    await talkWith(home, 'Ana Silva', { plan: { actions } })
    await must(home, ['done', '1'])
    expect(itemsOf(home)).toHaveLength(2)
    const shown = await must(home, ['show', '1'])
    expect(shown).toContain('1  ask first')
    expect(shown).not.toContain('2  ask first')
  })

  test('what repeats something private is private', async () => {
    const home = await homeAfter()
    const file = [
      'person: Myself',
      'mindset: { view_of_coaching: 3, view_of_abilities: 3, values: 3, commitment_to_activities: 3, belief_in_people: 3 }',
      'intention: { intention: [{ what: hidden-intention, due: 2026-11-27, repeat: weekly }] }',
    ].join('\n')
    await must(home, ['reflect', '--answers', '-'], file)
    await must(home, ['done', '1'])
    expect(itemsOf(home)).toHaveLength(2)
    expect(await must(home, ['export', 'all', '--shared'])).not.toContain('hidden-intention')
  })

  test('whatever happens to a line of items, at most one of it is open', async () => {
    const act = fc.record({
      how: fc.constantFrom('done', 'missed', 'part', 'carry', 'undo', 'undo', 'undo'),
      days: fc.nat(20),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 8 }), async (acts) => {
        const home = await homeWithItem('--due', '2026-11-27')
        let now = Date.parse('2026-11-23T09:00:00Z')
        for (const { how, days } of acts) {
          now += days * 86_400_000
          home.setNow(new Date(now))
          const [id = 0] = numbers(home, OPEN)
          const more = how === 'undo' ? [] : [String(id)]
          await home.coach([how, ...more, ...(how === 'carry' ? ['--to', 'in 3 days'] : [])])
          expect(numbers(home, OPEN)).toHaveLength(1)
        }
      }),
      { seed: 20_261_123, numRuns: 30 },
    )
  })
})
