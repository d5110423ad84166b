import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newHome, texts } from './take-list.ts'

describe('what was taken', () => {
  test('stands in a bank that is read like any other, and is told', async () => {
    const home = newHome()
    const { code, out, err } = await home.take(
      'my list.md',
      '# A\n- What now?\n- What blocks you?\n',
    )
    const path = join(home.banks, 'my-list.yaml')
    expect({ code, out }).toEqual({ code: 0, out: '' })
    expect(err).toBe(`Took 2 questions from my list.md into ${path}.
Left out 1 line that is no question: headings, remarks, links, tables.
Of those taken, 1 has no kind: a session offers only questions with a kind; others can be listed and picked by hand.
See them with: coach questions list --from my-list
`)
    const { questions, problems } = await home.library()
    expect(problems).toEqual([])
    expect(questions.filter(({ bank }) => bank === 'my-list')).toMatchObject([
      { id: 'my-list-what-now', text: 'What now?', kinds: [] },
      { id: 'my-list-what-blocks-you', text: 'What blocks you?', kinds: ['obstacle'] },
    ])
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(home.banks).mode & 0o777).toBe(0o700)
    expect(readdirSync(home.banks)).toEqual(['my-list.yaml'])
  })

  test('is not added a second time', async () => {
    const question = fc
      .array(fc.constantFrom('call', 'buyer', 'price', 'fear', 'desk', 'Zoë', '年', 'x'), {
        minLength: 1,
        maxLength: 8,
      })
      .map((words) => `- ${words.join(' ')}?`)
    await fc.assert(
      fc.asyncProperty(fc.array(question, { minLength: 1, maxLength: 20 }), async (lines) => {
        const home = newHome()
        await home.take('list.md', lines.join('\n'))
        const before = home.bank('list')
        const { code, out } = await home.take('list.md', lines.join('\n'), { json: true })
        expect({ code, out: JSON.parse(out) }).toEqual({ code: 0, out: [] })
        expect(home.bank('list')).toBe(before)
        expect((await home.library()).problems).toEqual([])
      }),
      { numRuns: 8 },
    )
  })

  test('is added at the end of the bank, whose comments stay', async () => {
    const home = newHome()
    mkdirSync(home.banks)
    const before =
      '# Mine\nid: mine\nquestions:\n  # First\n  - id: a\n    text: Ready for lunch?\n'
    writeFileSync(join(home.banks, 'mine.yaml'), before)
    const { err } = await home.take('x.txt', 'Are you ready for the lunch?\nWhere next?\n', {
      to: 'mine',
    })
    expect(err).toContain('“Are you ready for the lunch?” is like “Ready for lunch?”')
    expect(home.bank('mine')).toBe(`${before}\n  - id: mine-where-next\n    text: Where next?\n`)
  })

  test('is no near-duplicate of a question that ships, or of the list itself', async () => {
    const home = newHome()
    const [shipped] = (await home.library()).questions
    const close = shipped?.text.toUpperCase().replace('?', ' ?') ?? ''
    const list = `${close}\nWhat did the buyer do?\nWhat did you do?\nWhat did the buyers do?\nWhat did I do?\n`
    const { out, err } = await home.take('list.txt', list, { json: true })
    expect(JSON.parse(out)).toMatchObject([
      { text: 'What did the buyer do?' },
      { text: 'What did you do?' },
      { text: 'What did I do?' },
    ])
    expect(err).toContain('Skipped 2 questions that are nearly there already:\n')
  })

  test.each([
    [
      'who does it',
      'What could I prepare for the next visit to the harbour office?',
      ' I ',
      ' you ',
    ],
    ['an opposite', 'Which part of the long visit to the harbour was best?', 'best', 'worst'],
    ['a number', 'What shall the harbour office look like in 2 years from now?', '2', '9'],
    ['a not', 'What did work in the long visit to the harbour office?', 'did', 'did not'],
  ])('keeps questions apart that differ in %s alone', async (_what, text, from, to) => {
    expect(await texts('list.txt', `${text}\n${text.replace(from, to)}\n`)).toHaveLength(2)
    expect(await texts('list.txt', `${text}\n${text.replace('harbour', 'harbours')}\n`)).toEqual([
      text,
    ])
  })

  test('is shown and not written in a dry run', async () => {
    const home = newHome()
    const { out, err } = await home.take('list.txt', 'Where next?\n', { dryRun: true, json: true })
    expect(JSON.parse(out)).toHaveLength(1)
    expect(err).toContain('Would take 1 question')
    expect(err).toContain('Nothing was written')
    expect(existsSync(home.banks)).toBe(false)
  })

  test('goes on in a second bank where the first is full', async () => {
    const home = newHome()
    const list = (from: number) =>
      Array.from({ length: 700 }, (_, at) => `What is zeta${from + at}, or yota${from + at}?`).join(
        '\n',
      )
    await home.take('list.txt', list(0))
    const { err } = await home.take('list.txt', list(700))
    expect(err).toContain('list.yaml (300) and ')
    expect(err).toContain('list-2.yaml (400).')
    await home.take('list.txt', list(1400))
    const { banks, problems } = await home.library()
    expect(problems).toEqual([])
    expect(banks.filter(({ layer }) => layer === 'home')).toMatchObject([
      { id: 'list-2', questions: 1000 },
      { id: 'list-3', questions: 100 },
      { id: 'list', questions: 1000 },
    ])
  })

  test('leaves out what is too long or disguised, and says where', async () => {
    const home = newHome()
    const list = `Fine?\n${'long '.repeat(100)}?\nA\u202eb?\n`
    const { err } = await home.take('list.txt', list)
    expect(err).toContain('Left out 1 question longer than 400 characters: list.txt:2.')
    expect(err).toContain(
      'Left out 1 question with characters that could disguise text: list.txt:3.',
    )
    expect(home.bank('list').match(/text:/g)).toHaveLength(1)
  })
})
