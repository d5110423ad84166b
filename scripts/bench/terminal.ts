import { setTimeout } from 'node:timers/promises'
import { spawn } from '@lydell/node-pty'
import { COACH, median, since } from './run.ts'

/** Stands in the last row of each prompt. */
const PROMPT = '^G'
/** A prompt that does not come at all is a failure, in ms. */
const PATIENCE_MS = 30_000
const LINES = 2000
const KEYS = 30
/** Longer than the program waits before it takes what comes next for another key. */
const BETWEEN_MS = 40

/** The program in a terminal: what it has drawn so far, and how to wait for more. */
interface Screen {
  write(keys: string): void
  /** Waits until what was drawn since the last keys holds a text, or anything at all. */
  until(text?: string): Promise<void>
  /** Stops as with Ctrl-C, so that what is known of the notebook is noted. */
  close(): Promise<void>
}

function open(home: string, args: readonly string[]): Screen {
  const pty = spawn(process.execPath, [COACH, ...args], {
    name: 'xterm-256color',
    cols: 80,
    rows: 24,
    cwd: home,
    env: { ...process.env, COACH_HOME: home, TERM: 'xterm-256color' },
  })
  let drawn = ''
  let wake = (): void => {}
  pty.onData((data) => {
    drawn += data
    wake()
  })
  return {
    write(keys) {
      drawn = ''
      pty.write(keys)
    },
    async until(text = '') {
      const isMet = () => drawn !== '' && drawn.includes(text)
      const begin = process.hrtime.bigint()
      while (!isMet()) {
        if (since(begin) > PATIENCE_MS) throw new Error(`“${text}” did not come: ${drawn}`)
        const more = new Promise<void>((done) => (wake = done))
        await Promise.race([more, setTimeout(PATIENCE_MS, undefined, { ref: false })])
      }
    },
    async close() {
      const ended = new Promise<void>((done) => pty.onExit(() => done()))
      pty.write('\x03')
      await ended
    },
  }
}

/** How long it takes from the start of a session to its first prompt on the screen, in ms. */
export async function firstScreen(home: string, name: string): Promise<number> {
  const begin = process.hrtime.bigint()
  const screen = open(home, ['session', name, '--prepare'])
  await screen.until(PROMPT)
  const took = since(begin)
  await screen.close()
  return took
}

/** How long it takes from a key to what is drawn after it, in a note of 2,000 lines, in ms. */
export async function keyInLongNote(home: string, name: string): Promise<number> {
  const screen = open(home, ['note', name])
  await screen.until(PROMPT)
  const lines = Array.from({ length: LINES }, (_, n) => `Line ${n + 1}: what she said.`)
  screen.write(`\x1b[200~${lines.join('\n')}\x1b[201~`)
  await screen.until(`Line ${LINES}: what she said.`)
  const times: number[] = []
  for (let key = 0; key < KEYS; key++) {
    await setTimeout(BETWEEN_MS)
    const begin = process.hrtime.bigint()
    screen.write('x')
    await screen.until()
    times.push(since(begin))
  }
  await screen.close()
  return median(times)
}
