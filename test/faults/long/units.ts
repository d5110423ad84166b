import { createHash } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const ROOT = resolve(import.meta.dirname, '../../..')
/** Where the sweeps keep what they have done so far. A build empties `dist`, so it is not there. */
export const RESULTS: string = join(ROOT, 'node_modules/.cache/coach-faults')

/** How many times as many random units a sweep goes through: `npm run faults:long -- --times 5`. */
export const TIMES = Number(process.env['COACH_FAULTS_TIMES'] ?? 1)

/** What a unit came to, in numbers that can be added up. */
export type Counts = Readonly<Record<string, number>>

const FinishedUnit = z.object({
  unit: z.string(),
  seconds: z.number(),
  counts: z.record(z.string(), z.number()),
})
type FinishedUnit = z.infer<typeof FinishedUnit>

/** The file in which a sweep notes its finished units: the program that they were done with, then one line for each. */
export function progressFile(sweep: string): string {
  return join(RESULTS, `${sweep}.jsonl`)
}

/** The units that a sweep has finished with the program as it is built now. */
export function finishedUnits(sweep: string): readonly FinishedUnit[] {
  if (!existsSync(progressFile(sweep))) return []
  const [program, ...lines] = readFileSync(progressFile(sweep), 'utf8').split('\n')
  if (program !== builtProgram()) return []
  // A line that is not whole was being written when the sweep was interrupted.
  const whole = lines.filter((line) => line.endsWith('}}'))
  return whole.map((line) => FinishedUnit.parse(JSON.parse(line)))
}

/** The built program, by the bytes of all its files. */
function builtProgram(): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(join(ROOT, 'dist')).toSorted()) {
    if (/\.js(?:on)?$/.test(name)) hash.update(name).update(readFileSync(join(ROOT, 'dist', name)))
  }
  return hash.digest('hex')
}

/** Does one unit, such as a seed, and gives what it came to. */
export type DoUnit = (name: string, work: () => Promise<Counts | void>) => Promise<Counts>

/**
 * The units of a sweep. Each is noted when it has ended well; when the sweep goes on after an interruption, it is not done again, and
 * what it came to then is given.
 */
export function unitsOf(sweep: string): DoUnit {
  const units = new Map(finishedUnits(sweep).map((one) => [one.unit, one]))
  mkdirSync(RESULTS, { recursive: true })
  const lines = [builtProgram(), ...[...units.values()].map((one) => JSON.stringify(one))]
  writeFileSync(progressFile(sweep), `${lines.join('\n')}\n`)
  return async (name, work) => {
    const before = units.get(name)
    if (before) return before.counts
    const start = performance.now()
    const counts = (await work()) ?? {}
    const seconds = Math.round(performance.now() - start) / 1000
    appendFileSync(progressFile(sweep), `${JSON.stringify({ unit: name, seconds, counts })}\n`)
    return counts
  }
}

/** Adds up what units came to. */
export function sumOf(all: readonly Counts[], what: string): number {
  return all.reduce((sum, counts) => sum + (counts[what] ?? 0), 0)
}
