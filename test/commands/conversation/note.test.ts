import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOf } from '../../ask/file/feed.ts'
import { homeAfter, inOneLine, moveTo, must } from '../followup/played.ts'
import { ANA, inbox, textsIn } from './inbox.ts'

describe('a note is kept', () => {
  test('from the command line, word by word or in quotes', async () => {
    const home = await homeAfter(ANA)
    const said = await must(home, ['note', 'ana', 'let', 'her', 'finish'])
    expect(inOneLine(said)).toMatch(
      /^This is about Ana Silva\. Kept as note 1, for you alone\. The next session opens it: coach session ana Private lines are left out of [^$]*\(This is said once\.\)$/,
    )
    expect(await must(home, ['note', 'Ana Silva', 'two\nlines '])).toBe(
      'Kept as note 2, for you alone. The next session opens it: coach session ana\n',
    )
    expect(await inbox(home)).toMatchObject([
      {
        id: 1,
        person: 'Ana Silva',
        text: 'let her finish',
        created_at: '2026-11-23T09:00:00.000Z',
      },
      { id: 2, person: 'Ana Silva', text: 'two\nlines' },
    ])
  })

  test('from stdin, which is not read when there is a text', async () => {
    const home = await homeAfter(ANA)
    await must(home, ['note', 'ana'], '\r\nShe asked early.\r\nHe looked away.  \n\n')
    await must(home, ['note', 'ana', 'said'], 'not read')
    expect(await textsIn(home)).toEqual(['She asked early.\nHe looked away.', 'said'])
  })

  test('whatever it says, and printed so that it can do no harm', async () => {
    const home = await homeAfter(ANA)
    const texts = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((one) => /\S/u.test(one) && !one.includes('\0'))
    const hostile = fc.constantFrom(
      '\u001b[2J\u001b[31mred',
      '‮backwards',
      '# head\n- [x] done',
      '👩‍💻 naïve',
      '--help',
      '=1+1',
      '\u0007bell',
    )
    await fc.assert(
      fc.asyncProperty(fc.oneof(hostile, texts), async (text) => {
        await must(home, ['note', 'ana'], text)
        const last = (await inbox(home)).at(-1)
        expect(last?.text).toBe(tidied(text))
        expect((await home.coach(['note', '--list'])).out).not.toMatch(/(?!\n)\p{Cc}|\u202e/u)
      }),
      { seed: 20_261_123, numRuns: 40 },
    )
  })

  test('with the day on which it was written', async () => {
    const home = await homeAfter(ANA, ['note', 'ana', 'one'])
    moveTo(home, '2026-11-25')
    await must(home, ['note', 'ana', 'two'])
    expect(await must(home, ['note', '--list'])).toBe(
      '  1  one\n     Ana Silva · Mon 23 Nov\n  2  two\n     Ana Silva · Wed 25 Nov\n',
    )
  })
})

describe('a note that is refused', () => {
  test.each([
    ['nothing', '', 'The note is empty.'],
    ['only blanks', ' \n\t \r\n ', 'The note is empty.'],
    ['a NUL', 'one\0two', 'NUL character'],
    ['100,001 characters', 'x'.repeat(100_001), '100000 characters'],
    ['10 MB', 'x'.repeat(10_000_000), '100000 characters'],
    ['10 MB of line ends', '\n'.repeat(10_000_000), '100000 characters'],
  ])('%s leaves everything as it was, and says why', async (_, text, why) => {
    const home = await homeAfter(ANA, ['note', 'ana', 'before'])
    const before = bytesOf(home)
    const { code, out, err } = await home.coach(['note', 'ana'], text)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(why)
    expect(err).toContain('Nothing was kept.')
    expect(bytesOf(home)).toBe(before)
  })

  test.each([[['note', 'ana', '']], [['note', 'ana', ' ', ' ']]])(
    '%j counts as empty',
    async (argv) => {
      const home = await homeAfter(ANA)
      const { code, err } = await home.coach(argv, 'stdin is not read')
      expect(code).toBe(2)
      expect(err).toContain('The note is empty. Nothing was kept.')
      expect(await inbox(home)).toEqual([])
    },
  )

  test('100,000 characters exactly are kept, every one', async () => {
    const home = await homeAfter(ANA)
    const text = 'naïve 試 '.repeat(12_500).slice(0, 99_999)
    await must(home, ['note', 'ana'], `${text}!`)
    expect(await textsIn(home)).toEqual([`${text}!`])
  })

  test('100,000 characters are kept when a file ends them with a line end', async () => {
    const home = await homeAfter(ANA)
    await must(home, ['note', 'ana'], `${'x'.repeat(100_000)}\n`)
    expect((await textsIn(home))[0]).toHaveLength(100_000)
  })
})

/** A text as it is kept: lines without blanks at their ends, and none around them. */
function tidied(text: string): string {
  const lines = text.split(/\r\n?|\n/).map((line) => line.trimEnd())
  while (lines[0] === '') lines.shift()
  while (lines.at(-1) === '') lines.pop()
  return lines.join('\n')
}
