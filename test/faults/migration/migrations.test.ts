import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hashOf } from '../../../src/notebook/schema/row-values.ts'
import { MIGRATIONS } from '../../../src/notebook/schema/migrations.ts'
import { CHECKSUMS } from '../../../src/notebook/schema/migration-checksums.ts'
import { filesIn, hashOfFile, newFolder, spawnCoach, tamper } from '../../notebook/file.ts'
import { writeOld } from '../../notebook/older.ts'
import { canTrace, expectPlain } from '../file-tools.ts'
import { migrateTogether, migrateWith } from './migration-kills.ts'

test('fault 38: two programs bring a notebook up to date together', async () => {
  for (let round = 0; round < 5; round++) {
    expect(await migrateTogether(1, 2)).toBeGreaterThan(0)
  }
})

describe('fault 41: bringing a notebook up to date', () => {
  test.skipIf(!canTrace())(
    'is killed: old and whole, or new and whole (needs strace)',
    async () => {
      for (const [call, at] of [
        ['pwrite64', [1, 40, 70, 100, 130]],
        ['fsync', [1, 4, 5, 6, 8, 9, 10]],
        ['unlink', [1, 2]],
        ['link', [1]],
      ] as const) {
        for (const k of at) {
          expect(await migrateWith(1, `${call}:signal=SIGKILL:when=${k}`)).toBe(true)
        }
      }
    },
  )

  test.skipIf(!canTrace())('fails: nothing is changed, or all of it (needs strace)', async () => {
    for (const [call, error, at] of [
      ['pwrite64', 'ENOSPC', [1, 30, 60, 110]],
      ['fsync', 'EIO', [1, 5, 6, 8, 10]],
      ['link', 'EACCES', [1]],
    ] as const) {
      // SQLite itself takes no notice of a folder that cannot be synced.
      const met: boolean[] = []
      for (const k of at) met.push(await migrateWith(1, `${call}:error=${error}:when=${k}`))
      expect(met).toContain(true)
    }
  })
})

describe('fault 43: a step of the same number that is another one', () => {
  test('what stands in a notebook for each step is what this program writes', () => {
    expect(CHECKSUMS).toEqual(MIGRATIONS.map(({ sql }) => hashOf(sql)))
  })

  test.each([
    [
      'by its name',
      "UPDATE migration SET name = 'moods' WHERE version = 3",
      6,
      'another line of coach',
    ],
    [
      'by its text',
      "UPDATE migration SET checksum = 'abc' WHERE version = 2",
      6,
      'another line of coach',
    ],
    ['because it is not noted', 'DELETE FROM migration WHERE version = 2', 5, 'is damaged'],
  ])('%s is refused, in a notebook of today and in an old one', async (_what, sql, code, says) => {
    const today = newFolder()
    await spawnCoach(today, 'person', 'add', 'Ana')
    const old = newFolder()
    writeOld(3, join(old, 'notebook.db'))
    for (const home of [today, old]) {
      const path = join(home, 'notebook.db')
      tamper(path, sql)
      const before = [hashOfFile(path), filesIn(home)]
      for (const argv of [['people'], ['person', 'add', 'Ben'], ['review', '--json']]) {
        const outcome = await spawnCoach(home, ...argv)
        expectPlain(outcome, [code])
        expect(outcome.err).toContain(path)
        expect(outcome.err).toContain(says)
      }
      expect([hashOfFile(path), filesIn(home)]).toEqual(before)
    }
  })
})
