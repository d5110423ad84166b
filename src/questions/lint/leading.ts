import { type Clause, tagOf } from './clauses.ts'
import type { Sentence } from './sentences.ts'

/** A yes or no question that says which of the two is wanted. */
const WANTED_ANSWER = [
  /^(?:do|does|did|is|are|was|were|will|would|should|could|can|have|has|had|might|must) not (?:you|we|i|it|that|this|there|he|she|they|the|your|a|an)\b/,
  /^(?:do|does|did|is|are|was|were|will|would|should|could|can|have|has|had) (?:i|you|we|it|that|this|there|he|she|they|the \w+|an? \w+|one) not\b/,
  /^(?:have|had) (?:you|we)(?: ever| already| even| maybe| perhaps| at least)? (?:tried|considered|thought (?:about|of)|looked (?:at|into)|not )/,
  /^did you (?:ever |even )?(?:try|consider|think (?:about|of|to))\b/,
  /\b(?:has it|did it|does it)(?: ever| not)? (?:occur|occurred|crossed your mind)\b/,
  /^(?:would|might|could|should) (?:it|that|this)(?: not)? (?:be|have been)(?: \w+)? (?:better|easier|smarter|wiser|wise|sensible|best|good|more|faster|quicker|simpler|nicer|cleaner|an idea|a good idea|worth|helpful if you|possible to just)\b(?! .*\bor\b)/,
  /^(?:do|would) you (?:really|honestly|seriously|truly|actually) (?:think|believe|want|feel|expect)\b/,
  /^do you (?:agree|not agree)\b|^would you agree\b|^would you say (?:that )?(?:it is|this is) (?:fair|clear)/,
  /^(?:you (?:do )?(?:realise|realize|know|agree|understand|would agree)|surely|obviously|clearly|of course|i suppose|i guess|i assume|i take it|i trust|presumably|you will, i|no doubt|isn't|everyone knows)\b/,
  /\bsurely\b/,
  /^(?:can|could|are|did|have|will) (?:you|we) (?:really|honestly|seriously|at least|even)\b/,
  /^would it(?: \w+)? (?:make sense|be worth|be an idea|help|pay) to\b/,
  /^have you given (?:it|this|that)\b.*\bthought\b/,
  /^is it (?:not|time|because you|not)\b.*/,
  /^are (?:you|we) sure\b/,
  /^could it (?:be|not be) (?:that|because)\b|^is it possible that you\b|^is it fair to say\b|^are (?:you|we) (?:really|seriously|honestly) going to\b|^do you (?:not )?think (?:it|that) (?:would|might) be (?:an? )?(?:good|better|wise|best)|(?:^|, )do you think (?:you|it is) (?:should|ought|better|best|time)\b|^do you mean to (?:tell|say)\b|\blike (?:most|every|all) (?:\w+ )?(?:people|reps|others|of us)\b|^(?:you|he|she|they|we) (?:will|do|did|have|are),? i (?:trust|assume|hope|suppose|take it)\b/,
  /^how (?:great|amazing|bad|wonderful|terrible|awful) (?:is|was|would)\b/,
]
/** Advice dressed as an open question. */
const HIDDEN_ADVICE = [
  /^how (?:badly|great|awful|wonderful|amazing|terrible) (?:did|was|is|were|are)\b/,
  /^(?:please )?tell me (?:that )?you (?:got|did|have|are|were|asked|called|sent|checked)\b/,
  /^how (?:satisfied|happy|much (?:do|did) you (?:like|enjoy)|do you like)\b.*\b(?:excellent|great|amazing|wonderful|fantastic|terrible|awful|horrible|brilliant|new and improved)\b/,
  /^why not\b(?!$)/,
  /^why (?:do|did) (?:not )?(?:you|we)(?: not)? (?:just|simply)\b/,
  /^why do not (?:you|we)\b(?! (?:ever|already|have|know|care|listen|understand|bother|tell|walk|talk|take me|start by telling|share|give me|describe))/,
  /^what if (?:you|we)(?: just| simply| only| instead)?\b(?= (?:just|simply|only|instead|left|tried|started|stopped|asked|called|sent|did|used|went|made|took|gave|offered|let|had))/,
  /^how about (?:you|we|just|\w+ing)\b|^what about (?:just |simply |\w+ing\b)/,
  /^how (?:much|many) (?:\w+ )?(?:easier|better|more|less|faster|simpler|trouble|time|happier)\b.*\b(?:would|might|could)\b/,
  /^how (?:good|great|nice|helpful|useful|much better) would (?:it|that|a)\b/,
  /^what (?:would|might) (?:it cost|be gained|you lose|you gain|happen|stop you)\b.*\b(?:simply|just|finally|at last)\b|^what might be gained by\b/,
  /^what(?:, other than \w+,)? (?:stops|prevents|keeps|is stopping|is preventing) you from\b.*\b(?:obvious|finally|at last|simply|just|adopting)\b/,
  /^when will you finally\b|^when are you (?:finally )?going to (?:finally|admit|realise|realize|accept|learn)\b/,
  /^how (?:could|can) you possibly\b/,
]

/** Others are called to witness: "Most people feel that… Would you…?" */
const MOST_PEOPLE =
  /^given (?:the|all|how|that|these|your)\b.*, (?:are|will|would|do|should|can) you\b|\b(?:most|many|all|other) (?:people|reps|managers|experts|of us|customers|sellers) (?:feel|think|agree|say|believe|would|know)\b|\beverybody knows\b/

/** Whether a sentence suggests the answer that is wanted: by its form, or by a tag at its end. */
export function leads(sentences: readonly Sentence[], isPlayedBack: boolean): boolean {
  if (isPlayedBack) return false
  const isBacked = sentences.some(({ text }) => MOST_PEOPLE.test(text))
  if (isBacked && sentences.some(({ isAsked }) => isAsked)) return true
  return sentences.some((sentence) => {
    const { text, isAsked } = sentence
    const tag = tagOf(text)
    if (tag === null || isSparedTag(tag, text)) return false
    return isAsked || / not /.test(` ${tag} `)
  })
}

/** Tags that offer, or ask to confirm what was played back. */
function isSparedTag(tag: string, text: string): boolean {
  if (/^(?:shall|can|could|may|should) (?:i|we)$/.test(tag)) return true
  if (/^(?:or what|or not|or not really|please|you know)$/.test(tag)) return true
  return /\b(?:i understand|i hear|i am hearing|let me check|let me see if|got you|you (?:said|told me|are saying|mentioned|were saying))\b|^so,? you\b/.test(
    text,
  )
}

/** Whether a clause suggests an answer, or hides advice in a question. */
export function steers(clauses: readonly Clause[]): boolean {
  return clauses.some(({ text, mood }) => {
    if (HIDDEN_ADVICE.some((pattern) => pattern.test(text))) return true
    return mood === 'polar' && WANTED_ANSWER.some((pattern) => pattern.test(text))
  })
}
