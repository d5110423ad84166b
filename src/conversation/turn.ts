import type { Day } from '../dates/day.ts'
import type {
  ActionField,
  Answer,
  AnswerKind,
  AskKind,
  ItemStatus,
  Owner,
  Pass,
  Visibility,
} from '../model.ts'
import type { Guide } from './guide.ts'

/** One of several things to choose from; `key` chooses it with one key press. */
export interface Choice {
  readonly id: string
  readonly title: string
  readonly key?: string
}

/** An open action item as a conversation opens with it. */
export interface PromisedItem {
  readonly id: number
  readonly what: string
  readonly owner: Owner
  readonly due: Day | null
  readonly status: ItemStatus
  readonly carried: number
  /** Whether what became of it is nobody else's business. */
  readonly isPrivate: boolean
}

/** A note of the inbox as a conversation opens it. */
export interface InboxNote {
  readonly id: number
  readonly text: string
  readonly on: Day
}

/** What the conversation is about, as far as it is known, for choosing fitting questions. */
export interface Topic {
  readonly kind: AskKind
  readonly stage: string | null
  readonly area: string | null
  readonly skill: string | null
  /** The id of the step in which the question is asked; null where none is known. */
  readonly step: string | null
  /** The banks to take questions from; null: every bank for general use. */
  readonly banks: readonly string[] | null
  /** Questions that are not wanted, by their ids. */
  readonly taken: readonly string[]
}

/** What hints on a text look for: what is wrong with a question, or with feedback, or names that should stay out. */
type HintKind = 'question' | 'feedback' | 'names'

/** Both sides of the gate at the end of a stage, and what to ask and to agree where the customer's is missing. */
export interface GateWords {
  readonly seller: string
  readonly customer: string
  readonly ask: string
  readonly action: string
}

/** An opportunity as a conversation about it begins. */
export interface OpportunityFacts {
  readonly name: string
  readonly stage: string | null
  /** The stages whose gate the customer has confirmed. */
  readonly confirmed: ReadonlySet<string>
}

interface RatingBefore {
  readonly value: string
  readonly on: Day
}

/** All that a conversation needs to know of the world. Plain data and pure functions. */
export interface Facts {
  readonly today: Day
  /** The day of a conversation that took place before today and is recorded or corrected now; null for any other. */
  readonly heldOn: Day | null
  /** The first name of the person, for wording. */
  readonly name: string
  readonly stages: readonly (Choice & { readonly gate?: GateWords | undefined })[]
  readonly areas: readonly Choice[]
  readonly skills: readonly (Choice & { readonly anchors: readonly string[] })[]
  /** The person's opportunities that are still open. */
  readonly opportunities: readonly OpportunityFacts[]
  /** Ratings given before, by guide and path (`self/mindset.values`), the newest first. */
  readonly ratings: ReadonlyMap<string, readonly RatingBefore[]>
  /** Action items that were open when the session began, the oldest first. */
  readonly promises: readonly PromisedItem[]
  /** Notes that wait in the inbox, and those that this session has made something of; the oldest first. */
  readonly inbox: readonly InboxNote[]
  /** The person's open goals. */
  readonly goals: readonly Choice[]
  /** The day agreed for the next conversation, where it is still ahead. */
  readonly nextSession: Day | null
  /** When prompts that are asked now and then were last asked, by their ids. */
  readonly asked: ReadonlyMap<string, Day>
  /** Since when the person is in the notebook. */
  readonly knownSince: Day
  /** What is answered already elsewhere, such as in a file: prompts that would not have their turn now have it all the same. */
  readonly mentioned: ReadonlySet<string>
  /** Take days that have passed where a day ahead is meant. */
  readonly isPastTaken: boolean
  /** What was last chosen for this person, by prompt id (`stage`, `skill`). */
  readonly last: ReadonlyMap<string, string>
  /** Ask every detail in its place instead of offering the details of a step together. */
  readonly full: boolean
  /** The bank's id of a question, by its text. */
  readonly idOf: (question: string) => string | null
  /** What could be better about a text, in one line; null where nothing is to be said. */
  readonly hint: (about: HintKind, text: string) => string | null
  /** Up to three questions from the banks that fit. */
  readonly suggest: (topic: Topic) => readonly Choice[]
}

/** The whole state of a conversation. */
export interface Conversation {
  readonly guide: Guide
  readonly facts: Facts
  readonly pass: Pass
  readonly answers: readonly Answer[]
}

/** One thing to ask the manager. */
export interface Turn {
  readonly round: number
  readonly path: string
  readonly pass: Pass
  readonly kind: AnswerKind
  readonly step: { readonly title: string; readonly number: number | null; readonly of: number }
  readonly title: string
  readonly ask: string
  readonly why: string
  readonly example: string | null
  readonly required: boolean
  readonly visibility: Visibility
  readonly choices: readonly Choice[]
  /** The choice or yes/no that a bare Enter takes. */
  readonly default: string | null
  /** What the prompt is about: a prepared question, or an action item. */
  readonly about: string | null
  /** A gentle word before asking, such as the warning at a third action item. */
  readonly hint: string | null
  /** The pass under which the answer is kept: this one, or the one in which it was first given. */
  readonly keptIn: Pass
  /** The answer kept for this turn, if any. */
  readonly kept: Answer | null
  /** What was given or typed before, to be offered again. */
  readonly old: string | null
  /** Whether the text that is offered comes from the inbox. */
  readonly isFromInbox: boolean
  /** The day that a day must come before, such as the due day for a check-in. */
  readonly before: Day | null
  /** Whether the day that is asked for lies ahead: one that has passed is asked for again. */
  readonly isAhead: boolean
  /** Planned while preparing and settled while recording, such as a pointer. */
  readonly isBoth: boolean
  /** Which hints speak up while the text is written. */
  readonly hints: readonly HintKind[]
  readonly action: {
    readonly number: number
    readonly field: ActionField
    /** Whose the item is, where that is not asked. */
    readonly owner: Owner | null
  } | null
}

/** Identifies a turn within its conversation. */
export function keyOf(turn: Pick<Turn, 'round' | 'path'>): string {
  return `${turn.round}/${turn.path}`
}

/** Whether a turn is answered or skipped. `later` leaves it open, and so does a correction that was begun. */
export function isSettled({ kept }: Turn): boolean {
  return kept !== null && kept.state !== 'later' && kept.draft === null
}
