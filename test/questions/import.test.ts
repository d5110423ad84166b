import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ImportOptions, run } from '../../src/commands/questions/import.ts'
import { CoachError } from '../../src/errors.ts'
import { checkLayers } from '../../src/library/read-layers.ts'
import { readList } from '../../src/questions/import/read-list.ts'
import { buildLibrary } from '../../src/questions/bank/build-library.ts'
import { makeWorld } from '../../src/start/make-world.ts'
import { NOW } from '../world.ts'

/** A home, and a folder with lists in it. */
function newHome() {
  const folder = mkdtempSync(join(tmpdir(), 'coach-import-'))
  const banks = join(folder, 'question-banks')
  const worldWith = (list: string) => {
    const [stdin, out, err] = [new PassThrough(), new PassThrough(), new PassThrough()]
    stdin.end(list)
    const places = { notebook: join(folder, 'notebook.db'), config: folder, drafts: folder }
    const parts = { env: {}, stdin, stdout: out, stderr: err, cwd: folder, places }
    const world = makeWorld({ ...parts, now: () => NOW })
    return { world, out, err }
  }
  return {
    folder,
    banks,
    bank: (id: string) => readFileSync(join(banks, `${id}.yaml`), 'utf8'),
    library: async () => buildLibrary(await checkLayers(worldWith('').world.layers())),
    /** Imports a list: a file of that name is made, or `-` is fed. */
    async take(name: string, list: string | Uint8Array, options: ImportOptions = {}) {
      if (name !== '-') writeFileSync(join(folder, name), list)
      const { world, out, err } = worldWith(name === '-' ? String(list) : '')
      let code = 0
      let message = ''
      try {
        await run(world, name, options)
      } catch (error) {
        if (!(error instanceof CoachError)) throw error
        code = error.exitCode
        message = `${error.message}\n${error.next ?? ''}`
      }
      const text = (stream: PassThrough) => String(stream.read() ?? '')
      return { code, out: text(out), err: text(err) + message }
    },
  }
}

/** The texts that an import of a list takes. */
async function taken(name: string, list: string, options: ImportOptions = {}) {
  const { out } = await newHome().take(name, list, { ...options, json: true })
  const found: { id: string; text: string; kinds: string[]; [more: string]: unknown }[] =
    JSON.parse(out)
  return found
}
const texts = async (name: string, list: string) =>
  (await taken(name, list)).map(({ text }) => text)

