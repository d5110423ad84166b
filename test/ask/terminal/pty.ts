import { setTimeout } from 'node:timers/promises'
import { spawn } from '@lydell/node-pty'
import { Terminal } from '@xterm/headless'
import { onTestFinished } from 'vitest'
import { commandLine, environment, withCoach } from './process.ts'

/** How long a condition may take before a test gives up, in ms: machines are shared. */
const PATIENCE = 20_000

const KEYS = {
  enter: '\r',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  home: '\x1b[H',
  end: '\x1b[F',
  escape: '\x1b',
  backspace: '\x7f',
  'ctrl-c': '\x03',
  'ctrl-d': '\x04',
  'ctrl-e': '\x05',
  'ctrl-g': '\x07',
  'ctrl-l': '\x0c',
  'ctrl-p': '\x10',
  'ctrl-s': '\x13',
  'ctrl-u': '\x15',
  'ctrl-z': '\x1a',
} as const

/** A program in a real terminal, and what a person in front of it sees and does. */
export interface Pty {
  /** The visible rows, without blanks at their ends. */
  screen(): string
  /** What is visible, as one line with single blanks: how a text is wrapped does not matter. */
  text(): string
  /** The terminal's first page as one line, with what has scrolled away: what stays behind after the end. */
  firstPage(): string
  /** Whether the terminal’s second page is shown, on which conversations are held. */
  isInConversation(): boolean
  /** All bytes that the program sent. */
  raw(): string
  /** Types; what follows has to wait until it is seen, or the program takes both for one paste. */
  type(text: string): void
  press(key: keyof typeof KEYS): void
  /** Pastes, as a terminal does that marks its pastes. */
  paste(text: string): void
  /** Types a text, waits until it stands before the cursor, and ends it with a key (Enter unless said otherwise). */
  answer(text: string, end?: keyof typeof KEYS): Promise<void>
  /** Whether the last words of a text stand before the cursor. */
  isTyped(text: string): boolean
  /** Waits until a whole screen is drawn whose text, as one line, holds this. */
  see(wanted: string | RegExp): Promise<void>
  /** Waits until a whole screen holds one of several texts, and tells which, by its place among them. */
  seeOneOf(wanted: readonly (string | RegExp)[]): Promise<number>
  /** Waits until something is the case. */
  until(isMet: () => boolean, what: string): Promise<void>
  resize(columns: number, rows: number): Promise<void>
  kill(signal: NodeJS.Signals): void
  /** Closes the window: the program loses its terminal. */
  close(): void
  /** Waits for the end; a signal that ended the program counts as 128 and its number. */
  exit(): Promise<number>
}

type Buffer = Terminal['buffer']['normal']
type Row = NonNullable<ReturnType<Buffer['getLine']>>

function linesOf(rows: readonly Row[]): readonly string[] {
  return rows.map((row) => row.translateToString(true).trimEnd())
}

/** A row that the terminal itself had to break is put together again. */
function inOneLine(rows: readonly Row[]): string {
  const text = rows
    .map((row) => (row.isWrapped ? '' : '\n') + row.translateToString(false))
    .join('')
  return text.replace(/\s+/g, ' ').trim()
}

/** The screen of a prompt but for its last row, the keys: what Enter does is another thing for a text that is offered again. */
export function withoutKeys(coach: Pty): string {
  return coach.screen().replace(/\n+.*$/, '')
}

/** Where and how a program is started. */
export interface PtyOptions {
  /** The home of the program, and the folder it runs in. */
  readonly folder: string
  readonly columns?: number
  readonly rows?: number
  readonly env?: Readonly<Record<string, string>>
}

/** Starts the built `coach` in a terminal. */
export function startCoach(args: readonly string[], options: PtyOptions): Pty {
  return startIn(...commandLine(args), options)
}

/** Starts a script of bash in a terminal; `coach` is the built program there. */
export function startScript(script: string, options: PtyOptions): Pty {
  return startIn('bash', ['--norc', '-c', withCoach(script)], options)
}

