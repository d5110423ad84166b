import type { Sentence } from './sentences.ts'

/** A wish or a view is no offence: "why do you want", "why did you feel". */
const ATTITUDE =
  '(?:want|like|love|enjoy|prefer|hope|feel|think|believe|care|value|wish|need|reckon|suppose|say|see|find|trust|admire|look forward|recommend|consider|expect)'
const FEELING =
  '(?:interested|excited|proud|happy|keen|passionate|confident|drawn|curious|glad|pleased|worried|nervous|hesitant|unsure|optimistic|here today|looking|thinking|considering|hoping|leaving)'

const BLAMING = [
  new RegExp(
    `^why (?!do not you (?!ever|already|have|know|care|listen|understand|bother)\\b)(?:on earth |the hell |exactly )?(?:do|did|would|could|can|will|have|had|has|should|must|might)(?: not)? you(?: not)?\\b(?! (?:really |even |personally |also |still )?${ATTITUDE}\\b)`,
  ),
  /^why did you (?:say|find|see|suppose|recommend|trust)\b/,
  /^how come\b.*\bnot\b/,
  /^why did you (?:think|believe|feel|expect|assume) (?:\w+ )?(?:it|that|this|they|he|she|you|we|the|[a-z]+) (?:would|could|was|were|had|might)\b/,
  new RegExp(`^why (?:are|were|was)(?: not)? you\\b(?! (?:so |most |personally )?${FEELING}\\b)`),
  new RegExp(
    `^why (?:do|does|is|are|did)(?: not)? your\\b.*\\b(?:never|always|not|keep|still|so|late|missing|wrong|off|empty|behind)\\b`,
  ),
  /^why (?:is|was) it(?: always)? you\b/,
  /^why\b.*\bhear of it from you\b/,
  /^how come\b.*\byou(?:r)?\b/,
  /^why (?:have|has) your\b.*\b(?:so|been|not|never|still)\b|^why you (?:did|do|have|are|were|not|never)\b/,
  /^how is it that\b.*\byou\b/,
  /^for what reason did you\b/,
  /\bwhat(?: on earth| in (?:god|heaven)'?s name| the hell| exactly)? (?:were|was|are) you thinking\b/,
  /^how (?:can|could|do) you (?:justify|explain|defend)\b|^how come yours?\b/,
  /\bwhat possessed you\b|\bwhat were you (?:trying|hoping) to achieve\b|^what made you (?:think (?:that )?(?:it|you|this|that)|do that|act)\b|^how could you (?:not|let|miss|forget|be so|allow)\b|^what is your excuse\b|^what is wrong with you\b/,
  new RegExp(
    `\\b(?:explain|tell me|tell us|know|understand|see|get|unclear to me|clear|reasons?|wonder\\w*|ask|asking|say|figure out|justify)(?: me| us| to me)? (?:why|for why) you\\b(?! (?:really |even |personally |also |still )?(?:are |were )?(?:${ATTITUDE}|${FEELING})\\b)`,
  ),
]
/** "You gave him the keys. Why?" */
const BARE_WHY = /^(?:and |but |so )?(?:why|how come|why not)$/
/** What stands between "why" and its question: "Why, after two warnings, do you…" */
const ASIDE = /^(why|how come),? [^,]*,(?: [^,]*,)* /
const LEAD =
  /^(?:(?:so|okay|ok|look|listen|well|and|but|right|honestly|hey|anyway|now|sorry|then|really)(?: [a-z]+(?=,))?,? )+/

/** Whether a line asks the person to justify what they did, are, or failed to do. */
export function blames(sentences: readonly Sentence[]): boolean {
  return sentences.some(({ text }, at) => {
    const plain = text.replace(LEAD, '')
    if (BARE_WHY.test(plain)) {
      const before = sentences[at - 1]
      return before !== undefined && !before.isAsked && /\byou\b/.test(before.text)
    }
    const parts = [plain, plain.replace(ASIDE, '$1 '), ...splitAt(plain)]
    return parts.some((part) => BLAMING.some((pattern) => pattern.test(part)))
  })
}

/** Further clauses that begin with why: "…, and why did you", "Considering that …, why did you". */
function splitAt(text: string): readonly string[] {
  return [...text.matchAll(/(?:,| and| but| so)\s+(?=why\b|how come\b|how is it\b)/g)].map(
    ({ index, 0: found }) => text.slice(index + found.length),
  )
}
