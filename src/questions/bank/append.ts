import {
  Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type ParsedNode,
  parseDocument,
  stringify,
  visit,
} from 'yaml'
import { MAX_YAML_BYTES } from '../../yaml/read-yaml.ts'
import { type Bank, MAX_QUESTIONS } from './schema.ts'
import { foldWords, isSmallWord } from './similar.ts'

/** What stands at the head of a bank file. */
export type BankHead = Pick<Bank, 'id' | 'language'> & { readonly title: string }

/** A question that goes into a bank; what is left out or empty is not written. */
export type NewQuestion = Pick<Bank['questions'][number], 'id'> & {
  readonly text: string
} & Partial<
    Pick<
      Bank['questions'][number],
      'kinds' | 'steps' | 'stages' | 'areas' | 'skills' | 'style' | 'follow_ups' | 'why'
    >
  >

/** Lines are never folded, lists stand as `[a, b]`, and `no` is a text in YAML 1.1, too. */
const LAYOUT = { lineWidth: 0, flowCollectionPadding: false, compat: 'yaml-1.1' } as const

/**
 * The text of a bank file with questions added at its end. What stands in the file stays as it is, comments and blank
 * lines included; only where the questions are written as `[…]`, or there are none, is the file laid out anew. Pure.
 * @param text a bank file that could be read, or null for a new one
 */
export function addToBank(
  text: string | null,
  bank: BankHead,
  questions: readonly NewQuestion[],
): string {
  if (questions.length === 0) return text ?? ''
  if (text === null) {
    const { id, title, language } = bank
    const head = stringify({ id, title, language }, LAYOUT)
    return `${head}questions:\n${questions.map((one) => itemText(one, '  ')).join('\n')}`
  }
  const before = parseDocument(text.replace(BOM, ''), { logLevel: 'error' })
  const spliced = splice(text, before.contents, questions)
  return spliced !== null && isGrown(spliced, before, questions)
    ? spliced
    : layOutAnew(text, before, questions)
}

/** How many of the questions a bank file has room for: it holds so many, and so many bytes, and no more. */
export function roomFor(
  text: string | null,
  bank: BankHead,
  questions: readonly NewQuestion[],
): number {
  const listed =
    text === null ? undefined : parseDocument(text, { logLevel: 'error' }).get('questions')
  const held = isSeq(listed) ? listed.items.length : 0
  // The head of a new bank, and a blank line for each question, with some to spare.
  let bytes = Buffer.byteLength(text ?? stringify(bank)) + 64
  const most = questions.slice(0, Math.max(0, MAX_QUESTIONS - held))
  const full = most.findIndex((one) => {
    // An indented file takes a little more than two blanks a line.
    bytes += Buffer.byteLength(itemText(one, ' '.repeat(8))) + 2
    return bytes > MAX_YAML_BYTES
  })
  return full < 0 ? most.length : full
}

const BOM = /^\ufeff/

/** The lines of a question as an item of a list, indented. */
function itemText(question: NewQuestion, indent: string): string {
  return stringify([toNode(question)], LAYOUT).replace(/^(?=.)/gm, indent)
}

function toNode(question: NewQuestion) {
  const { id, text, kinds, steps, stages, areas, skills, style: given, follow_ups, why } = question
  const style = given === 'open' ? undefined : given
  const all = { id, text, kinds, steps, stages, areas, skills, style, follow_ups, why }
  const written = Object.entries(all).filter(([, value]) => value !== undefined && value.length > 0)
  const doc = new Document(Object.fromEntries(written))
  visit(doc, {
    Pair: (_key, { key, value }) => {
      if (isSeq(value)) value.flow = !isScalar(key) || key.value !== 'follow_ups'
    },
  })
  return doc.contents
}

