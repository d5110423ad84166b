/** A sentence of a line, folded for the rules: lower case, contractions written out, speech in quotes taken out. */
export interface Sentence {
  /** As it was written. */
  readonly written: string
  /** Folded, without the mark at its end. */
  readonly text: string
  readonly isAsked: boolean
}

const QUOTES = /["“”„«»]/g
/** What somebody is quoted with says nothing about the line itself. */
const SPEECH = /"[^"]*"|(?<=^|\s)'[^']{2,}'(?=[\s.,;:?!)]|$)/g
const ABBREVIATION = /\b(?:mr|mrs|ms|dr|st|no|vs|e\.g|i\.e|approx|etc)\.$/i
/** "How would you finish this sentence: …" */
const ASKED_BEFORE =
  /^\s*(?:what|how|which|who|where|when|why) (?:would|do|did|is|are|can|could|will)\b[^:?]*:/i
/** Marks in front of a line: bullets, numbers, `(a)`, `Q:`. */
const ENUMERATION = /^\s*(?:[-*•–—]\s+|\(?[a-z0-9]{1,2}[.)]\s+|q\d*:\s*)/i

/** Contractions whose other half depends on nothing but the word itself. */
const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\bd'you\b|\bd'ya\b/g, 'do you'],
  [/\binnit\b/g, 'is it not'],
  [/\b(do|does|did|is|are|was|were|have|has|had|would|could|should)nt\b/g, '$1 not'],
  [/\bcan't\b|\bcant\b|\bcannot\b/g, 'can not'],
  [/\bwon't\b/g, 'will not'],
  [/\bshan't\b/g, 'shall not'],
  [/\bain't\b/g, 'is not'],
  [/\bgotta\b/g, 'got to'],
  [/\bgonna\b/g, 'going to'],
  [/\bwanna\b/g, 'want to'],
  [/\bwhatcha\b/g, 'what do you'],
  [/\blet's\b/g, 'let us'],
  [/\b(why|how|where|when)'d\b/g, '$1 did'],
  [/n't\b/g, ' not'],
  [/'re\b/g, ' are'],
  [/'ve\b/g, ' have'],
  [/'ll\b/g, ' will'],
  [/'m\b/g, ' am'],
  [/'d\b/g, ' would'],
  [
    /\b(what|who|where|when|how|why|it|that|this|there|here|he|she|everything|something)'s\b/g,
    '$1 is',
  ],
]

/** Takes a line apart into sentences. Colons part them too: what stands before one only leads up to what follows. */
export function sentencesOf(line: string): readonly Sentence[] {
  const plain = unquoted(line.replace(/[‘’]/g, "'").replace(QUOTES, '"'))
    .replace(SPEECH, 'something')
    .replaceAll('"', '')
  const parts: string[] = []
  let rest = plain
  for (;;) {
    const end = endOfSentence(rest)
    parts.push(rest.slice(0, end))
    rest = rest.slice(end)
    if (rest.trim() === '') break
  }
  return parts
    .map((part) => part.trim().replace(ENUMERATION, ''))
    .filter((part) => /[\p{L}\p{N}]/u.test(part))
    .map((written) => ({
      written,
      text: fold(written),
      isAsked: /\?[\s!.)]*$/.test(written),
    }))
}

function unquoted(line: string): string {
  const inner = /^\s*"([^"]*)"\s*$/.exec(line)
  return inner?.[1] ?? line
}

function endOfSentence(text: string): number {
  const mark = /[.?!]+["')\]]*(?=\s|$)|[;\n]|:(?=\s)|\s\((?=[a-z]\)\s)|\((?=[^)]*\)\s*$)/gi
  for (const found of text.matchAll(mark)) {
    const end = found.index + found[0].length
    if (found.index === 0 && found[0].startsWith('(')) continue
    if (ABBREVIATION.test(text.slice(0, end))) continue
    if (found[0] === ':' && ASKED_BEFORE.test(text)) continue
    return end
  }
  return text.length
}

function fold(text: string): string {
  let folded = text
    .toLowerCase()
    .replace(/\s*[-–—]+\s+|\s+[-–—]+\s*|[–—]|…|\.{3}/g, ', ')
    .replace(/(?<=[a-z])\s?\/\s?(?=[a-z])/g, ' or ')
  for (const [from, to] of CONTRACTIONS) folded = folded.replace(from, to)
  return folded
    .replace(/[.?!;:()[\]]+\s*$/g, '')
    .replace(/[()[\]]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\s+,/g, ',')
    .trim()
}

/** How many words a line has: what stands between blanks and holds a letter or a figure. */
export function wordsIn(line: string): number {
  return line.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}
