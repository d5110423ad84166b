import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { saltOf } from '../../../src/notebook/file/header.ts'
import { clockVariablesAt } from '../../clock/clock.ts'
import {
  CANARY,
  contentsOf,
  encryptedHome,
  filledHome,
  passwordFile,
} from '../../notebook/encrypted.ts'
import { homeOfOld, OLD_FORMATS } from '../../notebook/older.ts'
import { BIN, environment } from '../../ask/terminal/process.ts'
import { type Home, newHome, NOW, type Outcome } from '../../world.ts'
import { addBackup, coach } from '../built.ts'
import { type Call, callsIn, logging, VOLATILE } from '../file-tools.ts'

const WEEK_LATER = new Date(NOW.getTime() + 8 * 24 * 60 * 60 * 1000)

/** A home before a command that rewrites the notebook or what lies beside it, and that command. */
interface Scene {
  readonly argv: readonly string[]
  readonly make: () => Promise<Home>
  readonly isLater?: boolean
  /** Whether the command does something more each time it is run. */
  readonly isAdding?: boolean
}

const PASSWORD = ['--password-file', 'password']
const BACKUP = 'notebook-2026-11-16T0915.db'

async function withBackup(): Promise<Home> {
  const home = await filledHome()
  addBackup(home, BACKUP)
  passwordFile(home)
  return home
}

async function withMore(): Promise<Home> {
  const home = await withBackup()
  expect(coach(home, ['note', 'ana', `Written after the backup, ${CANARY}.`]).code).toBe(0)
  return home
}

async function withExport(): Promise<Home> {
  const [home, other] = [await filledHome(), newHome()]
  const out = join(home.folder, 'other.json')
  expect((await other.coach(['person', 'add', 'Ben Okafor'])).code).toBe(0)
  for (const n of [1, 2, 3]) await other.coach(['note', 'ben', `Note ${n} from elsewhere.`])
  expect(coach(other, ['export', 'all', '--format', 'json', '-o', out]).code).toBe(0)
  return home
}

async function sealed(): Promise<Home> {
  const home = await encryptedHome()
  passwordFile(home)
  return home
}

const MIGRATIONS: Readonly<Record<string, Scene>> = Object.fromEntries(
  OLD_FORMATS.map((format) => [
    `migration of format ${format}`,
    { argv: ['people'], make: async () => await Promise.resolve(homeOfOld(format)) },
  ]),
)

export const SCENES: Readonly<Record<string, Scene>> = {
  encrypt: { argv: ['encrypt', '--wipe', '--backups', 'encrypt', ...PASSWORD], make: withMore },
  decrypt: { argv: ['decrypt', '--yes', ...PASSWORD], make: sealed },
  restore: { argv: ['restore', BACKUP, '--yes'], make: withMore },
  import: { argv: ['import', 'other.json'], make: withExport },
  'weekly backup': {
    argv: ['note', 'ana', 'A week has passed.'],
    make: withBackup,
    isLater: true,
    isAdding: true,
  },
  ...MIGRATIONS,
}

/** Runs the built program in a home on the day of the scene. */
function run(home: Home, scene: Scene, argv: readonly string[], tracer: readonly string[] = []) {
  const [program = '', ...args] = [...tracer, process.execPath, BIN, ...argv]
  const later = scene.isLater ? clockVariablesAt(WEEK_LATER) : {}
  const env = { ...environment(home.folder), ...later }
  const ran = spawnSync(program, args, { cwd: home.folder, env, encoding: 'utf8', input: '' })
  return { code: ran.status ?? 137, out: ran.stdout, err: ran.stderr } satisfies Outcome
}

const CALLS = 'openat,write,pwrite64,fsync,fdatasync,ftruncate,rename,unlink,mkdir,chmod,fchmod'
interface Known {
  readonly model: Home
  readonly calls: readonly Call[]
  readonly before: string
  readonly after: string
}
const known = new Map<string, Promise<Known>>()

/** The home of a scene, every call that its command makes on the files of the home, and what the notebook holds before and after. */
async function know(scene: Scene): Promise<Known> {
  const model = await scene.make()
  const home = copyOf(model)
  const before = rowsOf(home)
  const log = join(newHome().folder, 'calls')
  const tracer = ['strace', ...logging(CALLS, log)]
  expect(run(home, scene, scene.argv, tracer)).toMatchObject({ code: 0 })
  const calls = callsIn(log, home.folder)
  return { model, calls, before, after: rowsOf(home) }
}

