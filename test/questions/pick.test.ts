import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Topic } from '../../src/conversation/turn.ts'
import { ASK_KINDS } from '../../src/model.ts'
import type { Question } from '../../src/questions/bank.ts'
import { type LastAsked, pick } from '../../src/questions/pick.ts'
import { LIBRARY } from './shipped.ts'

const { questions, vocabulary } = LIBRARY
const known = (id: string): Question => {
  const found = questions.find((one) => one.id === id)
  if (!found) throw new Error(`no question ${id}`)
  return found
}
const oneOf = (all: readonly { readonly id: string }[]) =>
  fc.option(fc.constantFrom(...all.map(({ id }) => id)))
const topics: fc.Arbitrary<Topic> = fc.record({
  kind: fc.constantFrom(...ASK_KINDS),
  stage: oneOf(vocabulary.stages),
  area: oneOf(vocabulary.areas),
  skill: oneOf(vocabulary.skills),
})
const memories: fc.Arbitrary<LastAsked> = fc
  .array(fc.tuple(fc.constantFrom(...questions.map(({ id }) => id)), fc.nat(8)), { maxLength: 60 })
  .map((all) => new Map(all))
const seeds = fc.string()
const RUNS = { seed: 20_261_123, numRuns: 300 }
const none: LastAsked = new Map()

const fits = (question: Question, topic: Topic) =>
  question.kinds.includes(topic.kind) &&
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
        for (const { id } of pick(questions, topic, asked, seed)) {
          expect([id, fits(known(id), topic)]).toEqual([id, true])
        }
      }),
      RUNS,
    )
  })

  test('are three different ones, or all that fit', () => {
    fc.assert(
      fc.property(topics, memories, seeds, (topic, asked, seed) => {
        const ids = pick(questions, topic, asked, seed).map(({ id }) => id)
        const fitting = questions.filter((one) => fits(one, topic)).length
        expect(new Set(ids).size).toBe(ids.length)
        expect(ids).toHaveLength(Math.min(3, fitting))
      }),
      RUNS,
    )
  })

  test('differ in style as far as they can', () => {
    fc.assert(
      fc.property(topics, seeds, (topic, seed) => {
        const styles = pick(questions, topic, none, seed).map(({ id }) => known(id).style)
        const all = new Set(questions.filter((one) => fits(one, topic)).map(({ style }) => style))
        expect(new Set(styles).size).toBe(Math.min(3, all.size))
      }),
      RUNS,
    )
  })

  test('are not those asked lately while there are others', () => {
    fc.assert(
      fc.property(topics, memories, seeds, (topic, asked, seed) => {
        const isTired = (id: string) => (asked.get(id) ?? 9) < 4
        const fresh = questions.filter((one) => fits(one, topic) && !isTired(one.id)).length
        const tired = pick(questions, topic, asked, seed).filter(({ id }) => isTired(id))
        expect(tired.length).toBeLessThanOrEqual(Math.max(0, 3 - fresh))
      }),
      RUNS,
    )
  })

  test.each(ASK_KINDS)('do not repeat themselves: %s, five sessions in a row', (kind) => {
    const topic = { kind, stage: 'discover', area: null, skill: null }
    const taken: string[] = []
    for (let session = 0; session < 5; session++) {
      const asked = new Map(taken.map((id, at) => [id, session - at - 1]))
      const first = pick(questions, topic, asked, `ana/${session}`)[0]
      if (first) taken.push(first.id)
    }
    expect(new Set(taken).size).toBe(5)
  })

  test('vary from day to day', () => {
    const topic = { kind: 'commitment', stage: null, area: null, skill: null } as const
    const days = Array.from(
      { length: 10 },
      (_, n) => pick(questions, topic, none, `day ${n}`)[0]?.id,
    )
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
        const topic = { kind: 'stretch', stage: 'close', area: null, skill: 'listening' } as const
        expect(
          pick(all, topic, none, seed)
            .map(({ id }) => id)
            .slice(0, 2),
        ).toEqual(['for-stage-and-skill', 'for-stage'])
      }),
      RUNS,
    )
  })
})

test('no question fits, so none is offered', () => {
  expect(pick([], { kind: 'stretch', stage: null, area: null, skill: null }, none, '')).toEqual([])
})
