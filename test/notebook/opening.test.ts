import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import DB from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { main } from '../../src/main.ts'
import { makeWorld } from '../../src/start/make-world.ts'
import { answersFor, feed } from '../ask/file/feed.ts'
import { newHome, NOW } from '../world.ts'
import { filesIn, hashOfFile, newFolder, query, tamper } from './file.ts'

/** A notebook that is long enough to be broken in many places. */
const filled = makeFilled()
async function makeFilled(): Promise<Buffer> {
  const home = newHome()
  for (let n = 0; n < 3; n++) {
    await feed(
      home,
      answersFor('Ana Silva', {
        reflection: { went_well: 'x'.repeat(6000) },
        plan: { actions: [{ what: 'send the deck' }] },
      }),
    )
  }
  return readFileSync(home.notebook)
}

const COMMANDS: readonly (readonly string[])[] = [
  ['today'],
  ['people'],
  ['review', '--json'],
  ['history'],
  ['person', 'add', 'Ben'],
  ['done', '1'],
  ['export', 'all'],
]

describe('fault 22: what is no notebook is refused and left as it is', () => {
  const FOREIGN: readonly (readonly [what: string, make: (path: string) => void])[] = [
    ['an empty file', (path) => writeFileSync(path, '')],
    ['three bytes', (path) => writeFileSync(path, 'abc')],
    ['a text', (path) => writeFileSync(path, 'Dear diary,\n'.repeat(1000))],
    ['the beginning of an SQLite file', (path) => writeFileSync(path, 'SQLite format 3\0')],
    [
      'a file of another program',
      (path) => tamper(path, 'CREATE TABLE task (name TEXT); PRAGMA user_version = 1'),
    ],
    [
      'an empty file of SQLite that says it is ours',
      (path) => tamper(path, 'PRAGMA application_id = 0x636f6163; CREATE TABLE a (b)'),
    ],
  ]
  const cases = FOREIGN.flatMap(([what, make]) =>
    COMMANDS.map((argv) => [what, argv.join(' '), make, argv] as const),
  )

  test.each(cases)('%s, by coach %s', async (_what, _line, make, argv) => {
    const home = newHome()
    make(home.notebook)
    const before = hashOfFile(home.notebook)
    const outcome = await home.coach(argv)
    expect(outcome).toMatchObject({ code: 5, out: '' })
    expect(outcome.err).toContain(home.notebook)
    expect(hashOfFile(home.notebook)).toBe(before)
    expect(filesIn(home.folder)).toEqual(['notebook.db'])
  })

  test.each(FOREIGN)('%s, named with --notebook', async (_what, make) => {
    const home = newHome()
    const path = join(home.folder, 'other.db')
    make(path)
    const before = hashOfFile(path)
    const outcome = await home.coach(['--notebook', 'other.db', '--new', 'person', 'add', 'Ben'])
    expect(outcome.code).toBe(5)
    expect(hashOfFile(path)).toBe(before)
  })

  test.each(COMMANDS)('a folder, by coach %s', async (...argv) => {
    const home = newHome()
    mkdirSync(home.notebook)
    const outcome = await home.coach(argv)
    expect(outcome).toMatchObject({ code: 5, out: '' })
    expect(filesIn(home.notebook)).toEqual([])
  })

  test.each(COMMANDS)('a link to nowhere, by coach %s', async (...argv) => {
    const home = newHome()
    symlinkSync(join(home.folder, 'gone.db'), home.notebook)
    const outcome = await home.coach(argv)
    expect(outcome).toMatchObject({ code: 5, out: '' })
    expect(lstatSync(home.notebook).isSymbolicLink()).toBe(true)
  })

  test('half of a notebook', async () => {
    const home = newHome()
    const whole = await filled
    writeFileSync(home.notebook, whole.subarray(0, whole.length / 2))
    const before = hashOfFile(home.notebook)
    for (const argv of COMMANDS) expect([argv, (await home.coach(argv)).code]).toEqual([argv, 5])
    expect(hashOfFile(home.notebook)).toBe(before)
  })
})

describe('fault 24: a notebook that is damaged', () => {
  test('in any page is told to be damaged, and never to be a bug', async () => {
    const home = newHome()
    const whole = await filled
    const wrong: unknown[] = []
    const readers = COMMANDS.filter(([name]) => !/^(?:person|done|export)$/.test(name ?? ''))
    for (let at = 4096; at < whole.length; at += 4096) {
      const broken = Buffer.from(whole)
      broken.fill(0x5a, at, at + 4096)
      writeFileSync(home.notebook, broken)
      // One that goes through everything, and the others in turns.
      for (const argv of [['export', 'all'], readers[(at / 4096) % readers.length] ?? []]) {
        const { code } = await home.coach(argv)
        if (code !== 0 && code !== 5) wrong.push([at / 4096 + 1, argv.join(' '), code])
      }
    }
    expect(wrong).toEqual([])
  })

  test('is not written to', async () => {
    const home = newHome()
    const broken = Buffer.from(await filled)
    broken.fill(0x5a, 4096, 8192)
    writeFileSync(home.notebook, broken)
    const before = hashOfFile(home.notebook)
    await home.coach(['person', 'add', 'Ben'])
    expect(hashOfFile(home.notebook)).toBe(before)
  })
})

