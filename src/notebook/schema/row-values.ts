import type Database from 'better-sqlite3'
import { lazy } from '../../lazy.ts'
import { hashOfText } from '../../text/hash.ts'

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
  return hashOfText(JSON.stringify(texts))
}

/** An encrypted notebook from before drafts were sealed has no key for them, and needs one. */
export function giveDraftKey(db: Database.Database): void {
  if (db.prepare('SELECT draft_key FROM store').pluck().get() !== null) return
  db.prepare('UPDATE store SET draft_key = ? WHERE draft_key IS NULL').run(newDraftKey())
}
