import { describe, expect, test } from 'vitest'
import { keyOf, type PromisedItem } from '../../src/conversation/turn.ts'
import { nextOf, walk } from '../../src/conversation/walk.ts'
import { factsWith, prepared, sit, talk } from './talk.ts'
import { LIBRARY } from '../questions/shipped.ts'

const VIEW = { '1/reflection.would_change': 'Wait longer.' }

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
    'an end is reached in %s when every prompt is passed over',
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

  test('yes asks them all, right after the offer', async () => {
    const { keys } = await sit(talk('ortp', 'prepare'), { '1/observation.details': 'yes' })
    const at = keys.indexOf('1/observation.details')
    expect(keys.slice(at + 1, at + 5)).toEqual(DETAILS)
  })

  test.each(['no', ''])('%o asks none', async (said) => {
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

  test('a rating is asked against the words of the chosen skill', async () => {
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
  ] as const)('it stays closed while %s', async (_what, replies) => {
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

  test('it does not close the preparation', async () => {
    const { keys } = await sit(talk('ortp', 'prepare'))
    expect(keys).toContain('1/teachable_moment.pointer')
  })

  test('the reason is private', async () => {
    const sitting = await sit(await prepared('ortp'), { '1/reflection_skipped': 'No time.' })
    expect(sitting.at('1/reflection_skipped').turn.visibility).toBe('private')
  })
})

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

  test('nothing was heard, so nothing is asked about it', async () => {
    const { keys } = await sit(await prepared('ortp', { [ask]: 'What could stop you?' }))
    expect(keys.filter((key) => key.includes('questions'))).toEqual([heard])
  })

  test('one that was passed over while preparing does not come back', async () => {
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

  test('a third one gets a gentle word, the first two do not', async () => {
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

  test('the quick guide takes one and no more', async () => {
    const { keys } = await sit(await prepared('quick'), { [action(1, 'what')]: 'a' })
    expect(keys).not.toContain(action(2, 'what'))
  })

  test('nine are taken, and no tenth is asked for', async () => {
    const nine = Object.fromEntries(
      Array.from({ length: 9 }, (_, n) => [action(n + 1, 'what'), `item ${n}`]),
    )
    const { keys } = await sit(await start(), nine)
    expect(keys).toContain(action(9, 'what'))
    expect(keys).not.toContain(action(10, 'what'))
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

  test('they come before anything new, the oldest first', () => {
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