/** The text with the questions after the last one; null where the list has another form. */
function splice(
  text: string,
  contents: ParsedNode | null,
  questions: readonly NewQuestion[],
): string | null {
  const [bom] = BOM.exec(text) ?? ['']
  const plain = text.replace(BOM, '')
  const listed = isMap(contents) ? contents.get('questions', true) : undefined
  if (!isSeq(listed) || listed.flow === true) return null
  const [first, last] = [listed.items.at(0), listed.items.at(-1)]
  if (!isNode(first) || !isNode(last) || !first.range || !last.range) return null
  const lineStart = plain.lastIndexOf('\n', first.range[0] - 1) + 1
  const [, indent] = /^( *)- +$/.exec(plain.slice(lineStart, first.range[0])) ?? []
  if (indent === undefined) return null
  const end = endOfLine(plain, last.range[1])
  const lineEnd = plain.includes('\r\n') ? '\r\n' : '\n'
  const parted = listed.items.length === 1 || isParted(plain.slice(first.range[0], end))
  const items = questions.map((one) => (parted ? '\n' : '') + itemText(one, indent)).join('')
  const isOpen = end > 0 && plain[end - 1] !== '\n'
  const added = (isOpen ? '\n' : '') + items
  return bom + plain.slice(0, end) + added.replaceAll('\n', lineEnd) + plain.slice(end)
}

/** Whether questions stand apart by blank lines. */
function isParted(text: string): boolean {
  return /\n[ \t]*\r?\n\s*(#.*\s+)*- /.test(text)
}

function endOfLine(text: string, from: number): number {
  if (from > 0 && text[from - 1] === '\n') return from
  const at = text.indexOf('\n', from)
  return at < 0 ? text.length : at + 1
}

/** Whether a text says what the document said, and the new questions after it. */
function isGrown(text: string, before: Document, questions: readonly NewQuestion[]): boolean {
  const after = parseDocument(text.replace(BOM, ''), { logLevel: 'error' })
  if (after.errors.length > 0) return false
  return JSON.stringify(after.toJS()) === JSON.stringify(grown(before, questions).toJS())
}

function layOutAnew(text: string, before: Document, questions: readonly NewQuestion[]): string {
  const [bom] = BOM.exec(text) ?? ['']
  return bom + grown(before, questions).toString(LAYOUT)
}

function grown(before: Document, questions: readonly NewQuestion[]): Document {
  const doc = before.clone()
  const listed = doc.get('questions')
  if (!isSeq(listed)) {
    doc.set('questions', doc.createNode(questions.map(toNode)))
    return doc
  }
  if (listed.items.length === 0) listed.flow = false
  for (const one of questions) {
    const node = toNode(one)
    if (isNode(node) && !listed.flow) node.spaceBefore = listed.items.length > 0
    listed.add(node)
  }
  return doc
}

/** The id of a bank from a name; empty where nothing in the name serves. */
export function bankId(name: string): string {
  return slug(foldWords(name)).slice(0, 60).replace(/-+$/, '')
}

/** The title of a bank from its id. */
export function bankTitle(id: string): string {
  const words = id.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** An id from the first words of a question that say something; more words, then a number, where it is taken. */
export function questionId(bank: string, text: string, taken: ReadonlySet<string>): string {
  const all = foldWords(text)
  const telling = all.filter((word) => !isSmallWord(word))
  const words = telling.length > 1 ? telling : all
  const slugs = [4, 5, 6, 8, 10].map((many) => slug(words.slice(0, many)).slice(0, 60))
  const ids = slugs.map((one) => `${bank}-${one || 'question'}`.replace(/-+$/, ''))
  const free = ids.find((id) => !taken.has(id))
  if (free !== undefined) return free
  for (let n = 2; ; n++) {
    const id = `${ids[0]}-${n}`
    if (!taken.has(id)) return id
  }
}

function slug(words: readonly string[]): string {
  return words
    .map((word) => word.replace(/[^a-z0-9]/g, ''))
    .filter(Boolean)
    .join('-')
}
