import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { runScript } from '../../ask/terminal/process.ts'
import { type Home, newHome } from '../../world.ts'
import { type Files, folderWith, homeWith } from '../../questions/home.ts'

const pathIn = (home: Home) => join(home.folder, 'config.yaml')
const textIn = (home: Home) => readFileSync(pathIn(home), 'utf8')
const parsedIn = (home: Home): unknown => parse(textIn(home))
const config = async (home: Home, ...argv: readonly string[]) =>
  await home.coach(['config', ...argv])

const COMMENTED = `# How we do it here
language: en # for now

# Ours alone
stages:
  # the first
  - id: hello
    title: Hello
skills: [] # none yet
`

describe('coach config set', () => {
  test.each<readonly [key: string, values: readonly string[], kept: unknown]>([
    ['language', ['es'], 'es'],
    ['shipped_banks', ['no'], false],
    ['shipped_banks', ['false'], false],
    ['shipped_banks', ['off'], false],
    ['shipped_banks', ['yes'], true],
    ['banks', ['/team'], ['/team']],
    ['banks', ['/team', '/other'], ['/team', '/other']],
  ])('%s %s', async (key, values, kept) => {
    const home = newHome()
    for (const folder of ['team', 'other']) mkdirSync(join(home.folder, folder))
    const own = (value: unknown): unknown =>
      Array.isArray(value) ? value.map((one) => `${home.folder}${String(one)}`) : value
    const named = key === 'banks' ? values.map((one) => `${home.folder}${one}`) : values
    expect(await config(home, 'set', key, ...named)).toMatchObject({ code: 0, out: '' })
    expect(parsedIn(home)).toEqual({ [key]: own(kept) })
    const { out } = await config(home, 'show', '--json')
    const shown: { readonly settings: Readonly<Record<string, unknown>> } = JSON.parse(out)
    expect(shown.settings[key]).toEqual({ value: own(kept), from: 'home' })
  })

  test('keeps the comments and all else that stands in the file', async () => {
    const home = homeWith({ 'config.yaml': COMMENTED })
    await config(home, 'set', 'language', 'es')
    expect(textIn(home)).toBe(COMMENTED.replace('language: en', 'language: es'))
    await config(home, 'set', 'shipped_banks', 'no')
    expect(textIn(home)).toBe(
      `${COMMENTED.replace('language: en', 'language: es')}shipped_banks: false\n`,
    )
  })

  test.each([
    ['nothing', ''],
    ['comments alone', '# How we do it here\n'],
  ])('writes into a file with %s', async (_what, text) => {
    const home = homeWith({ 'config.yaml': text })
    expect((await config(home, 'set', 'language', 'es')).code).toBe(0)
    expect(textIn(home)).toContain(text)
    expect(parsedIn(home)).toEqual({ language: 'es' })
  })

  test.each([
    [['language', 'Spanish'], 'language'],
    [['language', 'ES'], 'language'],
    [['language', ''], 'language'],
    [['language', 'en', 'es'], 'language takes one value'],
    [['shipped_banks', 'maybe'], 'is yes or no'],
    [['shipped_banks', 'no', 'no'], 'shipped_banks takes one value'],
    [['banks', ''], 'banks'],
    [['stages', 'hello'], 'coach config copy stages'],
    [['mood', 'good'], 'There is no setting'],
    [['__proto__', 'x'], 'There is no setting'],
    [['language'], 'value'],
  ])('refuses %j, and changes nothing', async (argv, said) => {
    const home = homeWith({ 'config.yaml': COMMENTED })
    const { code, err } = await config(home, 'set', ...argv)
    expect([code, err]).toEqual([2, expect.stringContaining(said)])
    expect(textIn(home)).toBe(COMMENTED)
  })

  test('names a folder of banks from where it is said', async () => {
    const folder = folderWith({
      'work/team/t.yaml': 'id: team\nquestions: [{ id: t-1, text: Ours? }]\n',
      'home/x.txt': '',
    })
    const { code, out } = await runScript(
      folder,
      'export COACH_HOME="$PWD/home"; cd work; coach config set banks team; cd /; coach questions list t-1',
    )
    expect([code, out]).toEqual([0, expect.stringContaining('Ours?')])
  })
})

