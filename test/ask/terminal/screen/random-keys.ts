import * as fc from 'fast-check'
import type { KeyPress } from '../../../../src/ask/terminal/screen/key-decoder.ts'
import { safe } from '../../../../src/text/text.ts'

export const printable = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((text) => !/\p{Cc}/u.test(text))

export const MOVES = [
  'left',
  'right',
  'up',
  'down',
  'home',
  'end',
  'word-left',
  'word-right',
] as const
const DELETIONS = [
  'backspace',
  'delete',
  'delete-word',
  'delete-to-start',
  'delete-to-end',
] as const

/** Text as it comes from a keyboard or a paste, in many scripts. */
export const written = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(
        ' ',
        '\n',
        'Müller',
        'a longer run of words',
        '日本語',
        '👩‍👩‍👧',
        '🇵🇹',
        'e\u0301',
        'مرحبا',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join('').replace(/(?!\n)\p{Cc}/gu, ''))
  .filter((text) => safe(text) === text)

export const key = fc.oneof(
  fc.constantFrom(...MOVES, ...DELETIONS).map((name): KeyPress => ({ type: 'key', name })),
  written.map((text): KeyPress => ({ type: 'text', text })),
)