describe('fault 40: a notebook from a newer program', () => {
  test.each(COMMANDS)('is refused by coach %s', async (...argv) => {
    const home = newHome()
    writeFileSync(home.notebook, await filled)
    tamper(home.notebook, 'PRAGMA user_version = 999')
    const before = hashOfFile(home.notebook)
    const outcome = await home.coach(argv)
    expect(outcome).toMatchObject({ code: 6, out: '' })
    expect(outcome.err).toContain(home.notebook)
    expect(outcome.err).toMatch(/its format is 999, this program knows \d+/)
    expect(outcome.err).toContain('Upgrade coach.')
    expect(outcome.err).not.toMatch(/delete|remove/i)
    expect(hashOfFile(home.notebook)).toBe(before)
    expect(filesIn(home.folder)).toEqual(['notebook.db'])
  })
})

describe('fault 23: a notebook that is not there', () => {
  const homeWithMemory = async () => {
    const home = newHome()
    await home.coach(['person', 'add', 'Ana'])
    rmSync(home.notebook)
    return home
  }

  test.each([
    [['people']],
    [['review', '--json']],
    [['today']],
    [['history', '--json']],
    [['prep', 'ana']],
  ])('and never was there: coach %s makes none', async (argv) => {
    const home = newHome()
    const { code } = await home.coach(argv)
    expect(code).toBe(argv[0] === 'prep' ? 3 : 0)
    expect(existsSync(home.notebook)).toBe(false)
  })

  test.each(COMMANDS)('but was there before: coach %s says so', async (...argv) => {
    const home = await homeWithMemory()
    const outcome = await home.coach(argv)
    expect(outcome).toMatchObject({ code: 5, out: '' })
    expect(outcome.err).toContain(`Your notes were at ${home.notebook}, and are not there now.`)
    expect(outcome.err).toContain('--new')
    expect(existsSync(home.notebook)).toBe(false)
  })

  test('is begun anew with --new, and then remembered', async () => {
    const home = await homeWithMemory()
    expect(await home.coach(['--new', 'person', 'add', 'Ben'])).toMatchObject({ code: 0 })
    expect((await home.coach(['people'])).out).toBe('Ben  not talked yet\n')
  })

  test('because its whole home was moved: coach says so', async () => {
    const [from, to] = [await homeWithMemory(), newFolder()]
    rmSync(to, { recursive: true })
    renameSync(from.folder, to)
    const outcome = await coachAt(to, ['people'])
    expect(outcome.code).toBe(5)
  })

  test.each(COMMANDS)('where --notebook names it: coach %s says so', async (...argv) => {
    const home = newHome()
    const outcome = await home.coach(['--notebook', 'work.db', ...argv])
    expect(outcome).toMatchObject({ code: 5, out: '' })
    expect(outcome.err).toContain(`There is no notebook at ${join(home.folder, 'work.db')}.`)
    expect(outcome.err).toContain('add --new')
    expect(filesIn(home.folder)).toEqual([])
  })

  test('where --notebook names it is made with --new', async () => {
    const home = newHome()
    const argv = ['--notebook', 'new/work.db', '--new', 'person', 'add', 'Ben']
    expect(await home.coach(argv)).toMatchObject({ code: 0 })
    const { out } = await home.coach(['--notebook', 'new/work.db', 'people'])
    expect(out).toBe('Ben  not talked yet\n')
    expect(existsSync(home.notebook)).toBe(false)
  })

  test('is never made by a command that only reads, even with --new', async () => {
    const home = newHome()
    await home.coach(['--notebook', 'work.db', '--new', 'people'])
    expect(filesIn(home.folder)).toEqual([])
  })

  test.each([
    ['under a file', 'file/work.db'],
    ['far under a file', 'file/folder/work.db'],
    ['under a name that is too long', `${'x'.repeat(300)}.db`],
  ])('cannot be made %s: coach says why, and does not call it a bug', async (_where, path) => {
    const home = newHome()
    writeFileSync(join(home.folder, 'file'), 'mine')
    const outcome = await home.coach(['--notebook', path, '--new', 'person', 'add', 'Ben'])
    expect([5, 7]).toContain(outcome.code)
    expect(readFileSync(join(home.folder, 'file'), 'utf8')).toBe('mine')
    expect(filesIn(home.folder)).toEqual(['file'])
  })
})

describe('fault 37: a notebook that somebody else has open', () => {
  test('can be read while it is written elsewhere, and is not written', async () => {
    const home = newHome()
    await home.coach(['person', 'add', 'Ana'])
    const other = new DB(home.notebook)
    other.exec('BEGIN IMMEDIATE')
    try {
      expect(await home.coach(['people'])).toMatchObject({ code: 0 })
      const outcome = await home.coach(['person', 'add', 'Ben'])
      expect(outcome).toMatchObject({ code: 4, out: '' })
      expect(outcome.err).toContain('is in use by another program')
    } finally {
      other.close()
    }
    expect(query(home.notebook, 'SELECT name FROM person')).toEqual([{ name: 'Ana' }])
  })
})

/** Runs a command line with another folder as its home. */
async function coachAt(folder: string, argv: readonly string[]): Promise<{ code: number }> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const places = {
    notebook: join(folder, 'notebook.db'),
    config: folder,
    drafts: join(folder, 'drafts'),
  }
  const parts = { env: {}, stdin, stdout, stderr, cwd: folder, places, now: () => NOW }
  return { code: await main(argv, makeWorld(parts)) }
}
