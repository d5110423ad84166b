import { describe, expect, test } from 'vitest'
import { placesIn } from '../../ask/file/feed.ts'
import { query } from '../../notebook/file.ts'
import type { Home } from '../../world.ts'
import { homeAfter, json, moveTo, must } from './played.ts'

const ANA = ['person', 'add', 'Ana Silva']
const ITEM = ['action', 'add', 'ana', 'send the deck', '--due', '2026-12-01']
const GOAL = ['goal', 'add', 'ana', 'lead a renewal']
const PAST = 'Fri 20 Nov (2026-11-20) has passed.'

/** Everything that has a day, in one text. */
function daysIn({ notebook }: Home): string {
  const all = `SELECT due_on AS day, check_in_on AS other FROM action_item
    UNION ALL SELECT due_on, NULL FROM goal UNION ALL SELECT planned_on, NULL FROM next_session`
  return JSON.stringify(query(notebook, all))
}

const COMMANDS = [
  ['action', 'add', 'ana', 'write it up', '--due'],
  ['action', 'add', 'ana', 'write it up', '--check-in'],
  ['action', 'add', 'ana', 'write it up by'],
  ['action', 'edit', '1', '--due'],
  ['action', 'edit', '1', '--check-in'],
  ['action', 'edit', '1', '--what', 'write it up by'],
  ['carry', '1', '--to'],
  ['goal', 'add', 'ana', 'run a workshop', '--due'],
  ['goal', 'edit', '1', '--due'],
  ['session', 'ana', '--move'],
] as const

/** A command with a day at its end, which may be part of its last words. */
function withDay(command: readonly string[], day: string): readonly string[] {
  const last = command.at(-1) ?? ''
  return last.endsWith(' by') ? [...command.slice(0, -1), `${last} ${day}`] : [...command, day]
}

describe.each(COMMANDS.map((command) => [command.join(' '), command] as const))(
  'coach %s',
  (_, command) => {
    test('refuses a day that has passed, and names the flag that takes it', async () => {
      const home = await homeAfter(ANA, ITEM, GOAL)
      const before = daysIn(home)
      const { code, out, err } = await home.coach(withDay(command, '2026-11-20'))
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toContain(PAST)
      expect(err).toMatch(/add --past\. Nothing was changed\./)
      expect(daysIn(home)).toBe(before)
    })

    test('takes it with --past', async () => {
      const home = await homeAfter(ANA, ITEM, GOAL)
      await must(home, [...withDay(command, '2026-11-20'), '--past'])
      expect(daysIn(home)).toContain('2026-11-20')
    })

    test.each(['2026-11-23', 'today', 'tomorrow'])('takes %s without a word', async (day) => {
      const home = await homeAfter(ANA, ITEM, GOAL)
      expect(await must(home, withDay(command, day))).not.toContain('passed')
    })

    test.each([
      ['02/03', 'can mean'],
      ['1m', 'can mean 1 minute or 1 month'],
      ['31 february', 'is not a day in the calendar'],
      ['2026-02-31', 'is not a day in the calendar'],
    ])('refuses %s with its reason, also with --past', async (day, why) => {
      const home = await homeAfter(ANA, ITEM, GOAL)
      const before = daysIn(home)
      for (const flags of [[], ['--past']]) {
        const { code, err } = await home.coach([...withDay(command, day), ...flags])
        expect(code).toBe(2)
        expect(err).toContain(why)
        expect(daysIn(home)).toBe(before)
      }
    })
  },
)

test('an item that is late already may keep its day while other things about it are corrected', async () => {
  const home = await homeAfter(ANA, ITEM)
  moveTo(home, '2026-12-04')
  await must(home, ['action', 'edit', '1', '--due', '2026-12-01', '--what', 'send the March deck'])
  expect(await json(home, ['action', 'show', '1'])).toMatchObject({
    what: 'send the March deck',
    due_on: '2026-12-01',
  })
})

test('a review up to a day that has passed is no mistake', async () => {
  const home = await homeAfter(ANA, ITEM)
  moveTo(home, '2026-12-04')
  expect(await must(home, ['review', '--due', '2026-12-01'])).toContain('send the deck')
})

describe('in an answers file', () => {
  const FILE = `person: Ana Silva
promises:
  - { item: 1, outcome: carried, to: 2026-11-20 }
observation: { situation: Call, saw: She asked. }
plan:
  actions:
    - { what: one, due: 2026-11-20 }
    - what: two by 2026-11-20
    - { what: three, due: 2026-12-01, check_in: 2026-11-20 }
    - { what: four, due: 2026-12-01 }
  next_session: 2026-11-20
`
  const AGAIN = `${PAST} Write another day, or add --past to keep it.`

  test('each is refused with its place, and nothing is saved', async () => {
    const home = await homeAfter(ANA, ITEM)
    const refused = await home.coach(['session', '--answers', '-'], FILE)
    expect(refused.code).toBe(2)
    expect(placesIn(refused)).toEqual([
      `stdin:3:38 promises.0.to: ${AGAIN}`,
      `stdin:7:25 plan.actions.0.due: ${AGAIN}`,
      `stdin:8:13 plan.actions.1.what: ${AGAIN}`,
      `stdin:9:49 plan.actions.2.check_in: ${AGAIN}`,
      `stdin:11:17 plan.next_session: ${AGAIN}`,
    ])
    expect(await must(home, ['history'])).not.toContain('Ana')
    expect(daysIn(home)).not.toContain('2026-11-20')
  })

  test('all are taken with --past', async () => {
    const home = await homeAfter(ANA, ITEM)
    await must(home, ['session', '--answers', '-', '--past'], FILE)
    expect(daysIn(home).match(/2026-11-20/g)).toHaveLength(5)
  })

  test('a record that is fed back with its old days is taken as it is', async () => {
    const home = await homeAfter(ANA, ITEM)
    const ahead = FILE.replaceAll('2026-11-20', '2026-11-30')
    await must(home, ['session', '--answers', '-'], ahead)
    moveTo(home, '2027-03-01')
    const yaml = await must(home, ['show', '1', '--format', 'yaml'])
    await must(home, ['edit', '1', '--answers', '-'], yaml)
    expect(await must(home, ['show', '1', '--format', 'yaml'])).toBe(yaml)
  })

  test('a correction to a day that has passed is refused, and taken with --past', async () => {
    const home = await homeAfter(ANA, ITEM)
    await must(home, ['session', '--answers', '-'], FILE.replaceAll('2026-11-20', '2026-11-30'))
    const yaml = await must(home, ['show', '1', '--format', 'yaml'])
    const changed = yaml.replace('due: 2026-11-30', 'due: 2026-11-20')
    const refused = await home.coach(['edit', '1', '--answers', '-'], changed)
    expect(refused.code).toBe(2)
    expect(refused.err).toContain(`due: ${AGAIN}`)
    await must(home, ['edit', '1', '--answers', '-', '--past'], changed)
    expect(daysIn(home)).toContain('2026-11-20')
  })

  test('the day on which a conversation was held may of course have passed', async () => {
    const home = await homeAfter(ANA)
    const file =
      'person: Ana Silva\nguide: quick\nheld_on: 2026-11-20\nobservation: { saw: x }\nreflection: { would_change: y }\n'
    expect(await must(home, ['session', '--answers', '-'], file)).toContain('Fri 20 Nov')
  })
})
