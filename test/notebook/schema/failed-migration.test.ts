import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { connect } from '../../../src/notebook/file/connect.ts'
import { applyMissing } from '../../../src/notebook/schema/apply-migrations.ts'
import { MIGRATIONS } from '../../../src/notebook/schema/migrations.ts'
import { formatOf } from '../../../src/notebook/schema/store-row.ts'
import { upgrade } from '../../../src/notebook/upgrade.ts'
import type { Home } from '../../world.ts'
import { filesIn, hashOfFile, newFolder, spawnCoach, tamper } from '../file.ts'
import { homeOfOld, OLD_FORMATS, rowsOfOld, writeOld } from '../older.ts'
import { pragma } from './old-homes.ts'

const NOON = new Date('2026-12-01T12:00:00Z')

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

describe.each(OLD_FORMATS)('fault 42: a notebook of format %s', (format) => {
  const homeOf = (more = '') => homeOfOld(format, more)
  const rowsOf = (path: string) => rowsOfOld(format, path)

  /** A home whose notebook has just been brought up to date by a reader. */
  async function broughtUpToDate(): Promise<Home> {
    const home = homeOf()
    expect(await home.coach(['people'])).toMatchObject({ code: 0 })
    return home
  }

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
