import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../errors.ts'
import { MIGRATIONS } from './schema/migrations.ts'
import { damaged } from './file/quick-check.ts'

/**
 * What each shipped step leaves in the table `migration` as its checksum, in order. Worked out anew at each start it
 * would cost more than the whole look; a test compares it with the steps.
 */
export const CHECKSUMS: readonly string[] = [
  'e6e45aa483bdc8cc6538a67628e934879c03ae8c4c956cbd875461f77dd55ff2',
  '14d66e994c729452221db8a54406a041a9082f15da66baf0bd2edd24b56f8292',
  'd03e6da876c88a56fdf110a5c36ad1ce877c0837e538b1a9b07d8274bcfd0621',
  '9b886d972153df552afb67a71ebc8d7b89c3a55a6cdab715e088c87286b9693e',
  '6960ea27ce97dc84ce3b486789af9d6f1d5328b47364a0229882d8a1deaeed73',
]

/**
 * Looks whether a notebook was shaped by the steps that this program knows.
 * @throws CoachError (6) where a step of the same number is another one, as in a notebook of another line of coach;
 *   (5) where the record of the steps does not fit the format
 */
export function refuseOtherSteps(db: Database.Database, path: string): void {
  // Both in one look: another coach may be bringing the notebook up to date.
  const look = db.transaction(() => ({
    version: Number(db.pragma('user_version', { simple: true })),
    steps: db
      .prepare<[], Step>('SELECT version, name, checksum FROM migration ORDER BY version')
      .all(),
  }))
  const { version, steps } = look()
  if (steps.length !== version) throw damaged(path)
  const other = steps.find((step, at) => !isKnown(step, at))
  if (!other) return
  throw new CoachError(
    EXIT.newer,
    `The notebook ${path} was written by another line of coach: its step ${other.version} is “${other.name}”, and the one this program knows is ${known(other.version)}. Nothing was changed.`,
    'Open it with the coach that wrote it.',
  )
}

interface Step {
  readonly version: number
  readonly name: string
  readonly checksum: string
}

function isKnown({ version, name, checksum }: Step, at: number): boolean {
  const expected = CHECKSUMS[at] ?? checksum
  return version === at + 1 && name === MIGRATIONS[at]?.name && checksum === expected
}

function known(version: number): string {
  const name = MIGRATIONS[version - 1]?.name
  return name === undefined ? 'none' : `“${name}”, in other words`
}
