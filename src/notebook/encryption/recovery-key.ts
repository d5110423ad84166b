import { lazy } from '../../lazy.ts'
import type { Key } from '../file/connect.ts'

/** Crockford's alphabet: no I, L, O or U, so that nothing is mistaken on paper. Small letters and I, L, O are understood. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const SECRET_LENGTH = 52
const CHECK_LENGTH = 4

/** A key to be kept on paper: 14 groups of four letters and digits, the last of which checks the others. */
export function recoveryKeyOf({ secret }: Key): string {
  const text = lettersOf(secret).slice(0, SECRET_LENGTH) + checkOf(secret)
  return text.match(/.{4}/g)?.join('-') ?? ''
}

/**
 * Reads what may be a recovery key, with or without hyphens and blanks.
 * @returns its 32 bytes; `mistyped` where it looks like one and is not right; null where it is something else: a password
 */
export function readRecoveryKey(text: string): Buffer | 'mistyped' | null {
  const plain = text
    .replaceAll(/[\s-]/g, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  const isLike = /^[0-9A-Z]{50,62}$/.test(plain) && /[\s-]/.test(text.trim())
  if (plain.length === SECRET_LENGTH + CHECK_LENGTH && !/[^0-9A-HJKMNP-TV-Z]/.test(plain)) {
    const secret = bytesOf(plain.slice(0, SECRET_LENGTH))
    if (secret && checkOf(secret) === plain.slice(SECRET_LENGTH)) return secret
  }
  return isLike ? 'mistyped' : null
}

function checkOf(secret: Buffer): string {
  const hash = lazy.crypto().createHash('sha256').update('coach recovery key').update(secret)
  return lettersOf(hash.digest()).slice(0, CHECK_LENGTH)
}

/** Five bits a letter, the last ones filled up with zeros. */
function lettersOf(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

/** The 32 bytes of 52 letters; null where the bits that fill up are no zeros. */
function bytesOf(letters: string): Buffer | null {
  const bits = Array.from(letters)
    .map((one) => ALPHABET.indexOf(one).toString(2).padStart(5, '0'))
    .join('')
  if (/1/.test(bits.slice(256))) return null
  return Buffer.from(
    (bits.slice(0, 256).match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)),
  )
}
