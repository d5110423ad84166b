import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { encryptedHome, PASSWORD } from '../../notebook/encrypted.ts'
import { newFolder } from '../../notebook/file.ts'
import { environment } from '../../ask/terminal/process.ts'
import { type Home, newHome } from '../../world.ts'
import { flat } from '../built.ts'

/** Runs a line of bash, in which `coach` is the built program. */
function bash(home: Home, line: string): { readonly code: number; readonly said: string } {
  const run = spawnSync('bash', ['-c', `coach() { "$NODE" "$BIN" "$@"; }; ${line}`], {
    cwd: home.folder,
    env: environment(home.folder),
    encoding: 'utf8',
    timeout: 30_000,
  })
  return { code: run.status ?? -1, said: flat(`${run.stdout} ${run.stderr}`) }
}

const MB = 1024 * 1024
/** Everything that reads a file which somebody names, and the most that it may take of it. */
const READERS = [
  { command: 'import', most: 256 * MB },
  { command: 'session --answers', most: 5 * MB },
  { command: 'questions lint', most: 5 * MB },
  { command: 'questions import', most: 5 * MB },
] as const

describe('fault 87: what is named to be read is read up to a bound', () => {
  test.each(READERS)('coach $command refuses a device', ({ command }) => {
    const home = newHome()
    for (const device of ['/dev/zero', '/dev/tty', '/dev/null']) {
      const { code, said } = bash(home, `coach ${command} ${device}`)
      expect(said).toContain(`${device} is a device, which may have no end. Nothing was`)
      expect(code).toBe(2)
    }
  })

  test.each(READERS)(
    'coach $command reads a pipe without an end up to its bound, and not further',
    ({ command, most }) => {
      const home = newHome()
      // The writer counts what it could get rid of.
      const writer = `trap '' PIPE; dd if=/dev/zero bs=64k count=100000 2> count`
      const { code, said } = bash(home, `coach ${command} <(${writer}); sleep 1`)
      expect([code, said]).toEqual([
        0,
        expect.stringMatching(/is larger than (256|5) MB, the most/),
      ])
      const taken = Number(
        /(\d+) bytes/.exec(readFileSync(join(home.folder, 'count'), 'utf8'))?.[1],
      )
      expect(taken).toBeGreaterThan(most - MB)
      expect(taken).toBeLessThan(most + MB)
    },
    60_000,
  )

  test('stdin without an end ends at the bound too', () => {
    const { code, said } = bash(newHome(), 'coach questions lint - < /dev/zero')
    expect([code, said]).toEqual([2, expect.stringContaining('is larger than 5 MB')])
  })

  test('a list in a pipe is read as one in a file', () => {
    const { code, said } = bash(
      newHome(),
      `coach questions lint <(echo 'What would you try first?')`,
    )
    expect([code, said]).toEqual([0, expect.stringContaining('1 line, no hint')])
  })

  test('--password-file takes the first line of a file or a pipe, however long that goes on, and no device', async () => {
    const home = await encryptedHome()
    writeFileSync(join(home.folder, 'pw'), `${PASSWORD}\nuser: me\n`, { mode: 0o600 })
    for (const file of ['pw', '<(cat pw)', '<(cat pw /dev/zero)']) {
      const { code, said } = bash(home, `coach people --password-file ${file}`)
      expect([file, code, said]).toEqual([file, 0, expect.stringContaining('Ana')])
    }
    for (const device of ['/dev/zero', '/dev/null']) {
      const { code, said } = bash(home, `coach people --password-file ${device}`)
      expect([code, said]).toEqual([2, expect.stringContaining(`${device} is a device`)])
    }
    const { code, said } = bash(home, 'coach people --password-file <(tr "\\0" x < /dev/zero)')
    expect([code, said]).toEqual([2, expect.stringContaining('first line that is too long')])
  })

  test('a link that leads to a device is one', () => {
    const home = newHome()
    const folder = newFolder()
    const { code, said } = bash(home, `ln -s /dev/zero ${folder}/z; coach import ${folder}/z`)
    expect([code, said]).toEqual([2, expect.stringContaining('/z is a device')])
    rmSync(join(folder, 'z'))
  })
})
