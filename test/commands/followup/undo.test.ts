import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { addDays, type Day } from '../../../src/dates/day.ts'
import { query } from '../../notebook/file.ts'
import type { Home } from '../../world.ts'
import { homeAfter, inOneLine, json, moveTo, must, numbers, talkWith } from './played.ts'

const RUNS = { seed: 20_261_123, numRuns: 15 }
const TODAY = '2026-11-23'

/** What is said about some of the items that are open then, and how many days have passed since. */
interface Act {
  readonly how: 'done' | 'missed' | 'part' | 'drop' | 'carry' | 'session'
  /** Which of the open items, by their place; the same place twice is one item. */
  readonly at: readonly number[]
  readonly outcomes: readonly string[]
  readonly days: number
  readonly ahead: number
}

const outcome = fc.constantFrom('done', 'missed', 'part', 'dropped', 'carried')
const act: fc.Arbitrary<Act> = fc.record({
  how: fc.constantFrom('done', 'missed', 'part', 'drop', 'carry', 'session'),
  at: fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }),
  outcomes: fc.tuple(outcome, outcome, outcome),
  days: fc.nat(4),
  ahead: fc.nat(20),
})
const acts = fc.array(act, { minLength: 1, maxLength: 6 })

const OPEN = `SELECT id FROM action_item WHERE status IN ('open', 'part') ORDER BY id`
const statesIn = (home: Home) =>
  query(
    home.notebook,
    'SELECT id, status, due_on, check_in_on, carried, closed_at IS NULL FROM action_item',
  )

/** Does what an act says. @returns the numbers of the items that it was about; none where nothing was open */
async function play(home: Home, { how, at, outcomes, ahead }: Act, today: Day) {
  const open = numbers(home, OPEN)
  const ids = [...new Set(at.flatMap((place) => open[place % Math.max(1, open.length)] ?? []))]
  const to = addDays(today, ahead)
  if (ids.length === 0) return []
  if (how === 'session') {
    const promises = ids.map((item, n) =>
      outcomes[n] === 'carried' ? { item, outcome: 'carried', to } : { item, outcome: outcomes[n] },
    )
    await talkWith(home, 'Ana Silva', { promises })
  } else {
    await must(home, [how, ...ids.map(String), ...(how === 'carry' ? ['--to', to] : [])])
  }
  return ids
}

const Item = z.object({
  history: z.array(z.object({ kind: z.string(), undone_at: z.string().nullable() })),
})

/** How many changes an item's history tells; each of them is marked as taken back. */
async function takenBack(home: Home, id: number): Promise<number> {
  const { history } = Item.parse(await json(home, ['action', 'show', String(id)]))
  expect(history[0]?.kind).toBe('created')
  const changes = history.filter(({ kind }) => kind === 'status' || kind === 'carried')
  expect(changes.filter(({ undone_at }) => undone_at === null)).toEqual([])
  return changes.length
}

describe('whatever was said about action items, undo after undo takes it back', () => {
  const once = [
    ['action', 'add', 'ana', 'send the deck', '--due', '2026-11-27'],
    ['action', 'add', 'ana', 'listen in', '--owner', 'me'],
    ['action', 'add', 'ana', 'ask first', '--due', TODAY],
    ['action', 'add', 'ana', 'write it up', '--check-in', '2026-11-24'],
  ]
  const again = [
    ['action', 'add', 'ana', 'ask first', '--due', TODAY, '--repeat', 'every week'],
    ['action', 'add', 'ana', 'listen in', '--owner', 'me', '--repeat', 'every month'],
    ['action', 'add', 'ana', 'count to three', '--due', '2026-11-27', '--repeat', 'every day'],
  ]

  test.each([
    { which: 'single items', items: once },
    { which: 'recurring items', items: again },
  ])('$which, step by step, and the history still tells all of it', async ({ items }) => {
    await fc.assert(
      fc.asyncProperty(acts, async (all) => {
        const home = await homeAfter(['person', 'add', 'Ana Silva'], ...items)
        const first = numbers(home, OPEN)
        const before = [statesIn(home)]
        const said = new Map<number, number>()
        let today = TODAY
        for (const one of all) {
          today = addDays(today, one.days)
          moveTo(home, today)
          const ids = await play(home, one, today)
          if (ids.length > 0) before.push(statesIn(home))
          for (const id of ids) said.set(id, (said.get(id) ?? 0) + 1)
        }
        for (const state of before.slice(0, -1).toReversed()) {
          await must(home, ['undo'])
          expect(statesIn(home)).toEqual(state)
        }
        expect((await home.coach(['undo'])).code).toBe(3)
        for (const id of first) expect(await takenBack(home, id)).toBe(said.get(id) ?? 0)
      }),
      RUNS,
    )
  })
})

