import { CsvError, parse as parseCsv } from 'csv-parse/sync'
import { z } from 'zod'
import type { Vocabulary } from '../bank/schema.ts'
import { columnOf, readTags } from './columns.ts'
import { type ListEntry, type Misread, questionIn, type Reading } from './entry.ts'
import { largest } from '../../text/lists.ts'

/** The most characters in a row of a table, and the most cells of it that are looked at. */
const MAX_ROW = 100_000
const MAX_CELLS = 100

const records = z.array(
  z.object({
    raw: z.string(),
    record: z.array(z.string()),
    info: z.object({ lines: z.number() }),
  }),
)

/** A table: a question a row, and perhaps what it is about. */
export function readCsv(text: string, vocabulary: Vocabulary): Reading {
  const delimiter = delimiterOf(text)
  let rows
  try {
    rows = records.parse(
      parseCsv(text, {
        delimiter,
        relax_column_count: true,
        relax_quotes: true,
        skip_empty_lines: true,
        max_record_size: MAX_ROW,
        raw: true,
        info: true,
        trim: true,
      }),
    )
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const message =
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'a quotation mark that opens here is never closed'
        : error.code === 'CSV_MAX_RECORD_SIZE'
          ? 'this row is longer than any question; a quotation mark may be missing'
          : 'this row is not valid CSV; a cell with a comma or a quotation mark needs quotes around it'
    return { problems: [{ line: lineOf(error), column: 1, message }] }
  }
  const head = (rows[0]?.record ?? []).slice(0, MAX_CELLS)
  const names = head.map((cell) => columnOf(cell))
  const hasHead = names.some(Boolean) && head.every((cell) => questionIn(cell) === null)
  const body = hasHead ? rows.slice(1) : rows
  const cells = body.map(({ record }) => record)
  const column = hasHead ? textColumn(names, cells) : fullestColumn(cells)
  const problems: Misread[] = []
  const entries = body.map(({ raw, record, info }): ListEntry => {
    const line = info.lines - (raw.trimEnd().match(/\n/g)?.length ?? 0)
    const tags = readTags(
      record.flatMap((cell, at) => {
        const name = hasHead && at !== column ? names[at] : undefined
        return name === undefined ? [] : [[name, cell] as const]
      }),
      vocabulary,
      (message, cell) => {
        const before = raw.slice(0, Math.max(0, raw.indexOf(cell)))
        const lines = before.split('\n')
        problems.push({
          line: line + lines.length - 1,
          column: (lines.at(-1)?.length ?? 0) + 1,
          message,
        })
      },
    )
    return { raw: record[column] ?? '', line, ...tags }
  })
  return problems.length > 0 ? { problems } : { entries }
}

function lineOf(error: CsvError): number {
  const line: unknown = error['lines']
  return typeof line === 'number' ? line : 1
}

/** The mark that parts the cells of a table, by what stands most often outside quotation marks in its first lines. */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .replace(/"[^"]*"/g, '""')
    .split(/\r\n?|\n/)
    .filter(Boolean)
  const [head = ''] = lines
  const isNamed = (mark: string) => head.split(mark).filter((cell) => columnOf(cell)).length
  const rows = (mark: string) => lines.filter((line) => line.includes(mark)).length
  const marks = ['\t', ';', ',']
  const best = marks.toSorted((a, b) => isNamed(b) - isNamed(a) || rows(b) - rows(a))[0] ?? ','
  // A single column whose questions have commas in them, and no quotation marks.
  const isSingle = columnOf(head) !== undefined || rows(best) < lines.length / 2
  return isSingle && !text.includes('"') && !head.includes(best) ? '\u0000' : best
}

function textColumn(
  names: readonly (string | undefined)[],
  rows: readonly (readonly string[])[],
): number {
  const named = names.indexOf('text')
  if (named >= 0) return named
  const fullest = fullestColumn(rows)
  return names[fullest] === undefined || names[fullest] === 'title'
    ? fullest
    : Math.max(0, names.indexOf('title'))
}

function fullestColumn(rows: readonly (readonly string[])[]): number {
  const many: number[] = []
  for (const row of rows.slice(0, 500)) {
    for (const [at, cell] of row.slice(0, MAX_CELLS).entries()) {
      many[at] = (many[at] ?? 0) + (questionIn(cell) === null ? 0 : 1)
    }
  }
  return Math.max(0, many.indexOf(largest(many)))
}