function copyOf(model: Home): Home {
  const home = newHome()
  cpSync(model.folder, home.folder, { recursive: true })
  return home
}

/** All that a notebook holds, but for instants and random marks. */
function rowsOf({ notebook }: Home): string {
  const rows: unknown = JSON.parse(contentsOf(notebook))
  return JSON.stringify(rows, (key, value: unknown) => (VOLATILE.test(key) ? undefined : value))
}

/**
 * Kills the command of a scene at one of its calls on the files of the home. Afterwards the doctor tells what is there, the notebook
 * opens and holds what it held before or what it should hold, and the same command ends well.
 * @param at which call, from 0 to 1
 */
export async function killedAt(name: string, at: number): Promise<'safe'> {
  const scene = SCENES[name]
  if (!scene) throw new Error(`no scene ${name}`)
  const made = known.get(name) ?? know(scene)
  known.set(name, made)
  const { model, calls, before, after } = await made
  const [call, k] = calls[Math.floor(at * calls.length)] ?? ['', 0]
  const home = copyOf(model)
  const inject = ['-e', `trace=${call}`, '-e', `inject=${call}:signal=SIGKILL:when=${k}`]
  const killed = run(home, scene, scene.argv, ['strace', '-f', '-qq', '-o', '/dev/null', ...inject])
  try {
    expect(killed.code).toBe(137)
    truthOf(home, scene)
    const opened = run(home, scene, withPassword(home, ['people']))
    expect([opened.code, opened.err]).toEqual([0, opened.err])
    truthOf(home, scene)
    const rows = rowsOf(home)
    expect([before, after]).toContain(rows)
    const again = run(home, scene, scene.argv)
    expect([again.code, again.err]).toEqual([0, again.err])
    if (!scene.isAdding || rows === before) expect(rowsOf(home)).toBe(after)
    truthOf(home, scene)
  } catch (cause) {
    throw new Error(`${name}, killed at ${call} ${k}: ${killed.err}`, { cause })
  }
  return 'safe'
}

function withPassword({ notebook }: Home, argv: readonly string[]): readonly string[] {
  return saltOf(notebook) === null ? argv : [...argv, ...PASSWORD]
}

interface Finding {
  readonly id: string
  readonly level: string
  readonly what: string
}

/** What belongs in a home: everything else was left by the killed command. */
const USUAL =
  /^(?:notebook\.db|last-notebook\.json|password|other\.json|backups\/notebook-[\w-]+\.db)$/

/** Looks whether the doctor names all that is left, and plain text beside an encrypted notebook as something to mend. */
function truthOf(home: Home, scene: Scene): void {
  const { code, out, err } = run(home, scene, withPassword(home, ['doctor', '--full', '--json']))
  expect([code, err]).toEqual([0, ''])
  const findings: readonly Finding[] = JSON.parse(out).findings
  const names = readdirSync(home.folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(home.folder, name)).isFile(),
  )
  for (const name of names.filter((one) => !USUAL.test(one))) {
    expect([name, findings]).toEqual([name, expect.toSatisfy((all) => isNamed(name, all))])
  }
  const isSealed = saltOf(home.notebook) !== null
  const plain = names.filter((name) => readFileSync(join(home.folder, name)).includes(CANARY))
  const troubles = findings.filter(({ level }) => level !== 'remark')
  for (const name of isSealed ? plain : []) {
    expect([name, findings]).toEqual([name, expect.toSatisfy(() => isNamed(name, troubles))])
  }
  // Nothing else is amiss. Nobody looks into a notebook beside which lies the journal of a killed write, for that would take it back.
  const isHalf = names.includes('notebook.db-journal')
  // The first pages of a file that is being decrypted may hold no text yet; nobody can tell.
  const amiss = troubles.filter(
    ({ id }) => !(isHalf && id === 'unreadable') && !(isSealed && id === 'open-leftover'),
  )
  if (!isSealed || plain.length === 0) expect(amiss).toEqual([])
}

const isNamed = (name: string, findings: readonly Finding[]) =>
  findings.some(({ what }) => what.includes(name))
