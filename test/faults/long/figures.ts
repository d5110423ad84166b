import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { RESULTS } from './units.ts'

/** Where `npm run faults:long` reads what the sweeps came to. */
export const FIGURES: string = join(RESULTS, 'figures.tsv')

/** Notes what a sweep came to, for the table at its end. */
export function figureOf(what: string, many: string, outcome: string): void {
  mkdirSync(RESULTS, { recursive: true })
  appendFileSync(FIGURES, `${[what, many, outcome].join('\t')}\n`)
}

/** Random numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
