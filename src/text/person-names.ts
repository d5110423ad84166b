import { APOSTROPHE_MARKS, fold, HYPHEN_MARKS, UNSEEN_MARKS } from './folding.ts'

/** What stands in the place of a name that is left out. */
const SOMEBODY = '(somebody)'

/** Parts of names that are no names where they stand between two others. */
const PARTICLES = new Set(
  'de da do di del la le van von der den ten bin al el of the y e'.split(' '),
)
/** Names that are words as well: in small letters, and where they do the work of the word, they stay. */
const WORDS = new Set(
  'will mark grace hope rose may june april august art bill rob sue pat drew chase jack frank dean grant joy faith dawn summer violet iris lily ivy ruby amber ray guy miles max sky star page lane cliff heath reed wade case carol christian earnest ernest gene harmony honor jean josh king major price rich robin rusty sandy sunny victor young little long short white black brown green gray grey day park hill wood woods field banks best moon bell cook baker hunter stone fox wolf lamb rice bush east west north south strong wise good love so me be an am as at by do go he hi if in is it my no of on or to up us we oh ok'.split(
    ' ',
  ),
)
/** What follows “Will”, “May” or “Mark” at the beginning of a sentence where it is the word, and no name. */
const AFTER_WORDS =
  'i you we they he she it the a an this that these those there my your our their his her not some any all up down for'
const AFTER_WORD = new RegExp(String.raw`^\s+(?:${AFTER_WORDS.replaceAll(' ', '|')})\b`, 'i')
/** Words, with those that hyphens and apostrophes of any form join. */
const LETTERS = String.raw`[\p{L}\p{M}${UNSEEN_MARKS}]+`
const COMPOUND = new RegExp(`${LETTERS}(?:[-${HYPHEN_MARKS}${APOSTROPHE_MARKS}]${LETTERS})*`, 'gu')
const POSSESSIVE = new RegExp(`[${APOSTROPHE_MARKS}]s$`, 'i')
/** Nothing but letters of scripts that part words with blanks, and what is no letter. */
const PARTED = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}ʻʼ\P{L}]*$/u
/** What stands between two parts of one name: `Doe, Jane`, `Robert "Bobby" Ray`, `Kim (KJ) Park`. */
const BETWEEN = String.raw`[\s,;/|"“”„‟«»‹›'‘’()[\]{}<>]+`
const BEFORE = new RegExp(String.raw`([\p{L}\p{M}]+)${BETWEEN}$`, 'u')
const AFTER = new RegExp(String.raw`^${BETWEEN}([\p{L}\p{M}]+)`, 'u')
/** Letters with a dot behind each, as in `K.J.` or `K. J.` */
const INITIALS = /(?<![\p{L}\p{M}.])\p{L}\.(?:[ \u00a0]?\p{L}\.){1,4}/gu

/** The words of a text that are names of these people, or parts of them, as they stand there. */
export function namesInText(text: string, names: readonly string[]): readonly string[] {
  const found: string[] = []
  replaceNames(text, names, (name) => {
    found.push(name)
    return name
  })
  return found
}

/** A text with the names of these people, and parts of them, taken out. */
export function withoutNames(text: string, names: readonly string[]): string {
  return replaceNames(text, names, () => SOMEBODY).replaceAll(
    /\(somebody\)(?:[ \t]+\(somebody\))+/g,
    SOMEBODY,
  )
}

function replaceNames(
  text: string,
  names: readonly string[],
  replace: (name: string) => string,
): string {
  const lists = names.map(partsOf)
  const parts = new Set(lists.flat())
  const unparted = names
    .flatMap((name) => [name, ...piecesOf(name)])
    .filter((name) => name.length > 1 && !PARTED.test(name))
  const plain = unparted
    .reduce((rest, name) => rest.replaceAll(name, () => replace(name)), text)
    .replaceAll(INITIALS, (letters) =>
      parts.has(fold(joined(letters))) ? replace(letters) : letters,
    )
  if (parts.size === 0) return plain
  /** Whether a word stands beside another part of the same name: “mark stone” is nobody's verb and noun. */
  const isBesideOther = (piece: string, at: number, end: number) => {
    const before = BEFORE.exec(plain.slice(Math.max(0, at - 80), at))?.[1] ?? ''
    const after = AFTER.exec(plain.slice(end, end + 80))?.[1] ?? ''
    const beside = new Set([fold(before), fold(after)])
    return lists.some(
      (list) => list.includes(piece) && list.some((one) => one !== piece && beside.has(one)),
    )
  }
  return plain.replace(COMPOUND, (compound, at: number) => {
    if (plain.slice(0, at).endsWith('(') && compound === 'somebody') return compound
    const bare = compound.replace(POSSESSIVE, '')
    const hits = fold(bare)
      .split(/[-']/)
      .filter((piece) => parts.has(piece))
    if (hits.length === 0) return compound
    const isName = hits.some(
      (piece) =>
        !isWord(piece) ||
        isSaidAsName(plain, bare, at) ||
        isBesideOther(piece, at, at + compound.length),
    )
    return isName ? replace(bare) + compound.slice(bare.length) : compound
  })
}

function isWord(piece: string): boolean {
  return WORDS.has(piece) || PARTICLES.has(piece)
}

/** A word like “Will” is meant as a name where it has a capital letter, unless it begins a sentence as the word does. */
function isSaidAsName(text: string, word: string, at: number): boolean {
  if (word[0] === word[0]?.toLocaleLowerCase('en')) return false
  const before = text.slice(0, at).trimEnd()
  const begins = before === '' || /[.?!:;\n“"(•-]$/.test(before)
  return !begins || !AFTER_WORD.test(text.slice(at + word.length))
}

const joined = (initials: string) => initials.replaceAll(/[^\p{L}]/gu, '')

/**
 * A name taken apart at everything that is no letter, so that what stands in quotation marks or brackets is a part too:
 * `Robert "Bobby" Ray` is `Robert`, `Bobby` and `Ray`. Letters with dots are one part: `K.J.` is `KJ`.
 */
export function piecesOf(name: string): readonly string[] {
  return name
    .replaceAll(INITIALS, joined)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((piece) => piece !== '')
}

/** The parts of a name that name somebody by themselves: a particle does so only at its beginning or its end. */
function partsOf(name: string): readonly string[] {
  const parts = piecesOf(name)
    .map(fold)
    .filter((part) => part.length > 1)
  return parts.filter((part, at) => !PARTICLES.has(part) || at === 0 || at === parts.length - 1)
}
