/**
 * Characters that could act on a terminal or disguise text: C0 without tab and newline, DEL, C1, and the
 * bidirectional and zero-width marks of category Cf (CVE-2021-42574), and what shows as nothing or as a blank: soft hyphens, fillers
 * of Hangul, the empty Braille pattern, tags. Some of them stay where a script or an emoji needs them, see `isNeeded`.
 */
const HARMFUL_CHARACTERS = [
  String.raw`\u0000-\u0008`,
  String.raw`\u000b-\u001f`,
  String.raw`\u007f-\u009f`,
  String.raw`\u00ad`,
  String.raw`\u061c`,
  String.raw`\u115f`,
  String.raw`\u1160`,
  String.raw`\u17b4`,
  String.raw`\u17b5`,
  String.raw`\u180e`,
  String.raw`\u200b-\u200f`,
  String.raw`\u2028-\u202e`,
  String.raw`\u2060-\u206f`,
  String.raw`\u2800`,
  String.raw`\u3164`,
  String.raw`\ufeff`,
  String.raw`\uffa0`,
  String.raw`\ufff9-\ufffb`,
].join('')
/** Half of a character that needs two, without its other half. */
const HALVES = [/[\ud800-\udbff](?![\udc00-\udfff])/, /(?<![\ud800-\udbff])[\udc00-\udfff]/]
const HARMFUL = new RegExp(
  [
    `[${HARMFUL_CHARACTERS}]`,
    String.raw`\u034f|\udb40[\udc00-\udc7f]`,
    ...HALVES.map(({ source }) => source),
  ].join('|'),
  'g',
)

const ZWJ = '\u200d'
/** Letters and marks of scripts in which a joiner, or what keeps letters apart, is a part of the spelling: Persian, Hindi, Sinhala… */
const JOINED_SCRIPTS =
  'Arabic Syriac Mongolian Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Khmer Myanmar Tibetan'
const JOINED = new RegExp(
  `^[${JOINED_SCRIPTS.split(' ')
    .map((script) => `\\p{Script=${script}}`)
    .join('')}]`,
  'u',
)
/** The marks of such scripts that take the vowel from a letter; a joiner after one of them may end a word. */
const VIRAMA = /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca]/
/** A flag of a part of a country, up to a tag of it. */
const FLAG_BEFORE = /\u{1f3f4}[\u{e0020}-\u{e007e}]*$/u
const PICTOGRAPH_BEFORE = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u
const PICTOGRAPH_AFTER = /^\p{Extended_Pictographic}/u

/** Stored text made harmless for a terminal: what could act on it becomes a visible escape such as `\x1b`. */
export function safe(text: string): string {
  return text.replace(HARMFUL, (char, at: number) => {
    if (isNeeded(char, text, at)) return char
    const code = char.codePointAt(0) ?? 0
    const hex = code.toString(16)
    if (code > 0xffff) return `\\u{${hex}}`
    return code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`
  })
}

/** Whether a character that shows as nothing belongs to what stands around it. */
function isNeeded(char: string, text: string, at: number): boolean {
  const [before, after] = [text.slice(Math.max(0, at - 2), at), text.slice(at + 1, at + 3)]
  if (char === ZWJ && PICTOGRAPH_BEFORE.test(before) && PICTOGRAPH_AFTER.test(after)) return true
  const last = before.slice(-1)
  if (char === ZWJ || char === '\u200c' || char === '\u180e') {
    return JOINED.test(last) && (JOINED.test(after) || VIRAMA.test(last))
  }
  if (char === '\u2800') return /[\u2801-\u28ff]/.test(last + after.slice(0, 1))
  return char.length > 1 && FLAG_BEFORE.test(text.slice(Math.max(0, at - 32), at))
}

/** Text of which nothing is harmful, seen at once; what is not of this kind has to be looked at closely. */
const PLAIN_CHARACTERS = [
  String.raw`\t`,
  String.raw`\n`,
  String.raw`\x20-\x7e`,
  String.raw`\u00a0-\u00ac`,
  String.raw`\u00ae-\u02ff`,
  String.raw`\u2010-\u2027`,
  String.raw`\u2030-\u205e`,
  String.raw`\u2070-\u27ff`,
  String.raw`\u2801-\u3163`,
  String.raw`\u3165-\ud7ff`,
].join('')
const PLAIN_TEXT = new RegExp(`^[${PLAIN_CHARACTERS}]*$`)

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
export function sayList(items: readonly string[], last = 'and'): string {
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

/** Whether a word has letters that look alike in two alphabets side by side, such as the Latin and the Cyrillic a. */
function isOfTwoAlphabets(word: string): boolean {
  const alphabets = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u]
  return alphabets.filter((letters) => letters.test(word)).length > 1
}

/** The longest name of a person or an opportunity, in characters. */
const LONGEST_NAME = 120

/** Why a text cannot be kept as a name, such as `is longer than …`; null where it can. What is kept already may be longer. */
export function whyNoName(text: string): string | null {
  const name = readName(text)
  if (name === null) return 'is not a name that can be kept'
  const word = name.split(/[^\p{L}\p{M}]+/u).find(isOfTwoAlphabets)
  if (word !== undefined) {
    return `has letters of two alphabets in one word (${word}), which can look like another name`
  }
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
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return text.replace(HARMFUL, (char) => char.split('').map(escaped).join(''))
}
