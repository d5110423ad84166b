import type { Sentence } from './sentences.ts'

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

const AUX =
  '(?:am|is|are|was|were|do|does|did|have|has|had|can|could|will|would|shall|should|may|might|must|ought)'
const PRONOUN =
  '(?:i|you|we|they|he|she|it|this|that|these|those|there|any(?:one|body|thing)|some(?:one|body|thing)|every(?:one|body|thing)|no(?:body|thing)|any|both|all|each|one)'
const SUBJECT = `(?:not )?(?:${PRONOUN}|the|a|an|my|your|our|his|her|their|its|some|most|[a-z][\\w'-]*)\\b`
const WH = '(?:what|how|why|which|who|whom|whose|when|where|whereabouts|how come|what if|whatever)'
const PREPOSITION = '(?:in|on|at|by|to|of|for|from|with|since|until|till|about|under|through|over)'

const INVERTED = new RegExp(`^${AUX} ${SUBJECT}`)
const INVERTED_CLEARLY = new RegExp(
  `^${AUX} (?:not )?(?:${PRONOUN}|the|my|your|our|his|her|their|its|[a-z]+'s)\\b|^(?:is|was|has|did|does|will) (?!not\\b)[a-z]+ (?:back|in|out|still|ready|going|coming|get|got|have|been)\\b`,
)
const INVERTED_LOOSELY =
  /^(?:is|are|was|were|will|did|does|has|can|should) (?!not\b|been\b|being\b|going\b|still\b|also\b|always\b|never\b|\w+ing\b|\w+ed\b)[a-z]+/
const ASKS = new RegExp(`^(?:${PREPOSITION} )?${WH}\\b`)
/** A question word with the order of a question: `what did you`, `what is`, `what told you`. */
const ASKS_INVERTED = new RegExp(
  `^(?:${PREPOSITION} )?(?:${WH})(?: (?!if\\b|though\\b|that\\b)[\\w'-]+){0,4}? ${AUX}\\b|^(?:what|who) [a-z]+s (?:it|that|this|you|us|them|the|your)\\b|^(?:what|who|which)(?: else)? (?:tells?|told|makes?|made|went|happen\\w*|follows?|follow|stops?|gets?|got|keeps?|gives?|gave|helps?|helped|worked|works|led|leads|needs?|changed|changes|speaks?|comes?|came|stood|stands?|prevents?|would|could|has|had|is|was|will)\\b|^why(?: not)?$|^how$|^how so$|^why not\\b|^how about\\b|^what about\\b`,
)

/** Small words before the thing itself: "so", "okay, and", "look," "just curious,". */
const LEAD =
  /^(?:(?:so|okay|ok|well|now|right|alright|all right|look|listen|hey|hi|hello|oh|ah|hmm|hm|um|umm|erm|er|uh|yeah|yes|no|yep|and|but|or|then|also|anyway|anyhow|honestly|frankly|actually|basically|mate|sorry|hang on|wait|good|great|fine|sure|thanks|please|first|firstly|first off|second|secondly|finally|next|lastly|meanwhile|again|just curious|out of curiosity|quick question|quick one|one more thing|go on then|tell me|come on|let me ask(?: you)?(?: something| this)?|just|maybe|perhaps|like|independently of that|independently|if i may ask|in any case|at the same time|on an? \w+ \w+ \w+|my dear|dear|guys|folks|nice and slowly|word for word)(?:,| (?=\w)|$)\s*)/

const OPEN_VERB =
  '(?:tell|walk|talk|take|run|show|describe|explain|share|give|help|say (?:more|a (?:bit|little|few)|something|some)|outline|elaborate|expand|paint|sketch|articulate|identify|summari[sz]e|clarify|pinpoint|name|list|go|think|recall|remember|imagine|picture|reflect|let me know|bring|put|consider)'
const ADVERB =
  '(?:just|please|maybe|perhaps|possibly|also|like|briefly|kindly|quickly|first|then|,)'