describe('a list is read from', () => {
  test('plain text, one question a line', async () => {
    const list = `My list for Mondays
1. What took longer than planned?
Q2: Whom did you help? - good after holidays
“Which mail did you put off?” (ask late)
3) Tell me about the oddest call.
https://example.org/more?
Have fun.
   • What would you hand over?!
4. How was it - honestly? - And why?
`
    expect(await texts('list.txt', list)).toEqual([
      'What took longer than planned?',
      'Whom did you help?',
      'Which mail did you put off?',
      'Tell me about the oddest call.',
      'What would you hand over?',
      'How was it - honestly? - And why?',
    ])
  })

  test('Markdown, with its lists and without its marks', async () => {
    const list = `# Questions? Plenty
Are you looking for questions?

- [What is in here?](#here)

## Calls
* What do you **hear** when a buyer says \`later\`?
* Silence
  1. How long do you [wait](https://example.org) before you go on?
- [ ] **Mood:** Which call cheered you up? What was it about?
- Not a question

<!-- What is this? -->
\`\`\`
Why code?
\`\`\`
`
    expect(await texts('list.md', list)).toEqual([
      'What do you hear when a buyer says later?',
      'How long do you wait before you go on?',
      'Which call cheered you up? What was it about?',
    ])
  })

  test('Markdown without lists: paragraphs, or headings', async () => {
    const paragraphs = '# Mine\n\nWhat came first?\nWhat came second?\n\nWhere did it end?\n'
    expect(await texts('list.md', paragraphs)).toHaveLength(3)
    const headings =
      '# Mine\n\n## Whom do you admire?\n\nSays a lot.\n\n## Where do you hide?\n\nToo.\n'
    expect(await texts('list.md', headings)).toEqual(['Whom do you admire?', 'Where do you hide?'])
  })

  test.each([
    ['with a head', 'No,Question,Stage\n1,"When it stalls, what then?",close\n2,Plain?,\n'],
    ['with semicolons', 'question;stage\r\n"When it stalls, what then?";Close\r\nPlain?;\r\n'],
    ['with tabs', 'stage\tprompt\nclose\tWhen it stalls, what then?\n\tPlain?\n'],
    ['without a head', '7,"When it stalls, what then?",x\n8,Plain?,y\n'],
    ['of one column without quotes', 'question\nWhen it stalls, what then?\nPlain?\n'],
  ])('CSV %s', async (_how, list) => {
    const found = await taken('list.csv', list)
    expect(found.map(({ text }) => text)).toEqual(['When it stalls, what then?', 'Plain?'])
  })

  test.each(['No,Question,Stage\n1,What now?,close\n', 'stage;prompt\r\nClose;What now?\r\n'])(
    'CSV with a column of stages: %j',
    async (list) => {
      expect(await taken('list.csv', list)).toMatchObject([{ stages: ['close'] }])
    },
  )

  test('CSV with columns for tags', async () => {
    const list =
      'question,kind,skills,style,why\nWhat now?,"Sub-goal, stretch",Listening,scaling,Brings it to a point\n'
    const home = newHome()
    await home.take('list.csv', list)
    expect((await home.library()).questions.find(({ bank }) => bank === 'list')).toMatchObject({
      kinds: ['sub_goal', 'stretch'],
      skills: ['listening'],
      style: 'scaling',
      why: 'Brings it to a point',
    })
  })

  test.each([
    ['an array of texts', ['What now?', 'Where to?', 'no']],
    [
      'an array of objects',
      [
        { id: 1, question: 'What now?' },
        { title: 'A', text: 'Where to?' },
      ],
    ],
    ['an object of categories', { Start: ['What now?'], End: { deep: ['Where to?'] } }],
    [
      'objects in groups',
      { groups: [{ name: 'x', items: [{ content: 'What now?' }] }, 'Where to?'] },
    ],
  ])('JSON: %s', async (_what, list) => {
    expect(await texts('list.json', JSON.stringify(list))).toEqual(['What now?', 'Where to?'])
  })

  test('JSON, whose follow-up questions stay with their question', async () => {
    const home = newHome()
    const list = [{ question: 'Which part was new?', followUps: ['What else?'], skill: 'planning' }]
    await home.take('list.json', JSON.stringify(list))
    expect((await home.library()).questions.filter(({ bank }) => bank === 'list')).toEqual([
      expect.objectContaining({
        text: 'Which part was new?',
        follow_ups: ['What else?'],
        skills: ['planning'],
      }),
    ])
  })

  test.each([
    ['JSON', '["What now?", "Where to?"]'],
    ['Markdown', '# Mine\n- What now?\n- Where to?\n'],
    ['CSV', 'nr,question\n1,What now?\n2,Where to?\n'],
    ['plain text', 'What now?\nWhere to?\n'],
  ])('stdin, where its look tells %s', async (_what, list) => {
    expect(await texts('-', list)).toEqual(['What now?', 'Where to?'])
  })

  test('Spanish, which shows at its marks', async () => {
    const home = newHome()
    await home.take('lista.txt', '¿Qué viste?\n¿Qué oíste hoy?\nCuéntame de la visita.\n')
    expect(home.bank('lista')).toContain('language: es\n')
    expect(home.bank('lista')).toContain('Cuéntame de la visita.')
  })
})

