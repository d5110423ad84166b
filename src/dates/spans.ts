/** A length of time in calendar terms: months first, then days. Negative where it lies behind. */
export interface Span {
  readonly months: number
  readonly days: number
}

const UNITS: Readonly<Record<string, Span>> = {
  day: { months: 0, days: 1 },
  week: { months: 0, days: 7 },
  fortnight: { months: 0, days: 14 },
  month: { months: 1, days: 0 },
  quarter: { months: 3, days: 0 },
  year: { months: 12, days: 0 },
}
/** How a unit is written short; `m` and `mo` are left out, because they can be minutes as well. */
const SHORT: Readonly<Record<string, string>> = {
  d: 'day',
  w: 'week',
  wk: 'week',
  mth: 'month',
  mos: 'month',
  qtr: 'quarter',
  y: 'year',
  yr: 'year',
}
const NUMBERS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ')
const MANY = new Map<string, number>([
  ...NUMBERS.map((word, index) => [word, index + 1] as const),
  ['a', 1],
  ['an', 1],
  ['a couple of', 2],
  ['a couple', 2],
  ['a few', 3],
])

const HOW_MANY = `\\d{1,3}|${[...MANY.keys()].toSorted((a, b) => b.length - a.length).join('|')}`
const UNIT = [...Object.keys(UNITS), ...Object.keys(SHORT)]
  .toSorted((a, b) => b.length - a.length)
  .join('|')
const PART = new RegExp(`^(?:(half) an? (year)|(${HOW_MANY}) ?(${UNIT})s?(?:'s|s')?)$`)
const AHEAD = /^(?:in|after|within|\+)(?: (?:about|around|roughly|exactly))?\s?/
const BEHIND = /^(?:-|(?:the )?(?:last|past) (?=\S+ ))\s?/
const FROM_NOW = / (?:from (?:now|today)|hence|later|time|ahead)$/
const AGO = / (?:ago|back|earlier|before)$/
const NEXT = /^(?:the )?(next|last|past) (month|quarter|year)$/

/**
 * Reads a length of time as a manager says it: `in 2 weeks`, `a month from now`, `next quarter`, `1 month and 3 days`, `2 months
 * ago`. Null where it is none. One with months in it has to be read here: a month is no number of days, and the day after
 * 31 January by a month is the last of February.
 * @param text in small letters, with single blanks
 */
export function readSpan(text: string): Span | null {
  const plain = text.replaceAll('’', "'")
  const next = NEXT.exec(plain)
  if (next) return times(UNITS[next[2] ?? ''], next[1] === 'next' ? 1 : -1)
  const isAgo = AGO.test(plain)
  const isBehind = BEHIND.test(plain) || isAgo
  if (isBehind && (AHEAD.test(plain) || FROM_NOW.test(plain))) return null
  const bare = plain.replace(BEHIND, '').replace(AHEAD, '').replace(AGO, '').replace(FROM_NOW, '')
  const parts = bare.split(/ and |, ?| (?=\d)/).map(readPart)
  const sum = parts.reduce((all, part) => all && part && add(all, part), NONE)
  return sum === null || parts.length === 0 ? null : times(sum, isBehind ? -1 : 1)
}

const NONE: Span | null = { months: 0, days: 0 }

function readPart(text: string): Span | null {
  const match = PART.exec(text)
  if (!match) return null
  const [, half, , many = '', name = ''] = match
  if (half !== undefined) return { months: 6, days: 0 }
  return times(UNITS[SHORT[name] ?? name], MANY.get(many) ?? Number(many))
}

function times(span: Span | undefined, many: number): Span | null {
  return span ? { months: span.months * many, days: span.days * many } : null
}

function add(a: Span, b: Span): Span {
  return { months: a.months + b.months, days: a.days + b.days }
}

/** Whether a text is a length of time and nothing that says from when on: `a week`, but not `in a week`. */
export function isBareSpan(text: string): boolean {
  const plain = text.trim().toLowerCase().replace(/\s+/g, ' ')
  return readPart(plain) !== null
}

/** Whether a text speaks of months, quarters or years as lengths of time. */
export function isInMonths(text: string): boolean {
  return /\b(?:months?|mos|mths?|quarters?|qtrs?|years?|yrs?)\b/.test(text)
}
