import type { Day } from '../dates/day.ts'
import { ChangedElsewhere, CoachError } from '../errors.ts'
import type { Answer } from '../model.ts'
import { merge } from './changes.ts'
import { type Conversation, isSettled, keyOf, type Turn } from './turn.ts'
import { type DraftKeeper, meet, NO_DRAFTS, takeUpFirstDraft } from './typed.ts'
import { nextOf, walk } from './walk.ts'

/**
 * Commits answers; when it returns they are safe.
 * @throws CoachError when they could not be saved; the prompt is then asked again, with its text
 */
export type Save = (answers: readonly Answer[]) => void

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

/** All that changes while one pass of a conversation is held. */
export interface Sitting {
  conversation: Conversation
  /** The walk through the conversation as it is now. */
  turns: readonly Turn[]
  /** Why the reply before was not taken. */
  problem: string | null
  /** A day that has passed, as it was typed at a prompt, behind the key of its turn. */
  past: string | null
  /** Whether turns that are settled are gone through as well. */
  isRevisiting: boolean
  /** The turns that were left for later. */
  readonly passedOver: Set<string>
  /** What was typed in this sitting and is offered again, by the key of its turn. */
  readonly typed: Map<string, string>
  readonly drafts: DraftKeeper
  readonly save: Save
  readonly how: Holding
}

/** Begins a sitting. @returns with the first turn to ask; undefined where nothing is open */
export function sitDown(
  conversation: Conversation,
  save: Save,
  how: Holding,
): { readonly sitting: Sitting; readonly first: Turn | undefined } {
  const { drafts = NO_DRAFTS } = how
  const turns = walk(conversation)
  const left = takeUpFirstDraft(turns, drafts)
  const sitting: Sitting = {
    conversation,
    turns,
    problem: null,
    past: null,
    isRevisiting: how.revisit ?? (left !== undefined && isSettled(left)),
    passedOver: new Set(),
    typed: new Map(),
    drafts,
    save,
    how,
  }
  return { sitting, first: left ?? (how.revisit ? turns[0] : nextOf(turns)) }
}

/** A turn as the conversation has it now. */
export function fresh({ turns }: Sitting, turn: Turn): Turn {
  return turns.find((one) => keyOf(one) === keyOf(turn)) ?? turn
}

/** The turn before; the first one where there is none. */
export function turnBefore(sitting: Sitting, turn: Turn): Turn {
  const { turns } = sitting
  const at = turns.findIndex((one) => keyOf(one) === keyOf(turn))
  if (at <= 0) sitting.problem = 'This is the first one.'
  sitting.isRevisiting = true
  return turns[at - 1] ?? turns[at] ?? turn
}

/** The turn to ask behind another one; undefined at the end of the pass. */
export function turnAfter(sitting: Sitting, turn: Turn): Turn | undefined {
  const { turns, passedOver, how } = sitting
  if (sitting.isRevisiting) {
    const next = turns[turns.findIndex((one) => keyOf(one) === keyOf(turn)) + 1]
    if (how.revisit || (next && isSettled(next))) return next
    sitting.isRevisiting = false
  }
  return nextOf(turns, passedOver)
}

/** Brings the conversation to the day that it is now. */
export function turnToDay(sitting: Sitting): void {
  const { conversation, how } = sitting
  const today = how.today?.() ?? conversation.facts.today
  if (today === conversation.facts.today) return
  setConversation(sitting, { ...conversation, facts: { ...conversation.facts, today } })
}

/** Saves changes. @returns whether they are safe; where not, the sitting says why */
export function keep(sitting: Sitting, changes: readonly Answer[]): boolean {
  if (changes.length === 0) return true
  try {
    sitting.save(changes)
  } catch (error) {
    if (!(error instanceof CoachError)) throw error
    sitting.problem = `Not saved: ${error.message}`
    if (error instanceof ChangedElsewhere) meetChange(sitting, error.answers, changes)
    return false
  }
  const { conversation } = sitting
  setConversation(sitting, { ...conversation, answers: merge(conversation.answers, changes) })
  return true
}

/** Another window answered meanwhile: what it said and what was typed here are offered together. */
function meetChange(
  sitting: Sitting,
  answers: readonly Answer[],
  changes: readonly Answer[],
): void {
  setConversation(sitting, { ...sitting.conversation, answers })
  for (const change of changes) {
    const met = meet(change, answers)
    if (met === null) continue
    sitting.problem = met.problem
    sitting.typed.set(keyOf(change), met.text)
  }
}

/** Saves an answer that was typed. If that fails, it is on disk as a draft before anything else happens. */
export function keepOrDraft(
  sitting: Sitting,
  turn: Turn,
  changes: readonly Answer[],
  text: string,
): boolean {
  let isKept = false
  try {
    isKept = keep(sitting, changes)
  } finally {
    if (!isKept) keepDraft(sitting, turn, text)
  }
  return isKept
}

/** Keeps what is typed so far. @returns why it could not be kept, or null */
export function keepDraft(sitting: Sitting, turn: Turn, draft: string): string | null {
  const { old } = fresh(sitting, turn)
  if (draft !== '' && draft !== old) return sitting.drafts.keep(turn, draft, old)
  sitting.drafts.drop(turn)
  return null
}

function setConversation(sitting: Sitting, conversation: Conversation): void {
  sitting.conversation = conversation
  sitting.turns = walk(conversation)
}
