import { describe, expect, test } from 'vitest'
import { type Ask, hold, type Reply } from '../../src/conversation/hold.ts'
import { keyOf } from '../../src/conversation/turn.ts'
import { nextOf, walk } from '../../src/conversation/walk.ts'
import { prepared, sit, talk, valueAt } from './talk.ts'

const SITUATION = '1/observation.situation'
const SAW = '1/observation.saw'
const STAGE = '1/observation.stage'
const WELL = '1/reflection.went_well'
const back = { type: 'back' } as const
const skip = { type: 'skip' } as const
const leave = { type: 'leave' } as const
const start = () => talk('ortp', 'prepare')

describe('an answer', () => {
  test('is saved before the next prompt is asked', async () => {
    const log: string[] = []
    await hold(
      start(),
      async (turn) => {
        log.push(`ask ${keyOf(turn)}`)
        return turn.required ? { type: 'answer', text: 'x' } : leave
      },
      (answers) => void log.push(...answers.map((one) => `save ${one.round}/${one.path}`)),
    )
    expect(log).toEqual([
      `ask ${SITUATION}`,
      `save ${SITUATION}`,
      `ask ${SAW}`,
      `save ${SAW}`,
      `ask ${STAGE}`,
    ])
  })

  test('that cannot be saved ends the conversation at once', async () => {
    const asked: string[] = []
    const held = hold(
      start(),
      async (turn) => {
        asked.push(keyOf(turn))
        return { type: 'answer', text: 'x' }
      },
      () => {
        throw new Error('the disk is full')
      },
    )
    await expect(held).rejects.toThrow('the disk is full')
    expect(asked).toEqual([SITUATION])
  })

  test.each([
    [STAGE, 'tomorrow', '“tomorrow” is not one of prospect'],
    ['1/observation.details', 'perhaps', 'Answer yes or no, not “perhaps”.'],
    ['1/observation.rating', '6', 'A rating is a whole number from 1 to 5, not “6”.'],
  ])('at %s, “%s” is not taken, and is offered to be corrected', async (key, text, problem) => {
    const sitting = await sit(start(), {
      '1/observation.details': 'yes',
      [key]: [text, leave],
    })
    expect(sitting.at(key, 2).scene.problem).toContain(problem)
    expect(sitting.at(key, 2).scene.offered).toBe(text)
    expect(sitting.saved.some((one) => one.value === text)).toBe(false)
  })

  test('keeps its lines, without blanks at their ends', async () => {
    const { saved } = await sit(start(), { [SAW]: ['\r\n  one  \r\n\r\ntwo\t\n', leave] })
    expect(valueAt(saved, SAW)?.value).toBe('  one\n\ntwo')
  })

  test('of one line stays one line', async () => {
    const { saved } = await sit(start(), { [SITUATION]: 'a\nb\r\n c' })
    expect(valueAt(saved, SITUATION)?.value).toBe('a b c')
  })

  test('is kept with the wording under which it was given', async () => {
    const { saved } = await sit(start(), { [SITUATION]: 'Tuesday' })
    expect(saved[0]).toMatchObject({ value: 'Tuesday', wording: 'When and where was it?' })
  })

  test.each([
    ['longer than 100000 characters', 'x'.repeat(100_001)],
    ['a NUL character', 'a\0b'],
  ])('with %s is refused', async (problem, text) => {
    const sitting = await sit(start(), { [SITUATION]: [text, leave] })
    expect(sitting.at(SITUATION, 2).scene.problem).toContain(problem)
    expect(sitting.saved.filter((one) => one.state === 'answered')).toEqual([])
  })
})

