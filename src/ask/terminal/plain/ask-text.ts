import type { Reply, Scene } from '../../../conversation/hold.ts'
import type { Turn } from '../../../conversation/turn.ts'
import { sayMoment } from '../../../dates/day.ts'
import { oneLine } from '../../../text/text.ts'
import {
  endLine,
  hear,
  type Heard,
  type PlainSession,
  steer,
  tellLines,
  tellNotTaken,
} from './session.ts'

const END_NOTE = 'An empty line ends it.'

/** What stands at a prompt for a text before anything is asked. */
export interface Offered {
  readonly text: string
  /** Lines that were entered before anybody asked for them. */
  readonly early: readonly string[]
  /** How the early lines are called, where they are taken. */
  readonly what?: string
}

/** A text of one line, or a note of several, while it is being written. */
interface Draft {
  readonly session: PlainSession
  readonly turn: Turn
  readonly scene: Scene
  readonly isNote: boolean
  text: string
  isWritten: boolean
  /** The text on which a hint was given: it is given once. */
  hinted: string | null
  /** Why drafts cannot be kept, as it was said last. */
  told: string | null
}

/** Asks for a text of one line, or a note of several. */
export async function askText(
  session: PlainSession,
  turn: Turn,
  scene: Scene,
  { text: offered, early, what = 'Typed before it was asked for:' }: Offered,
): Promise<Reply> {
  const isNote = turn.kind === 'note'
  const isTaken = early.length > 0 && (isNote || offered === '')
  const text = isTaken ? joined(offered, early, isNote) : offered
  const state = { text, isWritten: isTaken, hinted: null, told: null }
  const draft: Draft = { session, turn, scene, isNote, ...state }
  if (early.length > 0 && !isTaken) tellNotTaken(session, early)
  offer(draft, isTaken ? what : text === '' ? null : sayStanding(draft))
  for (;;) {
    const heard = await hear(session)
    const reply =
      heard.type === 'command' ? await obey(draft, heard.name) : takeEntered(draft, heard)
    if (reply !== null) return reply
  }
}

function sayStanding({ session, scene: { since } }: Draft): string {
  return since === null
    ? 'Written so far:'
    : `You typed this ${sayMoment(since, session.world.today())}; it was not saved yet:`
}

/** Shows what is written so far, and how to go on. */
function offer({ session, text, isNote }: Draft, why: string | null): void {
  tellLines(session, why, text === '' ? null : text)
  const goOn = isNote
    ? 'Enter keeps it; what you write is added to it, and :clear empties it.'
    : 'Enter keeps it; or write it anew.'
  if (text !== '') tellLines(session, goOn)
  else if (isNote) tellLines(session, `Write as many lines as you like. ${END_NOTE}`)
}

/** Keeps what is written against a crash. Why it cannot be kept is said once. */
function keep(draft: Draft): void {
  const failure = draft.scene.keepDraft(draft.text)
  if (failure !== null && failure !== draft.told) tellLines(draft.session, failure)
  draft.told = failure ?? draft.told
}

/** Follows a word that steers; null: the prompt goes on. */
async function obey(draft: Draft, name: string): Promise<Reply | null> {
  const { session, turn, scene, isNote, text } = draft
  const steered = await steer(session, name, turn, text, scene.editorFile)
  if (typeof steered !== 'string') return steered
  if (steered !== text || name === 'clear') {
    draft.text = isNote ? steered : oneLine(steered)
    keep(draft)
    offer(draft, draft.text === '' ? 'Nothing is written now.' : 'Written so far:')
  }
  return null
}

/** Takes what was entered; null: more is to come. */
function takeEntered(draft: Draft, heard: Exclude<Heard, { type: 'command' }>): Reply | null {
  const { session, scene, isNote } = draft
  const isEnded = heard.type === 'end'
  const isPaste = heard.lines.length > 1
  const isWhole = write(draft, heard.lines, isEnded)
  const { text } = draft
  if (isEnded) {
    // Ctrl-D ends a note, and else the conversation.
    if (!isNote || !draft.isWritten || session.lines.isTold) return { type: 'leave', draft: text }
    session.lines.reopen()
    endLine(session)
  } else if (!isWhole) {
    if (isPaste) tellLines(session, `${heard.lines.length} lines taken. ${END_NOTE}`)
    return null
  } else if (!isNote && isPaste) {
    offer(draft, 'Several lines came at once. As one line:')
    return null
  }
  const hint = draft.hinted === text ? null : scene.hintFor(text)
  if (hint === null || isEnded) return { type: 'answer', text }
  draft.hinted = text
  offer(draft, hint)
  return null
}

/** Adds lines to a note, or puts them in place of a line. @returns whether nothing more belongs to it */
function write(draft: Draft, entered: readonly string[], isEnded: boolean): boolean {
  const { isNote } = draft
  const { lines, isWhole } = isNote ? noteLines(entered) : { lines: entered, isWhole: true }
  const isPaste = entered.length > 1
  if (lines.some((line) => line.trim() !== '')) {
    draft.text = isNote ? joined(draft.text, lines, true) : oneLine(lines.join('\n'))
    draft.isWritten = true
    if (isNote || isPaste || isEnded) keep(draft)
  } else if (isNote && isPaste) draft.text = joined(draft.text, lines, true)
  return isWhole
}

/** The lines that belong to a note, and whether they end it: an empty line on its own does, or a full stop on its own. */
function noteLines(entered: readonly string[]): {
  readonly lines: readonly string[]
  readonly isWhole: boolean
} {
  const last = entered.at(-1)?.trim()
  if (last === '.') return { lines: entered.slice(0, -1), isWhole: true }
  return { lines: entered, isWhole: entered.length === 1 && last === '' }
}

function joined(text: string, lines: readonly string[], isNote: boolean): string {
  const all = text === '' ? lines : [text, ...lines]
  return isNote ? all.join('\n') : oneLine(all.join('\n'))
}
