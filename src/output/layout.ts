import { lazy } from '../lazy.ts'
import type { Paint } from './paint.ts'
import { graphemes } from '../text/text.ts'

export type { Paint } from './paint.ts'

/** How something is shown: how wide, on which day, and in which colours. */
export interface Style {
  /** In columns. */
  readonly width: number
  readonly today: string
  readonly paint: Paint
}

/** Printable ASCII, Latin letters, and the punctuation that our own lines use: one column each. */
const SIMPLE = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]*$/

/** The columns a text takes on a terminal. */
export function widthOf(text: string): number {
  return SIMPLE.test(text) ? text.length : lazy.stringWidth()(text)
}

/** A row of a broken line: the part from `from` to `to`, without the blank at which it was broken. */
export interface LinePart {
  readonly from: number
  readonly to: number
}

/**
 * Breaks a line without line ends into rows of at most `width` columns, at words where it can. `shown` tells what
 * stands on the screen for a part of it.
 */
export function breakLine(
  line: string,
  width: number,
  shown: (text: string) => string = String,
): readonly LinePart[] {
  if (SIMPLE.test(line) && shown(line) === line) return breakSimple(line, width)
  const rows: LinePart[] = []
  let [from, at, used, blank] = [0, 0, 0, -1]
  for (const grapheme of graphemes(line)) {
    const wide = widthOf(shown(grapheme))
    while (used + wide > width && at > from) {
      const end = grapheme === ' ' ? at : blank > from ? blank : at
      rows.push({ from, to: end })
      from = line[end] === ' ' ? end + 1 : end
      used = widthOf(shown(line.slice(from, at)))
      blank = -1
    }
    if (grapheme === ' ') blank = at
    at += grapheme.length
    if (at > from) used += wide
  }
  return [...rows, { from, to: Math.max(from, line.length) }]
}

/** Breaks a line in which each character takes one column: long lists are made of such lines. */
function breakSimple(line: string, width: number): readonly LinePart[] {
  const rows: LinePart[] = []
  let from = 0
  while (line.length - from > width) {
    const full = from + width
    const blank = line.lastIndexOf(' ', full)
    const end = blank > from ? blank : full
    rows.push({ from, to: end })
    from = line[end] === ' ' ? end + 1 : end
  }
  return [...rows, { from, to: line.length }]
}

/** Whether a text stands on one row as it is. */
function isOneRow(text: string, width: number): boolean {
  return text.length <= width && SIMPLE.test(text)
}

/** A text broken at words into lines of at most `width` columns; its own line breaks stay. */
export function wrap(text: string, width: number): readonly string[] {
  if (isOneRow(text, width)) return [text]
  return text
    .replaceAll('\t', '    ')
    .split('\n')
    .flatMap((line) =>
      breakLine(line, Math.max(8, width)).map(({ from, to }) => line.slice(from, to)),
    )
}

/** A text wrapped behind a first-line mark, the further lines under its beginning. */
export function hang(mark: string, text: string, width: number): string {
  const indent = widthOf(mark)
  if (isOneRow(text, width - indent)) return mark + text
  return wrap(text, width - indent)
    .map((line, at) => (at === 0 ? mark : ' '.repeat(indent)) + line)
    .join('\n')
}

/** A text filled with blanks to a width. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

/** A text cut to a width, with `…` where something is missing. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let [kept, used] = ['', 0]
  // What follows far behind cannot matter, and a text may be long.
  for (const grapheme of graphemes(text.slice(0, 64 * (width + 1)))) {
    used += widthOf(grapheme)
    if (used > width - 1) break
    kept += grapheme
  }
  return `${kept.trimEnd()}…`
}

/** Rows in plain columns, two blanks between them; the last column is wrapped under itself. */
export function columns(rows: readonly (readonly string[])[], width: number): string {
  const last = rows.reduce((most, row) => Math.max(most, row.length - 1), 0)
  const room = last === 0 ? width : Math.floor(width / 2 / last)
  const widths = Array.from({ length: last }, (_, at) =>
    Math.min(
      room,
      rows.reduce((most, row) => Math.max(most, widthOf(row[at] ?? '')), 0),
    ),
  )
  return rows
    .map((row) => {
      const head = widths.map((one, at) => `${pad(cut(row[at] ?? '', one), one)}  `).join('')
      return hang(head, row[last] ?? '', width).trimEnd()
    })
    .join('\n')
}
