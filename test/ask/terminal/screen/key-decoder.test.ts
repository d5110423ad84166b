import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type KeyPress, keyDecoder } from '../../../../src/ask/terminal/screen/key-decoder.ts'
import { printable } from './random-keys.ts'

/** Bytes of a key, and the key that they are. */
const NAMED = [
  ['\x1b[A', 'up'],
  ['\x1bOB', 'down'],
  ['\x1b[3~', 'delete'],
  ['\x1b[1;5C', 'word-right'],
  ['\x1bb', 'word-left'],
  ['\x7f', 'backspace'],
  ['\x10', 'back'],
  ['\x13', 'skip'],
  ['\x03', 'leave'],
  ['\x04', 'finish'],
] as const

const pasted = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .map((text) => text.replace(/\p{Cc}/gu, '\n'))

/** Something that a person does, as bytes and as keys. */
const act = fc.oneof(
  printable.map((text) => ({ bytes: text, keys: [{ type: 'text', text }] as readonly KeyPress[] })),
  fc.constantFrom(...NAMED).map(([bytes, name]) => ({
    bytes: bytes as string,
    keys: [{ type: 'key', name }] as readonly KeyPress[],
  })),
  pasted.map((text) => ({
    bytes: `\x1b[200~${text}\x1b[201~`,
    keys: [{ type: 'paste', text }] as readonly KeyPress[],
  })),
)

/** Typed text may come in several keys; how it was cut does not matter. */
function joined(keys: readonly KeyPress[]): readonly KeyPress[] {
  const all: KeyPress[] = []
  for (const key of keys) {
    const last = all.at(-1)
    if (key.type === 'text' && last?.type === 'text') {
      all[all.length - 1] = { type: 'text', text: last.text + key.text }
    } else {
      all.push(key)
    }
  }
  return all
}

/** A text cut at some of its characters; a decoder of UTF-8 never cuts one in two. */
function cutAt(text: string, isCut: readonly boolean[]): readonly string[] {
  const chunks = ['']
  for (const [at, char] of Array.from(text).entries()) {
    if (isCut[at % isCut.length]) chunks.push('')
    chunks[chunks.length - 1] += char
  }
  return chunks
}

function decode(chunks: readonly string[]): readonly KeyPress[] {
  const decoder = keyDecoder()
  return chunks.flatMap((chunk) => decoder.read(chunk))
}

describe('keyDecoder', () => {
  test('gives the same keys however the bytes are cut into chunks', () => {
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 8 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 50 }),
        (acts, isCut) => {
          const bytes = acts.map((one) => one.bytes).join('')
          const keys = acts.flatMap((one) => one.keys)
          expect(joined(decode(cutAt(bytes, isCut)))).toEqual(joined(keys))
        },
      ),
      { numRuns: 500 },
    )
  })

  test('gives ordinary text whole, and nothing else', () => {
    fc.assert(
      fc.property(printable, (text) => {
        expect(decode([text])).toEqual([{ type: 'text', text }])
      }),
    )
  })

  test('takes several lines in one chunk for a paste, whatever they begin with', () => {
    const lines = fc.array(fc.tuple(fc.constantFrom('', ' ', '\t'), printable), { minLength: 2 })
    fc.assert(
      fc.property(lines, fc.constantFrom('\r', '\n', '\r\n'), (all, lineEnd) => {
        const texts = all.map(([indent, text]) => indent + text)
        expect(decode([texts.join(lineEnd)])).toEqual([{ type: 'paste', text: texts.join('\n') }])
      }),
    )
  })

  test('takes a text with one line end behind it for typed', () => {
    expect(decode(['done\r'])).toEqual([
      { type: 'text', text: 'done' },
      { type: 'key', name: 'enter' },
    ])
  })

  test('lets no control character into a text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
        const keys = decode([`\x1b[200~${text}\x1b[201~`, text])
        const texts = keys.map((key) => (key.type === 'key' ? '' : key.text))
        expect(texts.join('')).not.toMatch(/(?![\n\t])\p{Cc}/u)
      }),
    )
  })

  test('forgets an escape sequence that never gets complete', () => {
    const decoder = keyDecoder()
    expect(decoder.read('\x1b[')).toEqual([])
    expect(decoder.isWaiting).toBe(true)
    decoder.flush()
    expect(decoder.read('A')).toEqual([{ type: 'text', text: 'A' }])
  })

  test('waits for the end of a paste as long as it takes', () => {
    const decoder = keyDecoder()
    decoder.read('\x1b[200~half')
    expect(decoder.isWaiting).toBe(false)
    decoder.flush()
    expect(decoder.read(' and half\x1b[201~')).toEqual([{ type: 'paste', text: 'half and half' }])
  })
})

test('fault 7: a paste that never ends locks nobody in: Ctrl-C still leaves', () => {
  const decoder = keyDecoder()
  decoder.read('\x1b[200~half a paste')
  expect(decoder.read('\x03')).toContainEqual({ type: 'key', name: 'leave' })
})
