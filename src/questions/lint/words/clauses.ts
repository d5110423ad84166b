/**
 * Words and phrases for how a clause asks.
 * How well they do is measured on the labelled lines in `test/questions/lint` (`npm run figures`); how a phrase is written
 * stands in `src/text/phrases.ts`.
 */
import { phrases } from '../../../text/phrases.ts'

/** The lists that the phrases name. */
const LISTS = `
  aux = am | is | are | was | were | do | does | did | have | has | had | can | could | will | would
    | shall | should | may | might | must | ought
  pronoun = i | you | we | they | he | she | it | this | that | these | those | there
    | any(one|body|thing) | some(one|body|thing) | every(one|body|thing) | no(body|thing) | any
    | both | all | each | one
  wh = what | how | why | which | who | whom | whose | when | where | whereabouts | how come
    | what if | whatever
  preposition = in | on | at | by | to | of | for | from | with | since | until | till | about
    | under | through | over
  open_verb = tell | walk | talk | take | run | show | describe | explain | share | give | help
    | say (more|a (bit|little|few)|something|some) | outline | elaborate | expand | paint | sketch
    | articulate | identify | summari(s|z)e | clarify | pinpoint | name | list | go | think | recall
    | remember | imagine | picture | reflect | let me know | bring | put | consider
  adverb = just | please | maybe | perhaps | possibly | also | like | briefly | kindly | quickly
    | first | then | ,
  progress = back | in | out | still | ready | going | coming | get | got | have | been
  no_subject = not | been | being | going | still | also | always | never | _ing | _ed
  asking_verb = tell[s] | told | make[s] | made | went | happen* | follow[s] | follow | stop[s]
    | get[s] | got | keep[s] | give[s] | gave | help[s] | helped | worked | works | led | leads
    | need[s] | changed | changes | speak[s] | come[s] | came | stood | stand[s] | prevent[s]
    | would | could | has | had | is | was | will
  lead = so | okay | ok | well | now | right | alright | all right | look | listen | hey | hi
    | hello | oh | ah | hmm | hm | um | umm | erm | er | uh | yeah | yes | no | yep | and | but | or
    | then | also | anyway | anyhow | honestly | frankly | actually | basically | mate | sorry
    | hang on | wait | good | great | fine | sure | thanks | please | first | firstly | first off
    | second | secondly | finally | next | lastly | meanwhile | again | just curious
    | out of curiosity | quick question | quick one | one more thing | go on then | tell me
    | come on | let me ask [you] [something|this] | just | maybe | perhaps | like
    | independently of that | independently | if i may ask | in any case | at the same time
    | on a[n] _ _ _ | my dear | dear | guys | folks | nice and slowly | word for word
  request_ing = {open_verb} | ask | asking | telling | describing | explaining | sharing | walking
    | talking | showing | giving | saying | taking
  willing = up for | willing to | open to | able to | happy to | okay | comfortable | prepared to
  request_noun = {open_verb} | telling | describing | explaining | sharing | walking | talking
    | showing | giving
  wondering = wonder* | curious | meaning to ask
    | trying to (work out|find out|figure out|understand|see) | interested [to know|in] | ask myself
    | would (like|love) to (know|hear|understand|see) | want[ed] to (know|ask|understand|hear)
  telling = state | tell me | tell us | let me know | say | indicate | confirm | show me
    | explain [me|to me] | describe | find out | help me [to] understand
  within = (i|we) [(was|am|were|are|have been|had been|would be)] [also|just|really|still]* {wondering}
    | ^(was|am|just|been) wondering | ^wondering | ^curious
    | do you [happen to] (know|remember|recall) | any idea | have you any idea
    | (^|^=(_)... (please|kindly|you|me|just|and) ){telling}
    | (can|could|would|will) you [_] (tell me|tell us|let me know|say|confirm|explain|describe)
    | (can|may|could|might) i [just] ask [you] | mind me asking | mind telling me | not to mention
    | the other thing i wanted to ask was
  invitation = tell (me|us|the story) | walk (me|us) | talk (me|us|to me) | take (me|us)
    | run (me|us) | show (me|us) | describe | explain !([to] (the|him|her|them|your))
    | share (a|an|one|some|your|with) | give me (a[n]|one|some|two|three|your|the) | help me
    | say [a bit] more | say it | think (of|about|back) | imagine | picture | suppose | recall
    | remember | compare | discuss | outline | reflect
    | let us (say|suppose|use|look|imagine|think|talk) | let me hear | say it is | pick (any|one|a)
    | choose (one|a) | name (one|two|three|a) | list | paint | sketch | comment | elaborate | expand
    | rate | complete | finish | draw | bring up | whatever you
  by_me = me | us | my | our | a hand | help | any help | some help | anything from (me|us) | i | we
  help = help | support | time | coffee | tea | feedback | company
  minute = minute[s] | min[s] | moment[s] | second[s] | sec | time
  with_or_task = ...< with *>* | ... (complete|finish|project|task)
  this_time = you | now | this | today | tomorrow | that | next door | the room | _day | it
    | {clock} | the _ o'clock
  free = free | available | a good time | good time | okay for you | ok for you | good for you
    | convenient | still good | still on for us | around | recording | muted | loud
  meeting = meet | talk | move | start | begin | do this | do it | pick | continue | finish | stop
    | take | speak | catch up | reschedule | sit | go | step | walk | use | look | have | book
    | find | get | make | do
  playback = (is|was) that [about] (right|correct|fair|accurate|a fair (summary|picture))
    | (have|did|do) i (got|get|understand|understood|hear|heard|read) [(you|that|this|it)] [(correctly|right|properly|straight|wrong)]
    | have i got (that|it|this|you) | do i understand | if i understand | as i understand
    | am i (hearing|right|reading) | what i (am|was) hearing | what i (hear|heard)
    | i (hear|heard) you say
    | !<(have|had|are|did|were|has|when|what|how|why|if) you [are|were] (saying|said) !(is*|was*|to*)
    | it sounds like | sounds like | sounds as if | let me (check|see|make sure) | to sum up
    | !<(have|had|are|did|were|has|when|what|how|why|if) you (told me|mentioned) | so the plan is
    | let me play
  when_verb = am | is | are | was | were | will !(you finally*)
    | did !(you last (feel|notice|see|hear|enjoy|learn|think|try)*) | does | can | shall | should
    | has | have | it will | it is | they will | this will | that will | the _ will
    | do !(you (feel|find|notice|get|tend|work|think|see|know)*) _
  unit = time | date | day | year | month | week | quarter | number | percentage | percent | price
    | temperature | colo[u]r | age | version
  amount = many | much !((do|did) you (enjoy|like|value|trust|love)*) | long | often | old | far
    | big | large | soon | tall | high | late | frequently | wide | quickly | fast
  own_fact = name | deadline | date | price | budget | title | number | size | address | amount
    | age | salary | fee | rate | close date | go-live date | phone number | percentage
  own_figure = forecast | number | target | quota | value | size | likelihood | probability
    | revenue | total | rate | margin | figure | commit | production | conversion | ytd | ratio
    | sales | close date
  ending = land | sit | sitting | close | closed | book | booked | sell | sold | finish | end up
    | come (in|out)
  narrow = who[m|se] | when {when_verb} | (since|by|until|till) when | (what|which) {unit}
    | how {amount} !(easier*|better*|more*|less*|trouble*|sense*)
    | what is (the|your|his|her|their|its|this|that) [exact|current|new|own] {own_fact} !(built*|based*|made*|about*|tell*|say*|mean*)
    | what (is|was|are) (the|your|his|her|their|our) [{word}]{0,3} {own_figure} !(look*)
    | what are you (going to (sell|close|book)|forecasting|committing) | how do you rank
    | what (is|was) {phrase} worth | whose
    | where (did|was|were|is the|are the|is your|is it|are they)
    | what (will|are|did|do|have) (you|we) [going to] {ending} !(with*|the (call|meeting)*)
    | what figure | what (is|are) the (odds|chances) | what stage (is|are) | which !({plural})
  bare_open = then | what then | and then | such as | like what | for example | for instance
    | what else | anything else | because | meaning what... | how so | why [or why] [not] | how
    | in what way | says who | since | so what | and | your thoughts | thoughts | any thoughts...
    | where to | what next | now what | [current] status ...
  asking = what | when | where | who | which | how [_]
  think = think | reckon | say | believe | guess | suppose
  whoever = it | this | that | they | we | the | he | she | your
  verb_goes_on = am* | is* | are* | was* | were* | do* | does* | did* | have* | has* | had* | can*
    | could* | will* | would*
  tag_verb = am | is | are | was | were | do | does | did | have | has | had | can | could | will
    | would | shall | should | might | must
  tag = {tag_verb} [not] (i|you|we|they|he|she|it|there|this|that) [not] [think|agree|say] | right
    | correct | yeah | yes | no | eh | huh | ok | okay | true | agreed | surely | or what | or not
    | or not really | am i right | is it not | you know
  narrow_word = who | whom | whose | when | which
    | how (many|much !(do you (enjoy|like|value|trust|love)*)|long|often|old|far)
  subject = [not] ({pronoun}|the|a|an|my|your|our|his|her|their|its|some|most|{token})
`

