/** Verdicts on a person: character, talent, motives. Patterns for one folded sentence. */

/** What somebody is like, wherever it is said of a person. What somebody is just now (late, tired, ready) is not here. */
const TRAIT =
  'lazy|laziest|selfish|arrogant|stubborn|stupid|dumb|clever|cleverest|smart|smartest|brilliant|brightest|gifted|talented|intelligent|careless|sloppy|clumsy|unreliable|reliable|dependable|trustworthy|untrustworthy|dishonest|immature|naive|timid|shy|introverted|extroverted|pessimistic|cynical|rude|greedy|jealous|vain|ambitious|unambitious|unmotivated|charismatic|likeable|disorgani[sz]ed|scatterbrained|chaotic|forgetful|thoughtless|inconsiderate|insensitive|oversensitive|overconfident|insecure|unprofessional|incompetent|incapable|hopeless|useless|worthless|mediocre|impatient|hot-headed|moody|needy|bossy|pushy|manipulative|close-minded|closed-minded|open-minded|narrow-minded|inflexible|uncreative|quick-witted|warm-hearted|loyal|disloyal|hardworking|hard-working|diligent|indifferent|entitled|spoiled|childish|egotistical|self-centred|self-centered|conceited|snobbish|hostile|abrasive|argumentative|irresponsible|undisciplined|uncooperative|apathetic|complacent|gullible|cowardly|courageous|fearless|two-faced|spineless|thin-skinned|big-headed|hard-headed|pig-headed|nosy|gossipy|emotionally intelligent|hypocritical|lovable|trouble-maker|toxic|petty|ungrateful|erratic|temperamental|soft-hearted|cold-hearted|good-natured|strong-willed|weak-willed|absent-minded|accident-prone|inspirational|diplomatic|proactive|determined|messy|mean|uptight|humorous|poorly motivated|bubbly|grumpy|obnoxious|stuck-up|standoffish|aloof|overbearing|domineering|fussy|conscientious|witty|empathetic|compassionate|disrespectful|inconsistent|unpredictable|unfriendly|personable|articulate|indecisive|resourceful|tenacious|self-motivated|self-assured|stingy|cocky|snappy|clueless|ignorant|pathetic|annoying|irritating|stubborn-minded|level-headed|easygoing|easy-going|laid-back|high-maintenance|sarcastic|condescending|patronising|patronizing|judgmental|judgemental|intimidating|unapproachable|approachable|visionary|ingenious|tactless|tactful|soft-spoken|outgoing|quick-tempered|short-tempered|even-tempered'
/** The same where nothing follows that would make it a word about a deed: "slow to answer", "great with that caller". */
const TRAIT_ALONE =
  'bright|mature|aggressive|passive|negative|optimistic|cold|fake|proud|weak|soft|tough|driven|hungry|charming|organi[sz]ed|considerate|sensitive|professional|competent|amazing|awesome|fantastic|wonderful|exceptional|outstanding|extraordinary|superb|perfect|patient|emotional|difficult|controlling|defensive|rigid|adaptable|creative|boring|dull|slow|sharp|sharpest|best|worst|kind|passionate|enthusiastic|responsible|disciplined|unwilling|cooperative|resistant|brave|humble|modest|honest|sincere|great|terrible|horrible|awful|smart|skilled|capable|lovely|inspiring|natural|caring|polite|respectful|friendly|energetic|upbeat|sweet|funny|wise|assertive|decisive|persistent|resilient|motivated|dedicated|confident|supportive|helpful|demanding|picky|distant|innovative|versatile|cautious|bold|dramatic|meticulous'
/** What somebody is, said with a noun that is a verdict by itself. */
const VERDICT =
  'natural|born leader|closer|superstar|star|rock ?star|genius|loser|winner|failure|slacker|team player|people person|control freak|know-it-all|pessimist|optimist|perfectionist|diva|martyr|gossip|drama queen|bully|coward|liar|cheat|fool|idiot|procrastinator|workaholic|pleasure to work with|weak link|lone wolf|pushover|quitter|go-getter|hero|legend|joy|gem|treasure|delight|disaster|nightmare|disgrace|role model|self-starter|problem-solver|morning person|numbers person|detail person|hard worker|quick learner|fast learner|slow learner|micromanager|underachiever|overachiever|prima donna|snob|bigot|jerk|angel|true professional|difference maker|sandbagger|true pro|force to be reckoned with|calming force|know-all|chatterbox|people pleaser|troublemaker|bad apple|rising star|safe pair of hands|big talker|smooth talker|daydreamer|dreamer|busybody|control-freak|drama king|peacemaker|wallflower|bulldog|shark|lone ranger|clown|brain|brains|rockstar|born seller|introvert|extrovert|farmer, not a closer|quick study|born salesman|asset'
/** Roles become verdicts by the word in front of them. */
const ROLE =
  'leader|person|character|employee|worker|individual|colleague|communicator|listener|negotiator|manager|engineer|salesperson|seller|rep|nurse|teacher|performer|thinker|mentor|coach|human being|boss|speaker|presenter|organi[sz]er|planner|professional|man|woman|guy|follower|learner|mind'
