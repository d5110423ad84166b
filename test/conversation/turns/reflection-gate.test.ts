import { describe, expect, test } from 'vitest'
import { prepared, sit, talk, VIEW } from '../talk.ts'

describe('the reflection gate', () => {
  const pointer = { '1/teachable_moment.pointer': 'Count to three.' }

  test('without their view, a reason is asked for instead of the teachable moment', async () => {
    const { keys } = await sit(await prepared('ortp'))
    expect(keys).toContain('1/reflection_skipped')
    expect(keys.filter((key) => key.startsWith('1/teachable_moment'))).toEqual([])
  })

  test.each(['1/reflection.went_well', '1/reflection.would_change'])('%s opens it', async (key) => {
    const { keys } = await sit(await prepared('ortp'), { [key]: 'Their view.' })
    expect(keys).toContain('1/teachable_moment.pointer')
    expect(keys).not.toContain('1/reflection_skipped')
  })

  test('a reason opens it', async () => {
    const { keys } = await sit(await prepared('ortp'), { '1/reflection_skipped': 'No time.' })
    expect(keys).toContain('1/teachable_moment.pointer')
  })

  test.each([
    ['their view is passed over', { '1/reflection.went_well': { type: 'skip', draft: 'x' } }],
    ['their view is left for later', { '1/reflection.went_well': { type: 'later', draft: 'x' } }],
    ['the reason is left for later', { '1/reflection_skipped': { type: 'later', draft: 'x' } }],
  ] as const)('the gate stays closed while %s', async (_what, replies) => {
    const { keys } = await sit(await prepared('ortp'), replies)
    expect(keys).not.toContain('1/teachable_moment.pointer')
  })

  test('a prepared pointer is in no turn while the gate is closed', async () => {
    const start = await prepared('ortp', pointer)
    const { asked } = await sit(start)
    expect(JSON.stringify(asked)).not.toContain('Count to three.')
  })

  test('once it is open, the prepared pointer is offered', async () => {
    const sitting = await sit(await prepared('ortp', pointer), VIEW)
    expect(sitting.at('1/teachable_moment.pointer').scene.offered).toBe('Count to three.')
  })

  test('the gate closes nothing while preparing', async () => {
    const { keys } = await sit(talk('ortp', 'prepare'))
    expect(keys).toContain('1/teachable_moment.pointer')
  })

  test('the reason is private', async () => {
    const sitting = await sit(await prepared('ortp'), { '1/reflection_skipped': 'No time.' })
    expect(sitting.at('1/reflection_skipped').turn.visibility).toBe('private')
  })
})
