import type { Day } from '../dates.ts'
import type { Answer } from '../model.ts'
import { ChangedElsewhere, CoachError } from '../errors.ts'
import { answeredWith, merge, row, setAside, skipped } from './changes.ts'
import { checkAnswer } from './checks.ts'
import { type Conversation, isSettled, keyOf, type Turn } from './turn.ts'
import { type DraftKeeper, draftFor, meet, NO_DRAFTS, turnWithDraft } from './typed.ts'
import { nextTurn, walk } from './walk.ts'

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

/** `draft` is what was typed when the manager went elsewhere; it is kept and offered again. */
export type Reply =
  | {
      readonly type: 'answer'
      readonly text: string
      readonly questionId?: string | null
      /** Take the text as it is: a day at its end is not taken out. */
      readonly isWhole?: boolean
    }
  | { readonly type: 'skip' | 'later' | 'back' | 'leave'; readonly draft?: string }

/** Where answers come from: a terminal, a file, a test. */
export type Ask = (turn: Turn, scene: Scene) => Promise<Reply>

/**
 * Commits answers; when it returns they are safe.
 * @throws CoachError when they could not be saved; the prompt is then asked again, with its text
 */
export type Save = (answers: readonly Answer[]) => void

export interface Held {
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

/** How a conversation is held. */
export interface Holding {
  /** Ask every turn from the first on, answered or not. */
  readonly revisit?: boolean
  readonly drafts?: DraftKeeper
  /**
   * Which day it is, asked anew for each answer: a conversation can stay open over a weekend, and “tomorrow” is said on the day
   * on which it is typed. Without it, the day of the facts holds throughout.
   */
  readonly today?: () => Day
}

/** Holds one pass of a conversation: asks turn after turn, and saves each answer before the next is asked. */
export async function hold(
  start: Conversation,
  ask: Ask,
  save: Save,
  options: Holding = {},
): Promise<Held> {
  const { drafts: keeper = NO_DRAFTS } = options
  let conversation = start
  const passedOver = new Set<string>()
  /** What was typed in this sitting and is offered again, by the key of its turn. */
  const typed = new Map<string, string>()
  let problem: string | null = null
  /** A day that has passed, as it was typed at a prompt. */
  let past: string | null = null
  const left = turnWithDraft(conversation, keeper)
  let turn = left ?? (options.revisit ? walk(conversation)[0] : nextTurn(conversation))
  let isRevisiting = options.revisit ?? (left !== undefined && isSettled(left))

  const keep = (changes: readonly Answer[]): boolean => {
    if (changes.length === 0) return true
    try {
      save(changes)
    } catch (error) {
      if (!(error instanceof CoachError)) throw error
      problem = `Not saved: ${error.message}`
      if (error instanceof ChangedElsewhere) meetChange(error.answers, changes)
      return false
    }
    conversation = { ...conversation, answers: merge(conversation.answers, changes) }
    return true
  }
  /** Another window answered meanwhile: what it said and what was typed here are offered together. */
  const meetChange = (answers: readonly Answer[], changes: readonly Answer[]) => {
    conversation = { ...conversation, answers }
    for (const change of changes) {
      const met = meet(change, answers)
      if (met === null) continue
      problem = met.problem
      typed.set(keyOf(change), met.text)
    }
  }
  /** The same turn with what has been kept for it meanwhile. */
  const fresh = (turn: Turn): Turn =>
    walk(conversation).find((one) => keyOf(one) === keyOf(turn)) ?? turn
  const keepDraft = (turn: Turn, draft: string): string | null => {
    const { old } = fresh(turn)
    if (draft !== '' && draft !== old) return keeper.keep(turn, draft, old)
    keeper.drop(turn)
    return null
  }
  /** What could not be saved is on disk as a draft before anything else happens. */
  const keepOrDraft = (turn: Turn, changes: readonly Answer[], text: string): boolean => {
    let isKept = false
    try {
      isKept = keep(changes)
    } finally {
      if (!isKept) keepDraft(turn, text)
    }
    return isKept
  }
  const goOn = (from: Turn): Turn | undefined => {
    if (!isRevisiting) return nextTurn(conversation, passedOver)
    const turns = walk(conversation)
    const at = turns.findIndex((one) => keyOf(one) === keyOf(from))
    const next = turns[at + 1]
    if (options.revisit || (next && isSettled(next))) return next
    isRevisiting = false
    return nextTurn(conversation, passedOver)
  }

  /** Brings the conversation to the day that it is now. @returns whether another day has begun */
  const turnToDay = (): boolean => {
    const today = options.today?.() ?? conversation.facts.today
    if (today === conversation.facts.today) return false
    conversation = { ...conversation, facts: { ...conversation.facts, today } }
    return true
  }

  while (turn) {
    if (turnToDay()) turn = fresh(turn)
    const now: Turn = options.revisit ? { ...turn, default: null } : turn
    const key = keyOf(now)
    const found = typed.has(key) ? null : draftFor(now, keeper)
    const reply: Reply = await ask(now, {
      problem,
      isPast: past !== null,
      offered: typed.get(key) ?? found?.text ?? now.old,
      since: found?.at ?? null,
      earlier: earlierInStep(conversation, now),
      hintFor: (text) =>
        now.hints.map((about) => start.facts.hint(about, text)).find((hint) => hint !== null) ??
        null,
      keepDraft: (draft) => keepDraft(now, draft),
      editorFile: () => keeper.editorFile(now),
    })
    problem = null
    const isSaidAgain = reply.type === 'answer' && `${key} ${reply.text.trim()}` === past
    past = null
    turnToDay()
    if (reply.type === 'answer') {
      const taken = await take(conversation, now, reply, isSaidAgain)
      const isTyped = reply.text.trim() !== ''
      // What was typed last is what stands there next; where another window wrote too, both do.
      if (isTyped) typed.set(key, reply.text)
      if ('problem' in taken) {
        problem = taken.problem
        past = taken.isPast ? `${key} ${reply.text.trim()}` : null
        if (isTyped) keepDraft(now, reply.text)
      }
      if ('problem' in taken || !keepOrDraft(now, taken.changes, reply.text)) {
        turn = fresh(turn)
        continue
      }
    } else {
      const draft = reply.draft ?? ''
      if (draft !== '' && draft !== now.old) typed.set(key, draft)
      if (reply.type === 'skip') {
        problem = whyNotEmpty(now)
        if (problem !== null || !keep(skipped(conversation, now, draft))) continue
      } else {
        const before = fresh(now)
        const isNew = reply.type === 'later' && before.kept === null
        const aside = setAside(before, draft)
        const isSafe = keep(isNew && aside.length === 0 ? [row(before, 'later', now.old)] : aside)
        if (reply.type === 'leave') {
          if (isSafe) keeper.drop(now)
          const isDraft = !isSafe && keepDraft(now, draft) === null
          return { conversation, ended: 'left', unsaved: isSafe ? null : { text: draft, isDraft } }
        }
        if (!isSafe) {
          turn = fresh(turn)
          continue
        }
        keeper.drop(now)
        if (reply.type === 'back') {
          const turns = walk(conversation)
          const at = turns.findIndex((one) => keyOf(one) === key)
          if (at <= 0) problem = 'This is the first one.'
          turn = turns[at - 1] ?? turns[at] ?? now
          isRevisiting = true
          continue
        }
        if (!isSettled(fresh(now))) passedOver.add(key)
      }
    }
    keeper.drop(now)
    typed.delete(key)
    // What was said anew about an item says its day anew.
    if (reply.type === 'answer') typed.delete(key.replace(/what$/, 'due'))
    turn = goOn(now)
  }
  const ended = walk(conversation).every(isSettled) ? 'finished' : 'open'
  return { conversation, ended, unsaved: null }
}

/** The changes that an answer makes, or why it is not taken. */
async function take(
  conversation: Conversation,
  turn: Turn,
  { text, questionId, isWhole }: Extract<Reply, { type: 'answer' }>,
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
  const due = checked.due ?? null
  return { changes: answeredWith(conversation, turn, checked.value, due, questionId) }
}

/** Why a turn cannot be passed over: it is needed, or an item with all its fields hangs on it. */
function whyNotEmpty(turn: Turn): string | null {
  if (turn.required) return /^promises\.\d+\.outcome$/.test(turn.path) ? DUE : NEEDED
  return turn.action?.field === 'what' && turn.kept?.state === 'answered' ? AGREED : null
}

function earlierInStep(conversation: Conversation, turn: Turn): readonly Turn[] {
  const turns = walk(conversation)
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
