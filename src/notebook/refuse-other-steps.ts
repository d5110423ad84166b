import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../errors.ts'
import { damaged } from './file/quick-check.ts'
import { CHECKSUMS } from './schema/migration-checksums.ts'
import { MIGRATIONS } from './schema/migrations.ts'
import { formatOf } from './schema/store-row.ts'

/**
 * Looks whether a notebook was shaped by the steps that this program knows.
 * @throws CoachError (6) where a step of the same number is another one, as in a notebook of another line of coach;
 *   (5) where the record of the steps does not fit the format
 */
export function refuseOtherSteps(db: Database.Database, path: string): void {
  // Both in one look: another coach may be bringing the notebook up to date.
  const look = db.transaction(() => ({
    version: formatOf(db),
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
