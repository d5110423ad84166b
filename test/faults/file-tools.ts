import { execFile, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import DB from 'better-sqlite3'
import { expect, onTestFinished } from 'vitest'
import { BIN, environment } from '../ask/terminal/process.ts'
import type { Outcome } from '../world.ts'

/** Runs a script of bash; `coach` is the built program, and COACH_HOME the home. */
export async function script(home: string, text: string): Promise<Outcome> {
  return await ran('bash', ['-c', `coach() { "$NODE" "$BIN" "$@"; }\n${text}`], home)
}

async function ran(program: string, args: readonly string[], home: string): Promise<Outcome> {
  return await new Promise((done) => {
    const child = execFile(
      program,
      args,
      { env: environment(home), timeout: 60_000, killSignal: 'SIGKILL' },
      (error, out, err) => {
        const code = error ? Number(error.code ?? 137) : 0
        done({ code: Number.isNaN(code) ? -1 : code, out, err })
      },
    )
    child.stdin?.end()
  })
}

/** Runs the built program with another Node. */
export async function coachOn(
  node: string,
  home: string,
  ...argv: readonly string[]
): Promise<Outcome> {
  return await ran(node, [BIN, ...argv], home)
}

/** Runs the built program with failures of the system put in: `inject` as strace takes it, for the files at `paths` alone. */
export async function injected(
  home: string,
  inject: string,
  argv: readonly string[],
  paths: readonly string[] = [],
  node = process.execPath,
): Promise<Outcome> {
  const [call = ''] = inject.split(':')
  const at = paths.flatMap((path) => ['-P', path])
  const options = ['-f', '-qq', '-o', '/dev/null', ...at, '-e', `trace=${call}`]
  const program = [node, BIN, ...argv]
  return await ran('strace', [...options, '-e', `inject=${inject}`, ...program], home)
}

/** A call of the system: its name, and the how-manieth call of that name it is. */
export type Call = readonly [name: string, k: number]

/** What makes strace write a log of some calls in which {@link callsIn} finds those on files. */
export function logging(calls: string, log: string): readonly string[] {
  return ['-f', '-qq', '-y', '-s', '0', '-o', log, '-e', `trace=${calls}`]
}

/** The calls in a log that the main thread makes on the files of a folder. strace counts for each thread. */
export function callsIn(log: string, folder: string): readonly Call[] {
  const lines = readFileSync(log, 'utf8').split('\n')
  const main = lines[0]?.split(' ')[0] ?? ''
  const counts = new Map<string, number>()
  return lines.flatMap((line): readonly Call[] => {
    const [, thread, name = ''] = /^(\d+) +(\w+)\(/.exec(line) ?? []
    if (thread !== main) return []
    const k = (counts.get(name) ?? 0) + 1
    counts.set(name, k)
    return line.includes(folder) ? [[name, k]] : []
  })
}

/** The calls that a command makes on the files of its home. */
export async function callsOn(
  home: string,
  calls: string,
  argv: readonly string[],
): Promise<readonly Call[]> {
  const log = join(newPlace(), 'calls')
  await ran('strace', [...logging(calls, log), process.execPath, BIN, ...argv], home)
  return callsIn(log, home)
}

/** Whether this machine can put failures in. */
export function canTrace(): boolean {
  const args = ['-qq', '-o', '/dev/null', '-e', 'inject=fsync:error=EIO:when=99', 'true']
  return spawnSync('strace', args).status === 0
}

/** Whether this machine lets a process have a small disk of its own. */
export function canMount(): boolean {
  const text = 'mount -t tmpfs -o size=100k none /mnt'
  return spawnSync('unshare', ['-rm', 'bash', '-c', text]).status === 0
}

/** A folder of its own for one test. */
export function newPlace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'coach-fault-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A second program that holds a lock on a file until it is told to let go. */
export function lockedBy(path: string, kind: 'IMMEDIATE' | 'EXCLUSIVE'): { free(): void } {
  const db = new DB(path)
  db.exec(`BEGIN ${kind}`)
  return {
    free() {
      if (db.inTransaction) db.exec('ROLLBACK')
      db.close()
    },
  }
}

/** A run of the built program that is watched while it goes on. */
export interface Running {
  readonly said: () => string
  readonly over: Promise<Outcome>
}

/** Starts the built program and does not wait for it. */
export function started(home: string, ...argv: readonly string[]): Running {
  const child = spawn(process.execPath, [BIN, ...argv], { env: environment(home), stdio: 'pipe' })
  const texts = { out: '', err: '' }
  child.stdin.end()
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text))
  onTestFinished(() => void child.kill('SIGKILL'))
  const over = new Promise<Outcome>((done) =>
    child.on('close', (code) => done({ code: code ?? -1, ...texts })),
  )
  return { said: () => texts.err, over }
}

/** What changes from one run to the next though the same was done. */
export const VOLATILE = /^(uuid|hash|at|draft_key|.*_at|act)$/

/** All that a notebook holds, but for instants, random ids and marks; what is half done is taken back first, as at an opening. */
export function stateOf(path: string): string {
  if (!existsSync(path)) return 'no file'
  const db = new DB(path)
  try {
    expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(db.pragma('foreign_key_check')).toEqual([])
    const tables = db
      .prepare<[], { name: string }>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'start'",
      )
      .all()
    const rows = tables
      .map(({ name }) => name)
      .toSorted()
      .map((name) => [name, db.prepare(`SELECT * FROM "${name}"`).all()])
    const isKept = (key: string, value: unknown) => (VOLATILE.test(key) ? undefined : value)
    return JSON.stringify([db.pragma('user_version'), rows], isKept)
  } finally {
    db.close()
  }
}

/** What a failed command must look like: a plain message, an exit code of the table, no stack and no talk of a bug. */
export function expectPlain({ code, err }: Outcome, codes: readonly number[]): void {
  expect([code, err]).toEqual([expect.toSatisfy((one: number) => codes.includes(one)), err])
  expect(err).not.toMatch(/\n\s+at |This is a bug|Error:|SQLITE_|E[A-Z]{4,}:/)
  if (code !== 0) expect(err.trim()).not.toBe('')
}
