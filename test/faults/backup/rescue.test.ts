import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CANARY, encryptedHome } from '../../notebook/encrypted.ts'
import { hashOfFile } from '../../notebook/file.ts'
import { coach, coachWith } from '../built.ts'
import { backupsIn, done, homeWithNotes, notebookIn, rowsIn, run, spoil } from '../kept.ts'

describe('fault 22, 24: the backup that is named for a notebook that is damaged', () => {
  test('is the one that was written last, never one that was set aside', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    const [older = ''] = backupsIn(home)
    await done(home, 'note', 'ana', 'written later')
    await done(home, 'backup')
    const newest = backupsIn(home).find((name) => name !== older) ?? ''
    const folder = join(home, 'backups')
    const bytes = readFileSync(join(folder, older))
    // Whatever was touched last.
    for (const name of [
      older,
      'notebook-2030-01-01T0900-g009999-before-restore.db',
      'notebook-2030-01-01T0900-damaged.db',
      'notebook-2030-01-01T0900-g009999-damaged-2.db',
    ]) {
      writeFileSync(join(folder, name), bytes)
    }
    spoil(notebookIn(home))
    const { code, err } = await run(home, 'people')
    expect([code, err]).toEqual([
      5,
      expect.stringContaining(`The newest backup is ${join(folder, newest)};`),
    ])
    for (const name of backupsIn(home)) {
      if (!name.includes('damaged')) rmSync(join(folder, name))
    }
    expect((await run(home, 'people')).err).not.toContain('newest backup')
  })

  test('fault 47: restore takes a backup of this notebook, though another one has newer backups in the folder', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    const rows = rowsIn(notebookIn(home))
    const work = ['--notebook', join(home, 'work.db')]
    await done(home, ...work, '--new', 'person', 'add', 'Wanda')
    for (let n = 0; n < 9; n++) await done(home, ...work, 'note', 'wanda', `note ${n}`)
    await done(home, ...work, 'backup')
    const other = backupsIn(home).find((name) => /g00001\d-by-hand/.test(name)) ?? ''
    writeFileSync(notebookIn(home), 'nothing of it is left')
    const refused = await run(home, 'restore', other, '--yes')
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--other')])
    await done(home, 'restore', 'latest', '--yes')
    expect(rowsIn(notebookIn(home))).toEqual(rows)
  })
})

describe('fault 40, 64: export all --raw of an encrypted notebook', () => {
  test('gives every row with its password, and says that it needs one without', async () => {
    const home = await encryptedHome()
    const hash = hashOfFile(home.notebook)
    const { code, out } = coachWith(home, ['export', 'all', '--raw'])
    expect([code, out]).toEqual([0, expect.stringContaining(CANARY)])
    const closed = coach(home, ['export', 'all', '--raw'])
    expect([closed.code, closed.out, closed.err]).toEqual([
      2,
      '',
      expect.stringContaining('is encrypted'),
    ])
    expect(closed.err).not.toContain('restore')
    expect(hashOfFile(home.notebook)).toBe(hash)
  })

  test('takes names of notebooks as every command does', async () => {
    const home = await homeWithNotes()
    mkdirSync(join(home, 'elsewhere'))
    renameSync(notebookIn(home), join(home, 'elsewhere', 'n.db'))
    const { code, err } = await run(home, 'export', 'all', '--raw', '--notebook', ':memory:')
    expect([code, err]).toEqual([2, expect.stringContaining('names no file')])
    const named = ['--notebook', '~/elsewhere/n.db']
    expect((await done(home, ...named, 'export', 'all', '--raw')).out).toContain('Ana Silva')
  })
})
