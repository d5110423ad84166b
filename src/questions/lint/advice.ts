/** Advice and orders: what tells instead of asking. Patterns for one folded sentence. */

/** "You should…", "he needs to…", where nothing in front makes it a part of something else. */
const MODAL =
  /(?<!\b(?:what|how|if|whether|when|where|why|which|that|whatever|where|who|as|because|than|do|does|did|thing|things|all|everything|anything)(?: \w+)? )\b(?:(?:you|one|we all|everybody|everyone)(?: really| just| simply| also| definitely| always| never)? (?:(?:have|has)(?: really| just| simply)? got to|need(?:s)? to|have to|has to|had better|would better|would do better to|is to|are to)|[a-z]+(?: really| just| simply| also| definitely| always| never)? (?:should(?: not| never| always| also| really| have| of)?|ought to|must(?: not| never| always)?)|^the manager is to)\b/
const NOT_ADVICE =
  /\bmust have\b|\b(?:should|must) (?:be proud|know|see|have seen|feel|mean|say|add|mention|be|have been)\b|\b(?:i|we|it|this|that|there|customer|customers|client|buyer|manager i) (?:should|ought|must|have to|has to|need to|needs to|need|is to|are to)\b/
const OTHER_ADVICE =
  /\b(?:i|we) (?:would )?(?:suggest|recommend|advise|urge|propose|want you|need you|expect you|insist|would like you to|would rather you|would appreciate it if you)\b|\bif i were you\b|^(?:my )?(?:advice|tip|suggestion|recommendation)\b|^the (?:trick|key|secret|thing|best thing|best way|answer) (?:is|here is|would be) (?:to|not)\b|\bone thing (?:you (?:could|might|can)|to) \w+\b|\bbest thing (?:for you )?to do\b|^do (?:better|more|less|your|what i|as i|it (?:again|now|today))\b|^toughen up\b|^a better (?:approach|way|idea)\b|^(?:what )?you(?: will)? (?:want to|need to|have got to|might want to|may want to|could try|could always|might try|might consider|had better|better)\b|^you (?:might|may|could) (?:want to|consider|think about)\b|^what you (?:want|need|have|have got|should|could|ought) to do\b|^it (?:would|might|may|could) (?:not )?(?:be|hurt|help|pay)(?: \w+)? (?:advisable|better|best|wise|good|an idea|a good idea|sensible|to)\b|^it is (?:essential|important|vital|best|better|advisable|crucial|necessary|imperative|critical|up to you)\b.*\b(?:that you|to|you)\b|^(?:better|best) (?:you|to|if you|not)\b|^no more\b|^(?:less|more|fewer) [\w ]+, (?:less|more|fewer) \b|\bfrom now on$|^next time\b.*,|^in (?:the )?future\b.*,|^one should\b|^(?:also |still |he |she |they )?(?:should|needs to|must|ought to) (?!have|you|we|i |be (?:here|there|fine|ok|good)\b)[a-z]+\b|\bput it in your\b/

