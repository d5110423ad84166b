import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { placesIn } from '../../ask/file/feed.ts'
import type { Home } from '../../world.ts'
import { homeAfter, inOneLine, json, moveTo, must, talkWith } from './played.ts'

const view = { reflection: { would_change: 'I would wait.' } }
const seen = { observation: { situation: 'Call', saw: 'She asked.' } }
const five = {
  view_of_coaching: 3,
  view_of_abilities: 3,
  values: 3,
  commitment_to_activities: 3,
  belief_in_people: 3,
}

/** The least that a conversation by each guide has to say. */
const GUIDES = [
  { guide: 'ortp', relation: 'report', says: { ...seen, ...view } },
  { guide: 'quick', relation: 'report', says: { observation: { saw: 'She asked.' }, ...view } },
  {
    guide: 'ask',
    relation: 'report',
    says: { ask: { topic: 'Calls' }, listen: { heard: 'I know it.' } },
  },
  {
    guide: 'opportunity',
    relation: 'report',
    says: { opportunity: { name: 'Northwind', stage: 'prospect' } },
  },
  { guide: 'coaching-a-coach', relation: 'report', says: { ...seen, ...view } },
  { guide: 'self', relation: 'self', says: { mindset: five } },
  {
    guide: 'upward',
    relation: 'coach',
    says: { topics: { want: 'Your view.' }, agreements: { insight: 'Wait.' } },
  },
] as const

const KIM = ['person', 'add', 'Kim Lee', '--relation']
const add = (what: string, ...flags: readonly string[]) => ['action', 'add', 'kim', what, ...flags]
const LATE = ['--due', '2026-11-20', '--past']

async function feedTo(home: Home, guide: string, says: object, more: object = {}) {
  const file = stringify({ person: 'Kim Lee', guide, ...more, ...says })
  return await home.coach(['session', '--record', '--answers', '-'], file)
}

describe.each(GUIDES)('$guide', ({ guide, relation, says }) => {
  test('what is due and not mentioned is said, and stays open; what is not due is not', async () => {
    const home = await homeAfter(
      [...KIM, relation],
      add('theirs and late', ...LATE),
      add('mine and due today', '--due', '2026-11-23', '--owner', 'me'),
      add('ahead', '--due', '2026-11-24'),
      add('without a day'),
    )
    const { code, out, err } = await feedTo(home, guide, says)
    expect(code).toBe(0)
    expect(err).toContain(
      'Due, and the file does not say what became of it:\n  1  theirs and late\n  2  mine and due today\n',
    )
    expect(inOneLine(err)).toContain(
      'Say it with: coach done 1 · coach missed 1 · coach carry 1 --to fri',
    )
    expect(`${out}${err}`).not.toMatch(/ahead|without a day/)
    expect(await json(home, ['review', '--person', 'kim'])).toMatchObject([
      { id: 1 },
      { id: 2 },
      { id: 3 },
      { id: 4 },
    ])
  })

  test('what became of them can be said, of one’s own too', async () => {
    const home = await homeAfter(
      [...KIM, relation],
      add('one', ...LATE),
      add('two', '--owner', 'me'),
      add('three'),
      add('four', ...LATE),
      add('five'),
    )
    const promises = [
      { item: 1, outcome: 'done' },
      { item: 2, outcome: 'part', note: 'half' },
      { item: 3, outcome: 'missed', note: 'ill' },
      { item: 4, outcome: 'carried', to: '2026-12-04' },
      { item: 5, outcome: 'dropped', note: 'no use' },
    ]
    const { code, err } = await feedTo(home, guide, says, { promises })
    expect(code).toBe(0)
    expect(err).not.toContain('Due, and')
    expect(await json(home, ['review', '--person', 'kim', '--all'])).toMatchObject([
      { id: 1, status: 'done' },
      { id: 4, status: 'open', due_on: '2026-12-04', carried: 1 },
      { id: 2, status: 'part', owner: 'me' },
      { id: 3, status: 'missed' },
      { id: 5, status: 'dropped' },
    ])
  })
})

