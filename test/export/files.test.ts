import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { answersFor, feed } from '../ask/file/feed.ts'
import { personNamed } from '../commands/followup/played.ts'
import { canBeSomebody, coachAsSomebody, newOpenFolder, spawnCoach } from '../notebook/file.ts'
import { type Home, newHome } from '../world.ts'

/** A home with one finished session, and a folder for exports. */
async function homeWithExports(): Promise<Home & { readonly out: string }> {
  const home = newHome()
  await feed(home, answersFor('Ana Silva', { reflection: { went_well: 'All of it.' } }))
  const out = join(home.folder, 'out')
  mkdirSync(out)
  return { ...home, out }
}

const ODD: readonly (readonly [what: string, make: (path: string) => void])[] = [
  ['a file', (path) => writeFileSync(path, 'mine')],
  ['an empty file', (path) => writeFileSync(path, '')],
  [
    'a link to a file',
    (path) => {
      writeFileSync(`${path}.target`, 'mine')
      symlinkSync(`${path}.target`, path)
    },
  ],
  ['a link to nowhere', (path) => symlinkSync(`${path}.gone`, path)],
  ['a pipe', (path) => execFileSync('mkfifo', [path])],
]

/** What stands at a path, without following links or reading from pipes. */
function whatStands(path: string): unknown {
  const found = lstatSync(path)
  if (found.isSymbolicLink())
    return [readlinkSync(path), existsSync(path) && readFileSync(path, 'utf8')]
  return found.isFile() ? readFileSync(path, 'utf8') : `mode ${found.mode}`
}

describe('fault 49: what stands there already is left as it is', () => {
  test.each(ODD)('%s', async (_what, make) => {
    const home = await homeWithExports()
    const path = join(home.out, 'ana.md')
    make(path)
    const before = [whatStands(path), readdirSync(home.out)]
    const outcome = await home.coach(['export', 'session', '1', '-o', 'out/ana.md'])
    expect(outcome).toMatchObject({ code: 2, out: '' })
    expect(outcome.err).toContain(path)
    expect([whatStands(path), readdirSync(home.out)]).toEqual(before)
  })

  test.each(ODD.slice(2))('%s, with --force', async (_what, make) => {
    const home = await homeWithExports()
    const path = join(home.out, 'ana.md')
    make(path)
    const before = [whatStands(path), readdirSync(home.out)]
    const outcome = await home.coach(['export', 'session', '1', '-o', 'out/ana.md', '--force'])
    expect(outcome).toMatchObject({ code: 2, out: '' })
    expect(outcome.err).toContain(`${path} is not a plain file.`)
    expect([whatStands(path), readdirSync(home.out)]).toEqual(before)
  })

  test('a file of the name that the program would have used meanwhile', async () => {
    const home = await homeWithExports()
    const path = join(home.out, `.coach-${process.pid}.tmp`)
    writeFileSync(path, 'mine')
    await home.coach(['export', 'session', '1', '-o', 'out/ana.md'])
    expect(readFileSync(path, 'utf8')).toBe('mine')
  })
})

test('fault 49: a plain file is replaced with --force, and nothing else is left', async () => {
  const home = await homeWithExports()
  const path = join(home.out, 'ana.md')
  writeFileSync(path, 'mine', { mode: 0o644 })
  chmodSync(path, 0o644)
  const outcome = await home.coach(['export', 'session', '1', '-o', 'out/ana.md', '--force'])
  expect(outcome).toMatchObject({ code: 0, out: '', err: `Wrote ${path}\n` })
  expect(readFileSync(path, 'utf8')).toContain('All of it.')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(home.out)).toEqual(['ana.md'])
})

test('a file says the same as the screen', async () => {
  const home = await homeWithExports()
  const { out } = await home.coach(['export', 'session', '1'])
  await home.coach(['export', 'session', '1', '-o', 'out/ana.md'])
  expect(readFileSync(join(home.out, 'ana.md'), 'utf8')).toBe(out)
  expect((await home.coach(['export', 'session', '1', '-o', '-'])).out).toBe(out)
})

test('only its owner can read what is exported, whatever the umask', async () => {
  const home = await homeWithExports()
  const before = process.umask(0)
  try {
    await home.coach(['export', 'session', '1', '-o', 'new/'])
  } finally {
    process.umask(before)
  }
  const folder = join(home.folder, 'new')
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, 'session-1-ana-silva.md')).mode & 0o777).toBe(0o600)
})

