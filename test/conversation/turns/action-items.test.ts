import { describe, expect, test } from 'vitest'
import { prepared, sit } from '../talk.ts'

describe('action items', () => {
  const action = (n: number, field: string) => `1/plan.actions.${n}.${field}`
  const start = async () => await prepared('ortp')

  test('each has a day, an owner, and the offer to make it firmer', async () => {
    const { keys } = await sit(await start(), { [action(1, 'what')]: 'practise it' })
    expect(keys.filter((key) => key.includes('actions'))).toEqual([
      action(1, 'what'),
      action(1, 'due'),
      action(1, 'owner'),
      action(1, 'firmer'),
      action(2, 'what'),
    ])
  })

  test('a day in the line is taken, and not asked for again', async () => {
    const { keys, saved } = await sit(await start(), {
      [action(1, 'what')]: 'practise it by fri',
    })
    expect(keys).not.toContain(action(1, 'due'))
    expect(saved).toContainEqual(
      expect.objectContaining({ path: 'plan.actions.1.due', value: '2026-11-27' }),
    )
  })

  test.each([
    ['me: send her the notes by fri', 'send her the notes', '2026-11-27'],
    ['Me :  send her the notes', 'send her the notes', null],
  ])('“%s” is the manager’s own, and nobody is asked whose it is', async (typed, what, due) => {
    const { keys, saved } = await sit(await start(), { [action(1, 'what')]: typed })
    const valueOf = (field: string) =>
      saved.findLast(({ path }) => path === `plan.actions.1.${field}`)?.value ?? null
    expect([valueOf('what'), valueOf('owner'), valueOf('due')]).toEqual([what, 'me', due])
    expect(keys).not.toContain(action(1, 'owner'))
  })

  test.each(['call me: tomorrow', 'me:', 'meet: the buyer', 'some: thing'])(
    '“%s” says nothing of whose it is',
    async (typed) => {
      const { keys, saved } = await sit(await start(), { [action(1, 'what')]: typed })
      expect(keys).toContain(action(1, 'owner'))
      expect(saved).not.toContainEqual(expect.objectContaining({ value: 'me' }))
    },
  )

  test('making it firmer asks for the moment, the obstacle, the measure and the support', async () => {
    const { keys } = await sit(await start(), {
      [action(1, 'what')]: 'practise it by fri',
      [action(1, 'firmer')]: 'yes',
    })
    const at = keys.indexOf(action(1, 'firmer'))
    expect(keys.slice(at + 1, at + 6)).toEqual(
      ['if', 'then', 'obstacle', 'measure', 'support'].map((field) => action(1, field)),
    )
  })

  test('making it firmer is the default for the first one alone', async () => {
    const sitting = await sit(await start(), {
      [action(1, 'what')]: 'a',
      [action(2, 'what')]: 'b',
    })
    expect(sitting.at(action(1, 'firmer')).turn.default).toBe('yes')
    expect(sitting.at(action(2, 'firmer')).turn.default).toBe('no')
  })

  test('a third one brings a gentle warning, the first two bring none', async () => {
    const sitting = await sit(await start(), {
      [action(1, 'what')]: 'a',
      [action(2, 'what')]: 'b',
    })
    const hints = [1, 2, 3].map((n) => sitting.at(action(n, 'what')).turn.hint)
    expect(hints).toEqual([null, null, expect.stringContaining('There are two open already')])
  })

  test('whether it was said back is asked once something was agreed', async () => {
    const agreed = await sit(await start(), { [action(1, 'what')]: 'practise it' })
    const at = agreed.keys.indexOf(action(2, 'what'))
    expect(agreed.keys.slice(at + 1, at + 3)).toEqual(['1/plan.said_back', '1/plan.next_session'])
    expect((await sit(await start())).keys).not.toContain('1/plan.said_back')
  })

  test('the quick guide takes one only', async () => {
    const { keys } = await sit(await prepared('quick'), { [action(1, 'what')]: 'a' })
    expect(keys).not.toContain(action(2, 'what'))
  })

  test('nine are taken, and a tenth is not asked for', async () => {
    const nine = Object.fromEntries(
      Array.from({ length: 9 }, (_, n) => [action(n + 1, 'what'), `item ${n}`]),
    )
    const { keys } = await sit(await start(), nine)
    expect(keys).toContain(action(9, 'what'))
    expect(keys).not.toContain(action(10, 'what'))
  })
})