const VALUE =
  'good|bad|great|poor|horrible|terrible|awful|excellent|brilliant|weak|strong|fantastic|amazing|natural|born|true|lousy|wonderful|outstanding|exceptional|mediocre|nice|lovely|difficult|nasty|decent|hopeless|perfect|clear-headed|creative|toxic|kind|wise'
const DEGREE =
  '(?:(?:not|just|simply|really|such|so|too|very|pretty|rather|quite|a bit(?: of)?|a little|kind of|always|never|never going to be|never be|never really be|clearly|obviously|basically|essentially|naturally|truly|one of|often|far|way|the|most|least|more|less|bloody|incredibly|extremely|absolutely|highly|deep down|maybe|perhaps|and|an|a) )*'
const BE =
  "(?:(?: are| is| am|'s| was| were)(?: being)?| seem(?:s|ed)?| come(?:s)? across as| can be| (?:have|has) always been| (?:will|can|could) (?:always|never) (?:really )?be| must be| tend(?:s)? to be)"
const WHO = '(?:you|he|she|they|who|[a-z]{2,})'
const ONE = '(?:you|he|she|they)'
const LONE =
  '(?! (?:to|for|at|with|about|when|that|on|in|of|enough|point|question|questions|job|work|call|idea|start|news|thing|week|day|by|over|as)\\b)'
/** Things, not people: "the deal is difficult", "that call was great". */
const THING =
  '(?<!\\b(?:it|this|that|there|which|what|here|call|deal|demo|meeting|question|work|idea|plan|job|one|bit|talk|email|pitch|proposal|opening|trick|coffee|week|price|customer|client|buyer|timetable|report|day|market) )'
const WANTING =
  'backbone|talent|ambition|drive|motivation|initiative|confidence|self-confidence|empathy|integrity|discipline|charisma|hunger|guts|stomach|spine|patience|commitment|passion|character|instinct|imagination|creativity|courage|grit|killer instinct|sense of humou?r|emotional intelligence|intelligence|leadership (?:skills|qualities|potential)|people skills|what it takes|common sense|it in (?:you|him|her|them)|real talent|self-esteem|self esteem|work ethic|team spirit|maturity'
const VICE =
  'arrogance|laziness|stubbornness|negativity|selfishness|stupidity|incompetence|carelessness|immaturity|greed|ego|lack of (?:ambition|drive|motivation|effort|interest|commitment|confidence|care|discipline|respect|initiative)'
const WHOSE = "(?:his|her|your|their|[a-z]+'s)"

