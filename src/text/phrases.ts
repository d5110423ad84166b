/**
 * Phrases as a person writes them down, compiled to a regular expression when somebody first asks.
 *
 * One phrase a line; a line that begins with `|` goes on with the one above. Texts are compared in small letters.
 *
 * - `did you`: these words, whole. `deal*`: a word with any ending; at the edge of a phrase, `*` lets the word go on.
 * - `(a|b c)`: one of these. `[a|b]`: perhaps one of these, with the blank beside it; `[a|b]*` any number of them,
 *   `[a|b]{0,3}` up to three. `colo[u]r` within a word.
 * - `!(a|b)`: none of these comes next. `=(a|b)`: one of these comes next. `!<(a|b)`: none of these comes before.
 * - `_`: any word. `#`: a digit. `...`: anything, with blanks beside it between whole words.
 * - `^` and `$`: where the text begins and ends. `<a|b>`: what is read out by `exec`.
 * - `{size}`: one of a list, see {@link phrases}. `!-(ed|ing)`: the word before ends in none of these.
 */

/** Phrases that a text can be searched for. */
export interface Phrases {
  /** Whether one of them stands in a text. */
  test(text: string): boolean
  /** Where the first of them stands, with what it reads out. */
  exec(text: string): RegExpExecArray | null
  /** Where they stand, one after another. */
  all(text: string): IterableIterator<RegExpExecArray>
  /** A text in which another one stands in place of the first of them. */
  replace(text: string, by: string): string
  /** The phrases one by one. */
  readonly each: readonly RegExp[]
}

/** What every phrase can name: parts of a text that no list of words could hold. */
const BUILT_IN: Readonly<Record<string, string>> = {
  letters: '[a-z]+',
  name: '[a-z]{2,}',
  token: String.raw`[a-z][\w'-]*`,
  word: String.raw`[\w-]+`,
  spelled: String.raw`[\w'-]+`,
  words: String.raw`[\w ]+`,
  phrase: String.raw`[\w' ]+?`,
  plural: String.raw`[\w-]*[^s\W]s(?!')`,
  digits: String.raw`\d+`,
  clock: String.raw`\d[\d:.]*`,
  aside: '[^,]{2,60}',
  small: '[a-z ]+',
  clause: '[^,]+',
  rest: '.+',
  blanks: String.raw`\s*`,
}
const WORD_ENDS = String.raw`(?!\w)`
const WORD_BEGINS = String.raw`(?<!\w)`

/**
 * Phrases, one a line. `lists` are definitions, one a line: `size = big | small`, which a phrase names as `{size}`.
 * A list may name others.
 */
export function phrases(text: string, ...lists: readonly string[]): Phrases {
  let each: readonly RegExp[] | undefined
  let all: RegExp | undefined
  const compiled = () => (each ??= compileEach(text, lists))
  const whole = () =>
    (all ??= new RegExp(
      compiled()
        .map(({ source }) => source)
        .join('|'),
    ))
  return {
    test: (searched) => whole().test(searched),
    exec: (searched) => whole().exec(searched),
    all: (searched) => searched.matchAll(new RegExp(whole(), 'g')),
    replace: (searched, by) => searched.replace(whole(), by),
    get each() {
      return compiled()
    },
  }
}

function compileEach(text: string, lists: readonly string[]): readonly RegExp[] {
  const words = new Map(lists.flatMap(definitionsIn))
  return linesOf(text).map((line) => {
    const parts = alternativesOf(line).map((phrase) => new Compiler(phrase, words).phrase())
    return new RegExp(parts.join('|'))
  })
}

/** The lines of a text without comments, each with those that go on with it. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim())
  return lines
    .filter((line) => line !== '')
    .join('\n')
    .replaceAll(/\n\|/g, ' |')
    .split('\n')
    .filter((line) => line !== '')
}

function definitionsIn(lists: string): readonly (readonly [string, string])[] {
  return linesOf(lists).map((line) => {
    const at = line.indexOf(' = ')
    return [line.slice(0, at), line.slice(at + 3).replaceAll(' | ', '|')] as const
  })
}

/** A line taken apart at each ` | ` outside of brackets. */
function alternativesOf(line: string): readonly string[] {
  return line.split(' | ')
}

/** Reads one phrase from left to right and writes it as the source of a regular expression. */
class Compiler {
  readonly #text: string
  readonly #lists: ReadonlyMap<string, string>
  #at = 0

  constructor(text: string, lists: ReadonlyMap<string, string>) {
    this.#text = text
    this.#lists = lists
  }

