import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allLabelled, figuresOf } from '../../../scripts/lint-figures.ts'
import { lint, lintFeedback, RULES } from '../../../src/questions/lint/lint.ts'
import { newHome } from '../../world.ts'

const rulesOf = (line: string) => lint(line).map(({ rule }) => rule)

describe('on labelled lines from varied sources of phrasing', () => {
  const lines = allLabelled()

  test('there are several hundred, and a third of them break no rule', () => {
    expect(lines.length).toBeGreaterThan(400)
    const clean = lines.filter(({ rules }) => rules.size === 0).length
    expect(clean / lines.length).toBeGreaterThan(0.33)
    const labels = new Set(lines.flatMap(({ rules }) => [...rules]))
    expect([...labels].toSorted()).toEqual([...RULES].toSorted())
  })

  test.each(figuresOf(lines))('$rule can be trusted', ({ lines: many, precision, recall }) => {
    expect(many).toBeGreaterThan(15)
    expect(precision).toBeGreaterThanOrEqual(0.9)
    expect(recall).toBeGreaterThanOrEqual(0.9)
  })
})

describe('what each rule spares', () => {
  test.each([
    'Can you walk me through the first ten minutes?',
    'Could you tell me how she took it?',
    'Did it work, and what told you?',
    'On a scale of one to ten, how sure are you?',
    'Can I help with the summary?',
    'Have you got a minute?',
    'So you held the price, is that right?',
    'What would you do differently next time?',
    'Why does this matter to you?',
    'Why did the customer choose them?',
    'Tell me about the call with Northwind.',
    'What will you do about your forecast?',
    'You wrote down her words before you answered.',
  ])('%s', (line) => {
    expect(rulesOf(line)).toEqual([])
  })
})

describe('what each rule finds', () => {
  test.each([
    ['Did you call him?', ['closed']],
    ['Was it the price or the timing?', ['closed']],
    ["Don't you think you talked too much?", ['closed', 'leading']],
    ['Have you tried sending the agenda first?', ['closed', 'leading']],
    ['Why not just ask her?', ['leading']],
    ['How did it go, and what are your plans for Leeds?', ['stacked']],
    ['Did you send it, and how is the new office?', ['closed', 'stacked']],
    ["Why didn't you prepare?", ['blame-why']],
    ['You should have listened.', ['telling']],
    ['Send me the notes.', ['telling']],
    ["What's your number?", ['closed', 'results-only']],
    ['Will it close this quarter?', ['closed', 'results-only']],
    ["You're not a closer.", ['trait']],
    ['She is lazy.', ['trait']],
    ["He's a natural.", ['trait']],
  ])('%s', (line, rules) => {
    expect(rulesOf(line)).toEqual(rules)
  })

  test('thirty words are not long, one more is', () => {
    const words = (n: number) => `What ${'very '.repeat(n - 2)}much?`
    expect(rulesOf(words(30))).not.toContain('long')
    expect(rulesOf(words(31))).toContain('long')
  })
})

describe('whatever a line holds', () => {
  test('there is at most one finding for each rule, in their order, each with a hint', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (line) => {
        const found = lint(line)
        const order = found.map(({ rule }) => RULES.indexOf(rule))
        expect(order).toEqual([...new Set(order)].toSorted((a, b) => a - b))
        for (const { hint } of found) expect(hint).toMatch(/\w/)
      }),
      { seed: 20_261_123, numRuns: 500 },
    )
  })

  test('typographic marks, capitals and blanks change nothing', () => {
    const plain = lint("Don't you think it's too early?")
    expect(lint('Don’t you think it’s too early?')).toEqual(plain)
    expect(lint("  DON'T YOU THINK IT'S TOO EARLY?  ")).toEqual(plain)
    expect(lint("- Don't you think it's too early?")).toEqual(plain)
  })
})

test('of what was written about a person, only verdicts and advice count', () => {
  const rules = (text: string) => lintFeedback(text).map(({ rule }) => rule)
  expect(rules('She asked: “Will it close this quarter?” He said no.')).toEqual([])
  expect(rules('He opened with a question.\nHe is lazy.')).toEqual(['trait'])
  expect(rules('He should have waited.')).toEqual(['telling'])
})

describe('coach questions lint', () => {
  test('prints every line in order as JSON', async () => {
    const { code, out, err } = await newHome().coach(
      ['questions', 'lint', '-', '--json'],
      'What did you see?\n\nDid you call him?\r\nShe is lazy.\n',
    )
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out)).toEqual([
      { text: 'What did you see?', findings: [] },
      { text: 'Did you call him?', findings: lint('Did you call him?') },
      { text: 'She is lazy.', findings: lint('She is lazy.') },
    ])
  })

  test('finds nothing in the questions that ship', async () => {
    const { code, out, err } = await newHome().coach(['questions', 'lint'])
    expect([code, out]).toEqual([0, ''])
    expect(err).toMatch(/^\d+ lines, no hint\.\n$/)
  })
})