describe('coach config unset', () => {
  test('takes a setting out, and keeps what stands around it', async () => {
    const home = homeWith({ 'config.yaml': COMMENTED })
    expect((await config(home, 'unset', 'skills')).code).toBe(0)
    expect(textIn(home)).toContain('# How we do it here')
    expect(textIn(home)).toContain('# the first')
    expect(parsedIn(home)).toEqual({ language: 'en', stages: [{ id: 'hello', title: 'Hello' }] })
  })

  test.each([
    ['the first setting', '# Head\nlanguage: en\n\n# Stages\nstages: []\n', ['# Head', '# Stages']],
    ['the only setting', '# Head\n\nlanguage: en\n', ['# Head']],
    ['the last setting', '# Head\nstages: []\nlanguage: en\n# End\n', ['# Head', '# End']],
  ])('of %s keeps the comments around it', async (_what, text, comments) => {
    const home = homeWith({ 'config.yaml': text })
    expect((await config(home, 'unset', 'language')).code).toBe(0)
    expect(comments.filter((one) => !textIn(home).includes(one))).toEqual([])
  })

  test('of what is not set makes no file', async () => {
    const home = newHome()
    await config(home, 'unset', 'banks')
    expect(() => textIn(home)).toThrow('ENOENT')
  })

  test('of the last setting leaves a file that can be read', async () => {
    const home = homeWith({ 'config.yaml': 'language: es\n' })
    expect((await config(home, 'unset', 'language')).code).toBe(0)
    expect((await config(home, 'show')).code).toBe(0)
    expect((await config(home, 'set', 'language', 'es')).code).toBe(0)
    expect(parsedIn(home)).toEqual({ language: 'es' })
  })

  test('refuses what is no setting', async () => {
    expect((await config(newHome(), 'unset', 'mood')).code).toBe(2)
  })
})

