import { safe } from '../../text/text.ts'
import type { Vocabulary } from '../bank/schema.ts'
import { columnOf, readTags } from './columns.ts'
import {
  type ListEntry,
  MAX_DEPTH,
  MAX_LINES,
  MAX_TEXT,
  type Misread,
  questionIn,
  type Reading,
} from './entry.ts'
import { jsonErrorAt } from './json-error.ts'

/** So far ahead a text of JSON is looked for in its file. */
const NEAR = 20_000
/** More problems than this are not looked for. */
const MAX_PROBLEMS = 100

/** The questions of a list in JSON, of whatever form: texts, or groups of keys with tags, under headings or not. */
export function readJson(text: string, vocabulary: Vocabulary): Reading {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const at = Math.min(text.length, jsonErrorAt(text))
    return { problems: [{ ...placeAt(text, at), message: 'is not valid JSON from here on' }] }
  }
  const walk: Walk = { vocabulary, places: placesIn(text), entries: [], problems: [] }
  walkValue(walk, value, '', 0)
  return walk.problems.length > 0 ? { problems: walk.problems } : { entries: walk.entries }
}

/** What a walk through a parsed list has found so far, and how far in the file it has come. */
interface Walk {
  readonly vocabulary: Vocabulary
  readonly places: Places
  readonly entries: ListEntry[]
  readonly problems: Misread[]
}

/** Where the texts of a parsed list stand in its file; they are asked for in their order. */
interface Places {
  /** The line of the text that was asked for last. */
  readonly line: number
  /** The line of the next text that reads so. */
  lineOf(text: string): number
  /** Where a tag of the text that was asked for last stands. */
  placeOfTag(tag: string): ReturnType<typeof placeAt>
}

function placesIn(file: string): Places {
  let [offset, line] = [0, 1]
  return {
    get line() {
      return line
    },
    lineOf(text) {
      // A text that is written with escapes is not found, and taken to stand where the walk is.
      const at = file.slice(offset, offset + NEAR).indexOf(JSON.stringify(text))
      if (at < 0) return line
      line += file.slice(offset, offset + at).split('\n').length - 1
      offset += at
      return line
    },
    placeOfTag(tag) {
      const start = Math.max(0, file.lastIndexOf('{', offset))
      const quoted = file.slice(start, start + NEAR).indexOf(JSON.stringify(tag))
      return placeAt(file, quoted < 0 ? offset : start + quoted)
    },
  }
}

function walkValue(walk: Walk, value: unknown, section: string, depth: number): void {
  const { entries, places } = walk
  if (entries.length > MAX_LINES) return
  if (typeof value === 'string') entries.push({ raw: value, line: places.lineOf(value), section })
  else if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return
  else if (Array.isArray(value)) for (const one of value) walkValue(walk, one, section, depth + 1)
  else walkKeys(walk, Object.entries(value), section, depth)
}

type Named = readonly (readonly [string | undefined, unknown])[]

function walkKeys(
  walk: Walk,
  pairs: readonly (readonly [string, unknown])[],
  section: string,
  depth: number,
): void {
  const named = pairs.map(([key, held]) => [columnOf(key), held] as const)
  const texts = textsAndTitles(named)
  const asked = texts.find((one) => questionIn(one) !== null)
  const [first] = texts
  if (asked !== undefined) walk.entries.push(taggedEntry(walk, asked, named, section))
  else if (first !== undefined) walk.entries.push({ raw: '', line: walk.places.line, section })
  const title = tagPairs(named).find(([name]) => name === 'section')?.[1]
  const under = asked === undefined ? (first ?? title ?? section) : section
  const isMap = texts.length === 0 && pairs.every(([key]) => columnOf(key) === undefined)
  for (const [key, held] of pairs) {
    const isHeld = typeof held === 'object' && columnOf(key) !== 'follow_ups'
    if (isHeld) {
      const heading = columnOf(key) === undefined && under === section ? key : under
      walkValue(walk, held, heading, depth + 1)
    } else if (isMap && typeof held === 'string') walkValue(walk, held, section, depth + 1)
  }
}

/** What stands under `text` and `title`, the texts first. */
function textsAndTitles(named: Named): readonly string[] {
  const under = (wanted: string) =>
    named.flatMap(([name, held]) => (name === wanted && typeof held === 'string' ? [held] : []))
  return [...under('text'), ...under('title')]
}

function taggedEntry(walk: Walk, raw: string, named: Named, section: string): ListEntry {
  const { vocabulary, places, problems } = walk
  const line = places.lineOf(raw)
  const tags = readTags(tagPairs(named), vocabulary, (message, tag) => {
    if (problems.length <= MAX_PROBLEMS) problems.push({ ...places.placeOfTag(tag), message })
  })
  const follows = named.filter(([name]) => name === 'follow_ups').flatMap(([, held]) => held)
  const follow_ups = textsIn(follows).filter(
    (held) => held.length <= MAX_TEXT && safe(held) === held,
  )
  return {
    raw,
    line,
    section: tags.section || section,
    tags: { ...tags.tags, follow_ups: follow_ups.slice(0, 5) },
  }
}

/** Keys that say something about a question, each with its texts in one. */
function tagPairs(named: Named): readonly (readonly [string, string])[] {
  return named.flatMap(([name, held]) =>
    name === undefined || name === 'text' || name === 'title'
      ? []
      : [[name, textsIn(held).join(name === 'section' || name === 'why' ? ' ' : ',')] as const],
  )
}

const textsIn = (held: unknown): readonly string[] =>
  (Array.isArray(held) ? held : [held])
    .filter((one): one is string => typeof one === 'string')
    .map((one) => one.replace(/\s+/g, ' ').trim())
    .filter(Boolean)

function placeAt(text: string, at: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, at).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}
