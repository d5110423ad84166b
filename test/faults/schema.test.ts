import { copyFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { must } from '../follow-through/played.ts'
import { hashOfFile, tamper } from '../notebook/file.ts'
import { newHome } from '../world.ts'
import { addBackup, coach, flat } from './built.ts'

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
      expect(flat(coach(home, ['doctor', '--full']).out)).toContain(
        `The backup ${backup} is damaged`,
      )
      copyFileSync(backup, home.notebook)
      const found = coach(home, ['doctor', '--full'])
      expect([found.code, flat(found.out)]).toEqual([
        5,
        expect.stringContaining('something in it that no coach has made'),
      ])
    },
  )
})
