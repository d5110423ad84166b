import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ASK_KINDS } from '../../../src/model.ts'
import type { Question } from '../../../src/questions/bank/schema.ts'
import { pick, type Uses, type Wanted } from '../../../src/questions/bank/pick.ts'
import { LIBRARY } from '../shipped.ts'

const { questions, vocabulary } = LIBRARY
const known = (id: string): Question => {
  const found = questions.find((one) => one.id === id)
  if (!found) throw new Error(`no question ${id}`)
  return found
}
const oneOf = (all: readonly { readonly id: string }[]) =>
  fc.option(fc.constantFrom(...all.map(({ id }) => id)))
const topics: fc.Arbitrary<Wanted> = fc.record({
  kind: fc.constantFrom(...ASK_KINDS),
  stage: oneOf(vocabulary.stages),
  area: oneOf(vocabulary.areas),
  skill: oneOf(vocabulary.skills),
  step: fc.constant(null),
  banks: fc.constant(null),
  taken: fc.constant([]),
  language: fc.constant('en'),
})
/** What is wanted where nothing else matters. */
const any = {
  stage: null,
  area: null,
  skill: null,
  step: null,
  banks: null,
  taken: [],
  language: 'en',
}
const ids = (...input: Parameters<typeof pick>) => pick(...input).map(({ question }) => question.id)
const memories: fc.Arbitrary<Uses> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...questions.map(({ id }) => id)),
      fc.record({ ago: fc.option(fc.nat(8)), opened: fc.nat(3), said: fc.constant(3) }),
    ),
    { maxLength: 60 },
  )
  .map((all) => new Map(all))
const seeds = fc.string()
const RUNS = { seed: 20_261_123, numRuns: 300 }
const none: Uses = new Map()

const fits = (question: Question, topic: Wanted) =>
  question.use === 'general' &&
  question.language === topic.language &&
  (topic.kind === null || question.kinds.includes(topic.kind)) &&
  (question.stages.length === 0 || topic.stage === null || question.stages.includes(topic.stage)) &&
  (question.areas.length === 0 || topic.area === null || question.areas.includes(topic.area))

describe('the questions that are offered', () => {
  test('are the same for the same day, person and topic', () => {
    fc.assert(
      fc.property(topics, memories, seeds, (topic, asked, seed) => {
        const shuffled = questions.toReversed()
        expect(pick(shuffled, topic, asked, seed)).toEqual(pick(questions, topic, asked, seed))
      }),
      RUNS,
    )
  })

  test('are of the kind, and fit the stage and the area', () => {
    fc.assert(
      fc.property(topics, memories, seeds, (topic, asked, seed) => {
        for (const id of ids(questions, topic, asked, seed)) {
          expect([id, fits(known(id), topic)]).toEqual([id, true])
        }
      }),
      RUNS,
    )
  })

  test('are three different ones, or all that fit', () => {
    fc.assert(
      fc.property(topics, memories, seeds, (topic, asked, seed) => {
        const picked = ids(questions, topic, asked, seed)
        const fitting = questions.filter((one) => fits(one, topic)).length
        expect(new Set(picked).size).toBe(picked.length)
        expect(picked).toHaveLength(Math.min(3, fitting))
      }),
      RUNS,
    )
  })

  test('differ in style as far as they can', () => {
    fc.assert(
      fc.property(topics, seeds, (topic, seed) => {
        const styles = ids(questions, topic, none, seed).map((id) => known(id).style)
        const all = new Set(questions.filter((one) => fits(one, topic)).map(({ style }) => style))
        expect(new Set(styles).size).toBe(Math.min(3, all.size))
      }),
      RUNS,
    )
  })

  test('are not those asked lately while there are others', () => {
    fc.assert(
      fc.property(topics, memories, seeds, (topic, asked, seed) => {
        const isTired = (id: string) => (asked.get(id)?.ago ?? 9) < 4
        const fresh = questions.filter((one) => fits(one, topic) && !isTired(one.id)).length
        const tired = ids(questions, topic, asked, seed).filter(isTired)
        expect(tired.length).toBeLessThanOrEqual(Math.max(0, 3 - fresh))
      }),
      RUNS,
    )
  })

  test.each(ASK_KINDS)('do not repeat themselves: %s, five sessions in a row', (kind) => {
    const topic = { ...any, kind, stage: 'discover' }
    const taken: string[] = []
    for (let session = 0; session < 5; session++) {
      const asked: Uses = new Map(
        taken.map((id, at) => [id, { ago: session - at - 1, opened: 0, said: 0 }]),
      )
      const [first] = ids(questions, topic, asked, `ana/${session}`)
      if (first !== undefined) taken.push(first)
    }
    expect(new Set(taken).size).toBe(5)
  })

  test('vary from day to day', () => {
    const topic = { ...any, kind: 'commitment' } as const
    const days = Array.from({ length: 10 }, (_, n) => ids(questions, topic, none, `day ${n}`)[0])
    expect(new Set(days).size).toBeGreaterThan(2)
  })

  test('begin with one for this very stage and skill', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const general = {
          ...known(questions[0]?.id ?? ''),
          kinds: ['stretch'],
          stages: [],
          areas: [],
          skills: [],
        } satisfies Question
        const all: readonly Question[] = [
          { ...general, id: 'general' },
          { ...general, id: 'general-too' },
          { ...general, id: 'for-stage', stages: ['close'] },
          { ...general, id: 'for-stage-and-skill', stages: ['close'], skills: ['listening'] },
        ]
        const topic = { ...any, kind: 'stretch', stage: 'close', skill: 'listening' } as const
        expect(ids(all, topic, none, seed).slice(0, 2)).toEqual([
          'for-stage-and-skill',
          'for-stage',
        ])
      }),
      RUNS,
    )
  })
})

