import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstLine, sayList, safe, safeDeep, tidy } from '../../src/text/text.ts'

const RUNS = { seed: 20_261_123, numRuns: 500 }
const anything = fc.string({ unit: 'binary', maxLength: 40 })

describe('fault 53: safe', () => {
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, n) => from + n)
  const HARMFUL = [
    ...range(0x00, 0x08),
    ...range(0x0b, 0x1f),
    ...range(0x7f, 0x9f),
    0x061c,
    ...range(0x200b, 0x200f),
    0x2028,
    0x2029,
    ...range(0x202a, 0x202e),
    ...range(0x2060, 0x2069),
    0xfeff,
  ]

  test.each(HARMFUL.map((code) => [code.toString(16).padStart(4, '0'), code] as const))(
    'shows U+%s as an escape',
    (hex, code) => {
      const escape = code < 0x100 ? `\\x${hex.slice(2)}` : `\\u${hex}`
      expect(safe(`a${String.fromCodePoint(code)}b`)).toBe(`a${escape}b`)
    },
  )

  test.each([
    ['a colour', '\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
    ['a window title', '\x1b]0;x\x07', '\\x1b]0;x\\x07'],
    ['a colour in one byte', '\x9b31m', '\\x9b31m'],
    ['a line that overwrites itself', 'good\rbad', 'good\\x0dbad'],
    ['a Trojan Source', 'a\u202e \u2066// b\u2069 \u2066', 'a\\u202e \\u2066// b\\u2069 \\u2066'],
    ['half of an emoji', 'a\ud83d b', 'a\\ud83d b'],
    ['the other half', 'a\udc69 b', 'a\\udc69 b'],
    ['a joiner between letters', 'a\u200db', 'a\\u200db'],
    ['a joiner at the end', '👩\u200d', '👩\\u200d'],
    ['a joiner at the beginning', '\u200d👩', '\\u200d👩'],
  ])('shows %s', (_what, text, shown) => {
    expect(safe(text)).toBe(shown)
  })

  test.each([
    ['tabs and line ends', 'a\tb\nc'],
    ['accents', 'naïve e\u0301 Müller'],
    ['a woman at a computer', '👩‍💻'],
    ['a woman at a computer, darker', '👩🏽‍💻'],
    ['a family', '👨‍👩‍👧‍👦'],
    ['two people and a heart', '👩‍❤️‍👨'],
    ['a rainbow flag', '🏳️‍🌈'],
    ['a woman who runs', '🏃🏾‍♀️'],
    ['a flag', '🇩🇪'],
    ['a key with a number', '1️⃣'],
    ['a heart in colour', '❤️'],
    ['Arabic', 'مرحبا بكم'],
    ['Hebrew', 'שלום עולם'],
    ['Persian without joiners', 'سلام'],
    ['Thai', 'สวัสดี'],
    ['Hindi', 'नमस्ते'],
    ['Japanese', '日本語、こんにちは'],
    ['a blank that does not break', 'a\u00a0b'],
    ['dashes and quotation marks', '“a” – ‘b’ … €'],
  ])('leaves %s', (_what, text) => {
    expect(safe(text)).toBe(text)
  })

  test('leaves nothing harmful in any text', () => {
    const joiner = /\u200d/gu
    fc.assert(
      fc.property(anything, (text) => {
        const shown = safe(text)
        expect(shown.replaceAll(joiner, '')).not.toMatch(
          /(?![\n\t])\p{Cc}|[\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u,
        )
        expect(shown.isWellFormed()).toBe(true)
      }),
      RUNS,
    )
  })

  test('changes nothing a second time', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(safe(safe(text))).toBe(safe(text))
      }),
      RUNS,
    )
  })

  test('reaches every text of a value, and leaves its shape', () => {
    const value = { a: '\x1b', b: ['\x1b', 1, null, { c: '\x1b' }], d: new Map([['k', '\x1b']]) }
    expect(safeDeep(value)).toEqual({
      a: '\\x1b',
      b: ['\\x1b', 1, null, { c: '\\x1b' }],
      d: new Map([['k', '\\x1b']]),
    })
  })
})

describe('tidy', () => {
  test.each([
    ['line ends of Windows', 'a\r\nb', 'a\nb'],
    ['line ends of old Macs', 'a\rb', 'a\nb'],
    ['blanks at the ends of lines', 'a  \nb\t\n c', 'a\nb\n c'],
    ['empty lines around', '\n\n  \na\n\n\n', 'a'],
    ['indentation of the first line', '  a\nb', '  a\nb'],
    ['empty lines inside', 'a\n\n\nb', 'a\n\n\nb'],
    ['nothing but blanks', ' \n\t\n ', ''],
    ['nothing', '', ''],
  ])('%s', (_what, text, kept) => {
    expect(tidy(text)).toBe(kept)
  })

  test('keeps every word, and changes nothing a second time', () => {
    const texts = fc
      .array(fc.constantFrom('a', 'b', ' ', '\t', '\n', '\r', '\r\n', 'é', '👩‍💻'))
      .map((all) => all.join(''))
    fc.assert(
      fc.property(texts, (text) => {
        const words = (one: string) => one.split(/\s+/).filter(Boolean)
        expect(words(tidy(text))).toEqual(words(text))
        expect(tidy(tidy(text))).toBe(tidy(text))
      }),
      RUNS,
    )
  })

  test('takes no longer for many blanks', () => {
    const begin = performance.now()
    tidy(`a${' '.repeat(100_000)}b${'\n '.repeat(50_000)}c`)
    expect(performance.now() - begin).toBeLessThan(1000)
  })
})

test.each([
  [[], 'and', ''],
  [['a'], 'and', 'a'],
  [['a', 'b'], 'and', 'a and b'],
  [['a', 'b', 'c'], 'or', 'a, b or c'],
])('%j are listed with %s', (items, last, said) => {
  expect(sayList(items, last)).toBe(said)
})

test.each([
  ['short', 20, 'short'],
  ['first\nsecond', 20, 'first …'],
  ['one two three four', 12, 'one two …'],
  ['\n\nlate', 20, 'late'],
  ['abcdefghijkl', 6, 'abcd …'],
])('the first line of %j within %i is %s', (text, limit, said) => {
  expect(firstLine(text, limit)).toBe(said)
})
