import { fstatSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Day, dayOf } from './dates.ts'
import { CoachError, EXIT } from './errors.ts'
import { makeShelf, notebookKeeper } from './keeper.ts'
import { isFolder, readLayer, shippedLayer } from './layers.ts'
import { lazy } from './lazy.ts'
import { outputOf } from './output.ts'
import type { Key } from './notebook/connect.ts'
import type { Fill, Notebook } from './notebook/notebook.ts'
import { type Paint, PLAIN } from './paint.ts'
import { type Places, placesOf } from './places.ts'
import type { Layer } from './questions/layer.ts'

/** A stream that text is written to. */
export type Output = NodeJS.WritableStream & {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  readonly rows?: number | undefined
  /** Whether somebody can see what was written until now: not where the stream is closed, or its reader has ended. */
  isShown?(): boolean
}

/** The stream that keys or a file come from. */
type Input = NodeJS.ReadableStream & {
  readonly isTTY?: boolean | undefined
  setRawMode?(isRaw: boolean): unknown
}

/** What is the same for every command, from the flags that every command takes. */
export interface Settings {
  readonly notebook?: string | undefined
  /** A file whose first line is the password of an encrypted notebook. */
  readonly passwordFile?: string | undefined
  readonly new?: boolean | undefined
  readonly input?: boolean | undefined
  readonly quiet?: boolean | undefined
  readonly color?: boolean | undefined
  /** Plain lines only: nothing drawn, nothing redrawn, no colours. */
  readonly plain?: boolean | undefined
  /** Folders of banks that lie over those of the home. */
  readonly bank?: readonly string[] | undefined
}

/** Everything impure that the program touches. Made once by `bin`, and by each test. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly cwd: string
  /** What system this is, as Node names it: some keep files, names and programs in other ways. */
  readonly platform: NodeJS.Platform
  readonly settings: Settings
  readonly places: Places
  /** The name of this computer. */
  readonly machine: string
  readonly now: () => Date
  today(): Day
  /** The notebook, or null when there is none yet: a reader then shows the empty result. */
  read(): Promise<Notebook | null>
  /** The notebook, made if there is none yet; `fill` puts in what a new one begins with. */
  open(fill?: Fill): Promise<Notebook>
  /** What opens a file if it is encrypted, asked for on need; null for a file that is not. */
  unlock(path: string): Promise<Key | null>
  /** A failure that the file of the notebook is behind, in words for the user; anything else as it is. */
  explain(error: unknown): unknown
  /** The shipped banks and guides, and those in the user's home. */
  layers(): readonly Layer[]
  /** Where the notebook is, or would be. */
  readonly notebookPath: string
  /**
   * Makes the backup of the week where something was written and it is time for one. It fails no command: what went wrong is said
   * on stderr.
   */
  backUp(): Promise<void>
  /** The banks and guides of a folder; null where there is no such folder. */
  layerAt(folder: string): Layer | null
  /** Whether a person can be asked: a terminal on both sides, and no `--no-input`. */
  canAsk(): boolean
  /** Whether a pipe or a file is connected to stdin, so that something may be waiting there to be read. */
  isPiped(): boolean
  /** Whether only plain lines may be shown: with `--plain`, and on a terminal that can show nothing else. */
  isPlain(): boolean
  /** Colours for a stream, as far as it shows any. */
  colors(stream: Output): Paint
  /** Something that was asked for, to stdout. */
  print(text: string): void
  /** A confirmation, a hint or progress, to stderr; nothing with `--quiet`. */
  say(text: string): void
  /** Number of this process, and whether a coach with a number runs just now. */
  readonly pid: number
  readonly isRunning: (pid: number, started: string | null) => boolean
  /** When this process began, as the system counts; null where it does not tell. */
  readonly started: string | null
  /** Calls back when the process is told to end, until the returned function is called. */
  onSignal(listener: (signal: 'SIGTERM' | 'SIGHUP' | 'SIGINT') => void): () => void
  /** Keeps the shell from putting the process to sleep, and calls back when it wakes, until the returned function is called. */
  onJobControl(listener: () => void): () => void
  /** The same world with the flags of this command line. */
  with(settings: Settings): World
  close(): void
}

/** What a world is made from. */
export interface WorldParts {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly cwd: string
  readonly places: Places
  readonly now: () => Date
  /** See {@link World.isPiped}. */
  readonly isPiped?: () => boolean
  /** The name of the computer, where that is not the one of this process. */
  readonly machine?: string
  /** What system it is, where that is not the one of this process. */
  readonly platform?: NodeJS.Platform
}