/** "Could you walk me through…": a yes or no in form, open in effect. */
const REQUEST = new RegExp(
  `^(?:can|could|would|will|might|may) (?:you|we|i)(?:,? ${ADVERB},?)* ${OPEN_VERB}\\b|^(?:would|do) you mind (?:me |my )?(?:${OPEN_VERB}|ask|asking|telling|describing|explaining|sharing|walking|talking|showing|giving|saying|taking)\\w*\\b|^would you be (?:up for|willing to|open to|able to|happy to|okay|comfortable|prepared to)(?: with)? (?:${OPEN_VERB}|telling|describing|explaining|sharing|walking|talking|showing|giving)\\w*\\b|^(?:can|could|may|might) (?:i|we)(?: just| maybe)? (?:ask|hear|understand)\\b|^(?:is|would) it (?:be )?(?:ok|okay|all right|fine) if i ask`,
)
/** "I was wondering whether…", "do you know who…", "tell me if…": what is asked stands in the clause within. */
const WITHIN =
  /\b(?:(?:i|we) (?:(?:was|am|were|are|have been|had been|would be) )?(?:also |just |really |still )*(?:wonder\w*|curious|meaning to ask|trying to (?:work out|find out|figure out|understand|see)|interested(?: to know| in)?|ask myself|would (?:like|love) to (?:know|hear|understand|see)|want(?:ed)? to (?:know|ask|understand|hear))|^(?:was|am|just|been) wondering|^wondering|^curious|do you (?:happen to )?(?:know|remember|recall)|any idea|have you any idea|(?:^|^.*?\b(?:please|kindly|you|me|just|and) )(?:state|tell me|tell us|let me know|say|indicate|confirm|show me|explain(?: me| to me)?|describe|find out|help me (?:to )?understand)|(?:can|could|would|will) you(?: \w+)? (?:tell me|tell us|let me know|say|confirm|explain|describe)|(?:can|may|could|might) i (?:just )?ask(?: you)?|mind me asking|mind telling me|not to mention|the other thing i wanted to ask was)(?: about)?,? ((?:if|whether|what|how|why|which|who|whom|whose|when|where|whereabouts)\b.*)|wondering,? ((?:did|do|does|have|has|is|are|was|were)\b.*)/

const INVITATION =
  /^(?:please |just |so |then |,|now |next |only if you fancy it,? )*(?:tell (?:me|us|the story)|walk (?:me|us)|talk (?:me|us|to me)|take (?:me|us)|run (?:me|us)|show (?:me|us)|describe|explain(?! (?:to )?(?:the|him|her|them|your)\b)|share (?:a|an|one|some|your|with)|give me (?:an?|one|some|two|three|your|the)|help me|say (?:a bit )?more|say it|think (?:of|about|back)|imagine|picture|suppose|recall|remember|compare|discuss|outline|reflect|let us (?:say|suppose|use|look|imagine|think|talk)|let me hear|say it is|pick (?:any|one|a)|choose (?:one|a)|name (?:one|two|three|a)|list|paint|sketch|comment|elaborate|expand|rate|complete|finish|draw|bring up|whatever you)\b/

const SCALE =
  /\bon a scale\b|\bscale (?:of|from)\b|\b(?:from )?(?:0|zero|1|one) (?:to|through) (?:5|five|6|six|7|seven|10|ten|100)\b|\bout of (?:five|ten|10|5)\b|\b(?:ten|10) being\b|\bwhat number from\b|\bagree \/ disagree\b|\b1 = \w+/

