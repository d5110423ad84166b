/** The two passes over one conversation: before it, and during or after it. */
export type Pass = 'prepare' | 'record'

/** Who may read a line: `shared` goes into what the person may read, `private` never does. */
export type Visibility = 'shared' | 'private'

export type SessionStatus = 'preparing' | 'prepared' | 'recording' | 'done' | 'cancelled'

/** The five kinds of Ask, in the order in which a conversation uses them (Integrity Solutions, three coaching conversations). */
export const ASK_KINDS = [
  'commitment',
  'obstacle',
  'sub_goal',
  'stretch',
  'accountability',
] as const
export type AskKind = (typeof ASK_KINDS)[number]

/** The styles of question that open a conversation, where closed and leading ones shut it. */
export const QUESTION_STYLES = [
  'open',
  'scaling',
  'hypothetical',
  'perspective',
  'exploring',
  'next_step',
] as const

export const OWNERS = ['them', 'me'] as const
export type Owner = (typeof OWNERS)[number]

export const RELATIONS = ['report', 'self', 'coach'] as const
export type Relation = (typeof RELATIONS)[number]

export type ItemStatus = 'open' | 'part' | 'done' | 'missed' | 'dropped'

/** What became of an action item when it was looked at again. `carried` and `part` leave it open. */
export const OUTCOMES = ['done', 'part', 'missed', 'dropped', 'carried'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** After how many days without a stretch goal, or without the thought of one, somebody is named. */
export const STRETCH_DAYS = 45

/** The days that figures over time look back on. */
export const FIGURE_DAYS = 90

/** Fewer closed action items than this say nothing about follow-through. */
export const FEW = 5

/** Open plans at once from which on a further one gets a warning: several plans dilute each other. */
export const PLANS_AT_ONCE = 2

/** How often an item was carried when it is worth asking what stands in its way. */
export const CARRIED_OFTEN = 3

/** The days after which a person is due for a conversation, unless their own cadence says otherwise. */
export const DEFAULT_CADENCE_DAYS = 14

/** What kind of value an answer holds. Every value is text: `3`, `yes`, `2026-11-27`, the id of a choice, or prose. */
export type AnswerKind =
  | 'line'
  | 'note'
  | 'choice'
  | 'rating'
  | 'yes_no'
  | 'date'
  | 'question'
  | 'opportunity'
  | 'action'
  | 'repeat'

/**
 * `later` keeps what was typed so far without counting it as an answer; `skipped` keeps a value that was
 * given earlier and then passed over, so that nothing typed is lost.
 */
type AnswerState = 'answered' | 'skipped' | 'later'

/** One answer as it is kept. Together, in order, the answers are the whole state of a conversation. */
export interface Answer {
  /** 1, 2, … for the rounds of a session; 0 for what is asked once (promises, close). */
  readonly round: number
  /** Where the answer belongs, such as `reflection.questions.2.heard`. */
  readonly path: string
  readonly pass: Pass
  readonly kind: AnswerKind
  readonly state: AnswerState
  readonly value: string | null
  /** A correction that was begun and not finished; `value` still holds. */
  readonly draft: string | null
  /** The prompt or question as it was worded when it was answered. */
  readonly wording: string
  /** The bank's id of a question taken from a bank. */
  readonly questionId: string | null
  readonly visibility: Visibility
  /** The action item that this answer made, changed or settled, once it is in the notebook. */
  readonly itemId: number | null
}

/** What a window has seen of a session: the revisions of its answers by their places, and of the items that they made. */
export interface Marks {
  readonly rows: ReadonlyMap<string, number>
  readonly items: ReadonlyMap<number, number | null>
  readonly itemOf: ReadonlyMap<string, number>
}

export interface Person {
  readonly id: number
  readonly uuid: string
  readonly name: string
  readonly relation: Relation
  readonly leadsOthers: boolean
  readonly role: string | null
  readonly cadenceDays: number | null
  readonly archivedAt: string | null
  readonly createdAt: string
}

export interface Session {
  readonly id: number
  readonly uuid: string
  readonly personId: number
  readonly guide: string
  readonly guideTitle: string
  readonly status: SessionStatus
  /** The day of the conversation; null until it is recorded. */
  readonly heldOn: string | null
  /** The day to which a prepared conversation was moved. */
  readonly plannedOn: string | null
  /** The opportunity that the conversation is about. */
  readonly opportunityId: number | null
  readonly createdAt: string
  readonly updatedAt: string
  readonly revision: number
}

/** The texts and dates of an action item that a conversation or `coach action` can set. */
export interface ActionFields {
  readonly what: string
  readonly owner: Owner
  readonly due: string | null
  readonly if: string | null
  readonly then: string | null
  readonly else: string | null
  readonly obstacle: string | null
  /** How it is seen that the behaviour took place. */
  readonly measure: string | null
  /** The one result that should follow from it. */
  readonly result: string | null
  readonly support: string | null
  /** The day to look at it half way. */
  readonly check_in: string | null
  /** `every 2 weeks`: closing it makes the next one. */
  readonly repeat: string | null
  /** The number of the goal that it serves, as text like every answer. */
  readonly goal: string | null
}
export type ActionField = keyof ActionFields

/** The most action items that are asked for in one round. */
export const MAX_ACTIONS = 9

/** The fields of an action item, in the order in which they are shown. */
export const ACTION_FIELDS = [
  'what',
  'owner',
  'due',
  'if',
  'then',
  'else',
  'obstacle',
  'measure',
  'result',
  'support',
  'check_in',
  'repeat',
  'goal',
] as const satisfies readonly ActionField[]

export interface ActionItem extends ActionFields {
  readonly id: number
  readonly uuid: string
  readonly personId: number
  readonly sessionId: number | null
  readonly status: ItemStatus
  /** How often the item was carried to a later day. */
  readonly carried: number
  /** The item of which this one is the repetition. */
  readonly followsId: number | null
  readonly createdAt: string
  readonly updatedAt: string
  readonly closedAt: string | null
  readonly revision: number
}

/** Something a person is working on with a customer, gone through stage by stage. */
export interface Opportunity {
  readonly id: number
  readonly uuid: string
  readonly personId: number
  readonly person: string
  readonly name: string
  /** The stage it is in; null until one was chosen. */
  readonly stage: string | null
  /** When it was closed, won or lost; null while it is open. */
  readonly closedAt: string | null
  readonly createdAt: string
}

/** What can become of a note of the inbox; `kept`: it stays there. */
export const BECOMES = ['observation', 'praise', 'topic', 'dropped', 'kept'] as const
export type Becomes = (typeof BECOMES)[number]

/** A thought about a person, written down between conversations. Private until the manager makes something of it. */
export interface Note {
  readonly id: number
  readonly uuid: string
  readonly personId: number
  /** The session that made something of it. */
  readonly sessionId: number | null
  readonly status: 'draft' | 'waiting' | Exclude<Becomes, 'kept'>
  readonly text: string
  readonly createdAt: string
}

/** What a person works towards over some months; a sub-goal is a goal with a parent. */
export interface Goal {
  readonly id: number
  readonly uuid: string
  readonly personId: number
  readonly parentId: number | null
  readonly what: string
  /** Whether it lies just beyond what they do today (see the law of limited performance). */
  readonly isStretch: boolean
  readonly status: GoalStatus
  readonly due: string | null
  readonly createdAt: string
  readonly closedAt: string | null
}
export type GoalStatus = 'open' | 'done' | 'dropped'

/** The conversation that was agreed next with a person. */
export interface NextSession {
  readonly id: number
  readonly uuid: string
  readonly personId: number
  readonly status: 'planned' | 'held' | 'cancelled'
  readonly plannedOn: string
  /** How often it was moved to another day. */
  readonly moved: number
  readonly updatedAt: string
}

/** One line of an action item's history. */
export interface ItemEvent {
  readonly at: string
  /** When it was taken back; null while it counts. */
  readonly undoneAt: string | null
  readonly kind: 'created' | 'status' | 'carried' | 'edited' | 'checked'
  readonly statusFrom: ItemStatus | null
  readonly statusTo: ItemStatus
  readonly dueFrom: string | null
  readonly dueTo: string | null
  readonly note: string | null
  readonly sessionId: number | null
}

/** Whether an item still waits for somebody: `part` stays open. */
export function isOpen(status: ItemStatus): boolean {
  return status === 'open' || status === 'part'
}

/** Whether a session is still to be finished. */
export function isUnfinished(status: SessionStatus): boolean {
  return status === 'preparing' || status === 'prepared' || status === 'recording'
}
