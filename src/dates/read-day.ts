import {
  type Day,
  ISO,
  addDays,
  addMonths,
  exists,
  isInCalendar,
  sayDay,
  weekday,
  dayOf,
} from './day.ts'
import { isBareSpan, isInMonths, readSpan } from './spans.ts'
import { count, quote } from '../text/text.ts'

/** What a typed date means, or why it cannot be taken as one. */
export type DayReading = { readonly day: Day } | { readonly problem: string }

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
/** What a day of the week may be called beside its whole name. */
const SHORT_WEEKDAY = /^(?:sun|mon|tues?|weds?|thu(?:rs?)?|fri|sat)$/
/** The longest words for a day, in characters, that are looked for at the end of a line. */
const LONGEST_DATE = 40
const TAIL = /^(.*\S)\s+(by|on|due|until|in)\s+(\S.*?)[.]?$/is

/**
 * Reads a day as a manager types it: ISO, a weekday (always the next one after today), or words such as
 * `in 2 weeks`. With `past`, a day that is not said in full is the last one. What has two readings (`02/03`, `1m`) is refused, and the readings are named.
 */
export async function readDay(
  text: string,
  today: Day,
  direction: 'ahead' | 'past' = 'ahead',
): Promise<DayReading> {
  const typed = text.trim().toLowerCase().replace(/\s+/g, ' ')
  if (typed === '')
    return { problem: 'No date was given. Write one such as 2026-11-27, fri or in 2 weeks.' }
  if (ISO.test(typed)) {
    return isInCalendar(typed) ? { day: typed } : { problem: `${typed} ${IN_NO_CALENDAR}` }
  }
  if (typed === 'today') return { day: today }
  if (typed === 'tomorrow') return { day: addDays(today, 1) }
  if (typed === 'day after tomorrow') return { day: addDays(today, 2) }
  const span = readSpan(typed)
  if (span) {
    const day = addDays(addMonths(today, span.months), span.days)
    return isInCalendar(day) ? { day } : { problem: `${quote(text)} ${IN_NO_CALENDAR}` }
  }
  const named = weekdayIn(typed)
  if (named !== undefined) {
    const day = nextWeekday(today, named)
    return { day: direction === 'past' ? addDays(day, -7) : day }
  }
  const unclear = ambiguity(typed, today) ?? impossible(typed)
  if (unclear) return { problem: unclear }
  return (await readWords(typed, today, direction)) ?? { problem: notADay(text.trim()) }
}

/** The first letters of the day of the week that a text names, as in `fri`, `next tues.` or `on monday`. */
function weekdayIn(text: string): string | undefined {
  const name = text.replace(/^(?:next|this|on)\s+/, '').replace(/\.$/, '')
  return WEEKDAYS.includes(name) || SHORT_WEEKDAY.test(name) ? name.slice(0, 3) : undefined
}

function notADay(text: string): string {
  return `${quote(text)} could not be read as a date. Write one such as 2026-11-27, fri or in 2 weeks.`
}

function nextWeekday(today: Day, start: string): Day {
  const wanted = WEEKDAYS.findIndex((name) => name.startsWith(start))
  return addDays(today, ((wanted - weekday(today) + 6) % 7) + 1)
}

/** Why a text has more than one reading as a date, with the readings; undefined when it has not. */
function ambiguity(text: string, today: Day): string | undefined {
  const numbers = /^(\d{1,2})([/.-])(\d{1,2})(?:[/.-](\d{2}|\d{4}))?\.?$/.exec(text)
  if (numbers) {
    const first = Number(numbers[1])
    const second = Number(numbers[3])
    const given = Number(numbers[4] ?? today.slice(0, 4))
    const year = given < 100 ? 2000 + given : given
    const two = (n: number) => String(n).padStart(2, '0')
    const read = (month: number, date: number) => {
      const day = `${year}-${two(month)}-${two(date)}`
      const isNextYear = numbers[4] === undefined && day < today
      const meant = isNextYear ? `${year + 1}${day.slice(4)}` : day
      return exists(Number(meant.slice(0, 4)), month, date) ? [meant] : []
    }
    const unique = [...new Set([...read(second, first), ...read(first, second)])]
    if (unique.length === 0) return `“${text}” ${IN_NO_CALENDAR}`
    return unique.length === 1
      ? `“${text}” can be misread. Write ${unique[0]}.`
      : `“${text}” can mean ${unique.map((one) => `${sayDay(one, today)} (${one})`).join(' or ')}. Write the one you mean.`
  }
  const unit = /^(?:in )?(\d+) ?(m|mo|min|mins)$/.exec(text)
  if (unit) {
    const many = Number(unit[1])
    const months = count(many, 'month')
    return `“${text}” can mean ${count(many, 'minute')} or ${months}. Write “in ${months}” or a date.`
  }
  return undefined
}

const IN_NO_CALENDAR = 'is not a day in the calendar.'
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'

