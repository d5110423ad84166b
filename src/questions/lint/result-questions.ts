import type { Clause } from './clauses.ts'
import * as words from './words/result-questions.ts'

/** Whether a clause asks for a result. */
export function asksForResult({ text, mood, sentence, written }: Clause): boolean {
  const isAsking = mood !== 'statement'
  if (UPDATE_ON.test(text) && NAMED.test(written)) return true
  // "Tell me" was taken off as a mere beginning.
  if (!isAsking && !words.RESULT_REQUESTED.test(text) && !words.RESULT_REQUESTED.test(sentence))
    return false
  if (asksWhatTheyDo(text) || /^(?:why|how come)\b|\ba time (?:you|when)\b/.test(sentence))
    return false
  if (/^how (?:much|many|far)\b/.test(text) && words.OWN_DOING.test(text)) return false
  const asked = [text, sentence].find((one) => words.RESULT_REQUESTED.test(one))
  if (asked !== undefined && mood !== 'polar' && mood !== 'narrow') return isResultRequest(asked)
  if (mood === 'spared' && !COUNTED_ON.test(text)) return false
  const inner = words.OUTER.replace(text, '')
  return (
    words.STATE_ASKED.test(text) ||
    words.STATE_ASKED.test(inner) ||
    (words.ABOUT_NAME.test(text) && NAMED.test(written)) ||
    (mood === 'open' &&
      /^(?:what|how|where|which)\b/.test(text) &&
      words.STRONG_FIGURE.test(text)) ||
    ((mood === 'polar' || mood === 'narrow') &&
      (words.ASKS_FIGURE.test(text) || isPolarResult(text, sentence, written)))
  )
}

const UPDATE_ON = /^(?:please )?(?:update|brief|catch) me (?:up )?on\b/
/** The manager counts on a deal: no offer, though it begins like one. */
const COUNTED_ON = /^can (?:i|we) (?:count on|bank on|rely on|call|commit|forecast|put)\b/

/** "What will you do about it?", "How do you want to open the renewal meeting?" */
function asksWhatTheyDo(text: string): boolean {
  if (words.HOW_THEY_DO.test(text)) return true
  return (
    words.WHAT_THEY_DO.test(text) &&
    !/^how (?:much|many|far|often|large|big|close|likely)\b/.test(text) &&
    !/^(?:what|which) (?:number|figure|percentage)/.test(text)
  )
}

function isResultRequest(text: string): boolean {
  return words.RESULT_NAMED.test(text) && !/\bhow (?:you|did you|do you)\b/.test(text)
}

/** A name in a line as it was written: "on Hollis", "Kaya Foods, …". */
const NAMED = /\b(?:on|with|of|about|at|for) (?:the )?\p{Lu}|^(?:and )?\p{Lu}[\w' ]+,/u

/** A yes or no question on whether a deal comes to its end, or a figure is reached. */
function isPolarResult(text: string, sentence: string, written: string): boolean {
  if (
    /^(?:\w+ )?(?:he|she|i|any(?:one|body))\b/.test(text) &&
    !/ (?:deal|order|contract)\b/.test(text)
  )
    return false
  if (!words.ENDS.test(text)) return false
  return (
    words.ABOUT_DEAL.test(text) ||
    words.ABOUT_DEAL.test(sentence) ||
    words.UNTIL.test(text) ||
    (NAME.test(written) && words.ENDED_BY_NAME.test(text))
  )
}

/** A name behind small letters: "will Hollis sign". */
const NAME = /(?<=[a-z,] )(?:the )?\p{Lu}[a-z]+/u
