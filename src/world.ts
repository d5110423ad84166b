import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Day, dayOf } from './dates.ts'
import { usageError } from './errors.ts'
import { makeShelf, notebookKeeper } from './keeper.ts'
import { isFolder, readLayer, shippedLayer } from './layers.ts'
import { lazy } from './lazy.ts'
import { outputOf } from './output.ts'
import type { Notebook } from './notebook/notebook.ts'
import { type Paint, PLAIN } from './paint.ts'
import type { Layer } from './questions/layer.ts'

/** A stream that text is written to. */
export type Output = NodeJS.WritableStream & {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  readonly rows?: number | undefined
}

/** The stream that keys or a file come from. */
type Input = NodeJS.ReadableStream & {
  readonly isTTY?: boolean | undefined
  setRawMode?(isRaw: boolean): unknown
}

/** What is the same for every command, from the flags that every command takes. */
export interface Settings {
  readonly notebook?: string | undefined
  readonly new?: boolean | undefined
  readonly input?: boolean | undefined
  readonly quiet?: boolean | undefined
  readonly color?: boolean | undefined
  /** Plain lines only: nothing drawn, nothing redrawn, no colours. */
  readonly plain?: boolean | undefined
  /** Folders of banks that lie over those of the home. */
  readonly bank?: readonly string[] | undefined
}

/** Where the files of a user are. */
export interface Places {
  readonly notebook: string
  readonly config: string
  readonly drafts: string
}

/** Everything impure that the program touches. Made once by `bin`, and by each test. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: Input
  readonly stdout: Output
  readonly stderr: Output
  readonly cwd: string
  readonly settings: Settings
  readonly places: Places
  readonly now: () => Date
  today(): Day
  /** The notebook, or null when there is none yet: a reader then shows the empty result. */
  read(): Promise<Notebook | null>
  /** The notebook, made if there is none yet. */
  open(): Promise<Notebook>
  /** The shipped banks and guides, and those in the user's home. */
  layers(): readonly Layer[]
  /** The banks and guides of a folder; null where there is no such folder. */
  layerAt(folder: string): Layer | null
  /** Whether a person can be asked: a terminal on both sides, and no `--no-input`. */
  canAsk(): boolean
  /** Whether only plain lines may be shown: with `--plain`, and on a terminal that can show nothing else. */
  isPlain(): boolean
  /** Colours for a stream, as far as it shows any. */
  colors(stream: Output): Paint
  /** Something that was asked for, to stdout. */
  print(text: string): void
  /** A confirmation, a hint or progress, to stderr; nothing with `--quiet`. */
  say(text: string): void
  /** Calls back when the process is told to end, until the returned function is called. */
  onSignal(listener: (signal: 'SIGTERM' | 'SIGHUP' | 'SIGINT') => void): () => void
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
    places: await placesOf(env),
    now: () => new Date(),
  })
}

/** `$COACH_HOME` holds everything, where it is set; else the folders that the platform provides. */
async function placesOf(env: WorldParts['env']): Promise<Places> {
  const home = env['COACH_HOME']
  if (home) {
    const folder = resolve(home)
    return { notebook: join(folder, 'notebook.db'), config: folder, drafts: join(folder, 'drafts') }
  }
  if (!homedir()) {
    throw usageError('Your home folder is not known.', 'Set COACH_HOME to a folder of yours.')
  }
  const { default: envPaths } = await import('env-paths')
  const { data, config } = envPaths('coach', { suffix: '' })
  return { notebook: join(data, 'notebook.db'), config, drafts: join(data, 'drafts') }
}

/** Makes a world from its parts. */
export function makeWorld(parts: WorldParts, settings: Settings = {}, shelf = makeShelf()): World {
  const { env, stdout, stderr, cwd, places, now } = parts
  const keeper = notebookKeeper(parts, settings, shelf)
  return {
    env,
    get stdin() {
      return parts.stdin
    },
    stdout,
    stderr,
    cwd,
    places,
    now,
    settings,
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
    isPlain: () => isPlain(env, settings),
    colors: (stream) => {
      const level = colorLevel(stream, env, settings)
      return level === 0 ? PLAIN : new (lazy.chalk().Chalk)({ level })
    },
    print: (text) => void stdout.write(text),
    say: (text) => void (settings.quiet || stderr.write(text)),
    onSignal(listener) {
      const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const
      const handlers = signals.map((signal) => [signal, () => listener(signal)] as const)
      for (const [signal, handler] of handlers) process.on(signal, handler)
      return () => {
        for (const [signal, handler] of handlers) process.off(signal, handler)
      }
    },
    with: (more) => makeWorld(parts, more, shelf),
    close: () => shelf.notebook?.close(),
  }
}

function isPlain(env: World['env'], settings: Settings): boolean {
  return settings.plain === true || env['TERM'] === 'dumb'
}

function colorLevel(stream: Output, env: World['env'], settings: Settings): 0 | 1 {
  const isOff = settings.color === false || Boolean(env['NO_COLOR']) || isPlain(env, settings)
  return stream.isTTY && !isOff ? 1 : 0
}
