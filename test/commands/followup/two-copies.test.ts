import { copyFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { query } from '../../notebook/file.ts'
import { type Home, newHome } from '../../world.ts'
import { homeAfter, moveTo, must } from './played.ts'

const JSON_OF_ALL = ['export', 'all', '--format', 'json']
const itemsOf = (home: Home) =>
  query(
    home.notebook,
    'SELECT uuid, status, due_on AS due, follows_id AS after FROM action_item ORDER BY id',
  )
const madeOf = (home: Home, id: number) =>
  query(
    home.notebook,
    `SELECT count(*) AS n FROM item_event WHERE item_id = ${id} AND kind = 'created'`,
  )

/** Ana with an item that comes back each week, in two copies of one notebook. */
async function twoCopies(): Promise<readonly [Home, Home]> {
  const one = await homeAfter(
    ['person', 'add', 'Ana Silva'],
    ['action', 'add', 'ana', 'ask first', '--repeat', 'every week', '--due', '2026-11-27'],
  )
  const other = newHome()
  copyFileSync(one.notebook, other.notebook)
  return [one, other]
}

describe('an item that comes back, closed in two copies of a notebook, has one next after an import', () => {
  test.each([
    { how: 'both done on one day', first: 'done', second: 'done', on: '2026-11-24' },
    { how: 'done here and missed there', first: 'done', second: 'missed', on: '2026-11-24' },
    { how: 'on two days before the next', first: 'done', second: 'done', on: '2026-11-28' },
  ])('$how, whichever is imported', async ({ first, second, on }) => {
    for (const isTurned of [false, true]) {
      const [one, other] = await twoCopies()
      moveTo(one, '2026-11-24')
      moveTo(other, on)
      await must(one, [first, '1'])
      await must(other, [second, '1'])
      const [from, to] = isTurned ? [other, one] : [one, other]
      const before = itemsOf(to)
      await must(to, ['import', '-'], await must(from, JSON_OF_ALL))
      expect(itemsOf(to)).toEqual(before)
      expect(itemsOf(to)).toMatchObject([{ after: null }, { due: '2026-12-04', after: 1 }])
      expect(madeOf(to, 2)).toEqual([{ n: 1 }])
      expect(itemsOf(to)[1]).toMatchObject({ uuid: Object(itemsOf(from)[1]).uuid })
    }
  })

  test('closed there and imported before it is closed here', async () => {
    const [one, other] = await twoCopies()
    await must(one, ['done', '1'])
    await must(other, ['import', '-'], await must(one, JSON_OF_ALL))
    await must(other, ['done', '1'])
    expect(itemsOf(other)).toEqual(itemsOf(one))
  })

  test('closed, taken back and closed again: the same next one, and a calendar hears of it', async () => {
    const [one] = await twoCopies()
    await must(one, ['done', '1'])
    const [, first] = itemsOf(one)
    await must(one, ['undo'])
    expect(itemsOf(one)).toHaveLength(1)
    const off = await must(one, ['export', 'all', '--format', 'ics'])
    await must(one, ['done', '1'])
    expect(itemsOf(one)[1]).toEqual(first)
    const calendar = await must(one, ['export', 'all', '--format', 'ics'])
    expect(calendar.match(/STATUS:CONFIRMED/g)).toHaveLength(2)
    expect(sequenceIn(calendar)).toBeGreaterThan(sequenceIn(off))
  })

  test('deleted, taken in again and closed again: the one that is there already is the next', async () => {
    const [one, other] = await twoCopies()
    await must(one, ['done', '1'])
    await must(one, ['delete', 'action', '1', '--yes'])
    await must(one, ['import', '-'], await must(other, JSON_OF_ALL))
    const again = query(
      one.notebook,
      "SELECT id FROM action_item WHERE status = 'open' ORDER BY id",
    )
    expect(again).toEqual([{ id: 2 }, { id: 3 }])
    await must(one, ['done', '3'])
    expect(itemsOf(one)).toMatchObject([{ due: '2026-12-04', after: 3 }, { status: 'done' }])
  })

  test('each next one has an id of its own, of a valid form', async () => {
    const home = await homeAfter(['person', 'add', 'Ana Silva'])
    for (const what of ['one', 'two']) {
      await must(home, ['action', 'add', 'ana', what, '--repeat', 'every day'])
    }
    await must(home, ['done', '1', '2'])
    await must(home, ['done', '3', '4'])
    const ids = itemsOf(home).map((row) => String(Object(row).uuid))
    expect(new Set(ids).size).toBe(6)
    for (const id of ids.slice(2)) {
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    }
  })
})

/** How new a calendar takes a file for. */
function sequenceIn(calendar: string): number {
  return Number(/SEQUENCE:(\d+)/.exec(calendar)?.[1])
}
