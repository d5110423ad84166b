import { expect, test } from 'vitest'
import { takeTurns } from '../file/two-machines.ts'
import { figureOf, randomOf } from './figures.ts'
import { type Counts, sumOf, TIMES, unitsOf } from './units.ts'

const unit = unitsOf('two-machines')
const TURNS = 200

test(`fault 27, 76: two machines take ${TURNS * TIMES} turns at one notebook, and nothing is lost silently`, async () => {
  const all: Counts[] = []
  for (let seed = 1; seed <= TIMES; seed++) {
    all.push(await unit(`seed ${seed}`, async () => await takeTurns(TURNS, randomOf(seed))))
  }
  const sum = (what: string) => sumOf(all, what)
  expect(sum('written') + sum('told')).toBe(TURNS * TIMES)
  figureOf(
    'two machines, one notebook',
    `${TURNS * TIMES} turns, ${sum('conflicts')} conflicts`,
    `${sum('written')} notes written, ${sum('told')} times told before anything was written (${sum('kept')} kept, ${sum('restored')} restored), nothing lost silently`,
  )
})
