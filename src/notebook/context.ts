import { CoachError, EXIT } from '../errors.ts'
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

/**
 * A UUID made from what it stands for: whoever makes one of the same parts, in whatever copy of a notebook, gets the same. It is laid
 * out as version 8, which RFC 9562 leaves to such uses.
 */
export function uuidOf(...parts: readonly string[]): string {
  const bytes = lazy.crypto().createHash('sha256').update(JSON.stringify(parts)).digest()
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** The hash kept beside the texts of a row. */
export function hashOf(...texts: readonly (string | null)[]): string {
  return lazy.crypto().createHash('sha256').update(JSON.stringify(texts)).digest('hex')
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
