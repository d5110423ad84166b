import { fstatSync } from 'node:fs'
import { lazy } from '../../lazy.ts'
import { type Key, PAGE_SIZE } from './connect.ts'
import { readAt } from './header.ts'
import { withFile } from '../../files/with-file.ts'

/** How many pages are tried at most: the first may be damaged, or just now be written. */
const MOST_TRIED = 64

/**
 * Whether a key opens an encrypted file. Looks at its bytes alone, without SQLite: it takes no lock, and a wrong key never gets as
 * far as a journal. A file whose first page is damaged is still told from a wrong key.
 */
export function opens(path: string, { secret }: Key): boolean {
  return withFile(path, (file) => {
    const pages = Math.floor(fstatSync(file).size / PAGE_SIZE)
    for (let number = 1; number <= Math.min(pages, MOST_TRIED); number++) {
      if (isAuthentic(readAt(file, (number - 1) * PAGE_SIZE, PAGE_SIZE), number, secret))
        return true
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
