import { describe, expect, test } from 'vitest'
import { walk } from '../../../src/conversation/walk.ts'
import { factsWith, prepared, sit, talk } from '../talk.ts'

describe('questions', () => {
  const ask = '1/reflection.questions.2.question'
  const heard = '1/reflection.questions.2.heard'
  const opened = '1/reflection.questions.2.opened'

  test('a prepared one is asked for what was heard, and not for its wording again', async () => {
    const sitting = await sit(await prepared('ortp', { [ask]: 'What could stop you?' }), {
      [heard]: 'The diary.',
    })
    expect(sitting.keys.filter((key) => key.includes('questions'))).toEqual([heard, opened])
    expect(sitting.at(heard).turn.about).toBe('What could stop you?')
  })

  test('where nothing was heard, nothing more is asked about the question', async () => {
    const { keys } = await sit(await prepared('ortp', { [ask]: 'What could stop you?' }))
    expect(keys.filter((key) => key.includes('questions'))).toEqual([heard])
  })

  test('a question that was passed over while preparing does not come back', async () => {
    const { keys } = await sit(await prepared('ortp'))
    expect(keys.filter((key) => key.includes('questions'))).toEqual([])
  })

  test('recording straight away asks for the question and then for the answer', async () => {
    const { keys } = await sit(talk('ortp', 'record'), { [ask]: 'What?', [heard]: 'That.' })
    expect(keys.filter((key) => key.includes('questions.2'))).toEqual([ask, heard, opened])
  })

  test('the kinds come in their order', () => {
    const turns = walk(talk('ortp', 'prepare')).filter((turn) => turn.kind === 'question')
    expect(turns.map((turn) => turn.title)).toEqual([
      'Commitment',
      'Obstacle',
      'Sub-goal',
      'Stretch',
      'Accountability',
    ])
  })

  test('suggestions are asked for by kind, stage, area and skill', async () => {
    const topics: unknown[] = []
    const facts = factsWith({
      suggest: (topic) => {
        topics.push(topic)
        return []
      },
    })
    await sit(talk('ortp', 'prepare', { facts }), {
      '1/observation.stage': 'propose',
      '1/observation.details': 'yes',
      '1/observation.area': 'funnel',
      '1/observation.skill': 'listening',
    })
    expect(topics.at(-1)).toEqual({
      kind: 'accountability',
      stage: 'propose',
      area: 'funnel',
      skill: 'listening',
      step: 'reflection',
      banks: null,
      taken: [],
    })
  })
})
