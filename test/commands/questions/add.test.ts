import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { type AddOptions, run } from '../../../src/commands/questions/add.ts'
import { CoachError } from '../../../src/errors.ts'
import { checkLayers } from '../../../src/library/read-layers.ts'
import { buildLibrary } from '../../../src/questions/bank/build-library.ts'
import { oneLine, safe, tidy } from '../../../src/text/text.ts'
import { makeWorld } from '../../../src/start/make-world.ts'
import { NOW } from '../../world.ts'

function newHome(isTerminal = false) {
  const folder = mkdtempSync(join(tmpdir(), 'coach-add-'))
  const bank = (id = 'my-questions') => join(folder, 'question-banks', `${id}.yaml`)
  // Prompts end the stream they write to, unless it is that of the process.
  const asTerminal = { columns: 80, isTTY: isTerminal, setRawMode: () => {}, end: () => {} }
  const terminal = () => Object.assign(new PassThrough(), asTerminal)
  const [stdin, stdout, stderr] = [terminal(), new PassThrough(), terminal()]
  let said = ''
  stderr.on('data', (chunk: Buffer) => (said += String(chunk)))
  const places = { notebook: join(folder, 'notebook.db'), config: folder, drafts: folder }
  const parts = { env: {}, stdin, stdout, stderr, cwd: folder, places }
  const world = makeWorld({ ...parts, now: () => NOW })
  return {
    bank,
    text: (id?: string) => readFileSync(bank(id), 'utf8'),
    put(text: string, id?: string) {
      mkdirSync(join(folder, 'question-banks'), { recursive: true })
      writeFileSync(bank(id), text)
    },
    library: async () => buildLibrary(await checkLayers(world.layers())),
    async add(text: string | undefined, options: AddOptions = {}) {
      said = ''
      let code = 0
      try {
        await run(world, text, options)
      } catch (error) {
        if (!(error instanceof CoachError)) throw error
        code = error.exitCode
        said += `${error.message}\n${error.next ?? ''}`
      }
      return { code, err: stripVTControlCharacters(said) }
    },
    /** Types the keys once the screen shows something new. */
    async answer(asked: string | RegExp, keys: string) {
      await vi.waitFor(() => expect(stripVTControlCharacters(said)).toMatch(asked), {
        timeout: 20_000,
      })
      said = ''
      stdin.write(keys)
    },
  }
}

const KIND = { kind: ['obstacle'] }
const [ENTER, DOWN] = ['\r', '\x1b[B']

describe('with its text and a kind', () => {
  test('a question is added, and nothing is asked', async () => {
    const home = newHome(true)
    const tags = { stage: ['close', 'adopt'], area: ['account'], skill: ['listening'] }
    const { code, err } = await home.add('  What did the buyer\nnot say?  ', {
      ...KIND,
      ...tags,
      style: 'perspective',
      why: 'Listens.',
      step: ['reflection'],
    })
    expect(code).toBe(0)
    expect(err).toBe(
      `Added “What did the buyer not say?” to ${home.bank()} as my-questions-buyer-not-say.\n`,
    )
    expect(home.text()).toBe(`id: my-questions
title: My questions
language: en
questions:
  - id: my-questions-buyer-not-say
    text: What did the buyer not say?
    kinds: [obstacle]
    steps: [reflection]
    stages: [close, adopt]
    areas: [account]
    skills: [listening]
    style: perspective
    why: Listens.
`)
    expect(statSync(home.bank()).mode & 0o777).toBe(0o600)
  })

  test('whatever it says, it reads back as it was given, and the bank keeps its comments', async () => {
    const text = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 40 })
      .filter((one) => one.trim() !== '' && safe(oneLine(tidy(one))) === oneLine(tidy(one)))
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 3 }), async (texts) => {
        const home = newHome()
        home.put(
          '# Mine\nid: my-questions # mine\nquestions:\n  # a\n  - {id: a, text: A?}\n# end\n',
        )
        for (const one of texts) expect(await home.add(one, KIND)).toMatchObject({ code: 0 })
        const { questions, problems } = await home.library()
        const mine = questions.filter(({ bank }) => bank === 'my-questions').map((one) => one.text)
        expect({ mine, problems }).toEqual({
          mine: ['A?', ...texts.map((one) => oneLine(tidy(one)))],
          problems: [],
        })
        for (const kept of ['# Mine\n', '# mine\n', '  # a\n', '# end\n']) {
          expect(home.text()).toContain(kept)
        }
      }),
      { numRuns: 8 },
    )
  })

  test('a near-duplicate is told, and added', async () => {
    const home = newHome()
    await home.add('What did the buyer say?', KIND)
    const { code, err } = await home.add('What did the buyers say?', KIND)
    expect(code).toBe(0)
    expect(err).toMatch(/^It is much like: What did the buyer say\?\nAdded /)
    expect(home.text().match(/text:/g)).toHaveLength(2)
  })

  test('what could be better about it is told, and it is added', async () => {
    const home = newHome()
    const { code, err } = await home.add('Did it work?', KIND)
    expect(code).toBe(0)
    expect(err).toMatch(/^Hint: one word answers this.+\nAdded /)
  })

  test('its own id can replace a question that ships', async () => {
    const home = newHome()
    const [shipped] = (await home.library()).questions
    await home.add('Mine?', { ...KIND, id: shipped?.id ?? '' })
    const found = (await home.library()).questions.find(({ id }) => id === shipped?.id)
    expect(found).toMatchObject({ text: 'Mine?', bank: 'my-questions' })
  })
})

