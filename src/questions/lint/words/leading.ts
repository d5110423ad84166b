/**
 * Words and phrases for questions that suggest their answer.
 * How well they do is measured on the labelled lines in `test/questions/lint` (`npm run figures`); how a phrase is written
 * stands in `src/text/phrases.ts`.
 */
import { phrases } from '../../../text/phrases.ts'

/** The lists that the phrases name. */
const LISTS = `
  verb = do | does | did | is | are | was | were | will | would | should | could | can | have | has
    | had | might | must
  verb_said = do | does | did | is | are | was | were | will | would | should | could | can | have
    | has | had
  subject = i | you | we | it | that | this | there | he | she | they | the _ | a[n] _ | one
  better = better | easier | smarter | wiser | wise | sensible | best | good | more | faster
    | quicker | simpler | nicer | cleaner | an idea | a good idea | worth | helpful if you
    | possible to just
  you_know = you [do] (realise|realize|know|agree|understand|would agree) | surely | obviously
    | clearly | of course | i suppose | i guess | i assume | i take it | i trust | presumably
    | you will, i | no doubt | isn't | everyone knows
  praise_word = excellent | great | amazing | wonderful | fantastic | terrible | awful | horrible
    | brilliant | new and improved
  real_question = ever* | already* | have* | know* | care* | listen* | understand* | bother* | tell*
    | walk* | talk* | take me* | start by telling* | share* | give me* | describe*
  really_done = just* | simply* | only* | instead* | left* | tried* | started* | stopped* | asked*
    | called* | sent* | did* | used* | went* | made* | took* | gave* | offered* | let* | had*
  more = easier | better | more | less | faster | simpler | trouble | time | happier
  costs = it cost | be gained | you lose | you gain | happen | stop you
  stops = stops | prevents | keeps | is stopping | is preventing
  at_last = obvious | finally | at last | simply | just | adopting
  people = people | reps | managers | experts | of us | customers | sellers
`

/** Yes or no questions that say which of the two is wanted. */
export const WANTED_ANSWER = phrases(
  `
  ^{verb} not (you|we|i|it|that|this|there|he|she|they|the|your|a|an)
  ^{verb_said} {subject} not
  ^(have|had) (you|we) [ever|already|even|maybe|perhaps|at least] (tried|considered|thought (about|of)|looked (at|into)|not )*
  ^did you [ever|even] (try|consider|think (about|of|to))
  (has it|did it|does it) [ever|not] (occur|occurred|crossed your mind)
  ^(would|might|could|should) (it|that|this) [not] (be|have been) [_] {better} !(... or)
  ^(do|would) you (really|honestly|seriously|truly|actually) (think|believe|want|feel|expect)
  ^do you (agree|not agree)
  ^would you agree
  ^would you say [that] (it is|this is) (fair|clear)*
  ^{you_know}
  surely
  ^(can|could|are|did|have|will) (you|we) (really|honestly|seriously|at least|even)
  ^would it [_] (make sense|be worth|be an idea|help|pay) to
  ^have you given (it|this|that) ... thought
  ^is it (not|time|because you|not) ...
  ^are (you|we) sure
  ^could it (be|not be) (that|because)
  ^is it possible that you
  ^is it fair to say
  ^are (you|we) (really|seriously|honestly) going to
  ^do you [not] think (it|that) (would|might) be [a[n]] (good|better|wise|best)*
  *(^|, )do you think (you|it is) (should|ought|better|best|time)
  ^do you mean to (tell|say)
  like (most|every|all) [_] (people|reps|others|of us)
  ^(you|he|she|they|we) (will|do|did|have|are)[,] i (trust|assume|hope|suppose|take it)
  ^how (great|amazing|bad|wonderful|terrible|awful) (is|was|would)
`,
  LISTS,
)

/** Advice dressed as an open question. */
export const HIDDEN_ADVICE = phrases(
  `
  ^how (badly|great|awful|wonderful|amazing|terrible) (did|was|is|were|are)
  ^[please] tell me [that] you (got|did|have|are|were|asked|called|sent|checked)
  ^how (satisfied|happy|much (do|did) you (like|enjoy)|do you like) ... {praise_word}
  ^why not!($)
  ^why (do|did) [not] (you|we) [not] (just|simply)
  ^why do not (you|we) !({real_question})
  ^what if (you|we) [just|simply|only|instead] =({really_done})*
  ^how about (you|we|just|_ing)
  ^what about (just *|simply *|_ing)
  ^how (much|many) [_] {more} ... (would|might|could)
  ^how (good|great|nice|helpful|useful|much better) would (it|that|a)
  ^what (would|might) {costs} ... (simply|just|finally|at last)
  ^what might be gained by
  ^what[, other than _,] {stops} you from ... {at_last}
  ^when will you finally
  ^when are you [finally] going to (finally|admit|realise|realize|accept|learn)
  ^how (could|can) you possibly
`,
  LISTS,
)

/** Others are called to witness: “Most people feel that… Would you…?” */
export const MOST_PEOPLE = phrases(
  `
  ^given (the|all|how|that|these|your) ..., (are|will|would|do|should|can) you
  (most|many|all|other) {people} (feel|think|agree|say|believe|would|know)
  everybody knows
`,
  LISTS,
)

/** What shows that a tag only asks to confirm what was heard. */
export const CONFIRMING = phrases(
  `
  i understand | i hear | i am hearing | let me check | let me see if | got you
    | you (said|told me|are saying|mentioned|were saying) | ^so[,] you
`,
  LISTS,
)