describe('tags', () => {
  test.each([
    ['What is standing in your way with this buyer?', { kinds: ['obstacle'] }],
    ['What is the first step you could take on Monday?', { kinds: ['sub_goal'] }],
    ['What would you try if you had a magic wand?', { kinds: ['stretch'] }],
    ['How should I check in with you about this?', { kinds: ['accountability'] }],
    ['How can I support you with the visit?', { kinds: ['commitment'] }],
    ['From 1 to 10, how calm were you?', { style: 'scaling', kinds: [] }],
    ['Imagine the room empties. What then?', { style: 'hypothetical' }],
    ['What would the customer say about the visit?', { style: 'perspective' }],
    ['Which objection did you hear twice?', { skills: ['handling-objections'] }],
    ['What did you write into the proposal?', { stages: ['propose'] }],
    ['Where in your territory have you never been?', { areas: ['territory'] }],
    ['How close are you, and what is your lead?', { stages: [], areas: [] }],
  ])('%s', async (text, tags) => {
    expect(await taken('list.txt', `${text}\n`)).toEqual([expect.objectContaining(tags)])
  })

  test('come from the heading, where the question itself says nothing', async () => {
    const found = await taken(
      'list.md',
      '## Obstacles\n- What was it?\n## Negotiate\n- And where?\n',
    )
    expect(found).toMatchObject([{ kinds: ['obstacle'] }, { kinds: [], stages: ['negotiate'] }])
  })
})

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

  test('is nothing the second time', async () => {
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

  test('goes behind what stands in the bank, whose comments stay', async () => {
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

describe('a list is refused', () => {
  test.each<[string, string, string | Uint8Array, string]>([
    [
      'bytes that are no UTF-8',
      'a.txt',
      Buffer.from('Ok?\nZo\xeb?\n', 'latin1'),
      'a.txt:1:1 is not text in UTF-8',
    ],
    ['zero bytes', 'a.txt', 'Ok?\0', 'a.txt:1:1 is not text'],
    ['nothing', 'a.txt', ' \n', 'a.txt:1:1 is empty'],
    ['no question', 'a.md', '# Hi\n\n- there\n', 'a.md:1:1 holds no question'],
    ['more than 5 MB', 'a.txt', 'x?\n'.repeat(2_000_000), 'a.txt:1:1 is larger than 5 MB'],
    ['too many lines', 'a.csv', 'x?\n'.repeat(30_000), 'a.csv:5000:1 holds more'],
    ['JSON with a mistake', 'a.json', '["What?",\n  {"secret": tru}]', 'a.json:2:14 is not valid'],
    ['JSON that ends early', 'a.json', '["What?",\n', 'a.json:2:1 is not valid'],
    [
      'CSV with an open quote',
      'a.csv',
      'question\nWhat?\n"secret?\n',
      'a.csv:3:1 a quotation mark',
    ],
    [
      'CSV with a row beyond measure',
      'a.csv',
      `question\n${'a,'.repeat(60_000)}?`,
      'a.csv:2:1 this row',
    ],
    [
      'an unknown stage',
      'a.csv',
      'question,stage\n"What\nnow?",secret\n',
      'a.csv:3:7 is none of the stages',
    ],
    [
      'an unknown skill',
      'a.json',
      '[{"text": "What?",\n "skill": "secret"}]',
      'a.json:2:11 is none of the skills',
    ],
    ['a web page', 'a.txt', '<!DOCTYPE html><p>What?', 'a.txt:1:1 is a web page'],
    ['a bank', 'a.yaml', 'id: a\n', 'a.yaml is YAML'],
  ])('for %s', async (_what, name, list, says) => {
    const home = newHome()
    const { code, out, err } = await home.take(name, list)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(says)
    expect(err).toContain('Nothing was written.')
    expect(err).not.toContain('secret')
    expect(existsSync(home.banks)).toBe(false)
  })

  test('for a folder and for a file that is not there', async () => {
    const home = newHome()
    mkdirSync(join(home.folder, 'lists'))
    for (const [name, says] of [
      ['lists', 'is a folder'],
      ['gone.txt', 'does not exist'],
    ] as const) {
      await expect(run(makeWorldIn(home.folder), name, {})).rejects.toThrow(says)
    }
  })

  test.each([
    ['is broken', 'id: list\nquestions:\n  - id: 7\n', 'list.yaml:3:'],
    [
      'is in another language',
      'id: list\nlanguage: de\nquestions: [{id: a, text: Wer?}]\n',
      'in the language “de”',
    ],
  ])('where the bank of that name %s', async (_what, bank, says) => {
    const home = newHome()
    mkdirSync(home.banks)
    writeFileSync(join(home.banks, 'list.yaml'), bank)
    const { code, err } = await home.take('list.txt', 'Where next?\n', { language: 'en' })
    expect({ code, bank: home.bank('list') }).toEqual({ code: 2, bank })
    expect(err).toContain(says)
  })

  test('where a link stands in the place of the bank', async () => {
    const home = newHome()
    mkdirSync(home.banks)
    const other = 'id: list\nquestions: [{ id: a, text: Who? }]\n'
    writeFileSync(join(home.folder, 'other'), other)
    symlinkSync(join(home.folder, 'other'), join(home.banks, 'list.yaml'))
    const { code, err } = await home.take('list.txt', 'Where next?\n')
    expect(code).toBe(2)
    expect(err).toContain('list.yaml is a link or no file. Nothing was written.')
    expect(home.bank('list')).toBe(other)
  })

  test('where a file stands in the place of the folder', async () => {
    const home = newHome()
    writeFileSync(home.banks, '')
    const { code, err } = await home.take('list.txt', 'Where next?\n')
    expect(code).toBe(7)
    expect(err).toContain('list.yaml could not be written.')
  })

  test('or read, whatever bytes it holds, and never crashes', async () => {
    const home = newHome()
    const marks = '? " , ; - 1. [ ] { } : # ** ( ) > ` <b> \\ | ¿ \ufeff \u202e What question'
    const bit = fc.constantFrom(...marks.split(' '), ' ', '\n', '\r', '\t')
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.array(bit, { maxLength: 30 }).map((bits) => Buffer.from(bits.join(''))),
    )
    const name = fc.constantFrom('a.txt', 'a.md', 'a.csv', 'a.json', 'a')
    await fc.assert(
      fc.asyncProperty(name, bytes, async (file, list) => {
        const { code } = await home.take(file, list, { dryRun: true })
        expect([0, 2]).toContain(code)
      }),
      { numRuns: 30 },
    )
    const { vocabulary } = await home.library()
    const format = fc.constantFrom('text', 'markdown', 'csv', 'json')
    fc.assert(
      fc.property(format, bytes, (how, list) => {
        const read = readList('a', Buffer.from(list).toString(), how, vocabulary)
        const found = read.ok ? read.value.questions : []
        expect(found.filter(({ text }) => text.trim() !== text || text === '')).toEqual([])
        expect(read.ok || read.problems.every(({ line, column }) => line > 0 && column > 0)).toBe(
          true,
        )
      }),
      { numRuns: 1000 },
    )
  })
})

function makeWorldIn(folder: string) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const places = { notebook: join(folder, 'notebook.db'), config: folder, drafts: folder }
  return makeWorld({ env: {}, stdin, stdout, stderr, cwd: folder, places, now: () => NOW })
}
