import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Dated, isTime, tooMany } from '../../../src/notebook/backup/clock-lines.ts'

const DAY = 24 * 60 * 60 * 1000
const START = Date.parse('2026-01-05T09:00:00Z')
const on = (day: number) => new Date(START + day * DAY)

/** A backup, and the day on which it was made in truth. */
interface Made extends Dated {
  readonly day: number
}
const backup = (day: number, written: number, shift = 0): Made => ({
  day,
  written,
  madeAt: on(day + shift).toISOString(),
})

/** What stands in the folder after a command on a day, by a clock that is wrong by so many days. */
function after(all: readonly Made[], day: number, shift: number, written: number): readonly Made[] {
  if (!isTime(all, written, on(day + shift))) return all
  const more = [...all, backup(day, written, shift)]
  const gone = tooMany(more)
  return more.filter((one) => !gone.includes(one))
}

const FIVE = [0, 7, 14, 21, 28].map((day, at) => backup(day, 20 * (at + 1)))
const shifts = fc.integer({ min: -400, max: 400 })

test('two machines with any two clocks leave the older backups alone for as long as no week has passed', () => {
  fc.assert(
    fc.property(shifts, fc.array(fc.boolean(), { maxLength: 60 }), (shift, turns) => {
      let all: readonly Made[] = FIVE
      for (const [at, isOther] of turns.entries()) {
        all = after(all, 30, isOther ? shift : 0, 120 + 20 * at)
        expect(FIVE.filter((one) => all.includes(one)).length).toBeGreaterThanOrEqual(4)
      }
    }),
  )
})

test('two machines with any two clocks keep five or more, never many, that go back three weeks', () => {
  const days = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.boolean()), { maxLength: 150 })
  fc.assert(
    fc.property(shifts, days, (shift, turns) => {
      let all: readonly Made[] = FIVE
      let day = 29
      for (const [at, [later, isOther]] of turns.entries()) {
        day += later
        all = after(all, day, isOther ? shift : 0, 120 + 20 * at)
        expect(all.length).toBeLessThanOrEqual(11)
        expect(all.length).toBeGreaterThanOrEqual(5)
        const made = all.map((one) => one.day)
        expect(Math.max(...made) - Math.min(...made)).toBeGreaterThanOrEqual(21)
      }
    }),
  )
})

test('whatever the clocks say, the number of backups stays bounded', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -4000, max: 4000 }), { maxLength: 100 }), (clocks) => {
      let all: readonly Made[] = FIVE
      for (const [at, shift] of clocks.entries()) {
        all = after(all, 30, shift, 120 + 20 * at)
        expect(all.length).toBeLessThanOrEqual(11)
      }
    }),
  )
})

test('one clock that is right leaves the last five, every week or every three, and after a pause', () => {
  const gaps = fc.array(fc.integer({ min: 7, max: 60 }), { minLength: 8, maxLength: 60 })
  fc.assert(
    fc.property(gaps, (days) => {
      let all: readonly Made[] = FIVE
      let day = 28
      const made = [...FIVE]
      for (const [at, gap] of days.entries()) {
        day += gap
        made.push(backup(day, 120 + 20 * at))
        all = after(all, day, 0, 120 + 20 * at)
        expect(all).toEqual(made.slice(gap > 14 ? -6 : -5))
      }
    }),
  )
})

test('no backup is made before 20 writes since the last', () => {
  expect(isTime(FIVE, 119, on(300))).toBe(false)
  expect(isTime(FIVE, 120, on(300))).toBe(true)
  expect(isTime(FIVE, 120, on(34))).toBe(false)
})
