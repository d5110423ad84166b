import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { argumentOf } from '../../../src/text/command-line.ts'
import { doIn, saidAfter } from './printed-commands.ts'

describe('a text in a command that is printed', () => {
  test.each([
    ['100 % sure', '"100 % sure"', null],
    ['a & b', '"a & b"', null],
    ['x"" & calc.exe & rem ', `'x"" & calc.exe & rem '`, null],
    ['it is $5', `'it is $5'`, null],
    ['plain words', '"plain words"', '"plain words"'],
    ["it's", `"it's"`, `"it's"`],
  ])('%s is typed into the shell of each system as %s and as %s', (text, posix, windows) => {
    expect(argumentOf(text, false)).toBe(posix)
    expect(argumentOf(text, true)).toBe(windows)
  })

  test('what came through a pipe is named as a file: the pipe is used up', async () => {
    const { to } = await saidAfter([], [])
    await doIn(to, ['session ana --move 2026-12-09'])
    const { err } = await to.coach(
      ['import', '-'],
      readFileSync(join(to.folder, 'all.json'), 'utf8'),
    )
    expect(err).toContain('Next conversation with Ana Silva')
    expect(err).not.toContain('coach import -')
  })
})
