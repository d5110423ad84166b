import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ASK_KINDS } from '../../../src/model.ts'
import { newHome } from '../../world.ts'
import { answersFor, feed, yamlOf } from './feed.ts'

/** What a session is shown as, and what becomes of that in a notebook that never saw it. */
async function roundTrip(
  text: string,
  flags: readonly string[] = [],
): Promise<{ first: string; second: string }> {
  const [here, there] = [newHome(), newHome()]
  expect((await feed(here, text, flags)).err).not.toContain('Nothing was saved')
  const first = await yamlOf(here)
  // Others read YAML by the rules of 1.1, where more words than here are no text, and a day is a day.
  expect(parse(first, dayOf, { version: '1.1' })).toEqual(parse(first))
  expect((await feed(there, first, flags)).err).not.toContain('Nothing was saved')
  return { first, second: await yamlOf(there) }
}

function dayOf(key: unknown, value: unknown): unknown {
  const isMeant = /^(?:held_on|due|check_in|to|next_session)$/.test(String(key))
  return isMeant && value instanceof Date ? value.toISOString().slice(0, 10) : value
}

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
    all.slice(n * size, (n + 1) * size),
  )
}

const FIELDS = ['if', 'obstacle', 'measure'] as const

/** Texts under the names of fields. */
function named(fields: readonly string[], texts: readonly string[]): object {
  return Object.fromEntries(texts.map((text, at) => [fields[at], text]))
}

const lines = (...all: readonly string[]) => all.join('\n')

describe('fault 60: texts come back as they were', () => {
  test.each([
    [
      'that YAML could take for something else',
      [
        'yes',
        'No',
        'true',
        'null',
        '~',
        'on',
        '2026-01-01',
        '12:30:00',
        '007',
        '0x1F',
        '1e3',
        '1_000',
        '.5',
        '+1',
        '.inf',
        '-.nan',
        '<<',
        '=',
        '123456789012345678901234567890',
        '2026-01-01T00:00:00Z',
      ],
    ],
    [
      'with marks of YAML',
      [
        '# heading',
        'a # b',
        'a: b',
        'a:',
        ': a',
        '- a',
        '-',
        '--- a',
        '...',
        '? a',
        '* a',
        '*a',
        '&a b',
        '!a b',
        '!!str a',
        '%YAML',
        '@a',
        '`a`',
        '| a',
        '> a',
        '{a: b}',
        '[a, b]',
        '{',
        ']',
        ',',
        'a,b',
        '|-',
        '>+2',
      ],
    ],
    [
      'with quotes',
      [`it's`, `'`, `''`, `"`, `""`, `"a" b`, `'a': "b"`, 'a\\', '\\n', 'a\\"b', '“a”'],
    ],
    ['with blanks', ['a  b', 'a\tb', 'a\u00a0b', 'a\u3000b', 'a\u2009b']],
    [
      'of other scripts',
      [
        'naïve',
        'Müller',
        'ünïcödé',
        'مرحبا',
        'שלום',
        '日本語',
        'ไทย',
        '👩‍💻',
        '🏳️‍🌈',
        '🇩🇪',
        'e\u0301',
        '\u{1f9d1}\u{1f3fd}\u200d\u{1f680}',
      ],
    ],
    [
      'with control characters',
      [
        'a\x07b',
        'a\x1b[31mb',
        'a\x7fb',
        'a\x85b',
        'a\x9bb',
        'a\u2028b',
        'a\u202eb',
        'a\u200bb',
        'a\ufeffb',
        'a\u061cb',
      ],
    ],
    [
      'that are long',
      [
        'x'.repeat(5000),
        'word '.repeat(1000).trim(),
        `${'y'.repeat(200)}: ${'z'.repeat(200)}`,
        '#'.repeat(300),
      ],
    ],
    ['with many brackets', ['['.repeat(61), '{ '.repeat(70).trim(), 'x:-( ['.repeat(62)]],
  ])('%s', async (_what, texts) => {
    const rounds = chunks(texts, ASK_KINDS.length).map((some) => ({
      observation: { situation: some[0], saw: some[0] },
      reflection: {
        went_well: some[0],
        questions: some.map((text, n) => ({ kind: ASK_KINDS[n], question: text, heard: text })),
      },
    }))
    const actions = chunks(texts, 4).map(([what = '', ...rest]) => ({
      what: what.slice(0, 1000),
      ...named(FIELDS, rest),
    }))
    const tree = {
      person: 'Ana Silva',
      ...(rounds.length > 1
        ? { rounds: [{ ...rounds[0], plan: { actions } }, ...rounds.slice(1)] }
        : { ...rounds[0], plan: { actions } }),
      close: { praise: texts[0], private_note: texts[0] },
    }
    const { first, second } = await roundTrip(JSON.stringify(tree))
    expect(parse(first)).toMatchObject(tree)
    expect(second).toBe(first)
  })

  test.each([
    ['several lines', lines('one', 'two', '', '', 'five')],
    ['a list', lines('- one', '- two', '  - three')],
    ['lines that begin with blanks', lines('  one', 'two', '    three')],
    ['a first line that begins with blanks', lines('    one', 'two')],
    ['a document mark', lines('one', '---', 'two', '...', 'three')],
    ['comments', lines('# one', 'two # three', '#', 'four')],
    ['keys', lines('person: Ben', 'observation:', '  saw: no')],
    ['long lines', lines('x '.repeat(300).trim(), 'y'.repeat(500))],
    ['lines that are far from the edge', lines('one', `${' '.repeat(140)}two`)],
    ['tabs', lines('one', '\ttwo', 'three\tfour')],
    ['line ends of other systems', lines('one\x85two\u2028three', 'four')],
  ])('of several lines: %s', async (_what, saw) => {
    const tree = { person: 'Ana Silva', observation: { situation: 'Call', saw } }
    const { first, second } = await roundTrip(JSON.stringify(tree))
    expect(parse(first)).toMatchObject(tree)
    expect(second).toBe(first)
  })
})

