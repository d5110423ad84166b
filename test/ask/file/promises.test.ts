import { describe, expect, test } from 'vitest'
import { type Home, newHome } from '../../world.ts'
import { answersFor, feed, homeOfAna } from './feed.ts'

describe('promises', () => {
  const promising = (more: object) => answersFor('Ana Silva', { promises: [{ item: 1, ...more }] })
  const item = async (home: Home): Promise<unknown> =>
    JSON.parse((await home.coach(['action', 'show', '1', '--json'])).out)

  test.each([
    ['done', {}, { status: 'done', due_on: null, carried: 0 }],
    ['part', { note: 'half' }, { status: 'part', due_on: null, carried: 0 }],
    ['missed', { note: 'ill' }, { status: 'missed', due_on: null, carried: 0 }],
    ['dropped', {}, { status: 'dropped', due_on: null, carried: 0 }],
    ['carried', { to: 'fri' }, { status: 'open', due_on: '2026-11-27', carried: 1 }],
    ['carried', {}, { status: 'open', due_on: null, carried: 1 }],
  ])('%s with %o', async (outcome, more, expected) => {
    const home = await homeOfAna()
    const { code } = await feed(home, promising({ outcome, ...more }))
    expect(code).toBe(0)
    expect(await item(home)).toMatchObject(expected)
  })

  test('an item made outside a conversation is a promise too', async () => {
    const home = newHome()
    await home.coach(['person', 'add', 'Ana Silva'])
    await home.coach(['action', 'add', 'Ana Silva', 'send', 'the', 'deck'])
    const { code } = await feed(home, promising({ outcome: 'done' }))
    expect(code).toBe(0)
    expect(await item(home)).toMatchObject({ status: 'done' })
  })

  test('a note does not go with done', async () => {
    const home = await homeOfAna()
    const { code, err } = await feed(home, promising({ outcome: 'done', note: 'twice' }))
    expect(code).toBe(2)
    expect(err).toContain('this does not go with that outcome')
  })
})
