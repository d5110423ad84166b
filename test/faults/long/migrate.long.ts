import { describe, expect, test } from 'vitest'
import { OLD_FORMATS } from '../../notebook/older.ts'
import { canTrace } from '../file-tools.ts'
import { migrateTogether, migrateWith } from '../migration-kills.ts'
import { unitsOf } from './units.ts'

const unit = unitsOf('migrate')

/** More calls than a migration makes: the sweep ends where a failure is no longer met. */
const MOST = 400

describe.each(OLD_FORMATS)('a notebook of format %s', (format) => {
  test
    .skipIf(!canTrace())
    .each([
      'pwrite64:signal=SIGKILL',
      'fsync:signal=SIGKILL',
      'unlink:signal=SIGKILL',
      'rename:signal=SIGKILL',
      'pwrite64:error=ENOSPC',
    ])('fault 41: %s at each call (needs strace)', { timeout: 3_600_000 }, async (inject) => {
    const isMetAt = async (k: number) =>
      await unit(`format ${format}, ${inject} ${k}`, async () => ({
        met: Number(await migrateWith(format, `${inject}:when=${k}`)),
      }))
    let k = 1
    while (k < MOST && (await isMetAt(k))['met'] === 1) k++
    expect(k).toBeGreaterThan(1)
    expect(k).toBeLessThan(MOST)
  })

  test(
    'fault 38: two programs bring it up to date together, 50 times',
    {
      timeout: 3_600_000,
    },
    async () => {
      for (let round = 0; round < 50; round++) {
        await unit(`format ${format}, together ${round}`, async () => {
          expect(await migrateTogether(format, 2)).toBeGreaterThan(0)
        })
      }
    },
  )
})
