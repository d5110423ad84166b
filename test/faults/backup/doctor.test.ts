import { spawn } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import DB from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { query, tamper } from '../../notebook/file.ts'
import { environment } from '../../ask/terminal/process.ts'
import {
  done,
  flipBitOf,
  homeWithNotes,
  notebookIn,
  pictureOf,
  run,
  spoil,
  theBackupIn,
} from '../kept.ts'

interface Finding {
  readonly level: string
  readonly id: string
  readonly what: string
  readonly todo: string | null
}

/** What `coach doctor --json` finds, after a look that the words on the screen tell the same and that nothing was written. */
async function findings(
  home: string,
  ...more: readonly string[]
): Promise<{ readonly code: number; readonly found: readonly Finding[] }> {
  const before = pictureOf(home)
  const { code, out, err } = await run(home, 'doctor', '--json', ...more)
  const words = await run(home, 'doctor', ...more)
  expect(pictureOf(home)).toEqual(before)
  expect([err, words.err, words.code]).toEqual(['', '', code])
  const found: readonly Finding[] = JSON.parse(out).findings
  const said = words.out.replaceAll(/\s+/g, '')
  for (const { what, todo } of found) {
    expect(said).toContain(what.replaceAll(/\s+/g, ''))
    expect(said).toContain((todo ?? '').replaceAll(/\s+/g, ''))
  }
  return { code, found }
}

const ids = (found: readonly Finding[]) => found.map(({ id }) => id)

test('coach doctor says that all is well, and writes nothing', async () => {
  const home = await homeWithNotes()
  await done(home, 'backup')
  for (const more of [[], ['--full']]) {
    expect(await findings(home, ...more)).toEqual({ code: 0, found: [] })
  }
  expect((await done(home, 'doctor')).out).toContain('All is well.')
})

describe('fault 25: one flipped bit in a note', () => {
  test.each([
    ['a note', 'The customer named the price', 'Note 2'],
    ['a name', 'Ben Okafor', 'Person 2'],
    ['an action item', 'write the first five minutes', 'Action item 1'],
  ])('%s is told by its number, and by none of its words', async (_what, text, said) => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    flipBitOf(notebookIn(home), text)
    expect(query(notebookIn(home), 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    const { code, found } = await findings(home, '--full')
    expect([code, ids(found)]).toEqual([5, ['altered']])
    expect(found[0]?.what).toBe(`${said} is not what it was when it was saved.`)
    expect((await findings(home)).code).toBe(0)
  })

  test('in an answer is told by its session', async () => {
    const home = await homeWithNotes()
    writeFileSync(
      join(home, 'a.yaml'),
      'person: Ana Silva\nguide: quick\nheld_on: 2026-11-20\nobservation: { saw: He asked for the budget. }\n',
    )
    await done(home, 'session', '--answers', 'a.yaml')
    flipBitOf(notebookIn(home), 'He asked for the budget')
    const { found } = await findings(home, '--full')
    expect(found[0]?.what).toBe(
      'An answer in session 1 (observation.saw) is not what it was when it was saved.',
    )
  })

  test('in a backup is told with the path of the backup', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    flipBitOf(theBackupIn(home), 'The customer named the price')
    const { code, found } = await findings(home, '--full')
    expect([code, ids(found)]).toEqual([0, ['backup', 'no-backup']])
    expect(found[0]?.what).toContain(theBackupIn(home))
  })
})

describe('a notebook that cannot be used is told as that, and the way back is named', () => {
  const CASES: readonly (readonly [
    what: string,
    spoilIt: (home: string) => void,
    code: number,
    id: string,
  ])[] = [
    ['fault 22: an empty file', (home) => writeFileSync(notebookIn(home), ''), 5, 'empty'],
    ['fault 22: a text', (home) => writeFileSync(notebookIn(home), 'notes'), 5, 'foreign'],
    [
      'fault 22: a folder',
      (home) => {
        rmSync(notebookIn(home))
        mkdirSync(notebookIn(home))
      },
      5,
      'foreign',
    ],
    ['fault 23: a file that is gone', (home) => rmSync(notebookIn(home)), 5, 'missing'],
    ['fault 24: a file that is spoilt', (home) => spoil(notebookIn(home)), 5, 'damaged'],
    [
      'fault 24: half a file',
      (home) => {
        const bytes = readFileSync(notebookIn(home))
        writeFileSync(notebookIn(home), bytes.subarray(0, bytes.length / 2))
      },
      5,
      'damaged',
    ],
    [
      'fault 40: a file of a newer coach',
      (home) => tamper(notebookIn(home), 'PRAGMA user_version = 999'),
      6,
      'newer',
    ],
    [
      'fault 43: a file of another line of coach',
      (home) => tamper(notebookIn(home), "UPDATE migration SET name = 'x' WHERE version = 3"),
      5,
      'steps',
    ],
  ]

  test.each(CASES)('%s', async (what, spoilIt, code, id) => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    spoilIt(home)
    const outcome = await findings(home, ...(what.includes('43') ? ['--full'] : []))
    expect([outcome.code, ids(outcome.found)]).toEqual([code, expect.arrayContaining([id])])
    expect(outcome.found.map(({ todo }) => todo).join()).toContain(
      code === 5 ? 'coach restore' : 'Upgrade coach.',
    )
  })

  test('fault 37: one that another program has locked', async () => {
    const home = await homeWithNotes()
    const other = new DB(notebookIn(home))
    onTestFinished(() => void other.close())
    other.exec('BEGIN EXCLUSIVE')
    // To look at its bytes from here would end the lock.
    const { code, out } = await run(home, 'doctor')
    expect([code, out]).toEqual([4, expect.stringContaining('is in use by another program')])
  })

  test('fault 26: one whose last write was cut off', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    const script = `
      const DB = require(process.argv[1]); const db = new DB(process.argv[2])
      db.pragma('cache_size = 5')
      db.exec("BEGIN IMMEDIATE; UPDATE note SET text = 'x' || text; CREATE TABLE filler (a)")
      db.exec('WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO filler SELECT randomblob(3000) FROM n')
      process.kill(process.pid, 'SIGKILL')`
    const sqlite = join(import.meta.dirname, '../../../node_modules/better-sqlite3')
    const child = spawn(process.execPath, ['-e', script, sqlite, notebookIn(home)], {
      env: environment(home),
    })
    await new Promise((resolve) => child.on('close', resolve))
    const { found } = await findings(home)
    expect(ids(found)).toContain('journal')
    expect(found.find(({ id }) => id === 'journal')?.todo).toContain('Leave that file')
    await done(home, 'people')
    expect(await findings(home, '--full')).toEqual({ code: 0, found: [] })
  })
})

