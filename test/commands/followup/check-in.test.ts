import { describe, expect, test } from 'vitest'
import type { Home } from '../../world.ts'
import { homeAfter, inOneLine, json, moveTo, must, talkWith } from './played.ts'

const ANA = ['person', 'add', 'Ana Silva']
const SEEN = { observation: { situation: 'Discovery call', saw: 'She asked early.' } }
const ITEM = ['action', 'add', 'ana', 'ask first', '--due', '2026-12-07']

async function checkInOf(home: Home, id = 1): Promise<unknown> {
  const shown: unknown = await json(home, ['action', 'show', String(id)])
  return typeof shown === 'object' && shown && 'check_in_on' in shown ? shown.check_in_on : shown
}

describe('a check-in is worked out from the due day', () => {
  test.each([
    ['2026-11-26', null],
    ['2026-11-27', '2026-11-25'],
    ['2026-12-04', '2026-11-27'],
    ['2026-12-07', '2026-11-30'],
    ['2026-12-03', '2026-11-27'],
    ['2027-05-24', '2027-02-22'],
  ])('due on %s: %s', async (due, checkIn) => {
    const home = await homeAfter(ANA, ['action', 'add', 'ana', 'ask first', '--due', due])
    expect(await checkInOf(home)).toBe(checkIn)
  })

  test('without a day there is none, until there is a day', async () => {
    const home = await homeAfter(ANA, ['action', 'add', 'ana', 'ask first'])
    expect(await checkInOf(home)).toBeNull()
    await must(home, ['action', 'edit', '1', '--due', '2026-12-07'])
    expect(await checkInOf(home)).toBe('2026-11-30')
  })

  test('in an answers file too, which may also name the day', async () => {
    const home = await homeAfter(ANA)
    const actions = [
      { what: 'one', due: '2026-12-07' },
      { what: 'two', due: '2026-12-07', check_in: '2026-12-02' },
    ]
    await talkWith(home, 'Ana Silva', { guide: 'ortp', ...SEEN, plan: { actions } })
    expect(await checkInOf(home, 1)).toBe('2026-11-30')
    expect(await checkInOf(home, 2)).toBe('2026-12-02')
  })

  test('a check-in moves when the item is carried or the due day is corrected', async () => {
    const home = await homeAfter(ANA, ITEM)
    await must(home, ['carry', '1', '--to', '2026-12-21'])
    expect(await checkInOf(home)).toBe('2026-12-07')
    await must(home, ['action', 'edit', '1', '--due', '2026-12-04'])
    expect(await checkInOf(home)).toBe('2026-11-27')
    await must(home, ['action', 'edit', '1', '--due', ''])
    expect(await checkInOf(home)).toBeNull()
  })

  test('a check-in that the manager chose stays where it is', async () => {
    const home = await homeAfter(ANA, [...ITEM, '--check-in', '2026-12-02'])
    await must(home, ['carry', '1', '--to', '2026-12-21'])
    expect(await checkInOf(home)).toBe('2026-12-02')
    await must(home, ['action', 'edit', '1', '--due', '2026-12-28'])
    expect(await checkInOf(home)).toBe('2026-12-02')
  })

  test('a check-in that was taken away stays away', async () => {
    const home = await homeAfter(ANA, ITEM, ['action', 'edit', '1', '--check-in', ''])
    expect(await checkInOf(home)).toBeNull()
    await must(home, ['carry', '1', '--to', '2026-12-21'])
    await must(home, ['action', 'edit', '1', '--due', '2026-12-28'])
    await must(home, ['part', '1'])
    expect(await checkInOf(home)).toBeNull()
  })
})

