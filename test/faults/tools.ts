import { spawnSync } from 'node:child_process'

/** Whether this machine can trace the calls of a program. */
export function canTrace(): boolean {
  return spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0
}

/** Whether this machine can run a program that has no network at all. */
export function canCutOff(): boolean {
  return spawnSync('unshare', ['-rn', 'true']).status === 0
}

/** What a script of bash came to. */
export interface ScriptOutcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a script of bash through other programs (`strace -f …`), with the environment given and nothing else. */
export function bash(
  script: string,
  env: Readonly<Record<string, string>>,
  { through = [], cwd }: { readonly through?: readonly string[]; readonly cwd?: string } = {},
): ScriptOutcome {
  const [program = 'bash', ...before] = through
  const shell = ['--norc', '-c', script]
  const args = through.length === 0 ? shell : [...before, 'bash', ...shell]
  const run = spawnSync(program, args, {
    env: { ...env },
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return { code: run.status ?? -1, out: run.stdout, err: run.stderr }
}
