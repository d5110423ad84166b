import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { environment } from '../../ask/terminal/process.ts'
import { type Home, newHome } from '../../world.ts'
import { canBeSomebody, coachAsSomebody, filesIn, hashOfFile, newOpenFolder } from '../file.ts'
import { homeOfOld, OLD_FORMATS, rowsOfOld, writeOld } from '../older.ts'
import { READERS, READERS_OF, SAID, WRITERS, copiesIn, pragma, theCopyIn } from './old-homes.ts'

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

describe.each(OLD_FORMATS)('fault 42: a notebook of format %s', (format) => {
  const homeOf = (more = '') => homeOfOld(format, more)
  const rowsOf = (path: string) => rowsOfOld(format, path)
  const readers = [...READERS, ...READERS_OF[format]]

  /** A home whose notebook has just been brought up to date by a reader. */
  async function broughtUpToDate(): Promise<Home> {
    const home = homeOf()
    expect(await home.coach(['people'])).toMatchObject({ code: 0 })
    return home
  }

  describe('the copy from before', () => {
    test('is a whole notebook of that format, with every row', async () => {
      const home = homeOf()
      const before = rowsOf(home.notebook)
      await home.coach(['people'])
      const copy = theCopyIn(home)
      expect(rowsOf(copy)).toEqual(before)
      expect(pragma(copy, 'integrity_check')).toEqual([{ integrity_check: 'ok' }])
      expect(pragma(copy, 'user_version')).toEqual([{ user_version: format }])
      expect(pragma(copy, 'application_id')).toEqual([{ application_id: 0x636f6163 }])
    })

    test('can be read by its owner alone, whatever the umask', async () => {
      const home = homeOf()
      const before = process.umask(0)
      try {
        await home.coach(['people'])
      } finally {
        process.umask(before)
      }
      expect(modeOf(theCopyIn(home))).toBe('600')
      expect(modeOf(join(home.folder, 'backups'))).toBe('700')
    })

    test('put in the place of the notebook, is opened and brought up to date again', async () => {
      const home = await broughtUpToDate()
      const copy = theCopyIn(home)
      const aside = join(home.folder, 'copy.db')
      copyFileSync(copy, aside)
      rmSync(copy)
      copyFileSync(aside, home.notebook)
      expect((await home.coach(['people'])).out).toContain('Ana Silva')
      expect(rowsOf(theCopyIn(home))).toEqual(rowsOf(aside))
    })

    test('of another notebook stands beside that one', async () => {
      const home = newHome()
      mkdirSync(join(home.folder, 'work'))
      const path = join(home.folder, 'work', 'mine.db')
      writeOld(format, path)
      const { code, err } = await home.coach(['--notebook', path, 'people'])
      expect(code).toBe(0)
      expect(err).toContain(`${SAID}${join(home.folder, 'work', 'backups')}`)
      expect(filesIn(join(home.folder, 'work', 'backups'))).toHaveLength(1)
    })

    test('does not stand in the way of another one', async () => {
      const home = homeOf()
      mkdirSync(join(home.folder, 'backups'))
      writeFileSync(join(home.folder, 'backups', 'mine.db'), 'mine')
      await home.coach(['people'])
      expect(copiesIn(home)).toHaveLength(2)
      expect(readFileSync(join(home.folder, 'backups', 'mine.db'), 'utf8')).toBe('mine')
    })
  })

  describe('fault 41: where no copy can be made, nothing is changed', () => {
    const expectRefused = async (home: Home) => {
      const before = hashOfFile(home.notebook)
      for (const argv of [...readers.slice(0, 6), ...WRITERS]) {
        const outcome = await home.coach(argv)
        expect([argv, outcome.code, outcome.out]).toEqual([argv, 7, ''])
        expect(outcome.err).toContain(home.notebook)
        expect(outcome.err).toContain('Nothing was changed.')
      }
      expect(hashOfFile(home.notebook)).toBe(before)
    }

    test('a file stands in the place of the folder', async () => {
      const home = homeOf()
      writeFileSync(join(home.folder, 'backups'), 'mine')
      await expectRefused(home)
      expect(readFileSync(join(home.folder, 'backups'), 'utf8')).toBe('mine')
    })

    test('there is no room for it', async () => {
      const home = homeOf()
      const before = hashOfFile(home.notebook)
      // A limit on the size of files stands in for a disk that is full: the copy is larger.
      const script = `trap '' XFSZ; ulimit -f 16; exec "$NODE" "$BIN" people`
      const env = environment(home.folder)
      const run = spawnSync('bash', ['-c', script], { env, encoding: 'utf8' })
      expect([run.status, run.stdout]).toEqual([7, ''])
      expect(run.stderr).toContain('Nothing was changed.')
      expect(hashOfFile(home.notebook)).toBe(before)
      expect(existsSync(`${home.notebook}-journal`)).toBe(false)
      expect(copiesIn(home)).toEqual([])
    })

    // Root passes every check of permissions, so the program is run as somebody else, where the machine can do that.
    describe.skipIf(!canBeSomebody())('as a user to whom the files do not belong', () => {
      test.each([
        ['the notebook cannot be written', 0o777, 0o444, null],
        ['its folder cannot be written', 0o555, 0o666, null],
        ['the folder of copies cannot be written', 0o777, 0o666, 0o555],
      ])('%s', (_what, folderMode, fileMode, backupsMode) => {
        const home = join(newOpenFolder(), 'home')
        mkdirSync(home)
        const path = join(home, 'notebook.db')
        writeOld(format, path)
        if (backupsMode !== null) {
          mkdirSync(join(home, 'backups'))
          chmodSync(join(home, 'backups'), backupsMode)
        }
        chmodSync(path, fileMode)
        chmodSync(home, folderMode)
        const before = hashOfFile(path)
        for (const argv of [['people'], ['review', '--json'], ['person', 'add', 'Dora']]) {
          const { code, out, err } = coachAsSomebody(home, ...argv)
          expect([argv, code, out]).toEqual([argv, 7, ''])
          expect(err).toContain('Nothing was changed.')
          expect(err).toContain('permission')
        }
        expect(hashOfFile(path)).toBe(before)
        expect(filesIn(home).filter((name) => name.startsWith('notebook'))).toEqual(['notebook.db'])
      })
    })
  })
})
