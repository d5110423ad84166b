import { describe, expect, test } from 'vitest'
import { homeAfter, json, moveTo, must, talkWith } from './played.ts'

const ANA = ['person', 'add', 'Ana Silva']
const BEN = ['person', 'add', 'Ben Okafor']
const GOAL = ['goal', 'add', 'ana', 'lead a renewal']

const FLAGS = [
  { flag: 'due', key: 'due_on', value: '2026-12-01', shown: 'Tue 1 Dec' },
  { flag: 'owner', key: 'owner', value: 'me', shown: 'you, for Ana Silva' },
  { flag: 'if', key: 'if', value: 'the customer is silent', shown: 'If' },
  { flag: 'then', key: 'then', value: 'I count to three', shown: 'Then' },
  { flag: 'else', key: 'else', value: 'I note it down', shown: 'Else' },
  { flag: 'obstacle', key: 'obstacle', value: 'nerves', shown: 'Obstacle' },
  { flag: 'measure', key: 'measure', value: 'a tick each day', shown: 'Measure' },
  { flag: 'result', key: 'result', value: 'two customers name a figure', shown: 'Result' },
  { flag: 'support', key: 'support', value: 'I listen in', shown: 'Support' },
  { flag: 'check-in', key: 'check_in_on', value: '2026-11-26', shown: 'Thu 26 Nov' },
  { flag: 'repeat', key: 'repeat', value: 'every 2 weeks', shown: 'every 2 weeks' },
  { flag: 'goal', key: 'goal', value: '1', shown: 'lead a renewal' },
] as const

describe.each(FLAGS)('--$flag', ({ flag, key, value, shown }) => {
  test('is set by add, shown, and taken away by an empty text', async () => {
    const home = await homeAfter(ANA, GOAL)
    await must(home, ['action', 'add', 'ana', 'ask first', `--${flag}`, value])
    expect(await json(home, ['action', 'show', '1'])).toMatchObject({
      what: 'ask first',
      [key]: value,
    })
    expect(await must(home, ['action', 'show', '1'])).toContain(shown)
    const empty = await home.coach(['action', 'edit', '1', `--${flag}`, ''])
    expect(empty.code).toBe(flag === 'owner' ? 2 : 0)
    const left = flag === 'owner' ? 'me' : null
    expect(await json(home, ['action', 'show', '1'])).toMatchObject({
      what: 'ask first',
      [key]: left,
    })
  })

  test('is set by edit, and leaves the rest as it is', async () => {
    const home = await homeAfter(ANA, GOAL, [
      'action',
      'add',
      'ana',
      'ask first',
      '--obstacle',
      'time',
    ])
    await must(home, ['action', 'edit', '1', `--${flag}`, value])
    expect(await json(home, ['action', 'show', '1'])).toMatchObject({
      what: 'ask first',
      status: 'open',
      obstacle: 'time',
      [key]: value,
    })
  })
})

test('add and edit take all flags at once', async () => {
  const home = await homeAfter(ANA, GOAL)
  const flags = FLAGS.flatMap(({ flag, value }) => [`--${flag}`, value])
  await must(home, ['action', 'add', 'ana', 'ask first', ...flags])
  expect(await json(home, ['action', 'show', '1'])).toMatchObject(
    Object.fromEntries(FLAGS.map(({ key, value }) => [key, value])),
  )
})

describe('what cannot be', () => {
  test.each([
    { flags: ['--repeat', '1m'], says: 'every minute or every month' },
    { flags: ['--repeat', 'every 2m'], says: 'every 2 minutes or every 2 months' },
    { flags: ['--repeat', 'biweekly'], says: 'every 2 weeks or twice a week' },
    { flags: ['--repeat', 'bimonthly'], says: 'every 2 months or twice a month' },
    { flags: ['--repeat', 'now and then'], says: 'could not be read as a repetition' },
    { flags: ['--due', '1m'], says: '1 minute or 1 month' },
    { flags: ['--owner', 'ben'], says: 'takes them or me' },
    { flags: ['--goal', '7'], says: 'There is no goal 7', code: 3 },
    { flags: ['--goal', 'lead'], says: 'is not the number of a goal' },
    { flags: ['--goal', '2'], says: 'Goal 2 is one of Ben Okafor, not of Ana Silva' },
    { flags: ['--goal', '3'], says: 'Goal 3 is closed (done)' },
  ])('$flags is refused by add and edit alike', async ({ flags, says, code = 2 }) => {
    const home = await homeAfter(
      ANA,
      BEN,
      GOAL,
      ['goal', 'add', 'ben', 'his own'],
      ['goal', 'add', 'ana', 'over'],
      ['goal', 'done', '3'],
      ['action', 'add', 'ana', 'ask first'],
    )
    const before = await json(home, ['action', 'show', '1'])
    for (const argv of [
      ['action', 'add', 'ana', 'another', ...flags],
      ['action', 'edit', '1', ...flags],
    ]) {
      const refused = await home.coach(argv)
      expect({ code: refused.code, out: refused.out }).toEqual({ code, out: '' })
      expect(refused.err).toContain(says)
    }
    expect(await json(home, ['action', 'show', '1'])).toEqual(before)
    expect(await home.coach(['action', 'show', '2'])).toMatchObject({ code: 3 })
  })

  test.each([
    { argv: ['action', 'edit', '9', '--due', 'fri'], code: 3, says: 'There is no action item 9' },
    { argv: ['action', 'show', '9'], code: 3, says: 'There is no action item 9' },
    { argv: ['action', 'show', 'first'], code: 2, says: 'is not the number of an action item' },
    { argv: ['action', 'edit', '1', '--what', ' '], code: 2, says: 'needs a text and an owner' },
    { argv: ['action', 'edit', '1'], code: 2, says: 'nothing to change' },
    { argv: ['done', '1', '9'], code: 3, says: 'Nothing was changed' },
    { argv: ['done', '1', 'x'], code: 2, says: 'is not the number of an action item' },
  ])('coach $argv', async ({ argv, code, says }) => {
    const home = await homeAfter(ANA, ['action', 'add', 'ana', 'ask first'])
    const refused = await home.coach(argv)
    expect(refused.code).toBe(code)
    expect(refused.err).toContain(says)
    expect(await json(home, ['action', 'show', '1'])).toMatchObject({
      status: 'open',
      what: 'ask first',
    })
  })

  test.each(['done', 'part', 'missed', 'drop'])(
    'to say %s of an item that is closed, with one that is open: neither is touched',
    async (how) => {
      const items = ['one', 'two'].map((what) => ['action', 'add', 'ana', what])
      const home = await homeAfter(ANA, ...items, ['missed', '2'])
      const refused = await home.coach([how, '1', '2'])
      expect(refused.code).toBe(2)
      expect(refused.err).toContain('Already closed: action item 2 (missed). Nothing was changed.')
      expect(await json(home, ['action', 'show', '1'])).toMatchObject({ status: 'open' })
    },
  )
})

