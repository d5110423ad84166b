/**
 * Words and phrases for questions that ask a person to justify what they did, are, or failed to do.
 * How well they do is measured on the labelled lines in `test/questions/lint` (`npm run figures`); how a phrase is written
 * stands in `src/text/phrases.ts`.
 */
import { phrases } from '../../../text/phrases.ts'

/** The lists that the phrases name. */
const LISTS = `
  attitude = want | like | love | enjoy | prefer | hope | feel | think | believe | care | value
    | wish | need | reckon | suppose | say | see | find | trust | admire | look forward | recommend
    | consider | expect
  feeling = interested | excited | proud | happy | keen | passionate | confident | drawn | curious
    | glad | pleased | worried | nervous | hesitant | unsure | optimistic | here today | looking
    | thinking | considering | hoping | leaving
  asked_kindly = ever* | already* | have* | know* | care* | listen* | understand* | bother*
  swearing = on earth | the hell | exactly
  verb = do | did | would | could | can | will | have | had | has | should | must | might
  softly = really | even | personally | also | still
  whoever = it | that | this | they | he | she | you | we | the | {letters}
  failing = never | always | not | keep | still | so | late | missing | wrong | off | empty | behind
  asking = explain | tell me | tell us | know | understand | see | get | unclear to me | clear
    | reason[s] | wonder* | ask | asking | say | figure out | justify
  lead = so | okay | ok | look | listen | well | and | but | right | honestly | hey | anyway | now
    | sorry | then | really
`

/** Questions that blame. A wish or a view is no offence: “why do you want”, “why did you feel”. */
export const BLAMING = phrases(
  `
  ^why !(do not you !({asked_kindly}) _) [{swearing}] {verb} [not] you [not] !([{softly}] {attitude})
  ^why did you (say|find|see|suppose|recommend|trust)
  ^how come ... not
  ^why did you (think|believe|feel|expect|assume) [_] {whoever} (would|could|was|were|had|might)
  ^why (are|were|was) [not] you !([so|most|personally] {feeling})
  ^why (do|does|is|are|did) [not] your ... {failing}
  ^why (is|was) it [always] you
  ^why ... hear of it from you
  ^how come ... you[r]
  ^why (have|has) your ... (so|been|not|never|still)
  ^why you (did|do|have|are|were|not|never)
  ^how is it that ... you
  ^for what reason did you
  what [on earth|in (god|heaven)[']s name|the hell|exactly] (were|was|are) you thinking
  ^how (can|could|do) you (justify|explain|defend)
  ^how come your[s]
  what possessed you
  what were you (trying|hoping) to achieve
  ^what made you (think [that] (it|you|this|that)|do that|act)
  ^how could you (not|let|miss|forget|be so|allow)
  ^what is your excuse
  ^what is wrong with you
  {asking} [me|us|to me] (why|for why) you !([{softly}] [are|were] ({attitude}|{feeling}))
`,
  LISTS,
)

/** Small words before a question that blames. */
export const BLAME_LEAD = phrases(
  `
  ^[{lead} [{letters}=(,*)][,]]+ *
`,
  LISTS,
)
