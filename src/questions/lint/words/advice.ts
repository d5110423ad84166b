/**
 * Words and phrases for advice and orders: what tells instead of asking.
 * How well they do is measured on the labelled lines in `test/questions/lint` (`npm run figures`); how a phrase is written
 * stands in `src/text/phrases.ts`.
 */
import { phrases } from '../../../text/phrases.ts'

/** The lists that the phrases name. */
const LISTS = `
  within = what | how | if | whether | when | where | why | which | that | whatever | where | who
    | as | because | than | do | does | did | thing | things | all | everything | anything
  must_do = (have|has) [really|just|simply] got to | need[s] to | have to | has to | had better
    | would better | would do better to | is to | are to
  should = should [not|never|always|also|really|have|of] | ought to | must [not|never|always]
  advised = (you|one|we all|everybody|everyone) [really|just|simply|also|definitely|always|never] {must_do}
    | {letters} [really|just|simply|also|definitely|always|never] {should} | ^the manager is to
  somebody_else = i | we | it | this | that | there | customer | customers | client | buyer
    | manager i
  obliged = should | ought | must | have to | has to | need to | needs to | need | is to | are to
  suggest = suggest | recommend | advise | urge | propose | want you | need you | expect you
    | insist | would like you to | would rather you | would appreciate it if you
  softened = want to | need to | have got to | might want to | may want to | could try
    | could always | might try | might consider | had better | better
  advisable = advisable | better | best | wise | good | an idea | a good idea | sensible | to
  essential = essential | important | vital | best | better | advisable | crucial | necessary
    | imperative | critical | up to you
  no_order_behind = have* | you* | we* | i * | be (here|there|fine|ok|good)
  careful = more | less | careful | clear | sure | honest | patient | prepared | ready | yourself
    | on time | aware
  order = make sure* | be sure* | be {careful}* | remember to* | remember,* | try[ to|ing| not]
    | stop | start | quit | avoid | refrain | do not | never | let (him|her|them|me know|the|your)
    | let us not | get | go | put | keep | give | send | call | ring | ask | write | use | take
    | make | focus | learn | listen | speak | say | tell | show | check | book | log | update
    | submit | prepare | practi(s|c)e | rehearse | rewrite | read | review | follow | find | set
    | bring | move | add | cut | drop | push | pull | leave | wait | slow | speed | work | spend
    | double-check | offer | open | close | finish | complete | confirm | consider | buy | build
    | create | do it | do this | do that | follow up | reach out | schedule | talk to | talk less
    | think before | turn | test | show up | come (to|in|back|with|prepared) | be
    | have (a|the|your) | pick up | sit | stand | stay | treat | understand | watch | block | target
    | qualify | identify | develop | improve | increase | reduce | ensure | encourage | allow
    | include | involve | repeat | return | report | provide | plan | lead | seek | own | hold
    | help (the|your|them|him|her) | continue | strive | delegate | apologi(s|z)e | kick
    | count (to|on) | favo[u]r | aim | stick | adopt | accept | acknowledge | address | adjust
    | analy(s|z)e | approach | arrange | attend | begin | believe | break | choose | collect
    | communicate | connect | contact | cover | deal with | decide | define | demonstrate | document
    | eliminate | email | end | establish | explore | face | fix | gather | handle | hire | ignore
    | inform | introduce | invest | join | know | limit | look | maintain | manage | measure | meet
    | mention | note | notice | organi(s|z)e | participate | pay | perform | pick | prioriti(s|z)e
    | prove | raise | reconsider | record | relax | rely | remove | replace | request | respect
    | respond | save | search | select | sell | settle | share | shorten | sign | solve | state
    | step | strengthen | study | summari(s|z)e | support | switch | teach | thank | track | train
    | trust | visit | wear | win | be | celebrate | reinforce | recogni(s|z)e | embrace
    | emphasi(s|z)e | apply | assign | brainstorm | clarify | concentrate | conduct | cultivate
    | engage | evaluate | foster | generate | implement | inspire | invite | motivate | negotiate
    | observe | overcome | praise | promote | protect | pursue | reconnect | reward | tackle
    | utili(s|z)e | volunteer | welcome | figure | sleep | breathe | smile | forget | throw | trim
    | mirror | pause | probe | quote | reply | resist | respond | revisit | skip | swap | tidy | tie
    | type | verify | warm | wrap
  no_order_word = i | you | he | she | it | we | they | with | for | at | on | in | by | about
    | from | to | of | and | or | not | like | than | as | is | was | are | were | has | had | have
    | did | does | do | can | could | will | would | saw | told | gave | got | took | made | kept
    | held | left | lost | met | ran | sat | spoke | came | went | said | felt | heard | let | put
    | set | cut | read | shut | hit | did | found | brought | bought | thought | taught | caught
    | sent | spent | built | meant | led | won | knew | drew | grew | threw | wrote | drove | rode
    | broke | chose | after | before | when | while | if | because | since | until | so | but | yet
    | very | too | only | even | half | all | both | good | great | nice | well | what | how | why
    | who | which | where | that | this | these | those | over | under | into | through | against
    | without | within | between | upon | per | via | plus | despite | during | behind | beside
    | near | off | out | up | down | across | along | around
  something_told = reason[s] | example[s] | view | idea | story | account | sense | picture
    | feeling | moment | thoughts
  telling_verb = describe | explain | comment | state | discuss | indicate | outline | rate
    | complete | compare | reflect | recall | talk | walk | say | tell | describe | share
    | elaborate | expand | give [me|us] (the|your|a[n]|some|one) {something_told}
  not_told_to = to !(me*|us*) * | less* | more slowly* | the customer* | him* | her* | them*
    | the client*
  noun_or_order = plan | report | review | call | offer | test | target | lead | close | order | use
    | start | update | log | book | check | move | cut | drop | push | return | set | watch
    | practice | show | open | complete | own | own(s|ed) | help | like | clear
  asked_thing = example | idea | sense | feeling | picture | moment
  asking = say | tell me | tell us | show me | walk me | talk me | take me | give me | help me
    | find words | set aside, _
  condition = if | when | whenever | before | after | once | next time | in future | in the future
    | during | at | on | for | to | as | every | each | from | by | with
  scene = suppose | imagine | picture | take | pick | choose | consider | look | go back | think
    | say | put yourself | compare
  lead = so | okay | ok | look | listen | well | right | great | good | thanks | maybe | perhaps
    | honestly | seriously | anyway | and | but | course | come on | first | then | also | deep down
    | in short
`

