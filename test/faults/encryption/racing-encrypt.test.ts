import { spawn } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { saltOf } from '../../../src/notebook/file/header.ts'
import { filledHome, passwordFile } from '../../notebook/encrypted.ts'
import { commandLine, environment } from '../../ask/terminal/process.ts'
import type { Home } from '../../world.ts'
import { canTrace, coach, coachWith, strace } from '../built.ts'

/** Runs the built program beside others, with the password at hand. */
async function start(
  home: Home,
  args: readonly string[],
  before: readonly string[] = [],
): Promise<{ readonly code: number; readonly err: string }> {
  const [program, own] = commandLine([...args, '--password-file', passwordFile(home)])
  const [first = program, ...more] = [...before, program, ...own]
  return await new Promise((done) => {
    const child = spawn(first, more, {
      cwd: home.folder,
      env: environment(home.folder),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let err = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    child.on('close', (code) => done({ code: code ?? -1, err }))
  })
}

describe('fault 73: a command under which the notebook is encrypted', () => {
  const MOMENTS = [
    ...[1, 2, 3, 4].map((when) => `openat:delay_enter=3000000:when=${when}`),
    ...[1, 3, 5].map((when) => `pread64:delay_enter=3000000:when=${when}`),
  ]

  test.skipIf(!canTrace()).each(MOMENTS)(
    'ends well or says “run again”, held up at the notebook by %s (needs strace)',
    async (moment) => {
      const home = await filledHome()
      expect(coach(home, ['people']).code).toBe(0)
      const [tracer = '', ...options] = strace(moment)
      const held = [tracer, '-P', home.notebook, ...options]
      const reading = start(home, ['note', '--list'], held)
      await setTimeout(1000)
      expect(coachWith(home, ['encrypt', '--wipe']).code).toBe(0)
      expect(saltOf(home.notebook)).not.toBe(null)
      const { code, err } = await reading
      const isTold = /took the place of .*\nRun the command again\./.test(err)
      expect({ code, isTold, err }).toEqual({ code: isTold ? 4 : 0, isTold, err })
    },
  )
})