describe('coach undo', () => {
  const items = (...whats: readonly string[]) => whats.map((what) => ['action', 'add', 'ana', what])
  const ANA = ['person', 'add', 'Ana Silva']

  test('says what it took back, and how things stand now', async () => {
    const home = await homeAfter(ANA, ['action', 'add', 'ana', 'ask first', '--due', '2026-11-27'])
    await must(home, ['part', '1'])
    await must(home, ['carry', '1', '--to', '2026-12-04'])
    expect(await must(home, ['undo'])).toBe(
      'Taken back: carried. Action item 1 is partly done again, due Fri 27 Nov.\n  ask first (Ana Silva)\n',
    )
    expect(await must(home, ['undo'])).toBe(
      'Taken back: part. Action item 1 is open again, due Fri 27 Nov.\n  ask first (Ana Silva)\n',
    )
  })

  test('takes back all that one command did', async () => {
    const home = await homeAfter(ANA, ...items('one', 'two', 'three'), ['done', '1', '3'])
    const said = await must(home, ['undo'])
    expect(said.match(/^Taken back: done\. Action item [13] is open again\.$/gm)).toHaveLength(2)
    expect(await home.coach(['undo'])).toMatchObject({ code: 3 })
  })

  test('says what becomes of the next one of a recurring item', async () => {
    const home = await homeAfter(ANA, [
      'action',
      'add',
      'ana',
      'ask first',
      '--due',
      TODAY,
      '--repeat',
      'weekly',
    ])
    await must(home, ['done', '1'])
    expect(inOneLine(await must(home, ['undo']))).toContain('The next one, 2, is gone again.')
    expect(await home.coach(['action', 'show', '2'])).toMatchObject({ code: 3 })
  })

  test('leaves a next one that was changed since, and closing again makes no second', async () => {
    const home = await homeAfter(ANA, [
      'action',
      'add',
      'ana',
      'ask first',
      '--due',
      TODAY,
      '--repeat',
      'weekly',
    ])
    await must(home, ['done', '1'])
    await must(home, ['action', 'edit', '2', '--what', 'ask twice'])
    const said = inOneLine(await must(home, ['undo']))
    expect(said).toContain('The next one, 2, was changed since, so it stays.')
    await must(home, ['done', '1'])
    expect(numbers(home, OPEN)).toEqual([2])
  })

  test('leaves open in its session what was said there, so that it is asked again', async () => {
    const home = await homeAfter(ANA, ...items('one', 'two'))
    const file =
      'person: Ana Silva\nguide: quick\npromises: [{ item: 1, outcome: missed, note: ill }]\nobservation: { saw: x }\n'
    await must(home, ['session', '--answers', '-'], file)
    const taken = inOneLine(await must(home, ['undo']))
    expect(taken).toContain('It was said in session 1, which leaves it open now.')
    const said = 'SELECT state FROM answer WHERE item_id = 1'
    expect(query(home.notebook, said)).toEqual([{ state: 'later' }, { state: 'later' }])
    await must(home, ['session', '--answers', '-'], file.replace('missed, note: ill', 'done'))
    expect(statesIn(home)).toMatchObject([{ status: 'done' }, { status: 'open' }])
    expect(query(home.notebook, `${said} AND state = 'answered'`)).toHaveLength(1)
  })

  test('a day that was set since stays', async () => {
    const home = await homeAfter(ANA, ['action', 'add', 'ana', 'ask first', '--due', '2026-11-27'])
    await must(home, ['carry', '1', '--to', '2026-12-04'])
    await must(home, ['action', 'edit', '1', '--due', '2026-12-11'])
    await must(home, ['undo'])
    expect(statesIn(home)).toMatchObject([{ status: 'open', due_on: '2026-12-11', carried: 0 }])
  })

  test('what was deleted is gone, and what was changed before it is taken back next', async () => {
    const home = await homeAfter(ANA, ...items('one', 'two'), ['part', '1'], ['done', '2'])
    await must(home, ['delete', 'action', '2', '--yes'])
    expect(await must(home, ['undo'])).toContain('Action item 1 is open again')
  })

  test.each([
    { what: 'in an empty home', before: [] },
    { what: 'where nothing was said yet', before: [ANA, ...items('one')] },
    {
      what: 'where only words were corrected',
      before: [ANA, ...items('one'), ['action', 'edit', '1', '--due', 'fri']],
    },
  ])('$what there is nothing to take back', async ({ before }) => {
    const home = await homeAfter(...before)
    const refused = await home.coach(['undo'])
    expect(refused).toMatchObject({ code: 3, out: '' })
    expect(refused.err).toContain('There is no change of state to take back.')
  })
})
