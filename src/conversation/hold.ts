import type { Answer } from '../model.ts'
import { answeredWith, row, setAside, skipped } from './changes.ts'
import { checkAnswer } from './check-answer.ts'
import {
  fresh,
  type Holding,
  keep,
  keepDraft,
  keepOrDraft,
  type Save,
  sitDown,
  type Sitting,
  turnAfter,
  turnBefore,
  turnToDay,
} from './sitting.ts'
import { type Conversation, isSettled, keyOf, type Turn } from './turn.ts'
import { takeUpDraft } from './typed.ts'

/** What stands around a turn when it is asked. */
export interface Scene {
  /** Why the answer before was not taken; null at the first asking. */
  readonly problem: string | null
  /** The answer before was a day that has passed: the same again is taken. */
  readonly isPast: boolean
  /** The text to offer: what was typed, or what was answered earlier. */
  readonly offered: string | null
  /** The turns of the same step that are answered already. */
  readonly earlier: readonly Turn[]
  /** What could be better about a text that is being written; null where nothing is to be said. */
  readonly hintFor: (text: string) => string | null
  /** When the offered text was typed that was never saved, as ISO text in UTC; null where it was saved. */
  readonly since: string | null
  /** Keeps what is typed so far, so that not even a crash loses it. @returns why it could not be kept, or null */
  readonly keepDraft: (draft: string) => string | null
  /** The file in which the user's own editor changes the text. */
  readonly editorFile: () => string
}

interface Answering {
  readonly type: 'answer'
  readonly text: string
  readonly questionId?: string | null
  /** Take the text as it is: a day at its end is not taken out. */
  readonly isWhole?: boolean
}

interface Leaving {
  readonly type: 'later' | 'back' | 'leave'
  readonly draft?: string
}

/** `draft` is what was typed when the manager went elsewhere; it is kept and offered again. */
export type Reply = Answering | Leaving | { readonly type: 'skip'; readonly draft?: string }

/** Where answers come from: a terminal, a file, a test. */
export type Ask = (turn: Turn, scene: Scene) => Promise<Reply>

export interface HeldPass {
  readonly conversation: Conversation
  /** `finished`: nothing is open; `open`: something was left for later; `left`: the manager went away. */
  readonly ended: 'finished' | 'open' | 'left'
  /** What was being typed when the manager left, where it could not be saved; `isDraft`: it is kept as a draft. */
  readonly unsaved: { readonly text: string; readonly isDraft: boolean } | null
}

const NEEDED = 'This one is needed for the record. It can be left for later.'
const DUE = 'Its day has come. Say what became of it; carried gives it a new day.'
const AGREED =
  'This action item is in your notebook already. To remove it later: coach delete action ID'

/** Holds one pass of a conversation: asks turn after turn, and saves each answer before the next is asked. */
export async function hold(
  start: Conversation,
  ask: Ask,
  save: Save,
  how: Holding = {},
): Promise<HeldPass> {
  const { sitting, first } = sitDown(start, save, how)
  let turn = first
  while (turn) {
    turnToDay(sitting)
    const now: Turn = { ...fresh(sitting, turn), ...(how.revisit ? { default: null } : {}) }
    const reply = await ask(now, sceneOf(sitting, now))
    const isSaidAgain = reply.type === 'answer' && pastOf(now, reply) === sitting.past
    sitting.problem = null
    sitting.past = null
    turnToDay(sitting)
    if (reply.type === 'leave') return leave(sitting, now, reply.draft ?? '')
    if (reply.type === 'back') turn = goBack(sitting, now, reply.draft ?? '')
    else if (await isReceived(sitting, now, reply, isSaidAgain)) turn = goOn(sitting, now, reply)
  }
  const ended = sitting.turns.every(isSettled) ? 'finished' : 'open'
  return { conversation: sitting.conversation, ended, unsaved: null }
}

function sceneOf(sitting: Sitting, turn: Turn): Scene {
  const { problem, past, typed, drafts, conversation, turns } = sitting
  const key = keyOf(turn)
  const found = typed.has(key) ? null : takeUpDraft(turn, drafts)
  return {
    problem,
    isPast: past !== null,
    offered: typed.get(key) ?? found?.text ?? turn.old,
    since: found?.at ?? null,
    earlier: earlierInStep(turns, turn),
    hintFor: (text) =>
      turn.hints
        .map((about) => conversation.facts.hint(about, text))
        .find((hint) => hint !== null) ?? null,
    keepDraft: (draft) => keepDraft(sitting, turn, draft),
    editorFile: () => drafts.editorFile(turn),
  }
}

const pastOf = (turn: Turn, { text }: Answering) => `${keyOf(turn)} ${text.trim()}`

