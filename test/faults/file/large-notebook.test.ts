import { readFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hashOfFile, newFolder, spawnCoach, tamper } from '../../notebook/file.ts'
import { NOW } from '../../world.ts'
import { spoilIndex } from '../damage.ts'

/** A notebook of 70 MB: large enough that it is not checked as a whole before a write. */
async function largeHome(): Promise<{ readonly home: string; readonly path: string }> {
  const home = newFolder()
  const path = join(home, 'notebook.db')
  await spawnCoach(home, 'person', 'add', 'Ana')
  tamper(
    path,
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 70)
    INSERT INTO note (uuid, person_id, status, text, created_at, updated_at, hash)
    SELECT 'note ' || i, 1, 'waiting', hex(zeroblob(500000)), '2026-11-01', '2026-11-01', 'x' FROM n`,
  )
  return { home, path }
}

test('fault 24: a notebook of 70 MB is checked in parts, and all of it for a backup, which finds a damaged index', async () => {
  const { home, path } = await largeHome()
  const parts = () =>
    Object(JSON.parse(readFileSync(join(home, 'last-notebook.json'), 'utf8'))).parts
  for (const count of [1, 2]) {
    expect((await spawnCoach(home, 'note', 'ana', 'hello')).code).toBe(0)
    expect(parts()?.tables).toHaveLength(count)
  }
  spoilIndex(path)
  expect((await spawnCoach(home, 'note', 'ana', 'hello')).code).toBe(0)
  const backup = await spawnCoach(home, 'backup')
  expect([backup.code, backup.err]).toEqual([5, expect.stringContaining(`${path} is damaged`)])
  expect((await spawnCoach(home, 'note', 'ana', 'hello')).code).toBe(5)
})

test('fault 24: damage that is known in a large notebook stays known when it is touched, and nothing is written', async () => {
  const { home, path } = await largeHome()
  spoilIndex(path)
  expect((await spawnCoach(home, 'backup')).code).toBe(5)
  utimesSync(path, NOW, NOW)
  const before = hashOfFile(path)
  expect((await spawnCoach(home, 'note', 'ana', 'hello')).code).toBe(5)
  expect(hashOfFile(path)).toBe(before)
})