const PATTERNS: readonly RegExp[] = [
  new RegExp(`\\b${WHO}${BE} ${DEGREE}(?:${TRAIT})\\b`),
  new RegExp(`\\b(?:${ONE}|^[a-z]+)${BE} ${DEGREE}(?:${TRAIT_ALONE})\\b${LONE}`),
  new RegExp(`\\b${ONE}${BE} (?:far |way |simply |just )?too (?:${TRAIT_ALONE}|nice|good)\\b`),
  new RegExp(
    `\\b${WHO}${BE} ${DEGREE}(?:[\\w-]+ )?(?:${VERDICT})\\b(?! (?:of|for|on|in|at) (?:the|this|that|our|your|a) (?:call|meeting|deal|account|project|week|shift|ward|branch|store|day))`,
  ),
  new RegExp(
    `\\b${WHO}${BE} ${DEGREE}(?:(?:${VALUE}|${TRAIT}) )(?:but [\\w-]+ )?(?:[\\w-]+ )?(?:${ROLE})\\b`,
  ),
  new RegExp(
    `^(?:why )?(?:are|is|was|were|must|do|does) ${ONE} (?:always |not |simply |just |so |too |such |be |never |bloody |really |a bit |a |an )*(?:${TRAIT}|${TRAIT_ALONE}|${VERDICT})\\b`,
  ),
  new RegExp(
    `^(?:what an?|such an?|typical \\w+,? (?:always )?(?:the|a)) (?:[\\w-]+ )?(?:${VERDICT}|(?:${VALUE}|${TRAIT}) (?:${ROLE}))\\b`,
  ),
  new RegExp(`^(?:as )?(?:an? )(?:${VALUE}|${TRAIT})(?: and [\\w-]+| but [\\w-]+)? (?:${ROLE})\\b`),
  new RegExp(
    `^(?:as )?an? (?:(?:real|true|complete|total|born|absolute|proper|great|genuine) )?(?:${VERDICT})$`,
  ),
  new RegExp(`^an? (?:real|true|complete|total|consummate) (?:professional|leader|pro)\\b`),
  /\b(?:you|he|she|they)(?: are| is|'s) (?:really |very |so |not |just |always )*(?:good|bad|great|terrible|hopeless|brilliant|useless) at\b/,
  /\b(?:you|he|she|they|[a-z]+) (?:are|is) (?:such )?an? [\w-]+ person\b/,
  /\b(?:has|have|got)(?: got)? (?:lots of|so much|great|real|no|a lot of|huge|enormous|the) (?:potential|killer instinct)\b|\bproblems? with authority\b|\bborn to \w+/,
  /\b(?:has|have|with) (?:such )?(?:an? )(?:[\w-]+ )?(?:humorous|pleasant|nice|great|difficult|warm|strong|good|bad|negative|positive|cold|magnetic|abrasive) (?:personality|character|attitude|temperament|nature|demeanou?r|disposition)\b/,
  new RegExp(
    `^(?:(?:verdict|overall|is|was|very|too|extremely|highly|so|often|always|a bit),? )*(?:${TRAIT})\\b(?! (?:and|or) (?:i|you|we)\\b)`,
  ),
  new RegExp(`^(?:is|was) ${DEGREE}(?:${TRAIT}|${TRAIT_ALONE})\\b`),
  new RegExp(`^(?:unwilling|reluctant|passionate|enthusiastic|resistant|eager) (?:to|about)\\b`),
  new RegExp(
    `\\b(?:lack|lacks|lacked|lacking) (?:(?:any|the|a|an|much|enough|real|of) )*(?:${WANTING}|hunger)\\b`,
  ),
  new RegExp(
    `(?:\\b(?:has|have|had|does not have|do not have|shows?|possess(?:es)?|demonstrates?|displays?)|'s got)\\b(?: not)?(?: got)? (?:(?:no|little|zero|the|a|an|any|not|great|strong|high|low|real|good|much|so much|level|levels|of|such|endless|tremendous|incredible|remarkable|natural|true|excellent) )*(?:${WANTING}|talents?|flair|gift|leadership qualities|bad attitude|good attitude|poor attitude|positive attitude|negative attitude|attitude problem|big ego|short fuse|bad temper|temper|heart of gold|chip on)\\b`,
  ),
  /\bthe [a-z]+est (?:person|one|seller|rep|colleague)\b|\bnot the type for\b|\bcould sell \w+\b/,
  /\bnot (?:just |really |quite )?(?:hungry|tough|smart|strong|confident|assertive|driven|motivated|organi[sz]ed|committed) enough\b|\b(?:leadership|management|sales) material\b/,
  /\bgot the stomach for\b|\byou have got it$|\bwhat it takes\b/,
  /\b(?:only|just|never|do not|does not|did not) (?:really |even |ever )?(?:care|cares|cared)\b(?: (?:about|for)\b)?|\b(?:only|just) in it for\b|\bfor the glory\b/,
  /\b(?:do|does|did) not (?:respect|value) (?:his|her|your|their|the|other|any)\b/,
  /\b(?:is|are|was|were)(?: not| simply not| clearly not| just not| never)?(?: simply| just)? (?:cut out|made|born|meant) (?:for|to be|as)\b|\bnot in (?:him|her|you|them)$|\bborn (?:for|leader|seller)\b/,
  new RegExp(`\\b${WHOSE} (?:\\w+ )?(?:${VICE})\\b`),
  new RegExp(
    `\\b${WHOSE} (?:\\w+ )?(?:enthusiasm|attitude|personality|motives?|character|passion|ambition|sense of urgency|dedication)(?: (?:is|are|was|were|does|has|makes|needs)\\b|,)`,
  ),
  /\b(?:motivated|driven) by (?:status|envy|money|ego|fear|greed|power|revenge)\b|\bcraves? (?:attention|praise|power|status)\b|\bdeep down,? (?:you|he|she|they)\b.*\bwants?\b/,
  /\b(?:strong|weak|bad|difficult) (?:character|nerves|personality)\b|\bcharisma but\b|\bby nature\b|\bin your sleep\b|\bscared of (?:her|him|them|me)\b|^some people have got it\b/,
  new RegExp(`\\b(?:find|found) you ${DEGREE}(?:${TRAIT}|${TRAIT_ALONE})\\b`),
  new RegExp(
    `^${ONE}(?: are| is|'s) a little (?:${TRAIT_ALONE})\\b|^are ${ONE} not being a (?:bit|little) (?:${TRAIT_ALONE})\\b`,
  ),
]
/** A strength that is shown by a named deed. */
const SHOWN = /\bshow(?:ed|n|s) when (?:you|he|she|they)\b|:\s*(?:you|he|she|they) \w+/

/** Whether a folded sentence judges a person; `line` is all of it, as it was written. */
export function judges(text: string, line: string): boolean {
  const isShown = SHOWN.test(line.toLowerCase())
  const plain = text
    .replace(/^((?:you|he|she|they) (?:are|is|were|was)), [^,]{2,40}, /, '$1 ')
    .replace(
      /^(?:(?:so|look|well|honestly|listen|frankly|yeah|no|bless (?:her|him)|in short),? )+/,
      '',
    )
  return PATTERNS.some((pattern) => {
    const found = pattern.exec(plain)
    if (found === null) return false
    if (
      isShown &&
      !new RegExp(`\\b(?:lazy|selfish|arrogant|stupid|careless|useless|rude)\\b`).test(found[0])
    )
      return false
    return new RegExp(`${THING}${escape(found[0].split(' ').slice(1).join(' '))}`).test(` ${plain}`)
  })
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
