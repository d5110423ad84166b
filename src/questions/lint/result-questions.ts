import type { Clause } from './clauses.ts'

/** What a business counts: figures, forecasts and the state of deals. */
const FIGURE =
  '(?:forecasts?|quotas?|targets?|(?:annual |sales |your |the |our )?(?:number|numbers)(?! of\\b| from\\b)|pipelines?|funnel|revenues?|turnover|bookings?|(?<=\\b(?:in|your|the|on|from|to|about) )commit(?! to)|commit number|best case|attainment|win rates?|close rates?|closing rate|conversion(?: rates?)?|acv|arr|mrr|margins?|sales (?:results?|figures?|totals?)|total sales|sales(?=$| to\\b)|production|(?:total|deal) (?:value|amount)|half-year(?: result)?|quarter|q[1-4]|outlook|closed-won|deal size|deal value|coverage|average deal|market share|gap between|new business|upsell|churn|roi|run rate|year end|kpis?|metrics|close date|(?:[\\w-]+ )?ratio|current sales)'
const DEAL =
  '(?:deals?|opportunit(?:y|ies)|renewals?|contracts?|tenders?|accounts?(?! manager)|orders?|negotiations?|proposals?)'
const ENDED =
  '(?:buying|renewing|ordering|signing|close|closes|closing|closed|sign|signs|signed(?! up)|land|lands|landed|renew|renews|renewed|won|lost|win|winning|losing|concluded|come in|coming in|comes in|come through|go through|going through|place the order|be signed|be won|in commit|in best case|in the quarter|still in|still open|on track|make (?:plan|quota|target)|hit (?:plan|quota|target|your number|the number|goal|your goal)|finish the (?:quarter|month|year)|book|booked|slip|slipping|move to)'

