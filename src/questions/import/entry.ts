import type { Problem } from '../../text/file-problem.ts'
import type { NewQuestion } from '../bank/append.ts'

/** A question of a list, with the heading it stands under and the tags that its place names. */
export interface Listed extends Omit<NewQuestion, 'id'> {
  readonly section: string
  readonly line: number
}

/** Something in a list that may be a question. */
export interface Entry {
  readonly raw: string
  readonly line: number
  readonly section: string
  readonly tags?: Partial<NewQuestion>
  /** Paragraphs and headings are questions only in a list that has little else. */
  readonly place?: 'paragraph' | 'heading'
}

export type Misread = Omit<Problem, 'file'>

/** What a reader of a format found. */
export type Reading =
  | { readonly entries: readonly Entry[] }
  | { readonly problems: readonly Misread[] }

/** The most characters in a text of a bank. */
export const MAX_TEXT = 400
/** More lines than this are no list that anybody chose from. */
export const MAX_LINES = 5000
export const MAX_DEPTH = 20

const BULLET =
  /^(?:[-*+•◦▪●·–—>]+\s+|\[[ xX]?\]\s+|(?:q(?:uestion)?\s*)?\(?\d{1,4}\s*[.):\]](?=\s|\p{L}|["“‘«¿*_])\s*|q(?:uestion)?\s*(?:\d{1,4}\s*)?[.:)]\s+|question\s+\d{1,4}\s+[-–—]\s+|\(?[a-z][.)]\s+)+/iu
const WRAPPED = /^(?:(\*\*|__|[*_`])(.+)\1|["“”„‟«'‘](.+)["”“»'’])([.,;]?)$/u
/** A remark behind a question: in brackets, behind a dash or an arrow, or the mark of a footnote. */
const REMARK =
  /(?<=[?？]["”»’'*_]*)(?:\s*[([{][^?]*[)\]}]?[.:]?|\s*\((?:[^()]|\([^()]*\))*\)[.:]?|\s+(?:[-–—|→#•]|->|=>|\/\/)[^?]*|\s*[¹²³⁰-⁹†‡*]+)$/u
const INVITATION =
  /^(?:please,? |so,? |now,? |and |then |ok,? )?(?:tell (?:me|us)|describe|walk (?:me|us)|talk (?:me|us|about)|think (?:of|about|back)|imagine|suppose|picture|share (?:an?|one|two|three|some\w*|with (?:me|us)|the)|give (?:me|us|an?|one)|name (?:an?|one|two|three|some\w*|the)|rate|explain|recall|help me understand|take (?:me|us) (?:through|back|to)|show me|(?:complete|finish) (?:this|the) sentence|cu[ée]nt[ae]\w*|descr[íi]be\w*|dime|h[áa]bla(?:me|nos)|imag[íi]na\w*|piensa|expl[íi]ca\w*|sup[óo]n\w*|comparte|erz[äa]hl|beschreib|stell dir|raconte|d[ée]cris|parle|d[ií]game)(?![\p{L}])/iu

/** The question in a line, without numbering, quotation marks and remarks; null where it asks nothing. */
export function questionIn(raw: string): string | null {
  let text = raw
    .slice(0, 5 * MAX_TEXT)
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  for (let [layers, before] = [0, '']; before !== text && layers < MAX_DEPTH; layers++) {
    before = text
    text = text.replace(BULLET, '').replace(REMARK, '').trim()
    const [, , marked, quoted] = WRAPPED.exec(text) ?? []
    const inner = marked ?? quoted
    if (inner !== undefined && !/["“”«»]/.test(inner)) text = inner.trim()
  }
  text = text.replace(/\s*[?!]*\?[?!]*$/, (end) => (/^\s*\?$/.test(end) ? end : '?'))
  const words = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
  if (/^\S+:\/\/\S+$/.test(text) || words === 0) return null
  if (/[?？؟]["”»’]?\)?$/.test(text)) return text
  const tail = text.slice(text.lastIndexOf('?') + 1).trim()
  const isInviting = INVITATION.test(text) || (tail !== text && INVITATION.test(tail))
  return isInviting && words >= 3 && !text.endsWith(':') ? text : null
}