describe('going back', () => {
  test('offers the old text', async () => {
    const sitting = await sit(start(), { [SITUATION]: 'Tuesday', [SAW]: [back, 'x'] })
    expect(sitting.keys.slice(0, 4)).toEqual([SITUATION, SAW, SITUATION, SAW])
    expect(sitting.at(SITUATION, 2).scene.offered).toBe('Tuesday')
  })

  test('keeps half-typed text and offers it again', async () => {
    const sitting = await sit(start(), {
      [SITUATION]: 'Tuesday',
      [SAW]: [{ ...back, draft: 'She as' }, 'She asked.'],
    })
    expect(sitting.at(SAW, 2).scene.offered).toBe('She as')
  })

  test('saves half-typed text at once, and does not count it', async () => {
    const sitting = await sit(start(), {
      [SITUATION]: ['Tuesday', leave],
      [SAW]: { ...back, draft: 'She as' },
    })
    expect(valueAt(sitting.saved, SAW)).toMatchObject({ state: 'later', value: 'She as' })
  })

  test('changes nothing about the answer that is left', async () => {
    const sitting = await sit(start(), {
      [SAW]: ['She asked.', { ...back, draft: 'Other words' }, leave],
      [STAGE]: back,
      [SITUATION]: ['Tuesday', leave],
    })
    expect(valueAt(sitting.conversation.answers, SAW)).toMatchObject({
      state: 'answered',
      value: 'She asked.',
    })
  })

  test('from a corrected answer that is not finished offers the correction again', async () => {
    const sitting = await sit(start(), {
      [SAW]: ['She asked.', { ...back, draft: 'Other words' }, leave],
      [STAGE]: back,
    })
    expect(sitting.at(SAW, 3).scene.offered).toBe('Other words')
  })

  test('from the first prompt stays there and says so', async () => {
    const sitting = await sit(start(), { [SITUATION]: [back, leave] })
    expect(sitting.at(SITUATION, 2).scene.problem).toBe('This is the first one.')
  })

  test('from the first prompt keeps what was typed there last', async () => {
    const first = await sit(start(), { [SITUATION]: { ...leave, draft: 'Tuesday' } })
    const second = await sit(first.conversation, {
      [SITUATION]: [
        { ...back, draft: 'Monday' },
        { ...leave, draft: 'Tuesday' },
      ],
    })
    const third = await sit(second.conversation, { [SITUATION]: leave })
    expect(third.at(SITUATION).scene.offered).toBe('Tuesday')
  })

  test('goes on forward through what is answered', async () => {
    const sitting = await sit(start(), {
      [SITUATION]: ['Monday', 'Tuesday'],
      [SAW]: ['x', back, 'y'],
      [STAGE]: [back, skip],
    })
    expect(sitting.keys.slice(0, 7)).toEqual([SITUATION, SAW, STAGE, SAW, SITUATION, SAW, STAGE])
    expect(valueAt(sitting.conversation.answers, SITUATION)?.value).toBe('Tuesday')
    expect(valueAt(sitting.conversation.answers, SAW)?.value).toBe('y')
  })

  test('stops at the first prompt of the pass', async () => {
    const sitting = await sit(await prepared('ortp', { '1/observation.details': 'no' }), {
      [WELL]: [back, leave],
    })
    expect(sitting.keys).toEqual([WELL, WELL])
  })
})

describe('passing over', () => {
  test('a required prompt is refused, and what was typed is offered again', async () => {
    const sitting = await sit(start(), { [SITUATION]: [{ ...skip, draft: 'Tues' }, 'Tuesday'] })
    expect(sitting.at(SITUATION, 2).scene).toMatchObject({
      problem: expect.stringContaining('needed for the record'),
      offered: 'Tues',
    })
  })

  test.each(['', '   ', '\n\n'])('a required prompt with %j is refused', async (text) => {
    const sitting = await sit(start(), { [SITUATION]: [text, 'Tuesday'] })
    expect(sitting.at(SITUATION, 2).scene.problem).toContain('needed for the record')
  })

  test('an optional prompt keeps what was typed without counting it', async () => {
    const { saved } = await sit(start(), { [STAGE]: { ...skip, draft: 'disc' } })
    expect(valueAt(saved, STAGE)).toMatchObject({ state: 'skipped', value: 'disc' })
  })

  test('an answer given before keeps its text without counting it', async () => {
    const { conversation } = await sit(start(), {
      [STAGE]: ['discover', ''],
      '1/observation.details': [back, 'no'],
    })
    expect(valueAt(conversation.answers, STAGE)).toMatchObject({
      state: 'skipped',
      value: 'discover',
    })
  })
})

