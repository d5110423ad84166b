import type { Clause } from './clauses.ts'
import { OPENS_UP, SCENE_SET, TAKES_UP, TWO_THINGS } from './words/several-questions.ts'

/** How the questions of a line stand to one another. */
export interface Together {
  /** Two or more different things are asked. */
  readonly isStacked: boolean
  /** An open question on the same thing stands in the line. */
  readonly isOpened: boolean
}

/** Looks at all questions of a line, in order. */
export function furtherQuestions(clauses: readonly Clause[]): Together {
  const asked = clauses.filter(({ mood }) => mood !== 'statement')
  const [first, ...more] = asked
  if (!first) return { isStacked: false, isOpened: false }
  const isStacked =
    asked.some(asksTwoThings) || more.some((one, at) => !belongs(one, asked[at] ?? first, first))
  const isShut = (one: Clause) => one.mood === 'polar' || one.mood === 'narrow'
  const isOpened = asked.every(
    (one, at) =>
      !isShut(one) ||
      asked.some(
        (other, n) =>
          other.mood === 'open' && (n > at ? belongs(other, one, one) : n < at && isRephrased(one)),
      ),
  )
  return { isStacked, isOpened }
}

/** A shut question behind an open one that only offers answers to it: "What held you back? Was it the price?" */
function isRephrased({ text }: Clause): boolean {
  return /^(?:is|was|were|are) (?:it|that|this)\b/.test(text)
}

/** Whether a question is on the same thing as the one before it. */
function belongs(one: Clause, before: Clause, first: Clause): boolean {
  if (one.mood === 'spared' || before.mood === 'spared') {
    return !/^(?:what|how) can i\b/.test(one.text)
  }
  if (OPENS_UP.test(one.text)) return true
  // "Talk me through the deal: what did you do first?"
  if (before.isInvited && before.written.trimEnd().endsWith(':')) return true
  const isFirstShut = before.mood === 'polar' || before.mood === 'narrow'
  if (SCENE_SET.test(before.text) && before === first) return true
  const many = one.text.split(' ').length
  const takesUp = TAKES_UP.test(one.text) && many <= 8
  if ((isFirstShut || before.isInvited) && one.mood === 'open') return takesUp
  return isRephrased(one)
}

function asksTwoThings({ text, mood }: Clause): boolean {
  return mood !== 'statement' && TWO_THINGS.test(text)
}
