import type { z } from 'zod'
import type { Problem } from '../text/file-problem.ts'
import { count } from '../text/text.ts'
import type { Source } from './source.ts'

/** So many mistakes of one file are told; more of them are one mistake repeated. */
export const MAX_PROBLEMS = 20

/** What a schema found wrong, each with its place. */
export function sayIssues(error: z.ZodError, source: Source): readonly Problem[] {
  const placeOf = ({ path }: z.core.$ZodIssue) => JSON.stringify(path.map(String))
  const wrong = new Set(error.issues.filter(({ code }) => code === 'invalid_type').map(placeOf))
  return (
    error.issues
      .slice(0, 10 * MAX_PROBLEMS)
      // What is no list at all has no length either: the size of another kind of value says nothing.
      .filter((issue) => !issue.code.startsWith('too_') || !wrong.has(placeOf(issue)))
      .flatMap((issue) => sayIssue(issue, source))
  )
}

/** What does not look like a key may be a sentence that belongs to somebody. */
const LOOKS_LIKE_KEY = /^[\w-]{1,31}$/

function sayIssue(issue: z.core.$ZodIssue, source: Source): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, MAX_PROBLEMS).map((key) => {
      const isKey = LOOKS_LIKE_KEY.test(key)
      const place = [...issue.path, ...(isKey ? [key] : [])].join('.')
      const what = isKey ? 'is not a known key' : 'holds a key that is not known'
      const message = place === '' ? what : `${place}: ${what}`
      return source.problemAt([...issue.path, key], message, 'key')
    })
  }
  const where = issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''
  return [source.problemAt(issue.path, `${where}${sayCheck(issue)}`)]
}

function sayCheck(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    return issue.message.endsWith('undefined')
      ? 'is missing'
      : `should be ${article(issue.expected)}`
  }
  if (issue.code === 'invalid_value') return `should be one of ${issue.values.join(', ')}`
  if (issue.code === 'too_small') return saySmall(issue)
  if (issue.code === 'too_big') return sayBig(issue)
  if (issue.code === 'invalid_format') return 'has a form that is not allowed here'
  return issue.message
}

function saySmall({ origin, minimum }: z.core.$ZodIssueTooSmall): string {
  if (origin === 'number') return `is less than ${minimum}`
  if (Number(minimum) <= 1) return 'is empty'
  return origin === 'string'
    ? `is shorter than ${minimum} characters`
    : `has fewer than ${count(Number(minimum), 'entry', 'entries')}`
}

function sayBig({ origin, maximum }: z.core.$ZodIssueTooBig): string {
  if (origin === 'number') return `is more than ${maximum}`
  return origin === 'string'
    ? `is longer than ${maximum} characters, the most that can stand here`
    : `has more than ${count(Number(maximum), 'entry', 'entries')}, the most that can stand here`
}

function article(type: string): string {
  const names: Partial<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a group of keys',
  }
  return names[type] ?? type
}
