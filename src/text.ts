/**
 * Characters that could act on a terminal or disguise text: C0 without tab and newline, DEL, C1, and the
 * bidirectional and zero-width marks of category Cf (CVE-2021-42574). ZWJ stays inside emoji, see `safe`.
 */
const HARMFUL =
  // eslint-disable-next-line no-control-regex -- naming control characters is the point
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

const ZWJ = '\u200d'
const PICTOGRAPH_BEFORE = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u
const PICTOGRAPH_AFTER = /^\p{Extended_Pictographic}/u

/** Stored text made harmless for a terminal: what could act on it becomes a visible escape such as `\x1b`. */
export function safe(text: string): string {
  return text.replace(HARMFUL, (char, at: number) => {
    if (
      char === ZWJ &&
      PICTOGRAPH_BEFORE.test(text.slice(Math.max(0, at - 2), at)) &&
      PICTOGRAPH_AFTER.test(text.slice(at + 1, at + 3))
    ) {
      return char
    }
    const code = char.charCodeAt(0)
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

/** Text of which nothing is harmful, seen at once; what is not of this kind has to be looked at closely. */
const PLAIN_TEXT = /^[\t\n\x20-\x7e\u00a0-\u02ff\u2010-\u2027\u2030-\u205e\u2070-\ud7ff]*$/

/** Whether {@link safe} would change nothing inside a value. Most are of this kind, and a copy of all costs more. */
function isSafeDeep(value: unknown): boolean {
  if (typeof value === 'string') return PLAIN_TEXT.test(value) || value.search(HARMFUL) < 0
  if (value === null || typeof value !== 'object') return true
  if (Array.isArray(value)) return value.every(isSafeDeep)
  if (value instanceof Map) return [...value.values()].every(isSafeDeep)
  for (const key in value) if (!isSafeDeep(Reflect.get(value, key))) return false
  return true
}

/** Every text inside a value made {@link safe}; numbers, booleans and null stay as they are. */
export function safeDeep<T>(value: T): T {
  if (isSafeDeep(value)) return value
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- the shape stays; only texts inside change
  return deepSafe(value) as T
}

function deepSafe(value: unknown): unknown {
  if (typeof value === 'string') return safe(value)
  if (Array.isArray(value)) return value.map(deepSafe)
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [key, deepSafe(one)]))
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, deepSafe(one)]))
  }
  return value
}

/** Text as it is kept: line ends are `\n`, and nothing but space stands at its end or on its own. */
export function tidy(text: string): string {
  const lines = text.split(/\r\n?|\n/).map((line) => line.trimEnd())
  const first = lines.findIndex((line) => line !== '')
  return first < 0
    ? ''
    : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1).join('\n')
}

/** Text of several lines as one. */
export function oneLine(text: string): string {
  return text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ')
}

const LATIN = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]*$/
let segmenter: Intl.Segmenter | undefined

/** The characters of a text as a reader sees them: a letter with its accents, a whole emoji. */
export function graphemes(text: string): readonly string[] {
  if (LATIN.test(text)) return text.split('')
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return [...segmenter.segment(text)].map(({ segment }) => segment)
}

/** `1 action item`, `2 action items`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}

/** `carried once`, `carried 3 times`. */
export function sayCarried(carried: number): string {
  return carried === 1 ? 'carried once' : `carried ${carried} times`
}

/** The first line of a text, cut at a word where it is longer than `limit` characters. */
export function firstLine(text: string, limit: number): string {
  const line = text.trimStart().split('\n', 1)[0] ?? ''
  const more = line.length < text.trim().length
  if (line.length <= limit) return more ? `${line} …` : line
  const cut = wholeCharacters(line, limit - 2)
  return `${cut.replace(/\s+\S*$/, '') || cut} …`
}

/** The beginning of a line, of at most so many characters, that ends with a whole one. */
function wholeCharacters(line: string, limit: number): string {
  let kept = ''
  for (const grapheme of graphemes(line.slice(0, limit + 64))) {
    if (kept.length + grapheme.length > limit) break
    kept += grapheme
  }
  return kept
}

/** `a, b and c`, or with another last word `a, b or c`. */
export function list(items: readonly string[], last = 'and'): string {
  if (items.length < 2) return items[0] ?? ''
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`
}

/** What somebody typed, in quotation marks, and short: a message repeats no whole note. */
export function quote(text: string): string {
  return `“${firstLine(text.trim(), 40)}”`
}

/** A name as it is kept: on one line, single blanks. Null where there is none, or where it is not text. */
export function readName(text: string): string | null {
  const name = text.split(/\s+/).join(' ').trim()
  return name === '' || safe(name) !== name ? null : name
}

/** The longest name of a person or an opportunity, in characters. */
const LONGEST_NAME = 120

/** Why a text cannot be kept as a name, such as `is longer than …`; null where it can. What is kept already may be longer. */
export function whyNoName(text: string): string | null {
  const name = readName(text)
  if (name === null) return 'is not a name that can be kept'
  return Array.from(name).length > LONGEST_NAME
    ? `is longer than ${LONGEST_NAME} characters, the most that a name can have`
    : null
}

/** Whether a text holds something that could act on a terminal or disguise text. */
export function isHarmful(text: string): boolean {
  return !PLAIN_TEXT.test(text) && text.search(HARMFUL) >= 0
}

/** Such characters as `\\uXXXX`, for formats in which that is an escape (JSON, YAML in quotation marks). */
export function escapeHarmful(text: string): string {
  return text.replace(HARMFUL, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
