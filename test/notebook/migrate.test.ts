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
import { describe, expect, test, vi } from 'vitest'
import { connect } from '../../src/notebook/file/connect.ts'
import { applyMissing } from '../../src/notebook/schema/apply-migrations.ts'
import { MIGRATIONS } from '../../src/notebook/schema/migrations.ts'
import { formatOf } from '../../src/notebook/schema/store-row.ts'
import { upgrade } from '../../src/notebook/upgrade.ts'
import { environment } from '../ask/terminal/process.ts'
import { type Home, newHome } from '../world.ts'
import {
  canBeSomebody,
  coachAsSomebody,
  filesIn,
  hashOfFile,
  newFolder,
  newOpenFolder,
  query,
  spawnCoach,
  tamper,
} from './file.ts'
import { homeOfOld, OLD_FORMATS, rowsOfOld, writeOld } from './older.ts'

const NOON = new Date('2026-12-01T12:00:00Z')
const SAID = 'Your notebook has been brought up to date. A copy from before is at '

const READERS: readonly (readonly string[])[] = [
  ['today'],
  ['today', '--json'],
  ['people', '--all'],
  ['people', '--json'],
  ['person', 'show', 'ben'],
  ['review', '--all'],
  ['review', '--json'],
  ['history'],
  ['history', '--json'],
  ['show', '1'],
  ['show', '1', '--json'],
  ['show', '2', '--format', 'yaml'],
  ['prep', 'ana', '--private'],
  ['prep', 'cara'],
  ['action', 'show', '1'],
  ['opportunity', 'list', '--json'],
  ['opportunity', 'list', '--all'],
  ['skill', 'show', 'questioning', '--person', 'ana'],
  ['questions', 'pick', 'ana'],
  ['export', 'all'],
  ['export', 'session', '1', '--shared'],
  ['export', 'person', 'ana'],
  ['due', '--person', 'cara'],
  ['recap', 'ana'],
  ['review', '--look', '--why'],
  ['note', '--list'],
  ['goal', 'list', '--json'],
]

const WRITERS: readonly (readonly string[])[] = [
  ['person', 'add', 'Dora'],
  ['done', '1'],
  ['opportunity', 'add', 'ana', 'Northwind'],
  ['delete', 'session', '3', '--yes'],
  ['undo'],
  ['carry', '3', '--to', 'in 3 weeks'],
  ['action', 'edit', '1', '--repeat', 'every 2 weeks'],
  ['note', 'ana', 'Ask', 'about', 'the', 'calls.'],
  ['goal', 'add', 'ana', 'lead', 'a', 'renewal'],
  ['session', 'ana', '--move', 'fri'],
]

/** What is there to be read from the format on that brought it. */
const READERS_OF = {
  1: [],
  2: [
    ['opportunity', 'show', 'northwind'],
    ['opportunity', 'show', 'contoso', '--json'],
    ['show', '4'],
    ['action', 'show', '5', '--json'],
  ],
  3: [
    ['goal', 'show', '1'],
    ['opportunity', 'show', 'fabrikam'],
    ['export', 'all', '--format', 'ics'],
    ['review', '--all', '--json'],
  ],
  4: [
    ['goal', 'show', '1'],
    ['note', '--list', '--json'],
    ['export', 'all', '--format', 'ics'],
  ],
} as const

/** Statements after which the steps fail, by where they do. */
const BROKEN: Readonly<
  Record<(typeof OLD_FORMATS)[number], readonly (readonly [where: string, sql: string])[]>
> = {
  1: [
    ['at the first statement', 'CREATE INDEX opportunity ON person (name)'],
    ['at the last statement of a step', 'CREATE TABLE session_by_opportunity (a)'],
    ['at the last statement of all', 'CREATE TABLE answer_opened (a)'],
    ['at the look at foreign keys', 'UPDATE answer SET session_id = 99 WHERE id = 90'],
  ],
  2: [
    ['at the first statement', 'CREATE INDEX goal ON person (name)'],
    ['at the last statement', 'CREATE TABLE answer_opened (a)'],
    ['at the look at foreign keys', 'UPDATE answer SET session_id = 99 WHERE id = 90'],
  ],
  3: [
    ['at the first statement', 'ALTER TABLE store ADD COLUMN private_told_at TEXT'],
    ['at the last statement', 'ALTER TABLE store ADD COLUMN draft_key TEXT'],
    ['at the look at foreign keys', 'UPDATE answer SET session_id = 99 WHERE id = 90'],
  ],
  4: [
    ['at the first statement', 'CREATE TABLE start (a)'],
    ['at the last statement', 'ALTER TABLE store ADD COLUMN calendar_base INTEGER'],
    ['at the look at foreign keys', 'UPDATE answer SET session_id = 99 WHERE id = 90'],
  ],
}