/** Words that begin an order. Verbs that invite ("tell me about", "think of") are looked at before. */
const ORDER =
  /^(?:(?:please|just|simply|kindly|always|never|then|also|seriously),? )*(?:make sure|be sure|be (?:more|less|careful|clear|sure|honest|patient|prepared|ready|yourself|on time|aware)|remember to|remember,|try(?: to|ing| not)?\b|stop\b|start\b|quit\b|avoid\b|refrain\b|do not\b|never\b|let (?:him|her|them|me know|the|your)\b|let us not\b|get\b|go\b|put\b|keep\b|give\b|send\b|call\b|ring\b|ask\b|write\b|use\b|take\b|make\b|focus\b|learn\b|listen\b|speak\b|say\b|tell\b|show\b|check\b|book\b|log\b|update\b|submit\b|prepare\b|practi[sc]e\b|rehearse\b|rewrite\b|read\b|review\b|follow\b|find\b|set\b|bring\b|move\b|add\b|cut\b|drop\b|push\b|pull\b|leave\b|wait\b|slow\b|speed\b|work\b|spend\b|double-check\b|offer\b|open\b|close\b|finish\b|complete\b|confirm\b|consider\b|buy\b|build\b|create\b|do it\b|do this\b|do that\b|follow up\b|reach out\b|schedule\b|talk to\b|talk less\b|think before\b|turn\b|test\b|show up\b|come (?:to|in|back|with|prepared)\b|be\b|have (?:a|the|your)\b|pick up\b|sit\b|stand\b|stay\b|treat\b|understand\b|watch\b|block\b|target\b|qualify\b|identify\b|develop\b|improve\b|increase\b|reduce\b|ensure\b|encourage\b|allow\b|include\b|involve\b|repeat\b|return\b|report\b|provide\b|plan\b|lead\b|seek\b|own\b|hold\b|help (?:the|your|them|him|her)\b|continue\b|strive\b|delegate\b|apologi[sz]e\b|kick\b|count (?:to|on)\b|favou?r\b|aim\b|stick\b|adopt\b|accept\b|acknowledge\b|address\b|adjust\b|analy[sz]e\b|approach\b|arrange\b|attend\b|begin\b|believe\b|break\b|choose\b|collect\b|communicate\b|connect\b|contact\b|cover\b|deal with\b|decide\b|define\b|demonstrate\b|document\b|eliminate\b|email\b|end\b|establish\b|explore\b|face\b|fix\b|gather\b|handle\b|hire\b|ignore\b|inform\b|introduce\b|invest\b|join\b|know\b|limit\b|look\b|maintain\b|manage\b|measure\b|meet\b|mention\b|note\b|notice\b|organi[sz]e\b|participate\b|pay\b|perform\b|pick\b|prioriti[sz]e\b|prove\b|raise\b|reconsider\b|record\b|relax\b|rely\b|remove\b|replace\b|request\b|respect\b|respond\b|save\b|search\b|select\b|sell\b|settle\b|share\b|shorten\b|sign\b|solve\b|state\b|step\b|strengthen\b|study\b|summari[sz]e\b|support\b|switch\b|teach\b|thank\b|track\b|train\b|trust\b|visit\b|wear\b|win\b|be\b|celebrate\b|reinforce\b|recogni[sz]e\b|embrace\b|emphasi[sz]e\b|apply\b|assign\b|brainstorm\b|clarify\b|concentrate\b|conduct\b|cultivate\b|engage\b|evaluate\b|foster\b|generate\b|implement\b|inspire\b|invite\b|motivate\b|negotiate\b|observe\b|overcome\b|praise\b|promote\b|protect\b|pursue\b|reconnect\b|reward\b|tackle\b|utili[sz]e\b|volunteer\b|welcome\b|figure\b|sleep\b|breathe\b|smile\b|forget\b|throw\b|trim\b|mirror\b|pause\b|probe\b|quote\b|reply\b|resist\b|respond\b|revisit\b|skip\b|swap\b|tidy\b|tie\b|type\b|verify\b|warm\b|wrap\b)|^(?:please|kindly) [a-z]+\b|^(?!(?:i|you|he|she|it|we|they|with|for|at|on|in|by|about|from|to|of|and|or|not|like|than|as|is|was|are|were|has|had|have|did|does|do|can|could|will|would|saw|told|gave|got|took|made|kept|held|left|lost|met|ran|sat|spoke|came|went|said|felt|heard|let|put|set|cut|read|shut|hit|did|found|brought|bought|thought|taught|caught|sent|spent|built|meant|led|won|knew|drew|grew|threw|wrote|drove|rode|broke|chose|after|before|when|while|if|because|since|until|so|but|yet|very|too|only|even|half|all|both|good|great|nice|well|what|how|why|who|which|where|that|this|these|those|over|under|into|through|against|without|within|between|upon|per|via|plus|despite|during|behind|beside|near|off|out|up|down|across|along|around)\b)[a-z]+(?<!ed|ing|ly|s) (?:it|him|her|them|yourself|your)\b/
