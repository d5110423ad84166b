import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newFolder, query, spawnCoach } from '../file.ts'

const times = (n: number) => Array.from({ length: n }, (_, at) => at + 1)

test('fault 36: twenty processes that write at once all arrive', async () => {
  const home = newFolder()
  await spawnCoach(home, 'person', 'add', 'Ana')
  const outcomes = await Promise.all(
    times(20).map(async (n) => await spawnCoach(home, 'action', 'add', 'ana', `item ${n}`)),
  )
  expect(outcomes.map(({ code, err }) => [code, err.includes('bug')])).toEqual(
    times(20).map(() => [0, false]),
  )
  const path = join(home, 'notebook.db')
  expect(query(path, 'SELECT count(DISTINCT what) AS n FROM action_item')).toEqual([{ n: 20 }])
  expect(query(path, 'SELECT count(*) AS n FROM item_event')).toEqual([{ n: 20 }])
  expect(query(path, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
})

test('fault 36: processes that all begin the same new notebook all arrive', async () => {
  const home = join(newFolder(), 'home')
  const outcomes = await Promise.all(
    times(8).map(async (n) => await spawnCoach(home, 'person', 'add', `Person ${n}`)),
  )
  expect(outcomes.map(({ code }) => code)).toEqual(times(8).map(() => 0))
  const path = join(home, 'notebook.db')
  expect(query(path, 'SELECT count(*) AS n FROM person')).toEqual([{ n: 8 }])
  expect(query(path, 'SELECT count(*) AS n FROM store')).toEqual([{ n: 1 }])
})
