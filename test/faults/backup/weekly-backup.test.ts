// @module-tag clock
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tamper } from '../../notebook/file.ts'
import { type Home, newHome } from '../../world.ts'
import {
  backupsIn,
  done,
  generationIn,
  homeWithNotes,
  notebookIn,
  rowsIn,
  theBackupIn,
} from '../kept.ts'

/** A home in which a day can pass, and the file in it. Each day's command is the last of 20 writes, or of as many as are named. */
function homeByClock(): Home & { readonly at: (day: string, writes?: number) => Promise<Home> } {
  const home = newHome()
  return {
    ...home,
    at: async (day, writes = 20) => {
      home.setNow(new Date(`${day}T09:00:00Z`))
      if (existsSync(home.notebook)) {
        tamper(home.notebook, `UPDATE store SET generation = generation + ${writes - 1}`)
      }
      const { code } = await home.coach(['person', 'add', `P ${day} ${Math.abs(Date.parse(day))}`])
      expect(code).toBe(0)
      return home
    },
  }
}

describe('the backup of the week', () => {
  test('is made when 20 things were written and the last one is a week old; readers make none', async () => {
    const home = homeByClock()
    await home.at('2026-11-02')
    expect(backupsIn(home.folder)).toEqual([])
    home.setNow(new Date('2026-11-30T09:00:00Z'))
    for (const argv of [['people'], ['review'], ['doctor'], ['backup', '--list'], []]) {
      await home.coach(argv)
    }
    expect(backupsIn(home.folder)).toEqual([])
    await home.at('2026-11-03')
    await home.at('2026-11-04')
    await home.at('2026-11-09')
    expect(backupsIn(home.folder)).toEqual(['notebook-2026-11-03T0900-g000021.db'])
    await home.at('2026-11-10')
    expect(backupsIn(home.folder)).toEqual([
      'notebook-2026-11-03T0900-g000021.db',
      'notebook-2026-11-10T0900-g000081.db',
    ])
    expect(rowsIn(join(home.folder, 'backups', backupsIn(home.folder)[1] ?? ''))).toEqual(
      rowsIn(home.notebook),
    )
  })

  test('keeps the last five; those made by hand, before updates and of other notebooks stay', async () => {
    const home = homeByClock()
    const other = newHome()
    other.setNow(new Date('2026-01-01T09:00:00Z'))
    await other.coach(['person', 'add', 'Zoe'])
    await home.at('2026-01-01')
    await home.coach(['backup'])
    const folder = join(home.folder, 'backups')
    await other.coach(['backup', '-o', join(folder, 'notebook-2025-01-01T0900-g000000.db')])
    for (const week of [5, 12, 19, 26]) await home.at(`2026-01-${String(week).padStart(2, '0')}`)
    for (const day of ['02-02', '02-09', '02-16', '02-23']) await home.at(`2026-${day}`)
    const names = backupsIn(home.folder)
    expect(names).toContain('notebook-2026-01-01T0900-g000001-by-hand.db')
    expect(names).toContain('notebook-2025-01-01T0900-g000000.db')
    expect(names.slice(-5)).toEqual(
      ['26', '02-02', '02-09', '02-16', '02-23'].map((day) => expect.stringContaining(day)),
    )
    expect(names).toHaveLength(7)
  })

  test('fault 48: a clock that is ten years wrong, one way or the other, never costs the last good one', async () => {
    const home = homeByClock()
    for (const day of ['2026-01-01', '2026-01-12', '2036-01-12', '2026-01-19', '2016-01-19']) {
      await home.at(day)
      const names = backupsIn(home.folder)
      const newest = names.filter((name) =>
        name.includes(`g${String(generationIn(home.notebook)).padStart(6, '0')}`),
      )
      expect(newest).toHaveLength(day === '2026-01-01' ? 0 : 1)
    }
    for (let year = 2017; year < 2030; year++) {
      await home.at(`${year}-03-01`)
      const names = backupsIn(home.folder)
      expect(names.length).toBeLessThanOrEqual(11)
      const newest = names.find((name) => name.startsWith(`notebook-${year}-03-01`)) ?? ''
      expect(rowsIn(join(home.folder, 'backups', newest))).toEqual(rowsIn(home.notebook))
    }
  })

  test('fault 48: a damaged one does not count, and is not taken for one to go back to', async () => {
    const home = homeByClock()
    await home.at('2026-01-01')
    await home.at('2026-01-12')
    const [first = ''] = backupsIn(home.folder)
    writeFileSync(
      join(home.folder, 'backups', 'notebook-2026-01-13T0900-g000022.db'),
      readFileSync(join(home.folder, 'backups', first)).subarray(0, 8192),
    )
    await home.at('2026-01-13')
    await home.at('2026-01-14')
    expect(backupsIn(home.folder)).toHaveLength(2)
    await home.at('2026-01-20')
    expect(backupsIn(home.folder)).toHaveLength(3)
    rmSync(join(home.folder, 'backups', backupsIn(home.folder)[2] ?? ''))
    const { code, err } = await home.coach(['restore', 'latest', '--yes'])
    expect([code, err]).toEqual([0, expect.stringContaining(first)])
  })

  test('fault 48: after an older copy took the place, what it lacks is not deleted, nor what it gains', async () => {
    const home = homeByClock()
    await home.at('2026-01-01')
    const old = readFileSync(home.notebook)
    for (const day of ['05', '12', '19', '26']) await home.at(`2026-01-${day}`, 100)
    await home.at('2026-02-02', 100)
    const before = backupsIn(home.folder)
    writeFileSync(home.notebook, old)
    expect((await home.coach(['restore', '--keep'])).code).toBe(0)
    await home.at('2026-02-09')
    expect(backupsIn(home.folder)).toEqual(expect.arrayContaining([...before]))
    expect(backupsIn(home.folder)).toContain('notebook-2026-02-09T0900-g000022.db')
  })

  test('that cannot be made fails no command, and says so in one line', async () => {
    const home = homeByClock()
    await home.at('2026-01-01')
    writeFileSync(join(home.folder, 'backups'), 'mine')
    home.setNow(new Date('2026-01-12T09:00:00Z'))
    const { code, out, err } = await home.coach(['person', 'add', 'Ana'])
    expect([code, out]).toEqual([0, ''])
    expect(err).toMatch(/^Added Ana \(2\)\.\nWhat you saved is safe, but the backup of this week/)
    expect(err.trimEnd().split('\n')).toHaveLength(2)
  })

  test('is made by the built program too, with nothing said', async () => {
    const home = await homeWithNotes()
    tamper(notebookIn(home), "UPDATE store SET created_at = '2020-01-01T00:00:00.000Z'")
    await done(home, 'review')
    expect(backupsIn(home)).toEqual([])
    const { err } = await done(home, 'note', 'ben', 'later')
    expect(err).toBe(
      'This is about Ben Okafor.\nKept as note 4, for you alone. The next session opens it: coach session ben\n',
    )
    expect(rowsIn(theBackupIn(home))).toEqual(rowsIn(notebookIn(home)))
  })
})
