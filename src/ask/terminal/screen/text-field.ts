import { breakLine, type LinePart, widthOf } from '../../../output/layout.ts'
import { graphemes, safe } from '../../../text/text.ts'
import type { KeyPress, KeyName } from './key-decoder.ts'

/** A text being written, and where the cursor stands in it (an index into the text). */
export interface TextField {
  readonly text: string
  readonly cursor: number
}

/** A field with the cursor behind its text. */
export function fieldOf(text: string): TextField {
  return { text, cursor: text.length }
}

/** The field after a text was put in at the cursor. */
export function insert({ text, cursor }: TextField, more: string): TextField {
  return { text: text.slice(0, cursor) + more + text.slice(cursor), cursor: cursor + more.length }
}

/** The field after an editing key; the same field when the key edits nothing. `width` settles what a row is. */
export function editText(field: TextField, key: KeyPress, width: number): TextField {
  if (key.type !== 'key') return insert(field, key.text)
  return EDITS[key.name]?.(field, width) ?? field
}

const moveTo = (field: TextField, cursor: number): TextField => ({ ...field, cursor })
const remove = ({ text }: TextField, from: number, to: number): TextField => ({
  text: text.slice(0, from) + text.slice(to),
  cursor: from,
})

const EDITS: Partial<Record<KeyName, (field: TextField, width: number) => TextField>> = {
  left: (field) => moveTo(field, before(field)),
  right: (field) => moveTo(field, after(field)),
  up: (field, width) => moveRow(field, width, -1),
  down: (field, width) => moveRow(field, width, 1),
  home: (field) => moveTo(field, lineStart(field)),
  end: (field) => moveTo(field, lineEnd(field)),
  'word-left': (field) => moveTo(field, wordLeft(field)),
  'word-right': (field) => moveTo(field, wordRight(field)),
  backspace: (field) => remove(field, before(field), field.cursor),
  delete: (field) => remove(field, field.cursor, after(field)),
  'delete-word': (field) => remove(field, wordLeft(field), field.cursor),
  'delete-to-start': (field) => remove(field, lineStart(field), field.cursor),
  'delete-to-end': (field) => remove(field, field.cursor, lineEnd(field)),
}

function before({ text, cursor }: TextField): number {
  const near = text.slice(Math.max(0, cursor - 64), cursor)
  return cursor - (graphemes(near).at(-1)?.length ?? 0)
}

function after({ text, cursor }: TextField): number {
  const near = text.slice(cursor, cursor + 64)
  return cursor + (graphemes(near)[0]?.length ?? 0)
}

function lineStart({ text, cursor }: TextField): number {
  return text.lastIndexOf('\n', cursor - 1) + 1
}

function lineEnd({ text, cursor }: TextField): number {
  const end = text.indexOf('\n', cursor)
  return end < 0 ? text.length : end
}

function wordLeft({ text, cursor }: TextField): number {
  return text.slice(0, cursor).replace(/\S*\s*$/, '').length
}

function wordRight({ text, cursor }: TextField): number {
  return cursor + (/^\s*\S*/.exec(text.slice(cursor))?.[0].length ?? 0)
}

/** The rows that a text takes at a width, broken at words, and the row and column of the cursor. */
export function layOut(
  { text, cursor }: TextField,
  width: number,
): { readonly rows: readonly string[]; readonly row: number; readonly column: number } {
  const rows = rowsOf(text, width)
  const row = rowAt(rows, cursor)
  const here = rows[row] ?? { from: 0, to: 0 }
  return {
    rows: rows.map((one) => one.shown),
    row,
    column: widthOf(shown(text.slice(here.from, Math.min(cursor, here.to)))),
  }
}

/** Text as the field shows it: a tab as one blank, and what could act on the terminal as an escape. */
function shown(text: string): string {
  return safe(text).replaceAll('\t', ' ')
}

function rowAt(rows: readonly LinePart[], cursor: number): number {
  const next = rows.findIndex(({ from }) => from > cursor)
  return (next < 0 ? rows.length : next) - 1
}

function moveRow(field: TextField, width: number, by: 1 | -1): TextField {
  const rows = rowsOf(field.text, width)
  const at = rowAt(rows, field.cursor)
  const here = rows[at]
  const there = rows[at + by]
  if (!here) return field
  if (!there) return moveTo(field, by < 0 ? 0 : field.text.length)
  const wanted = widthOf(shown(field.text.slice(here.from, field.cursor)))
  let cursor = there.from
  for (const grapheme of graphemes(field.text.slice(there.from, there.to))) {
    if (widthOf(shown(field.text.slice(there.from, cursor) + grapheme)) > wanted) break
    cursor += grapheme.length
  }
  return moveTo(field, cursor)
}

/** A row of a text, with what stands on the screen for it. */
interface Row extends LinePart {
  readonly shown: string
}

/** The rows of the lines of the text that was laid out last, at its width: a key changes one line of it. */
let last: { readonly width: number; readonly rows: ReadonlyMap<string, readonly Row[]> } = {
  width: 0,
  rows: new Map(),
}

function rowsOf(text: string, width: number): readonly Row[] {
  const before = last.width === width ? last.rows : new Map<string, readonly Row[]>()
  const known = new Map<string, readonly Row[]>()
  const rows: Row[] = []
  let start = 0
  for (const line of text.split('\n')) {
    const ofLine = before.get(line) ?? known.get(line) ?? rowsOfLine(line, width)
    known.set(line, ofLine)
    for (const { from, to, shown } of ofLine) {
      rows.push({ from: start + from, to: start + to, shown })
    }
    start += line.length + 1
  }
  last = { width, rows: known }
  return rows
}

function rowsOfLine(line: string, width: number): readonly Row[] {
  // One column stays free, for the cursor behind the last character.
  const parts = breakLine(line, Math.max(4, width - 1), shown)
  return parts.map(({ from, to }) => ({ from, to, shown: shown(line.slice(from, to)) }))
}