/** What looks like an order and is none: a noun in front, or an invitation. */
const NO_ORDER =
  /^(?:(?:please|just|then),? )*(?:describe|explain|comment|state|discuss|indicate|outline|rate|complete|compare|reflect|recall|talk|walk|say|tell|describe|share|elaborate|expand|give (?:me |us )?(?:the|your|an?|some|one) (?:reasons?|examples?|view|idea|story|account|sense|picture|feeling|moment|thoughts))\b(?! (?:to (?!me|us)|less|more slowly|the customer|him|her|them|the client))|^work (?:is|was|are|were|has|had|of|with|from|in|at|went|came|about|and)\b|^(?:plan|report|review|call|offer|test|target|lead|close|order|use|start|update|log|book|check|move|cut|drop|push|return|set|watch|practice|show|open|complete|own|own(?:s|ed)|help|like|clear) (?:is|was|are|were|has|had|of|on|with|from|in|at|went|came|about|and)\b|^(?:give|tell|show|send) (?:me|us) (?:an? |one |some |two |three )?(?:example|idea|sense|feeling|picture|moment)|^(?:say|tell me|tell us|show me|walk me|talk me|take me|give me|help me|find words|set aside, )\b|^ask me\b|^(?:update|catch|brief|fill) me\b|^have a (?:look|seat|think|go)\b|^let me\b|^let us\b|^do you\b|^do (?:we|they|i)\b|^have (?:you|we|they|i)\b|^be it\b|^make it your\b|^get well|^keep (?:up|it up|going)\b|^take care\b|^go on$|^go ahead|^(?:imagine|suppose|picture)\b|^think (?:about|of|back)\b|^pick any\b|^set \w+ by\b|^put (?:yourself|another way|differently)|^read (?:me|that|it) (?:out|to)|^take (?:me|your time|any)|^use (?:three|one|two|your own) words|^write down what you (?:see|think|feel|notice)|^complete (?:the|this) sentence/
/** Orders that hang on a condition or a time: "Before each visit, write down…", "If he hesitates, offer…". */
const CONDITION =
  /^(?:if|when|whenever|before|after|once|next time|in future|in the future|during|at|on|for|to|as|every|each|from|by|with) [^,]+,(?: then)? (.+)$/

/** "Take the lead that is with you longest. What…" */
const SCENE =
  /^(?:suppose|imagine|picture|take|pick|choose|consider|look|go back|think|say|put yourself|compare)\b/

/** Whether a folded sentence tells somebody what to do. `isScene`: a question follows, for which it may set the scene. */
export function tells(text: string, isAsked: boolean, isScene = false): boolean {
  const lead =
    /^(?:(?:so|okay|ok|look|listen|well|right|great|good|thanks|maybe|perhaps|honestly|seriously|anyway|and|but|course|come on|first|then|also|deep down|in short),? )+/
  const plain = text.replace(lead, '')
  if (OTHER_ADVICE.test(plain)) return !isAsked || /^(?:you need|you should)/.test(plain)
  const isReported =
    /\b(?:told|said|says|asked|thought|felt|mentioned)\b[^,]*\b(?:should|need|needs|must|have|has|ought)\b/.test(
      plain,
    )
  if (isAdvised(plain) && !isReported)
    return !isAsked || /^you (?:need|should|ought|must|have)\b/.test(plain)
  if (isAsked) return false
  if (isScene && SCENE.test(plain)) return false
  const main = CONDITION.exec(plain)?.[1] ?? plain
  return [plain, main, ...plain.split(/, (?:so|then|please|but) /).slice(1)].some(isOrder)
}

function isAdvised(text: string): boolean {
  const found = MODAL.exec(text)
  return found !== null && !NOT_ADVICE.test(text.slice(found.index))
}

function isOrder(text: string): boolean {
  return ORDER.test(text) && !NO_ORDER.test(text)
}
