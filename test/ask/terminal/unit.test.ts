import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { controlFor } from '../../../src/ask/terminal/screen/controls.ts'
import { drawFrame } from '../../../src/ask/terminal/screen/frame.ts'
import { type Key, keyDecoder } from '../../../src/ask/terminal/screen/key-decoder.ts'
import {
  edit,
  fieldOf,
  layOut,
  type TextField,
} from '../../../src/ask/terminal/screen/text-field.ts'
import type { Turn } from '../../../src/conversation/turn.ts'
import { widthOf } from '../../../src/output/layout.ts'
import { safe } from '../../../src/text/text.ts'

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

const printable = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((text) => !/\p{Cc}/u.test(text))
const pasted = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .map((text) => text.replace(/\p{Cc}/gu, '\n'))

/** Something that a person does, as bytes and as keys. */
const act = fc.oneof(
  printable.map((text) => ({ bytes: text, keys: [{ type: 'text', text }] as readonly Key[] })),
  fc.constantFrom(...NAMED).map(([bytes, name]) => ({
    bytes: bytes as string,
    keys: [{ type: 'key', name }] as readonly Key[],
  })),
  pasted.map((text) => ({
    bytes: `\x1b[200~${text}\x1b[201~`,
    keys: [{ type: 'paste', text }] as readonly Key[],
  })),
)