/** The order of a yes or no question, or of one that only looks like it: “do you”, “will sales”. */
export const INVERTED = phrases(
  `
  ^{aux} {subject}
`,
  LISTS,
)

/** The order of a yes or no question, beyond doubt. */
export const INVERTED_CLEARLY = phrases(
  `
  ^{aux} [not] ({pronoun}|the|my|your|our|his|her|their|its|{letters}'s)
  ^(is|was|has|did|does|will) !(not) {letters} {progress}
`,
  LISTS,
)

/** What is a yes or no question where a question mark stands behind it. */
export const INVERTED_LOOSELY = phrases(
  `
  ^(is|are|was|were|will|did|does|has|can|should) !({no_subject}) {letters}*
`,
  LISTS,
)

/** A question word in front. */
export const ASKS = phrases(
  `
  ^[{preposition}] {wh}
`,
  LISTS,
)

/** A question word with the order of a question: “what did you”, “what is”, “what told you”. */
export const ASKS_INVERTED = phrases(
  `
  ^[{preposition}] {wh} [!(if|though|that){spelled}]{0,4} {aux}
  ^(what|who) {letters}s (it|that|this|you|us|them|the|your)
  ^(what|who|which) [else] {asking_verb}
  ^why [not]$
  ^how$
  ^how so$
  ^why not
  ^how about
  ^what about
`,
  LISTS,
)

