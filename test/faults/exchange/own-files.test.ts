import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { beforeAll, describe, expect, test } from 'vitest'
import { inOneLine, must } from '../../commands/followup/played.ts'
import { bankOf, type Files, homeWith, put, questionsOf } from '../../questions/home.ts'
import { escapeHarmful } from '../../../src/text/text.ts'
import type { Home } from '../../world.ts'

const BANK = bankOf('ours', [{ id: 'ours-1', text: 'What did you notice?', kinds: ['obstacle'] }])
const GUIDE = readFileSync(
  join(import.meta.dirname, '../../../question-banks/guides/quick.yaml'),
  'utf8',
).replace(/^id: quick$/m, 'id: ours')
const CONFIG = `# our words
language: es # as we speak
stages:
  - id: first
    title: First # of two
`
const OWN: Files = {
  'question-banks/ours.yaml': BANK,
  'guides/ours.yaml': GUIDE,
  'config.yaml': CONFIG,
}
const ALL = ['export', 'all', '--format', 'json']

/** A home with Ana in it, and files. */
async function homeOf(files: Files): Promise<Home> {
  const home = homeWith(files)
  await must(home, ['person', 'add', 'Ana Silva'])
  return home
}

let json = ''
beforeAll(async () => {
  json = (await (await homeOf(OWN)).coach(ALL)).out
})

/** The document with these files in the place of its own. */
function holding(...files: readonly { readonly path: string; readonly text: string }[]): string {
  return JSON.stringify({ ...JSON.parse(json), schema: 2, files })
}

const read = (home: Home, path: string) => readFileSync(join(home.folder, path), 'utf8')

describe('files of one’s own go along, and come back after a yes', () => {
  test('a fresh home gets the same questions, guides and settings', async () => {
    const from = await homeOf(OWN)
    const { out, err } = await from.coach(ALL)
    expect(err).toBe('With 1 question bank, 1 guide and config.yaml of your own.\n')
    const to = homeWith({})
    const said = await must(to, ['import', '-', '--with-files'], out)
    expect(said).toContain('Took question-banks/ours.yaml\n')
    for (const path of Object.keys(OWN)) expect(read(to, path)).toBe(OWN[path])
    expect([...(await questionsOf(to)).keys()]).toEqual([...(await questionsOf(from)).keys()])
    expect((await must(to, ['config', '--json'])).replaceAll(to.folder, '~')).toBe(
      (await must(from, ['config', '--json'])).replaceAll(from.folder, '~'),
    )
    expect(await must(to, ['session', 'ana', '--guide', 'ours', '--template'])).toContain('ours')
    // Once more: nothing is said of what is here already.
    expect(await must(to, ['import', '-', '--with-files'], out)).toBe(
      'All of it is here already. Nothing was changed.\n',
    )
  })

  test('without a terminal they are listed, and nothing is written', async () => {
    const to = homeWith({})
    writeFileSync(join(to.folder, 'all.json'), json)
    const said = await must(to, ['import', 'all.json'])
    expect(inOneLine(said)).toContain(
      'Not imported, because coach could not ask you: question-banks/ours.yaml, guides/ours.yaml and config.yaml (stages and language).',
    )
    expect(said).toContain('\n  coach import all.json --with-files\n')
    for (const path of Object.keys(OWN)) expect(existsSync(join(to.folder, path))).toBe(false)
  })

  test('what stands there is replaced only with a copy kept beside it, which nothing reads', async () => {
    const mine = bankOf('ours', [{ id: 'mine-1', text: 'What is yours?', kinds: ['stretch'] }])
    const to = await homeOf({ 'question-banks/ours.yaml': mine })
    for (const [time, text] of [BANK, mine, BANK].entries()) {
      const said = await must(
        to,
        ['import', '-', '--with-files', '--merge-people'],
        holding({ path: 'question-banks/ours.yaml', text }),
      )
      expect(said).toContain('Took question-banks/ours.yaml; yours is kept as:\n')
      const copies = readdirSync(join(to.folder, 'question-banks')).filter((name) =>
        name.startsWith('ours.yaml.before-import-2026-11-23'),
      )
      expect(copies).toHaveLength(time + 1)
    }
    expect(read(to, 'question-banks/ours.yaml.before-import-2026-11-23')).toBe(mine)
    const { code, out } = await to.coach(['questions', 'list', '--json'])
    expect([code, out.includes('ours-1'), out.includes('mine-1')]).toEqual([0, true, false])
  })

  test('a person, a session and a page hold none, and an export without any is one that every coach reads', async () => {
    const from = await homeOf(OWN)
    for (const argv of [
      ['export', 'person', 'ana', '--format', 'json'],
      ['export', 'person', 'ana', '--everything', '--format', 'json'],
      ['export', 'all', '--format', 'html'],
    ]) {
      expect((await from.coach(argv)).out).not.toContain('our words')
    }
    expect((await from.coach([...ALL, '--shared'])).code).toBe(2)
    const plain = JSON.parse((await (await homeOf({})).coach(ALL)).out)
    expect([plain.schema, 'files' in plain]).toEqual([1, false])
    expect(JSON.parse(json)).toMatchObject({ schema: 2 })
  })
})

