import { expect, test } from 'vitest'
import { damage, filledHome } from '../damage.ts'
import { figureOf } from './figures.ts'
import { TIMES, unitsOf } from './units.ts'

const unit = unitsOf('damage')
const SEEDS = 500 * TIMES

test(`fault 24: ${SEEDS} damaged notebooks are read or refused, and never called a bug`, async () => {
  const home = await filledHome()
  for (let seed = 1; seed <= SEEDS; seed++) {
    await unit(`seed ${seed}`, async () => {
      expect(await damage(home, seed)).toBe('unhurt')
    })
  }
  figureOf('damage', `${SEEDS} damaged notebooks`, 'read or refused, none called a bug')
})
