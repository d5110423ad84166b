import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { dayOf } from '../dates/day.ts'
import { CoachError, EXIT } from '../errors.ts'
import type { User } from '../files/trust.ts'
import { makeShelf, notebookOpener } from './notebook-opener.ts'
import { notebookPathOf } from './notebook-path.ts'
import { isFolder, readLayer, shippedLayer } from '../library/read-layers.ts'
import { lazy } from '../lazy.ts'
import { outputOf } from './streams.ts'
import {
  isPiped,
  isRunning,
  nameOfMachine,
  onJobControl,
  onSignal,
  processStart,
  thisProgram,
  thisUser,
} from './this-process.ts'
import { PLAIN } from '../output/paint.ts'
import { type Places, placesOf } from './places.ts'
import type { InputStream, Output, Settings, World } from '../world.ts'

/** What a world is made from. */
export interface WorldParts {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: InputStream
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
  /** Who runs it, where that is not who runs this process. */
  readonly user?: User | null
  /** The program, where that is not the one of this process. */
  readonly program?: string
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
  const isLent = thisUser()?.id === 0 && Boolean(env['SUDO_UID'] || env['DOAS_USER'])
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
  const { machine = nameOfMachine(), user = thisUser(), program = thisProgram() } = parts
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
    user,
    program,
    today: () => dayOf(now()),
    notebookPath: notebookPathOf({ cwd, env, platform, places }, settings),
    ...notebookOpener(shelf, () => world),
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
    get started() {
      return processStart(process.pid)
    },
    isRunning,
    onJobControl,
    onSignal,
    with: (more) => makeWorld(parts, more, shelf),
  }
  return world
}

function isPlain(env: World['env'], settings: Settings): boolean {
  return settings.plain === true || env['TERM'] === 'dumb'
}

function colorLevel(stream: Output, env: World['env'], settings: Settings): 0 | 1 {
  const isOff = settings.color === false || Boolean(env['NO_COLOR']) || isPlain(env, settings)
  return stream.isTTY && !isOff ? 1 : 0
}