describe('settings', () => {
  test('harmless ones come into the own file, which keeps its comments; the rest is listed and never written', async () => {
    const text = `${CONFIG}banks: [/tmp/theirs]\npassword_command: touch /tmp/taken\nshipped_banks: false\n`
    const to = await homeOf({
      'config.yaml': '# mine\nlanguage: en # so far\nareas: [{id: a, title: A}]\n',
    })
    const said = await must(
      to,
      ['import', '-', '--with-files', '--merge-people'],
      holding({ path: 'config.yaml', text }),
    )
    const now = read(to, 'config.yaml')
    expect(parse(now)).toEqual({
      language: 'es',
      areas: [{ id: 'a', title: 'A' }],
      stages: [{ id: 'first', title: 'First' }],
      shipped_banks: false,
    })
    expect(now).toContain('# mine')
    expect(read(to, 'config.yaml.before-import-2026-11-23')).toContain('language: en # so far')
    expect(said).toContain('coach never takes these settings from a file.')
    expect(said).toContain('coach config set banks FOLDER')
    expect(said).toContain('password_command: touch /tmp/taken')
  })

  test.each([
    ['a new file', 'password_command: steal\nlanguage: es\n', 'language: es\n'],
    [
      'a merge key',
      '%YAML 1.1\n---\n<<: {password_command: steal}\nlanguage: es\n',
      'language: es\n',
    ],
    ['nothing else', 'password_command: steal\n', null],
  ])('a command never comes along: %s', async (_what, text, expected) => {
    const to = homeWith({})
    await must(to, ['import', '-', '--with-files'], holding({ path: 'config.yaml', text }))
    const path = join(to.folder, 'config.yaml')
    expect(existsSync(path) ? readFileSync(path, 'utf8') : null).toBe(expected)
  })

  test('an own config.yaml with a mistake stays as it is, and the other files come', async () => {
    const to = await homeOf({ 'config.yaml': 'langage: en\n' })
    const { code, err } = await to.coach(['import', '-', '--with-files', '--merge-people'], json)
    expect([code, read(to, 'config.yaml')]).toEqual([2, 'langage: en\n'])
    expect(err).toContain('Took guides/ours.yaml')
  })
})

describe('fault 50, 59: a hostile file in a document is refused by name, and the rest goes on', () => {
  const good = { path: 'guides/ours.yaml', text: GUIDE }
  const HOSTILE: readonly (readonly [path: string, text: string])[] = [
    ['../../outside.yaml', BANK],
    ['question-banks/../../outside.yaml', BANK],
    ['question-banks/a/b.yaml', BANK],
    ['question-banks/a.yaml/b.yaml', BANK],
    ['/tmp/outside.yaml', BANK],
    ['question-banks\\outside.yaml', BANK],
    ['question-banks/..\\outside.yaml', BANK],
    ['question-banks/.hidden.yaml', BANK],
    ['question-banks/-rf.yaml', BANK],
    ['question-banks/con.yaml', BANK],
    ['question-banks/LPT1.more.yaml', BANK],
    ['question-banks/a:b.yaml', BANK],
    ['question-banks/a\u0000.yaml', BANK],
    ['question-banks/a\u202e.yaml', BANK],
    ['question-banks/a.yml', BANK],
    ['question-banks/a.yaml ', BANK],
    [`question-banks/${'a'.repeat(200)}.yaml`, BANK],
    ['notebook.db', BANK],
    ['last-notebook.json', '{}'],
    ['drafts/a.yaml', BANK],
    ['guides/ours.yaml', GUIDE],
    ['GUIDES/ours.yaml', GUIDE],
    ['question-banks/config.yaml', 'password_command: steal\n'],
    ['question-banks/bomb.yaml', `a: &a [x]\n${'b: *a\n'.repeat(300)}`],
    ['question-banks/deep.yaml', '['.repeat(100_000)],
    ['question-banks/large.yaml', `# ${'x'.repeat(300_000)}`],
    ['question-banks/half.yaml', '\ud800'],
    ['question-banks/wrong.yaml', 'id: wrong\nquestions: secret\n'],
    ['config.yaml', '{"__proto__": {"password_command": "steal"}}'],
    ['config.yaml', 'constructor: {password_command: steal}\n'],
    ['config.yaml', 'language: en\nlanguage: es\n'],
    ['config.yaml', 'editor: steal\n'],
  ]
  const named = HOSTILE.map(([path, text]) => ({
    what: escapeHarmful(JSON.stringify(path)).slice(0, 60),
    path,
    text,
  }))
  test.each(named)('$what', async ({ path, text }) => {
    const to = homeWith({})
    const input = holding(good, { path, text })
    const { code, err } = await to.coach(['import', '-', '--with-files'], input)
    expect([code, err]).toEqual([2, expect.stringContaining('It was not taken.')])
    expect(err).not.toMatch(/steal|secret/)
    expect(read(to, 'guides/ours.yaml')).toBe(GUIDE)
    const left = readdirSync(to.folder, { recursive: true, encoding: 'utf8' }).toSorted()
    expect(left).toEqual([
      'guides',
      join('guides', 'ours.yaml'),
      'last-notebook.json',
      'notebook.db',
    ])
    expect(read(to, 'last-notebook.json')).toContain(to.notebook)
    expect(existsSync('/tmp/outside.yaml')).toBe(false)
  })

  test('a bank with the questions of another own bank', async () => {
    const to = await homeOf({ 'question-banks/mine.yaml': BANK })
    const argv = ['import', '-', '--with-files', '--merge-people']
    const { code, err } = await to.coach(argv, json)
    expect([code, err]).toEqual([2, expect.stringContaining('this id stands in')])
    expect(existsSync(join(to.folder, 'question-banks/ours.yaml'))).toBe(false)
    expect((await to.coach(['questions', 'list'])).code).toBe(0)
  })

  test('a link or a folder in the place of a file is left as it is', async () => {
    const to = homeWith({ 'victim.txt': 'mine', 'question-banks/x': '' })
    symlinkSync(join(to.folder, 'victim.txt'), join(to.folder, 'question-banks/ours.yaml'))
    mkdirSync(join(to.folder, 'guides/ours.yaml'), { recursive: true })
    const { code, err } = await to.coach(['import', '-', '--with-files'], json)
    expect([code, read(to, 'victim.txt')]).toEqual([2, 'mine'])
    expect(err.match(/is a link, or no file that can be read/g)).toHaveLength(2)
    expect(read(to, 'config.yaml')).toBe(CONFIG)
  })

  test.each([
    ['files that are none', { files: [{ path: 'config.yaml', text: 1 }] }],
    ['a key too many', { files: [{ path: 'config.yaml', text: '', mode: 511 }] }],
    ['too many', { files: Array.from({ length: 1001 }, () => ({ path: 'a', text: '' })) }],
    ['an older shape', { schema: 1 }],
  ])('the whole document is refused with %s', async (_what, more) => {
    const to = homeWith({})
    const input = JSON.stringify({ ...JSON.parse(json), ...more })
    const { code, err } = await to.coach(['import', '-', '--with-files'], input)
    expect([code, err]).toEqual([2, expect.stringContaining('Nothing was taken in.')])
    expect(readdirSync(to.folder)).toEqual([])
  })
})

