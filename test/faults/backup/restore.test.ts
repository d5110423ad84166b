import { spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  lstatSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import DB from 'better-sqlite3'
import { assert, asyncProperty, constantFrom, oneof, record, string } from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { MIGRATIONS } from '../../../src/notebook/schema/migrations.ts'
import { hashOfFile, newFolder, query } from '../../notebook/file.ts'
import { OLD_FORMATS, rowsOfOld, writeOld } from '../../notebook/older.ts'
import { commandLine, environment } from '../../ask/terminal/process.ts'
import { startCoach } from '../../ask/terminal/pty.ts'
import { newHome } from '../../world.ts'
import {
  backupsIn,
  done,
  generationIn,
  homeWithNotes,
  notebookIn,
  rowsIn,
  run,
  spoil,
} from '../kept.ts'

const asideIn = (home: string, end: string) => {
  const name = backupsIn(home).find((one) => one.endsWith(end))
  if (name === undefined) throw new Error(`there is none: ${backupsIn(home).join(', ')}`)
  return join(home, 'backups', name)
}

describe('fault 46: a backup, the notebook wiped, the backup restored', () => {
  test('gives the same, row for row', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    const before = rowsIn(notebookIn(home))
    const written = generationIn(notebookIn(home))
    rmSync(notebookIn(home))
    const { err } = await done(home, 'restore', 'latest', '--yes')
    expect(err).toContain(`Restored ${notebookIn(home)}`)
    expect(rowsIn(notebookIn(home))).toEqual(before)
    expect(generationIn(notebookIn(home))).toBeGreaterThan(written)
    expect(statSync(notebookIn(home)).mode & 0o777).toBe(0o600)
    expect((await done(home, 'note', '--list', 'ana')).out).toContain('She waited ten seconds')
    expect(query(notebookIn(home), 'PRAGMA application_id')).toEqual([
      { application_id: 0x636f6163 },
    ])
  })

  test('whatever the texts are', async () => {
    const text = oneof(
      string({ unit: 'binary', minLength: 1 }),
      constantFrom('é', '👩‍👧', '–', "it's"),
    )
    await assert(
      asyncProperty(record({ note: text, what: text }), async ({ note, what }) => {
        const home = newHome()
        onTestFinished(() => rmSync(home.folder, { recursive: true, force: true }))
        await home.coach(['person', 'add', 'Ana'])
        await home.coach(['note', 'ana', '--', note])
        await home.coach(['action', 'add', 'ana', '--', what])
        const before = rowsIn(home.notebook)
        expect((await home.coach(['backup'])).code).toBe(0)
        writeFileSync(home.notebook, '')
        expect((await home.coach(['restore', 'latest', '--yes'])).code).toBe(0)
        expect(rowsIn(home.notebook)).toEqual(before)
      }),
      { numRuns: 10 },
    )
  })
})

describe('fault 47: a restore over a newer notebook', () => {
  test('keeps what was there as a copy, and counts on above both', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    await done(home, 'note', 'ben', 'written later')
    const before = rowsIn(notebookIn(home))
    const written = generationIn(notebookIn(home))
    await done(home, 'restore', 'latest', '--yes')
    expect(rowsIn(asideIn(home, '-before-restore.db'))).toEqual(before)
    expect(rowsIn(notebookIn(home))).toEqual(rowsIn(asideIn(home, '-by-hand.db')))
    expect(generationIn(notebookIn(home))).toBe(written + 1)
    await done(home, 'restore', asideIn(home, '-before-restore.db'), '--yes')
    expect(rowsIn(notebookIn(home))).toEqual(before)
  })

  test('a notebook that is damaged is kept byte by byte, with the journal that lay beside it', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    const wanted = rowsIn(notebookIn(home))
    spoil(notebookIn(home))
    writeFileSync(`${notebookIn(home)}-journal`, 'what was half written')
    const damaged = hashOfFile(notebookIn(home))
    const { err } = await done(home, 'restore', 'latest', '--yes')
    expect(err).toContain('damaged as it was')
    const aside = asideIn(home, '-damaged.db')
    expect(hashOfFile(aside)).toBe(damaged)
    expect(readFileSync(`${aside}-journal`, 'utf8')).toBe('what was half written')
    expect(rowsIn(notebookIn(home))).toEqual(wanted)
    expect(existsSync(`${notebookIn(home)}-journal`)).toBe(false)
  })

  test.each(['is spoilt', 'is gone'])(
    'the journal of an old file that %s is never applied to the new one',
    async (what) => {
      const home = await homeWithNotes()
      await done(home, 'backup')
      const wanted = rowsIn(notebookIn(home))
      const folder = newFolder()
      // A real journal, left by a writer that was cut off, of a file that is then spoilt.
      const db = new DB(notebookIn(home))
      db.pragma('cache_size = 5')
      db.exec(
        "BEGIN IMMEDIATE; UPDATE note SET text = 'x' || text; UPDATE person SET name = 'x' || name",
      )
      db.exec('CREATE TABLE filler (a); INSERT INTO filler SELECT randomblob(4000) FROM answer')
      db.exec(
        'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO filler SELECT randomblob(3000) FROM n',
      )
      copyFileSync(notebookIn(home), join(folder, 'half.db'))
      copyFileSync(`${notebookIn(home)}-journal`, join(folder, 'half.db-journal'))
      db.exec('ROLLBACK')
      db.close()
      const bytes = readFileSync(join(folder, 'half.db'))
      bytes.fill(0, 0, 100)
      writeFileSync(notebookIn(home), bytes)
      if (what === 'is gone') rmSync(notebookIn(home))
      copyFileSync(join(folder, 'half.db-journal'), `${notebookIn(home)}-journal`)
      await done(home, 'restore', 'latest', '--yes')
      expect(rowsIn(notebookIn(home))).toEqual(wanted)
      expect(query(notebookIn(home), 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    },
  )

  test('through a link, the file behind the link is replaced and the link stays', async () => {
    const home = await homeWithNotes()
    const folder = newFolder()
    renameSync(notebookIn(home), join(folder, 'real.db'))
    symlinkSync(join(folder, 'real.db'), notebookIn(home))
    await done(home, 'backup')
    await done(home, 'note', 'ben', 'written later')
    await done(home, 'restore', 'latest', '--yes')
    expect(lstatSync(notebookIn(home)).isSymbolicLink()).toBe(true)
    expect(rowsIn(join(folder, 'real.db'))).toEqual(rowsIn(asideIn(home, '-by-hand.db')))
  })

  test('where no copy can be made, nothing is changed', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup', '-o', join(home, 'stick.db'))
    writeFileSync(join(home, 'backups'), 'mine')
    const before = hashOfFile(notebookIn(home))
    const { code, err } = await run(home, 'restore', join(home, 'stick.db'), '--yes')
    expect([code, err]).toEqual([7, expect.stringContaining(join(home, 'backups'))])
    expect(hashOfFile(notebookIn(home))).toBe(before)
  })
})

