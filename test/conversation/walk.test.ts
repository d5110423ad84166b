import { describe, expect, test } from 'vitest'
import { keyOf } from '../../src/conversation/turn.ts'
import { nextOf, walk } from '../../src/conversation/walk.ts'
import { factsWith, prepared, sit, talk, VIEW } from './talk.ts'
import { LIBRARY } from '../questions/shipped.ts'

describe('the order of asking', () => {
  const questions = [1, 2, 3, 4, 5].map((n) => `1/reflection.questions.${n}.question`)
  const observation = [
    '1/observation.situation',
    '1/observation.saw',
    '1/observation.stage',
    '1/observation.details',
  ]
  const closing = [
    '1/plan.actions.1.what',
    '1/plan.next_session',
    '1/again',
    '0/close.praise',
    '0/close.details',
  ]

  test('preparing asks what was seen, one question of each kind, and a pointer', async () => {
    const { keys, ended } = await sit(talk('ortp', 'prepare'))
    expect(keys).toEqual([...observation, ...questions, '1/teachable_moment.pointer'])
    expect(ended).toBe('finished')
  })

  test('recording what was prepared asks only for what is new', async () => {
    const start = await prepared('ortp', { '1/observation.details': 'no' })
    const { keys } = await sit(start, VIEW)
    expect(keys).toEqual([
      '1/reflection.went_well',
      '1/reflection.would_change',
      '1/teachable_moment.pointer',
      '1/teachable_moment.details',
      ...closing,
    ])
  })

  test('recording straight away asks the prompts of both passes', async () => {
    const { keys } = await sit(talk('ortp', 'record'), VIEW)
    expect(keys).toEqual([
      ...observation,
      '1/reflection.went_well',
      '1/reflection.would_change',
      ...questions,
      '1/teachable_moment.pointer',
      '1/teachable_moment.details',
      ...closing,
    ])
  })

  test('preparing the quick guide asks one thing', async () => {
    const { keys } = await sit(talk('quick', 'prepare'))
    expect(keys).toEqual(['1/observation.saw'])
  })

  test('recording the quick guide asks for their view and one action item', async () => {
    const { keys } = await sit(await prepared('quick'))
    expect(keys).toEqual(['1/reflection.would_change', '1/plan.actions.1.what'])
  })

  test.each([
    ['ortp', ['1/observation.situation', '1/observation.saw']],
    ['quick', ['1/observation.saw']],
  ])('%s needs only its required prompts', (guide, needed) => {
    const required = walk(talk(guide, 'record')).filter((turn) => turn.required)
    expect(required.map(keyOf)).toEqual(needed)
  })

  test.each(LIBRARY.guides.map((guide) => guide.id))(
    '%s ends when every prompt is passed over',
    async (guide) => {
      const { conversation, ended } = await sit(await prepared(guide))
      expect(ended).toBe('finished')
      expect(nextOf(walk(conversation))).toBeUndefined()
    },
  )

  test('a required prompt left for later while preparing is asked again while recording', async () => {
    const start = await prepared('ortp', { '1/observation.saw': { type: 'later' } })
    expect(nextOf(walk(start))?.path).toBe('observation.saw')
  })

  test('a prompt passed over while preparing is not asked again while recording', async () => {
    const start = await prepared('ortp', { '1/observation.stage': { type: 'skip' } })
    expect(walk(start).map((turn) => turn.path)).not.toContain('observation.stage')
  })

  test('without stages there is no prompt for them', () => {
    const facts = factsWith({ stages: [] })
    const paths = walk(talk('ortp', 'prepare', { facts })).map((turn) => turn.path)
    expect(paths).not.toContain('observation.stage')
  })
})

describe('the stage', () => {
  const stageTurn = (last: ReadonlyMap<string, string>) =>
    walk(talk('ortp', 'prepare', { facts: factsWith({ last }) })).find(
      (turn) => turn.path === 'observation.stage',
    )

  test('the one last used with this person comes first', () => {
    expect(stageTurn(new Map([['stage', 'propose']]))?.default).toBe('propose')
  })

  test('one that is not in the vocabulary any more is not offered', () => {
    expect(stageTurn(new Map([['stage', 'gone']]))?.default).toBeNull()
  })
})

