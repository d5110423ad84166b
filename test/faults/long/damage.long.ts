import { expect, test } from 'vitest'
import { damage, filledHome } from '../damage.ts'

test(
  'fault 24: 500 damaged notebooks are read or refused, and never called a bug',
  {
    timeout: 3_600_000,
  },
  async () => {
    const home = await filledHome()
    for (let seed = 1; seed <= 500; seed++) expect(await damage(home, seed)).toBe('unhurt')
  },
)