function startIn(program: string, args: string[], options: PtyOptions): Pty {
  const { folder, columns = 80, rows = 24 } = options
  const terminal = new Terminal({ cols: columns, rows, scrollback: 5000, allowProposedApi: true })
  const env = { ...environment(folder), ...options.env }
  const pty = spawn(program, args, {
    name: env['TERM'] ?? 'xterm-256color',
    cols: columns,
    rows,
    cwd: folder,
    env,
  })
  let raw = ''
  let code: number | null = null
  let unread = 0
  pty.onData((data) => {
    raw += data
    unread++
    terminal.write(data, () => unread--)
  })
  pty.onExit(({ exitCode, signal }) => {
    code = signal ? 128 + signal : exitCode
  })
  onTestFinished(() => {
    if (code === null) pty.kill('SIGKILL')
    terminal.dispose()
  })

  const rowsIn = (buffer: Buffer, from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => buffer.getLine(from + at)).filter(
      (row) => row !== undefined,
    )
  const visible = () => {
    const { active } = terminal.buffer
    return rowsIn(active, active.viewportY, active.viewportY + terminal.rows)
  }
  const screen = () => linesOf(visible()).join('\n').trimEnd()
  const text = () => inOneLine(visible())
  const isTyped = (typed: string) => {
    const { active } = terminal.buffer
    const row = active.getLine(active.baseY + active.cursorY)
    const before = row?.translateToString(false, 0, active.cursorX).trimEnd() ?? ''
    return before.endsWith(typed.trimEnd().slice(-8).replace(/^.*\s/, ''))
  }
  const until = async (isMet: () => boolean, what: string) => {
    const deadline = performance.now() + PATIENCE
    while (!isMet()) {
      const isOver = code !== null && unread === 0
      if (performance.now() > deadline || (isOver && !isMet())) {
        const ended = isOver ? ` The program has ended with ${code}.` : ''
        throw new Error(`Waited in vain for ${what}.${ended} The screen:\n${screen()}`)
      }
      await setTimeout(10)
    }
  }
  /** A conversation draws each screen in one go and ends it so; a part of one could be taken for all of it. */
  const isWhole = () =>
    terminal.buffer.active.type === 'normal' || /\[J(.\[\d+;\d+H.\[\?25h)?$/.test(raw)
  const seeOneOf = async (wanted: readonly (string | RegExp)[]) => {
    const find = () => {
      const now = text()
      return wanted.findIndex((one) =>
        typeof one === 'string' ? now.includes(one) : one.test(now),
      )
    }
    await until(() => unread === 0 && isWhole() && find() >= 0, wanted.join(', or '))
    return find()
  }
  const type = (typed: string) => pty.write(typed)
  return {
    screen,
    text,
    firstPage: () => inOneLine(rowsIn(terminal.buffer.normal, 0, terminal.buffer.normal.length)),
    isInConversation: () => terminal.buffer.active.type === 'alternate',
    raw: () => raw,
    type,
    isTyped,
    press: (key) => pty.write(KEYS[key]),
    paste: (pasted) => pty.write(`\x1b[200~${pasted}\x1b[201~`),
    async answer(typed, end = 'enter') {
      type(typed)
      await until(() => isTyped(typed), `“${typed}” before the cursor`)
      pty.write(KEYS[end])
    },
    async see(wanted) {
      await seeOneOf([wanted])
    },
    seeOneOf,
    until,
    async resize(toColumns, toRows) {
      terminal.resize(toColumns, toRows)
      const before = raw.length
      pty.resize(toColumns, toRows)
      await until(() => raw.length > before, 'a screen of the new size')
    },
    kill: (signal) => pty.kill(signal),
    close() {
      if ('destroy' in pty && typeof pty.destroy === 'function') pty.destroy()
    },
    async exit() {
      await until(() => code !== null && unread === 0, 'the end of the program')
      return code ?? -1
    },
  }
}