/** Names a day that is in no calendar, such as `31 february`. */
function impossible(text: string): string | undefined {
  const dayFirst = new RegExp(`^(?:the )?(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH}\\b`).exec(text)
  const monthFirst = new RegExp(`^${MONTH} (\\d{1,2})(?:st|nd|rd|th)?\\b`).exec(text)
  const date = Number(dayFirst?.[1] ?? monthFirst?.[2])
  const month = MONTHS.indexOf((dayFirst?.[2] ?? monthFirst?.[1] ?? '').slice(0, 3)) + 1
  if (month === 0) return undefined
  // 2024 was a leap year. A 29 February without a year is in none that is meant: write it in full.
  return exists(2024, month, date) && !(month === 2 && date === 29 && !/\d{4}$/.test(text))
    ? undefined
    : `${quote(text)} ${IN_NO_CALENDAR}`
}

async function readWords(
  text: string,
  today: Day,
  direction: 'ahead' | 'past',
): Promise<DayReading | undefined> {
  const { casual } = await import('chrono-node/en')
  const [year, month, date] = today.split('-').map(Number)
  const noon = new Date(year ?? 0, (month ?? 1) - 1, date, 12)
  const said = text.replace(/^the /, '')
  const isPast = direction === 'past' || /^last | ago$/.test(said)
  const [found, ...more] = casual.parse(said, noon, { forwardDate: !isPast })
  if (!found || more.length > 0 || found.end || found.text.length !== said.length) return undefined
  const { start } = found
  const isDay =
    start.isCertain('day') || start.isCertain('weekday') || start.tags().has('result/relativeDate')
  if (!isDay || start.isCertain('hour')) return undefined
  // Such a reading counts days on from the 31st into the month after: what is said in months is read as a span, or not at all.
  const isCounted = start.tags().has('result/relativeDate') && !said.startsWith('end of ')
  if (isCounted && isInMonths(said)) return undefined
  const day = dayOf(start.date())
  if (
    start.isCertain('day') &&
    start.isCertain('weekday') &&
    start.get('weekday') !== weekday(day)
  ) {
    return { problem: `${quote(text)} does not fit together: that is ${sayDay(day, today)}.` }
  }
  return { day }
}

/**
 * Why the end of a line, which is no day as it stands, cannot be left as text: it is a date with two readings, or
 * one that is in no calendar. “50/50”, “10-15” and “40 decks” are text.
 */
function notAText(text: string, today: Day): string | undefined {
  if (ISO.test(text)) return `${text} ${IN_NO_CALENDAR}`
  const isDateLike = /^\d{1,2}(?:\/\d{1,2}(?:\/\d{2,4})?|[.-]\d{1,2}[.-](?:\d{2,4})?)$/.test(text)
  const isUnit = /^(?:in )?\d+ ?m$/.test(text)
  if (IN_MONTHS.test(text)) return notADay(text)
  const unclear = isDateLike || isUnit ? ambiguity(text, today) : undefined
  return unclear?.endsWith(IN_NO_CALENDAR) ? undefined : (unclear ?? impossible(text))
}

/** The end of a line that speaks of a time ahead in months, and is none that can be counted. */
const IN_MONTHS = new RegExp(
  [
    /^in (?:\d+(?:[.,]\d+)?|half|several|an?|one|two|three|six) /,
    /.*?\b(?:months?|quarters?|years?)(?: and a half)?\.?$/,
  ]
    .map(({ source }) => source)
    .join(''),
)

/** A line of text with the day named at its end taken out, or the reason why that day cannot be read. */
export type DatedLine =
  | { readonly text: string; readonly day: Day | null }
  | { readonly problem: string }

/**
 * Reads `practise the impact question in three calls by fri`. Only a final `by …`, `on …`, `due …`, `until …`
 * or `in …` counts, and only when all that follows is a date: “sat down” and “the March deck” are text.
 */
export async function readDatedLine(line: string, today: Day): Promise<DatedLine> {
  let rest = line.trim()
  let tail = ''
  for (let match = TAIL.exec(rest); match; match = TAIL.exec(rest)) {
    const [, before = '', word = '', after = ''] = match
    const said = tail === '' ? after : `${after} ${tail}`
    if (said.length > LONGEST_DATE) break
    const phrase = word.toLowerCase() === 'in' ? `in ${said}` : said
    // “Bring the date in by a week” names no day.
    const isMeasure = word.toLowerCase() !== 'in' && /^an? /i.test(said) && isBareSpan(said)
    const reading = isMeasure ? { problem: '' } : await readDay(phrase, today)
    if ('day' in reading) {
      const text = before.replace(/\s+(?:by|on|due|until)$/i, '').replace(/[,;]$/, '')
      return { text, day: reading.day }
    }
    const isStopped = tail === '' && rest.endsWith('.')
    const unclear = notAText(`${phrase.toLowerCase()}${isStopped ? '.' : ''}`, today)
    if (unclear) return { problem: unclear }
    tail = `${word} ${said}`
    rest = before
  }
  return { text: line.trim(), day: null }
}
