import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { parse, parseDocument } from 'yaml'
import { clockVariables } from '../../clock/clock.ts'
import { newHome } from '../../world.ts'

/** The built program. */
export const BIN: string = resolve(import.meta.dirname, '../../../bin/coach.js')

/** What a process came to. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** A folder of its own for one test, which is gone after it. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'coach-terminal-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A home after one command, which runs without a process: that would take longer than most tests. */
export async function homeAfter(argv: readonly string[], stdin?: string): Promise<string> {
  const home = newHome()
  onTestFinished(() => rmSync(home.folder, { recursive: true, force: true }))
  const { code, err } = await home.coach(argv, stdin)
  if (code !== 0) throw new Error(err)
  return home.folder
}

/** A home with one person in it. */
export async function homeWithAna(): Promise<string> {
  return await homeAfter(['person', 'add', 'Ana Silva'])
}

/**
 * All that the program gets to know of the machine when a test starts it with `folder` as its home. Nothing starts it with another
 * environment, but one made from this: its clock is that of the tests (`test/clock/guards.test.ts` looks).
 */
export function environment(folder: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    COACH_HOME: folder,
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
    ...clockVariables(),
    NODE: process.execPath,
    BIN,
  }
}

/** The command line of the built program. */
export function commandLine(args: readonly string[]): readonly [string, string[]] {
  return [process.execPath, [BIN, ...args]]
}

/** Runs a command line without a terminal; stdin is a pipe that nobody writes to and nobody closes. */
export async function run(folder: string, ...args: readonly string[]): Promise<Outcome> {
  return await outcomeOf(...commandLine(args), folder)
}

/**
 * Runs a script of bash in which `coach` is the built program, in the folder and without a terminal. Its stdin is a
 * pipe that nobody writes to and nobody closes.
 */
export async function runScript(folder: string, script: string): Promise<Outcome> {
  return await outcomeOf('bash', ['-c', withCoach(script)], folder)
}

/** A script of bash in which `coach` is the built program. */
export function withCoach(script: string): string {
  return `coach() { "$NODE" "$BIN" "$@"; }\n${script}`
}

async function outcomeOf(
  program: string,
  args: readonly string[],
  folder: string,
): Promise<Outcome> {
  return await new Promise((done, fail) => {
    const child = spawn(program, args, { cwd: folder, env: environment(folder), stdio: 'pipe' })
    const said = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text))
    child.on('error', fail)
    child.on('close', (code) => done({ code: code ?? -1, ...said }))
    onTestFinished(() => void child.kill('SIGKILL'))
  })
}

/** What a session holds, as `coach show ID --format yaml` tells it. */
export async function recordOf(folder: string, session = 1): Promise<unknown> {
  const record: unknown = parse(await yamlOf(folder, session))
  return record
}

/** One answer in the record of the first session, such as the one at `['observation', 'saw']`. */
export async function answerAt(
  folder: string,
  path: readonly (string | number)[],
): Promise<unknown> {
  return parseDocument(await yamlOf(folder, 1)).getIn(path)
}

async function yamlOf(folder: string, session: number): Promise<string> {
  const { code, out, err } = await run(folder, 'show', String(session), '--format', 'yaml')
  if (code !== 0) throw new Error(`coach show ended with ${code}: ${err}`)
  return out
}
