/**
 * Words and phrases for verdicts on a person: character, talent, motives.
 * How well they do is measured on the labelled lines in `test/questions/lint` (`npm run figures`); how a phrase is written
 * stands in `src/text/phrases.ts`.
 */
import { phrases } from '../../../text/phrases.ts'

/** The lists that the phrases name. */
const LISTS = `
  trait = lazy | laziest | selfish | arrogant | stubborn | stupid | dumb | clever | cleverest
    | smart | smartest | brilliant | brightest | gifted | talented | intelligent | careless | sloppy
    | clumsy | unreliable | reliable | dependable | trustworthy | untrustworthy | dishonest
    | immature | naive | timid | shy | introverted | extroverted | pessimistic | cynical | rude
    | greedy | jealous | vain | ambitious | unambitious | unmotivated | charismatic | likeable
    | disorgani(s|z)ed | scatterbrained | chaotic | forgetful | thoughtless | inconsiderate
    | insensitive | oversensitive | overconfident | insecure | unprofessional | incompetent
    | incapable | hopeless | useless | worthless | mediocre | impatient | hot-headed | moody | needy
    | bossy | pushy | manipulative | close-minded | closed-minded | open-minded | narrow-minded
    | inflexible | uncreative | quick-witted | warm-hearted | loyal | disloyal | hardworking
    | hard-working | diligent | indifferent | entitled | spoiled | childish | egotistical
    | self-centred | self-centered | conceited | snobbish | hostile | abrasive | argumentative
    | irresponsible | undisciplined | uncooperative | apathetic | complacent | gullible | cowardly
    | courageous | fearless | two-faced | spineless | thin-skinned | big-headed | hard-headed
    | pig-headed | nosy | gossipy | emotionally intelligent | hypocritical | lovable | trouble-maker
    | toxic | petty | ungrateful | erratic | temperamental | soft-hearted | cold-hearted
    | good-natured | strong-willed | weak-willed | absent-minded | accident-prone | inspirational
    | diplomatic | proactive | determined | messy | mean | uptight | humorous | poorly motivated
    | bubbly | grumpy | obnoxious | stuck-up | standoffish | aloof | overbearing | domineering
    | fussy | conscientious | witty | empathetic | compassionate | disrespectful | inconsistent
    | unpredictable | unfriendly | personable | articulate | indecisive | resourceful | tenacious
    | self-motivated | self-assured | stingy | cocky | snappy | clueless | ignorant | pathetic
    | annoying | irritating | stubborn-minded | level-headed | easygoing | easy-going | laid-back
    | high-maintenance | sarcastic | condescending | patronising | patronizing | judgmental
    | judgemental | intimidating | unapproachable | approachable | visionary | ingenious | tactless
    | tactful | soft-spoken | outgoing | quick-tempered | short-tempered | even-tempered
  trait_alone = bright | mature | aggressive | passive | negative | optimistic | cold | fake | proud
    | weak | soft | tough | driven | hungry | charming | organi(s|z)ed | considerate | sensitive
    | professional | competent | amazing | awesome | fantastic | wonderful | exceptional
    | outstanding | extraordinary | superb | perfect | patient | emotional | difficult | controlling
    | defensive | rigid | adaptable | creative | boring | dull | slow | sharp | sharpest | best
    | worst | kind | passionate | enthusiastic | responsible | disciplined | unwilling | cooperative
    | resistant | brave | humble | modest | honest | sincere | great | terrible | horrible | awful
    | smart | skilled | capable | lovely | inspiring | natural | caring | polite | respectful
    | friendly | energetic | upbeat | sweet | funny | wise | assertive | decisive | persistent
    | resilient | motivated | dedicated | confident | supportive | helpful | demanding | picky
    | distant | innovative | versatile | cautious | bold | dramatic | meticulous
  verdict = natural | born leader | closer | superstar | star | rock[ ]star | genius | loser
    | winner | failure | slacker | team player | people person | control freak | know-it-all
    | pessimist | optimist | perfectionist | diva | martyr | gossip | drama queen | bully | coward
    | liar | cheat | fool | idiot | procrastinator | workaholic | pleasure to work with | weak link
    | lone wolf | pushover | quitter | go-getter | hero | legend | joy | gem | treasure | delight
    | disaster | nightmare | disgrace | role model | self-starter | problem-solver | morning person
    | numbers person | detail person | hard worker | quick learner | fast learner | slow learner
    | micromanager | underachiever | overachiever | prima donna | snob | bigot | jerk | angel
    | true professional | difference maker | sandbagger | true pro | force to be reckoned with
    | calming force | know-all | chatterbox | people pleaser | troublemaker | bad apple
    | rising star | safe pair of hands | big talker | smooth talker | daydreamer | dreamer
    | busybody | control-freak | drama king | peacemaker | wallflower | bulldog | shark
    | lone ranger | clown | brain | brains | rockstar | born seller | introvert | extrovert
    | farmer, not a closer | quick study | born salesman | asset
  role = leader | person | character | employee | worker | individual | colleague | communicator
    | listener | negotiator | manager | engineer | salesperson | seller | rep | nurse | teacher
    | performer | thinker | mentor | coach | human being | boss | speaker | presenter
    | organi(s|z)er | planner | professional | man | woman | guy | follower | learner | mind
  value = good | bad | great | poor | horrible | terrible | awful | excellent | brilliant | weak
    | strong | fantastic | amazing | natural | born | true | lousy | wonderful | outstanding
    | exceptional | mediocre | nice | lovely | difficult | nasty | decent | hopeless | perfect
    | clear-headed | creative | toxic | kind | wise
  who = you | he | she | they | who | {name}
  one = you | he | she | they
  wanting = backbone | talent | ambition | drive | motivation | initiative | confidence
    | self-confidence | empathy | integrity | discipline | charisma | hunger | guts | stomach
    | spine | patience | commitment | passion | character | instinct | imagination | creativity
    | courage | grit | killer instinct | sense of humo[u]r | emotional intelligence | intelligence
    | leadership (skills|qualities|potential) | people skills | what it takes | common sense
    | it in (you|him|her|them) | real talent | self-esteem | self esteem | work ethic | team spirit
    | maturity
  vice = arrogance | laziness | stubbornness | negativity | selfishness | stupidity | incompetence
    | carelessness | immaturity | greed | ego | lack of {wanted_quality}
  wanted_quality = ambition | drive | motivation | effort | interest | commitment | confidence
    | care | discipline | respect | initiative
  degree = not | just | simply | really | such | so | too | very | pretty | rather | quite
    | a bit [of] | a little | kind of | always | never | never going to be | never be
    | never really be | clearly | obviously | basically | essentially | naturally | truly | one of
    | often | far | way | the | most | least | more | less | bloody | incredibly | extremely
    | absolutely | highly | deep down | maybe | perhaps | and | an | a
  deed_follows = to | for | at | with | about | when | that | on | in | of | enough | point
    | question | questions | job | work | call | idea | start | news | thing | week | day | by
    | over | as
  place = call | meeting | deal | account | project | week | shift | ward | branch | store | day
  softly = always | not | simply | just | so | too | such | be | never | bloody | really | a bit | a
    | an
  such_a = what a[n] | such a[n] | typical _[,] [always] (the|a)
  at_it = good | bad | great | terrible | hopeless | brilliant | useless
  much_of = lots of | so much | great | real | no | a lot of | huge | enormous | the
  manner = humorous | pleasant | nice | great | difficult | warm | strong | good | bad | negative
    | positive | cold | magnetic | abrasive
  personality = personality | character | attitude | temperament | nature | demeano[u]r
    | disposition
  verdict_word = verdict | overall | is | was | very | too | extremely | highly | so | often
    | always | a bit
  shows = has | have | had | does not have | do not have | show[s] | possess[es] | demonstrate[s]
    | display[s]
  any_of = no | little | zero | the | a | an | any | not | great | strong | high | low | real | good
    | much | so much | level | levels | of | such | endless | tremendous | incredible | remarkable
    | natural | true | excellent
  quality = {wanting} | talent[s] | flair | gift | leadership qualities | bad attitude
    | good attitude | poor attitude | positive attitude | negative attitude | attitude problem
    | big ego | short fuse | bad temper | temper | heart of gold | chip on
  enough = hungry | tough | smart | strong | confident | assertive | driven | motivated
    | organi(s|z)ed | committed
  born_not = not | simply not | clearly not | just not | never
  attitude = enthusiasm | attitude | personality | motive[s] | character | passion | ambition
    | sense of urgency | dedication
  be = (are|is|am|was|were) [being] | seem[s|ed] | come[s] across as | can be
    | (have|has) always been | (will|can|could) (always|never) [really] be | must be | tend[s] to be
`

