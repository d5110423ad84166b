import { describe, expect, test } from 'vitest'
import { feed, answersFor } from '../../ask/file/feed.ts'
import { query } from '../../notebook/file.ts'
import { type Home, newHome } from '../../world.ts'
import { homeAfter, inOneLine, moveTo, must } from './played.ts'

/** Two weeks before the Monday of the tests, itself a Monday. */
const HELD_ON = '2026-11-09'

const planOf = (actions: readonly object[], more: object = {}) => ({
  held_on: HELD_ON,
  reflection: { went_well: 'She listened.' },
  plan: { actions },
  ...more,
})

async function record(home: Home, actions: readonly object[], more: object = {}) {
  return await feed(home, answersFor('Ana Silva', planOf(actions, more)))
}

const dueDays = ({ notebook }: Home) =>
  query(notebook, 'SELECT due_on FROM action_item ORDER BY id').map((row) => Object(row).due_on)

describe('a conversation of two weeks ago is recorded', () => {
  test('with a day of its plan that has passed since', async () => {
    const home = newHome()
    const { code, err } = await record(home, [{ what: 'send the deck', due: '2026-11-13' }])
    expect(err).not.toContain('passed')
    expect(code).toBe(0)
    expect(dueDays(home)).toEqual(['2026-11-13'])
  })

  test.each([
    ['fri', '2026-11-13'],
    ['tomorrow', '2026-11-10'],
    ['in 2 weeks', '2026-11-23'],
    ['next month', '2026-12-09'],
  ])('“%s” counts from the day of the conversation', async (said, day) => {
    const home = newHome()
    const { code } = await record(home, [
      { what: `send the deck by ${said}` },
      { what: 'call', due: said },
    ])
    expect(code).toBe(0)
    expect(dueDays(home)).toEqual([day, day])
  })

  test('a day that had passed even then is refused without --past', async () => {
    const home = newHome()
    const text = answersFor('Ana Silva', planOf([{ what: 'send the deck', due: '2026-11-06' }]))
    const { code, err } = await feed(home, text)
    expect(code).toBe(2)
    expect(inOneLine(err)).toContain(
      'Fri 6 Nov (2026-11-06) is before the conversation, Mon 9 Nov. Write another day, or add --past to keep it.',
    )
    expect((await feed(home, text, ['--past'])).code).toBe(0)
    expect(dueDays(home)).toEqual(['2026-11-06'])
  })

  test('with the day of the next conversation, which has come by now', async () => {
    const home = newHome()
    const { code } = await feed(
      home,
      answersFor('Ana Silva', {
        held_on: HELD_ON,
        reflection: { went_well: 'She listened.' },
        plan: { actions: [{ what: 'call' }], next_session: '2026-11-16' },
      }),
    )
    expect(code).toBe(0)
    expect(query(home.notebook, 'SELECT planned_on FROM next_session')).toEqual([
      { planned_on: '2026-11-16' },
    ])
  })

  test('a later correction follows the same rule', async () => {
    const home = newHome()
    await record(home, [{ what: 'send the deck', due: '2026-11-13' }])
    const { code } = await home.coach(
      ['edit', '1', '--answers', '-'],
      answersFor('Ana Silva', {
        plan: { actions: [{ what: 'send the deck', due: '2026-11-12' }] },
      }),
    )
    expect(code).toBe(0)
    expect(dueDays(home)).toEqual(['2026-11-12'])
  })

  test('history shows what was agreed and closed under the day of the conversation', async () => {
    const home = await homeAfter(['person', 'add', 'Ana Silva'])
    moveTo(home, '2026-11-02')
    await must(home, ['action', 'add', 'ana', 'bring the numbers', '--due', '2026-11-06'])
    moveTo(home, '2026-11-23')
    const { code } = await record(home, [{ what: 'send the deck', due: '2026-11-13' }], {
      promises: [{ item: 1, outcome: 'done' }],
    })
    expect(code).toBe(0)
    const history = inOneLine(await must(home, ['action', 'show', '1']))
    expect(history).toContain('Mon 9 Nov done in session 1')
    expect(inOneLine(await must(home, ['action', 'show', '2']))).toContain(
      'Mon 9 Nov agreed, due Fri 13 Nov in session 1',
    )
    expect(query(home.notebook, 'SELECT substr(closed_at, 1, 10) AS day FROM action_item')).toEqual(
      [{ day: '2026-11-09' }, { day: null }],
    )
  })

  test('nothing is closed before it was agreed', async () => {
    const home = await homeAfter(
      ['person', 'add', 'Ana Silva'],
      ['action', 'add', 'ana', 'bring the numbers', '--due', '2026-12-04'],
    )
    await record(home, [], { promises: [{ item: 1, outcome: 'done' }] })
    expect(inOneLine(await must(home, ['action', 'show', '1']))).toContain('Mon 23 Nov done')
    const [item] = query(home.notebook, 'SELECT created_at, closed_at FROM action_item')
    expect(Object(item).closed_at).toBe(Object(item).created_at)
    const purge = await must(home, ['purge', '--older-than', '1 week', '--dry-run'])
    expect(purge).not.toContain('action item')
  })
})

test('the record of today is refused a day that has passed, as before', async () => {
  const home = newHome()
  const more = { plan: { actions: [{ what: 'send the deck', due: '2026-11-20' }] } }
  const { code, err } = await feed(home, answersFor('Ana Silva', more))
  expect(code).toBe(2)
  expect(err).toContain('Fri 20 Nov (2026-11-20) has passed.')
})

test('a day ahead that was given while preparing is not the day of what is recorded before it', async () => {
  const home = newHome()
  const prepared = answersFor('Ana Silva', { held_on: '2026-12-14' })
  expect((await feed(home, prepared)).code).toBe(0)
  const { code } = await feed(
    home,
    answersFor('Ana Silva', { reflection: { went_well: 'She listened.' } }),
    ['--record'],
  )
  expect(code).toBe(0)
  expect(query(home.notebook, 'SELECT status, held_on FROM session')).toEqual([
    { status: 'done', held_on: '2026-11-23' },
  ])
})
