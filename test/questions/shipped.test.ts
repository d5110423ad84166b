import { describe, expect, test } from 'vitest'
import { ASK_KINDS } from '../../src/model.ts'
import { lint } from '../../src/questions/lint/lint.ts'
import { findSimilar } from '../../src/questions/bank/similar.ts'
import { sayProblem } from '../../src/text/file-problem.ts'
import { LIBRARY, SHIPPED } from './shipped.ts'

const { questions, vocabulary, guides } = LIBRARY
const idsOf = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id)

test('everything that ships can be read', () => {
  expect(LIBRARY.problems.map(sayProblem)).toEqual([])
  expect(idsOf(guides)).toEqual(expect.arrayContaining(['ortp', 'quick']))
})

test.each([
  ['questions', idsOf(questions)],
  ['guides', idsOf(guides)],
  ['stages', idsOf(vocabulary.stages)],
  ['areas', idsOf(vocabulary.areas)],
  ['skills', idsOf(vocabulary.skills)],
  ['texts of questions', questions.map(({ text }) => text.toLowerCase())],
])('no two %s are the same', (_what, all) => {
  expect(all.filter((one, at) => all.indexOf(one) !== at)).toEqual([])
})

test('no id stands in two banks', () => {
  const all = SHIPPED.files
    .filter(({ kind }) => kind === 'bank')
    .flatMap(({ text }) => [...(text ?? '').matchAll(/^ {2}- id: (\S+)$/gm)].map(([, id]) => id))
  expect(all).toHaveLength(questions.length)
})

test.each(['stages', 'areas', 'skills'] as const)('every tag among %s is a known word', (what) => {
  const known = idsOf(vocabulary[what])
  const unknown = questions.flatMap((one) => one[what].filter((tag) => !known.includes(tag)))
  expect(unknown).toEqual([])
})

test('every step that a question names is one of a guide', () => {
  const known = new Set(guides.flatMap((guide) => idsOf(guide.steps)))
  const unknown = questions.flatMap((one) => one.steps.filter((step) => !known.has(step)))
  expect(unknown).toEqual([])
})

test('the areas are the five', () => {
  expect(idsOf(vocabulary.areas)).toEqual(['lead', 'skills', 'funnel', 'account', 'territory'])
})

test('there are seven stages, and nine skills with five ratings each', () => {
  expect(vocabulary.stages).toHaveLength(7)
  expect(vocabulary.skills.map(({ anchors }) => anchors?.length)).toEqual(Array(9).fill(5))
})

const english = questions.filter(({ language }) => language === 'en')
const bankOf = (name: string) => english.filter(({ bank }) => bank === name)

describe('coverage', () => {
  test('there are at least three hundred questions in English', () => {
    expect(english.length).toBeGreaterThanOrEqual(300)
  })

  const cells = ASK_KINDS.flatMap((kind) =>
    vocabulary.stages.map((stage) => [kind, stage.id] as const),
  )
  test.each(cells)('%s is asked about at the stage %s, four times at least', (kind, stage) => {
    const found = english.filter((one) => one.kinds.includes(kind) && one.stages.includes(stage))
    expect(found.length).toBeGreaterThanOrEqual(4)
  })

  test.each(idsOf(vocabulary.skills))('ten questions at least are about %s', (skill) => {
    expect(english.filter((one) => one.skills.includes(skill)).length).toBeGreaterThanOrEqual(10)
  })

  test.each(idsOf(vocabulary.areas))('ten questions at least are about the area %s', (area) => {
    expect(english.filter((one) => one.areas.includes(area)).length).toBeGreaterThanOrEqual(10)
  })

  test.each(ASK_KINDS)('questions of the kind %s have at least three styles', (kind) => {
    const styles = english.filter((one) => one.kinds.includes(kind)).map(({ style }) => style)
    expect(new Set(styles).size).toBeGreaterThanOrEqual(3)
  })

  test.each([
    'mindset',
    'praise',
    'stretch-goals',
    'career',
    'onboarding',
    'performance',
    'coaching-managers',
    'self',
    'upward',
  ])('the bank %s has a dozen questions or more', (bank) => {
    expect(bankOf(bank).length).toBeGreaterThanOrEqual(12)
  })

  test('what is meant for other conversations is not offered in every one', () => {
    const named = ['career', 'onboarding', 'performance', 'coaching-managers', 'self', 'upward']
    const general = questions.filter(({ use }) => use === 'general').map(({ bank }) => bank)
    expect(new Set(general).intersection(new Set(named))).toEqual(new Set())
  })
})

describe('each question', () => {
  test('has a text, a step, a kind, a style and a reason', () => {
    const bare = questions.filter(
      ({ text, kinds, steps, why }) => !text || kinds.length === 0 || steps.length === 0 || !why,
    )
    expect(idsOf(bare)).toEqual([])
  })

  test('is one that our own hints find nothing to say about', () => {
    const texts = english.flatMap((one) => [one.text, ...one.follow_ups])
    const found = texts.filter((text) => lint(text).length > 0)
    expect(found).toEqual([])
  })

  test('is unlike every other', () => {
    for (const one of english) {
      const others = english.filter((other) => other.id !== one.id).map(({ text }) => text)
      expect([one.id, findSimilar(others).find(one.text)]).toEqual([one.id, undefined])
    }
  })
})

describe('in Spanish', () => {
  const core = ['commitment', 'obstacle', 'sub-goal', 'stretch', 'accountability']

  test.each(core)('the bank %s has the same questions, with the same tags', (bank) => {
    const tags = ({ kinds, steps, stages, areas, skills, style }: (typeof questions)[number]) => ({
      kinds,
      steps,
      stages,
      areas,
      skills,
      style,
    })
    const spanish = questions.filter((one) => one.bank === `${bank}-es`)
    expect(spanish.map((one) => [one.id, tags(one)])).toEqual(
      bankOf(bank).map((one) => [`${one.id}-es`, tags(one)]),
    )
    expect(spanish.filter(({ text }) => !/[?.]$/.test(text))).toEqual([])
  })
})

test('what a gate asks for is a good question too', () => {
  const asks = vocabulary.stages.map(({ gate }) => gate?.ask ?? '')
  expect(asks.filter((ask) => ask === '' || lint(ask).length > 0)).toEqual([])
})

test('every bank that a guide names is there', () => {
  const named = guides.flatMap(({ steps }) =>
    steps.flatMap(({ prompts }) => prompts.flatMap((prompt) => prompt.banks ?? [])),
  )
  const known = new Set(questions.map(({ bank }) => bank))
  expect(named.filter((bank) => !known.has(bank))).toEqual([])
})
