import type { Choice, Topic } from '../../conversation/turn.ts'
import type { AskKind } from '../../model.ts'
import type { Question } from './schema.ts'
import { DEFAULT_LANGUAGE } from './build-library.ts'

/** What became of a question before. */
interface Use {
  /** How many sessions ago it was last asked of this person (0 = in the newest); null: never. */
  readonly ago: number | null
  /** How often it opened something up, and how often it was said whether it did; with anybody. */
  readonly opened: number
  readonly said: number
}

/** What became of questions before, by their ids. */
export type Uses = ReadonlyMap<string, Use>

/** What questions are wanted for; null where it does not matter. */
export interface Wanted extends Omit<Topic, 'kind'> {
  readonly kind: AskKind | null
  readonly language: string
}

/** A question that was picked, and what spoke for it. */
export interface Picked {
  readonly question: Question
  readonly reasons: readonly string[]
}

/** A question rests for this many sessions with the same person before it is offered like any other. */
const REST = 4

/** How much each reason weighs. That a question is rested outweighs all others together. */
const WEIGHT = { rested: 14, skill: 4, stage: 3, opened: 2, step: 1, area: 1, firstKind: 1 }

/**
 * The questions that fit best: those not asked of this person lately first; among them those for this skill and stage
 * before general ones, and those that opened something up before; in different styles; and otherwise in an order
 * that `seed` settles. Pure, and the same for the same input.
 */
export function pick(
  questions: readonly Question[],
  wanted: Wanted,
  uses: Uses,
  seed: string,
  many = 3,
): readonly Picked[] {
  const ranked = fitting(questions, wanted)
    .map((question) => ({ question, score: score(question, wanted, uses, seed) }))
    .toSorted((a, b) => b.score - a.score || (a.question.id < b.question.id ? -1 : 1))
    .map(({ question }) => question)
  const chosen: Question[] = []
  const take = (isWanted: (question: Question) => boolean) => {
    for (const question of ranked) {
      if (chosen.length < many && !chosen.includes(question) && isWanted(question)) {
        chosen.push(question)
      }
    }
  }
  const isRested = ({ id }: Question) => (uses.get(id)?.ago ?? REST) >= REST
  take((one) => isRested(one) && chosen.every((other) => other.style !== one.style))
  take(isRested)
  take(() => true)
  return chosen.map((question, at) => ({
    question,
    reasons: reasonsFor(question, wanted, uses.get(question.id), chosen.slice(0, at)),
  }))
}

/** Picked questions as choices at a prompt. */
export function asChoices(picked: readonly Picked[]): readonly Choice[] {
  return picked.map(({ question: { id, text } }) => ({ id, title: text }))
}

/** Those that fit. Where a language has none, English questions stand in, or else those of any language. */
function fitting(questions: readonly Question[], wanted: Wanted): readonly Question[] {
  const { kind, stage, area, banks, language } = wanted
  const has = (tags: readonly string[], one: string | null) =>
    tags.length === 0 || one === null || tags.includes(one)
  const all = questions.filter(
    (question) =>
      (banks === null ? question.use === 'general' : banks.includes(question.bank)) &&
      !wanted.taken.includes(question.id) &&
      (kind === null || question.kinds.includes(kind)) &&
      has(question.stages, stage) &&
      has(question.areas, area),
  )
  const spoken = all.filter((question) => question.language === language)
  if (spoken.length > 0) return spoken
  const english = all.filter((question) => question.language === DEFAULT_LANGUAGE)
  return english.length > 0 ? english : all
}

function score(question: Question, wanted: Wanted, uses: Uses, seed: string): number {
  const match = (tags: readonly string[], one: string | null, weight: number) =>
    one !== null && tags.includes(one) ? weight : 0
  const use = uses.get(question.id)
  // Among those asked lately, the one asked longest ago.
  const rest = WEIGHT.rested * Math.min(use?.ago ?? REST, REST)
  return (
    rest +
    match(question.skills, wanted.skill, WEIGHT.skill) +
    match(question.stages, wanted.stage, WEIGHT.stage) +
    // Where no stage is known, what fits every stage is the safer choice.
    (wanted.stage === null && question.stages.length === 0 ? WEIGHT.stage : 0) +
    match(question.areas, wanted.area, WEIGHT.area) +
    match(question.steps, wanted.step, WEIGHT.step) +
    (question.kinds[0] === wanted.kind ? WEIGHT.firstKind : 0) +
    WEIGHT.opened * leaning(use) +
    spread(`${seed}/${question.id}`)
  )
}

/** From -1 (it never opened anything up) to 1 (it did each time); the fewer times it was said, the nearer to 0. */
function leaning(use: Use | undefined): number {
  return use ? (2 * use.opened - use.said) / (use.said + 1) : 0
}

/** Why a question was picked, in the order in which it counts. */
function reasonsFor(
  question: Question,
  wanted: Wanted,
  use: Use | undefined,
  before: readonly Question[],
): readonly string[] {
  const ago = use?.ago ?? null
  const reasons = [
    ago === null
      ? 'not asked yet'
      : ago >= REST
        ? `rested: last asked ${ago} sessions ago`
        : `asked ${ago === 0 ? 'in the last session' : `${ago + 1} sessions back`}; nothing else fits that was asked less lately`,
  ]
  const about = (what: string, tags: readonly string[], one: string | null) => {
    if (one !== null && tags.includes(one)) reasons.push(`${what} ${one}`)
    else if (one !== null && tags.length === 0) reasons.push(`fits every ${what}`)
  }
  about('stage', question.stages, wanted.stage)
  about('area', question.areas, wanted.area)
  if (wanted.skill !== null && question.skills.includes(wanted.skill)) {
    reasons.push(`skill ${wanted.skill}`)
  }
  if (wanted.kind !== null) {
    const isFirst = question.kinds[0] === wanted.kind
    reasons.push(isFirst ? `kind ${wanted.kind}` : `also of the kind ${wanted.kind}`)
  }
  if (use && use.said > 0) reasons.push(`opened something up ${use.opened} of ${use.said} times`)
  const isOther = before.every((other) => other.style !== question.style)
  if (before.length > 0 && isOther) reasons.push(`another style: ${question.style}`)
  if (question.language !== wanted.language) reasons.push(`language ${question.language}`)
  return reasons
}

/** A number from 0 to 1 that looks random but is the same for the same text (FNV-1a). */
function spread(text: string): number {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0) / 0xffffffff
}