describe('a check-in whose day has come', () => {
  const LINE = '1 ask first Ana Silva · Mon 7 Dec · check-in'
  const textOf = async (home: Home, ...argv: readonly string[]) => inOneLine(await must(home, argv))

  test.each(['2026-11-30', '2026-12-01', '2026-12-07'])(
    'is shown by coach and by review on %s',
    async (day) => {
      const home = await homeAfter(ANA, ITEM)
      moveTo(home, day)
      const date = day === '2026-12-07' ? 'Mon 7 Dec, today' : 'Mon 7 Dec'
      const since = day === '2026-11-30' ? 'today' : 'since Mon 30 Nov'
      const line = `${LINE.replace('Mon 7 Dec', date)} ${since}`
      expect(await textOf(home)).toContain(`Check-ins (1) ${line}`)
      expect(await textOf(home, 'review')).toContain(`Check-ins (1) ${line}`)
      expect(await json(home, ['today'])).toMatchObject({
        check_ins: [{ id: 1, check_in_on: '2026-11-30' }],
      })
    },
  )

  test('is not shown before', async () => {
    const home = await homeAfter(ANA, ITEM)
    moveTo(home, '2026-11-29')
    expect(await textOf(home, 'review')).not.toContain('Check-ins')
    expect(await json(home, ['today'])).toMatchObject({ check_ins: [] })
  })

  test('is not shown any more when the item itself is overdue', async () => {
    const home = await homeAfter(ANA, ITEM)
    moveTo(home, '2026-12-08')
    expect(await textOf(home, 'review')).not.toContain('Check-ins')
    expect(await json(home, ['today'])).toMatchObject({ check_ins: [], overdue: [{ id: 1 }] })
  })

  test.each(['done', 'missed', 'drop'])(
    'is not shown after the item was closed with %s',
    async (how) => {
      const home = await homeAfter(ANA, ITEM)
      moveTo(home, '2026-11-30')
      await must(home, [how, '1'])
      expect(await textOf(home, 'review')).not.toContain('Check-ins')
      expect(await home.coach(['due'])).toMatchObject({ code: 0, out: '' })
    },
  )

  test.each(['2026-11-30', '2026-12-04'])(
    'is over when something was said about it on %s',
    async (day) => {
      const items = [ITEM, ITEM, [...ITEM, '--check-in', '2026-11-27'], ITEM]
      const home = await homeAfter(ANA, ...items)
      moveTo(home, day)
      await must(home, ['part', '1'])
      const promises = [2, 3].map((item) => ({ item, outcome: 'part' }))
      await talkWith(home, 'Ana Silva', { promises })
      expect(await Promise.all([1, 2, 3, 4].map((id) => checkInOf(home, id)))).toEqual([
        null,
        null,
        null,
        '2026-11-30',
      ])
      expect(await textOf(home, 'review')).toContain('Check-ins (1) 4 ask first')
    },
  )

  test('stays when nothing was said about it, in a conversation or without one', async () => {
    const home = await homeAfter(ANA, ITEM)
    moveTo(home, '2026-11-30')
    await talkWith(home, 'Ana Silva')
    await must(home, ['action', 'edit', '1', '--what', 'ask twice'])
    expect(await checkInOf(home)).toBe('2026-11-30')
  })

  test('is not over before its day has come, whatever is said', async () => {
    const home = await homeAfter(ANA, ITEM)
    moveTo(home, '2026-11-27')
    await talkWith(home, 'Ana Silva', { promises: [{ item: 1, outcome: 'part' }] })
    expect(await checkInOf(home)).toBe('2026-11-30')
  })

  test('is replaced by a new one, half way to the new day, when the item is carried', async () => {
    const home = await homeAfter(ANA, ITEM)
    moveTo(home, '2026-12-01')
    await talkWith(home, 'Ana Silva', {
      promises: [{ item: 1, outcome: 'carried', to: '2026-12-15' }],
    })
    expect(await checkInOf(home)).toBe('2026-12-08')
  })

  test('is one line of coach due from the day after on', async () => {
    const home = await homeAfter(ANA, ITEM)
    moveTo(home, '2026-11-30')
    expect(await home.coach(['due'])).toMatchObject({ code: 0, out: '' })
    moveTo(home, '2026-12-01')
    expect(await home.coach(['due'])).toMatchObject({
      code: 10,
      out: '2026-11-30  check-in 1  Ana Silva: ask first\n',
    })
  })

  test.each(['part', 'done', 'missed', 'drop', 'carry'])(
    'is back where it was after coach %s and coach undo',
    async (how) => {
      const home = await homeAfter(ANA, ITEM, [...ITEM, '--check-in', '2026-12-02'])
      moveTo(home, '2026-12-02')
      await must(home, [how, '1', '2', ...(how === 'carry' ? ['--to', '2026-12-21'] : [])])
      await must(home, ['undo'])
      expect(await checkInOf(home, 1)).toBe('2026-11-30')
      expect(await checkInOf(home, 2)).toBe('2026-12-02')
    },
  )
})
