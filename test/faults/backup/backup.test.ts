// @module-tag clock
import { existsSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MIGRATIONS } from '../../../src/notebook/schema/migrations.ts'
import { filesIn, hashOfFile, query, tamper } from '../../notebook/file.ts'
import { runScript } from '../../ask/terminal/process.ts'
import {
  backupsIn,
  done,
  flipBitOf,
  generationIn,
  homeWithNotes,
  notebookIn,
  rowsIn,
  run,
  spoil,
  theBackupIn,
} from '../kept.ts'

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

describe('fault 46: a backup', () => {
  test('holds every row, is readable by its owner alone, and its path is what is printed', async () => {
    const home = await homeWithNotes()
    const { code, out, err } = await runScript(home, 'umask 0; coach backup')
    expect([code, err]).toEqual([0, expect.stringContaining('compared with the notebook')])
    expect(out).toBe(`${theBackupIn(home)}\n`)
    expect(rowsIn(theBackupIn(home))).toEqual(rowsIn(notebookIn(home)))
    expect(generationIn(theBackupIn(home))).toBe(generationIn(notebookIn(home)))
    expect([modeOf(theBackupIn(home)), modeOf(join(home, 'backups'))]).toEqual(['600', '700'])
    const generation = String(generationIn(notebookIn(home))).padStart(6, '0')
    expect(basename(out.trim())).toMatch(
      new RegExp(`^notebook-\\d{4}-\\d\\d-\\d\\dT\\d{4}-g${generation}-by-hand\\.db$`),
    )
  })

  test('made twice makes two files, and the list shows both', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    await done(home, 'backup')
    expect(backupsIn(home)).toHaveLength(2)
    const { out } = await done(home, 'backup', '--list', '--json')
    expect(JSON.parse(out)).toMatchObject(
      Array.from({ length: 2 }, () => ({
        kind: 'by-hand',
        state: 'notebook',
        format: MIGRATIONS.length,
        encrypted: false,
      })),
    )
  })

  test('of a notebook that is damaged is refused, and nothing is left behind', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    const before = [backupsIn(home), hashOfFile(theBackupIn(home))]
    spoil(notebookIn(home))
    const { code, err } = await run(home, 'backup')
    expect(code).toBe(5)
    expect(err).toContain('damaged')
    expect([backupsIn(home), hashOfFile(theBackupIn(home))]).toEqual(before)
  })
})

describe('fault 25: one flipped bit in a note', () => {
  test('is told by a backup with the number of the note, and never counts as a good one', async () => {
    const home = await homeWithNotes()
    flipBitOf(notebookIn(home), 'The customer named the price')
    expect(query(notebookIn(home), 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    const { code, err } = await run(home, 'backup')
    expect(code).toBe(5)
    expect(err).toContain('Note 2 is not what it was when it was saved.')
    expect(err).not.toContain('customer')
    expect(theBackupIn(home)).toMatch(/-damaged\.db$/)
    expect(rowsIn(theBackupIn(home))).toEqual(rowsIn(notebookIn(home)))
    expect((await run(home, 'restore', 'latest', '--yes')).code).toBe(3)
  })

  test('is told by the backup of the week, which is thrown away; the command itself ends well', async () => {
    const home = await homeWithNotes()
    tamper(notebookIn(home), "UPDATE store SET created_at = '2020-01-01T00:00:00.000Z'")
    flipBitOf(notebookIn(home), 'The customer named the price')
    const { code, err } = await run(home, 'note', 'ben', 'later')
    expect(code).toBe(0)
    expect(err).toContain('Kept as note 4')
    expect(err).toContain('What you saved is safe, but the backup of this week could not be made.')
    expect(err).toContain('Note 2 is not what it was')
    expect(backupsIn(home)).toEqual([])
  })
})

describe('fault 49: the target of coach backup -o', () => {
  test('a file that is there is kept without --force, and replaced as a whole with it', async () => {
    const home = await homeWithNotes()
    const target = join(home, 'stick.db')
    writeFileSync(target, 'mine', { mode: 0o644 })
    const refused = await run(home, 'backup', '-o', target)
    expect([refused.code, readFileSync(target, 'utf8')]).toEqual([2, 'mine'])
    expect(refused.err).toContain('--force')
    await done(home, 'backup', '-o', target, '--force')
    expect(rowsIn(target)).toEqual(rowsIn(notebookIn(home)))
    expect(modeOf(target)).toBe('600')
  })

  test.each(['file', 'nothing', 'folder'])('a link to a %s is never followed', async (to) => {
    const home = await homeWithNotes()
    const victim = join(home, 'victim')
    if (to === 'file') writeFileSync(victim, 'mine')
    const link = join(home, 'link.db')
    symlinkSync(victim, link)
    for (const more of [[], ['--force']]) {
      expect((await run(home, 'backup', '-o', link, ...more)).code).toBe(2)
    }
    expect(existsSync(victim) ? readFileSync(victim, 'utf8') : null).toBe(
      to === 'file' ? 'mine' : null,
    )
  })

  test('the notebook itself and a device are refused, with --force too', async () => {
    const home = await homeWithNotes()
    const before = hashOfFile(notebookIn(home))
    for (const target of [notebookIn(home), '/dev/null']) {
      expect((await run(home, 'backup', '-o', target, '--force')).code).toBe(2)
    }
    expect(hashOfFile(notebookIn(home))).toBe(before)
  })

  test('a folder gets a file with the usual name', async () => {
    const home = await homeWithNotes()
    const { out } = await done(home, 'backup', '-o', `${home}/stick/`)
    expect(filesIn(join(home, 'stick'))).toEqual([basename(out.trim())])
    expect(backupsIn(home)).toEqual([])
  })
})

describe('an encrypted notebook', () => {
  test('has encrypted backups, by hand and by itself, and comes back from them with its password', async () => {
    const home = await homeWithNotes()
    const password = join(home, 'password')
    writeFileSync(password, 'correct horse\n', { mode: 0o600 })
    const withIt = ['--password-file', password]
    await done(home, ...withIt, 'encrypt', '--wipe', '--backups', 'remove')
    const made = (await done(home, ...withIt, 'backup')).out.trim()
    expect(readFileSync(made).includes('She waited ten seconds')).toBe(false)
    expect((await done(home, 'doctor')).out).toContain('Without its password')
    rmSync(notebookIn(home))
    expect((await run(home, 'restore', 'latest', '--yes')).code).toBe(2)
    await done(home, ...withIt, 'restore', 'latest', '--yes')
    expect((await done(home, ...withIt, 'note', '--list', 'ana')).out).toContain('She waited ten')
    expect((await done(home, ...withIt, 'doctor', '--full')).out).toContain('All is well.')
  })
})
