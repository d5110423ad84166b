// @module-tag clock
import { describe, expect, test } from 'vitest'
import { newHome } from '../../world.ts'
import { homeAfter, json, moveTo, must } from './played.ts'

const ANA = ['person', 'add', 'Ana Silva']
const BEN = ['person', 'add', 'Ben Okafor']
const add = (who: string, what: string, due: string, ...flags: readonly string[]) => [
  'action',
  'add',
  who,
  what,
  '--due',
  due,
  ...flags,
]

describe('coach due', () => {
  test('is quiet and ends with 0 where nothing is overdue', async () => {
    const home = await homeAfter(
      ANA,
      add('ana', 'send the deck', '2026-11-23'),
      add('ana', 'later', '2026-12-01'),
    )
    expect(await home.coach(['due'])).toEqual({ code: 0, out: '', err: '' })
    expect(await home.coach(['due', '--json'])).toMatchObject({ code: 0, out: '[]\n' })
  })

  test('is quiet and ends with 0 without a notebook', async () => {
    expect(await newHome().coach(['due'])).toEqual({ code: 0, out: '', err: '' })
    expect(await newHome().coach(['due', '--json'])).toMatchObject({ code: 0, out: '[]\n' })
  })

  test('prints one line for each overdue thing, the oldest first, and ends with 10', async () => {
    const home = await homeAfter(
      ANA,
      BEN,
      add('ana', 'send the deck', '2026-11-25'),
      add('ben', 'ask first', '2026-11-24', '--owner', 'me'),
      add('ana', 'write it up', '2026-12-07'),
      add('ben', 'nothing yet', '2026-12-10'),
      ['session', 'ben', '--move', '2026-11-26'],
      ['session', 'ana', '--move', '2026-12-20'],
    )
    moveTo(home, '2026-12-01')
    expect(await home.coach(['due'])).toEqual({
      code: 10,
      out: `2026-11-24  action 2  you, for Ben Okafor: ask first
2026-11-25  action 1  Ana Silva: send the deck
2026-11-26  session  Ben Okafor: the agreed conversation
2026-11-30  check-in 3  Ana Silva: write it up
`,
      err: '',
    })
    expect(await json(home, ['due'])).toEqual([
      {
        what: 'action',
        id: 2,
        on: '2026-11-24',
        person: 'Ben Okafor',
        owner: 'me',
        text: 'ask first',
      },
      {
        what: 'action',
        id: 1,
        on: '2026-11-25',
        person: 'Ana Silva',
        owner: 'them',
        text: 'send the deck',
      },
      {
        what: 'session',
        id: null,
        on: '2026-11-26',
        person: 'Ben Okafor',
        owner: 'me',
        text: 'the agreed conversation',
      },
      {
        what: 'check-in',
        id: 3,
        on: '2026-11-30',
        person: 'Ana Silva',
        owner: 'them',
        text: 'write it up',
      },
    ])
  })

  test('of one person; of nobody with that name; of one of two', async () => {
    const home = await homeAfter(
      ANA,
      BEN,
      ['person', 'add', 'Ana Lopez'],
      add('ben', 'ask first', '2026-11-24'),
    )
    moveTo(home, '2026-12-01')
    expect(await home.coach(['due', '--person', 'ben'])).toMatchObject({ code: 10 })
    expect(await home.coach(['due', '--person', 'silva'])).toMatchObject({ code: 0, out: '' })
    expect(await home.coach(['due', '--person', 'eve'])).toMatchObject({ code: 3, out: '' })
    expect(await home.coach(['due', '--person', 'ana'])).toMatchObject({ code: 3, out: '' })
  })

  test('an item that is overdue has no second line for its check-in', async () => {
    const home = await homeAfter(ANA, add('ana', 'send the deck', '2026-11-27'))
    moveTo(home, '2026-12-01')
    expect((await home.coach(['due'])).out).toBe('2026-11-27  action 1  Ana Silva: send the deck\n')
  })

  test.each([
    ['done', '1'],
    ['missed', '1'],
    ['drop', '1'],
    ['carry', '1', '--to', 'fri'],
    ['person', 'archive', 'ana'],
    ['delete', 'action', '1', '--yes'],
    ['action', 'edit', '1', '--due', ''],
  ])('after coach %s %s it is gone', async (...argv) => {
    const home = await homeAfter(ANA, add('ana', 'send the deck', '2026-11-25'))
    moveTo(home, '2026-12-01')
    expect((await home.coach(['due'])).code).toBe(10)
    await must(home, argv)
    expect(await home.coach(['due'])).toMatchObject({ code: 0, out: '' })
  })

  test('part leaves it overdue, and undo makes it overdue again', async () => {
    const home = await homeAfter(ANA, add('ana', 'send the deck', '2026-11-25'), ['part', '1'])
    moveTo(home, '2026-12-01')
    expect((await home.coach(['due'])).code).toBe(10)
    await must(home, ['done', '1'])
    expect((await home.coach(['due'])).code).toBe(0)
    await must(home, ['undo'])
    expect((await home.coach(['due'])).code).toBe(10)
  })

  test('each thing has one line, whatever stands in it', async () => {
    const hostile = 'a\u001b[31mred\u0007 “two\u2028lines” ' + 'x'.repeat(300)
    const home = await homeAfter(ANA, add('ana', hostile, '2026-11-25'))
    moveTo(home, '2026-12-01')
    const { out } = await home.coach(['due'])
    expect(out.split('\n')).toHaveLength(2)
    expect(out).toContain('x'.repeat(300))
    expect(out).not.toMatch(/(?!\n)[\p{Cc}\u2028]/u)
  })

  test('prints its lines with --quiet too', async () => {
    const home = await homeAfter(ANA, add('ana', 'send the deck', '2026-11-25'))
    moveTo(home, '2026-12-01')
    expect(await home.coach(['due', '--quiet'])).toMatchObject({
      code: 10,
      out: expect.stringContaining('send the deck'),
    })
  })
})
