import { foldName } from './text.ts'

/** What stands in the place of a name that is left out. */
const SOMEBODY = '[somebody]'

/** Parts of names that are no names by themselves. */
const PARTICLES = new Set([
  'de',
  'da',
  'do',
  'di',
  'del',
  'la',
  'le',
  'van',
  'von',
  'der',
  'den',
  'ten',
  'bin',
  'al',
  'el',
])
/** Names that are words as well: these count only with a capital letter, and not where a sentence begins with the word. */
const WORDS = new Set(
  'will mark grace hope rose may june april august art bill rob sue pat drew chase jack frank dean grant joy faith dawn summer violet iris lily ivy ruby amber ray guy miles max sky star page lane cliff heath reed wade case carol christian earnest ernest gene harmony honor jean josh king major price rich robin rusty sandy sunny victor young little long short white black brown green gray grey'.split(
    ' ',
  ),
)
const WORD = /(?<![\p{L}\p{N}_])[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*(?![\p{N}_])/gu

/** The words of a text that are names of these people, or parts of them, as they stand there. */
export function namesIn(text: string, names: readonly string[]): readonly string[] {
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
    new RegExp(`\\[somebody\\](?: \\[somebody\\])+`, 'g'),
    SOMEBODY,
  )
}

function replaceNames(
  text: string,
  names: readonly string[],
  replace: (name: string) => string,
): string {
  const parts = new Set(names.flatMap(partsOf))
  if (parts.size === 0) return text
  return text.replace(WORD, (word, at: number) => {
    const bare = word.replace(/['’]s$/, '')
    const ending = word.slice(bare.length)
    const pieces = [bare, ...bare.split(/['’-]/)].map(foldName)
    const hit = pieces.find((piece) => parts.has(piece))
    if (hit === undefined || (WORDS.has(hit) && !isSaidAsName(text, bare, at))) return word
    return replace(bare) + ending
  })
}

/** A word like “Will” is meant as a name where it has a capital letter although no sentence begins there. */
function isSaidAsName(text: string, word: string, at: number): boolean {
  const isCapital = word[0] !== word[0]?.toLocaleLowerCase('en')
  const before = text.slice(0, at).trimEnd()
  const begins = before === '' || /[.?!:;\n“"(]$/.test(before)
  // At the beginning of a sentence “Will said” is a name, “Will you” is not.
  const isFollowed =
    /^\s+(?:said|says|asked|did|was|is|has|had|and|wants?|told|went|came|'s|’s)\b/.test(
      text.slice(at + word.length),
    )
  return isCapital && (!begins || isFollowed)
}

function partsOf(name: string): readonly string[] {
  return foldName(name)
    .split(/[\s'’-]+/)
    .filter((part) => part.length > 1 && !PARTICLES.has(part))
}
