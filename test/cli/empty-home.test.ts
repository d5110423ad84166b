import { expect, test } from 'vitest'
import { bytesOf } from '../ask/file/feed.ts'
import { newHome } from '../world.ts'

test('coach in an empty home says how to begin, and makes nothing', async () => {
  const home = newHome()
  const { code, out, err } = await home.coach([])
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('coach session ana')
  expect(bytesOf(home)).toBeNull()
})

test('coach demo touches nothing of the home', async () => {
  const home = newHome()
  const { code, out } = await home.coach(['demo'])
  expect(code).toBe(0)
  expect(out).toContain('Its notebook is thrown away')
  expect(bytesOf(home)).toBeNull()
})
