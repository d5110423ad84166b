import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { must } from '../../commands/followup/played.ts'
import { hashOfFile, tamper } from '../../notebook/file.ts'
import { homeOfOld, OLD_FORMATS } from '../../notebook/older.ts'
import { textsOfDrafts } from '../../ask/terminal/home.ts'
import { homeWithAna } from '../../ask/terminal/process.ts'
import { startCoach } from '../../ask/terminal/pty.ts'
import { newHome } from '../../world.ts'
import { addBackup, coach, flat } from '../built.ts'

const FOREIGN = [
  [
    'a trigger',
    'CREATE TRIGGER gone AFTER INSERT ON note BEGIN DELETE FROM note WHERE id < new.id; END',
  ],
  ['a view', 'CREATE VIEW people AS SELECT * FROM person'],
  ['an index on an expression', 'CREATE INDEX odd ON note (upper(text))'],
  ['a table', 'CREATE TABLE more (id INTEGER)'],
  [
    'a trigger in other words',
    'DROP TRIGGER due_gone; CREATE TRIGGER due_gone AFTER DELETE ON action_item BEGIN DELETE FROM note; END',
  ],
  ['an index too few', 'DROP INDEX note_waiting'],
] as const

describe('fault 80: what no coach has made is in a file', () => {
  test.each(FOREIGN)(
    '%s in a backup is not restored, and the doctor tells it',
    async (_what, sql) => {
      const home = newHome()
      await must(home, ['person', 'add', 'Ana'])
      await must(home, ['note', 'Ana', 'a thought'])
      const backup = addBackup(home)
      expect(coach(home, ['doctor', '--full'])).toMatchObject({
        code: 0,
        out: expect.stringContaining('All is well'),
      })
      tamper(backup, sql)
      const before = hashOfFile(home.notebook)
      const { code, err } = coach(home, ['restore', backup, '--yes'])
      expect([code, flat(err)]).toEqual([
        5,
        expect.stringMatching(/holds something that no coach has made.*left as it is/),
      ])
      expect(hashOfFile(home.notebook)).toBe(before)
      for (const doctor of [['doctor'], ['doctor', '--full']]) {
        expect(coach(home, doctor).out.replaceAll(/\s/g, '')).toContain(
          `${backup}hassomethinginitthatnocoachhasmade`,
        )
      }
      expect(flat(coach(home, ['backup', '--list']).out)).toContain('cannot be restored')
      copyFileSync(backup, home.notebook)
      for (const doctor of [['doctor'], ['doctor', '--full']]) {
        const found = coach(home, doctor)
        expect([found.code, flat(found.out)]).toEqual([
          5,
          expect.stringContaining('something in it that no coach has made'),
        ])
      }
    },
  )

  test.each(FOREIGN)(
    '%s in the notebook: it is read, and nothing is written',
    async (what, sql) => {
      const home = newHome()
      await must(home, ['person', 'add', 'Ana'])
      await must(home, ['note', 'Ana', 'a thought'])
      tamper(home.notebook, sql)
      const before = hashOfFile(home.notebook)
      expect([what, coach(home, ['people']).out]).toEqual([what, expect.stringContaining('Ana')])
      const { code, err } = coach(home, ['note', 'Ana', 'another'])
      expect([code, flat(err)]).toEqual([
        5,
        expect.stringMatching(/that no coach has made.*so nothing was written/),
      ])
      expect(hashOfFile(home.notebook)).toBe(before)
    },
  )

  test.each(FOREIGN)('%s comes while a conversation is open', async (_what, sql) => {
    const folder = await homeWithAna()
    const path = join(folder, 'notebook.db')
    const window = startCoach(['session', 'ana', '--prepare', '--quick'], { folder })
    await window.see('What did you see or hear?')
    tamper(path, sql)
    const before = hashOfFile(path)
    await window.answer('She asked about the budget', 'ctrl-d')
    await window.see('Not saved')
    await window.see('that no coach has made')
    window.press('ctrl-c')
    expect(await window.exit()).toBe(130)
    expect(textsOfDrafts(folder)).toEqual(['She asked about the budget'])
    expect(hashOfFile(path)).toBe(before)
  })

  test('a trigger in the notebook: it is not encrypted, and a backup of it is said to be none to go back to', async () => {
    const home = newHome()
    await must(home, ['person', 'add', 'Ana'])
    await must(home, ['note', 'Ana', 'a thought'])
    tamper(home.notebook, 'CREATE TRIGGER gone AFTER UPDATE ON store BEGIN DELETE FROM note; END')
    const before = hashOfFile(home.notebook)
    const password = join(home.folder, 'password')
    writeFileSync(password, 'a long enough password\n', { mode: 0o600 })
    for (const argv of [['encrypt', '--keep', '--password-file', password], ['backup']]) {
      const { code, err } = coach(home, argv)
      expect([argv, code, flat(err)]).toEqual([argv, 5, expect.stringContaining('trigger gone')])
      expect(hashOfFile(home.notebook)).toBe(before)
    }
    expect(coach(home, ['backup', '--list']).out).toContain('-damaged.db')
  })

  test.each(OLD_FORMATS)('a notebook of format %i is not brought up to date', (format) => {
    const home = homeOfOld(
      format,
      'CREATE TRIGGER gone AFTER INSERT ON migration BEGIN DELETE FROM person; END',
    )
    const before = hashOfFile(home.notebook)
    const { code, err } = coach(home, ['people'])
    expect([code, flat(err)]).toEqual([5, expect.stringContaining('trigger gone')])
    expect(err).not.toContain('coach export')
    expect(hashOfFile(home.notebook)).toBe(before)
  })
})
