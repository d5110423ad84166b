import type SQLite from 'better-sqlite3'
import { CoachError, EXIT } from '../../errors.ts'
import { MOST_NUMBER } from '../schema/bounds.ts'
import { columnsOf, sequencesOf, tablesIn } from '../schema/tables.ts'

/** Numbers of which the next one is made by adding to it, so that they grow for as long as the notebook is used. */
const GROWING: ReadonlySet<string> = new Set([
  'id',
  'revision',
  'act',
  'sequence',
  'carried',
  'moved',
])

/** The highest number of each kind that a notebook holds, away from zero. Goes through every row. */
export function highestIn(db: SQLite.Database): number {
  const inRows = tablesIn(db).flatMap((table) =>
    columnsOf(db, table)
      .filter(({ name }) => GROWING.has(name))
      .map(({ name }) =>
        Number(db.prepare(`SELECT max(abs("${name}")) FROM "${table}"`).pluck().get() ?? 0),
      ),
  )
  return [...inRows, highestGiven(db)].reduce((most, number) => Math.max(most, number), 0)
}

/** The highest number that was ever given to a row or a write: what the next one follows. */
function highestGiven(db: SQLite.Database): number {
  const generation = Number(db.prepare('SELECT max(generation) FROM store').pluck().get() ?? 0)
  return Object.values(sequencesOf(db)).reduce((most, last) => Math.max(most, last), generation)
}

/** Why nothing more is written to a notebook whose numbers have run too high; null where they have not. */
export function whyTooHigh(db: SQLite.Database, path: string): CoachError | null {
  if (highestGiven(db) <= MOST_NUMBER) return null
  return new CoachError(
    EXIT.damaged,
    `${path} numbers its records higher than coach can count, so that two would get one number. What it holds can be read. Nothing was changed.`,
    'To bring back a backup from before: coach restore',
  )
}
