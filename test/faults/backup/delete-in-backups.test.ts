import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { must } from '../../commands/followup/played.ts'
import { encryptedHome, passwordFile } from '../../notebook/encrypted.ts'
import { hashOfFile, query, tamper } from '../../notebook/file.ts'
import { homeOfOld, OLD_FORMATS } from '../../notebook/older.ts'
import { newHome } from '../../world.ts'
import { addBackup, coach, coachWith, flat } from '../built.ts'
import { filesUnder, filesWith } from '../everything.ts'

describe('fault 79: what is deleted with --backups', () => {
  /** What each format has that can be deleted, and the tables that lose their first row with it. */
  const KINDS = {
    1: ['action', 'session'],
    2: ['action', 'session', 'opportunity'],
    3: ['action', 'session', 'opportunity', 'note', 'goal'],
    4: ['action', 'session', 'opportunity', 'note', 'goal'],
  } as const

  test.each(OLD_FORMATS)(
    'is gone from a backup of format %i, and the rest stays',
    async (format) => {
      const home = homeOfOld(format)
      await must(home, ['people'])
      const [backup = ''] = filesUnder(join(home.folder, 'backups'))
      for (const what of KINDS[format]) {
        const { code, err } = coach(home, ['delete', what, '1', '--backups', '--yes'])
        expect([code, err]).toEqual([0, expect.stringContaining('Taken out of 1 backup too.')])
      }
      // What the notebook was given when it was brought up to date is not in the backup.
      const tables = ['session', 'action_item', 'answer', 'opportunity', 'note', 'goal']
      const days = ['calendar_gone']
      const has = new Set(
        query(backup, "SELECT name FROM sqlite_schema WHERE type = 'table'").map((row) =>
          String(Object(row).name),
        ),
      )
      for (const table of [...tables, ...days].filter((one) => has.has(one))) {
        const key = table === 'calendar_gone' ? 'uid, day' : 'uuid, revision'
        const sql = `SELECT ${key} FROM ${table} ORDER BY 1`
        expect([table, query(backup, sql)]).toEqual([table, query(home.notebook, sql)])
      }
      expect(query(backup, 'PRAGMA user_version')).toEqual([{ user_version: format }])
      expect(query(backup, 'PRAGMA foreign_key_check')).toEqual([])
    },
  )

  test('leaves no byte behind, also where it is gone from the notebook already', async () => {
    const home = newHome()
    await must(home, ['person', 'add', 'Ana'])
    await must(home, ['note', 'Ana', 'quokkaquartz'])
    await must(home, ['note', 'Ana', 'stays'])
    const backup = addBackup(home)
    const first = coach(home, ['delete', 'note', '1', '--yes'])
    expect(flat(first.err)).toContain('add --backups to take it out there too')
    const again = coach(home, ['delete', 'note', '1', '--yes'])
    expect([again.code, again.err]).toEqual([
      3,
      expect.stringContaining('coach delete note 1 --backups'),
    ])
    expect(filesWith(home.folder, 'quokkaquartz')).toEqual([backup])
    const last = coach(home, ['delete', 'note', '1', '--backups', '--yes'])
    expect([last.code, last.err]).toEqual([0, expect.stringContaining('quokkaquartz (Ana)')])
    expect(filesWith(home.folder, 'quokkaquartz')).toEqual([])
    expect(query(backup, 'SELECT text FROM note')).toEqual([{ text: 'stays' }])
  })

  test('goes from a backup under the same password', async () => {
    const home = await encryptedHome()
    const backup = addBackup(home)
    const before = hashOfFile(backup)
    const { code, err } = coachWith(home, ['delete', 'note', '1', '--backups', '--yes'])
    expect([code, err]).toEqual([0, expect.stringContaining('Taken out of 1 backup too.')])
    expect(hashOfFile(backup)).not.toBe(before)
    const again = coachWith(home, ['delete', 'note', '1', '--backups', '--yes'])
    expect([again.code, again.err]).toEqual([3, expect.stringContaining('There is no note 1.')])
    expect(passwordFile(home)).not.toBe('')
  })

  test('stays in a backup of another notebook, and in one that cannot be read: these are named', async () => {
    const home = newHome()
    await must(home, ['person', 'add', 'Ana'])
    await must(home, ['note', 'Ana', 'quokkaquartz'])
    const own = addBackup(home)
    const other = addBackup(home, 'notebook-2026-11-17T0915.db')
    tamper(other, "UPDATE store SET uuid = 'another'")
    const odd = addBackup(home, 'notebook-2026-11-18T0915.db')
    tamper(odd, 'CREATE VIEW people AS SELECT * FROM person')
    const garbage = join(home.folder, 'backups', 'notebook-2026-11-19T0915.db')
    writeFileSync(garbage, 'no notebook')
    const { code, err } = coach(home, ['delete', 'note', '1', '--backups', '--yes'])
    expect(code).toBe(7)
    const said = err.replaceAll(/\s/g, '')
    expect(said).toContain(`Thisnotebookholdsittoo,andisleftasitis:${other}`)
    expect(said).toContain(`couldnotbetakenout:${odd},${garbage}`)
    expect(filesWith(home.folder, 'quokkaquartz')).toEqual([other, odd])
    expect(query(own, 'SELECT * FROM note')).toEqual([])
  })

  test('of goals: a sub-goal that has another place by now stays in the backup', async () => {
    const home = newHome()
    await must(home, ['person', 'add', 'Ana'])
    await must(home, ['goal', 'add', 'Ana', 'Lead'])
    await must(home, ['goal', 'add', 'Ana', 'Listen', '--under', '1'])
    await must(home, ['goal', 'add', 'Ana', 'Ask', '--under', '1'])
    const backup = addBackup(home)
    tamper(home.notebook, 'UPDATE goal SET parent_id = NULL WHERE id = 2')
    expect(coach(home, ['delete', 'goal', '1', '--backups', '--yes']).code).toBe(0)
    expect(query(backup, 'SELECT what, parent_id FROM goal')).toEqual([
      { what: 'Listen', parent_id: null },
    ])
  })
})
