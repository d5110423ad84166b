import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { homeWith } from '../../ask/terminal/home.ts'
import { homeWithAna } from '../../ask/terminal/process.ts'
import { type Pty, startCoach, startScript } from '../../ask/terminal/pty.ts'

/** A home in which there is something to ask about. */
const home = async () =>
  await homeWith(
    ['person', 'add', 'Ana Silva'],
    ...Array.from({ length: 40 }, (_, at) => ['action', 'add', 'ana', `do the thing number ${at}`]),
  )

const SIZES = [
  [20, 5],
  [200, 60],
  [33, 9],
  [80, 4],
  [21, 40],
  [60, 12],
  [20, 5],
  [132, 24],
  [40, 6],
  [80, 24],
] as const

describe('fault 56: a window that is resized again and again', () => {
  test.each([
    {
      at: 'a text',
      args: ['session', 'ana', '--prepare'],
      asks: 'When and where',
      keys: '',
      type: 'Call with a customer whose name is long, on Tuesday in the morning',
    },
    {
      at: 'a choice among a long list',
      args: ['review', '--triage'],
      asks: 'What became of it?',
      keys: '\x1b[B\x1b[B',
      type: '',
    },
  ])('shows $at at last as if it had never been', async ({ args, asks, keys, type }) => {
    const folder = args[0] === 'session' ? await homeWithAna() : await home()
    const start = async (): Promise<Pty> => {
      const coach = startCoach(args, { folder })
      await coach.see(asks)
      if (keys !== '') coach.type(keys)
      if (type !== '') {
        coach.type(type)
        await coach.until(() => coach.isTyped(type), type)
      } else await coach.see('› p')
      return coach
    }
    const still = await start()
    const expected = still.screen()
    still.press('ctrl-u')
    still.press('ctrl-c')
    await still.exit()
    const coach = await start()
    for (const [columns, rows] of SIZES) await coach.resize(columns, rows)
    await coach.until(
      () => coach.screen() === expected,
      `the same screen as before:\n${expected}\n`,
    )
    expect(coach.screen().split(asks)).toHaveLength(2)
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)
  })

  test('at 20 columns and 5 rows everything can still be answered', async () => {
    const coach = startCoach(['review', '--triage'], { folder: await home(), columns: 20, rows: 5 })
    await coach.until(
      () => coach.raw().includes('reviewing') || coach.screen().includes('1 of 40'),
      'a screen',
    )
    coach.type('d')
    await coach.until(() => coach.screen().includes('2 of 40'), 'the second item')
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)
    expect(coach.firstPage()).toContain('1 changed')
  })

  test('a long list that is printed meanwhile is printed once', async () => {
    const coach = startScript(
      'for i in 1 2 3; do coach review --json > /dev/null; done; coach review',
      { folder: await home() },
    )
    for (const [columns, rows] of SIZES.slice(0, 4)) {
      coach.type('')
      await Promise.race([coach.resize(columns, rows), coach.exit()]).catch(() => undefined)
    }
    expect(await coach.exit()).toBe(0)
    expect(coach.raw().match(/do the thing number 7\b/g)).toHaveLength(1)
  })
})

describe('fault 58: after every ending the terminal is as it was before', () => {
  const asked = 'What do you want to remember?'
  test.each<
    readonly [ending: string, command: string, seen: string, end: (coach: Pty, pid: number) => void]
  >([
    ['done', 'note ana', asked, (coach) => coach.type('x\r\r')],
    ['Ctrl-C', 'note ana', asked, (coach) => coach.press('ctrl-c')],
    ['Ctrl-D', 'note ana', asked, (coach) => coach.press('ctrl-d')],
    ['TERM', 'note ana', asked, (_, pid) => process.kill(pid, 'SIGTERM')],
    ['HUP', 'note ana', asked, (_, pid) => process.kill(pid, 'SIGHUP')],
    ['INT', 'note ana', asked, (_, pid) => process.kill(pid, 'SIGINT')],
    [
      'an error on the way',
      'session ana --record',
      'What became of it?',
      (coach) => coach.type('\x03'),
    ],
    ['a small question, yes', 'delete action 1', 'Delete', (coach) => coach.type('y\r')],
    ['a small question, Ctrl-C', 'delete action 1', 'Delete', (coach) => coach.press('ctrl-c')],
    [
      'a small question, TERM',
      'delete action 1',
      'Delete',
      (_, pid) => process.kill(pid, 'SIGTERM'),
    ],
    ['wrong usage', 'note', '', () => undefined],
  ])('%s', async (_ending, command, seen, end) => {
    const folder = await homeWith(['person', 'add', 'Ana'], ['action', 'add', 'ana', 'send it'])
    const script = `stty -a > before; (echo "$BASHPID" > pid; exec "$NODE" "$BIN" ${command}); stty -a > after; echo over`
    const coach = startScript(script, { folder })
    if (seen !== '') {
      await coach.see(seen)
      end(coach, Number(readFileSync(join(folder, 'pid'), 'utf8')))
    }
    expect(await coach.exit()).toBe(0)
    const [before, after] = ['before', 'after'].map((name) =>
      readFileSync(join(folder, name), 'utf8'),
    )
    expect(after).toBe(before)
    const raw = coach.raw()
    expect(coach.isInConversation()).toBe(false)
    for (const [on, off] of [
      ['?25l', '?25h'],
      ['?2004h', '?2004l'],
      ['?1049h', '?1049l'],
    ]) {
      expect(raw.lastIndexOf(`\x1b[${off}`)).toBeGreaterThanOrEqual(raw.lastIndexOf(`\x1b[${on}`))
    }
  })
})
