import { describe, expect, test } from 'vitest'
import { ASK_KINDS } from '../../src/model.ts'
import { sayProblem } from '../../src/problem.ts'
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

describe('coverage', () => {
  test('there are at least sixty questions', () => {
    expect(questions.length).toBeGreaterThanOrEqual(60)
  })

  const cells = ASK_KINDS.flatMap((kind) =>
    vocabulary.stages.map((stage) => [kind, stage.id] as const),
  )
  test.each(cells)('%s is asked about at the stage %s', (kind, stage) => {
    const found = questions.filter((one) => one.kinds.includes(kind) && one.stages.includes(stage))
    expect(found).not.toEqual([])
  })

  test.each(idsOf(vocabulary.skills))('some question is about %s', (skill) => {
    expect(questions.some((one) => one.skills.includes(skill))).toBe(true)
  })

  test.each(idsOf(vocabulary.areas))('some question is about the area %s', (area) => {
    expect(questions.some((one) => one.areas.includes(area))).toBe(true)
  })

  test.each(ASK_KINDS)('questions of the kind %s have at least three styles', (kind) => {
    const styles = questions.filter((one) => one.kinds.includes(kind)).map(({ style }) => style)
    expect(new Set(styles).size).toBeGreaterThanOrEqual(3)
  })
})

describe('the wording of a question', () => {
  test('ends with a question mark, or asks for something', () => {
    const odd = questions.filter(
      ({ text }) => !/\?$|^(Tell|Talk|Walk|Describe|Think|Suppose)\b/.test(text),
    )
    expect(odd.map(({ text }) => text)).toEqual([])
  })

  test('has at most thirty words', () => {
    expect(questions.filter(({ text }) => text.split(/\s+/).length > 30)).toEqual([])
  })

  test('does not ask for a justification', () => {
    expect(
      questions.filter(({ text }) => /\bwhy (did|didn|do|don|are|were|have|haven)/i.test(text)),
    ).toEqual([])
  })
})