describe('leaving for later', () => {
  test('goes on with the next prompt, and leaves the conversation unfinished', async () => {
    const sitting = await sit(start(), { [SAW]: { type: 'later', draft: 'She as' } })
    expect(sitting.keys.slice(0, 3)).toEqual([SITUATION, SAW, STAGE])
    expect(sitting.keys.filter((key) => key === SAW)).toHaveLength(1)
    expect(sitting.ended).toBe('open')
  })

  test('in the next sitting the prompt comes first, with what was typed', async () => {
    const first = await sit(start(), { [SAW]: { type: 'later', draft: 'She as' } })
    const second = await sit(first.conversation, { [SAW]: 'She asked.' })
    expect(second.keys).toEqual([SAW])
    expect(second.at(SAW).scene.offered).toBe('She as')
    expect(second.ended).toBe('finished')
  })

  test('an answered prompt stays answered', async () => {
    const sitting = await sit(start(), {
      [SAW]: ['She asked.', { type: 'later' }],
      [STAGE]: [back, 'discover'],
    })
    expect(valueAt(sitting.conversation.answers, SAW)?.state).toBe('answered')
    expect(sitting.ended).toBe('finished')
  })

  test('a correction of an answered prompt is kept and offered again', async () => {
    const sitting = await sit(start(), {
      [SAW]: ['She asked.', { type: 'later', draft: 'Other words' }, leave],
      [STAGE]: [back, back],
    })
    expect(sitting.at(SAW, 3).scene.offered).toBe('Other words')
  })
})

describe('leaving', () => {
  test('keeps what was answered and what was being typed', async () => {
    const sitting = await sit(start(), {
      [SITUATION]: 'Tuesday',
      [SAW]: { ...leave, draft: 'She as' },
    })
    expect(sitting.ended).toBe('left')
    expect(valueAt(sitting.saved, SITUATION)?.value).toBe('Tuesday')
    expect(valueAt(sitting.saved, SAW)).toMatchObject({ state: 'later', value: 'She as' })
  })

  test('goes on where it stood, with the text that was being typed', async () => {
    const first = await sit(start(), { [SAW]: { ...leave, draft: 'She as' } })
    const second = await sit(first.conversation)
    expect(second.keys[0]).toBe(SAW)
    expect(second.at(SAW).scene.offered).toBe('She as')
  })

  test('at once saves nothing', async () => {
    const { saved } = await sit(start(), { [SITUATION]: leave })
    expect(saved).toEqual([])
  })

  test('while an answer is being corrected keeps the correction', async () => {
    const sitting = await sit(start(), {
      [SAW]: ['She asked.', { ...leave, draft: 'Other words' }],
      [STAGE]: back,
    })
    expect(sitting.saved.map((one) => one.draft)).toContain('Other words')
  })

  test('at another prompt keeps a correction that was begun', async () => {
    const sitting = await sit(start(), {
      [SITUATION]: ['Tuesday', leave],
      [SAW]: ['She asked.', { ...back, draft: 'Other words' }],
      [STAGE]: back,
    })
    expect(sitting.saved.map((one) => one.draft)).toContain('Other words')
  })
})

describe('while typing', () => {
  /** Answers the first prompt, goes back to it, types there, and leaves with a text. */
  const typeAndLeave = async (typed: readonly string[], last: string) => {
    const replies: Reply[] = [{ type: 'answer', text: 'Tuesday' }, back]
    const ask: Ask = async (_turn, scene) => {
      const next = replies.shift()
      if (next) return next
      for (const text of typed) scene.keepDraft(text)
      return { ...leave, draft: last }
    }
    return await hold(start(), ask, () => undefined)
  }

  test('a text that was never finished is kept', async () => {
    const { conversation } = await typeAndLeave(['Wednesday'], 'Wednesday n')
    const again = await sit(conversation, { [SITUATION]: leave })
    expect(again.at(SITUATION).scene.offered).toBe('Wednesday n')
  })

  test('a correction that was undone again leaves the answer as it was', async () => {
    const { conversation } = await typeAndLeave(['Tuesday and'], 'Tuesday')
    expect(nextOf(walk(conversation))?.path).toBe('observation.saw')
  })
})

