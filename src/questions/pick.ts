import type { Choice, Topic } from '../conversation/turn.ts'
import type { Question } from './bank.ts'

/** When a question was last asked of a person: its id → the number of sessions since (0 = this one). */
export type LastAsked = ReadonlyMap<string, number>

/** A question rests for this many sessions with the same person before it is offered like any other. */
const REST = 4

/**
 * The questions of one kind that fit best: those for this stage, area and skill before general ones, those not
 * asked of this person lately first, in different styles, and otherwise in an order that `seed` settles. Pure,
 * and the same for the same input.
 */
export function pick(
  questions: readonly Question[],
  topic: Topic,
  lastAsked: LastAsked,
  seed: string,
  many = 3,
): readonly Choice[] {
  const ranked = questions
    .filter((question) => question.kinds.includes(topic.kind) && fits(question, topic))
    .map((question) => ({ question, score: score(question, topic, lastAsked, seed) }))
    .toSorted((a, b) => b.score - a.score || (a.question.id < b.question.id ? -1 : 1))
  const chosen: Question[] = []
  const take = (isWanted: (question: Question) => boolean) => {
    for (const { question } of ranked) {
      if (chosen.length < many && !chosen.includes(question) && isWanted(question)) {
        chosen.push(question)
      }
    }
  }
  const isRested = ({ id }: Question) => (lastAsked.get(id) ?? REST) >= REST
  take((one) => isRested(one) && chosen.every((other) => other.style !== one.style))
  take(isRested)
  take(() => true)
  return chosen.map(({ id, text }) => ({ id, title: text }))
}

function fits(question: Question, topic: Topic): boolean {
  const has = (tags: readonly string[], wanted: string | null) =>
    tags.length === 0 || wanted === null || tags.includes(wanted)
  return has(question.stages, topic.stage) && has(question.areas, topic.area)
}

function score(question: Question, topic: Topic, lastAsked: LastAsked, seed: string): number {
  const match = (tags: readonly string[], wanted: string | null, weight: number) =>
    wanted !== null && tags.includes(wanted) ? weight : 0
  // Among those asked lately, the one asked longest ago.
  const rest = 10 * Math.min(lastAsked.get(question.id) ?? REST, REST)
  return (
    match(question.stages, topic.stage, 3) +
    match(question.skills, topic.skill, 4) +
    match(question.areas, topic.area, 1) +
    (question.kinds[0] === topic.kind ? 1 : 0) +
    rest +
    spread(`${seed}/${question.id}`)
  )
}

/** A number from 0 to 1 that looks random but is the same for the same text (FNV-1a). */
function spread(text: string): number {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0) / 0xffffffff
}
