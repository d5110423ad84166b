import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CANARY, encryptedHome, holdersOf } from '../../notebook/encrypted.ts'
import { canTrace, coachWith, strace } from '../built.ts'
import { killedAt, SCENES } from './killed-commands.ts'

describe.skipIf(!canTrace())('killed at a call on a file (needs strace)', () => {
  test.each(Object.keys(SCENES))(
    'fault 1, 26, 41, 45: %s leaves a notebook that opens, and a doctor that tells the truth',
    async (name) => {
      for (const at of [0.3, 0.8]) expect(await killedAt(name, at)).toBe('safe')
    },
  )

  test('fault 64, 70: decrypt leaves text beside the encrypted notebook, and the doctor says so', async () => {
    const home = await encryptedHome()
    coachWith(home, ['decrypt', '--yes'], strace('pwrite64:signal=SIGKILL:when=41'))
    const [left = '', ...more] = holdersOf(home.folder, CANARY)
    expect([left, more]).toEqual([expect.stringContaining(join(home.folder, 'notebook.db.')), []])
    const { out } = coachWith(home, ['doctor'])
    const said = `The notebook is encrypted, and an interrupted command left text of it that may not be: ${left}`
    expect(out.replaceAll(/\s/g, '')).toContain(said.replaceAll(' ', ''))
    expect(out).not.toContain('All is well')
  })
})
