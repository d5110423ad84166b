import type { Sentence } from './sentences.ts'
import * as words from './words/clauses.ts'

/** What a clause does: how it asks, or that it does not. */
type Mood =
  /** An open question, or a request that is one in effect. */
  | 'open'
  /** A yes or a no answers it, or one of two. */
  | 'polar'
  /** One name, figure, day or word answers it. */
  | 'narrow'
  /** Neither shuts nor opens anything: an offer, logistics, a scale, a play-back to be confirmed. */
  | 'spared'
  | 'statement'

/** A part of a sentence that asks or says one thing. */
export interface Clause {
  /** Folded, without what leads up to it. */
  readonly text: string
  /** The sentence in which it stands, folded, and as it was written. */
  readonly sentence: string
  readonly written: string
  readonly mood: Mood
  /** Whether it asks for a story rather than for an answer: "tell me about a time…". */
  readonly isInvited: boolean
}

/** A question word in its place: "you did what?" */
const WITHIN_WH = /\b(?:what|how|why|where)\b/

/** The clauses of a sentence, each with its mood. */
export function clausesOf(sentence: Sentence, isPlayedBack = false): readonly Clause[] {
  const text = withoutAsides(withoutLead(sentence.text))
  const parts = splitClauses(text, sentence.isAsked)
  return parts.map((part, at) => ({
    text: part,
    sentence: sentence.text,
    written: sentence.written,
    mood: moodOf(part, sentence, at === parts.length - 1, isPlayedBack),
    isInvited: isRequest(part) || words.INVITATION.test(part),
  }))
}

/** Takes away what is only put in: "Why, in your estimation, did…", "…, do you think". */
function withoutAsides(text: string): string {
  const plain = words.ASIDE.replace(text, '$1 ')
  return words.THINK_ASIDE.replace(plain, '$1').replace(
    /, (?:do|would|did) you (?:think|reckon|say|suppose|feel|guess)$/,
    '',
  )
}

