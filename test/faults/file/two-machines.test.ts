import { expect, test } from 'vitest'
import { randomOf } from '../long/figures.ts'
import { takeTurns } from './two-machines.ts'

test('fault 27, 76: two machines write in turns, synchronised late and in conflict, and nothing is lost silently', async () => {
  const { written, conflicts, told } = await takeTurns(25, randomOf(3))
  expect(Math.min(written, conflicts, told)).toBeGreaterThan(0)
})
