import { localDay } from '../dates/day.ts'
import type { ActionItem } from '../model.ts'

/** An action item with the names that stand beside it. */
export interface CsvItem extends ActionItem {
  readonly person: string
  readonly goalWhat?: string | null
}

const COLUMNS: readonly (readonly [
  name: string,
  value: (item: CsvItem) => string | number | null,
])[] = [
  ['id', ({ id }) => id],
  ['person', ({ person }) => person],
  ['owner', ({ owner }) => owner],
  ['what', ({ what }) => what],
  ['due_on', ({ due }) => due],
  ['status', ({ status }) => status],
  ['carried', ({ carried }) => carried],
  ['created_on', ({ createdAt }) => localDay(createdAt)],
  ['closed_on', ({ closedAt }) => closedAt && localDay(closedAt)],
  ['session', ({ sessionId }) => sessionId],
  ['if', (item) => item.if],
  ['then', ({ then }) => then],
  ['else', (item) => item.else],
  ['obstacle', ({ obstacle }) => obstacle],
  ['measure', ({ measure }) => measure],
  ['result', ({ result }) => result],
  ['support', ({ support }) => support],
  ['check_in_on', (item) => item.check_in],
  ['repeat', ({ repeat }) => repeat],
  ['goal', ({ goalWhat }) => goalWhat ?? null],
  ['uuid', ({ uuid }) => uuid],
]

/** What a spreadsheet takes for the beginning of a formula (CWE-1236), also behind blanks and quotation marks. */
const FORMULA =
  // eslint-disable-next-line no-control-regex -- NUL is one of them
  /^[\s'"\u0000]*[=+\-@\t\r\u0000＝＋－＠]/

/**
 * Action items as CSV (RFC 4180): UTF-8, a line of names, every line ended with CR and LF, fields in quotation marks where
 * they need them. A text that a spreadsheet would calculate gets a `'` in front. Where there are letters beyond ASCII, a byte-order mark
 * stands first: without it, Excel takes them for others.
 */
export function toCsvText(items: readonly CsvItem[]): string {
  const lines = [
    COLUMNS.map(([name]) => name),
    ...items.map((item) => COLUMNS.map(([, value]) => fieldOf(value(item)))),
  ]
  const text = lines.map((line) => `${line.join(',')}\r\n`).join('')
  return /^[\t\r\n\x20-\x7e]*$/.test(text) ? text : `\ufeff${text}`
}

function fieldOf(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