describe('a third plan gets a warning', () => {
  const three = 'Ana Silva has three plans open now. One focus plan is easier to keep than three.'
  const add = (what: string, ...flags: readonly string[]) => [
    'action',
    'add',
    'ana',
    what,
    ...flags,
  ]

  test('from action add, and is made all the same; a second one gets none', async () => {
    const home = await homeAfter(ANA, add('one'))
    expect(await must(home, add('two'))).not.toContain('plans')
    expect(await must(home, add('three'))).toContain(three)
    expect(await must(home, add('four'))).toContain('four plans open now')
  })

  test('what is closed, and what the manager does, counts for none', async () => {
    const home = await homeAfter(ANA, add('one'), add('two'), add('mine', '--owner', 'me'))
    expect(await must(home, add('mine too', '--owner', 'me'))).not.toContain('plans')
    await must(home, ['done', '1'])
    expect(await must(home, add('three'))).not.toContain('plans')
    expect(await must(home, add('four'))).toContain(three)
  })

  test('what is partly done or carried counts', async () => {
    const home = await homeAfter(
      ANA,
      add('one'),
      add('two'),
      ['part', '1'],
      ['carry', '2', '--to', 'fri'],
    )
    expect(await must(home, add('three'))).toContain(three)
  })

  test('with other people each has their own', async () => {
    const home = await homeAfter(ANA, BEN, add('one'), add('two'))
    expect(await must(home, ['action', 'add', 'ben', 'one'])).not.toContain('plans')
  })

  test('from an answers file, after what was saved', async () => {
    const home = await homeAfter(ANA, add('one'))
    const actions = [{ what: 'two' }]
    expect(await talkWith(home, 'Ana Silva', { plan: { actions } })).not.toContain('plans')
    expect(await talkWith(home, 'Ana Silva', { plan: { actions } })).toContain(three)
  })

  test('not after a file in which they agree to nothing new', async () => {
    const items = [add('one'), add('two'), add('three')]
    const home = await homeAfter(ANA, ...items)
    const reflection = { would_change: 'I would wait.' }
    expect(await talkWith(home, 'Ana Silva', { reflection })).not.toContain('plans')
    const plan = { actions: [{ what: 'call her', owner: 'me' }] }
    expect(await talkWith(home, 'Ana Silva', { reflection, plan })).not.toContain('plans')
  })

  test('what the file itself closes counts no more', async () => {
    const home = await homeAfter(ANA, add('one'), add('two'))
    const promises = [{ item: 1, outcome: 'done' }]
    const said = await talkWith(home, 'Ana Silva', {
      promises,
      plan: { actions: [{ what: 'three' }] },
    })
    expect(said).not.toContain('plans')
  })

  test('not for what one means to do oneself', async () => {
    const home = await homeAfter(['person', 'add', 'Myself', '--relation', 'self'])
    for (const what of ['one', 'two']) await must(home, ['action', 'add', 'myself', what])
    expect(await must(home, ['action', 'add', 'myself', 'three'])).not.toContain('plans')
  })
})

test('the history of an item tells all that became of it, in order, with its reasons', async () => {
  const home = await homeAfter(ANA, ['action', 'add', 'ana', 'ask first', '--due', '2026-11-27'])
  await must(home, ['part', '1', '--note', 'two of three'])
  moveTo(home, '2026-11-27')
  await must(home, ['carry', '1', '--to', '2026-12-04', '--note', 'ill'])
  await must(home, ['action', 'edit', '1', '--due', '2026-12-03'])
  moveTo(home, '2026-12-03')
  await talkWith(home, 'Ana Silva', {
    promises: [{ item: 1, outcome: 'missed', note: 'no calls' }],
  })
  await must(home, ['undo'])
  await must(home, ['done', '1'])
  const lines = (await must(home, ['action', 'show', '1'])).split('\n').map((line) => line.trim())
  const history = lines.filter((line) => /^\w{3} \d+ (Nov|Dec) /.test(line))
  expect(history.map((line) => line.replace(/ {2,}/, ' '))).toEqual([
    'Mon 23 Nov agreed, due Fri 27 Nov',
    'Mon 23 Nov partly done: two of three',
    'Fri 27 Nov carried to Fri 4 Dec: ill',
    'Fri 27 Nov due changed to Thu 3 Dec',
    'Thu 3 Dec missed in session 1: no calls (taken back Thu 3 Dec)',
    'Thu 3 Dec done',
  ])
})
