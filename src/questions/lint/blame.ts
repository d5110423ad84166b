import type { Sentence } from './sentences.ts'
import { BLAME_LEAD, BLAMING } from './words/blame.ts'

/** "You gave him the keys. Why?" */
const BARE_WHY = /^(?:and |but |so )?(?:why|how come|why not)$/
/** What stands between "why" and its question: "Why, after two warnings, do you…" */
const ASIDE = /^(why|how come),? [^,]*,(?: [^,]*,)* /

/** Whether a line asks the person to justify what they did, are, or failed to do. */
export function blames(sentences: readonly Sentence[]): boolean {
  return sentences.some(({ text }, at) => {
    const plain = BLAME_LEAD.replace(text, '')
    if (BARE_WHY.test(plain)) {
      const before = sentences[at - 1]
      return before !== undefined && !before.isAsked && /\byou\b/.test(before.text)
    }
    const parts = [plain, plain.replace(ASIDE, '$1 '), ...splitAt(plain)]
    return parts.some((part) => BLAMING.test(part))
  })
}

/** Further clauses that begin with why: "…, and why did you", "Considering that …, why did you". */
function splitAt(text: string): readonly string[] {
  return [...text.matchAll(/(?:,| and| but| so)\s+(?=why\b|how come\b|how is it\b)/g)].map(
    ({ index, 0: found }) => text.slice(index + found.length),
  )
}
