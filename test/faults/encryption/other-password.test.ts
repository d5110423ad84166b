import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { encryptedHome, passwordFile } from '../../notebook/encrypted.ts'
import type { Home } from '../../world.ts'
import { addBackup, coach, coachWith, flat } from '../built.ts'

/** An encrypted home with one backup, made before the password was changed; its new password is in the file. */
async function changedHome() {
  const home = await encryptedHome()
  expect(coachWith(home, ['backup'])).toMatchObject({ code: 0 })
  const file = passwordFile(home, 'another one', 'new')
  const change = ['encrypt', '--change', '--new-password-file', file, '--backups', 'keep']
  expect(coachWith(home, change)).toMatchObject({ code: 0 })
  const [name = ''] = readdirSync(join(home.folder, 'backups'))
  const changed = (...argv: readonly string[]) => coach(home, [...argv, '--password-file', file])
  return { home, name, path: join(home.folder, 'backups', name), changed }
}
const findingsIn = (out: string): readonly { id: string; what: string }[] =>
  JSON.parse(out).findings

describe('fault 46: a good backup under the password from before', () => {
  test('is not called damaged, and counts as a backup', async () => {
    const { path, changed } = await changedHome()
    const listed = changed('backup', '--list')
    expect(flat(listed.out)).toContain('encrypted · under another password')
    expect(listed.out).not.toContain('damaged')
    for (const more of [[], ['--full']]) {
      const { code, out } = changed('doctor', '--json', ...more)
      const found = findingsIn(out)
      expect([code, found.map(({ id }) => id)]).toEqual([0, ['other-password']])
      expect(found[0]?.what).toContain(path)
    }
  })

  test('is named where no other one can be restored, and is restored with its password', async () => {
    const { home, name, changed } = await changedHome()
    const latest = changed('restore', 'latest', '--yes')
    expect([latest.code, latest.err]).toEqual([3, expect.stringContaining(`restore ${name}`)])
    rmSync(home.notebook)
    expect(coachWith(home, ['restore', name, '--yes'])).toMatchObject({ code: 0 })
    expect(coachWith(home, ['people']).out).toContain('Ana Silva')
  })

  test('that is damaged is told as damaged all the same', async () => {
    const { home, path } = await changedHome()
    writeFileSync(path, readFileSync(path).subarray(0, 8192))
    rmSync(home.notebook)
    const listed = coachWith(home, ['backup', '--list'])
    expect(listed.out).toContain('damaged')
  })
})

test('fault 64: a copy that is not encrypted, beside a notebook that is, is told by the doctor', async () => {
  const home: Home = await encryptedHome()
  const plain = await (async () => {
    const sealed = readFileSync(home.notebook)
    expect(coachWith(home, ['decrypt', '--yes'])).toMatchObject({ code: 0 })
    const paths = [addBackup(home), join(home.folder, 'notebook (conflicted copy).db')]
    writeFileSync(paths[1] ?? '', readFileSync(home.notebook))
    writeFileSync(home.notebook, sealed)
    return paths
  })()
  const seen = coachWith(home, ['doctor', '--json'])
  const found = findingsIn(seen.out).find(({ id }) => id === 'not-encrypted')
  for (const path of plain) expect(found?.what).toContain(path)
  const closed = coach(home, ['doctor', '--json', '--no-input'])
  expect(findingsIn(closed.out).map(({ id }) => id)).toContain('not-encrypted')
})
