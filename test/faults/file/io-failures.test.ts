import { describe, expect, test } from 'vitest'
import { canTrace } from '../file-tools.ts'
import { callsOf, failAt } from './io-sweep.ts'

describe.skipIf(!canTrace())('fault 30: the disk reports an error (needs strace)', () => {
  test.each([
    ['pwrite64', 'EIO', ['1', '3', '30', '20+']],
    ['pwrite64', 'ENOSPC', ['30', '1+']],
    ['fsync', 'EIO', ['1', '2', '3', '4', '5']],
    ['unlink', 'EIO', ['1', '1+']],
    ['openat', 'EMFILE', ['1', '2', '4', '5', '4+']],
    ['openat', 'EACCES', ['2', '4']],
    ['pread64', 'EIO', ['2', '1+']],
  ] as const)('at %s with %s', async (call, error, at) => {
    for (const when of at) expect(await failAt('done', call, error, when)).toBe('safe')
  })

  test('while an answers file is saved: all of it is, or nothing', async () => {
    for (let k = 1; k <= (await callsOf('save', 'fsync')); k++) {
      expect(await failAt('save', 'fsync', 'EIO', `${k}+`)).toBe('safe')
    }
  })

  test('while an export is written: the file is whole, or not there', async () => {
    expect(await failAt('export json', 'fsync', 'EIO', '1')).toBe('safe')
    expect(await failAt('export json', 'write', 'ENOSPC', '1')).toBe('safe')
  })

  test('each of the calls is made by some command', async () => {
    expect(await callsOf('done', 'pwrite64')).toBeGreaterThan(30)
    expect(await callsOf('done', 'fsync')).toBeGreaterThan(4)
    expect(await callsOf('done', 'openat')).toBeGreaterThan(4)
  })
})
