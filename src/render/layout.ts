import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'

/** Paints parts of a text. The ones without colour return what they are given. */
export interface Paint {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly yellow: (text: string) => string
  readonly green: (text: string) => string
}

/** How something is shown: how wide, on which day, and in which colours. */
export interface Style {
  /** In columns. */
  readonly width: number
  readonly today: string
  readonly paint: Paint
}

const ASCII = /^[\x20-\x7e]*$/

/** The columns a text takes on a terminal. */
export function widthOf(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text)
}

/** A text broken at words into lines of at most `width` columns; its own line breaks stay. */
export function wrap(text: string, width: number): readonly string[] {
  if (widthOf(text) <= width && !text.includes('\n')) return [text]
  return wrapAnsi(text, Math.max(8, width), { hard: true }).split('\n')
}

/** A text wrapped behind a first-line mark, the further lines under its beginning. */
export function hang(mark: string, text: string, width: number): string {
  const indent = widthOf(mark)
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
  let kept = ''
  for (const char of text) {
    if (widthOf(kept + char) > width - 1) break
    kept += char
  }
  return `${kept.trimEnd()}…`
}

/** Rows in plain columns, two blanks between them; the last column is wrapped under itself. */
export function columns(rows: readonly (readonly string[])[], width: number): string {
  const last = Math.max(0, ...rows.map((row) => row.length - 1))
  const room = last === 0 ? width : Math.floor(width / 2 / last)
  const widths = Array.from({ length: last }, (_, at) =>
    Math.min(room, Math.max(...rows.map((row) => widthOf(row[at] ?? '')))),
  )
  return rows
    .map((row) => {
      const head = widths.map((one, at) => `${pad(cut(row[at] ?? '', one), one)}  `).join('')
      return hang(head, row[last] ?? '', width).trimEnd()
    })
    .join('\n')
}