/** What judges a person. */
export const VERDICTS = phrases(
  `
  {who}( {be}|'s [being]) [{degree}]* {trait}
  ({one}|^{letters})( {be}|'s [being]) [{degree}]* {trait_alone} !({deed_follows})
  {one}( {be}|'s [being]) [far|way|simply|just] too ({trait_alone}|nice|good)
  {who}( {be}|'s [being]) [{degree}]* [{word}] {verdict} !((of|for|on|in|at) (the|this|that|our|your|a) {place}*)
  {who}( {be}|'s [being]) [{degree}]* ({value}|{trait}) [but {word}] [{word}] {role}
  ^[why] (are|is|was|were|must|do|does) {one} [{softly}]* ({trait}|{trait_alone}|{verdict})
  ^{such_a} [{word}] ({verdict}|({value}|{trait}) {role})
  ^[as] a[n] ({value}|{trait}) [and {word}|but {word}] {role}
  ^[as] a[n] [(real|true|complete|total|born|absolute|proper|great|genuine)] {verdict}$
  ^a[n] (real|true|complete|total|consummate) (professional|leader|pro)
  (you|he|she|they)( are| is|'s) [really|very|so|not|just|always]* {at_it} at
  (you|he|she|they|{letters}) (are|is) [such] a[n] {word} person
  (has|have|got) [got] {much_of} (potential|killer instinct) | problem[s] with authority
    | born to _*
  (has|have|with) [such] a[n] [{word}] {manner} {personality}
  ^[{verdict_word}[,]]* {trait} !((and|or) (i|you|we))
  ^(is|was) [{degree}]* ({trait}|{trait_alone})
  ^(unwilling|reluctant|passionate|enthusiastic|resistant|eager) (to|about)
  (lack|lacks|lacked|lacking) [(any|the|a|an|much|enough|real|of)]* ({wanting}|hunger)
  *({shows}|'s got) [not] [got] [{any_of}]* {quality}
  the {letters}est (person|one|seller|rep|colleague) | not the type for | could sell _
  not [just|really|quite] {enough} enough | (leadership|management|sales) material
  got the stomach for | you have got it$ | what it takes
  (only|just|never|do not|does not|did not) [really|even|ever] (care|cares|cared) [(about|for)]
    | (only|just) in it for | for the glory
  (do|does|did) not (respect|value) (his|her|your|their|the|other|any)
  (is|are|was|were) [{born_not}] [simply|just] (cut out|made|born|meant) (for|to be|as)
    | not in (him|her|you|them)$ | born (for|leader|seller)
  (his|her|your|their|{letters}'s) [_] {vice}
  (his|her|your|their|{letters}'s) [_] {attitude} (is|are|was|were|does|has|makes|needs)
    | (his|her|your|their|{letters}'s) [_] {attitude},*
  (motivated|driven) by (status|envy|money|ego|fear|greed|power|revenge)
    | crave[s] (attention|praise|power|status) | deep down[,] (you|he|she|they) ... want[s]
  (strong|weak|bad|difficult) (character|nerves|personality) | charisma but | by nature
    | in your sleep | scared of (her|him|them|me) | ^some people have got it
  (find|found) you [{degree}]* ({trait}|{trait_alone})
  ^{one}( are| is|'s) a little {trait_alone} | ^are {one} not being a (bit|little) {trait_alone}
`,
  LISTS,
)

/** Small words before a verdict: “well, honestly, …”. */
export const VERDICT_LEAD = phrases(`
  ^[(so|look|well|honestly|listen|frankly|yeah|no|bless (her|him)|in short)[,]]+ *
`)

/** Things, not people: “the deal is difficult”, “that call was great”. */
export const THINGS = `
  it this that there which what here call deal demo meeting question work idea plan job one bit talk
  email pitch proposal opening trick coffee week price customer client buyer timetable report day market
`