describe('in an answers file', () => {
  const quick = GUIDES[1]
  const refusedWith = async (promises: object, ...items: readonly (readonly string[])[]) => {
    const home = await homeAfter([...KIM, 'report'], ...items)
    const before = await json(home, ['review'])
    const refused = await feedTo(home, quick.guide, quick.says, { promises })
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(await json(home, ['review'])).toEqual(before)
    return placesIn(refused).map((line) => line.replace(/^\S+ /, ''))
  }

  test('a due item that is carried needs a day', async () => {
    const one = [{ item: 2, outcome: 'carried' }]
    expect(await refusedWith(one, add('one'), add('two', ...LATE))).toEqual([
      'promises.0.to: is missing',
    ])
    const empty = [{ item: 1, outcome: 'carried', to: '' }]
    expect(await refusedWith(empty, add('one', '--due', '2026-11-23'))).toEqual([
      'promises.0.to: is needed, and is empty',
    ])
  })

  test('an item that is due later keeps its day', async () => {
    const home = await homeAfter([...KIM, 'report'], add('one', '--due', '2026-11-24'))
    await feedTo(home, quick.guide, quick.says, { promises: [{ item: 1, outcome: 'carried' }] })
    expect(await json(home, ['review'])).toMatchObject([
      { id: 1, due_on: '2026-11-24', carried: 1 },
    ])
  })

  test.each([
    { promise: { item: 1, outcome: '' }, says: 'promises.0.outcome: is needed, and is empty' },
    {
      promise: { item: 1, outcome: 'forgotten' },
      says: 'promises.0.outcome: “forgotten” is not one of done, part, missed, dropped or carried.',
    },
    {
      promise: { item: 1, outcome: 'done', note: 'x' },
      says: 'promises.0.note: this does not go with that outcome, or the item is not an open one of this person',
    },
    {
      promise: { item: 9, outcome: 'done' },
      says: 'promises.0.outcome: this is not the number of an open action item of this person',
    },
    {
      promise: { item: 2, outcome: 'done' },
      says: 'promises.0.outcome: this is not the number of an open action item of this person',
    },
  ])('$promise is refused', async ({ promise, says }) => {
    expect(
      await refusedWith([promise], add('one', ...LATE), add('closed'), ['done', '2']),
    ).toContain(says)
  })

  test('an item of somebody else is refused', async () => {
    const ben = [
      ['person', 'add', 'Ben Okafor'],
      ['action', 'add', 'ben', 'his'],
    ]
    expect(await refusedWith([{ item: 1, outcome: 'done' }], ...ben)).toEqual([
      'promises.0.outcome: this is not the number of an open action item of this person',
    ])
  })
})

test('an item that nobody speaks about comes back in every conversation, however far apart and in whatever order', async () => {
  const home = await homeAfter([...KIM, 'report'], add('one', ...LATE))
  for (const [day, heldOn] of [
    ['2026-11-23', '2026-11-01'],
    ['2027-06-01', '2026-12-01'],
    ['2027-06-02', '2027-05-01'],
  ] as const) {
    moveTo(home, day)
    const { err } = await feedTo(home, 'quick', GUIDES[1].says, { held_on: heldOn })
    expect(err).toContain('Due, and the file does not say what became of it:\n  1  one\n')
    await must(home, ['session', 'kim', '--move', 'in 2 weeks'])
  }
  expect(await must(home, ['review'])).toContain('one')
})

test('how often it was carried is kept and shown', async () => {
  const home = await homeAfter([...KIM, 'report'], add('one', ...LATE), [
    'carry',
    '1',
    '--to',
    'tomorrow',
  ])
  await talkWith(home, 'Kim Lee', { promises: [{ item: 1, outcome: 'carried', to: '2026-11-25' }] })
  await must(home, ['carry', '1', '--to', '2026-11-26'])
  for (const look of [['review'], ['prep', 'kim'], ['action', 'show', '1'], ['review', '--look']]) {
    expect(inOneLine(await must(home, look))).toMatch(/carried 3 times/)
  }
  await must(home, ['undo'])
  expect(inOneLine(await must(home, ['review']))).toContain('carried 2 times')
})

test('what became of it in a session can be read there, the reason by the manager alone', async () => {
  const home = await homeAfter([...KIM, 'report'], add('one', ...LATE))
  await talkWith(home, 'Kim Lee', {
    promises: [{ item: 1, outcome: 'missed', note: 'canary-reason' }],
  })
  expect(await must(home, ['show', '1'])).toContain('canary-reason')
  const recap = await must(home, ['recap', 'kim'])
  expect(recap).toContain('- Kim: one: missed')
  expect(recap).not.toContain('canary-reason')
})
