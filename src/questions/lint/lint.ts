import { tells } from './advice.ts'
import { blames } from './blame.ts'
import { beginsWithVerb, type Clause, clausesOf, isPlayback } from './clauses.ts'
import { HINTS, type Rule, RULES } from './hints.ts'
import { judges } from './judgement.ts'
import { leads, steers } from './leading.ts'
import { asksForResult } from './result-questions.ts'
import { type Sentence, sentencesOf, wordsIn } from './sentences.ts'
import { furtherQuestions } from './several-questions.ts'

export { type Rule, RULES } from './hints.ts'

/** What a line could do better: the rule it breaks, and what to try instead. */
export interface Hint {
  readonly rule: Rule
  readonly hint: string
}

/** More words than this do not fit into one breath. */
const MAX_WORDS = 30

/** Beyond so many characters a line is no question any more, and only its length is looked at. */
const MAX_LENGTH = 2000

/** The language that the rules know. */
export const LINTED_LANGUAGE = 'en'

/**
 * What could be better about a line that a manager means to say to a person, or wrote about one; at most one finding
 * for each rule, in the order of the rules. English. Only hints: nothing is ever refused for them. Pure.
 */
export function lint(line: string): readonly Hint[] {
  const sentences = sentencesOf(line.slice(0, MAX_LENGTH))
  const isPlayedBack = sentences.some(isPlayback)
  const clauses = withoutEchoes(sentences.flatMap((sentence) => clausesOf(sentence, isPlayedBack)))
  const broken = new Set<Rule>()
  if (leads(sentences, isPlayedBack) || steers(clauses)) broken.add('leading')
  const { isStacked, isOpened } = furtherQuestions(clauses)
  if (isStacked) broken.add('stacked')
  if (clauses.some(isShut) && !isOpened) broken.add('closed')
  if (blames(sentences)) broken.add('blame-why')
  if (clauses.some(asksForResult)) broken.add('results-only')
  addJudgements(broken, line, sentences)
  return findings(broken)
}

/**
 * What could be better about something a manager wrote down about a person: advice instead of what was seen, or a
 * verdict on the person. Questions in it may be somebody else's, and are left alone. English. Pure.
 */
export function lintFeedback(text: string): readonly Hint[] {
  const broken = new Set<Rule>()
  addJudgements(broken, text, sentencesOf(text.slice(-MAX_LENGTH)))
  return findings(broken).filter(({ rule }) => rule !== 'long')
}

function addJudgements(broken: Set<Rule>, line: string, sentences: readonly Sentence[]): void {
  const isTelling = sentences.some(({ text, isAsked }, at) =>
    tells(text, isAsked, sentences[at + 1]?.isAsked),
  )
  if (isTelling) broken.add('telling')
  if (sentences.some(({ text }) => judges(text, line))) broken.add('trait')
  if (wordsIn(line) > MAX_WORDS) broken.add('long')
}

/** "What do you wish I did less of? More of?": a few words behind an open question go on with it. */
function withoutEchoes(clauses: readonly Clause[]): readonly Clause[] {
  return clauses.map((clause, at) => {
    const isEcho = clause.mood === 'polar' && clause.text.split(' ').length <= 4
    const isBehindOpen = clauses[at - 1]?.mood === 'open' && !beginsWithVerb(clause)
    return isEcho && isBehindOpen ? { ...clause, mood: 'spared' } : clause
  })
}

function isShut({ mood }: Clause): boolean {
  return mood === 'polar' || mood === 'narrow'
}

function findings(broken: ReadonlySet<Rule>): readonly Hint[] {
  return RULES.filter((rule) => broken.has(rule)).map((rule) => ({ rule, hint: HINTS[rule] }))
}
