import { lazy } from '../lazy.ts'

/** The SHA-256 of a text, as 64 hexadecimal digits. */
export function hashOfText(text: string): string {
  return lazy.crypto().createHash('sha256').update(text).digest('hex')
}
