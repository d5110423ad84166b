import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../../errors.ts'
import { APPLICATION_ID, MIGRATIONS } from '../schema/migrations.ts'
import { oddSchema, sayOdd } from '../schema/odd-schema.ts'
import { formatOf } from '../schema/store-row.ts'
import { rescueLine } from './backup-hint.ts'
import { damaged } from './quick-check.ts'

/** Why a file may only be read that somebody else has put something into (5); null where all in it is coach's. */
export function whyOdd(db: Database.Database, path: string): CoachError | null {
  const odd = oddSchema(db)
  if (odd.length === 0) return null
  // An older format is not read before it is brought up to date.
  const isOlder = formatOf(db) < MIGRATIONS.length
  const keep = ' To keep what can be read of it: coach export all --format json -o all.json'
  return new CoachError(
    EXIT.damaged,
    `${sayOdd(`The notebook ${path}`, odd)} It may change or delete notes while you write, so nothing was written.`,
    rescueLine(path, `Keep the file as it is. To look at it: coach doctor.${isOlder ? '' : keep}`),
  )
}

/**
 * Refuses a file that has been given another schema while it was open: by a newer coach (6), or by no coach at all (5).
 * @param program the one that is running, which is told where the file is of a newer one
 */
export function refuseOdd(db: Database.Database, path: string, program: string): void {
  refuseOthers(db, path, program)
  const odd = whyOdd(db, path)
  if (odd !== null) throw odd
}

/** Looks at whose file it is and how old, before any write: not even a setting is changed in a file not ours. */
export function refuseOthers(db: Database.Database, path: string, program: string): void {
  const application = Number(db.pragma('application_id', { simple: true }))
  const version = Number(db.pragma('user_version', { simple: true }))
  if (application !== APPLICATION_ID) {
    throw new CoachError(
      EXIT.damaged,
      `${path} belongs to another program. It was left as it is.`,
      rescueLine(path, 'Name your notebook with --notebook FILE.'),
    )
  }
  if (version > MIGRATIONS.length) {
    throw new CoachError(
      EXIT.newer,
      `The notebook ${path} was written by a newer coach (its format is ${version}, this program knows ${MIGRATIONS.length}). Nothing was changed.`,
      `Upgrade coach. The one that is running is ${program}; another may be installed.`,
    )
  }
  if (version < 1) throw damaged(path)
}