describe('coach config copy', () => {
  test.each([
    [['stages'], ['stages']],
    [
      ['areas', 'skills'],
      ['areas', 'skills'],
    ],
    [[], ['stages', 'areas', 'skills']],
  ])('%j puts what ships into the file, and changes nothing else', async (argv, lists) => {
    const home = homeWith({ 'config.yaml': '# mine\nlanguage: en\n' })
    const before = await config(home, 'show', '--json')
    expect((await config(home, 'copy', ...argv)).code).toBe(0)
    expect(textIn(home)).toMatch(/^# mine\nlanguage: en\n/)
    const shipped = parse(
      readFileSync(join(import.meta.dirname, '../../../question-banks/config.yaml'), 'utf8'),
    )
    expect(parsedIn(home)).toEqual({
      language: 'en',
      ...Object.fromEntries(lists.map((list): [string, unknown] => [list, shipped[list]])),
    })
    const after = await config(home, 'show', '--json')
    const values = (text: string) => text.replaceAll(/"from": "\w+"/g, '')
    expect(values(after.out)).toBe(values(before.out))
  })

  test('refuses a list that stands there already, and copies none', async () => {
    const home = homeWith({ 'config.yaml': COMMENTED })
    const { code, err } = await config(home, 'copy', 'areas', 'stages')
    expect([code, err]).toEqual([2, expect.stringContaining('coach config unset stages')])
    expect(textIn(home)).toBe(COMMENTED)
  })

  test('refuses a list that does not ship', async () => {
    const home = newHome()
    expect((await config(home, 'copy', 'stages', 'moods')).code).toBe(2)
    expect((await config(home, 'show')).out).toContain('(shipped)')
  })
})

describe('a config.yaml that cannot be read is refused, and stays as it is', () => {
  const CANARY = 'canary-of-a-private-note'
  const lines: readonly (readonly string[])[] = [
    ['set', 'language', 'es'],
    ['unset', 'language'],
    ['copy', 'areas'],
  ]
  const bad = [
    ['no YAML', `language: [${CANARY}\n`, ''],
    ['an unknown key', `mood: ${CANARY}\n`, 'config.yaml:1:1 mood: is not a known key'],
    ['a wrong value', `language: ${CANARY}\n`, 'config.yaml:1:11 language: has a form'],
    [
      'a key that stands twice',
      `language: en\nlanguage: es # ${CANARY}\n`,
      'config.yaml:2:1 this key stands here twice',
    ],
    [
      'a stage that stands twice',
      'stages: [{ id: a, title: A }, { id: a, title: B }]\n',
      'config.yaml:1:37 stages.1.id: stands twice in this list',
    ],
    ['two documents', `language: en\n---\nlanguage: es # ${CANARY}\n`, 'more than one document'],
    ['a list', `- ${CANARY}\n`, 'config.yaml:1:1 should be a group of keys'],
    ['a tab', `stages:\n\t- ${CANARY}\n`, 'config.yaml:2:1 is indented with a tab'],
    ['more than 256 KiB', `language: en\n# ${'x'.repeat(262_144)}\n`, 'is larger than 256 KiB'],
    [
      'another encoding',
      Buffer.from(`# caf\xe9 ${CANARY}\nlanguage: en\n`, 'latin1'),
      'is not text in UTF-8',
    ],
  ] as const
  test.each(
    bad.flatMap(([what, text, said]) => lines.map((argv) => [what, argv, text, said] as const)),
  )('%s: coach config %j', async (_what, argv, text, said) => {
    const home = homeWith({ 'config.yaml': text })
    const outcome = await config(home, ...argv)
    expect(outcome).toMatchObject({ code: 2, out: '' })
    expect(outcome.err).toMatch(/config\.yaml:[1-9]\d*:[1-9]\d* \S/)
    expect(outcome.err).toContain(said)
    expect(outcome.err).not.toContain(CANARY)
    expect(readFileSync(pathIn(home))).toEqual(Buffer.from(text))
  })

  test.each(bad)(
    '%s: coach config show tells it, and what holds without it',
    async (_what, text, said) => {
      const { code, out, err } = await config(homeWith({ 'config.yaml': text }), 'show')
      expect([code, err]).toEqual([2, expect.stringContaining(said)])
      expect(out).toContain('en (default)')
      expect(err).not.toContain(CANARY)
    },
  )

  test.each(lines.map((argv) => [argv]))('a folder in its place: coach config %j', async (argv) => {
    const home = homeWith({ 'config.yaml/x': '' })
    const outcome = await config(home, ...argv)
    expect([outcome.code, outcome.err]).toEqual([2, expect.stringContaining(pathIn(home))])
  })

  test('a pipe in its place is not waited for', async () => {
    const folder = folderWith({ 'x.txt': '' })
    execFileSync('mkfifo', [join(folder, 'config.yaml')])
    const { code } = await runScript(folder, 'timeout 8 "$NODE" "$BIN" config set language es')
    expect(code).toBe(2)
  })
})

describe('a config.yaml that is a link', () => {
  test('is not replaced by a file of its own', async () => {
    const home = homeWith({ 'dotfiles/coach.yaml': 'language: en\n' })
    symlinkSync('dotfiles/coach.yaml', pathIn(home))
    const { code, err } = await config(home, 'set', 'language', 'es')
    expect(err).not.toMatch(/(?<![\w-])-o\b/)
    expect(textIn(home)).toBe(code === 0 ? 'language: es\n' : 'language: en\n')
    rmSync(join(home.folder, 'dotfiles/coach.yaml'))
    writeFileSync(join(home.folder, 'dotfiles/coach.yaml'), 'language: fr\n')
    expect(textIn(home)).toBe('language: fr\n')
  })
})

describe('coach config show', () => {
  const ours: Files = {
    'config.yaml': 'language: es\nareas: []\n',
    'team/config.yaml': 'stages: [{ id: hello, title: Hello }]\nshipped_banks: false\n',
  }

  test('tells where each setting comes from', async () => {
    const { code, out } = await config(homeWith(ours), 'show', '--json', '--bank', 'team')
    expect(code).toBe(0)
    const page: { readonly settings: Readonly<Record<string, { readonly from: string }>> } =
      JSON.parse(out)
    expect(
      Object.fromEntries(Object.entries(page.settings).map(([key, { from }]) => [key, from])),
    ).toEqual({
      language: 'home',
      banks: '--bank',
      shipped_banks: 'team',
      stages: 'team',
      areas: 'home',
      skills: 'shipped',
    })
  })

  test('is what coach config alone shows, and makes nothing', async () => {
    const home = newHome()
    const shown = await config(home, 'show')
    expect(await home.coach(['config'])).toEqual(shown)
    expect(shown).toMatchObject({ code: 0, err: '' })
    expect(shown.out).toContain(pathIn(home))
    expect(() => textIn(home)).toThrow('ENOENT')
  })
})
