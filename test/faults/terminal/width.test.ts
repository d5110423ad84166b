import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { breakLine, columns, cut, widthOf, wrap } from '../../../src/output/layout.ts'
import { firstLine, graphemes } from '../../../src/text/text.ts'
import { homeWith } from '../../ask/terminal/home.ts'
import { answerAt, homeWithAna, run } from '../../ask/terminal/process.ts'
import { startCoach, startScript } from '../../ask/terminal/pty.ts'

const FAMILY = '👨‍👩‍👧‍👦'
const PARTS = [
  'a',
  'B',
  ' ',
  '李',
  '漢字',
  'é',
  'e\u0301',
  'n\u0303\u0323',
  FAMILY,
  '👍🏽',
  '🇩🇪',
  '❤️',
  'שלום',
  'سلام',
  'กำ',
  '한',
  'ｗｉｄｅ',
]
const mixed = fc.array(fc.constantFrom(...PARTS), { maxLength: 60 }).map((parts) => parts.join(''))

test('a line of Latin letters is broken where any other one is', () => {
  const pieces = fc.array(fc.constantFrom('a', 'word ', ' ', 'é', '—', 'incomprehensible'), {
    maxLength: 40,
  })
  fc.assert(
    fc.property(pieces, fc.integer({ min: 4, max: 40 }), (parts, width) => {
      const line = `q${parts.join('')}`
      // Where a part is shown as something else, each letter is looked at.
      const one = breakLine(line, width, (text) => text.replace('q', 'Q'))
      expect(breakLine(line, width)).toEqual(one)
    }),
    { numRuns: 1000 },
  )
})

describe('fault 57: no visible character is ever cut in two', () => {
  /** Whether a text is made of whole characters from the beginning of another. */
  const isWhole = (text: string, of: string) => {
    const all = graphemes(of)
    const kept = graphemes(text)
    return kept.every((one, at) => one === all[at])
  }

  test('where a text is cut to a width', () => {
    fc.assert(
      fc.property(mixed, fc.integer({ min: 2, max: 40 }), (text, width) => {
        const short = cut(text, width)
        expect(widthOf(short)).toBeLessThanOrEqual(width)
        expect(isWhole(short.replace(/…$/, ''), text)).toBe(true)
      }),
    )
  })

  test('where a text is broken into rows', () => {
    fc.assert(
      fc.property(mixed, fc.integer({ min: 8, max: 40 }), (text, width) => {
        const rows = wrap(text, width)
        for (const row of rows) expect(widthOf(row)).toBeLessThanOrEqual(width)
        const whole = graphemes(text).filter((one) => one !== ' ')
        expect(rows.flatMap(graphemes).filter((one) => one !== ' ')).toEqual(whole)
      }),
    )
  })

  test('where only the beginning of a line is shown', () => {
    fc.assert(
      fc.property(mixed, fc.integer({ min: 6, max: 40 }), (text, limit) => {
        const short = firstLine(text, limit).replace(/ …$/, '')
        expect(isWhole(short, text.trimStart())).toBe(true)
      }),
    )
  })

  test('in columns that stand under each other', () => {
    fc.assert(
      fc.property(fc.array(mixed, { minLength: 1, maxLength: 5 }), (texts) => {
        const lines = columns(
          texts.map((text) => [text, '|']),
          60,
        ).split('\n')
        const places = lines.filter((line) => line.endsWith('|')).map((line) => widthOf(line))
        expect(places).toHaveLength(texts.length)
        expect(new Set(places).size).toBe(1)
      }),
    )
  })
})

describe('fault 57: on a terminal', () => {
  test.each([
    ['Chinese', '她问了预算，然后等着。'],
    ['Japanese and Latin', 'ＡＢＣ と議論 budget'],
    ['combining marks', 'cafe\u0301 nin\u0303o Vie\u0323\u0302t'],
    ['Hebrew', 'היא שאלה על התקציב'],
    ['Arabic', 'سألت عن الميزانية'],
  ])('%s is written, corrected and kept as it was typed', async (_what, text) => {
    const folder = await homeWithAna()
    const coach = startCoach(['session', 'ana', '--prepare'], { folder })
    await coach.see('When and where')
    // One character too many is taken away again, as a whole.
    coach.type(`${text}e\u0301x`)
    await coach.until(() => coach.isTyped('x'), 'the cursor behind it')
    coach.press('backspace')
    coach.press('backspace')
    await coach.until(
      () => coach.isTyped(text),
      'the cursor at its end, in the columns that the terminal counts',
    )
    coach.press('enter')
    await coach.see('What did you see')
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)
    expect(await answerAt(folder, ['observation', 'situation'])).toBe(text)
  })

  test.each([40, 80])('lists fit into %i columns, with names of every kind', async (width) => {
    const folder = await homeWith(
      ...['李小龍', 'Ána Kovač', 'محمد علي', 'A\u0301na Cruz', `Fam ${FAMILY}`].flatMap(
        (name, at) => [
          ['person', 'add', name],
          [
            'action',
            'add',
            name,
            `${'她问了预算 '.repeat(3)}${at} ${FAMILY} שלום`,
            '--due',
            '2031-01-03',
          ],
        ],
      ),
    )
    const coach = startScript('coach review; coach people; coach', { folder, columns: width })
    expect(await coach.exit()).toBe(0)
    const lines = coach
      .raw()
      // eslint-disable-next-line no-control-regex -- colours
      .replace(/\x1b\[[\d;]*m/g, '')
      .split(/\r*\n/)
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width)
    expect(coach.raw()).toContain(FAMILY)
    const { out } = await run(folder, 'review', '--json')
    expect(JSON.parse(out)[0].what).toContain(FAMILY)
  })
})
