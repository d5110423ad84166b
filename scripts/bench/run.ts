import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dayOf } from '../../src/dates/day.ts'
import { MIGRATIONS } from '../../src/notebook/schema/migrations.ts'
import { hashOf } from '../../src/notebook/schema/row-values.ts'

/** How many turns of each quick command count. */
export const TURNS = Number(process.env['BENCH_TURNS'] ?? 40)
/** How many turns of what takes seconds count. */
export const LONG_TURNS = 3

export const COACH: string = join(import.meta.dirname, '..', '..', 'bin', 'coach.js')
const BUILDER = join(import.meta.dirname, 'notebook.ts')
const BENCH = join(import.meta.dirname, 'bench.ts')

/** Folders of this run, removed at its end. */
export interface Folders {
  readonly scratch: string
  /** On a disk that is memory; null where there is none. */
  readonly memory: string | null
  /** Where the notebooks are kept; else they are scratch too. */
  readonly kept: string
}

/** Runs something to its end. @returns how long it took, in ms */
export function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): number {
  const begin = process.hrtime.bigint()
  const { status, stderr, error } = spawnSync(program, args, {
    env: { ...process.env, NO_COLOR: '1', ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const took = since(begin)
  if (error) throw error
  // `coach due` ends with 10 where something is overdue.
  if (status !== 0 && status !== 10) {
    throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`)
  }
  return took
}

/** Runs a command of coach in a home. @returns how long it took, in ms */
export function coach(home: string, args: readonly string[]): number {
  return run(process.execPath, [COACH, ...args], { COACH_HOME: home })
}

/** How long bare Node takes, in ms. */
export function bareNode(): number {
  return run(process.execPath, ['-e', '0'])
}

/** How long it is since an instant, in ms. */
export function since(begin: bigint): number {
  return Number(process.hrtime.bigint() - begin) / 1e6
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Some work that tells how long it took, in ms. */
export type Work = () => number | Promise<number>

/** The times of some work in turns, one turn of each after that of another; the turns to warm up do not count. */
export async function inTurns(
  work: readonly Work[],
  turns: number = TURNS,
  warmUp = 2,
): Promise<readonly number[]> {
  const times = work.map((): number[] => [])
  for (let turn = -warmUp; turn < turns; turn++) {
    for (const [at, one] of work.entries()) {
      const took = await one()
      if (turn >= 0) times[at]?.push(took)
    }
  }
  return times.map(median)
}

/** The home with a notebook of a size: built, or kept from an earlier run on the same day. */
export function homeOf({ kept }: Folders, sessions: number): string {
  const made = [
    dayOf(new Date()),
    hashOf(readFileSync(BUILDER, 'utf8'), JSON.stringify(MIGRATIONS)),
  ]
  const home = join(kept, String(sessions))
  const mark = join(home, 'made.json')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === JSON.stringify(made)) return home
  rmSync(home, { recursive: true, force: true })
  mkdirSync(home, { recursive: true })
  // In a process of its own: what building takes is not counted as the memory of what is measured.
  run(process.execPath, [BENCH, 'build', join(home, 'notebook.db'), String(sessions)])
  writeFileSync(mark, JSON.stringify(made))
  return home
}
