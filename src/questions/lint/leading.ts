import { type Clause, tagOf } from './clauses.ts'
import type { Sentence } from './sentences.ts'
import { CONFIRMING, HIDDEN_ADVICE, MOST_PEOPLE, WANTED_ANSWER } from './words/leading.ts'

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
  return CONFIRMING.test(text)
}

/** Whether a clause suggests an answer, or hides advice in a question. */
export function steers(clauses: readonly Clause[]): boolean {
  return clauses.some(({ text, mood }) => {
    if (HIDDEN_ADVICE.test(text)) return true
    return mood === 'polar' && WANTED_ANSWER.test(text)
  })
}