const line = fc
  .oneof(
    fc.constantFrom('yes', '2026-01-01', '- x', '# x', '---', 'a: b', `"it's"`, '👩‍💻 ok', '[x](y)'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  )
  .map((text) => text.replaceAll(/[\s\0]+/g, ' ').trim() || 'x')
const note = fc.array(line, { minLength: 1, maxLength: 4 }).map((all) => all.join('\n'))
/** No words behind which a day could stand at the end: those are read, see the tests of dates. */
const what = line.map((text) => text.replaceAll(/\b(by|on|due|until|in)\b/gi, 'x'))
const day = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
/** A day of a conversation, which has taken place. */
const pastDay = day.map((one) => (one > '2026-11-23' ? '2026-11-20' : one))
/** An object with any of these keys. */
const some = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { requiredKeys: [] })

const action = fc
  .tuple(
    what,
    some({
      owner: fc.constantFrom('them', 'me'),
      due: day,
      if: line,
      then: line,
      else: line,
      obstacle: line,
      measure: line,
      result: line,
      support: line,
      check_in: day,
      repeat: fc.constantFrom('every day', 'every 2 weeks', 'every 3 months'),
    }),
  )
  .map(([text, { check_in: checkIn, ...more }]) => {
    // A look half way comes before the day it is due.
    const isBefore = checkIn !== undefined && (more.due === undefined || checkIn < more.due)
    return { what: text, ...more, ...(isBefore ? { check_in: checkIn } : {}) }
  })

const questions = fc
  .subarray([...ASK_KINDS], { minLength: 1 })
  .chain((kinds) =>
    fc.tuple(
      ...kinds.map((kind) =>
        fc.oneof(
          fc.record({ kind: fc.constant(kind), question: line }),
          fc.record({ kind: fc.constant(kind), question: line, heard: note }),
          fc.record({ kind: fc.constant(kind), question: line, heard: note, opened: fc.boolean() }),
        ),
      ),
    ),
  )

const observation = fc
  .tuple(
    line,
    note,
    some({
      stage: fc.constantFrom('prospect', 'discover', 'adopt'),
      effect: note,
      area: fc.constantFrom('lead', 'territory'),
      skill: fc.constantFrom('listening', 'planning'),
      rating: fc.integer({ min: 1, max: 5 }),
    }),
  )
  .map(([situation, saw, more]) => ({ situation, saw, ...more }))

