import { fold } from '../../text/folding.ts'
/** Texts that are known, and a way to ask which of them a new one resembles. */
export interface Similar {
  /** The known text that says nearly the same, or undefined. */
  find(text: string): string | undefined
  add(text: string): void
}

/** The share of common words, by weight, from which two questions are taken for one. */
const ENOUGH = 0.72

const LIGHT = 0.15
const MIDDLE = 0.4
const wordsOf = (words: string) => words.split(' ')

/** Words that say little by themselves, in English and Spanish. */
const STOP = new Set(
  wordsOf(
    'a an the and or of to in on at for with by from as this that these those there it its is are was were be been being am do does did doing done have has had having will would shall should can could may might must if so then than about into over out up any some such one also just really please now right currently what how el la los las un una unos unas y o de del al en con por para que como es son era fue ser estar esta este esto estos estas se le les lo ha han he hay mas muy si su sus',
  ),
)
/** Who is meant, and what is asked for. */
const PERSONS = new Map(
  Object.entries({
    i: 'i me my mine myself yo mi',
    you: 'you your yours yourself te tu tus',
    we: 'we us our ours nos nuestro nuestra',
    they: 'they them their',
    he: 'he him his',
    she: 'she her hers',
  }).flatMap(([person, words]) => wordsOf(words).map((word) => [word, person] as const)),
)
const ASKING = new Set(
  wordsOf('who whom whose when where why which quien cuando donde cual cuales'),
)
/** A word that turns a question into another one when only one of two texts holds it. */
const TURNING = new Set(
  wordsOf(
    'not no never without nothing nobody least less most more best worst better worse good bad well badly start stop continue next last before after first like dislike love hate easy easier easiest hard harder hardest strength weaknes two three four five six seven eight nine ten who when where why nunca sin nada mejor peor menos antes despues',
  ),
)

interface Words {
  readonly text: string
  /** The words in one, for texts that say exactly the same. */
  readonly key: string
  readonly weights: ReadonlyMap<string, number>
  readonly total: number
}

/**
 * Finds near-duplicates: the same words but for case, accents, endings and small words. Questions that differ in who
 * does something, in a number or in an opposite (best and worst) are not the same. Pure, and fast by an index of words.
 */
export function findSimilar(known: Iterable<string> = []): Similar {
  const all: Words[] = []
  const byKey = new Map<string, string>()
  const byWord = new Map<string, number[]>()
  const similar: Similar = {
    find(text) {
      const asked = readWords(text)
      const same = byKey.get(asked.key)
      if (same !== undefined) return same
      const common = new Map<number, number>()
      for (const [word, weight] of asked.weights) {
        for (const at of byWord.get(word) ?? []) common.set(at, (common.get(at) ?? 0) + weight)
      }
      let best: Words | undefined
      let most = ENOUGH
      for (const [at, weight] of common) {
        const one = all[at]
        if (!one) continue
        const share = weight / (asked.total + one.total - weight)
        if (share < most || isTurned(asked, one)) continue
        best = one
        most = share
      }
      return best?.text
    },
    add(text) {
      const words = readWords(text)
      if (byKey.has(words.key)) return
      byKey.set(words.key, text)
      for (const word of words.weights.keys()) {
        const places = byWord.get(word)
        if (places) places.push(all.length)
        else byWord.set(word, [all.length])
      }
      all.push(words)
    },
  }
  for (const text of known) similar.add(text)
  return similar
}

function readWords(text: string): Words {
  const weights = new Map<string, number>()
  const words = foldWords(text).map(
    (word) => PERSONS.get(word) ?? (STOP.has(word) ? word : stem(word)),
  )
  for (const word of words) weights.set(word, weightOf(word))
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0)
  // Without any word there is still something that can be the same.
  return { text, key: words.join(' ') || text, weights, total }
}

/** The words of a text without case, accents and punctuation; `don't` holds a `not`. */
export function foldWords(text: string): readonly string[] {
  const open = fold(text)
    .replace(/\bcan't\b/g, 'can not')
    .replace(/\bwon't\b/g, 'will not')
    .replace(/n't\b/g, ' not')
    .replace(/'(s|d|ll|re|ve|m)\b/g, '')
  return open.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Whether a word is one of those that say little. */
export function isSmallWord(word: string): boolean {
  return STOP.has(word) || PERSONS.has(word) || ASKING.has(word)
}

function weightOf(word: string): number {
  if (STOP.has(word)) return LIGHT
  return PERSONS.has(word) || ASKING.has(word) ? MIDDLE : 1
}

function stem(word: string): string {
  if (word.length < 4 || ASKING.has(word)) return word
  const bare = word
    .replace(/ies$/, 'y')
    .replace(/(?<=[^su])s$/, '')
    .replace(/(?<=\w{3})(ing|ed)$/, '')
    .replace(/([bdgklmnprt])\1$/, '$1')
  return bare.length > 3 ? bare.replace(/e$/, '') : bare
}

function isTurned(a: Words, b: Words): boolean {
  const onlyIn = (one: Words, other: Words) =>
    [...one.weights.keys()].filter((word) => !other.weights.has(word))
  const [mine, theirs] = [onlyIn(a, b), onlyIn(b, a)]
  const isPerson = (word: string) => PERSONS.has(word)
  if (mine.some(isPerson) && theirs.some(isPerson)) return true
  return [...mine, ...theirs].some((word) => TURNING_STEMS.has(word) || /^\d+$/.test(word))
}

const TURNING_STEMS = new Set([...TURNING].map(stem))
