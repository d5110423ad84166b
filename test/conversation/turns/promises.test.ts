import { describe, expect, test } from 'vitest'
import { keyOf, type PromisedItem } from '../../../src/conversation/turn.ts'
import { nextOf, walk } from '../../../src/conversation/walk.ts'
import { factsWith, prepared, sit, talk } from '../talk.ts'

describe('promises', () => {
  const item: PromisedItem = {
    id: 7,
    what: 'send the deck',
    owner: 'them',
    due: '2026-11-20',
    status: 'open',
    carried: 0,
    isPrivate: false,
  }
  const facts = factsWith({ promises: [item, { ...item, id: 9, owner: 'me', due: null }] })
  const start = talk('ortp', 'prepare', { facts })

  test('promises come before anything new, the oldest first', () => {
    const keys = walk(start).map(keyOf)
    expect(keys.slice(0, 3)).toEqual([
      '0/promises.7.outcome',
      '0/promises.9.outcome',
      '1/observation.situation',
    ])
  })

  test('each says whose it is, what it is and when it was due', () => {
    expect(walk(start).map((turn) => turn.about)).toEqual(
      expect.arrayContaining([
        'Ana: send the deck (due Fri 20 Nov, 3 days late)',
        'You: send the deck (no date)',
      ]),
    )
  })

  test.each([
    ['done', '0/promises.9.outcome', 'What became of it?'],
    ['part', '0/promises.7.note', 'What is left of it?'],
    ['missed', '0/promises.7.note', 'What got in the way?'],
    ['dropped', '0/promises.7.note', 'Why is it no longer wanted?'],
    ['carried', '0/promises.7.to', 'To which day?'],
  ])('after “%s” comes %s', async (outcome, key, words) => {
    const sitting = await sit(start, { '0/promises.7.outcome': outcome })
    expect(sitting.asked[1]).toMatchObject({ key, turn: { ask: words } })
  })

  test('what got in the way is private', async () => {
    const sitting = await sit(start, { '0/promises.7.outcome': 'missed' })
    expect(sitting.at('0/promises.7.note').turn.visibility).toBe('private')
  })

  test('what was settled while preparing is not asked again while recording', async () => {
    const ready = await prepared('ortp', { '0/promises.7.outcome': 'done' }, facts)
    const paths = walk(ready).map((turn) => turn.path)
    expect(paths.filter((path) => path.startsWith('promises.7'))).toEqual([])
  })

  test('what was passed over while preparing is asked in the conversation', async () => {
    const later = { ...facts, promises: facts.promises.map((item) => ({ ...item, due: null })) }
    const ready = await prepared('ortp', { '0/promises.7.outcome': { type: 'skip' } }, later)
    expect(nextOf(walk(ready))?.path).toBe('promises.7.outcome')
  })

  test('what was left for later while preparing is asked while recording', async () => {
    const ready = await prepared('ortp', { '0/promises.7.outcome': { type: 'later' } }, facts)
    expect(nextOf(walk(ready))?.path).toBe('promises.7.outcome')
  })
})