/** Takes away what only leads up to a clause. */
function withoutLead(text: string): string {
  let rest = text
  for (let n = 0; n < 6; n++) {
    // "Hey Sam, …", "Mate, …": a greeting may be followed by a name.
    const named = /^(?:hey|hi|hello|okay|ok|so|look|listen|thanks) [a-z][\w'-]*,\s*/
    const next = words.CLAUSE_LEAD.replace(rest.replace(named, ''), '')
    if (next === rest || next === '') break
    rest = next
  }
  return rest
}

/** Where one clause ends and another that asks for itself begins. */
function splitClauses(text: string, isAsked: boolean): readonly string[] {
  const parts: string[] = []
  let from = 0
  for (const found of words.CLAUSE_BREAK.all(text)) {
    const after = withoutLead(text.slice(found.index + found[0].length))
    const before = text.slice(from, found.index)
    const at = text.length - after.length
    if (at <= from) continue
    const isJoined = /\b(?:and|but|or|plus)\b/.test(found[0])
    // "…, who sees every room", "…, which is why": a comma alone begins no question with a question word.
    const opens =
      (isJoined &&
        (words.ASKS_INVERTED.test(after) ||
          (isAsked && words.INVERTED_LOOSELY.test(after)) ||
          (isAsked &&
            /^(?:is|are|should|would|could|do|did|does|has|have|will) not [a-z]+ [a-z]+/.test(
              after,
            )) ||
          words.INVERTED_CLEARLY.test(after) ||
          isRequest(after))) ||
      (!isJoined && words.INVERTED_CLEARLY.test(after) && !isTag(after)) ||
      (!isJoined && isAsked && isParallel(before, after)) ||
      (isJoined && /^(?:for|in|by|at|on|from|with|to) (?:what|which|whom)\b/.test(after)) ||
      (isJoined && /^(?:tell|show|describe|explain) me\b/.test(after)) ||
      (isJoined && after.startsWith('the other thing i wanted to ask'))
    const isScene = isAsked || before.split(' ').length <= 8
    const leadsUp = isScene && !asksAtAll(before) && (opens || startsAsking(after))
    if (leadsUp) {
      // What stood before only sets the scene: "With Northwind, what…", "If she says no, will you…".
      if (!isListLike(before)) from = at
    } else if (opens && asksAtAll(before) && !isTag(after) && !/\bor\b/.test(found[0])) {
      parts.push(before)
      from = at
    }
  }
  parts.push(text.slice(from))
  return parts.filter((part) => part.trim() !== '')
}

/** "What are your goals, what is stopping you, and…": a row of questions, each with its own word. */
function isParallel(before: string, after: string): boolean {
  const asks = /^(?:what|how|why)\b/
  return asks.test(before.trim()) && asks.test(after) && words.ASKS_INVERTED.test(after)
}

function isListLike(before: string): boolean {
  return before.trim() === ''
}

function startsAsking(text: string): boolean {
  return (
    (words.ASKS_INVERTED.test(text) && !words.RELATIVE.test(text)) ||
    (words.INVERTED.test(text) && !isTag(text)) ||
    isRequest(text)
  )
}

function asksAtAll(text: string): boolean {
  const isScene =
    /^(?:when|where|once|whenever|what i|from where)\b/.test(text) &&
    !words.ASKS_INVERTED.test(text)
  return (
    (words.ASKS.test(text) && !isScene) ||
    words.INVERTED.test(text) ||
    isRequest(text) ||
    words.INVITATION.test(text) ||
    words.WITHIN.test(text)
  )
}

function isRequest(text: string): boolean {
  return (
    words.REQUEST.test(text) ||
    /^please (?:tell|describe|explain|comment|outline|show)\b/.test(text)
  )
}

/** A tag at the end of a statement: "…, isn't it", "…, right", "…, shall I". */
function isTag(text: string): boolean {
  return words.TAG.test(text)
}

/** The tag of a sentence, if it has one. */
export function tagOf(text: string): string | null {
  const tail = /,\s*([^,]+)$/.exec(text)?.[1]?.trim()
  return tail !== undefined && isTag(tail) ? tail : null
}

function moodOf(text: string, sentence: Sentence, isLast: boolean, isPlayedBack: boolean): Mood {
  const { isAsked } = sentence
  if (words.SCALE.test(sentence.text)) return 'spared'
  if (isPlayback(sentence)) return 'spared'
  if (isAsked && isTag(text)) return isPlayedBack || !/ /.test(text) ? 'spared' : 'polar'
  const found = words.ASKS_INVERTED.test(text) ? null : words.WITHIN.exec(text)
  const within = found?.[1] ?? found?.[2]
  if (within !== undefined) return withinMood(within)
  if (words.REQUEST.test(text)) return 'open'
  if (words.OFFER.test(text) || words.LOGISTICS.test(text)) return 'spared'
  if (isLast && isAsked && /^shall (?:i|we)$/.test(tagOf(sentence.text) ?? '')) return 'spared'
  if (words.INVITATION.test(text)) return 'open'
  if (words.NARROW.test(text))
    return isAsked || words.INVERTED_AFTER.test(text) ? 'narrow' : 'statement'
  if (words.ASKS.test(text)) {
    return isAsked || words.ASKS_INVERTED.test(text) ? 'open' : 'statement'
  }
  if (isInverted(text, sentence)) return 'polar'
  if (!isAsked) return 'statement'
  if (isPlayedBack) return 'spared'
  if (words.BARE_OPEN.test(text)) return 'open'
  if (!words.ENGLISH.test(text)) return 'statement'
  return WITHIN_WH.test(text) && !tagOf(sentence.text) ? 'open' : 'polar'
}

function withinMood(within: string): Mood {
  if (/^(?:if|whether|did|do|does|have|has|is|are|was|were)\b/.test(within)) return 'polar'
  if (words.NARROW_WITHIN.test(within)) return 'narrow'
  return 'open'
}

/** "Did you…", but not "Do it again", nor "Should he come back, I will…". */
function isInverted(text: string, { isAsked }: Sentence): boolean {
  if (!words.INVERTED.test(text)) return false
  if (isAsked) return true
  if (/^(?:do|have) (?!(?:i|you|we|they)\b)/.test(text)) return false
  if (/^(?:do|does|did) not\b/.test(text))
    return /^(?:do|does|did) not (?:i|you|we|they|he|she|it)\b/.test(text)
  const isCondition = /^(?:should|had|were) .+, (?!and\b|or\b|but\b)/.test(text)
  return !isCondition && words.INVERTED_CLEARLY.test(text)
}

/** "So you held the price, is that right?", "So that took six weeks?" */
/** Whether a sentence plays back what was said, to have it confirmed. */
export function isPlayback({ text, isAsked }: Sentence): boolean {
  if (/\bdo you understand\b/.test(text)) return false
  if (words.PLAYBACK.test(text) && !words.ASKS_INVERTED.test(text)) {
    return !/^(?:what|how|why)\b/.test(withoutLead(text)) || /^what i\b/.test(withoutLead(text))
  }
  const said = /^so,? (.+)$/.exec(text)?.[1]
  if (said === undefined || !isAsked) return false
  return (
    !asksAtAll(withoutLead(said)) &&
    /^(?:you|that|it|this|they|he|she|the|we)\b/.test(said) &&
    tagOf(text) === null
  )
}

/** Whether a clause begins as a yes or no question does. */
export function beginsWithVerb({ text }: Clause): boolean {
  return words.INVERTED.test(text)
}
