import { addDays, addMonths, type Day, isInCalendar, sayDay } from '../../dates/day.ts'
import { usageError } from '../../errors.ts'
import { count, quote } from '../../text/text.ts'

const AS_IN = 'As in: --older-than "2 years", "18 months", "90 days" or 2024-01-01'
const AGE = /^([1-9]\d{0,3}) ?(d|days?|w|weeks?|months?|y|years?)$/
/** What `18m` and the like could be. */
const MINUTES_OR_MONTHS = /^(\d{1,4}) ?m(?:in|ins|o|on)?$/

/**
 * The day before which something is old: an age such as `2 years`, counted back from today, or a day.
 * @throws CoachError (2) where it has two readings, is no age, or has not come yet
 */
export function readOlderThan(typed: string, today: Day): Day {
  const text = typed.trim().toLowerCase()
  const unclear = MINUTES_OR_MONTHS.exec(text)
  if (unclear) {
    const many = Number(unclear[1])
    throw usageError(
      `${quote(typed)} can mean ${count(many, 'month')} or ${count(many, 'minute')}. Nothing was deleted.`,
      `Write: --older-than "${count(many, 'month')}"`,
    )
  }
  const day = dayFrom(text, today)
  if (day === null)
    throw usageError(`${quote(typed)} is no age and no day. Nothing was deleted.`, AS_IN)
  if (day > today) {
    throw usageError(`${sayDay(day, today)} has not come yet. Nothing was deleted.`, AS_IN)
  }
  return day
}

function dayFrom(text: string, today: Day): Day | null {
  const age = AGE.exec(text)
  if (!age) return isInCalendar(text) ? text : null
  const many = Number(age[1])
  const unit = age[2]?.[0]
  // Two years before 29 February is 28 February.
  const day =
    unit === 'd' || unit === 'w'
      ? addDays(today, -many * (unit === 'w' ? 7 : 1))
      : addMonths(today, -many * (unit === 'y' ? 12 : 1))
  return isInCalendar(day) ? day : null
}