/** “You should…”, “he needs to…”, where nothing in front makes it a part of something else. */
export const ADVISED = phrases(
  `
  !<({within} [_]) {advised}
`,
  LISTS,
)

/** What begins like advice and is a guess, a wish or a rule: “he must have known”, “I should say”. */
export const NOT_ADVISED = phrases(
  `
  must have
  (should|must) (be proud|know|see|have seen|feel|mean|say|add|mention|be|have been)
  {somebody_else} {obliged}
`,
  LISTS,
)

/** Advice without “should”: “I suggest”, “next time, …”, “it would be better to”. */
export const OTHER_ADVICE = phrases(
  `
  (i|we) [would] {suggest}
  if i were you
  ^[my] (advice|tip|suggestion|recommendation)
  ^the (trick|key|secret|thing|best thing|best way|answer) (is|here is|would be) (to|not)
  one thing (you (could|might|can)|to) _
  best thing [for you] to do
  ^do (better|more|less|your|what i|as i|it (again|now|today))
  ^toughen up
  ^a better (approach|way|idea)
  ^[what] you [will] {softened}
  ^you (might|may|could) (want to|consider|think about)
  ^what you (want|need|have|have got|should|could|ought) to do
  ^it (would|might|may|could) [not] (be|hurt|help|pay) [_] {advisable}
  ^it is {essential} ... (that you|to|you)
  ^(better|best) (you|to|if you|not)
  ^no more
  ^(less|more|fewer) {words}, (less|more|fewer) _
  from now on$
  ^next time ...,*
  ^in [the] future ...,*
  ^one should
  ^[also|still|he|she|they] (should|needs to|must|ought to) !({no_order_behind}) {letters}
  put it in your
`,
  LISTS,
)

/** Words that begin an order. What only looks like one stands in {@link NO_ORDER}. */
export const ORDER = phrases(
  `
  ^[(please|just|simply|kindly|always|never|then|also|seriously)[,]]* {order}
  ^(please|kindly) {letters}
  ^!({no_order_word}){letters}!-(ed|ing|ly|s) (it|him|her|them|yourself|your)
`,
  LISTS,
)

/** A noun in front (“work is”), or an invitation (“tell me about”). */
export const NO_ORDER = phrases(
  `
  ^[(please|just|then)[,]]* {telling_verb} !({not_told_to})
  ^work (is|was|are|were|has|had|of|with|from|in|at|went|came|about|and)
  ^{noun_or_order} (is|was|are|were|has|had|of|on|with|from|in|at|went|came|about|and)
  ^(give|tell|show|send) (me|us) [a[n]|one|some|two|three] {asked_thing}*
  ^{asking}
  ^ask me
  ^(update|catch|brief|fill) me
  ^have a (look|seat|think|go)
  ^let me
  ^let us
  ^do you
  ^do (we|they|i)
  ^have (you|we|they|i)
  ^be it
  ^make it your
  ^get well*
  ^keep (up|it up|going)
  ^take care
  ^go on$
  ^go ahead*
  ^(imagine|suppose|picture)
  ^think (about|of|back)
  ^pick any
  ^set _ by
  ^put (yourself|another way|differently)*
  ^read (me|that|it) (out|to)*
  ^take (me|your time|any)*
  ^use (three|one|two|your own) words*
  ^write down what you (see|think|feel|notice)*
  ^complete (the|this) sentence*
`,
  LISTS,
)

/** Orders that hang on a condition or a time: “Before each visit, write down…”. Reads out the order. */
export const CONDITION = phrases(
  `
  ^{condition} {clause}, [then] <{rest}>$
`,
  LISTS,
)

/** What sets the scene for a question behind it: “Take the lead that is with you longest. What…” */
export const TOLD_SCENE = phrases(
  `
  ^{scene}
`,
  LISTS,
)

/** Small words before advice: “So, okay, …”. */
export const ADVICE_LEAD = phrases(
  `
  ^[{lead}[,]]+ *
`,
  LISTS,
)
