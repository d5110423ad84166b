import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { answersFor, feed } from '../ask/file/feed.ts'
import { canBeSomebody, coachAsSomebody, newOpenFolder } from '../notebook/file.ts'
import { run, runScript } from '../ask/terminal/process.ts'
import { type Home, newHome } from '../world.ts'
import { folderWith, homeWith } from '../questions/home.ts'
import { BAD, CANARY, GOOD, expectShipped } from './expect-told.ts'

describe('a place with something odd in it', () => {
  const odd: readonly (readonly [what: string, make: (home: Home) => void, problem: RegExp])[] = [
    [
      'a folder called like a bank',
      ({ folder }) => mkdirSync(join(folder, BAD), { recursive: true }),
      /bad\.yaml:1:1 is not a file/,
    ],
    [
      'a link to nothing',
      ({ folder }) => link('nowhere', join(folder, BAD)),
      /bad\.yaml:1:1 cannot be read/,
    ],
    [
      'a link to itself',
      ({ folder }) => link('bad.yaml', join(folder, BAD)),
      /bad\.yaml:1:1 cannot be read/,
    ],
    [
      'a file of another ending',
      ({ folder }) => {
        mkdirSync(join(folder, 'question-banks'))
        writeFileSync(join(folder, 'question-banks/bad.yml'), GOOD)
      },
      /bad\.yml:1:1 is not read: the name of a bank or guide ends in \.yaml/,
    ],
    [
      'a file where the folder of banks should be',
      ({ folder }) => writeFileSync(join(folder, 'question-banks'), CANARY),
      /question-banks:1:1 is a file, where a folder should be/,
    ],
    [
      'a file where the folder of guides should be',
      ({ folder }) => writeFileSync(join(folder, 'guides'), CANARY),
      /guides:1:1 is a file, where a folder should be/,
    ],
    [
      'a link to itself where the folder of banks should be',
      ({ folder }) => symlinkSync('question-banks', join(folder, 'question-banks')),
      /question-banks:1:1 cannot be read/,
    ],
    [
      'a folder where the words should be',
      ({ folder }) => mkdirSync(join(folder, 'config.yaml')),
      /config\.yaml:1:1 is not a file/,
    ],
    [
      'a link to nothing where the words should be',
      ({ folder }) => symlinkSync('nowhere', join(folder, 'config.yaml')),
      /config\.yaml:1:1 cannot be read/,
    ],
    [
      'words that are not text',
      ({ folder }) => writeFileSync(join(folder, 'config.yaml'), Buffer.from([0xff, 0x00])),
      /config\.yaml:1:1 is not text in UTF-8/,
    ],
  ]
  const made = (make: (home: Home) => void): Home => {
    const home = newHome()
    make(home)
    return home
  }

  test.each(odd)(
    '%s: the shipped banks are listed, and it is told',
    async (_what, make, problem) => {
      const { code, out, err } = await made(make).coach(['questions', 'list'])
      expect(code).toBe(2)
      expectShipped(out)
      expect(err).toMatch(problem)
      expect(err).not.toContain(CANARY)
    },
  )

  test.each(odd)('%s: coach questions banks tells it', async (_what, make, problem) => {
    const { code, err } = await made(make).coach(['questions', 'banks'])
    expect([code, err]).toEqual([2, expect.stringMatching(problem)])
  })

  test.each(odd)('%s: a session goes on', async (_what, make, problem) => {
    const { code, err } = await feed(made(make), answersFor('Ana'))
    expect([code, err]).toEqual([0, expect.stringMatching(problem)])
    expect(err).toMatch(/^Left out: /)
  })

  test('files that are no YAML, and folders inside, are ignored', async () => {
    const home = homeWith({
      'question-banks/README.md': CANARY,
      'question-banks/.git/config': CANARY,
      'question-banks/old/bad.yaml': CANARY,
    })
    expect(await home.coach(['questions', 'banks'])).toMatchObject({ code: 0 })
  })
})

function link(to: string, path: string): void {
  mkdirSync(join(path, '..'), { recursive: true })
  symlinkSync(to, path)
}

describe('a pipe', () => {
  test.each([BAD, 'guides/bad.yaml', 'config.yaml'])(
    'as %s does not make the program wait',
    async (name) => {
      const folder = folderWith({ 'question-banks/x.txt': '', 'guides/x.txt': '' })
      execFileSync('mkfifo', [join(folder, name)])
      const { code, out, err } = await run(folder, 'questions', 'list')
      expect(code).toBe(2)
      expectShipped(out)
      expect(err).toMatch(/(bad|config)\.yaml:1:1 is not a file/)
    },
  )

  test('can be linted', async () => {
    const folder = folderWith({})
    const { code, out } = await runScript(
      folder,
      'coach questions lint <(echo "Did you call him?")',
    )
    expect([code, out]).toEqual([0, expect.stringContaining('closed')])
  })
})

describe('a folder that may not be read', () => {
  const isRoot = process.getuid?.() === 0

  test.skipIf(isRoot)('is told, and the shipped banks are listed', async () => {
    const home = homeWith({ [BAD]: GOOD })
    chmodSync(join(home.folder, 'question-banks'), 0)
    const { code, out, err } = await home.coach(['questions', 'list'])
    expect([code, err]).toEqual([2, expect.stringMatching(/question-banks:1:1 cannot be read/)])
    expectShipped(out)
    expect((await feed(home, answersFor('Ana'))).code).toBe(0)
  })

  test.skipIf(!canBeSomebody())(
    'by somebody else is told, and the shipped banks are listed',
    () => {
      const folder = newOpenFolder()
      mkdirSync(join(folder, 'question-banks'), { mode: 0o700 })
      const { code, out, err } = coachAsSomebody(folder, 'questions', 'list')
      expect([code, err]).toEqual([2, expect.stringMatching(/question-banks:1:1 cannot be read/)])
      expectShipped(out)
    },
  )

  test.skipIf(!canBeSomebody())('by somebody else is no bug where a flag names it', () => {
    const folder = newOpenFolder()
    mkdirSync(join(folder, 'closed/team'), { recursive: true, mode: 0o700 })
    for (const bank of ['closed', 'closed/team']) {
      const path = join(folder, bank)
      const { code, err } = coachAsSomebody(folder, 'questions', 'list', '--bank', path)
      expect([code, err]).toEqual([2, expect.stringContaining(path)])
    }
  })
})
