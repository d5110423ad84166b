import { describe, expect, test } from 'vitest'
import { canTrace } from '../file-tools.ts'
import { killedAt, SCENES } from '../migration/killed-commands.ts'
import { figureOf, randomOf } from './figures.ts'
import { TIMES, unitsOf } from './units.ts'

const unit = unitsOf('kill-commands')
const NAMES = Object.keys(SCENES)
const KILLS = 100 * TIMES

describe.skipIf(!canTrace())('killed at a random call on a file (needs strace)', () => {
  test(`fault 1, 26, 41, 45, 70: ${KILLS} kills leave a notebook that opens, and a doctor that tells the truth`, async () => {
    for (let seed = 1; seed <= KILLS; seed++) {
      const name = NAMES[seed % NAMES.length] ?? ''
      await unit(`${name}, ${seed}`, async () => {
        expect(await killedAt(name, randomOf(seed)())).toBe('safe')
      })
    }
    figureOf(
      'kill -9 at a random call on a file',
      `${KILLS} kills of ${NAMES.length} commands`,
      'each notebook opens, and the doctor tells what is there',
    )
  })
})