const STATE = [
  /^(?:did|will|is|are|has|have|can|could|do|does) (?:it|this|that|they|we|these|those|the deal|the customer|the client)(?: (?:going to|still|really|finally|actually|ever|all|just|likely to|about to|ready to|definitely))* (?:close|closed|closing|sign|signed(?! up)|renew|renewed|renewing|buy|bought|buying|win|won|lose|lost|come in|came in|coming in|land|landed|landing|move|moved|slip|slipped|slipping|go through|gone through|make it|book|booked|order|ordered)\b(?! (?:the|your|a|my|our|this|it) (?:first|last|call|meeting|conversation|loop|gap|door|shop|store|till|desk|seat|office|chair|questions?|minute|list|notes?|plan|part)\b)/,
  /^(?:it|this|that|they|we|you|this one|that one)(?: (?:are|is|will|have|has|going to|be|still|going|would))* (?:close|closing|sign|signing|renew|renewing|come in|coming in|land|landing|order|buy|make it this|taking it home|good for (?:the |a )?(?:\d|one|two|three|four|five|six|ten|\w+ (?:hundred|thousand|k)))\b/,
  /^(?:what|where|how much|what figure)\b.*\b(?:you|we|they)\b(?: (?:will|are|do|going to|be))* (?:land|landing|sit|sitting|end up|finish|come out|come in|wind up|close out|coming in|closing out)\b(?: (?:at|on|for|this))?/,
  /^when (?:it|this|that|they|the [\w ]+?) (?:will|is going to|are going to|would)\b.*\b(?:close|sign|land|renew|buy|order|come in|book)\b/,
  /^which way is it\b/,
  /^what (?:is|will be|has been) (?:going to |left to |likely to |due to )(?:close|land|come in|renew)\b/,
  /\b(?:end|finish|land|close)(?: up)?(?: the| this)? (?:quarter|month|year|q[1-4])\b/,
  new RegExp(
    `^what (?:happened|is happening) (?:with|on|to) (?:the |your |that |this )(?:[\\w-]+ )?(?:${DEAL})\\b`,
  ),
  /^(?:did|do|have|has) (?:we|you|they) (?:get|got|have|win) (?:the|that|this) (?:\w+ )?(?:deal|order|contract|po|renewal|business|signature)\b/,
  /^when (?:do|did|will|can) (?:you|we) (?:expect|get|see|have) (?:the |a |their )?(?:po|purchase order|order|signature|contract|paperwork)\b/,
  new RegExp(
    `^what is the (?:size|value|amount|total|worth) of\\b.*\\b(?:${DEAL}|pipeline|funnel)\\b`,
  ),
  /^how (?:are|is) (?:your|the|our) (?:numbers?|month|quarter|year|sales|pipeline|funnel|forecast)(?: (?:looking|going|doing|shaping|coming|today|so far|this \w+|now|along|up))*$/,
  /\b(?:versus|vs|relative to|compared (?:to|with)) (?:the |your |our )?(?:plan|quota|target|number|budget|forecast|goal)\b|\bgap to (?:plan|target|quota|goal)\b/,
  /^are (?:you|we) (?:ahead|behind|on track|on target|on plan)(?: or (?:behind|ahead))?(?: (?:of|for|to hit|to make) (?:plan|target|quota|the (?:month|quarter|year|number)|your (?:number|target|quota)))?$/,
  /\b(?:renewal|win|close|conversion|retention|churn) rate\b/,
  /^how many (?:meetings|calls|leads|demos) (?:turned|converted|became)\b/,
  /^what will (?:q[1-4]|the (?:quarter|month|year)) /,
  /^what is in (?:the|your) (?:funnel|pipeline|forecast|commit)\b|^how much (?:is|are|was) [\w' ]+ worth$|^is (?:it|this|that) a done deal\b/,
  /\bwhere (?:things|we|you|it|this|that|they|each of|all of)(?: [\w' ]+?)? (?:stand|stands|are with|are on|are at|deals? (?:is|are)|accounts? (?:is|are))\b/,
  /^where (?:do|are|is|does) (?:you|we|it|this|that|this one|that one|they|things) (?:stand|at|against|in the (?:sales )?(?:process|cycle|pipeline|funnel))\b/,
  /\bagainst (?:the |your |our )?(?:plan|quota|target|number|budget|forecast)\b/,
  /^is (?:it|this|that|this one|that one|the deal)(?: still| really)? (?:dead|alive|live|real|done|commit|upside|best case|at risk|won|lost|closed|signed|in the bag|on|off)\b/,
  /^(?:has|have|did|is|are) (?:anything|any of (?:them|these|those)|something|any)(?: (?:deals?|else|big|new|of \w+))? (?:slip\w*|clos\w*|sign\w*|land\w*)\b/,
  /^what (?:is|are) (?:the|your|its|our) (?:odds|probability|chances?|likelihood)\b/,
  /^can (?:i|we) (?:count on|bank on|rely on|call (?:it|this)|commit|forecast|put (?:it|this))\b/,
  /^(?:what|which) stage (?:is|are) (?!your)[\w' ]+? (?:at|in)(?: now)?$/,
  /\bmiss(?:ing)? (?:your|the|our|their|his|her) (?:number|quota|target|plan|forecast|goal)\b/,
  /\b(?:this|it|that)(?: one)? (?:not )?have (?:closed|signed|landed|renewed)\b/,
  /^(?:we|they|you|it|this|that|this one|that one)(?: (?:have|has|are|is|did))?(?: not)? (?:lost|won|closed|signed|renewed|in the bag|a done deal|dead)\b/,
  /^how (?:did|is|was|will) (?:january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|last (?:week|month|quarter|year)|this (?:week|month|quarter|year))(?: \w+)* (?:turn out|look|looking|end|finish|close|go|going|shape up|shaping up|come in)\b/,
  new RegExp(
    `^(?:the|your|our|that|this) (?:[\\w-]+ ){0,2}(?:${DEAL}) (?:is|are|was) (?:done|closed|signed|in|won|lost|dead|back)\\b`,
  ),
  new RegExp(
    `\\bhow (?:your|the|our) (?:${FIGURE})\\b.*\\b(?:looks?|looking|shaping|going|coming|tracking)\\b`,
  ),
  /^(?:which|how many)(?: of)?(?: your| the| our)? (?:top |open |big |late )?(?:deals|accounts|opportunities|orders|renewals)\b/,
  /^is (?:it|this|that) (?:commit|in commit|best case|at risk|won|lost)\b/,
  /^how (?:it looks|is it looking|does it look|are we looking) (?:with|on|for)\b/,
  /^(?:are|is|will|did|do|have|has)\b.*\b(?:hit|hitting|deliver\w*|reach\w*|make|making|meet|meeting|beat|above|below|behind)\b.*\b(?:targets?|quotas?|plan|number|goal)\b/,
  /^(?:you|we|they|the (?:order|deal|contract|sale))\b.*\b(?:make|get|got|hit|reach|coming|come in|win|close|sign)\b.*\b(?:number|order|sale|deal|contract|target|quota|this (?:month|quarter|week|year))\b/,
  /^(?:what|which) (?:is|was|were|will be|would be) (?:the |your |our |its |their )?(?:\w+ )?(?:order|deal|contract|total|amount|value|spend|revenue|margin|results?|figures?|score|percentage|probability|odds|close date|po)(?: (?:value|size|amount|total|worth|so far|to date|now|today|this \w+))?$/,
  new RegExp(`^where (?:is|are) (?:every|each|all|the|this|that|our|your) (?:\\w+ )?(?:${DEAL})`),
  /^(?:have|has|do|did) (?:we|you|they) (?:got|have|get|win|land) (?:a |the |it|that|this)?(?:deal|order|signature|contract|po|purchase order|business|yes)\b/,
  /^is the (?:purchase order|po|order|contract|deal|signature|money|paperwork) (?:here|in|signed|done|through|back|closed|on track|still|real|dead|alive|safe|at risk|won|lost)\b/,
  /^has (?:it|this|that|the \w+) (?:advanced|progressed|moved)\b|\badvanced a stage\b|\bhas the (?:close )?date moved\b/,
  /^how (?:did|is|was|are|were|has|have) (?:the |your |our |this |last )*(?:quarter|month|year|half|region|territory|north|south|east|west|store|shop|branch|district|numbers?|sales)(?: \w+)* (?:do|doing|done|come out|end|ending|ended|finish|finishing|finished|look|looking|shaping|perform|performing|close|turn out)\b/,
  /^(?:month|quarter|year|week) to date\b|^who is (?:behind|ahead|on top|leading|winning|on target|off target)\b|^how far (?:off|short|behind|ahead)\b|\bcome to$|^are (?:we|you) there(?: yet)?\b|\bis that a (?:yes|no)\b/,
  /^(?:what|how much) (?:did|have|will|do) (?:you|we|they) (?:bring in|brought in|sell|sold|close|closed|book|booked|win|won|sign|signed|invoice|invoiced|bill|billed)\b/,
  /^what value\b.*\bbook\b/,
  /\bleave on the table\b|\bleft on the table\b/,
  /^how (?:big|large|far|much)\b.*\b(?:gap|short|behind|ahead|off target|over target|under)\b/,
  /^how many are (?:you|we) (?:out|short|at|on|up|down)\b/,
  /\b(?:we|you|they) (?:doing|looking|tracking) (?:for|on|in|against)\b.*\b(?:sales|numbers?|target|quota|quarter|month)\b/,
  /^(?:where|how far)(?:abouts)? (?:is|does|are) (?:that|this|the|our|your) (?:\w+ )?(?:deal|contract|renewal|order|opportunity|tender|proposal|number|forecast)(?: \w+)? (?:at|stand|now|sit)\b/,
  /\b(?:where|how) (?:does|do) it stand\b/,
  /\bwhere we stand on\b/,
  new RegExp(`\\bwhere (?:the |that |your |our )?[\\w' ]*(?:${DEAL}|${FIGURE})[\\w' ]* stands?\\b`),
  new RegExp(
    `^where (?:are|is|do|does|have) (?:we|you|things|the|this|that|our|your|my)\\b.*\\b(?:${DEAL})\\b`,
  ),
  new RegExp(
    `\\b(?:going on|happening|up|new|wrong|next) (?:with|on) (?:this|the|that|your|our) (?:[\\w-]+ )?(?:${DEAL})\\b`,
  ),
  new RegExp(
    `\\b(?:status|state|progress|latest|update|lowdown|story|news|health) (?:of|on|with|about|in)\\b.*\\b(?:${DEAL}|${FIGURE})\\b`,
  ),
  new RegExp(
    `^(?:how|in what (?:shape|state)) (?:is|are|does|do|was|were)\\b.*\\b(?:${FIGURE}|${DEAL})\\b.*\\b(?:look|looks|looking|shaping|going|coming|tracking|doing|developing|progressing|performing)\\b`,
  ),
  new RegExp(`^in what (?:shape|state) (?:is|are)\\b.*${FIGURE}`),
  new RegExp(
    `^what (?:is|are|was|were) (?:the|your|our|his|her|their)(?! (?:plan|approach|idea|strategy|next step|priority|focus)\\b)(?: [\\w-]+){0,3} ${FIGURE}\\b`,
  ),
  new RegExp(`^what (?:is|does|will)(?: the)? rest of the (?:quarter|year|month)\\b`),
  /^(?:is|are|will|did|does|do|can|could|has|have|was|were)\b(?!.*\b(?:how|what)\b).*\b(?:deals?|they|it|this|each one|that one)(?: \w+){0,2} (?:close|closing|slip|move from|land)\b(?! (?:the|your|a) (?:call|meeting|conversation|loop|gap|door|shop|store|till))/,
  /^(?:are|will|can) (?:we|they|you) (?:going to |still |really |able to )*(?:close|win|land|lose) (?:it|this|that|them|the)\b(?! (?:call|meeting|conversation|loop|gap|door|shop|store|till))/,
  new RegExp(
    `^(?:what|which|how)(?: \\w+)? (?:${FIGURE}|percentage|percent|share) (?:are|is|have|has|did|do|does|will|of)\\b`,
  ),
  new RegExp(
    `^how (?:much|many|far|large|big|close|likely)\\b.*\\b(?:${FIGURE}|${DEAL}|${ENDED}|take|took|sell|sold|bring in|brought in|won|euros|dollars|pounds)\\b`,
  ),
  new RegExp(
    `^how (?:are|is|did|do) (?:you|we)(?: \\w+)? (?:against|on|to|vs|versus|toward|towards|for)(?: the| your| our)? ${FIGURE}\\b`,
  ),
  /^what (?:are|were|did|will|have|do|can) you (?:forecast\w*|commit(?:ting|ted)?(?! to\b)|calling|call|close|closed|booked|book|sold|sell|won|win|bring in|giving me|expect(?:ing)? to (?:close|book|sell|win)|going to (?:close|book|sell))\b/,
  new RegExp(`^what (?:is|was) [\\w' ]+ worth\\b`),
  new RegExp(`^what can you report about\\b.*\\b(?:${DEAL}|progress)\\b`),
  new RegExp(`^(?:what is the )?(?:current )?status(?: of| on|$)`),
  new RegExp(`^any (?:closed-won|deals?|orders?|wins?|sales)\\b`),
  new RegExp(`^${FIGURE} (?:in|for|this|so far|to date)\\b`),
  /^(?:and )?[\w' ]+, what is the latest\b|\bwhat is the (?:latest|story|deal|news|state|status|update)\b (?:on|with|of|about|for)\b/,
  new RegExp(
    `^when (?:do|does|did|will|is|are|can)\\b(?! (?:he|she|you|i)\\b).*\\b(?:${ENDED}|received|approved|paid)\\b`,
  ),
  /\b(?:likelihood|probability|odds|chances?) (?:of|that)\b/,
  /^how do you rank\b/,
  /\bby (?:what date|when) (?:will|does|do|is)\b.*\b(?:order|sign|close|contract|deal|decide)\b/,
  /^(?:will|are|did|can|have) you (?:going to |able to )?(?:close|sell|win|sign|book) (?:this|it|that|the (?:deal|order|contract))\b/,
  new RegExp(
    `^(?:will|are|did|have|do|can|is|reckon|think) (?:you |we |your |our )?(?:\\w+ )*(?:sufficient to (?:reach|hit)|on track|on target|good for|hit|make|reach|close|sign|closed|signed)\\b.*(?:${FIGURE}|plan|deal|contract|signature|this (?:month|quarter|year)|\\d)`,
  ),
  new RegExp(`\\b(?:have|has|got)\\b.*\\bthe (?:signature|order|contract)\\b`),
  new RegExp(`\\bstill on for\\b.*\\bclose\\b`),
]
const REQUESTED = new RegExp(
  `^(?:please |just |go on then,? )*(?:catch|fill|brief|give|get|tell|send|submit|run|walk|take|talk(?: to)?|show|let me know|report|update|bring)\\b(?: me| us)?.*\\b(?:${FIGURE}|${DEAL})\\b|\\b(?:update|brief|catch) me (?:up )?on\\b.*\\b(?:${FIGURE}|${DEAL})\\b|^let us (?:go through|look at|review|run through) (?:your|the) (?:${FIGURE})\\b`,
)
/** Figures that belong to what the person does. */
const OWN_DOING =
  /\b(?:calls?|visits?|meetings?|conversations?|one-to-ones|emails?|demos?|questions?|people|hours|minutes|times|days|patients|tickets?|years|customers have you (?:called|met|visited))\b/

/** Whether a clause asks for a result. */
export function asksForResult({ text, mood, sentence, written }: Clause): boolean {
  const isAsking = mood !== 'statement'
  if (UPDATE_ON.test(text) && NAMED.test(written)) return true
  // "Tell me" was taken off as a mere beginning.
  if (!isAsking && !REQUESTED.test(text) && !REQUESTED.test(sentence)) return false
  if (asksWhatTheyDo(text) || /^(?:why|how come)\b|\ba time (?:you|when)\b/.test(sentence))
    return false
  if (/^how (?:much|many|far)\b/.test(text) && OWN_DOING.test(text)) return false
  const asked = [text, sentence].find((one) => REQUESTED.test(one))
  if (asked !== undefined && mood !== 'polar' && mood !== 'narrow') return isResultRequest(asked)
  if (mood === 'spared' && !COUNTED_ON.test(text)) return false
  const inner = text.replace(OUTER, '')
  return (
    STATE.some((pattern) => pattern.test(text) || pattern.test(inner)) ||
    (ABOUT_NAME.test(text) && NAMED.test(written)) ||
    (mood === 'open' && /^(?:what|how|where|which)\b/.test(text) && STRONG_FIGURE.test(text)) ||
    ((mood === 'polar' || mood === 'narrow') &&
      (ASKS_FIGURE.test(text) || isPolarResult(text, sentence, written)))
  )
}

const UPDATE_ON = /^(?:please )?(?:update|brief|catch) me (?:up )?on\b/
/** What only introduces the question: "do you think we'll win it", "I'd like to know where…". */
const OUTER =
  /^(?:do you (?:think|reckon|believe|expect|feel)|you (?:think|reckon)|i (?:assume|guess|take it|suppose|trust)|(?:please )?(?:tell me|walk me through|talk me through|show me)|i (?:would like to know|am curious|wonder|was wondering)|i am wondering|should not|would not)(?: that)? /
/** The manager counts on a deal: no offer, though it begins like one. */
const COUNTED_ON = /^can (?:i|we) (?:count on|bank on|rely on|call|commit|forecast|put)\b/

/** "What will you do about it?", "How do you want to open the renewal meeting?" */
function asksWhatTheyDo(text: string): boolean {
  if (
    /^how (?:are|will|would|can|could|do|did|might) (?:you|we) (?:going to|planning to|plan to|want to|get|go|make sure|close|find|prepare)\b/.test(
      text,
    )
  ) {
    return true
  }
  const doing =
    /^(?:and )?(?:in |for |with |at )?(?:what|how|which)(?: [\w-]+){0,3}? (?:do|did|will|would|can|could|have|are|were|might|should|shall) (?:you|we)\b(?! (?:forecast|commit|closed?|booked?|sold|won|on |with |at |stand|expect|doing (?:against|on|to)|giving|looking|tracking|calling|reach|rank|report|bring in|have to (?:sell|close|book|win)|(?:going|planning|expecting|likely|able) to (?:sell|close|book|win|land|bring|forecast)|sell|win))/
  return (
    doing.test(text) &&
    !/^how (?:much|many|far|often|large|big|close|likely)\b/.test(text) &&
    !/^(?:what|which) (?:number|figure|percentage)/.test(text)
  )
}

function isResultRequest(text: string): boolean {
  return (
    new RegExp(
      `\\b(?:your|the|a|an|its|of|on|each)?\\s*(?:[\\w-]+ )?(?:${FIGURE})\\b|\\blowdown on\\b|\\bwhere (?:we|the|that|it|things)\\b.*\\bstands?\\b|\\bstatus\\b|\\bupdate on\\b|\\b(?:update|brief) me on\\b|\\bup on\\b|\\bme in on\\b|\\bwhere we (?:are|stand)\\b`,
    ).test(text) && !/\bhow (?:you|did you|do you)\b/.test(text)
  )
}

/** "Where are we on Hollis?", "What's the latest on Kaya Foods?" */
const ABOUT_NAME =
  /^any (?:movement|progress|news|update|word|change) (?:on|with|from)\b|\bwhere (?:things|we|you|it) (?:stand|are) (?:on|with)\b|^any luck with\b|^(?:where|how far)(?:abouts)? (?:are|do|have|is|stand) (?:we|things)(?: (?:at|stand|now|got|got to))* (?:on|with|against|in|at|for|to|versus)\b|\b(?:status|progress|latest|update|lowdown|story) (?:of|on|with|about)\b|\bwhat is the (?:\w+ )?(?:latest|story|status|state)\b/
const NAMED = /\b(?:on|with|of|about|at|for) (?:the )?\p{Lu}|^(?:and )?\p{Lu}[\w' ]+,/u
const ASKS_FIGURE = new RegExp(
  `\\b(?:forecasts?|quotas?|pipelines?|revenues?|turnover|bookings?|attainment|win rates?|close rates?|closed-won|commit number|best case|in commit|sales target|annual target|deal (?:amount|size|value)|year end close|close date|sales cycle|percent(?:age)?)\\b(?!.*\\b(?:clear|fair|understand|motivating|comfortable|scoped|involvement|resources)\\b)`,
)
/** Whoever asks about one of these asks for the figure in it, unless they ask what the person does. */
const STRONG_FIGURE =
  /^(?!.*\byou (?:work|do|use|build|manage|review|clean|update|look|plan|prepare|go through|fill)\b).*\b(?:your|the|our|their|this|his|her)(?: \w+)? (?:forecast|quota|pipeline|commit(?! to)|attainment|close date|sales target|win rate)\b(?!.*\b(?:review|call|meeting|conversation|process|mean to you)\b)/
const UNTIL =
  /\b(?:quarter|month|year|year end|easter|christmas|summer|\w+day|week|end of|thirtieth|q[1-4]|january|february|march|april|may|june|july|august|september|october|november|december)\b/

/** A yes or no question on whether a deal comes to its end, or a figure is reached. */
function isPolarResult(text: string, sentence: string, written: string): boolean {
  if (
    /^(?:\w+ )?(?:he|she|i|any(?:one|body))\b/.test(text) &&
    !/ (?:deal|order|contract)\b/.test(text)
  )
    return false
  const ends = new RegExp(
    `\\b${ENDED}\\b|\\bcertain for\\b|\\bgood for\\b|\\bplace the order\\b|\\bsufficient to\\b`,
  )
  if (!ends.test(text)) return false
  const about =
    /\b(?:deals?|contract|order|renewal|opportunity|target|quota|plan|number|commit|forecast|signature|tender|sale|proposal)\b/
  return (
    about.test(text) ||
    about.test(sentence) ||
    UNTIL.test(text) ||
    (NAME.test(written) &&
      /\b(?:won|lost|sign|signed|signing|order|ordered|ordering|buy|bought|buying|renewing|safe|renew|renewed|close|closed|still open|losing|winning|in or out)\b/.test(
        text,
      ))
  )
}
const NAME = /(?<=[a-z,] )(?:the )?\p{Lu}[a-z]+/u