/** Typed text may come in several keys; how it was cut does not matter. */
function joined(keys: readonly Key[]): readonly Key[] {
  const all: Key[] = []
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

function decode(chunks: readonly string[]): readonly Key[] {
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

const MOVES = ['left', 'right', 'up', 'down', 'home', 'end', 'word-left', 'word-right'] as const
const DELETIONS = [
  'backspace',
  'delete',
  'delete-word',
  'delete-to-start',
  'delete-to-end',
] as const

/** Text as it comes from a keyboard or a paste, in many scripts. */
const written = fc
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
const width = fc.integer({ min: 12, max: 80 })
const key = fc.oneof(
  fc.constantFrom(...MOVES, ...DELETIONS).map((name): Key => ({ type: 'key', name })),
  written.map((text): Key => ({ type: 'text', text })),
)
const edits = fc.array(key, { maxLength: 20 })

function fieldAfter(text: string, keys: readonly Key[], columns: number): TextField {
  return keys.reduce((field, one) => edit(field, one, columns), fieldOf(text))
}

function isUpOrDown(key: Key): boolean {
  return key.type === 'key' && (key.name === 'up' || key.name === 'down')
}

/** What of a field does not fit into so many columns. */
function misfits(field: TextField, columns: number): readonly unknown[] {
  const { rows, row, column } = layOut(field, columns)
  const isCursorThere = rows[row] !== undefined && column >= 0 && column < columns
  return [
    ...rows.filter((one) => widthOf(one) > columns),
    ...(isCursorThere ? [] : [{ row, column }]),
  ]
}

describe('the text field', () => {
  test('has its text back when what was inserted is deleted again', () => {
    const moves = fc.array(fc.constantFrom(...MOVES), { maxLength: 8 })
    fc.assert(
      fc.property(written, moves, printable, width, (text, names, more, columns) => {
        const keys = names.map((name): Key => ({ type: 'key', name }))
        const before = fieldAfter(text, keys, columns)
        let field = edit(before, { type: 'text', text: `|${more}` }, columns)
        // A mark that combines with the text before is deleted together with it, so a bar stands between.
        while (field.cursor > before.cursor) {
          field = edit(field, { type: 'key', name: 'backspace' }, columns)
        }
        expect(field).toEqual(before)
      }),
      { numRuns: 300 },
    )
  })

  test('keeps its text well formed, whatever is pressed', () => {
    fc.assert(
      fc.property(written, edits, width, (text, keys, columns) => {
        expect(fieldAfter(text, [...keys, { type: 'text', text: 'x' }], columns).text).toSatisfy(
          (after: string) => after.isWellFormed(),
        )
      }),
      { numRuns: 1000 },
    )
  })

  test('has its cursor on one of its rows, and no row is wider than the screen', () => {
    const sideways = edits.map((keys) => keys.filter((one) => !isUpOrDown(one)))
    fc.assert(
      fc.property(written, sideways, width, (text, keys, columns) => {
        expect(misfits(fieldAfter(text, keys, columns), columns)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('keeps within its width the characters that are shown as escapes', () => {
    const hidden = fc.constantFrom('\u200b', '\u202e', '\u2066', '\ufeff', '\u2028')
    const parts = fc.array(fc.oneof(hidden, fc.constantFrom('a', ' ', 'word', '日本')), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(parts, width, (all, columns) => {
        expect(misfits(fieldOf(all.join('')), columns)).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  test('shows every character that is no blank', () => {
    fc.assert(
      fc.property(written, width, (text, columns) => {
        const { rows } = layOut(fieldOf(text), columns)
        expect(rows.join('').replace(/\s/g, '')).toBe(safe(text).replace(/\s/g, ''))
      }),
      { numRuns: 500 },
    )
  })

  test('comes back to the same place by going down and up through rows of one length', () => {
    const field = { text: 'one two\nsix ten', cursor: 3 }
    const down = edit(field, { type: 'key', name: 'down' }, 40)
    expect(down.cursor).toBe(11)
    expect(edit(down, { type: 'key', name: 'up' }, 40)).toEqual(field)
  })
})

const same = (text: string) => text
const PAINT = { bold: same, dim: same, red: same, yellow: same, green: same }

const short = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
const long = fc.lorem({ maxCount: 60 })
const anyTurn = fc.record<Turn>({
  round: fc.integer({ min: 1, max: 3 }),
  path: fc.constant('observation.saw'),
  pass: fc.constantFrom('prepare', 'record'),
  kind: fc.constantFrom('line', 'note', 'choice', 'yes_no', 'question', 'date', 'action'),
  step: fc.record({ title: short, number: fc.constantFrom(null, 2), of: fc.constant(4) }),
  title: short,
  ask: long,
  why: long,
  example: fc.option(long),
  required: fc.boolean(),
  visibility: fc.constantFrom('shared', 'private'),
  choices: fc.array(fc.record({ id: short, title: long }), { minLength: 1, maxLength: 7 }),
  default: fc.constant(null),
  about: fc.option(long),
  hint: fc.option(long),
  keptIn: fc.constant('prepare'),
  kept: fc.constant(null),
  old: fc.constant(null),
  isFromInbox: fc.boolean(),
  before: fc.constantFrom(null, '2026-12-01'),
  isAhead: fc.boolean(),
  isBoth: fc.boolean(),
  hints: fc.constant([]),
  action: fc.constant(null),
})

test('fault 56: every screen fits into the window, with its cursor, however small the window is', () => {
  const window = fc.record({
    columns: fc.integer({ min: 20, max: 120 }),
    rows: fc.integer({ min: 5, max: 50 }),
  })
  const isHelpShown = fc.boolean()
  const texts = fc.record({
    person: short,
    offered: fc.option(written),
    problem: fc.option(long),
    hint: fc.option(long),
  })
  fc.assert(
    fc.property(anyTurn, texts, window, isHelpShown, (turn, texts, { columns, rows }, isHelp) => {
      const { person, offered, problem, hint } = texts
      const parts = {
        person,
        doing: 'recording',
        turn,
        scene: {
          problem,
          isPast: false,
          offered,
          earlier: [],
          hintFor: () => null,
          since: null,
          keepDraft: () => null,
          editorFile: () => '',
        },
        control: controlFor(turn, offered),
        problem: null,
        isHelpShown: isHelp,
        hint,
        today: '2026-11-23',
        paint: PAINT,
      }
      const frame = drawFrame(parts, columns, rows)
      expect(frame.rows.length).toBeLessThanOrEqual(rows)
      for (const row of frame.rows) expect(widthOf(row)).toBeLessThan(columns)
      if (frame.cursor === null) return
      expect(frame.cursor.row).toBeGreaterThanOrEqual(0)
      expect(frame.cursor.row).toBeLessThan(rows)
      expect(frame.cursor.column).toBeLessThan(columns)
    }),
    { numRuns: 500 },
  )
})
