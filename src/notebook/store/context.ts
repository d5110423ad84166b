import { CoachError, EXIT } from '../../errors.ts'
import type SQLite from 'better-sqlite3'

/** What the tables share: the connection, the clock, and what every row gets. */
export interface Context {
  readonly db: SQLite.Database
  /** The present instant as ISO text in UTC. */
  readonly now: () => string
  /** The number of the write that is under way: the generation of the store that it makes. */
  readonly act: () => number
}

/** The one row that a statement must find: it was there when it was named, so another program deleted it meanwhile (4). */
export function mustFind<T>(row: T | undefined, what: string): T {
  if (row === undefined) {
    throw new CoachError(
      EXIT.busy,
      `${what.charAt(0).toUpperCase()}${what.slice(1)} was deleted meanwhile, in another window. Nothing was changed.`,
    )
  }
  return row
}
