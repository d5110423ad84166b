import { describe, expect, test } from 'vitest'
import { saltOf } from '../../../src/notebook/file/header.ts'
import {
  CANARY,
  contentsOf,
  encryptedHome,
  filledHome,
  holdersOf,
} from '../../notebook/encrypted.ts'
import { canTrace, coachWith, strace } from '../built.ts'
import { unitsOf } from './units.ts'

const unit = unitsOf('encryption')

const upTo = (many: number, step = 1) =>
  Array.from({ length: many }, (_, at) => at + 1).filter((k) => (k - 1) % step === 0)
const CALLS = [
  ['pwrite64', upTo(80, 3)],
  ['fsync', upTo(8)],
  ['rename', [1]],
  ['ftruncate', [1]],
  ['openat', upTo(90, 5)],
] as const
const PLACES = CALLS.flatMap(([call, times]) => times.map((k) => [call, k] as const))

describe.skipIf(!canTrace())('encrypting and decrypting (needs strace)', () => {
  test.each(PLACES)('fault 1, 30: ended at %s number %s', async (call, k) => {
    await unit(`ended at ${call} ${k}`, async () => {
      const plain = await filledHome()
      const before = contentsOf(plain.notebook)
      const moment = strace(`${call}:signal=KILL:when=${k}`)
      coachWith(plain, ['encrypt', '--wipe'], moment)
      expect(contentsOf(plain.notebook)).toBe(before)
      expect(coachWith(plain, ['encrypt', '--wipe'])).toMatchObject({ code: 0 })
      expect(holdersOf(plain.folder, CANARY)).toEqual([])

      const sealed = await encryptedHome()
      coachWith(sealed, ['decrypt', '--yes'], moment)
      expect(contentsOf(sealed.notebook)).toBe(before)
      expect(coachWith(sealed, ['decrypt', '--yes'])).toMatchObject({ code: 0 })
      expect(saltOf(sealed.notebook)).toBe(null)
    })
  })

  test.each(PLACES)('fault 29, 30: %s fails from number %s on, or once', async (call, k) => {
    for (const when of [`${k}`, `${k}+`]) {
      await unit(`${call} fails at ${when}`, async () => {
        const home = await filledHome()
        const before = contentsOf(home.notebook)
        const failure = strace(`${call}:error=EIO:when=${when}`)
        const { code, err } = coachWith(home, ['encrypt', '--wipe'], failure)
        // The first calls are those of Node itself, before a line of coach has run.
        const isOfNode = /while loading shared libraries|node:internal|package config/.test(err)
        const [ended, said] = isOfNode ? [1, ''] : [code, err]
        expect([ended, said]).toEqual([expect.toBeOneOf([0, 1, 2, 4, 5, 7]), said])
        expect(said).not.toMatch(/\n\s+at /)
        expect(contentsOf(home.notebook)).toBe(before)
        expect(coachWith(home, ['encrypt', '--wipe'])).toMatchObject({ code: 0 })
      })
    }
  })
})