/** The gate: a view of theirs, or a reason for none, or nothing that was given. */
const gatedWith = (pointer: fc.Arbitrary<unknown>, without: fc.Arbitrary<object>) => {
  const given = some({
    pointer,
    approach: fc.constantFrom('ask', 'show', 'tell', 'practise'),
    practice: note,
  })
  const view = fc
    .tuple(note, some({ would_change: note, questions }))
    .map(([wentWell, more]) => ({ went_well: wentWell, ...more }))
  return fc.oneof(
    fc.record({ reflection: view, teachable_moment: given }),
    fc.record({ reflection_skipped: line, teachable_moment: given }),
    fc.record({ teachable_moment: without }),
  )
}
const plan = some({
  actions: fc.array(action, { minLength: 1, maxLength: 2 }),
  next_session: day,
  said_back: fc.boolean(),
})
const roundOf = (gated: fc.Arbitrary<object>) =>
  fc
    .tuple(observation, gated, plan)
    .map(([seen, rest, agreed]) => ({ observation: seen, ...rest, plan: agreed }))
const bothPointers = fc.record({ prepared: note, given: note })
const onlyPrepared = fc.record({ pointer: fc.record({ prepared: note }) })
const firstRound = roundOf(gatedWith(fc.oneof(note, bothPointers), onlyPrepared))
/** A further round begins in the room, so nothing of it was prepared. */
const furtherRound = roundOf(gatedWith(note, fc.constant({})))

const recorded = fc
  .tuple(
    line,
    pastDay,
    fc
      .tuple(firstRound, fc.array(furtherRound, { maxLength: 1 }))
      .map(([one, more]) => [one, ...more]),
    note,
    some({
      stretch: note,
      talk_share: fc.constantFrom('under_half', 'most'),
      private_note: note,
    }),
  )
  .map(([name, heldOn, rounds, praise, close]) => ({
    person: `Ana ${name}`,
    guide: 'ortp',
    held_on: heldOn,
    ...(rounds.length > 1 ? { rounds } : rounds[0]),
    close: { praise, ...close },
  }))

test('any record, shown as YAML and fed back, is the same record', async () => {
  await fc.assert(
    fc.asyncProperty(recorded, async (tree) => {
      const { first, second } = await roundTrip(JSON.stringify(tree), ['--past'])
      expect(parse(first)).toEqual(withoutEmpty(tree))
      expect(second).toBe(first)
    }),
    { seed: 20_261_123, numRuns: 10 },
  )
})

/** A tree as it is shown: groups with nothing in them are left out. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, one]) => [key, withoutEmpty(one)] as const)
      .filter(
        ([, one]) => !(typeof one === 'object' && one !== null && Object.keys(one).length === 0),
      ),
  )
}

describe('a session comes back the same after', () => {
  test('a line whose day was taken out still ends like a day', async () => {
    const plan = { actions: [{ what: 'write up by mon by fri' }] }
    const { first, second } = await roundTrip(answersFor('Ana Silva', { plan }))
    expect(second).toBe(first)
  })

  test('a day on which it had been prepared only', async () => {
    const text = answersFor('Ana Silva', { held_on: '2026-11-20' })
    const { first, second } = await roundTrip(text)
    expect(second).toBe(first)
  })

  test('all of the recording was passed over', async () => {
    const [here, there] = [newHome(), newHome()]
    const text = answersFor('Ana Silva', { teachable_moment: { pointer: 'Wait.' } })
    await feed(here, text)
    await feed(here, 'person: Ana Silva\n', ['--record'])
    const first = await yamlOf(here)
    await feed(there, first)
    expect(await yamlOf(there)).toBe(first)
  })

  test('a view was written down after a reason for having none', async () => {
    const [here, there] = [newHome(), newHome()]
    await feed(here, answersFor('Ana Silva', { reflection_skipped: 'No time.' }))
    const view = 'person: Ana Silva\nreflection: { went_well: All of it. }\n'
    await here.coach(['edit', '1', '--answers', '-'], view)
    const first = await yamlOf(here)
    expect((await feed(there, first)).err).not.toContain('Nothing was saved')
    expect(await yamlOf(there)).toBe(first)
  })

  test('the first of its action items was taken away', async () => {
    const home = newHome()
    const plan = { actions: [{ what: 'one' }, { what: 'two' }] }
    await feed(home, answersFor('Ana Silva', { plan }))
    await home.coach(['delete', 'action', '1', '--yes'])
    expect(parse(await yamlOf(home))).toMatchObject({ plan: { actions: [{ what: 'two' }] } })
  })
})
