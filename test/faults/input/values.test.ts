import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tidy } from '../../../src/text/text.ts'
import { query, tamper } from '../../notebook/file.ts'
import { homeWith } from '../../ask/terminal/home.ts'
import { run, runScript } from '../../ask/terminal/process.ts'
import { newHome } from '../../world.ts'

const home = async () => await homeWith(['person', 'add', 'Ana Silva'])

/** The texts that the notebook holds. */
const texts = (folder: string) => query(join(folder, 'notebook.db'), 'SELECT text FROM note')

describe('fault 60: a value that cannot be kept is refused, and nothing is saved', () => {
  test.each<readonly [what: string, script: string, says: string]>([
    ['a NUL from stdin', String.raw`printf 'a\0b' | coach note ana`, 'NUL character'],
    ['bytes that are no text', String.raw`printf '\xff\xfe' | coach note ana`, 'not text in UTF-8'],
    ['half a character', String.raw`printf '\xed\xa0\x80' | coach note ana`, 'not text in UTF-8'],
    [
      '10 MB',
      `head -c 10000000 /dev/zero | tr '\\0' x | coach note ana`,
      'larger than 100000 characters',
    ],
    ['blanks only', `printf '  \\n\\t \\n' | coach note ana`, 'The note is empty.'],
    ['nothing', `coach note ana ''`, 'The note is empty.'],
    ['a text that looks like an option', 'coach note ana --5%', 'There is no option --5%.'],
    ['a text that begins with a dash', 'coach note ana "- five percent"', 'stands behind --'],
    [
      'a name of 121 characters',
      `coach person add "$(printf 'x%.0s' {1..121})"`,
      'longer than 120 characters',
    ],
    ['a name of blanks', `coach person add '  '`, 'not a name that can be kept'],
    [
      'a role of a page',
      `coach person edit ana --role "$(printf 'x%.0s' {1..201})"`,
      'longer than 200 characters',
    ],
    [
      'an item of a page',
      `coach action add ana "$(printf 'x%.0s' {1..1001})"`,
      'longer than 1000 characters',
    ],
    [
      'an item of a page with a day',
      `coach action add ana "$(printf 'x%.0s' {1..1001})" --due fri`,
      'longer than 1000 characters',
    ],
    [
      'an item that becomes one',
      `coach action edit 1 --what "$(printf 'x%.0s' {1..1001})"`,
      'longer than 1000 characters',
    ],
    [
      'a goal of a page',
      `coach goal add ana "$(printf 'x%.0s' {1..1001})"`,
      'longer than 1000 characters',
    ],
    [
      'an opportunity of a page',
      `coach opportunity add ana "$(printf 'x%.0s' {1..121})"`,
      'longer than 120 characters',
    ],
    ['a number that is none', 'coach done 1e9', 'is not the number of'],
    ['a number beyond all', 'coach done 99999999999999999999', 'is not the number of'],
    ['a number below all', 'coach done -- -1', 'is not the number of'],
  ])('%s', async (_what, script, says) => {
    const folder = await homeWith(
      ['person', 'add', 'Ana Silva'],
      ['action', 'add', 'ana', 'send it'],
    )
    const before = await run(folder, 'export', 'all')
    const { out, err } = await runScript(folder, `${script}; echo "[$?]"`)
    expect(out).toBe('[2]\n')
    expect(err).toContain(says)
    expect(err.length).toBeLessThan(700)
    expect(await run(folder, 'export', 'all')).toEqual(before)
    expect(texts(folder)).toEqual([])
  })

  test.each<readonly [what: string, file: string | Buffer, says: RegExp]>([
    ['a NUL', '{"person": "Ana", "close": {"praise": "a\\u0000b"}}', /NUL character/],
    [
      'half a character',
      '{"person": "Ana", "close": {"praise": "a\\ud800b"}}',
      /half of a character/,
    ],
    ['half a character in a name', '{"person": "Ana\\udc00"}', /not a name that can be kept/],
    ['a long name', JSON.stringify({ person: 'x'.repeat(121) }), /longer than 120 characters/],
    [
      'blanks for what is needed',
      '{"person": "Ana", "observation": {"situation": " ", "saw": "\\n"}}',
      /is needed, and is empty/,
    ],
    [
      'a long item',
      JSON.stringify({
        person: 'Ana',
        plan: { actions: [{ what: 'x'.repeat(1001), due: '2031-01-03' }] },
      }),
      /longer than 1000 characters/,
    ],
    [
      '10,000 items',
      JSON.stringify({
        person: 'Ana',
        plan: { actions: Array.from({ length: 10_000 }, (_, at) => ({ what: `do ${at}` })) },
      }),
      /file:1:|larger than 256 KiB|at most|action/,
    ],
  ])('in an answers file: %s', async (_what, text, says) => {
    const folder = await homeWith(['person', 'add', 'Bob'])
    writeFileSync(join(folder, 'file'), text)
    const begin = performance.now()
    const { code, out, err } = await run(folder, 'session', '--answers', 'file')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(says)
    expect(err).toContain('file:1:')
    expect(performance.now() - begin).toBeLessThan(10_000)
    expect((await run(folder, 'people', '--json')).out).not.toContain('Ana')
  })
})

