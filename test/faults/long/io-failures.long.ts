import { describe, expect, test } from 'vitest'
import { canTrace } from '../file-tools.ts'
import { callsOf, failAt, type Writer, WRITERS } from '../io-sweep.ts'
import { unitsOf } from './units.ts'

const unit = unitsOf('io-failures')

const KINDS = [
  ['pwrite64', 'EIO'],
  ['pwrite64', 'ENOSPC'],
  ['fsync', 'EIO'],
  ['unlink', 'EIO'],
  ['openat', 'EMFILE'],
  ['openat', 'EACCES'],
  ['pread64', 'EIO'],
] as const

const isWriter = (name: string): name is Writer => name in WRITERS

describe.skipIf(!canTrace())('fault 30: every call of a command fails (needs strace)', () => {
  test.each(
    Object.keys(WRITERS)
      .filter(isWriter)
      .flatMap((writer) => KINDS.map(([call, error]) => [writer, call, error] as const)),
  )('%s, %s with %s', { timeout: 3_600_000 }, async (writer, call, error) => {
    const count = await callsOf(writer, call)
    for (let k = 1; k <= count; k++) {
      for (const when of [`${k}`, `${k}+`]) {
        await unit(`${writer}, ${call} ${error} ${when}`, async () => {
          expect(await failAt(writer, call, error, when)).toBe('safe')
        })
      }
    }
  })
})
