import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { howToStart } from '../../src/files/start-program.ts'
import { PASSWORD } from '../notebook/encrypted.ts'
import { answerAt, homeWithAna } from '../ask/terminal/process.ts'
import { type Pty, startCoach } from '../ask/terminal/pty.ts'
import { flat } from '../faults/built.ts'
import { canPlay, type Machine, windows } from './run.ts'

const WRITE = 'for file; do :; done; echo "From the editor." > "$file"'
const SAW = 'What did you see or hear?'

/** Types a text in a conversation on Windows, and calls the editor. */
async function edit(
  { env }: Machine,
  folder: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Pty> {
  const coach = startCoach(['session', 'ana', '--prepare', '--quick'], {
    folder,
    env: { ...env, ...more },
  })
  await coach.see(SAW)
  coach.type('Typed before.')
  await coach.see('› Typed before.')
  coach.press('ctrl-e')
  return coach
}

/** What is kept when the text is taken as it came back. */
async function saved(coach: Pty, folder: string): Promise<unknown> {
  await coach.see('› From the editor.')
  coach.press('ctrl-d')
  await coach.see('Saved')
  expect(await coach.exit()).toBe(0)
  return await answerAt(folder, ['observation', 'saw'])
}

/** The lines that cmd.exe was given. */
const given = (log: string): readonly unknown[] =>
  readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))

describe.skipIf(!canPlay)('the editor on Windows (played over Linux)', () => {
  test('is a .cmd file, found by its name alone, which gets the draft as one word', async () => {
    const machine = windows()
    const program = machine.addProgram('my code.cmd', WRITE)
    const folder = await homeWithAna()
    const log = join(machine.home, 'log')
    const editor = { EDITOR: '"my code" --wait', CMD_LOG: log }
    const coach = await edit(machine, folder, editor)
    expect(await saved(coach, folder)).toBe('From the editor.')
    const line = expect.stringMatching(/^""[^"]*my code\.cmd" "--wait" "[^"]*\.md""$/)
    expect(given(log)).toEqual([['cmd.exe', '/d', '/s', '/c', line]])
    expect(JSON.stringify(given(log))).toContain(program)
  })

  test('is the plain one that Windows has, where none is set', async () => {
    const machine = windows()
    machine.addProgram('notepad.exe', WRITE)
    const folder = await homeWithAna()
    const coach = await edit(machine, folder)
    expect(await saved(coach, folder)).toBe('From the editor.')
  })

  test('is started without cmd.exe where it is a program', async () => {
    const machine = windows()
    machine.addProgram('code.exe', WRITE)
    const folder = await homeWithAna()
    const log = join(machine.home, 'log')
    const coach = await edit(machine, folder, { VISUAL: 'code --wait', CMD_LOG: log })
    expect(await saved(coach, folder)).toBe('From the editor.')
    expect(existsSync(log)).toBe(false)
  })

  test('is not started as a .cmd file where a part of its line would be a command, and the text stays', async () => {
    const machine = windows()
    const program = machine.addProgram('code.cmd', `touch "${machine.home}/started"`)
    const folder = await homeWithAna()
    const coach = await edit(machine, folder, { EDITOR: `${program} --title=R&D` })
    await coach.see(/would read a part of “--title=R&D” as a command/)
    expect(coach.text()).toContain('› Typed before.')
    expect(existsSync(join(machine.home, 'started'))).toBe(false)
  })

  test('is told to be missing, and the text stays', async () => {
    const folder = await homeWithAna()
    const coach = await edit(windows(), folder, { EDITOR: 'nowhere' })
    await coach.see('The editor “nowhere” could not be started. Your text is as it was.')
    expect(coach.text()).toContain('› Typed before.')
  })
})

describe.skipIf(!canPlay)('password_command on Windows (played over Linux)', () => {
  test.each([
    ['pass show coach', 0, ''],
    ['pass show coach&calc', 2, 'would read a part of “coach&calc” as a command'],
  ])('%s, a .cmd file', (command, code, said) => {
    const machine = windows()
    machine.addProgram('pass.cmd', `[ "$1 $2" = "show coach" ] && echo "${PASSWORD}"`)
    expect(machine.coach(['person', 'add', 'Ana'])).toMatchObject({ code: 0 })
    writeFileSync(join(machine.home, 'password'), `${PASSWORD}\n`)
    const encrypt = ['encrypt', '--wipe', '--password-file', 'password']
    expect(machine.coach(encrypt)).toMatchObject({ code: 0 })
    const config = join(machine.home, 'AppData/Roaming/coach/Config')
    mkdirSync(config, { recursive: true })
    writeFileSync(join(config, 'config.yaml'), `password_command: ${command}\n`)
    const outcome = machine.coach(['people'])
    expect(outcome).toMatchObject({ code, out: code === 0 ? 'Ana  not talked yet\n' : '' })
    expect(flat(outcome.err)).toContain(said)
  })
})

describe('how a program is started', () => {
  const on = (platform: NodeJS.Platform) => ({ platform, env: { PATH: '/nowhere' } })

  test('elsewhere than on Windows: as it is, whatever its name and its arguments hold', () => {
    expect(howToStart('a.cmd', ['%x%', '"'], on('linux'))).toEqual({
      file: 'a.cmd',
      args: ['%x%', '"'],
      isVerbatim: false,
    })
  })

  test.each(['"', '%', '&', '|', '<', '>', '^', '!', '\n'])(
    'a batch file is not started with %j in an argument, nor in its name',
    (letter) => {
      const problem = expect.stringContaining('It is a batch file')
      expect(howToStart('a.cmd', [`one${letter}`], on('win32'))).toEqual({ problem })
      expect(howToStart(`${letter}/a.BAT`, [], on('win32'))).toEqual({ problem })
    },
  )

  test('a batch file gets every argument in quotes, and none ends in a backslash that would take a quote away', () => {
    expect(howToStart('/bin/a.bat', ['', "it's one", 'C:\\notes\\'], on('win32'))).toEqual({
      file: 'cmd.exe',
      args: ['/d', '/s', '/c', `""/bin/a.bat" "" "it's one" "C:\\notes\\\\""`],
      isVerbatim: true,
    })
  })

  test('a program gets its arguments from Node, which quotes them as programs read them', () => {
    expect(howToStart('a.exe', ['"&"'], on('win32'))).toEqual({
      file: 'a.exe',
      args: ['"&"'],
      isVerbatim: false,
    })
  })
})