test('no question fits, so none is offered', () => {
  expect(pick([], { ...any, kind: 'stretch' }, none, '')).toEqual([])
})

describe('what opened something up before', () => {
  const two = questions
    .filter(
      (one) =>
        one.language === 'en' &&
        one.kinds[0] === 'stretch' &&
        one.stages.length === 0 &&
        one.use === 'general',
    )
    .slice(0, 2)
    .map((one): Question => ({ ...one, areas: [], skills: [], steps: [], style: 'open' }))
  const [one, other] = two
  const wanted: Wanted = { ...any, kind: 'stretch' }

  test('is offered sooner, and what never did later', () => {
    const told = (opened: number) => ({ ago: null, opened, said: 3 })
    for (const seed of ['a', 'b', 'c', 'd']) {
      const liked: Uses = new Map([[other?.id ?? '', told(3)]])
      expect(ids(two, wanted, liked, seed)[0]).toBe(other?.id)
      const disliked: Uses = new Map([[other?.id ?? '', told(0)]])
      expect(ids(two, wanted, disliked, seed)[0]).toBe(one?.id)
    }
  })

  test('rests all the same after it was asked', () => {
    const liked: Uses = new Map([[other?.id ?? '', { ago: 1, opened: 9, said: 9 }]])
    expect(ids(two, wanted, liked, 'a')[0]).toBe(one?.id)
  })

  test('is among the reasons', () => {
    const liked: Uses = new Map([[other?.id ?? '', { ago: 6, opened: 2, said: 3 }]])
    const [first] = pick(two, wanted, liked, 'a')
    expect(first?.reasons).toEqual([
      'rested: last asked 6 sessions ago',
      'kind stretch',
      'opened something up 2 of 3 times',
    ])
  })
})

describe('banks', () => {
  test('for named use are offered only where they are named', () => {
    const named = questions.map((one): Question => ({ ...one, use: 'named' }))
    const wanted: Wanted = { ...any, kind: 'stretch' }
    expect(ids(named, wanted, none, '')).toEqual([])
    expect(ids(named, { ...wanted, banks: ['stretch'] }, none, '')).toHaveLength(3)
  })

  test('of another language stand in where there is none of the wanted one', () => {
    const wanted: Wanted = { ...any, kind: 'stretch', banks: ['stretch'], language: 'fr' }
    expect(pick(questions, wanted, none, '')[0]?.reasons).toContain('language en')
  })
})
