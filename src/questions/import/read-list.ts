import { inFileOrder, type Problem } from '../../text/file-problem.ts'
import { safe } from '../../text/text.ts'
import type { Vocabulary } from '../bank/schema.ts'
import { columnOf } from './columns.ts'
import { readCsv } from './csv.ts'
import {
  type ListEntry,
  type Listed,
  MAX_LINES,
  MAX_TEXT,
  questionIn,
  type Reading,
} from './entry.ts'
import { readJson } from './json.ts'
import { readLines, readMarkdown } from './markdown.ts'

/** How a list of questions is written down. */
export type ListFormat = 'text' | 'markdown' | 'csv' | 'json'

/** What a list holds: questions, and what is none. */
export interface List {
  readonly questions: readonly Listed[]
  /** How many lines or entries are no question: headings, remarks, links. */
  readonly others: number
  /** The lines of questions that are too long for a bank, or hold characters that could act on a terminal. */
  readonly tooLong: readonly number[]
  readonly harmful: readonly number[]
}

/** A list that was read, or what is wrong with it. */
export type ListReading =
  | { readonly ok: true; readonly value: List }
  | { readonly ok: false; readonly problems: readonly Problem[] }

const TOO_MANY = `holds more than ${MAX_LINES} lines; split it into several files`

/** Reads a list of questions as people write and publish them. No problem repeats what stands in the list. Pure. */
export function readList(
  file: string,
  text: string,
  format: ListFormat,
  vocabulary: Vocabulary,
): ListReading {
  const plain = text.replace(/^\ufeff/, '')
  const tooMany: ListReading = {
    ok: false,
    problems: [{ file, line: MAX_LINES, column: 1, message: TOO_MANY }],
  }
  if (plain.split(/\r\n?|\n/, MAX_LINES + 1).length > MAX_LINES) return tooMany
  const read = READERS[format](plain, vocabulary)
  if ('problems' in read) {
    const problems = read.problems.map((one) => ({ file, ...one }))
    return { ok: false, problems: inFileOrder(problems) }
  }
  return read.entries.length > MAX_LINES ? tooMany : { ok: true, value: sort(read.entries) }
}

/** What is wrong with a list, at its place. */

const READERS = {
  text: readLines,
  markdown: readMarkdown,
  csv: readCsv,
  json: readJson,
} satisfies Record<ListFormat, (text: string, vocabulary: Vocabulary) => Reading>

/** The format of a list, by the ending of its name, else by its look. */
export function listFormatOf(name: string, text: string): ListFormat {
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  if (/^(md|markdown|mdown|mkd)$/.test(ending)) return 'markdown'
  if (/^(csv|tsv|tab)$/.test(ending)) return 'csv'
  if (ending === 'json') return 'json'
  if (ending === 'txt' || ending === 'text') return 'text'
  if (/^\s*(\[\s*["{[\]]|\{\s*["}])/.test(text)) return 'json'
  if (/^(#{1,6}\s|\s*[-*+]\s|\s*>\s)/m.test(text)) return 'markdown'
  const [head = ''] = text.trimStart().split('\n', 1)
  const cells = head.split(/[,;\t]/).map((cell) => columnOf(cell))
  return cells.length > 1 && cells.includes('text') ? 'csv' : 'text'
}

function sort(entries: readonly ListEntry[]): List {
  const asked = entries.map((entry) => ({ ...entry, text: questionIn(entry.raw) }))
  const many = (place: ListEntry['place']) =>
    asked.filter((one) => one.text !== null && one.place === place).length
  const inLists = many(undefined)
  const isCounted = (place: ListEntry['place']) =>
    place === undefined || (many(place) > inLists && many(place) >= many(otherThan(place)))
  const kept = asked.flatMap(({ raw: _raw, place, text, tags, line, section }) =>
    text !== null && isCounted(place) ? [{ ...tags, text, line, section }] : [],
  )
  const isHarmful = (one: Listed) => safe(one.text) !== one.text
  const isLong = (one: Listed) => one.text.length > MAX_TEXT
  return {
    questions: kept.filter((one) => !isHarmful(one) && !isLong(one)),
    others: entries.length - kept.length,
    harmful: kept.filter(isHarmful).map(({ line }) => line),
    tooLong: kept.filter((one) => isLong(one) && !isHarmful(one)).map(({ line }) => line),
  }
}

const otherThan = (place: 'paragraph' | 'heading') =>
  place === 'paragraph' ? 'heading' : 'paragraph'