describe('going through a whole session again', () => {
  test('asks every prompt, with what was said', async () => {
    const first = await sit(start(), { [SITUATION]: 'Tuesday', [SAW]: 'She asked.' })
    const again = await sit(first.conversation, { [SAW]: 'He asked.' }, { revisit: true })
    expect(again.keys).toEqual(first.keys)
    expect(again.at(SITUATION).scene.offered).toBe('Tuesday')
    expect(valueAt(again.conversation.answers, SAW)?.value).toBe('He asked.')
  })

  test('shows what is answered already in the same step', async () => {
    const sitting = await sit(start(), { [SITUATION]: 'Tuesday', [SAW]: 'She asked.' })
    expect(sitting.at(STAGE).scene.earlier.map(keyOf)).toEqual([SITUATION, SAW])
    expect(sitting.at('1/teachable_moment.pointer').scene.earlier).toEqual([])
  })
})

describe('who may read an answer', () => {
  const question = '1/reflection.questions.1.question'
  const heard = '1/reflection.questions.1.heard'
  const opened = '1/reflection.questions.1.opened'
  const pointer = '1/teachable_moment.pointer'
  const visibility = async (
    key: string,
    replies: Parameters<typeof sit>[1],
    before: Parameters<typeof prepared>[1] = {},
  ) => {
    const sitting = await sit(await prepared('ortp', before), replies)
    return valueAt(sitting.conversation.answers, key)?.visibility
  }

  test('a question is private until something was heard', async () => {
    expect(await visibility(question, {}, { [question]: 'What now?' })).toBe('private')
  })

  test('a question is shared once something was heard', async () => {
    expect(await visibility(question, { [heard]: 'This.' }, { [question]: 'What now?' })).toBe(
      'shared',
    )
  })

  test('a question is private again when what was heard is taken back', async () => {
    const replies = { [heard]: ['This.', ''], [opened]: [back, skip] }
    expect(await visibility(question, replies, { [question]: 'What now?' })).toBe('private')
  })

  test('a question that is reworded after something was heard stays shared', async () => {
    const start = talk('ortp', 'record')
    const first = await sit(start, { [question]: 'What now?', [heard]: 'This.' })
    const again = await sit(
      first.conversation,
      { [question]: 'And now?', [heard]: leave },
      { revisit: true },
    )
    expect(valueAt(again.conversation.answers, question)).toMatchObject({
      value: 'And now?',
      visibility: 'shared',
    })
  })

  test('whether it opened something up is private', async () => {
    const replies = { [heard]: 'This.', [opened]: 'yes' }
    expect(await visibility(opened, replies, { [question]: 'What now?' })).toBe('private')
  })

  test('a pointer is private while it is prepared, and shared once it was given', async () => {
    const start = await prepared('ortp', { [pointer]: 'Wait.' })
    expect(valueAt(start.answers, pointer, 'prepare')?.visibility).toBe('private')
    const { conversation } = await sit(start, { [WELL]: 'Fine.', [pointer]: 'Count to three.' })
    expect(valueAt(conversation.answers, pointer, 'prepare')?.visibility).toBe('private')
    expect(valueAt(conversation.answers, pointer, 'record')?.visibility).toBe('shared')
  })

  test('a bank question is kept with its id, and an own one without', async () => {
    const { saved } = await sit(start(), {
      [question]: { type: 'answer', text: 'What now?', questionId: 'commitment-now' },
      '1/reflection.questions.2.question': 'My own?',
    })
    expect(saved.filter((one) => one.kind === 'question').map((one) => one.questionId)).toEqual([
      'commitment-now',
      null,
      null,
      null,
      null,
    ])
  })
})

test('nothing is left to ask when a conversation has been held to its end', async () => {
  const { conversation } = await sit(start())
  expect(nextOf(walk(conversation))).toBeUndefined()
})
