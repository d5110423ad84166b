import { safe } from './text.ts'

/** Apostrophes, and what stands for one: typographic, prime, grave, Hawaiian ʻokina, modifier letters, full width. */
export const APOSTROPHE_MARKS = "'’‘‛ʼʻʹʾʿˈ′`´＇Ꞌꞌ"
/** Hyphens and dashes, which names are written with in every form. */
export const HYPHEN_MARKS = '‐‑‒–—―−⁃－'
const APOSTROPHES = new RegExp(`[${APOSTROPHE_MARKS}]`, 'g')
const HYPHENS = new RegExp(`[${HYPHEN_MARKS}]`, 'g')
/**
 * Accents and other marks that a letter can do without. The marks of scripts in which they are vowels or change the letter
 * (Devanagari, Thai, kana) stay.
 */
const MARKS = /(?![\u3099\u309a])[\p{Script=Inherited}\u0591-\u05c7]/gu
/** What shows as nothing, or as a blank that is none: soft hyphens, fillers of Hangul, the empty Braille pattern, tags, joiners. */
export const UNSEEN_MARKS = String.raw`\p{Cf}\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0`
const UNSEEN = new RegExp(`[${UNSEEN_MARKS}]`, 'gu')
/** Letters of living alphabets that Unicode does not take apart, and how they are written without them. */
const LETTERS = new Map(
  Object.entries({
    a: 'ⱥ',
    ae: 'æ',
    b: 'ƀɓƃ',
    c: 'ȼƈꞓ',
    d: 'đðɖɗƌ',
    e: 'ǝəɛɇ',
    f: 'ƒ',
    g: 'ǥɠɣ',
    h: 'ħɦⱨ',
    i: 'ıɨɩ',
    j: 'ȷɉ',
    k: 'ĸƙⱪ',
    l: 'łƚɫⱡ',
    n: 'ŋɲƞꞑ',
    o: 'øɔɵ',
    oe: 'œ',
    q: 'ɋ',
    r: 'ɍɽ',
    s: 'ȿʂ',
    ss: 'ß',
    t: 'ŧƭʈⱦ',
    th: 'þ',
    u: 'ʉʊ',
    v: 'ʋʌ',
    w: 'ⱳ',
    y: 'ƴɏ',
    z: 'ƶȥʒɀⱬ',
    // At the end of a Greek word stands another form of the same letter.
    σ: 'ς',
  }).flatMap(([plain, letters]) => letters.split('').map((letter) => [letter, plain] as const)),
)
const LETTER = new RegExp(`[${[...LETTERS.keys()].join('')}]`, 'g')
const ASCII = /^[\x20-\x7e]*$/

/**
 * A text folded for look-up, so that people are found as they are written: no case, no accents, letters such as ł, ø and ß as l, o
 * and ss, every apostrophe and every hyphen alike, single blanks.
 */
export function fold(text: string): string {
  const plain = ASCII.test(text)
    ? text.replaceAll('`', "'").toLowerCase()
    : text
        // Unicode takes this one apart, into a blank and an accent.
        .replaceAll('´', "'")
        .normalize('NFKD')
        .replace(MARKS, '')
        .replace(UNSEEN, '')
        .toLocaleLowerCase('en')
        .replace(APOSTROPHES, "'")
        .replace(HYPHENS, '-')
        .replace(LETTER, (letter) => LETTERS.get(letter) ?? letter)
        // Catalan writes l·l where others write ll.
        .replace(/(?<=l)·/g, '')
  return plain.split(/\s+/).join(' ').trim()
}

const exactly = (text: string) => text.normalize('NFC').split(/\s+/).join(' ').trim()
/** How closely two names can be alike, the closest first. */
const LIKENESS = [
  exactly,
  // A name that holds what shows as nothing can be typed as it is shown: An\xada.
  (text: string) => safe(exactly(text)),
  (text: string) => exactly(text).toLocaleLowerCase('en'),
  fold,
]

/** Letters of other alphabets that look like Latin ones, as they are written, from the confusables of Unicode (UTS #39). */
const LOOKS = new Map(
  Object.entries({
    a: 'аα',
    c: 'сϲ',
    d: 'ԁ',
    e: 'е',
    h: 'һ',
    i: 'іι',
    j: 'ј',
    l: 'ӏ',
    o: 'оο',
    p: 'рρ',
    q: 'ԛ',
    s: 'ѕ',
    u: 'υ',
    v: 'ѵν',
    w: 'ԝ',
    x: 'х',
    y: 'уγ',
    A: 'АΑ',
    B: 'ВΒ',
    C: 'СϹ',
    E: 'ЕΕ',
    G: 'Ԍ',
    H: 'НΗ',
    I: 'ІΙӀ',
    J: 'Ј',
    K: 'КΚ',
    M: 'МΜ',
    N: 'Ν',
    O: 'ОΟ',
    P: 'РΡ',
    Q: 'Ԛ',
    S: 'Ѕ',
    T: 'ТΤ',
    W: 'Ԝ',
    X: 'ХΧ',
    Y: 'УΥҮ',
    Z: 'Ζ',
  }).flatMap(([latin, letters]) => letters.split('').map((letter) => [letter, latin] as const)),
)
/** What a name looks like, in Latin letters as far as they look like its own. */
const lookOf = (name: string) =>
  fold(
    name
      .normalize('NFKD')
      .replace(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu, (letter) => LOOKS.get(letter) ?? letter),
  )

/** Whether two names that are not the same look the same, because one is in letters of another alphabet. */
export function looksLike(a: string, b: string): boolean {
  if (ASCII.test(a) && ASCII.test(b)) return false
  return fold(a) !== fold(b) && lookOf(a) === lookOf(b)
}

/** Whether two names are written in the same way, letter for letter. */
export function isSpelled(a: string, b: string): boolean {
  return exactly(a) === exactly(b)
}

/** Those that are called by a name, as closely as anybody is: an exact spelling beats a folded one. */
export function namesakes<T>(
  all: readonly T[],
  name: string,
  nameOf: (one: T) => string,
): readonly T[] {
  for (const like of LIKENESS) {
    const found = all.filter((one) => like(nameOf(one)) === like(name))
    if (found.length > 0) return found
  }
  return []
}