/** Small words before the thing itself: “so”, “okay, and”, “look,”, “just curious,”. */
export const CLAUSE_LEAD = phrases(
  `
  ^{lead}(,| =(_*) |$){blanks}*
`,
  LISTS,
)

/** “Could you walk me through…”: a yes or no in form, open in effect. */
export const REQUEST = phrases(
  `
  ^(can|could|would|will|might|may) (you|we|i)[(,|) {adverb}[,]]* {open_verb}
  ^(would|do) you mind [me|my] {request_ing}*
  ^would you be {willing} [with] {request_noun}*
  ^(can|could|may|might) (i|we) [just|maybe] (ask|hear|understand)
  ^(is|would) it [be] (ok|okay|all right|fine) if i ask*
`,
  LISTS,
)

/** “I was wondering whether…”, “do you know who…”: what is asked stands in the clause within, and is read out. */
export const WITHIN = phrases(
  `
  {within} [about][,] <(if|whether|what|how|why|which|who|whom|whose|when|where|whereabouts) ...>*
  *wondering[,] <(did|do|does|have|has|is|are|was|were) ...>*
`,
  LISTS,
)

/** Invitations to tell: “tell me about”, “think of”, “imagine”. */
export const INVITATION = phrases(
  `
  ^[please |just |so |then |,|now |next |only if you fancy it[,] ]*{invitation}
`,
  LISTS,
)

/** A number is asked for on a scale. */
export const SCALE = phrases(
  `
  on a scale
  scale (of|from)
  [from] (0|zero|1|one) (to|through) (5|five|6|six|7|seven|10|ten|100)
  out of (five|ten|10|5)
  (ten|10) being
  what number from
  agree / disagree
  1 \\= _*
`,
  LISTS,
)

