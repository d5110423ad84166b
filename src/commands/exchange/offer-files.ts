import { lstatSync } from 'node:fs'
import { type CoachError, usageError } from '../../errors.ts'
import { writeExport } from '../../files/write-export.ts'
import type { World } from '../../world.ts'

/** What can be taken of a document: one file, or some settings. */
export interface Offer {
  readonly path: string
  readonly question: string
  /** @returns where what stood there before is kept; null where nothing did */
  take(): string | null
}

/** The refusal of a file that somebody changed while the question about it was open. */
export function changedMeanwhile(path: string): CoachError {
  return usageError(
    `${path} was changed while coach asked about it. It was left as it is.`,
    'Import again to be asked once more.',
  )
}

/** Keeps what is about to be replaced, under a name that is read as no bank and no guide. @returns where */
export function keepCopy(world: World, path: string, text: string): string {
  for (let time = 1; ; time++) {
    const copy = `${path}.before-import-${world.today()}${time === 1 ? '' : `-${time}`}`
    if (lstatSync(copy, { throwIfNoEntry: false })) continue
    writeExport(copy, text, false)
    return copy
  }
}
