import { describe, expect, test } from 'vitest'
import { newHome, type Home } from '../../world.ts'
import { homeAfter, json, moveTo, must, talkWith } from './played.ts'

const ANA = ['person', 'add', 'Ana Silva']
const BEN = ['person', 'add', 'Ben Okafor']
const BIG = ['goal', 'add', 'ana', 'lead a renewal', '--stretch', '--due', '2027-02-26']
const SUB = ['goal', 'add', 'ana', 'run the first meeting', '--under', '1']
const STEP = ['action', 'add', 'ana', 'ask her to begin', '--goal', '2']

const listed = async (home: Home, ...more: readonly string[]) =>
  await json(home, ['goal', 'list', ...more])

describe('goals and sub-goals', () => {
  test('are listed person by person, each sub-goal under its goal', async () => {
    const home = await homeAfter(BEN, ANA, ['goal', 'add', 'ben', 'sell less'], BIG.with(2, 'ana'))
    await must(home, ['goal', 'add', 'ana', 'write a book'])
    await must(home, ['goal', 'add', 'ana', 'run the first meeting', '--under', '2'])
    expect(await must(home, ['goal', 'list'])).toBe(`  2  lead a renewal
     Ana Silva · stretch · by Fri 26 Feb 2027
      4  run the first meeting
         Ana Silva
  3  write a book
     Ana Silva
  1  sell less
     Ben Okafor
`)
    expect(await must(home, ['goal'])).toBe(await must(home, ['goal', 'list']))
    expect(await listed(home, 'ben')).toMatchObject([
      { id: 1, person: 'Ben Okafor', under: null, stretch: false },
    ])
    expect(await listed(home, 'ana')).toMatchObject([
      { id: 2, what: 'lead a renewal', stretch: true, due_on: '2027-02-26', status: 'open' },
      { id: 4, under: 2 },
      { id: 3, under: null },
    ])
  })

  test('a goal with all that belongs to it', async () => {
    const home = await homeAfter(ANA, BIG, SUB, STEP)
    moveTo(home, '2026-12-01')
    await must(home, ['goal', 'done', '2'])
    expect(await must(home, ['goal', 'show', '2'])).toBe(`  2  run the first meeting
     Ana Silva · done

  Under goal 1  lead a renewal

Action items
  1  ask her to begin
     no date · open

History
  Mon 23 Nov  set
  Tue 1 Dec   done
`)
    expect(await json(home, ['goal', 'show', '1'])).toMatchObject({
      id: 1,
      sub_goals: [{ id: 2, status: 'done', closed_at: '2026-12-01T09:00:00.000Z' }],
      actions: [],
      history: [{ status: 'open', undone_at: null }],
    })
  })

  test('an action item names its goal, also from an answers file', async () => {
    const home = await homeAfter(ANA, BIG)
    await talkWith(home, 'Ana Silva', { plan: { actions: [{ what: 'ask first', goal: 1 }] } })
    expect(await must(home, ['action', 'show', '1'])).toMatch(/Goal +1 {2}lead a renewal/)
    expect(await json(home, ['goal', 'show', '1'])).toMatchObject({
      actions: [{ id: 1, what: 'ask first' }],
    })
  })

  test('can be corrected', async () => {
    const home = await homeAfter(ANA, BIG)
    await must(home, [
      'goal',
      'edit',
      '1',
      '--what',
      'lead two renewals',
      '--no-stretch',
      '--due',
      '',
    ])
    expect(await listed(home)).toMatchObject([
      { what: 'lead two renewals', stretch: false, due_on: null },
    ])
    await must(home, ['goal', 'edit', '1', '--stretch'])
    expect(await listed(home)).toMatchObject([{ what: 'lead two renewals', stretch: true }])
  })

  test('are closed and opened again; closed ones are listed with --all', async () => {
    const home = await homeAfter(ANA, BIG, ['goal', 'add', 'ana', 'write a book'])
    expect(await must(home, ['goal', 'done', '1'])).toBe(
      'Reached: goal 1  lead a renewal (Ana Silva)\n',
    )
    expect(await must(home, ['goal', 'drop', '2'])).toBe(
      'Dropped: goal 2  write a book (Ana Silva)\n',
    )
    expect(await listed(home)).toEqual([])
    expect(await listed(home, '--all')).toMatchObject([{ status: 'done' }, { status: 'dropped' }])
    await must(home, ['goal', 'edit', '1', '--open'])
    expect(await listed(home)).toMatchObject([{ id: 1, status: 'open', closed_at: null }])
  })

  test('closing one with sub-goals that are open says so, and leaves them open', async () => {
    const home = await homeAfter(ANA, BIG, SUB, [...SUB.slice(0, 3), 'write it up', '--under', '1'])
    expect(await must(home, ['goal', 'done', '1'])).toContain(
      '2 sub-goals of it still open: coach goal show 1',
    )
    expect(await listed(home)).toMatchObject([{ id: 2 }, { id: 3 }])
    await must(home, ['goal', 'done', '2'])
    await must(home, ['undo'])
    expect(await listed(home)).toMatchObject([{ id: 2 }, { id: 3 }])
  })

  test('deleting one takes its sub-goals along, and leaves their action items', async () => {
    const home = await homeAfter(ANA, BIG, SUB, STEP, ['goal', 'add', 'ana', 'write a book'])
    expect(await must(home, ['delete', 'goal', '1', '--yes'])).toContain('its action items stay')
    expect(await listed(home, '--all')).toMatchObject([{ id: 3 }])
    expect(await json(home, ['action', 'show', '1'])).toMatchObject({
      what: 'ask her to begin',
      goal: null,
    })
    expect(await home.coach(['goal', 'show', '2'])).toMatchObject({ code: 3 })
  })

  test('of somebody in the archive are left out, and found by name', async () => {
    const home = await homeAfter(ANA, BIG, ['person', 'archive', 'ana'])
    expect(await listed(home)).toEqual([])
    expect(await listed(home, 'ana')).toMatchObject([{ id: 1 }])
  })

  test('coach goal list without goals is no error', async () => {
    expect(await newHome().coach(['goal', 'list'])).toMatchObject({ code: 0, out: '' })
    expect(await newHome().coach(['goal', 'list', '--json'])).toMatchObject({
      code: 0,
      out: '[]\n',
    })
    const home = await homeAfter(ANA)
    expect(await must(home, ['goal', 'list', 'ana'])).toBe(
      'No open goal for Ana Silva yet. Add one with: coach goal add NAME "…"\n',
    )
  })
})

