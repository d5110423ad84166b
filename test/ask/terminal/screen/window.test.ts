import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CUES, follow } from '../cues.ts'
import { recordOf } from '../process.ts'
import { type Pty, startCoach, startScript } from '../pty.ts'
import { LINES, ORTP_PREPARE, atHome, reach } from './reach-prompt.ts'

const WITHOUT_TAB = LINES.join('\n').replaceAll('\t', '')

test('fault 56: a text stays whole while the window changes its size', async () => {
  const options = await atHome()
  const coach = await reach(ORTP_PREPARE, options, CUES.ortp.prepare, 'What did you see or hear?')
  coach.paste(WITHOUT_TAB)
  await coach.see('the last line')
  const before = coach.screen()
  for (const [columns, rows] of [
    [20, 5],
    [200, 50],
    [33, 9],
    [80, 24],
  ] as const) {
    await coach.resize(columns, rows)
    await coach.see('the last line')
  }
  await coach.until(() => coach.screen() === before, 'the same screen as before')
  coach.press('ctrl-d')
  await coach.see('Which stage of the sale was it?')
  expect(await recordOf(options.folder)).toMatchObject({ observation: { saw: WITHOUT_TAB } })
})

test('fault 3: a closed window keeps what was typed', async () => {
  const options = await atHome()
  const coach = await reach(ORTP_PREPARE, options, CUES.ortp.prepare, 'What did you see or hear?')
  coach.type('She asked ear')
  await coach.see('› She asked ear')
  coach.close()
  await coach.exit()
  const again = startCoach(['session', 'ana'], options)
  await again.see('What did you see or hear?')
  expect(again.text()).toContain('› She asked ear')
})

const CANARY = 'Northwind canary'

describe('fault 58: the terminal is as it was', () => {
  const atPrompt = async (coach: Pty) => {
    await coach.see('When and where was it?')
    await coach.answer(CANARY)
    await coach.see('What did you see or hear?')
    coach.type(CANARY)
    await coach.see(`› ${CANARY}`)
  }
  const signal = (name: NodeJS.Signals) => async (coach: Pty, folder: string) => {
    await atPrompt(coach)
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), name)
  }
  test.each<{
    ending: string
    code: number
    args?: string
    leave: (coach: Pty, folder: string) => Promise<void>
  }>([
    {
      ending: 'the last prompt',
      code: 0,
      args: 'session ana --prepare --quick',
      async leave(coach) {
        await follow(coach, CUES.quick.prepare, 'Saved')
      },
    },
    {
      ending: 'Ctrl-C',
      code: 130,
      async leave(coach) {
        await atPrompt(coach)
        coach.press('ctrl-c')
      },
    },
    { ending: 'SIGTERM', code: 143, leave: signal('SIGTERM') },
    { ending: 'SIGHUP', code: 129, leave: signal('SIGHUP') },
    { ending: 'SIGINT from outside', code: 130, leave: signal('SIGINT') },
    {
      ending: 'Ctrl-C at a small question',
      code: 130,
      args: 'session ana',
      async leave(coach) {
        await coach.see('Before the conversation, or now?')
        coach.press('ctrl-c')
      },
    },
    {
      ending: 'SIGTERM at a small question',
      code: 143,
      args: 'session ana',
      async leave(coach, folder) {
        await coach.see('Before the conversation, or now?')
        process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGTERM')
      },
    },
    {
      ending: 'SIGTERM while a session is corrected',
      code: 143,
      args: 'edit 1',
      async leave(coach, folder) {
        await coach.see('What did you see or hear?')
        process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGTERM')
      },
    },
    {
      ending: 'SIGHUP while a session is corrected',
      code: 129,
      args: 'edit 1',
      async leave(coach, folder) {
        await coach.see('What did you see or hear?')
        process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGHUP')
      },
    },
  ])('after $ending', async ({ code, args, leave }) => {
    const options = await atHome()
    if (args === 'edit 1') {
      const first = startCoach(['session', 'ana', '--prepare', '--quick'], options)
      await follow(first, CUES.quick.prepare, 'Saved')
    }
    const script = `stty -a; (echo "$BASHPID" > pid; exec "$NODE" "$BIN" ${args ?? 'session ana --prepare'})
      echo "[$?]"; stty -a; echo the end`
    const coach = startScript(script, options)
    await leave(coach, options.folder)
    expect(await coach.exit()).toBe(0)
    const page = coach.firstPage()
    expect(page).toContain(`[${code}]`)
    const [before, after] = page
      .split(`[${code}]`)
      .map((part) => /speed \d+ baud.*?extproc/.exec(part)?.[0])
    expect(after).toBe(before)
    expect(page).not.toContain(CANARY)
    expect(page).not.toContain('When and where was it?')
    for (const [on, off] of [
      ['\x1b[?25h', '\x1b[?25l'],
      ['\x1b[?2004l', '\x1b[?2004h'],
      ['\x1b[?1049l', '\x1b[?1049h'],
    ] as const) {
      expect(coach.raw().lastIndexOf(on)).toBeGreaterThanOrEqual(coach.raw().lastIndexOf(off))
    }
  })
})
