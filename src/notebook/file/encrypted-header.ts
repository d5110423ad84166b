import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { lazy } from '../../lazy.ts'
import { type Key, PAGE_SIZE, ROUNDS } from './connect.ts'

/**
 * What stands readable in the first page of an encrypted file, from its 16th byte on, as SQLite defines it: pages of 4096 bytes, a
 * rollback journal for writing and reading, 32 bytes of each page reserved (for the cipher), and three fractions that never vary.
 */
const HEAD = Buffer.from('1000010120402020', 'hex')
const SALT_LENGTH = 16

/** How many pages are tried at most: the first may be damaged, or just now be written. */
const MOST_TRIED = 64

/**
 * The salt of an encrypted file of ours: its first 16 bytes. Null for every other file, and for one that is not there or cannot be
 * read. No text and no plain file of SQLite begins like one.
 */
export function saltOf(path: string): Buffer | null {
  try {
    // A pipe would be waited for.
    if (!statSync(path).isFile()) return null
    const head = withFile(path, (file) => read(file, 0, SALT_LENGTH + HEAD.length))
    return isSealed(head) ? head.subarray(0, SALT_LENGTH) : null
  } catch {
    return null
  }
}

/** Whether a file that begins with these (at least 24) bytes is an encrypted one of ours. */
export function isSealed(head: Buffer): boolean {
  const isPlain = head.subarray(0, SALT_LENGTH).toString('latin1') === 'SQLite format 3\0'
  return !isPlain && head.subarray(SALT_LENGTH, SALT_LENGTH + HEAD.length).equals(HEAD)
}

/** A key from a password, by PBKDF2 with HMAC-SHA256. The password is brought to one form (NFC), however it was typed. */
export function keyFrom(password: string, salt: Buffer): Key {
  const text = Buffer.from(password.normalize('NFC'))
  return { secret: lazy.crypto().pbkdf2Sync(text, salt, ROUNDS, 32, 'sha256'), salt }
}

/** A key for a file that does not exist yet, with a salt of its own. */
export function newKey(password: string): Key {
  return keyFrom(password, lazy.crypto().randomBytes(SALT_LENGTH))
}

/**
 * Whether a key opens an encrypted file. Looks at its bytes alone, without SQLite: it takes no lock, and a wrong key never gets as
 * far as a journal. A file whose first page is damaged is still told from a wrong key.
 */
export function opens(path: string, { secret }: Key): boolean {
  return withFile(path, (file) => {
    const pages = Math.floor(fstatSync(file).size / PAGE_SIZE)
    for (let number = 1; number <= Math.min(pages, MOST_TRIED); number++) {
      if (isAuthentic(read(file, (number - 1) * PAGE_SIZE, PAGE_SIZE), number, secret)) return true
    }
    return false
  })
}

/**
 * Whether a page was sealed with a key: ChaCha20-Poly1305 as SQLite3 Multiple Ciphers uses it. The last 32 bytes of a page are a
 * nonce and the tag; the first 64 bytes of the stream, begun at the nonce's last word XOR the number of the page, give the key of the tag.
 */
function isAuthentic(page: Buffer, number: number, secret: Buffer): boolean {
  const nonceAt = PAGE_SIZE - 32
  const tagAt = PAGE_SIZE - 16
  const start = Buffer.alloc(16)
  start.writeUInt32LE((page.readUInt32LE(nonceAt + 12) ^ number) >>> 0)
  page.copy(start, 4, nonceAt, nonceAt + 12)
  const stream = lazy.crypto().createCipheriv('chacha20', secret, start)
  const tag = poly1305(stream.update(Buffer.alloc(32)), page.subarray(0, tagAt))
  return lazy.crypto().timingSafeEqual(tag, page.subarray(tagAt))
}

/** Poly1305 of whole blocks of 16 bytes (RFC 8439, 2.5). */
function poly1305(key: Buffer, message: Buffer): Uint8Array {
  const prime = (1n << 130n) - 5n
  const r = numberIn(key.subarray(0, 16)) & 0x0ffffffc0ffffffc0ffffffc0fffffffn
  let sum = 0n
  for (let at = 0; at < message.length; at += 16) {
    sum = ((sum + numberIn(message.subarray(at, at + 16)) + (1n << 128n)) * r) % prime
  }
  const tag = BigInt.asUintN(128, sum + numberIn(key.subarray(16, 32)))
  return Buffer.from(tag.toString(16).padStart(32, '0'), 'hex').toReversed()
}

/** 16 bytes as a number, the least first. */
function numberIn(bytes: Buffer): bigint {
  return bytes.readBigUInt64LE(0) | (bytes.readBigUInt64LE(8) << 64n)
}

function withFile<T>(path: string, work: (file: number) => T): T {
  // To open a pipe would wait for somebody to write into it.
  if (!statSync(path).isFile()) throw new Error('not a file')
  const file = openSync(path, 'r')
  try {
    return work(file)
  } finally {
    closeSync(file)
  }
}

function read(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  readSync(file, bytes, 0, length, from)
  return bytes
}