test('fault 60: what is allowed to the last character is kept to the last character', async () => {
  const folder = await home()
  const [name, what] = ['n'.repeat(119) + 'é', '💬'.repeat(500)]
  for (const argv of [
    ['person', 'add', name],
    ['action', 'add', 'ana', what],
    ['goal', 'add', 'ana', what],
    ['opportunity', 'add', 'ana', name],
  ]) {
    expect((await run(folder, ...argv)).code).toBe(0)
  }
  const { code } = await runScript(folder, `printf 'x%.0s' {1..100000} | coach note ana`)
  expect(code).toBe(0)
  const notebook = join(folder, 'notebook.db')
  expect(query(notebook, 'SELECT name FROM person WHERE id = 2')).toEqual([{ name }])
  expect(query(notebook, 'SELECT what FROM action_item')).toEqual([{ what }])
  expect(query(notebook, 'SELECT length(text) AS long FROM note')).toEqual([{ long: 100_000 }])
})

test('fault 60: a longer text that an earlier version kept can be read, and worked with', async () => {
  const folder = await homeWith(['person', 'add', 'Ana Silva'], ['action', 'add', 'ana', 'send it'])
  const long = 'long '.repeat(800).trim()
  tamper(
    join(folder, 'notebook.db'),
    `UPDATE person SET name = '${'Ana '.repeat(50).trim()}'; UPDATE action_item SET what = '${long}'`,
  )
  for (const argv of [
    ['review'],
    ['people'],
    ['prep', 'ana'],
    ['action', 'edit', '1', '--due', '2031-01-03'],
    ['action', 'edit', '1', '--what', long],
    ['note', 'ana', 'x'],
    ['done', '1'],
  ]) {
    const { code, err } = await run(folder, ...argv)
    expect([argv, code, err.includes('longer than')]).toEqual([argv, 0, false])
  }
})

test(
  'fault 60: any text that is taken comes back exactly, but for line ends and blanks at the ends of lines',
  { timeout: 60_000 },
  async () => {
    const one = newHome()
    await one.coach(['person', 'add', 'Ana'])
    let last = 0
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
        const { code } = await one.coach(['note', 'ana'], text)
        const isKept = tidy(text) !== '' && !text.includes('\0')
        // Bytes of half a character cannot come from stdin: they arrive as what stands for them.
        expect(code).toBe(isKept ? 0 : 2)
        if (!isKept) return
        last++
        const expected = tidy(
          Buffer.from(text)
            .toString('utf8')
            .replace(/^\ufeff/, ''),
        )
        expect(query(one.notebook, `SELECT text FROM note ORDER BY id DESC LIMIT 1`)).toEqual([
          { text: expected },
        ])
      }),
      { numRuns: 60 },
    )
    expect(last).toBeGreaterThan(30)
  },
)
