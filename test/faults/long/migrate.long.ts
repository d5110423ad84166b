import { describe, expect, test } from 'vitest'
import { OLD_FORMATS } from '../../notebook/older.ts'
import { canTrace } from '../file-tools.ts'
import { migrateTogether, migrateWith } from '../migration/migration-kills.ts'
import { nodesToTry } from './nodes.ts'
import { unitsOf } from './units.ts'

const unit = unitsOf('migrate')

/** More calls than a migration makes: the sweep ends where a failure is no longer met. */
const MOST = 400

const NAMES = ['this Node', 'the oldest Node']
/** On the Node that runs this test each call is tried, on others each tenth: the calls are SQLite's, and the same. */
const CASES = nodesToTry().flatMap((node, at) =>
  OLD_FORMATS.map((format) => ({
    format,
    node,
    step: at === 0 ? 1 : 10,
    name: NAMES[at] ?? `Node ${at + 1}`,
  })),
)

describe.each(CASES)('a notebook of format $format, on $name', ({ format, node, step, name }) => {
  test
    .skipIf(!canTrace())
    .each([
      'pwrite64:signal=SIGKILL',
      'fsync:signal=SIGKILL',
      'unlink:signal=SIGKILL',
      'rename:signal=SIGKILL',
      'pwrite64:error=ENOSPC',
    ])('fault 41: %s at each call (needs strace)', async (inject) => {
    const isMetAt = async (k: number) =>
      await unit(`${name}, format ${format}, ${inject} ${k}`, async () => ({
        met: Number(await migrateWith(format, `${inject}:when=${k}`, node)),
      }))
    let k = 1
    while (k < MOST && (await isMetAt(k))['met'] === 1) k += step
    expect(k).toBeGreaterThan(1)
    expect(k).toBeLessThan(MOST)
  })

  test('fault 38: two programs bring it up to date together, 50 times', async () => {
    for (let round = 0; round < 50; round += step) {
      await unit(`${name}, format ${format}, together ${round}`, async () => {
        expect(await migrateTogether(format, 2, node)).toBeGreaterThan(0)
      })
    }
  })
})