test('an export follows no link, and names what it leaves out', async () => {
  const from = await homeOf({
    'question-banks/ours.yaml': BANK,
    'question-banks/large.yaml': `# ${'x'.repeat(300_000)}`,
    'question-banks/bytes.yaml': Buffer.from([0xff, 0xfe]),
    'question-banks/old.yml': BANK,
    'elsewhere/secret.txt': 'secret',
  })
  symlinkSync(
    join(from.folder, 'elsewhere/secret.txt'),
    join(from.folder, 'question-banks/link.yaml'),
  )
  symlinkSync(join(from.folder, 'elsewhere'), join(from.folder, 'guides'))
  put(from.folder, { 'elsewhere/there.yaml': 'secret' })
  mkdirSync(join(from.folder, 'question-banks/folder.yaml'))
  const { code, out, err } = await from.coach(['--quiet', ...ALL])
  expect(code).toBe(0)
  expect(JSON.parse(out).files).toEqual([{ path: 'question-banks/ours.yaml', text: BANK }])
  expect(err.split('\n').toSorted()).toEqual([
    '',
    'Left out: guides/there.yaml is a link; take along what it leads to.',
    'Left out: question-banks/bytes.yaml is not text in UTF-8.',
    'Left out: question-banks/folder.yaml is not a file.',
    'Left out: question-banks/large.yaml is larger than 256 KiB, the most that is read.',
    'Left out: question-banks/link.yaml is a link; take along what it leads to.',
    'Left out: question-banks/old.yml has a name that does not go along; give it a plain one that ends in .yaml.',
  ])
})

describe('a backup says where the files are that it does not hold', () => {
  test('in one line, where there are any', async () => {
    const home = await homeOf(OWN)
    const line = `Backups do not hold your own files: 1 question bank, 1 guide and config.yaml in ${home.folder}\n`
    expect((await home.coach(['backup'])).err).toContain(line)
    expect((await home.coach(['backup', '-o', 'copy.db'])).err).toContain(line)
    expect((await home.coach(['restore', 'latest', '--yes'])).err).toContain(line)
    for (const argv of [
      ['--quiet', 'backup'],
      ['backup', '--json'],
      ['--quiet', 'restore', 'latest', '--yes'],
    ]) {
      expect((await home.coach(argv)).err).not.toContain('Backups do not hold')
    }
    const none = await homeOf({})
    expect((await none.coach(['backup'])).err).not.toContain('Backups do not hold')
  })
})
