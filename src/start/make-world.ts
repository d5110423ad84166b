import { fstatSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { dayOf } from '../dates/day.ts'
import { CoachError, EXIT } from '../errors.ts'
import { makeShelf, notebookKeeper } from './notebook-opener.ts'
import { isFolder, readLayer, shippedLayer } from '../library/read-layers.ts'
import { lazy } from '../lazy.ts'
import { outputOf } from './streams.ts'
import { PLAIN } from '../output/paint.ts'
import { type Places, placesOf } from './places.ts'
import type { Input, Output, Settings, World } from '../world.ts'

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
    tell: (text) => void (settings.quiet || stderr.write(text)),
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
