import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createNotebook, openNotebook } from '../../../src/notebook/notebook.ts'
import { newHome, NOW } from '../../world.ts'
import {
  canBeSomebody,
  coachAsSomebody,
  filesIn,
  hashOfFile,
  newFolder,
  newOpenFolder,
  spawnCoach,
} from '../file.ts'

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

/** Does some work as if nothing had been said about who may read new files. */
async function withoutUmask<T>(work: () => T | Promise<T>): Promise<T> {
  const before = process.umask(0)
  try {
    return await work()
  } finally {
    process.umask(before)
  }
}

describe('fault 32: only its owner can read', () => {
  test('a new notebook and its new folder, whatever the umask', async () => {
    const path = join(newFolder(), 'new', 'notebook.db')
    await withoutUmask(() => createNotebook(path, NOW))
    expect([modeOf(path), modeOf(join(path, '..'))]).toEqual(['600', '700'])
  })

  test('a home that the program makes, and all that is in it', async () => {
    const home = join(newFolder(), 'home')
    await withoutUmask(async () => await spawnCoach(home, 'person', 'add', 'Ana'))
    expect(modeOf(home)).toBe('700')
    expect(filesIn(home).map((name) => [name, modeOf(join(home, name))])).toEqual([
      ['last-notebook.json', '600'],
      ['notebook.db', '600'],
    ])
  })

  test('what the program remembers, whatever the umask', async () => {
    const home = newHome()
    await withoutUmask(async () => await home.coach(['person', 'add', 'Ana']))
    expect(modeOf(join(home.folder, 'last-notebook.json'))).toBe('600')
  })

  test('a notebook that was readable by others, from the next opening on', async () => {
    const home = newHome()
    await home.coach(['person', 'add', 'Ana'])
    chmodSync(home.notebook, 0o644)
    await home.coach(['people'])
    expect(modeOf(home.notebook)).toBe('600')
  })
})

test('a notebook that cannot be written says so only when it is written to', () => {
  const path = join(newFolder(), 'notebook.db')
  createNotebook(path, NOW)
  const notebook = openNotebook(path, () => NOW)
  expect(notebook.people.list()).toEqual([])
  notebook.close()
})

// Root passes every check of permissions, so the program is run as somebody else, where the machine can do that.
describe.skipIf(!canBeSomebody())(
  'fault 31: as a user to whom the files do not belong (needs setpriv)',
  () => {
    /** A home with one action item, by the modes of its folder and its notebook. */
    const homeWith = async (folderMode: number, fileMode: number) => {
      const home = join(newOpenFolder(), 'home')
      await spawnCoach(home, 'person', 'add', 'Ana')
      await spawnCoach(home, 'action', 'add', 'ana', 'send', 'the', 'deck')
      chmodSync(join(home, 'notebook.db'), fileMode)
      chmodSync(home, folderMode)
      return home
    }
    const WRITERS = [
      ['person', 'add', 'Ben'],
      ['action', 'add', 'ana', 'call'],
      ['done', '1'],
      ['delete', 'action', '1', '--yes'],
    ]
    const READERS = [['today'], ['people'], ['review'], ['history'], ['action', 'show', '1']]

    describe.each([
      ['a notebook and a folder that cannot be written', 0o755, 0o644],
      ['a notebook that cannot be written', 0o777, 0o644],
      ['a folder that cannot be written', 0o755, 0o666],
    ])('%s', (_what, folderMode, fileMode) => {
      test('can be read', async () => {
        const home = await homeWith(folderMode, fileMode)
        for (const argv of READERS) {
          expect([argv, coachAsSomebody(home, ...argv).code]).toEqual([argv, 0])
        }
        expect(coachAsSomebody(home, 'review').out).toContain('send the deck')
      })

      test('is not written, and says what is safe and what to do', async () => {
        const home = await homeWith(folderMode, fileMode)
        const path = join(home, 'notebook.db')
        const before = hashOfFile(path)
        for (const argv of WRITERS) {
          const { code, out, err } = coachAsSomebody(home, ...argv)
          expect([argv, code, out]).toEqual([argv, 7, ''])
          expect(err).toContain(`${path} cannot be written. What it holds is safe and can be read.`)
          expect(err).toContain('Give yourself permission')
        }
        expect(hashOfFile(path)).toBe(before)
        expect(filesIn(home)).toEqual(['last-notebook.json', 'notebook.db'])
      })
    })

    test('a new notebook in a folder that cannot be written is told, and leaves nothing', () => {
      const home = newOpenFolder()
      const { code, err } = coachAsSomebody(home, 'person', 'add', 'Ana')
      expect(code).toBe(7)
      expect(err).toContain(home)
      expect(filesIn(home)).toEqual([])
    })

    test('a new home in a folder that cannot be written is told, and leaves nothing', () => {
      const folder = newOpenFolder()
      const { code } = coachAsSomebody(join(folder, 'home'), 'person', 'add', 'Ana')
      expect(code).toBe(7)
      expect(filesIn(folder)).toEqual([])
    })

    describe.each([
      ['a home that cannot be entered', 0o700, 0o600],
      ['a notebook that cannot be read', 0o755, 0o600],
    ])('%s', (_what, folderMode, fileMode) => {
      test.each([
        ['a reader', READERS],
        ['a writer', WRITERS],
      ])('is not taken for an empty one by %s', async (_who, commands) => {
        const home = await homeWith(folderMode, fileMode)
        for (const argv of commands) {
          const { code, out, err } = coachAsSomebody(home, ...argv)
          expect([argv, out]).toEqual([argv, ''])
          expect([5, 7]).toContain(code)
          expect(err).toContain(join(home, 'notebook.db'))
        }
      })
    })

    test('a question bank that cannot be read is told and left out', async () => {
      const home = await homeWith(0o755, 0o644)
      mkdirSync(join(home, 'question-banks', 'odd.yaml'), { recursive: true, mode: 0o700 })
      chmodSync(join(home, 'question-banks'), 0o755)
      const { code, err } = coachAsSomebody(home, 'prep', 'ana')
      expect(code).toBe(0)
      expect(err).toContain('odd.yaml')
    })
  },
)