describe('what lies about', () => {
  test('fault 28: second copies of the notebook, with what each of them holds', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    const names = [
      'notebook (conflicted copy 2026-11-20).db',
      "notebook (Ana's conflicted copy 2026-11-20).db",
      'notebook.sync-conflict-20261120-101010-ABCDEFG.db',
      'notebook 2.db',
      'notebook (1).db',
      'coach 2.db',
    ]
    for (const name of names) copyFileSync(notebookIn(home), join(home, name))
    for (const name of ['notebook-of-tom.db', 'other.db', 'notes 2.db']) {
      copyFileSync(notebookIn(home), join(home, name))
    }
    const { code, found } = await findings(home)
    expect(code).toBe(0)
    const told = found.filter(({ id }) => id === 'conflict')
    expect(told).toHaveLength(names.length)
    for (const name of names) expect(told.map(({ what }) => what).join('\n')).toContain(name)
    expect(told[0]?.what).toContain('2 people, 0 sessions, 1 action item and 3 notes')
  })

  test('half files of interrupted commands', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    const left = [
      'backups/notebook.0d2c2d4e-5a4f-4d9f-8d7e-1f2a3b4c5d6e.new',
      'notebook.1d2c2d4e-5a4f-4d9f-8d7e-1f2a3b4c5d6e.new',
      'notebook.db.new-3d2c2d4e-5a4f-4d9f-8d7e-1f2a3b4c5d6e',
      'notebook.db.look-4d2c2d4e-5a4f-4d9f-8d7e-1f2a3b4c5d6e',
      'notebook.db.under-another-key-5d2c2d4e-5a4f-4d9f-8d7e-1f2a3b4c5d6e.new',
      '.coach-2d2c2d4e-5a4f-4d9f-8d7e-1f2a3b4c5d6e.tmp',
    ]
    for (const name of left) writeFileSync(join(home, name), 'half', { mode: 0o600 })
    writeFileSync(join(home, 'mine.new'), 'mine')
    const { code, found } = await findings(home)
    expect([code, ids(found)]).toEqual([0, ['leftover']])
    for (const name of left) expect(found[0]?.what).toContain(join(home, name))
  })

  test('fault 32: files and folders that others may read', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    chmodSync(home, 0o755)
    chmodSync(notebookIn(home), 0o644)
    chmodSync(theBackupIn(home), 0o640)
    const { code, found } = await findings(home)
    expect([code, ids(found)]).toEqual([0, ['mode', 'mode']])
    expect(found.map(({ todo }) => todo)).toEqual([
      `Run: chmod 700 "${home}"`,
      `Run: chmod 600 "${notebookIn(home)}"`,
    ])
    expect(ids((await findings(home, '--full')).found)).toEqual(['mode', 'mode', 'mode'])
  })

  test('no backup, and backups that are no good', async () => {
    const home = await homeWithNotes()
    expect(ids((await findings(home)).found)).toEqual(['no-backup'])
    await done(home, 'backup')
    writeFileSync(join(home, 'backups', 'notebook-2026-11-23T0915-g000123.db'), '')
    expect(ids((await findings(home)).found)).toEqual(['backup'])
  })

  test('a folder that another program synchronises', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    mkdirSync(join(home, 'Dropbox'))
    copyFileSync(notebookIn(home), join(home, 'Dropbox', 'mine.db'))
    const { out } = await run(home, '--notebook', 'Dropbox/mine.db', 'doctor')
    expect(out).toContain('Its folder is synchronised by Dropbox.')
  })
})

test('fault 53: names of files cannot act on the terminal', async () => {
  const home = await homeWithNotes()
  writeFileSync(join(home, 'notebook (conflicted copy \x1b]0;x\x07).db'), 'x')
  for (const more of [[], ['--full'], ['--json']]) {
    expect((await run(home, 'doctor', ...more)).out).not.toMatch(/\p{Cc}(?<!\n)/u)
  }
})

test('coach doctor says that an empty home is well, and leaves it empty', async () => {
  const home = await homeWithNotes()
  const empty = join(home, 'empty')
  mkdirSync(empty)
  renameSync(join(home, 'notebook.db'), join(home, 'away.db'))
  symlinkSync(join(home, 'nowhere.db'), join(home, 'dangling.db'))
  const { code, found } = await findings(empty)
  expect([code, ids(found)]).toEqual([0, ['none']])
  expect(pictureOf(empty)).toEqual([])
  rmSync(join(home, 'dangling.db'))
})