describe('fault 50: the name of a file in a folder', () => {
  test.each([
    [['session', '1'], ['session-1-ana-silva.md']],
    [['person', 'ana'], ['1-ana-silva.md']],
    [['all'], ['1-ana-silva.md']],
  ])('is made from what is exported: %j', async (argv, files) => {
    const home = await homeWithExports()
    for (const folder of ['out', 'out/', 'new/']) {
      await home.coach(['export', ...argv, '-o', folder, '--force'])
      expect(readdirSync(join(home.folder, folder))).toEqual(files)
    }
  })

  test.each([
    '../../etc/passwd',
    '..',
    '/etc/passwd',
    'C:\\Windows\\x',
    '-rf',
    '.hidden',
    'CON',
    'nul',
    'Aux',
    'com1',
    '日本',
    '***',
    'Ana: Silva?',
    'x'.repeat(300),
    'Zoë Müller-Østergård',
    'a\u0301'.repeat(80),
  ])('is harmless for %s', async (name) => {
    const home = newHome()
    await personNamed(home, name)
    await home.coach(['person', 'add', 'Ben'])
    for (const argv of [['person', name], ['all']]) {
      const { code } = await home.coach(['export', '-o', 'out/', '--force', '--', ...argv])
      expect(code).toBe(0)
    }
    for (const file of readdirSync(join(home.folder, 'out'))) {
      expect(file).toMatch(/^[a-z0-9][a-z0-9-]*\.md$/)
      expect(file).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\./)
      expect(Buffer.byteLength(file)).toBeLessThanOrEqual(100)
    }
    expect(readdirSync(dirname(home.folder))).not.toContain('passwd')
  })

  test('two people whose names look alike keep their own files', async () => {
    const home = newHome()
    for (const name of ['日本', '中国']) await home.coach(['person', 'add', name])
    await home.coach(['export', 'all', '-o', 'out/'])
    expect(readdirSync(join(home.folder, 'out'))).toHaveLength(2)
  })
})

describe('fault 31, 49: what cannot be written is told, and the notebook is safe', () => {
  test.each([
    ['in a folder that is not there', 'gone/ana.md'],
    ['under a file', 'plain/ana.md'],
    ['under a name that is too long', `${'x'.repeat(300)}.md`],
  ])('%s', async (_where, path) => {
    const home = await homeWithExports()
    writeFileSync(join(home.folder, 'plain'), 'mine')
    const outcome = await home.coach(['export', 'session', '1', '-o', path])
    expect(outcome).toMatchObject({ code: 7, out: '' })
    expect(outcome.err).toContain('could not be written')
    expect(outcome.err).toContain('Your notebook is safe.')
    expect(readFileSync(join(home.folder, 'plain'), 'utf8')).toBe('mine')
  })

  test.skipIf(!canBeSomebody())('in a folder of somebody else', async () => {
    const folder = newOpenFolder()
    const home = join(folder, 'home')
    await spawnCoach(home, 'person', 'add', 'Ana')
    chmodSync(join(home, 'notebook.db'), 0o644)
    chmodSync(home, 0o755)
    const { code, err } = coachAsSomebody(home, 'export', 'all', '-o', join(folder, 'ana.md'))
    expect(code).toBe(7)
    expect(err).toContain('it is not allowed')
    expect(readdirSync(folder)).toEqual(['home'])
  })
})

test.each([
  [['nonsense'], 2, '“nonsense” cannot be exported.'],
  [['session'], 2, 'Which session?'],
  [['person'], 2, 'Which person?'],
  [['all', 'ana'], 2, '“export all” takes no name.'],
  [['session', '9'], 3, 'There is no session 9.'],
  [['session', 'ana'], 2, '“ana” is not the number of a session.'],
  [['person', 'ben'], 3, 'There is nobody called “ben”'],
  [['session', '1', '--format', 'doc'], 2, '--format takes'],
])('coach export %j says what is wrong', async (argv, code, problem) => {
  const home = await homeWithExports()
  const outcome = await home.coach(['export', ...argv])
  expect(outcome).toMatchObject({ code, out: '' })
  expect(outcome.err).toContain(problem)
})