  /** The whole phrase, with the edges of words around it unless a `*` takes them away. */
  phrase(): string {
    const isOpenBefore = this.#take('*')
    const isOpenBehind = this.#text.endsWith('*') && !this.#text.endsWith(']*')
    const body = this.alternatives()
    if (this.#at < this.#text.length) throw new SyntaxError(`“${this.#text}” at ${this.#at}`)
    const begins = isOpenBefore || body.startsWith('^') ? '' : WORD_BEGINS
    return `${begins}${isOpenBehind ? body.slice(0, -String.raw`\w*`.length) : body + WORD_ENDS}`
  }

  alternatives(): string {
    const found = [this.#sequence()]
    while (this.#take('|')) found.push(this.#sequence())
    return found.length === 1 ? (found[0] ?? '') : `(?:${found.join('|')})`
  }

  #sequence(): string {
    let out = ''
    /** A blank that was read and is not written yet: what follows decides where it goes. */
    let isBlank = false
    /** Whether nothing stands before, so that a blank behind an optional word belongs to it. */
    let isFirst = true
    while (this.#at < this.#text.length && !'|)]>'.includes(this.#text[this.#at] ?? '')) {
      if (this.#take(' ')) {
        isBlank = true
        continue
      }
      if (this.#take('^')) {
        out += '^'
        continue
      }
      if (this.#take('...')) {
        out += `${isBlank ? WORD_ENDS : ''}.*${this.#take(' ') ? WORD_BEGINS : ''}`
        isBlank = false
        isFirst = true
        continue
      }
      const look = this.#lookaround(isBlank)
      if (look !== null) {
        out += look
        isBlank = false
        continue
      }
      if (this.#take('[')) {
        const inner = this.alternatives()
        this.#expect(']')
        const times = this.#times()
        const takesNext: boolean = !isBlank && isFirst && this.#take(' ')
        out += `(?:${isBlank ? ' ' : ''}${inner}${takesNext ? ' ' : ''})${times}`
        isFirst = takesNext
        isBlank = false
        continue
      }
      out += `${isBlank ? ' ' : ''}${this.#atom()}`
      isBlank = false
      isFirst = false
    }
    return isBlank ? `${out} ` : out
  }

  /** What must, or must not, stand before or behind; null where nothing of the kind is written here. */
  #lookaround(isBlank: boolean): string | null {
    for (const [mark, sign] of [
      ['!<(', '!'],
      ['=<(', '='],
    ] as const) {
      if (!this.#take(mark)) continue
      const before = `(?<${sign}${WORD_BEGINS}${this.#closed()} )`
      // The blank before the word belongs to what stands in front of it.
      this.#take(' ')
      return before
    }
    if (this.#take('!-(')) return `(?<!${this.#closed()})`
    const sign = this.#take('!') ? '!' : this.#take('=(') ? '=' : null
    if (sign === null) return null
    if (sign === '!') this.#expect('(')
    const inner = this.#closed()
    return `${isBlank ? WORD_ENDS : ''}(?${sign}${isBlank ? ' ' : ''}${inner}${WORD_ENDS})`
  }

  #closed(end = ')'): string {
    const inner = this.alternatives()
    this.#expect(end)
    return inner
  }

  #atom(): string {
    if (this.#take('(')) return this.#closed()
    if (this.#take('<')) return `(${this.#closed('>')})`
    if (this.#take('*')) return String.raw`\w*`
    if (this.#take('_')) return String.raw`\w+`
    if (this.#take('#')) return String.raw`\d`
    if (this.#take('$')) return '$'
    if (this.#take('{')) return this.#list()
    this.#take('\\')
    const char = this.#text[this.#at++] ?? ''
    return char.replace(/[.*+?^${}()|[\]\\/]/, String.raw`\$&`)
  }

  #list(): string {
    const end = this.#text.indexOf('}', this.#at)
    const name = this.#text.slice(this.#at, end)
    this.#at = end + 1
    const own = this.#lists.get(name)
    if (own === undefined) {
      const found = BUILT_IN[name]
      if (found === undefined) throw new SyntaxError(`no list “${name}” for “${this.#text}”`)
      return found
    }
    const inner = new Compiler(own, this.#lists).alternatives()
    return inner.startsWith('(?:') ? inner : `(?:${inner})`
  }

  /** How often an optional part may stand. */
  #times(): string {
    if (this.#take('*')) return '*'
    if (this.#take('+')) return '+'
    const found = /^\{\d,\d\}/.exec(this.#text.slice(this.#at))?.[0]
    this.#at += found?.length ?? 0
    return found ?? '?'
  }

  #take(mark: string): boolean {
    if (!this.#text.startsWith(mark, this.#at)) return false
    this.#at += mark.length
    return true
  }

  #expect(mark: string): void {
    if (!this.#take(mark)) throw new SyntaxError(`“${this.#text}” lacks ${mark} at ${this.#at}`)
  }
}

/** One regular expression for several that a person can read; it has the flags of the first. */
export function anyOf(...parts: readonly RegExp[]): RegExp {
  return new RegExp(parts.map(({ source }) => source).join('|'), parts[0]?.flags)
}
