import { openSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { saltOf } from '../../../src/notebook/file/header.ts'
import { encryptedHome, filledHome, passwordFile } from '../../notebook/encrypted.ts'
import { filesIn, hashOfFile } from '../../notebook/file.ts'
import { commandLine, environment, runScript } from '../../ask/terminal/process.ts'
import { startScript } from '../../ask/terminal/pty.ts'
import type { Home } from '../../world.ts'
import { coachWith, flat, recoveryKeyIn } from '../built.ts'

const REFUSED = 'The recovery key cannot be shown'

/** Where the output of a command goes, as bash has it. The password takes its time: a reader has ended by then. */
const NOWHERE = [
  ['is closed', '>&-'],
  ['goes to a program that has ended', '| true'],
  ['goes to a program that has closed its ear', '| (exec <&-; sleep 4)'],
  ['goes to /dev/null', '>/dev/null'],
  ['goes to a full disk', '>/dev/full'],
] as const

const unchanged = (home: Home, hash: string) => {
  expect(hashOfFile(home.notebook)).toBe(hash)
  expect(filesIn(home.folder).filter((name) => name.includes('.new'))).toEqual([])
}

describe('fault 74: where the recovery key can be shown nowhere, nothing is encrypted', () => {
  test.each(NOWHERE)('as the output %s', async (_what, where) => {
    const home = await filledHome()
    const hash = hashOfFile(home.notebook)
    const file = passwordFile(home)
    const { out, err } = await runScript(
      home.folder,
      `coach encrypt --wipe --password-file '${file}' ${where}\necho "code \${PIPESTATUS[0]}"`,
    )
    expect(out).toBe('code 7\n')
    expect(flat(err)).toContain(REFUSED)
    expect(err).not.toContain('Write it down')
    unchanged(home, hash)
  })

  test('a notebook does not get another password', async () => {
    const home = await encryptedHome()
    const hash = hashOfFile(home.notebook)
    const file = passwordFile(home, 'another one', 'new')
    const { out, err } = await runScript(
      home.folder,
      `coach encrypt --change --password-file '${passwordFile(home)}' --new-password-file '${file}' >&-\necho "code $?"`,
    )
    expect([out, flat(err)]).toEqual(['code 7\n', expect.stringContaining(REFUSED)])
    unchanged(home, hash)
  })

  test('while a pipe that is read, a file and a terminal show it', async () => {
    const home = await filledHome()
    expect(recoveryKeyIn(coachWith(home, ['encrypt', '--wipe']))).not.toBe('')

    const other = await filledHome()
    const [program, args] = commandLine([
      'encrypt',
      '--wipe',
      '--password-file',
      passwordFile(other),
    ])
    const paper = openSync(`${other.folder}/paper`, 'w')
    const { status } = spawnSync(program, args, {
      env: environment(other.folder),
      stdio: ['ignore', paper, 'pipe'],
    })
    expect([status, saltOf(other.notebook) === null]).toEqual([0, false])

    const third = await filledHome()
    const terminal = startScript(`coach encrypt --wipe --password-file '${passwordFile(third)}'`, {
      folder: third.folder,
    })
    expect(await terminal.exit()).toBe(0)
    expect(terminal.text()).toContain('Recovery key:')
    expect(terminal.text()).toContain('Write it down')
  })
})