/** Whether a reply is safe, so that the next turn can be asked; where not, the sitting says why. */
async function isReceived(
  sitting: Sitting,
  turn: Turn,
  reply: Exclude<Reply, { type: 'back' | 'leave' }>,
  isSaidAgain: boolean,
): Promise<boolean> {
  if (reply.type === 'answer') return await isTaken(sitting, turn, reply, isSaidAgain)
  const { draft = '' } = reply
  rememberTyped(sitting, turn, draft)
  if (reply.type === 'later') return isSetAside(sitting, turn, draft, true)
  sitting.problem = whyNotEmpty(turn)
  return sitting.problem === null && keep(sitting, skipped(sitting.conversation, turn, draft))
}

async function isTaken(
  sitting: Sitting,
  turn: Turn,
  reply: Answering,
  isSaidAgain: boolean,
): Promise<boolean> {
  const taken = await take(sitting.conversation, turn, reply, isSaidAgain)
  const { text } = reply
  const isTyped = text.trim() !== ''
  // What was typed last is what stands there next; where another window wrote too, both do.
  if (isTyped) sitting.typed.set(keyOf(turn), text)
  if (!('problem' in taken)) return keepOrDraft(sitting, turn, taken.changes, text)
  sitting.problem = taken.problem
  sitting.past = taken.isPast ? pastOf(turn, reply) : null
  if (isTyped) keepDraft(sitting, turn, text)
  return false
}

function rememberTyped({ typed }: Sitting, turn: Turn, draft: string): void {
  if (draft !== '' && draft !== turn.old) typed.set(keyOf(turn), draft)
}

/** Keeps what was typed at a turn that is left; of one that is left for later, that too. @returns whether it is safe */
function isSetAside(sitting: Sitting, turn: Turn, draft: string, isForLater = false): boolean {
  const now = fresh(sitting, turn)
  const aside = setAside(now, draft)
  const isNew = isForLater && now.kept === null && aside.length === 0
  return keep(sitting, isNew ? [row(now, 'later', turn.old)] : aside)
}

function leave(sitting: Sitting, turn: Turn, draft: string): HeldPass {
  rememberTyped(sitting, turn, draft)
  const isSafe = isSetAside(sitting, turn, draft)
  if (isSafe) sitting.drafts.drop(turn)
  const isDraft = !isSafe && keepDraft(sitting, turn, draft) === null
  const unsaved = isSafe ? null : { text: draft, isDraft }
  return { conversation: sitting.conversation, ended: 'left', unsaved }
}

function goBack(sitting: Sitting, turn: Turn, draft: string): Turn {
  rememberTyped(sitting, turn, draft)
  if (!isSetAside(sitting, turn, draft)) return turn
  sitting.drafts.drop(turn)
  return turnBefore(sitting, turn)
}

function goOn(sitting: Sitting, turn: Turn, { type }: Reply): Turn | undefined {
  const { typed, drafts, passedOver } = sitting
  const key = keyOf(turn)
  if (type === 'later' && !isSettled(fresh(sitting, turn))) passedOver.add(key)
  drafts.drop(turn)
  typed.delete(key)
  // What was said anew about an item says its day anew.
  if (type === 'answer') typed.delete(key.replace(/what$/, 'due'))
  return turnAfter(sitting, turn)
}

/** The changes that an answer makes, or why it is not taken. */
async function take(
  conversation: Conversation,
  turn: Turn,
  { text, questionId, isWhole }: Answering,
  isSaidAgain: boolean,
): Promise<
  { readonly changes: readonly Answer[] } | { readonly problem: string; readonly isPast?: boolean }
> {
  if (text.trim() === '') {
    const problem = whyNotEmpty(turn)
    return problem === null ? { changes: skipped(conversation, turn) } : { problem }
  }
  const kind = isWhole ? 'line' : turn.kind
  const { today, heldOn, isPastTaken } = conversation.facts
  const checked = await checkAnswer(
    text,
    { ...turn, kind, heldOn },
    today,
    isPastTaken || isSaidAgain,
  )
  if ('problem' in checked) return checked
  return { changes: answeredWith(conversation, turn, checked, questionId) }
}

/** Why a turn cannot be passed over: it is needed, or an item with all its fields hangs on it. */
function whyNotEmpty(turn: Turn): string | null {
  if (turn.required) return /^promises\.\d+\.outcome$/.test(turn.path) ? DUE : NEEDED
  return turn.action?.field === 'what' && turn.kept?.state === 'answered' ? AGREED : null
}

function earlierInStep(turns: readonly Turn[], turn: Turn): readonly Turn[] {
  const at = turns.findIndex((one) => keyOf(one) === keyOf(turn))
  return turns
    .slice(0, at)
    .filter(
      (one) =>
        one.round === turn.round &&
        one.step.title === turn.step.title &&
        one.kept?.state === 'answered',
    )
}
