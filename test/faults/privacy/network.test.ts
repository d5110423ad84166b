import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newFolder } from '../../notebook/file.ts'
import { environment } from '../../ask/terminal/process.ts'
import { everyCommand, FILES, LINES, scriptOf } from '../script-of-all.ts'
import { bash, canCutOff, canTrace } from '../tools.ts'

/** A home with the files that the lines name. */
function homeWithFiles(): string {
  const folder = newFolder()
  mkdirSync(join(folder, 'question-banks'))
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
  return folder
}

test('fault 65: every command is tried', () => {
  const tried = LINES.map((line) => line.replace(/^! /, ''))
  expect(
    everyCommand().filter((name) => !tried.some((line) => `${line} `.startsWith(`${name} `))),
  ).toEqual([])
})

test.skipIf(!canTrace())(
  'fault 65: no command makes a call to the network, nor looks up a name (needs strace)',
  () => {
    const folder = homeWithFiles()
    const trace = join(newFolder(), 'trace')
    const through = [
      'strace',
      '-f',
      '--seccomp-bpf',
      '-qq',
      '-e',
      'trace=%network',
      '-e',
      'signal=none',
      '-o',
      trace,
    ]
    const run = bash(`echo $$ >shell.txt\n${scriptOf(LINES)}`, environment(folder), {
      through,
      cwd: folder,
    })
    expect(run).toEqual({ code: 0, out: '', err: '' })
    // What the shell itself asks the machine about its user is no call of coach.
    const shell = readFileSync(join(folder, 'shell.txt'), 'utf8').trim()
    const calls = readFileSync(trace, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith(`${shell} `))
    expect(calls.filter((line) => !line.includes('exited with'))).toEqual([])
  },
)

test.skipIf(!canCutOff())('fault 65: everything works without a network (needs unshare)', () => {
  const folder = homeWithFiles()
  expect(
    bash(scriptOf(LINES.slice(0, 24)), environment(folder), {
      through: ['unshare', '-rn'],
      cwd: folder,
    }),
  ).toEqual({
    code: 0,
    out: '',
    err: '',
  })
})

test.skipIf(!canTrace())(
  'fault 65: the trace would show a call to the network (needs strace)',
  () => {
    const folder = homeWithFiles()
    const trace = join(newFolder(), 'trace')
    const through = ['strace', '-f', '--seccomp-bpf', '-qq', '-e', 'trace=%network', '-o', trace]
    const call = `"$NODE" -e 'require("node:net").connect(9, "127.0.0.1").on("error", () => {})'`
    bash(call, environment(folder), { through, cwd: folder })
    expect(readFileSync(trace, 'utf8')).toContain('connect(')
  },
)
