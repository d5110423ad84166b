import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { run } from '../../../src/commands/questions/import.ts'
import { readList } from '../../../src/questions/import/read-list.ts'
import { makeWorld } from '../../../src/start/make-world.ts'
import { NOW } from '../../world.ts'
import { newHome } from './take-list.ts'

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

  test('whatever bytes it holds, or read, and coach never crashes', async () => {
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