/** The manager offers something of their own. */
const OFFER =
  /^(?:can|could|may|might|shall|should) i\b(?! (?:count|bank|rely|forecast) on\b| (?:count|bank|rely)\b)|^(?:would|will) (?:it|that|this) (?:be (?:of )?(?:any )?(?:help(?:ful)?|use(?:ful)?)|help|suit)\b.*\b(?:i|we|me|my)\b|^would (?:additional|more|some|an?|it)\b.*\b(?:be of|be any) (?:help|use)\b|^(?:do|would) you (?:want|need|like|prefer)(?: it if)?,? (?:me|us|my|our|a hand|help|any help|some help|anything from (?:me|us)|i|we)\b|^(?:would you like|do you want) (?:some|any|a|an|more) (?:help|support|time|coffee|tea|feedback|company)|^(?:do you want|would you like|d'you want) (?:a|some) (?:coffee|tea|drink|break|glass)|^(?:is there |are there )?any\w*(?: \w+){0,2} (?:else )?(?:that )?(?:i|we) (?:can|could|might|should|may)\b|^(?:is|are) there (?:\w+ ){0,4}(?:i|we) (?:can|could|might)\b|^want me to\b|^anything you need\b|^need (?:anything|any help|a hand)\b|^do you need (?:anything|any|help|more|some)\b|^(?:can|could|may|shall) we help\b|^what can i\b|^how can i\b|^should i\b|^shall i\b|^(?:do|would) you (?:want|need|like)\b.*\bmy help\b|^is there .*\bmy help\b|^(?:is|are) there\b.*\b(?:like|need|want)(?: some| more| any)? (?:help|support|coaching)\b/
/** When and where to talk, and whether this is a good moment. */
const LOGISTICS =
  /^(?:have you |do you )?(?:got|have) (?:got )?(?:a|five|ten|two|some|\d+)? ?(?:minutes?|mins?|moments?|seconds?|sec|time)\b(?!.* with |.*\b(?:complete|finish|project|task)\b)|^(?:are|is) (?:you|now|this|today|tomorrow|that|next door|the room|\w+day|it|\d[\d:.]*|the \w+ o'clock)(?: \w+){0,4} (?:free|available|a good time|good time|okay for you|ok for you|good for you|convenient|still good|still on for us|around|recording|muted|loud)\b|^(?:shall|can|could|should|may) we (?:meet|talk|move|start|begin|do this|do it|pick|continue|finish|stop|take|speak|catch up|reschedule|sit|go|step|walk|use|look|have|book|find|get|make|do)\b|^(?:can|could) you (?:hear|see) me\b|^does (?:that|this|it|\w+day|\w+ o'clock|next \w+|tomorrow)(?: \w+){0,3} (?:work|suit)\b|^would it suit you\b|^when (?:can|could|shall|should|would) (?:we|i|you (?:like|prefer) to (?:meet|talk))\b|^(?:what|which) (?:time|day) (?:suits|works)\b|^(?:where|when) (?:shall|should|do) we (?:meet|talk|start)\b|^is (?:\d|the \w+ o'clock|\w+day|this thing)\b|^ready(?: to (?:start|begin))?$|^would you like to (?:walk|meet|sit|go|talk|start|take a|do this)\b|^(?:is|would) it (?:be )?(?:ok|okay|all right|alright|fine)(?: with you)? if i\b|^(?:do|would) you mind if i\b|^can i (?:nick|borrow|take|sit|have)\b|^(?:are|is) (?:you|everyone|we) (?:ready to (?:start|begin)|sitting comfortably)/
/** What was said is played back, to be confirmed. */
const PLAYBACK =
  /\b(?:(?:is|was) that (?:about )?(?:right|correct|fair|accurate|a fair (?:summary|picture))|(?:have|did|do) i (?:got|get|understand|understood|hear|heard|read)(?: (?:you|that|this|it))?(?: (?:correctly|right|properly|straight|wrong))?|have i got (?:that|it|this|you)|do i understand|if i understand|as i understand|am i (?:hearing|right|reading)|what i (?:am|was) hearing|what i (?:hear|heard)|i (?:hear|heard) you say|(?<!\b(?:have|had|are|did|were|has|when|what|how|why|if) )you(?: are| were)? (?:saying|said)\b(?! (?:is|was|to))|it sounds like|sounds like|sounds as if|let me (?:check|see|make sure)|to sum up|(?<!\b(?:have|had|are|did|were|has|when|what|how|why|if) )you (?:told me|mentioned)|so the plan is|let me play)/

const NARROW = new RegExp(
  `^(?:${PREPOSITION} )?(?:who(?:m|se)?\\b|when (?:am|is|are|was|were|will(?! you finally)|did(?! you last (?:feel|notice|see|hear|enjoy|learn|think|try))|does|can|shall|should|has|have|it will|it is|they will|this will|that will|the \\w+ will|do (?!you (?:feel|find|notice|get|tend|work|think|see|know)))\\b|(?:since|by|until|till) when\\b|(?:what|which) (?:time|date|day|year|month|week|quarter|number|percentage|percent|price|temperature|colou?r|age|version)\\b|how (?:many|much(?! (?:do|did) you (?:enjoy|like|value|trust|love))|long|often|old|far|big|large|soon|tall|high|late|frequently|wide|quickly|fast)\\b(?! (?:easier|better|more|less|trouble|sense))|what is (?:the|your|his|her|their|its|this|that) (?:exact |current |new |own )?(?:name|deadline|date|price|budget|title|number|size|address|amount|age|salary|fee|rate|close date|go-live date|phone number|percentage)\\b(?! (?:built|based|made|about|tell|say|mean))|what (?:is|was|are) (?:the|your|his|her|their|our)(?: [\\w-]+){0,3} (?:forecast|number|target|quota|value|size|likelihood|probability|revenue|total|rate|margin|figure|commit|production|conversion|ytd|ratio|sales|close date)\\b(?! look)|what are you (?:going to (?:sell|close|book)|forecasting|committing)\\b|how do you rank\\b|what (?:is|was) [\\w' ]+ worth\\b|whose\\b|where (?:did|was|were|is the|are the|is your|is it|are they)\\b|what (?:will|are|did|do|have) (?:you|we) (?:going to )?(?:land|sit|sitting|close|closed|book|booked|sell|sold|finish|end up|come (?:in|out))\\b(?! (?:with|the (?:call|meeting)))|what figure\\b|what (?:is|are) the (?:odds|chances)\\b|what stage (?:is|are)\\b|which\\b(?! [\\w-]*[^s\\W]s\\b(?!')|ways?\\b))`,
)
/** Small words without which a line is taken for another language, or for a single name. */
const ENGLISH =
  /\b(?:the|a|an|you|your|we|they|he|she|it|this|that|to|of|in|on|at|for|with|from|by|and|or|is|are|was|were|have|has|had|not|any|still|got|yet|all|my|me|us|them|there|here|about|over|up|off|out|now|today|done|ready)\b/
/** A question word in its place: "you did what?" */
const WITHIN_WH = /\b(?:what|how|why|where)\b/
/** Questions without a verb that open all the same. */
const BARE_OPEN =
  /^(?:then|what then|and then|such as|like what|for example|for instance|what else|anything else|because|meaning what.*|how so|why(?: or why)?(?: not)?|how|in what way|says who|since|so what|and|your thoughts|thoughts|any thoughts.*|where to|what next|now what|(?:current )?status\b.*)$/

/** The clauses of a sentence, each with its mood. */
export function clausesOf(sentence: Sentence, isPlayedBack = false): readonly Clause[] {
  const text = withoutAsides(withoutLead(sentence.text))
  const parts = splitClauses(text, sentence.isAsked)
  return parts.map((part, at) => ({
    text: part,
    sentence: sentence.text,
    written: sentence.written,
    mood: moodOf(part, sentence, at === parts.length - 1, isPlayedBack),
    isInvited: isRequest(part) || INVITATION.test(part),
  }))
}

const ASIDE = new RegExp(`^((?:${PREPOSITION} )?${WH}(?: [\\w-]+){0,2}), [^,]{2,60}, (?=[a-z])`)
/** Takes away what is only put in: "Why, in your estimation, did…", "…, do you think". */
function withoutAsides(text: string): string {
  return text
    .replace(ASIDE, '$1 ')
    .replace(
      /^((?:what|when|where|who|which|how(?: \w+)?)) (?:do|did|would) you (?:think|reckon|say|believe|guess|suppose) (?=(?:it|this|that|they|we|the|he|she|your) )/,
      '$1 ',
    )
    .replace(/, (?:do|would|did) you (?:think|reckon|say|suppose|feel|guess)$/, '')
}

/** Takes away what only leads up to a clause. */
function withoutLead(text: string): string {
  let rest = text
  for (let n = 0; n < 6; n++) {
    // "Hey Sam, …", "Mate, …": a greeting may be followed by a name.
    const next = rest
      .replace(/^(?:hey|hi|hello|okay|ok|so|look|listen|thanks) [a-z][\w'-]*,\s*/, '')
      .replace(LEAD, '')
    if (next === rest || next === '') break
    rest = next
  }
  return rest
}

/** Where one clause ends and another that asks for itself begins. */
function splitClauses(text: string, isAsked: boolean): readonly string[] {
  const parts: string[] = []
  let from = 0
  const breaks = text.matchAll(
    /,? (?:and|but)(?: also)?,? (?:while|since|when|if|now|by the way|on an? [a-z ]+|independently|completely|separately)[^,]*, |,? (?:and|but|or|plus)(?: also| then)?,? |, (?:and |but |or )?/g,
  )
  for (const found of breaks) {
    const after = withoutLead(text.slice(found.index + found[0].length))
    const before = text.slice(from, found.index)
    const at = text.length - after.length
    if (at <= from) continue
    const isJoined = /\b(?:and|but|or|plus)\b/.test(found[0])
    // "…, who sees every room", "…, which is why": a comma alone begins no question with a question word.
    const opens =
      (isJoined &&
        (ASKS_INVERTED.test(after) ||
          (isAsked && INVERTED_LOOSELY.test(after)) ||
          (isAsked &&
            /^(?:is|are|should|would|could|do|did|does|has|have|will) not [a-z]+ [a-z]+/.test(
              after,
            )) ||
          INVERTED_CLEARLY.test(after) ||
          isRequest(after))) ||
      (!isJoined && INVERTED_CLEARLY.test(after) && !isTag(after)) ||
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
  return asks.test(before.trim()) && asks.test(after) && ASKS_INVERTED.test(after)
}

function isListLike(before: string): boolean {
  return before.trim() === ''
}

function startsAsking(text: string): boolean {
  return (
    (ASKS_INVERTED.test(text) &&
      !/^(?:which|who|whom|whose|when|where) (?!am|is|are|was|were|do|does|did|have|has|had|can|could|will|would)/.test(
        text,
      )) ||
    (INVERTED.test(text) && !isTag(text)) ||
    isRequest(text)
  )
}

function asksAtAll(text: string): boolean {
  const isScene =
    /^(?:when|where|once|whenever|what i|from where)\b/.test(text) && !ASKS_INVERTED.test(text)
  return (
    (ASKS.test(text) && !isScene) ||
    INVERTED.test(text) ||
    isRequest(text) ||
    INVITATION.test(text) ||
    WITHIN.test(text)
  )
}

function isRequest(text: string): boolean {
  return REQUEST.test(text) || /^please (?:tell|describe|explain|comment|outline|show)\b/.test(text)
}

/** A tag at the end of a statement: "…, isn't it", "…, right", "…, shall I". */
function isTag(text: string): boolean {
  return /^(?:(?:am|is|are|was|were|do|does|did|have|has|had|can|could|will|would|shall|should|might|must)(?: not)? (?:i|you|we|they|he|she|it|there|this|that)(?: not)?(?: think| agree| say)?|right|correct|yeah|yes|no|eh|huh|ok|okay|true|agreed|surely|or what|or not|or not really|am i right|is it not|you know)$/.test(
    text,
  )
}

/** The tag of a sentence, if it has one. */
export function tagOf(text: string): string | null {
  const tail = /,\s*([^,]+)$/.exec(text)?.[1]?.trim()
  return tail !== undefined && isTag(tail) ? tail : null
}

function moodOf(text: string, sentence: Sentence, isLast: boolean, isPlayedBack: boolean): Mood {
  const { isAsked } = sentence
  if (SCALE.test(sentence.text)) return 'spared'
  if (isPlayback(sentence)) return 'spared'
  if (isAsked && isTag(text)) return isPlayedBack || !/ /.test(text) ? 'spared' : 'polar'
  const found = ASKS_INVERTED.test(text) ? null : WITHIN.exec(text)
  const within = found?.[1] ?? found?.[2]
  if (within !== undefined) return withinMood(within)
  if (REQUEST.test(text)) return 'open'
  if (OFFER.test(text) || LOGISTICS.test(text)) return 'spared'
  if (isLast && isAsked && /^shall (?:i|we)$/.test(tagOf(sentence.text) ?? '')) return 'spared'
  if (INVITATION.test(text)) return 'open'
  if (NARROW.test(text)) return isAsked || INVERTED_AFTER.test(text) ? 'narrow' : 'statement'
  if (ASKS.test(text)) {
    return isAsked || ASKS_INVERTED.test(text) ? 'open' : 'statement'
  }
  if (isInverted(text, sentence)) return 'polar'
  if (!isAsked) return 'statement'
  if (isPlayedBack) return 'spared'
  if (BARE_OPEN.test(text)) return 'open'
  if (!ENGLISH.test(text)) return 'statement'
  return WITHIN_WH.test(text) && !tagOf(sentence.text) ? 'open' : 'polar'
}

const INVERTED_AFTER = new RegExp(
  `^[\\w' ]+? ${AUX} (?:${PRONOUN}|the|your|my|our|his|her|their)\\b`,
)

function withinMood(within: string): Mood {
  if (/^(?:if|whether|did|do|does|have|has|is|are|was|were)\b/.test(within)) return 'polar'
  if (
    /^(?:who|whom|whose|when|which|how (?:many|much(?! do you (?:enjoy|like|value|trust|love))|long|often|old|far))\b/.test(
      within,
    )
  ) {
    return 'narrow'
  }
  return 'open'
}

/** "Did you…", but not "Do it again", nor "Should he come back, I will…". */
function isInverted(text: string, { isAsked }: Sentence): boolean {
  if (!INVERTED.test(text)) return false
  if (isAsked) return true
  if (/^(?:do|have) (?!(?:i|you|we|they)\b)/.test(text)) return false
  if (/^(?:do|does|did) not\b/.test(text))
    return /^(?:do|does|did) not (?:i|you|we|they|he|she|it)\b/.test(text)
  const isCondition = /^(?:should|had|were) .+, (?!and\b|or\b|but\b)/.test(text)
  return !isCondition && INVERTED_CLEARLY.test(text)
}

/** "So you held the price, is that right?", "So that took six weeks?" */
/** Whether a sentence plays back what was said, to have it confirmed. */
export function isPlayback({ text, isAsked }: Sentence): boolean {
  if (/\bdo you understand\b/.test(text)) return false
  if (PLAYBACK.test(text) && !ASKS_INVERTED.test(text)) {
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
  return INVERTED.test(text)
}
