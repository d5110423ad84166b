import type { Clause } from './clauses.ts'

/** A second question that only opens up the first: "…, and what told you?", "… Why or why not?" */
const OPENS_UP =
  /^(?:and )?(?:why|why not|why or why not|why so|how so|how|how come|in what way|in what ways|what else|such as|like what|for what reasons?|by what|if so|if not|if yes|what for|where|when|since when|for example|what then|and then|then what)$|^if (?:so|not|yes|no)\b|\b(?:tells?|told) you\b|\bhow (?:do|did|can|could|would|will) (?:you|one|we) (?:know|tell|notice)\b|^what happened\b|^what did (?:that|it|this) (?:lead|bring|change|do|cost|give|tell|show)\b|^how did (?:you|it|that|they) (?:handle|go|feel|respond|react|deal|do)\b|^what (?:was|is|did) (?:that|it) (?:like|look)\b|\bhow could you tell\b|^by what\b|\bdo you tell\b|^(?:and )?what (?:makes?|made|led|leads|brought|brings|gives|gave) (?:you|it|that|this)\b|^(?:and )?what (?:did|do|would|will) (?:you|that|it) (?:notice|see|look like|mean|say|tell|base|hear|feel)\b|^(?:and )?why (?:is|was|do you|did you|would|does|did) (?:that|it|this|think|say|choose|feel|so)\b|^(?:and )?what is (?:behind|the reason)\b|^(?:and )?what would that\b|^what does (?:that|it) look like\b|^(?:and )?for what reasons?\b|^(?:please )?(?:(?:describe|explain|outline)(?: (?:it|that|this|them|why|how|your|briefly)\b|$)|say more|give (?:me |us )?an example|elaborate|tell (?:me|us) (?:more|why|how so|about (?:it|that|this|them))|walk (?:me|us) through (?:it|that|your|how))\b/
/** A word that takes up what was said before. */
const TAKES_UP =
  /\b(?:it|that|this(?! (?:week|month|quarter|year|morning|afternoon|time))|differently|instead|afterwards|then)\b/
/** What only sets the scene for the question behind it. */
const SCENE =
  /^(?:imagine|suppose|think|picture|let us|recall|remember|compare|say|pick|take (?:me|the|any|a|one|your)|look)\b|^(?:discuss|tell me|consider this|reflect)$/

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
  if (SCENE.test(before.text) && before === first) return true
  const many = one.text.split(' ').length
  const takesUp = TAKES_UP.test(one.text) && many <= 8
  if ((isFirstShut || before.isInvited) && one.mood === 'open') return takesUp
  return isRephrased(one)
}

/** Two things under one question: "How satisfied are you with your pay and benefits?" */
const TWO_THINGS =
  /^(?:is|are) (?:the|your|he|she|they) .*\b\w+ and \w+ing\b|^how \w+ and \w+ (?:is|are|was|were|do|did)\b|^(?:is|are|was|were|do|did|does|have|has)\b.* and .*\bboth\b|^(?:how much do you (?:enjoy|like)|how (?:satisfied|happy|useful|helpful|comfortable|clear|fair|effective|good|confident)\b|how (?:do|did) you (?:feel about|like|find|rate)|how would you rate|do you (?:think|feel|believe|find|rate)|does (?:your|the) \w+ feel|did you (?:get|have|receive|find) (?:enough|sufficient)|is (?:that|it|this|the|your)|are (?:the|your|you)|was (?:the|your|it)|were (?:the|your)|please (?:comment on|rate)|what (?:do|did) you think (?:of|about)|are you (?:satisfied|happy))\b(?!.*\b(?:between|both|pros and cons|back and forth|you and|and (?:you|i|we|he|she|they|then|what|how|why|who|to|not))\b).*?\b(?:\w+,? and (?:the |your |a |an )?\w+(?: \w+){0,2}$|and (?:on|about) .+$|\w+, \w+,? (?:and )?\w+$)/

function asksTwoThings({ text, mood }: Clause): boolean {
  return mood !== 'statement' && TWO_THINGS.test(text)
}
