/**
 * Words and phrases for several questions in a line.
 * How well they do is measured on the labelled lines in `test/questions/lint` (`npm run figures`); how a phrase is written
 * stands in `src/text/phrases.ts`.
 */
import { phrases } from '../../../text/phrases.ts'

/** The lists that the phrases name. */
const LISTS = `
  opens_up = why | why not | why or why not | why so | how so | how | how come | in what way
    | in what ways | what else | such as | like what | for what reason[s] | by what | if so | if not
    | if yes | what for | where | when | since when | for example | what then | and then | then what
  noticed = notice | see | look like | mean | say | tell | base | hear | feel
  described = (describe|explain|outline)( (it|that|this|them|why|how|your|briefly)|$) | say more*
    | give [me|us] an example* | elaborate*
    | tell (me|us) (more|why|how so|about (it|that|this|them))*
    | walk (me|us) through (it|that|your|how)*
  scene = imagine | suppose | think | picture | let us | recall | remember | compare | say | pick
    | take (me|the|any|a|one|your) | look
  satisfied = satisfied | happy | useful | helpful | comfortable | clear | fair | effective | good
    | confident
  rated = how much do you (enjoy|like) | how {satisfied}
    | how (do|did) you (feel about|like|find|rate) | how would you rate
    | do you (think|feel|believe|find|rate) | does (your|the) _ feel
    | did you (get|have|receive|find) (enough|sufficient) | is (that|it|this|the|your)
    | are (the|your|you) | was (the|your|it) | were (the|your) | please (comment on|rate)
    | what (do|did) you think (of|about) | are you (satisfied|happy)
  joined = between | both | pros and cons | back and forth | you and
    | and (you|i|we|he|she|they|then|what|how|why|who|to|not)
  two = _[,] and [the|your|a|an] _ [_]{0,2}$ | and (on|about) {rest}$ | _, _[,] [and] _$
`

/** A second question that only opens up the first: “…, and what told you?”, “… Why or why not?” */
export const OPENS_UP = phrases(
  `
  ^[and] {opens_up}$
  ^if (so|not|yes|no)
  (tell[s]|told) you
  how (do|did|can|could|would|will) (you|one|we) (know|tell|notice)
  ^what happened
  ^what did (that|it|this) (lead|bring|change|do|cost|give|tell|show)
  ^how did (you|it|that|they) (handle|go|feel|respond|react|deal|do)
  ^what (was|is|did) (that|it) (like|look)
  how could you tell
  ^by what
  do you tell
  ^[and] what (make[s]|made|led|leads|brought|brings|gives|gave) (you|it|that|this)
  ^[and] what (did|do|would|will) (you|that|it) {noticed}
  ^[and] why (is|was|do you|did you|would|does|did) (that|it|this|think|say|choose|feel|so)
  ^[and] what is (behind|the reason)
  ^[and] what would that
  ^what does (that|it) look like
  ^[and] for what reason[s]
  ^[please] {described}
`,
  LISTS,
)

/** A word that takes up what was said before. */
export const TAKES_UP = phrases(
  `
  it
  that
  this !(week*|month*|quarter*|year*|morning*|afternoon*|time*)
  differently
  instead
  afterwards
  then
`,
  LISTS,
)

/** What only sets the scene for the question behind it. */
export const SCENE_SET = phrases(
  `
  ^{scene}
  ^(discuss|tell me|consider this|reflect)$
`,
  LISTS,
)

/** Two things under one question: “How satisfied are you with your pay and benefits?” */
export const TWO_THINGS = phrases(
  `
  ^(is|are) (the|your|he|she|they)( )... _ and _ing
  ^how _ and _ (is|are|was|were|do|did)
  ^(is|are|was|were|do|did|does|have|has) ... and( )... both
  ^{rated}!(... {joined}) ... {two}
`,
  LISTS,
)