const pragma = (path: string, name: string) => query(path, `PRAGMA ${name}`)
const copiesIn = (home: Home) => filesIn(join(home.folder, 'backups'))
const theCopyIn = (home: Home) => {
  const [copy, ...more] = copiesIn(home)
  if (copy === undefined || more.length > 0) throw new Error(`${copiesIn(home).length} copies`)
  return join(home.folder, 'backups', copy)
}
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

  describe.each([...readers, ...WRITERS])('is opened by coach %s %s', (...argv) => {
    test('and is brought up to date, which is said once and never again', async () => {
      const home = homeOf()
      const first = await home.coach(argv)
      expect(first.code).toBe(0)
      expect(first.err.split(SAID)).toHaveLength(2)
      expect(first.err).toContain(SAID + theCopyIn(home))
      expect(first.out).not.toContain(SAID)
      expect(pragma(home.notebook, 'user_version')).toEqual([{ user_version: MIGRATIONS.length }])

      const again = await home.coach(['people'])
      expect(again).toMatchObject({ code: 0, err: '' })
      expect(copiesIn(home)).toHaveLength(1)
    })
  })

  test.each(readers)('coach %s %s tells the same before and after', async (...argv) => {
    const home = homeOf()
    const first = await home.coach(argv)
    expect(await home.coach(argv)).toMatchObject({ code: 0, out: first.out })
  })

  describe('and what it held', () => {
    test('is there row by row, but for the record of the steps', async () => {
      const home = homeOf()
      const { migration, ...before } = rowsOf(home.notebook)
      await home.coach(['people'])
      const { migration: steps, ...after } = rowsOf(home.notebook)
      expect(after).toEqual(before)
      expect(steps?.slice(0, format)).toEqual(migration)
      expect(steps).toHaveLength(MIGRATIONS.length)
    })

    test('can be read through the program', async () => {
      const home = homeOf()
      const texts = query(
        home.notebook,
        "SELECT value FROM answer WHERE state = 'answered' AND kind IN ('line', 'note', 'question') AND value IS NOT NULL UNION SELECT what FROM action_item UNION SELECT note FROM item_event WHERE note IS NOT NULL UNION SELECT name FROM person",
      )
      const { session = [], action_item: items = [] } = rowsOf(home.notebook)
      const shown: string[] = []
      for (const argv of [
        ...session.map((_, n) => ['show', String(n + 1), '--format', 'yaml']),
        ...items.map((_, n) => ['action', 'show', String(n + 1)]),
        ['people', '--all'],
      ]) {
        shown.push((await home.coach(argv)).out)
      }
      expect(texts.length).toBeGreaterThan(20)
      for (const row of texts) {
        const [text] = Object.values(Object(row))
        expect(shown.join('\n')).toContain(text)
      }
    })

    test('what was carried last then can be taken back now', async () => {
      const home = homeOf()
      expect((await home.coach(['undo'])).err).toContain(
        'Taken back: carried. Action item 3 is open',
      )
      const { out } = await home.coach(['action', 'show', '3', '--json'])
      expect(JSON.parse(out)).toMatchObject({ due_on: '2026-11-20', carried: 0 })
    })

    test('a check-in that was set then stays when the due day moves', async () => {
      const home = homeOf("UPDATE action_item SET check_in_on = '2026-11-25' WHERE id = 3")
      await home.coach(['action', 'edit', '3', '--due', '2026-12-18'])
      const { out } = await home.coach(['action', 'show', '3', '--json'])
      expect(JSON.parse(out)).toMatchObject({ check_in_on: '2026-11-25' })
    })

    test('a session that was prepared then is recorded now', async () => {
      const home = homeOf()
      const answers = 'person: Cara Lind\nreflection: { would_change: Wait longer. }\n'
      const { code, out } = await home.coach(['session', '--answers', '-'], answers)
      expect(code).toBe(0)
      expect(out).toMatch(/Session 3 · Cara Lind .* done/)
      expect(out).toContain('Asked one question and waited.')
    })
  })

  describe('once it was brought up to date', () => {
    test('is sound', async () => {
      const { notebook } = await broughtUpToDate()
      expect(pragma(notebook, 'foreign_key_check')).toEqual([])
      expect(pragma(notebook, 'integrity_check')).toEqual([{ integrity_check: 'ok' }])
      expect(pragma(notebook, 'application_id')).toEqual([{ application_id: 0x636f6163 }])
      const strays =
        'SELECT a.id FROM answer a JOIN session s ON s.id = a.session_id WHERE a.person_id IS NOT s.person_id'
      expect(query(notebook, strays)).toEqual([])
    })

    test('has the shape of a new one', async () => {
      const [old, fresh] = [await broughtUpToDate(), newHome()]
      await fresh.coach(['person', 'add', 'Ana'])
      const shapeOf = (path: string) =>
        query(path, 'SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name')
      expect(shapeOf(old.notebook)).toEqual(shapeOf(fresh.notebook))
    })

    test('says of each step what a new one says: no step was edited after it shipped', async () => {
      const [old, fresh] = [homeOf(), newHome()]
      await fresh.coach(['person', 'add', 'Ana'])
      const steps = `SELECT version, name, checksum FROM migration WHERE version <= ${format}`
      expect(query(old.notebook, steps)).toHaveLength(format)
      expect(query(fresh.notebook, steps)).toEqual(query(old.notebook, steps))
    })

    test('never gives a number a second time', async () => {
      const home = homeOf()
      const last = rowsOf(home.notebook)['session']?.length ?? 0
      await home.coach(['delete', 'session', String(last), '--yes'])
      if (last !== 3) await home.coach(['delete', 'session', '3', '--yes'])
      await home.coach(
        ['session', '--answers', '-'],
        'person: Cara Lind\nguide: quick\nobservation: { saw: x }\n',
      )
      expect((await home.coach(['history', 'cara', '--json'])).out).toContain(`"id": ${last + 1}`)
    })
  })

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

  describe('fault 41: a step that fails in the middle leaves the file as it was', () => {
    test.each(BROKEN[format])('%s', async (_where, more) => {
      const home = homeOf(`PRAGMA foreign_keys = OFF; ${more}`)
      const before = hashOfFile(home.notebook)
      for (const argv of [['people'], ['person', 'add', 'Dora']]) {
        const outcome = await home.coach(argv)
        expect([1, 5]).toContain(outcome.code)
        expect(outcome.out).toBe('')
        expect(hashOfFile(home.notebook)).toBe(before)
      }
      expect(pragma(home.notebook, 'user_version')).toEqual([{ user_version: format }])
      expect(filesIn(home.folder)).not.toContain('notebook.db-journal')
    })
  })

  test('fault 40: a notebook of the next format is refused as it was', async () => {
    const home = await broughtUpToDate()
    tamper(home.notebook, `PRAGMA user_version = ${MIGRATIONS.length + 1}`)
    const before = hashOfFile(home.notebook)
    const outcome = await home.coach(['people'])
    expect(outcome).toMatchObject({ code: 6, out: '' })
    expect(outcome.err).toContain('Upgrade coach.')
    expect(hashOfFile(home.notebook)).toBe(before)
  })

  test('fault 38: where another program is quicker between two looks, no copy of the new format is left', () => {
    const home = newFolder()
    const path = join(home, 'notebook.db')
    writeOld(format, path)
    const db = connect(path, { timeout: 0 })
    const other = connect(path, { timeout: 0 })
    const looking = vi.spyOn(db, 'pragma')
    looking.mockImplementationOnce(() => {
      const found = formatOf(other)
      applyMissing(other, NOON)
      return found
    })
    try {
      expect(upgrade(db, path, false, NOON, null)).toBe(null)
    } finally {
      looking.mockRestore()
      db.close()
      other.close()
    }
    expect(pragma(path, 'user_version')).toEqual([{ user_version: MIGRATIONS.length }])
    expect(existsSync(join(home, 'backups')) ? filesIn(join(home, 'backups')) : []).toEqual([])
  })

  test('fault 38: several programs at once bring it up to date once, and lose nothing', async () => {
    const home = newFolder()
    const path = join(home, 'notebook.db')
    writeOld(format, path)
    const { migration: _steps, ...before } = rowsOf(path)
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, async () => await spawnCoach(home, 'people')),
    )
    expect(outcomes.filter(({ code }) => code !== 0 && code !== 4)).toEqual([])
    const { migration, ...after } = rowsOf(path)
    expect(migration).toHaveLength(MIGRATIONS.length)
    expect(after).toEqual(before)
    for (const name of filesIn(join(home, 'backups'))) {
      expect(name).toMatch(/\.db$/)
      expect(rowsOf(join(home, 'backups', name)).migration).toHaveLength(format)
    }
  })
})
