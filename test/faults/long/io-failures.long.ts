import { describe, expect, test } from 'vitest'
import { canTrace } from '../file-tools.ts'
import { callsOf, failAt, type Writer } from '../file/io-sweep.ts'
import { WRITERS } from '../file/writers.ts'
import { TIMES, unitsOf } from './units.ts'

const unit = unitsOf('io-failures')

const KINDS = [
  ['pwrite64', 'EIO'],
  ['pwrite64', 'ENOSPC'],
  ['write', 'ENOSPC'],
  ['fsync', 'EIO'],
  ['rename', 'EIO'],
  ['unlink', 'EIO'],
  ['openat', 'EMFILE'],
  ['openat', 'EACCES'],
  ['pread64', 'EIO'],
] as const

/**
 * Of each kind of call so many are tried, from the first to the last with the same distance: each of all calls would take a day, and
 * most write the pages of one transaction. Every second one fails once, the others with all calls that follow; but not `write`, with
 * which Node wakes its own threads.
 */
const PLACES = 5 * TIMES

function placesIn(call: string, count: number): readonly string[] {
  const many = Math.min(count, PLACES)
  const all = Array.from(
    { length: many },
    (_, n) => 1 + Math.round((n * (count - 1)) / (many - 1 || 1)),
  )
  return all.map((k, n) => (n % 2 === 0 || call === 'write' ? `${k}` : `${k}+`))
}

const isWriter = (name: string): name is Writer => name in WRITERS

describe.skipIf(!canTrace())('fault 30: calls of every command fail (needs strace)', () => {
  test.each(Object.keys(WRITERS).filter(isWriter))('%s', async (writer) => {
    const units: (() => Promise<unknown>)[] = []
    for (const [call, error] of KINDS) {
      for (const when of placesIn(call, await callsOf(writer, call))) {
        const work = async () => {
          expect(await failAt(writer, call, error, when)).toBe('safe')
        }
        units.push(async () => await unit(`${writer}, ${call} ${error} ${when}`, work))
      }
    }
    expect(units.length).toBeGreaterThan(0)
    // Two at a time: most of the time, a unit waits for the disk.
    const next = async (): Promise<void> => {
      for (let one = units.shift(); one; one = units.shift()) await one()
    }
    await Promise.all([next(), next()])
  })
})
