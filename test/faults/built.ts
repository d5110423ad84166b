import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { passwordFile } from '../notebook/encrypted.ts'
import { BIN, environment } from '../ask/terminal/process.ts'
import type { Home, Outcome } from '../world.ts'

/** The folder of the project. */
export const ROOT: string = resolve(import.meta.dirname, '../..')

/** A text as one line: how it is wrapped does not matter. */
export const flat = (text: string): string => text.replace(/\s+/g, ' ')

/** The recovery key that a run printed. */
export const recoveryKeyIn = ({ out }: Outcome): string =>
  /[0-9A-Z]{4}(-[0-9A-Z]{4}){13}/.exec(out)?.[0] ?? ''

/** Runs the built program in a home, without a terminal, behind another program where one is named. */
export function coach(
  home: Home,
  argv: readonly string[],
  before: readonly string[] = [],
): Outcome {
  const [program = '', ...args] = [...before, process.execPath, BIN, ...argv]
  const run = spawnSync(program, args, {
    cwd: home.folder,
    env: environment(home.folder),
    encoding: 'utf8',
    input: '',
  })
  return { code: run.status ?? 137, out: run.stdout, err: run.stderr }
}

/** Runs the built program, with the password of the notebook in a file. */
export function coachWith(
  home: Home,
  argv: readonly string[],
  before: readonly string[] = [],
): Outcome {
  return coach(home, [...argv, '--password-file', passwordFile(home)], before)
}

/** A plain copy of the notebook among its backups. */
export function addBackup(home: Home, name = 'notebook-2026-11-16T0915.db'): string {
  mkdirSync(join(home.folder, 'backups'), { recursive: true, mode: 0o700 })
  const path = join(home.folder, 'backups', name)
  cpSync(home.notebook, path)
  return path
}

/** Whether this machine can end a program at a call of the system, or let the call fail. */
export function canTrace(): boolean {
  const args = ['-qq', '-o', '/dev/null', '-e', 'inject=fsync:error=EIO:when=99', 'true']
  return spawnSync('strace', args).status === 0
}
/** What stands before a program in which a call of the system fails, or ends it. */
export function strace(inject: string): readonly string[] {
  const [call = ''] = inject.split(':')
  const options = ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${call}`]
  return ['strace', ...options, '-e', `inject=${inject}`]
}