describe('what cannot be is refused, and nothing is changed', () => {
  const cases: readonly (readonly [argv: readonly string[], code: number, says: string])[] = [
    [['goal', 'add', 'ana', ' '], 2, 'The goal has no text'],
    [['goal', 'add', 'ana', 'x'.repeat(1001)], 2, 'longer than 1000 characters'],
    [['goal', 'add', 'eve', 'x'], 3, 'nobody called “eve”'],
    [['goal', 'add', 'ana', 'x', '--under', '9'], 3, 'There is no goal 9'],
    [['goal', 'add', 'ana', 'x', '--under', '3'], 2, 'Goal 3 is one of Ben Okafor'],
    [['goal', 'add', 'ana', 'x', '--under', '2'], 2, 'Goal 2 is a sub-goal itself'],
    [['goal', 'add', 'ana', 'x', '--due', '02/03'], 2, 'can mean'],
    [['goal', 'add', 'ana', 'x', '--due', '1m'], 2, 'can mean'],
    [['goal', 'edit', '1'], 2, 'nothing to change'],
    [['goal', 'edit', '1', '--what', ' '], 2, 'The goal has no text'],
    [['goal', 'edit', '1', '--due', '31 february'], 2, 'is not a day in the calendar'],
    [['goal', 'edit', '9', '--open'], 3, 'There is no goal 9'],
    [['goal', 'show', '9'], 3, 'There is no goal 9'],
    [['goal', 'show', 'lead'], 2, '“lead” is not the number of a goal'],
    [['goal', 'done', '9'], 3, 'There is no goal 9'],
    [['goal', 'done', '4'], 2, 'Goal 4 is closed already (dropped)'],
    [['goal', 'drop', '4'], 2, 'Goal 4 is closed already (dropped)'],
    [['delete', 'goal', '9', '--yes'], 3, 'There is no goal 9'],
    [['delete', 'goal', '1'], 2, 'Add --yes'],
    [['goal', 'list', 'eve'], 3, 'nobody called “eve”'],
  ]

  test.each(cases)('coach %j', async (argv, code, says) => {
    const home = await homeAfter(
      ANA,
      BEN,
      BIG,
      SUB,
      ['goal', 'add', 'ben', 'his'],
      ['goal', 'add', 'ana', 'over'],
      ['goal', 'drop', '4'],
    )
    const before = await listed(home, '--all')
    const refused = await home.coach(argv)
    expect(refused).toMatchObject({ code, out: '' })
    expect(refused.err).toContain(says)
    expect(await listed(home, '--all')).toEqual(before)
  })

  test('a sub-goal of a goal that is closed', async () => {
    const home = await homeAfter(ANA, BIG, ['goal', 'done', '1'])
    const refused = await home.coach(SUB)
    expect(refused.code).toBe(2)
    expect(refused.err).toContain('coach goal edit 1 --open')
  })

  test.each([
    { whose: 'somebody else', goal: 2 },
    { whose: 'nobody', goal: 9 },
    { whose: 'hers, but closed', goal: 3 },
  ])('in a file, a goal of $whose', async ({ goal }) => {
    const home = await homeAfter(
      ANA,
      BEN,
      BIG,
      ['goal', 'add', 'ben', 'his'],
      ['goal', 'add', 'ana', 'over'],
      ['goal', 'done', '3'],
    )
    const file = `person: Ana Silva\nguide: quick\nobservation: { saw: x }\nplan:\n  actions:\n    - what: ask first\n      goal: ${goal}\n`
    const { code, err } = await home.coach(['session', '--record', '--answers', '-'], file)
    expect(code).toBe(2)
    expect(err).toContain(`stdin:7:13 plan.actions.0.goal: “${goal}” is not one of 1.`)
  })

  test('in a file, a goal of somebody who has none', async () => {
    const home = await homeAfter(ANA)
    const file =
      'person: Ana Silva\nguide: quick\nobservation: { saw: x }\nplan: { actions: [{ what: y, goal: 1 }] }\n'
    const { code, err } = await home.coach(['session', '--record', '--answers', '-'], file)
    expect(code).toBe(2)
    expect(err).toContain('plan.actions.0.goal: this person has no open goal')
  })
})

