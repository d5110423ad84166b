import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { onTestFinished } from 'vitest'
import { commandLine, environment } from '../ask/terminal/process.ts'
import type { Outcome } from '../world.ts'

/** A machine with another system, as far as the built program can tell. There is none at hand, so it is played. */
export interface Machine {
  /** The home folder of the user. */
  readonly home: string
  readonly env: Readonly<Record<string, string>>
  readonly coach: (argv: readonly string[], more?: Readonly<Record<string, string>>) => Outcome
  /** Puts a program where the system finds it: a script of bash. */
  readonly addProgram: (name: string, body: string) => string
}

/** Whether another system can be played here: that is done over Linux. */
export const canPlay: boolean = process.platform === 'linux'

function machine(system: 'windows' | 'macos', envOf: (home: string) => Record<string, string>) {
  const home = mkdtempSync(join(tmpdir(), `coach-${system}-`))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const programs = join(home, 'programs')
  // Each system has homes of its own.
  const { HOME: _, COACH_HOME: __, ...usual } = environment(home)
  const env: Record<string, string> = {
    ...usual,
    PATH: `${programs}:${usual['PATH'] ?? ''}`,
    NODE_OPTIONS: `${usual['NODE_OPTIONS']} --import=${join(import.meta.dirname, `${system}.ts`)}`,
    ...envOf(home),
  }
  return {
    home,
    env,
    coach: (argv: readonly string[], more: Readonly<Record<string, string>> = {}): Outcome => {
      const [program, args] = commandLine(argv)
      const run = spawnSync(program, args, {
        cwd: home,
        env: { ...env, ...more },
        encoding: 'utf8',
        input: '',
      })
      return { code: run.status ?? 137, out: run.stdout, err: run.stderr }
    },
    addProgram: (name: string, body: string): string => {
      const path = join(programs, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, `#!/bin/bash\n${body}\n`, { mode: 0o755 })
      return path
    },
  } satisfies Machine
}

/** A machine with Windows. It knows no HOME. */
export function windows(): Machine & { readonly notebook: string } {
  const made = machine('windows', (home) => ({
    USERPROFILE: home,
    LOCALAPPDATA: join(home, 'AppData/Local'),
    APPDATA: join(home, 'AppData/Roaming'),
  }))
  return { ...made, notebook: join(made.home, 'AppData/Local/coach/Data/notebook.db') }
}

/** A Mac. */
export function mac(): Machine & { readonly data: string; readonly config: string } {
  const made = machine('macos', (home) => ({ HOME: home }))
  return {
    ...made,
    data: join(made.home, 'Library/Application Support/coach'),
    config: join(made.home, 'Library/Preferences/coach'),
  }
}
