import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { encryptedHome, filledHome, passwordFile } from '../../notebook/encrypted.ts'
import { newFolder } from '../../notebook/file.ts'
import type { Home } from '../../world.ts'
import { coach, flat } from '../built.ts'

const SOMEBODY = 54_321
const isRoot = process.getuid?.() === 0
const configIn = ({ folder }: Home) => join(folder, 'config.yaml')
const ranIn = ({ folder }: Home) => existsSync(join(folder, 'RAN'))

/** A home whose settings name a command that gives the password, and leaves a mark that it ran. */
async function homeWithCommand(): Promise<Home> {
  const home = await encryptedHome()
  const script = join(home.folder, 'give')
  const lines = ['#!/bin/sh', `touch '${home.folder}/RAN'`, `head -n 1 '${passwordFile(home)}'`]
  writeFileSync(script, `${lines.join('\n')}\n`, { mode: 0o700 })
  writeFileSync(configIn(home), `password_command: ${JSON.stringify(script)}\n`, { mode: 0o600 })
  return home
}

/** A home whose settings name a folder of banks. */
async function homeWithBanks(): Promise<Home> {
  const home = await filledHome()
  mkdirSync(join(home.folder, 'theirs'))
  writeFileSync(configIn(home), 'banks: [theirs]\n', { mode: 0o600 })
  return home
}

/** Ways in which somebody else could have written the settings, and what mends each. */
const LENT: readonly (readonly [string, (home: Home) => void, (home: Home) => string])[] = [
  [
    'the file can be written by all',
    (home) => chmodSync(configIn(home), 0o666),
    (home) => `chmod go-w "${configIn(home)}"`,
  ],
  [
    'its folder can be written by all',
    ({ folder }) => chmodSync(folder, 0o777),
    ({ folder }) => `chmod go-w "${folder}"`,
  ],
  [
    'it is a link into a folder that all can write',
    (home) => {
      const shared = join(newFolder(), 'shared')
      mkdirSync(shared)
      chmodSync(shared, 0o777)
      renameSync(configIn(home), join(shared, 'config.yaml'))
      symlinkSync(join(shared, 'config.yaml'), configIn(home))
    },
    () => 'shared"',
  ],
]

const BY_ROOT: typeof LENT = [
  [
    'the file belongs to somebody else',
    (home) => chownSync(configIn(home), SOMEBODY, 0),
    (home) => `chown 0 "${configIn(home)}"`,
  ],
  [
    'its folder belongs to somebody else',
    ({ folder }) => chownSync(folder, SOMEBODY, 0),
    ({ folder }) => `chown 0 "${folder}"`,
  ],
  [
    'a group of others can write it',
    (home) => {
      chownSync(configIn(home), 0, SOMEBODY)
      chmodSync(configIn(home), 0o660)
    },
    (home) => `chmod go-w "${configIn(home)}"`,
  ],
]

describe('fault 75: settings that somebody else could have written', () => {
  const ways = isRoot ? [...LENT, ...BY_ROOT] : LENT

  test.each(ways)('run no password_command: %s', async (_what, lend, mended) => {
    const home = await homeWithCommand()
    lend(home)
    const { code, out, err } = coach(home, ['people'])
    expect([code, out, ranIn(home)]).toEqual([2, '', false])
    expect(err).toContain('password_command in')
    expect(err).toContain(mended(home))
    // What is given by hand needs no setting.
    const byHand = coach(home, ['people', '--password-file', join(home.folder, 'password')])
    expect([byHand.code, ranIn(home)]).toEqual([0, false])
  })

  test.each(ways)('name no folder of banks: %s', async (_what, lend, mended) => {
    const home = await homeWithBanks()
    expect(coach(home, ['questions', 'banks']).code).toBe(0)
    lend(home)
    const { code, err } = coach(home, ['questions', 'banks'])
    expect([code, flat(err)]).toEqual([2, expect.stringContaining('banks in')])
    expect(err).toContain(mended(home))
    // A folder that is named by hand is used, and what needs no question works.
    expect(coach(home, ['people']).code).toBe(0)
    const theirs = join(home.folder, 'theirs')
    expect(coach(home, ['questions', 'banks', '--bank', theirs]).code).toBe(0)
  })

  test('are followed once the command that was named has run', async () => {
    const home = await homeWithCommand()
    chmodSync(configIn(home), 0o666)
    chmodSync(home.folder, 0o777)
    const command = /^chmod .*$/m.exec(coach(home, ['people']).err)?.[0] ?? ''
    expect(spawnSync('sh', ['-c', command]).status).toBe(0)
    expect(statSync(configIn(home)).mode & 0o022).toBe(0)
    expect(coach(home, ['people'])).toMatchObject({ code: 0 })
    expect(ranIn(home)).toBe(true)
  })

  test('words and a language are taken all the same', async () => {
    const home = await filledHome()
    writeFileSync(configIn(home), 'language: en\n')
    chmodSync(configIn(home), 0o666)
    expect(coach(home, ['questions', 'banks']).code).toBe(0)
  })

  test('a sticky folder such as /tmp, and the user’s own private group, are nobody else', async () => {
    const home = await homeWithCommand()
    chmodSync(home.folder, 0o1777)
    expect(coach(home, ['people'])).toMatchObject({ code: 0 })
    chmodSync(home.folder, 0o700)
    if (isRoot) chmodSync(configIn(home), 0o660)
    expect(coach(home, ['people'])).toMatchObject({ code: 0 })
  })
})
