import type { Problem } from '../../text/file-problem.ts'
import { anyOf } from '../../text/phrases.ts'
import type { NewQuestion } from '../bank/append.ts'

/** A question of a list, with the heading it stands under and the tags that its place names. */
export interface Listed extends Omit<NewQuestion, 'id'> {
  readonly section: string
  readonly line: number
}

/** Something in a list that may be a question. */
export interface ListEntry {
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
  | { readonly entries: readonly ListEntry[] }
  | { readonly problems: readonly Misread[] }

/** The most characters in a text of a bank. */
export const MAX_TEXT = 400
/** More lines than this are no list that anybody chose from. */
export const MAX_LINES = 5000
export const MAX_DEPTH = 20

/** What stands in front of a question in a list: a dot, a box to tick, a number or a letter. */
const BULLETS: readonly RegExp[] = [
  /^[-*+•◦▪●·–—>]+\s+/u,
  /^\[[ xX]?\]\s+/u,
  /^(?:q(?:uestion)?\s*)?\(?\d{1,4}\s*[.):\]](?=\s|\p{L}|["“‘«¿*_])\s*/iu,
  /^q(?:uestion)?\s*(?:\d{1,4}\s*)?[.:)]\s+/iu,
  /^question\s+\d{1,4}\s+[-–—]\s+/iu,
  /^\(?[a-z][.)]\s+/iu,
]
const WRAPPED = /^(?:(\*\*|__|[*_`])(.+)\1|["“”„‟«'‘](.+)["”“»'’])([.,;]?)$/u
/** A remark behind a question: in brackets, behind a dash or an arrow, or the mark of a footnote. */
const REMARK = anyOf(
  /(?<=[?？]["”»’'*_]*)\s*[([{][^?]*[)\]}]?[.:]?$/u,
  /(?<=[?？]["”»’'*_]*)\s*\((?:[^()]|\([^()]*\))*\)[.:]?$/u,
  /(?<=[?？]["”»’'*_]*)\s+(?:[-–—|→#•]|->|=>|\/\/)[^?]*$/u,
  /(?<=[?？]["”»’'*_]*)\s*[¹²³⁰-⁹†‡*]+$/u,
)
/** Small words before an invitation. */
const INVITATION_LEAD = /^(?:please,? |so,? |now,? |and |then |ok,? )/iu
/** Invitations to tell, which ask without a question mark. */
const INVITATIONS: readonly RegExp[] = [
  /^(?:describe|imagine|suppose|picture|rate|explain|recall)(?!\p{L})/iu,
  /^(?:tell (?:me|us)|walk (?:me|us)|talk (?:me|us|about)|think (?:of|about|back))(?!\p{L})/iu,
  /^(?:share (?:an?|one|two|three|some\w*|with (?:me|us)|the)|give (?:me|us|an?|one))(?!\p{L})/iu,
  /^(?:name (?:an?|one|two|three|some\w*|the)|help me understand|show me)(?!\p{L})/iu,
  /^(?:take (?:me|us) (?:through|back|to)|(?:complete|finish) (?:this|the) sentence)(?!\p{L})/iu,
  /^(?:cu[ée]nt[ae]\w*|descr[íi]be\w*|dime|h[áa]bla(?:me|nos)|imag[íi]na\w*|piensa)(?!\p{L})/iu,
  /^(?:expl[íi]ca\w*|sup[óo]n\w*|comparte|d[ií]game)(?!\p{L})/iu,
  /^(?:erz[äa]hl|beschreib|stell dir|raconte|d[ée]cris|parle)(?!\p{L})/iu,
]

function isInvitation(text: string): boolean {
  const plain = text.replace(INVITATION_LEAD, '')
  return INVITATIONS.some((one) => one.test(plain) || one.test(text))
}

function withoutBullets(text: string): string {
  const bullet = BULLETS.find((one) => one.test(text))
  return bullet === undefined ? text : withoutBullets(text.replace(bullet, ''))
}

/** The question in a line, without numbering, quotation marks and remarks; null where it asks nothing. */
export function questionIn(raw: string): string | null {
  let text = raw
    .slice(0, 5 * MAX_TEXT)
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  for (let [layers, before] = [0, '']; before !== text && layers < MAX_DEPTH; layers++) {
    before = text
    text = withoutBullets(text).replace(REMARK, '').trim()
    const [, , marked, quoted] = WRAPPED.exec(text) ?? []
    const inner = marked ?? quoted
    if (inner !== undefined && !/["“”«»]/.test(inner)) text = inner.trim()
  }
  text = text.replace(/\s*[?!]*\?[?!]*$/, (end) => (/^\s*\?$/.test(end) ? end : '?'))
  const words = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
  if (/^\S+:\/\/\S+$/.test(text) || words === 0) return null
  if (/[?？؟]["”»’]?\)?$/.test(text)) return text
  const tail = text.slice(text.lastIndexOf('?') + 1).trim()
  const isInviting = isInvitation(text) || (tail !== text && isInvitation(tail))
  return isInviting && words >= 3 && !text.endsWith(':') ? text : null
}
