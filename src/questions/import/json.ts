import { safe } from '../../text/text.ts'
import type { Vocabulary } from '../bank/schema.ts'
import { columnOf, readTags } from './columns.ts'
import {
  type Entry,
  MAX_DEPTH,
  MAX_LINES,
  MAX_TEXT,
  type Misread,
  questionIn,
  type Reading,
} from './entry.ts'

/** So far ahead a text of JSON is looked for in its file. */
const NEAR = 20_000
/** More problems than this are not looked for. */
const MAX_PROBLEMS = 100

export function readJson(text: string, vocabulary: Vocabulary): Reading {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const at = Math.min(text.length, jsonErrorAt(text))
    return { problems: [{ ...placeAt(text, at), message: 'is not valid JSON from here on' }] }
  }
  const entries: Entry[] = []
  const problems: Misread[] = []
  let [offset, line] = [0, 1]
  /** Goes on to where a text stands; a text that is written with escapes is taken to stand there too. */
  const lineOfText = (raw: string) => {
    const at = text.slice(offset, offset + NEAR).indexOf(JSON.stringify(raw))
    if (at < 0) return line
    line += text.slice(offset, offset + at).split('\n').length - 1
    offset += at
    return line
  }
  const complain = (message: string, tag: string) => {
    if (problems.length > MAX_PROBLEMS) return
    const start = Math.max(0, text.lastIndexOf('{', offset))
    const quoted = text.slice(start, start + NEAR).indexOf(JSON.stringify(tag))
    problems.push({ ...placeAt(text, quoted < 0 ? offset : start + quoted), message })
  }
  const walk = (one: unknown, section: string, depth: number): void => {
    if (entries.length > MAX_LINES) return
    if (typeof one === 'string') entries.push({ raw: one, line: lineOfText(one), section })
    else if (depth > MAX_DEPTH || typeof one !== 'object' || one === null) return
    else if (Array.isArray(one)) for (const each of one) walk(each, section, depth + 1)
    else walkKeys(Object.entries(one), section, depth)
  }
  const walkKeys = (
    pairs: readonly (readonly [string, unknown])[],
    section: string,
    depth: number,
  ) => {
    const named = pairs.map(([key, held]) => [columnOf(key), held] as const)
    const texts = named.filter(
      (pair): pair is readonly ['text' | 'title', string] =>
        (pair[0] === 'text' || pair[0] === 'title') && typeof pair[1] === 'string',
    )
    const asked = texts
      .toSorted(([a], [b]) => (a === b ? 0 : a === 'text' ? -1 : 1))
      .map(([, held]) => held)
    const raw = asked.find((held) => questionIn(held) !== null)
    if (raw !== undefined) {
      const line = lineOfText(raw)
      const tags = readTags(tagPairs(named), vocabulary, complain)
      const follows = named.filter(([name]) => name === 'follow_ups').flatMap(([, held]) => held)
      const follow_ups = textsIn(follows).filter(
        (held) => held.length <= MAX_TEXT && safe(held) === held,
      )
      entries.push({
        raw,
        line,
        section: tags.section || section,
        tags: { ...tags.tags, follow_ups: follow_ups.slice(0, 5) },
      })
    } else if (asked[0] !== undefined) {
      entries.push({ raw: '', line, section })
    }
    const title = tagPairs(named).find(([name]) => name === 'section')?.[1]
    const under = raw === undefined ? (asked[0] ?? title ?? section) : section
    const isMap = asked.length === 0 && pairs.every(([key]) => columnOf(key) === undefined)
    for (const [key, held] of pairs) {
      const isHeld = typeof held === 'object' && columnOf(key) !== 'follow_ups'
      if (isHeld)
        walk(held, columnOf(key) === undefined && under === section ? key : under, depth + 1)
      else if (isMap && typeof held === 'string') walk(held, section, depth + 1)
    }
  }
  walk(value, '', 0)
  return problems.length > 0 ? { problems } : { entries }
}

/** Keys that say something about a question, each with its texts in one. */
function tagPairs(
  named: readonly (readonly [string | undefined, unknown])[],
): readonly (readonly [string, string])[] {
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

const JSON_TOKEN =
  // eslint-disable-next-line no-control-regex -- a text of JSON holds none of these
  /[ \t\r\n]*(?:("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([[{])|([\]}])|([,:]))/y

/** Where a text stops being JSON. */
function jsonErrorAt(text: string): number {
  const open: string[] = []
  /** What may come: a value, a value or the end, a key, a key or the end, a colon, a comma or the end, nothing. */
  let next = 'value'
  const token = new RegExp(JSON_TOKEN)
  for (;;) {
    const at = token.lastIndex
    const [whole = '', value, opens, closes, mark] = token.exec(text) ?? []
    const start = at + whole.search(/\S|$/)
    const isFirst = next.endsWith('first')
    const inside = open.at(-1)
    const after = open.length === 0 ? 'nothing' : 'comma'
    if (value !== undefined && next.startsWith('value')) next = after
    else if (value?.startsWith('"') && next.startsWith('key')) next = 'colon'
    else if (opens !== undefined && next.startsWith('value')) {
      open.push(opens)
      next = opens === '[' ? 'value or first' : 'key or first'
    } else if (
      closes !== undefined &&
      inside === (closes === ']' ? '[' : '{') &&
      (isFirst || next === 'comma')
    ) {
      open.pop()
      next = open.length === 0 ? 'nothing' : 'comma'
    } else if (mark === ':' && next === 'colon') next = 'value'
    else if (mark === ',' && next === 'comma') next = inside === '[' ? 'value' : 'key'
    else return whole === '' ? at + (/[^ \t\r\n]|$/.exec(text.slice(at))?.index ?? 0) : start
  }
}