describe('fault 47: a restore while another program is at the notebook', () => {
  test('is refused while it is locked, with nothing changed', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    const before = hashOfFile(notebookIn(home))
    const other = new DB(notebookIn(home))
    onTestFinished(() => void other.close())
    other.exec('BEGIN IMMEDIATE')
    const { code, err } = await run(home, 'restore', 'latest', '--yes')
    expect([code, err]).toEqual([4, expect.stringContaining('in use by another program')])
    other.exec('ROLLBACK')
    expect(hashOfFile(notebookIn(home))).toBe(before)
    expect(backupsIn(home)).toHaveLength(1)
  })

  test('a window that had the old one open writes nothing more, and says so', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    const pty = startCoach(['delete', 'note', '3'], { folder: home })
    await pty.see('Delete it?')
    await done(home, 'restore', 'latest', '--yes')
    const restored = rowsIn(notebookIn(home))
    pty.type('y')
    pty.press('enter')
    expect(await pty.exit()).toBe(4)
    expect(rowsIn(notebookIn(home))).toEqual(restored)
  })
})

test('fault 45, 47: a restore that is killed leaves the old notebook or the new one, and the copy', async () => {
  const home = await homeWithNotes()
  await done(home, 'backup')
  const wanted = rowsIn(notebookIn(home))
  await done(home, 'note', 'ben', 'written later')
  const before = rowsIn(notebookIn(home))
  for (const wait of [80, 100, 120, 140, 160, 180, 220]) {
    const [program, args] = commandLine(['restore', theHand(home), '--yes'])
    const child = spawn(program, args, { cwd: home, env: environment(home), stdio: 'ignore' })
    const ended = new Promise((resolve) => child.on('close', resolve))
    await setTimeout(wait)
    child.kill('SIGKILL')
    await ended
    expect(existsSync(notebookIn(home))).toBe(true)
    expect(query(notebookIn(home), 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect([wanted, before]).toContainEqual(rowsIn(notebookIn(home)))
    expect((await run(home, 'people')).code).toBe(0)
  }
})

const theHand = (home: string) => asideIn(home, '-by-hand.db')

describe.each(OLD_FORMATS)('fault 44: a backup of format %s', (format) => {
  test('is brought up to date on its way, and stays as it is itself', async () => {
    const home = newFolder()
    const old = join(home, 'old.db')
    writeOld(format, old)
    const before = hashOfFile(old)
    const { migration: _steps, store, ...rows } = rowsOfOld(format, old)
    await done(home, 'restore', old, '--yes')
    expect(hashOfFile(old)).toBe(before)
    const { migration, store: now, ...after } = rowsOfOld(format, notebookIn(home))
    expect(after).toEqual(rows)
    expect(migration).toHaveLength(MIGRATIONS.length)
    expect(Object(now?.[0]).uuid).toBe(Object(store?.[0]).uuid)
    const { err } = await done(home, 'people')
    expect(err).not.toContain('brought up to date')
    expect(backupsIn(home)).toEqual([])
  })
})

test('in a terminal one is chosen from the list, seen beside what is there, and agreed to', async () => {
  const home = await homeWithNotes()
  await done(home, 'backup')
  await done(home, 'note', 'ben', 'written later')
  const pty = startCoach(['restore'], { folder: home })
  await pty.see('Which backup do you want back?')
  pty.press('enter')
  await pty.see(
    /To put back .* 2 people, 0 sessions, 1 action item, 3 notes.*In place of .* 2 people, 0 sessions, 1 action item, 4 notes/,
  )
  await pty.see('Put the backup in its place?')
  pty.type('y')
  pty.press('enter')
  expect(await pty.exit()).toBe(0)
  expect(rowsIn(notebookIn(home))).toEqual(rowsIn(theHand(home)))
})