describe('without a terminal', () => {
  test('no kind is asked for, and what that means is told', async () => {
    const home = newHome()
    const { code, err } = await home.add('What did the buyer say?', { to: 'Calls' })
    expect(code).toBe(0)
    expect(err).toContain('It has no kind, so it can be picked by hand and no session offers it.')
    expect(home.text('calls')).toContain('id: calls-buyer-say\n    text: What did the buyer say?\n')
  })

  test('a Spanish one makes a Spanish bank', async () => {
    const home = newHome()
    await home.add('¿Qué dijo?', KIND)
    expect(home.text()).toContain('language: es\n')
  })

  test.each<[string, string | undefined, AddOptions, string]>([
    ['there is no text', undefined, {}, 'coach questions add "TEXT" --kind obstacle'],
    ['the text is empty', ' \n ', KIND, 'The question is empty.'],
    ['the text is too long', 'a'.repeat(401), KIND, 'longer than 400 characters'],
    ['the text is disguised', 'a\u202eb?', KIND, 'could disguise text'],
    ['a kind is unknown', 'Why?', { kind: ['hope'] }, 'There are commitment, obstacle,'],
    ['a stage is unknown', 'Why?', { ...KIND, stage: ['hope'] }, 'There are prospect, qualify,'],
    ['an area is unknown', 'Why?', { ...KIND, area: ['hope'] }, 'There are lead, skills,'],
    ['a skill is unknown', 'Why?', { ...KIND, skill: ['hope'] }, 'There are preparing,'],
    ['a style is unknown', 'Why?', { ...KIND, style: 'hope' }, 'There are open, scaling,'],
    ['a step is unknown', 'Why?', { ...KIND, step: ['hope'] }, 'reflection'],
    ['a language is unknown', 'Why?', { ...KIND, language: 'hope' }, 'two letters'],
    ['the id is none', 'Why?', { ...KIND, id: 'A b' }, 'small letters, digits and dashes'],
    ['the reason is too long', 'Why?', { ...KIND, why: 'a'.repeat(401) }, 'The reason is longer'],
    ['the bank has no name', 'Why?', { ...KIND, to: '..' }, 'makes no name for a bank'],
  ])('nothing is added where %s', async (_what, text, options, says) => {
    const home = newHome()
    const { code, err } = await home.add(text, options)
    expect(code).toBe(2)
    expect(err).toContain(says)
    expect(existsSync(home.bank())).toBe(false)
  })

  test('nothing is added where the id is in use, in this bank or in another of the home', async () => {
    const home = newHome()
    await home.add('What did the buyer say?', { ...KIND, id: 'said' })
    const before = home.text()
    expect(await home.add('Where?', { ...KIND, id: 'said' })).toMatchObject({ code: 2 })
    expect(await home.add('Where?', { ...KIND, id: 'said', to: 'b' })).toMatchObject({ code: 2 })
    expect(home.text()).toBe(before)
    expect(existsSync(home.bank('b'))).toBe(false)
  })

  test.each([
    ['is broken', 'id: my-questions\nquestions: 7\n', 'my-questions.yaml:2:12'],
    [
      'is in another language',
      'id: my-questions\nlanguage: es\nquestions: [{id: a, text: Q}]\n',
      'language “es”',
    ],
  ])('nothing is added where the bank %s', async (_what, bank, says) => {
    const home = newHome()
    home.put(bank)
    const { code, err } = await home.add('Where?', { ...KIND, language: 'en' })
    expect({ code, text: home.text() }).toEqual({ code: 2, text: bank })
    expect(err).toContain(says)
  })
})

describe('at a terminal', () => {
  test('coach asks for what is missing, shows the question, and adds it', async () => {
    const home = newHome(true)
    const added = home.add(undefined)
    await home.answer('Your question:', `Did it work?${ENTER}`)
    await home.answer('change it?', `${DOWN}${ENTER}`)
    // The question stands in the line to be changed; ^U empties the line.
    await home.answer(/Your question: Did it work\?$/m, `\x15What told you that it worked?${ENTER}`)
    await home.answer('What does it ask about?', `${DOWN}${ENTER}`)
    await home.answer('Which stage', `${DOWN}${DOWN}${ENTER}`)
    await home.answer('Add more', `y${ENTER}`)
    await home.answer('Which area', ENTER)
    await home.answer('Which skill', `${DOWN}${ENTER}`)
    await home.answer('What is it good for?', `Looks for signs${ENTER}`)
    await home.answer(/obstacle · qualify · preparing\s+Looks for signs\s[^]*Add it to/, ENTER)
    const { code, err } = await added
    expect(code).toBe(0)
    expect(err).toContain('Added “What told you that it worked?”')
    expect((await home.library()).questions.filter(({ layer }) => layer === 'home')).toMatchObject([
      {
        text: 'What told you that it worked?',
        kinds: ['obstacle'],
        stages: ['qualify'],
        areas: [],
        skills: ['preparing'],
        why: 'Looks for signs',
      },
    ])
  })

  test('a near-duplicate is not added unless that is wanted', async () => {
    const home = newHome(true)
    await home.add('What did the buyer say?', KIND)
    const before = home.text()
    const added = home.add('What did the buyers say?')
    await home.answer('Add it all the same?', ENTER)
    expect(await added).toMatchObject({
      code: 0,
      err: expect.stringContaining('Nothing was added.'),
    })
    expect(home.text()).toBe(before)
  })

  test('Ctrl-C adds nothing', async () => {
    const home = newHome(true)
    const added = home.add('What told you that it worked?')
    await home.answer('What does it ask about?', ENTER)
    await home.answer('Which stage', '\x03')
    expect((await added).code).toBe(130)
    expect(existsSync(home.bank())).toBe(false)
  })
})
