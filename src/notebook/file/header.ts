import { withFile } from '../../files/with-file.ts'
import { readSync } from 'node:fs'

/** What the first bytes of a file say, read without SQLite: that takes no lock and leaves nothing beside the file. */
export interface Header {
  /** `plain`: a file of SQLite. `encrypted`: one of ours under a password. */
  readonly kind: 'plain' | 'encrypted' | 'other'
  /** What the key of an encrypted file is made with, beside the password; null for every other file. */
  readonly salt: Buffer | null
  /** Whose file a plain one is, as a number that its program has put there; null for every other file. */
  readonly applicationId: number | null
  /** How a plain file is written: with a rollback journal, as ours, or with a log (WAL); null for every other file. */
  readonly journal: 'rollback' | 'log' | 'mixed' | null
}

/** What a file of SQLite begins with (https://sqlite.org/fileformat.html, 1.3). */
const MAGIC = Buffer.from('SQLite format 3\0', 'latin1')
/** An encrypted file begins with its salt, which stands where the magic would. */
export const SALT_LENGTH = MAGIC.length
/**
 * What stands readable in an encrypted file behind its salt, as SQLite defines it: pages of 4096 bytes, a rollback journal for
 * writing and reading, 32 bytes of each page reserved (for the cipher), and three fractions that never vary.
 */
const BEHIND_SALT = Buffer.from('1000010120402020', 'hex')
const WRITE_VERSION_AT = 18
const READ_VERSION_AT = 19
const APPLICATION_ID_AT = 68
/** As far as the header is read. */
const LENGTH = 72

/** Reads the header of a file. Bytes that a shorter file does not have count as zeros. */
export function headerIn(bytes: Buffer): Header {
  const head = Buffer.alloc(LENGTH)
  bytes.copy(head)
  if (head.subarray(0, MAGIC.length).equals(MAGIC)) {
    const applicationId = head.readUInt32BE(APPLICATION_ID_AT)
    return { kind: 'plain', salt: null, applicationId, journal: journalIn(head) }
  }
  const behind = head.subarray(SALT_LENGTH, SALT_LENGTH + BEHIND_SALT.length)
  return behind.equals(BEHIND_SALT)
    ? { ...OTHER, kind: 'encrypted', salt: head.subarray(0, SALT_LENGTH) }
    : OTHER
}

const OTHER: Header = { kind: 'other', salt: null, applicationId: null, journal: null }

function journalIn(head: Buffer): Header['journal'] {
  const versions = [head[WRITE_VERSION_AT], head[READ_VERSION_AT]]
  if (versions[0] === 1) return 'rollback'
  return versions.every((one) => one === 2) ? 'log' : 'mixed'
}

/** The header of the file at a path. @throws the error of the system, or an Error where it is no file */
export function headerAt(path: string): Header {
  return withFile(path, (file) => headerIn(readAt(file, 0, LENGTH)))
}

/** The header of the file at a path; null where it is not there, is no file, or cannot be read. */
export function headerIfReadable(path: string): Header | null {
  try {
    return headerAt(path)
  } catch {
    return null
  }
}

/** The salt of an encrypted file of ours; null for every other file, and for one that cannot be read. */
export function saltOf(path: string): Buffer | null {
  return headerIfReadable(path)?.salt ?? null
}

/** The bytes of an open file from a place on; what it does not have is zeros. */
export function readAt(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  readSync(file, bytes, 0, length, from)
  return bytes
}
