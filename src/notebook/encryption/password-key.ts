import { lazy } from '../../lazy.ts'
import { type Key, ROUNDS } from '../file/connect.ts'
import { SALT_LENGTH } from '../file/header.ts'

/** A key from a password, by PBKDF2 with HMAC-SHA256. The password is brought to one form (NFC), however it was typed. */
export function keyFrom(password: string, salt: Buffer): Key {
  const text = Buffer.from(password.normalize('NFC'))
  return { secret: lazy.crypto().pbkdf2Sync(text, salt, ROUNDS, 32, 'sha256'), salt }
}

/** A key for a file that does not exist yet, with a salt of its own. */
export function newKey(password: string): Key {
  return keyFrom(password, lazy.crypto().randomBytes(SALT_LENGTH))
}
