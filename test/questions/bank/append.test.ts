import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addToBank,
  bankId,
  type NewQuestion,
  questionId,
  roomFor,
} from '../../../src/questions/bank/append.ts'
import { readFile } from '../../../src/questions/bank/read-layer-file.ts'
import { oneLine, safe, tidy } from '../../../src/text/text.ts'

const HEAD = { id: 'mine', title: 'Mine', language: 'en' }

/** The questions that a reader finds in a bank file. */
function read(text: string) {
  const file = readFile({ kind: 'bank', path: 'mine.yaml', text })
  if (file.kind !== 'bank') throw new Error(JSON.stringify(file))
  return file.value
}

/** Any text that a question can have. */
const words = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 60 })
  .map((text) => oneLine(tidy(text)))
  .filter((text) => text.trim() !== '' && safe(text) === text)

test('a bank in Norwegian says so in quotation marks: “no” is no text to every reader of YAML', () => {
  const text = addToBank(null, { ...HEAD, language: 'no' }, [{ id: 'on', text: 'Hva skjedde?' }])
  expect(text).toContain('language: "no"\n')
  expect(text).toContain('- id: "on"\n')
  expect(read(text)).toMatchObject({ language: 'no', questions: [{ id: 'on' }] })
})

describe('addToBank', () => {
  test('writes a new bank with what is given, and no empty lists', () => {
    const question: NewQuestion = {
      id: 'mine-noticed',
      text: 'What did you notice: anything?',
      kinds: ['obstacle', 'stretch'],
      stages: [],
      skills: ['listening'],
      style: 'open',
      follow_ups: ['And then?'],
      why: 'It slows down.',
    }
    expect(addToBank(null, HEAD, [question, { id: 'mine-2', text: 'Two?' }])).toBe(
      `id: mine
title: Mine
language: en
questions:
  - id: mine-noticed
    text: "What did you notice: anything?"
    kinds: [obstacle, stretch]
    skills: [listening]
    follow_ups:
      - And then?
    why: It slows down.

  - id: mine-2
    text: Two?
`,
    )
  })

  test.each([
    [
      'comments, blank lines, lists, quotation marks and long lines',
      `# My own.
id: mine   # short
title: 'Mine'

questions:
  # About calls
  - id: one
    text: "One?"   # keep
    kinds: [obstacle, stretch]
    why: ${'very '.repeat(40)}long

  - id: two
    text: >
      Two
      lines?
    stages: [ close ]
`,
      '# The end\n',
      '\n  - id: new\n    text: New?\n',
    ],
    [
      'a list without blank lines',
      'id: mine\nquestions:\n- {id: one, text: One?}\n- {id: two, text: Two?}\n',
      '',
      '- id: new\n  text: New?\n',
    ],
    [
      'a file without a line end',
      'id: mine\nquestions:\n  - id: one\n    text: One?',
      '',
      '\n\n  - id: new\n    text: New?\n',
    ],
    [
      'line ends of Windows',
      'id: mine\r\nquestions:\r\n  - id: one\r\n    text: One?\r\n',
      '# End\r\n',
      '\r\n  - id: new\r\n    text: New?\r\n',
    ],
    [
      'a mark of byte order',
      '\ufeffid: mine\nquestions:\n  - id: one\n    text: One?\n',
      '',
      '\n  - id: new\n    text: New?\n',
    ],
    [
      'a key behind the questions',
      'id: mine\nquestions:\n  - id: one\n    text: One?\n',
      '\nuse: named\n',
      '\n  - id: new\n    text: New?\n',
    ],
  ])('leaves %s as they are', (_what, before, after, added) => {
    const text = addToBank(before + after, HEAD, [{ id: 'new', text: 'New?' }])
    expect(text).toBe(before + added + after)
    expect(read(text).questions.at(-1)).toMatchObject({ id: 'new', text: 'New?' })
  })

  test.each([
    ['in one line', '# Mine\nid: mine\nquestions: [{ id: one, text: One? }] # all\n'],
    ['as JSON', '# Mine\n{"id": "mine", "questions": [{"id": "one", "text": "One?"}]}'],
    ['nowhere', '# Mine\nid: mine\nretired: true\n'],
    ['in an empty list', '# Mine\nid: mine\nretired: true\nquestions: []\n'],
  ])('adds to questions that stand %s', (_where, before) => {
    const text = addToBank(before, HEAD, [{ id: 'new', text: 'New?', kinds: ['stretch'] }])
    expect(read(text).questions).toEqual([
      ...read(before).questions,
      expect.objectContaining({ id: 'new', text: 'New?', kinds: ['stretch'] }),
    ])
    expect(text).toMatch(/^# Mine\n/)
  })

  test('never folds a long line', () => {
    const text = `Which ${'long and winding '.repeat(15)}road was it?`
    expect(addToBank(null, HEAD, [{ id: 'new', text }])).toContain(`    text: ${text}\n`)
  })

  test('whatever text is added reads back as it was, and the file before it stays', () => {
    const all = fc.array(words, { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(all, all, words, (first, second, why) => {
        const asked = (texts: readonly string[], from: number) =>
          texts.map((text, at) => ({ id: `q-${from + at}`, text, why, follow_ups: [text] }))
        const before = `# Kept\n${addToBank(null, HEAD, asked(first, 0))}`
        const text = addToBank(before, HEAD, asked(second, first.length))
        expect(text.startsWith(before)).toBe(true)
        const found = read(text).questions
        expect(found.map((one) => one.text)).toEqual([...first, ...second])
        expect(found.every((one) => one.why === why)).toBe(true)
        expect(found.map((one) => one.follow_ups[0])).toEqual([...first, ...second])
      }),
      { numRuns: 300 },
    )
  })
})

describe('roomFor', () => {
  const many = (count: number, length: number) =>
    Array.from({ length: count }, (_, at) => ({ id: `q-${at}`, text: 'é'.repeat(length) }))

  test('stops at a thousand questions, with those that are there', () => {
    expect(roomFor(null, HEAD, many(1200, 10))).toBe(1000)
    expect(roomFor(addToBank(null, HEAD, many(990, 10)), HEAD, many(50, 10))).toBe(10)
  })

  test('stops before the file is too large to be read', () => {
    const all = many(900, 399)
    const room = roomFor(null, HEAD, all)
    const text = addToBank(null, HEAD, all.slice(0, room))
    expect(room).toBeLessThan(900)
    expect(read(text).questions).toHaveLength(room)
    expect(Buffer.byteLength(text)).toBeGreaterThan(240 * 1024)
    expect(roomFor(text, HEAD, all.slice(0, 50))).toBeLessThan(20)
  })
})

describe('ids', () => {
  test('come from the words that say something, and grow where they are taken', () => {
    const text = 'What should the buyer remember about the whole meeting?'
    expect(questionId('mine', text, new Set())).toBe('mine-buyer-remember-whole-meeting')
    const short = 'What gets in your way?'
    expect(questionId('mine', short, new Set())).toBe('mine-gets-way')
    expect(questionId('mine', short, new Set(['mine-gets-way']))).toBe('mine-gets-way-2')
  })

  test('are valid and new for any text', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 0, max: 3 }), (text, times) => {
        const ids = new Set<string>()
        for (let n = 0; n <= times; n++) ids.add(questionId('mine', text, ids))
        expect(ids.size).toBe(times + 1)
        for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9-]*$/)
      }),
    )
  })

  test('of banks are made from names of files', () => {
    expect(bankId('1:1 Questions (final)_v2')).toBe('1-1-questions-final-v2')
    expect(bankId('Über mich')).toBe('uber-mich')
    expect(bankId('../..')).toBe('')
  })
})