/** The manager offers something of their own. */
export const OFFER = phrases(
  `
  ^(can|could|may|might|shall|should) i !((count|bank|rely|forecast) on|(count|bank|rely))
  ^(would|will) (it|that|this) (be [of] [any] (help[ful]|use[ful])|help|suit) ... (i|we|me|my)
  ^would (additional|more|some|a[n]|it) ... (be of|be any) (help|use)
  ^(do|would) you (want|need|like|prefer) [it if][,] {by_me}
  ^(would you like|do you want) (some|any|a|an|more) {help}*
  ^(do you want|would you like|d'you want) (a|some) (coffee|tea|drink|break|glass)*
  ^[is there|are there] any* [_]{0,2} [else] [that] (i|we) (can|could|might|should|may)
  ^(is|are) there [_]{0,4} (i|we) (can|could|might)
  ^want me to
  ^anything you need
  ^need (anything|any help|a hand)
  ^do you need (anything|any|help|more|some)
  ^(can|could|may|shall) we help
  ^what can i
  ^how can i
  ^should i
  ^shall i
  ^(do|would) you (want|need|like) ... my help
  ^is there( )... my help
  ^(is|are) there ... (like|need|want) [some|more|any] (help|support|coaching)
`,
  LISTS,
)

/** When and where to talk, and whether this is a good moment. */
export const LOGISTICS = phrases(
  `
  ^[have you|do you] (got|have) [got] (a|five|ten|two|some|{digits}|)[ ]{minute}!({with_or_task})
  ^(are|is) {this_time} [_]{0,4} {free}
  ^(shall|can|could|should|may) we {meeting}
  ^(can|could) you (hear|see) me
  ^does (that|this|it|_day|_ o'clock|next _|tomorrow) [_]{0,3} (work|suit)
  ^would it suit you
  ^when (can|could|shall|should|would) (we|i|you (like|prefer) to (meet|talk))
  ^(what|which) (time|day) (suits|works)
  ^(where|when) (shall|should|do) we (meet|talk|start)
  ^is (#|the _ o'clock|_day|this thing)
  ^ready [to (start|begin)]$
  ^would you like to (walk|meet|sit|go|talk|start|take a|do this)
  ^(is|would) it [be] (ok|okay|all right|alright|fine) [with you] if i
  ^(do|would) you mind if i
  ^can i (nick|borrow|take|sit|have)
  ^(are|is) (you|everyone|we) (ready to (start|begin)|sitting comfortably)*
`,
  LISTS,
)

/** What was said is played back, to be confirmed. */
export const PLAYBACK = phrases(
  `
  {playback}*
`,
  LISTS,
)

/** One name, figure, day or word answers it. */
export const NARROW = phrases(
  `
  ^[{preposition}] {narrow}
`,
  LISTS,
)

/** Small words without which a line is taken for another language, or for a single name. */
export const ENGLISH = phrases(
  `
  the | a | an | you | your | we | they | he | she | it | this | that | to | of | in | on | at | for
    | with | from | by | and | or | is | are | was | were | have | has | had | not | any | still
    | got | yet | all | my | me | us | them | there | here | about | over | up | off | out | now
    | today | done | ready
`,
  LISTS,
)

/** Questions without a verb that open all the same. */
export const BARE_OPEN = phrases(
  `
  ^{bare_open}$
`,
  LISTS,
)

/** “Do you think” between a question word and its question: “what do you think it takes”. */
export const THINK_ASIDE = phrases(
  `
  ^<{asking}> (do|did|would) you {think} =({whoever} *)
`,
  LISTS,
)

/** “Which sees every room”: a question word that begins no question. */
export const RELATIVE = phrases(
  `
  ^(which|who|whom|whose|when|where) !({verb_goes_on})( )*
`,
  LISTS,
)

/** A tag behind a statement: “isn't it”, “right”, “shall I”. */
export const TAG = phrases(
  `
  ^{tag}$
`,
  LISTS,
)

/** The order of a question behind some words: “the second visit did you”. */
export const INVERTED_AFTER = phrases(
  `
  ^{phrase} {aux} ({pronoun}|the|your|my|our|his|her|their)
`,
  LISTS,
)

/** Clauses within another one that a name, a figure or a day answers. */
export const NARROW_WITHIN = phrases(
  `
  ^{narrow_word}
`,
  LISTS,
)

/** What is put in behind a question word, which is read out: “why, in your estimation, did you”. */
export const ASIDE = phrases(
  `
  ^<[{preposition}] {wh} [{word}]{0,2}>, {aside}, *
`,
  LISTS,
)

/** Where one clause may end and another begin. */
export const CLAUSE_BREAK = phrases(
  `
  *(,|) (and|but) [also][,] {while}({clause}|), *
  *(,|) (and|but|or|plus) [also|then][,] *
  *, [and|but|or] *
`,
  'while = while | since | when | if | now | by the way | on a[n] {small} | independently | completely | separately',
)
