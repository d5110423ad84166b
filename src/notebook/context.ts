import { lazy } from '../lazy.ts'
import type SQLite from 'better-sqlite3'

/** What the tables share: the connection, the clock, and what every row gets. */
export interface Context {
  readonly db: SQLite.Database
  /** The present instant as ISO text in UTC. */
  readonly now: () => string
  /** The number of the write that is under way: the generation of the store that it makes. */
  readonly act: () => number
}

/** A new key that seals drafts: 32 random bytes, as 64 hexadecimal digits. */
export function newDraftKey(): string {
  return lazy.crypto().randomBytes(32).toString('hex')
}

/** A new random UUID. */
export function newUuid(): string {
  return lazy.crypto().randomUUID()
}

/** The hash kept beside the texts of a row. */
export function hashOf(...texts: readonly (string | null)[]): string {
  return lazy.crypto().createHash('sha256').update(JSON.stringify(texts)).digest('hex')
}

/** The one row that a statement must find; its absence is a bug. */
export function mustFind<T>(row: T | undefined, what: string): T {
  if (row === undefined) throw new Error(`${what} is not in the notebook`)
  return row
}