describe('details', () => {
  const DETAILS = ['effect', 'area', 'skill', 'rating'].map((id) => `1/observation.${id}`)

  test('one offer stands for all details of a step, and its default is no', () => {
    const offer = walk(talk('ortp', 'prepare')).find((turn) => turn.path === 'observation.details')
    expect(offer).toMatchObject({
      kind: 'yes_no',
      default: 'no',
      ask: 'Add detail? (effect, area, skill, rating)',
    })
  })

  test('yes asks every detail right after the offer', async () => {
    const { keys } = await sit(talk('ortp', 'prepare'), { '1/observation.details': 'yes' })
    const at = keys.indexOf('1/observation.details')
    expect(keys.slice(at + 1, at + 5)).toEqual(DETAILS)
  })

  test.each(['no', ''])('%o asks no detail', async (said) => {
    const { keys } = await sit(talk('ortp', 'prepare'), { '1/observation.details': said })
    expect(keys.filter((key) => DETAILS.includes(key))).toEqual([])
  })

  test.each([
    ['declined', 'no'],
    ['passed over', { type: 'skip' }],
  ] as const)(
    'an offer that was %s while preparing is not made again while recording',
    async (_what, said) => {
      const start = await prepared('ortp', { '1/observation.details': said })
      const { keys } = await sit(start, VIEW)
      expect(keys.filter((key) => key.startsWith('1/observation'))).toEqual([])
    },
  )

  test('with all details wanted, each is asked in its place and none is offered', async () => {
    const facts = factsWith({ full: true })
    const { keys } = await sit(talk('ortp', 'record', { facts }), VIEW)
    expect(keys.filter((key) => /details|firmer/.test(key))).toEqual([])
    expect(keys).toEqual(expect.arrayContaining([...DETAILS, '0/close.private_note']))
  })

  test('a detail that was given stays in the walk when the offer is taken back', async () => {
    const first = await sit(talk('ortp', 'prepare'), {
      '1/observation.details': 'yes',
      '1/observation.effect': 'He looked away.',
    })
    const again = await sit(
      first.conversation,
      {
        '1/observation.details': 'no',
        '1/observation.effect': { type: 'leave' },
      },
      { revisit: true },
    )
    expect(again.keys).toContain('1/observation.effect')
  })

  test('a rating is asked with the words of the chosen skill', async () => {
    const sitting = await sit(talk('ortp', 'prepare'), {
      '1/observation.details': 'yes',
      '1/observation.skill': 'listening',
    })
    const { choices } = sitting.at('1/observation.rating').turn
    expect(choices.map((choice) => choice.title)).toEqual(
      LIBRARY.vocabulary.skills.find((skill) => skill.id === 'listening')?.anchors,
    )
  })
})

describe('further rounds', () => {
  test('yes begins the steps again, and no ends the conversation', async () => {
    const { keys } = await sit(await prepared('ortp'), {
      ...VIEW,
      '1/again': 'yes',
      '2/again': 'no',
    })
    const second = keys.slice(keys.indexOf('1/again') + 1)
    expect(second[0]).toBe('2/observation.situation')
    expect(second.filter((key) => key.startsWith('0/'))).toEqual([
      '0/close.praise',
      '0/close.details',
    ])
    expect(second.filter((key) => key.startsWith('3/'))).toEqual([])
  })

  test('each round has a gate of its own', async () => {
    const { keys } = await sit(await prepared('ortp'), { ...VIEW, '1/again': 'yes' })
    expect(keys).not.toContain('1/reflection_skipped')
    expect(keys).toContain('2/reflection_skipped')
  })

  test('no further round is offered before the conversation', () => {
    expect(walk(talk('ortp', 'prepare')).map((turn) => turn.path)).not.toContain('again')
  })

  test('the quick guide has one round', async () => {
    const { keys } = await sit(await prepared('quick'), VIEW)
    expect(keys.filter((key) => key.endsWith('again'))).toEqual([])
  })
})