/** The real world of a process. */
export async function realWorld(): Promise<World> {
  const { env } = process
  let keyboard: NodeJS.ReadStream | undefined
  return makeWorld({
    env,
    // Made on need: to open the keyboard costs a reader more than its query does.
    get stdin() {
      keyboard ??= process.stdin
      // After Ctrl-D, the stream is over; the terminal is not.
      if (keyboard.isTTY && keyboard.readableEnded) {
        keyboard = new (process.getBuiltinModule('node:tty').ReadStream)(0)
      }
      return keyboard
    },
    stdout: outputOf(1),
    stderr: outputOf(2),
    cwd: process.cwd(),
    places: await safePlaces(env),
    now: () => new Date(),
    isPiped,
  })
}

/**
 * The places, unless coach runs as root in somebody else's: files that it made there would belong to root, and their
 * owner could not open them any more.
 */
async function safePlaces(env: WorldParts['env']): Promise<Places> {
  const places = await placesOf(env, process.platform)
  const isLent = process.getuid?.() === 0 && Boolean(env['SUDO_UID'] || env['DOAS_USER'])
  for (const folder of isLent ? [places.config, dirname(places.notebook)] : []) {
    if (ownerOf(folder) === 0) continue
    throw new CoachError(
      EXIT.cannotWrite,
      `coach was started as root, and its files in ${folder} would then belong to root. Nothing was changed.`,
      'Run the same command as yourself, without sudo.',
    )
  }
  return places
}

/** Whose a folder is, or would be when it is made. */
function ownerOf(folder: string): number {
  const found = statSync(folder, { throwIfNoEntry: false })
  return found ? found.uid : ownerOf(dirname(folder))
}

/** Makes a world from its parts. */
export function makeWorld(parts: WorldParts, settings: Settings = {}, shelf = makeShelf()): World {
  const { env, stdout, stderr, cwd, places, now, platform = process.platform } = parts
  const { machine = process.getBuiltinModule('node:os').hostname() } = parts
  const keeper = notebookKeeper(
    {
      cwd,
      env,
      places,
      now,
      stderr,
      platform,
      machine,
    },
    settings,
    shelf,
    () => world,
  )
  const world: World = {
    env,
    get stdin() {
      return parts.stdin
    },
    stdout,
    stderr,
    cwd,
    platform,
    places,
    now,
    settings,
    machine,
    today: () => dayOf(now()),
    ...keeper,
    layers: () => [
      shippedLayer(),
      readLayer('home', join(places.config, 'question-banks'), {
        guides: join(places.config, 'guides'),
        config: join(places.config, 'config.yaml'),
      }),
    ],
    layerAt: (folder) => (isFolder(folder) ? readLayer(folder, folder) : null),
    canAsk: () => settings.input !== false && parts.stdin.isTTY === true && stderr.isTTY === true,
    isPiped: () => parts.isPiped?.() ?? false,
    isPlain: () => isPlain(env, settings),
    colors: (stream) => {
      const level = colorLevel(stream, env, settings)
      return level === 0 ? PLAIN : new (lazy.chalk().Chalk)({ level })
    },
    print: (text) => void stdout.write(text),
    say: (text) => void (settings.quiet || stderr.write(text)),
    pid: process.pid,
    isRunning,
    get started() {
      return startOf(process.pid)
    },
    onJobControl(listener) {
      // A conversation is not put to sleep half-way; what woke up anyway takes its keyboard back.
      const stay = () => undefined
      process.on('SIGTSTP', stay)
      process.on('SIGCONT', listener)
      return () => {
        process.off('SIGTSTP', stay)
        process.off('SIGCONT', listener)
      }
    },
    onSignal(listener) {
      const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const
      const handlers = signals.map((signal) => [signal, () => listener(signal)] as const)
      for (const [signal, handler] of handlers) process.on(signal, handler)
      return () => {
        for (const [signal, handler] of handlers) process.off(signal, handler)
      }
    },
    with: (more) => makeWorld(parts, more, shelf),
  }
  return world
}

/** A process with that number that began then: numbers are given anew. */
function isRunning(pid: number, started: string | null): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return started === null || startOf(pid) === started
}

/** When a process began, in ticks since the machine was started (Linux); null elsewhere. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

/** Looks at what stdin is, without reading from it. */
function isPiped(): boolean {
  try {
    const stdin = fstatSync(0)
    // Not a socket: programs that start others give them one, with nothing in it.
    return stdin.isFIFO() || stdin.isFile()
  } catch {
    // It is closed.
    return false
  }
}

function isPlain(env: World['env'], settings: Settings): boolean {
  return settings.plain === true || env['TERM'] === 'dumb'
}

function colorLevel(stream: Output, env: World['env'], settings: Settings): 0 | 1 {
  const isOff = settings.color === false || Boolean(env['NO_COLOR']) || isPlain(env, settings)
  return stream.isTTY && !isOff ? 1 : 0
}