describe('coach undo', () => {
  test('takes back what became of a goal, and says what it took back', async () => {
    const home = await homeAfter(ANA, BIG, ['goal', 'done', '1'])
    expect(await must(home, ['undo'])).toBe(
      'Taken back: done. Goal 1 is open again, due Fri 26 Feb 2027.\n  lead a renewal (Ana Silva)\n',
    )
    expect(await listed(home)).toMatchObject([{ id: 1, status: 'open' }])
    expect(await must(home, ['goal', 'show', '1'])).toContain('done (taken back Mon 23 Nov)')
    expect(await home.coach(['undo'])).toMatchObject({ code: 3 })
  })

  test('goes through goals and action items in the order in which they changed', async () => {
    const home = await homeAfter(
      ANA,
      BIG,
      SUB,
      STEP,
      ['part', '1'],
      ['goal', 'drop', '2'],
      ['done', '1'],
      ['goal', 'done', '1'],
    )
    const taken: string[] = []
    for (let n = 0; n < 4; n++) taken.push((await must(home, ['undo'])).split('\n')[0] ?? '')
    expect(taken).toEqual([
      'Taken back: done. Goal 1 is open again, due Fri 26 Feb 2027.',
      'Taken back: done. Action item 1 is partly done again.',
      'Taken back: dropped. Goal 2 is open again.',
      'Taken back: part. Action item 1 is open again.',
    ])
    expect(await home.coach(['undo'])).toMatchObject({ code: 3 })
  })
})

test('a record with a goal in it is fed back as it is', async () => {
  const home = await homeAfter(ANA, BIG)
  await talkWith(home, 'Ana Silva', { plan: { actions: [{ what: 'ask first', goal: 1 }] } })
  await must(home, ['goal', 'done', '1'])
  const yaml = await must(home, ['show', '1', '--format', 'yaml'])
  await must(home, ['edit', '1', '--answers', '-'], yaml)
  expect(await must(home, ['show', '1', '--format', 'yaml'])).toBe(yaml)
})
