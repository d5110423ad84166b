import type { ActionFields, AnswerKind } from '../model.ts'

/** One answer with all that is kept of it. */
export interface KeptAnswer {
  readonly round: number
  readonly path: string
  readonly pass: string
  readonly state: string
  readonly visibility: string
  readonly kind: AnswerKind
  readonly wording: string
  readonly value: string | null
  /** A correction that was begun and not finished. */
  readonly unfinished: string | null
  /** The action item that it is about. */
  readonly item: number | null
}

/** One line of the history of an action item or a goal. */
export interface KeptEvent {
  readonly at: string
  readonly kind: string
  readonly status_from: string | null
  readonly status_to: string
  readonly due_from: string | null
  readonly due_to: string | null
  readonly note: string | null
  readonly taken_back_at: string | null
}

type Fields = Omit<ActionFields, 'due' | 'check_in'>

/** All that a notebook keeps about one person, with the names of everybody else taken out. Its JSON is this very shape. */
export interface Dossier {
  readonly coach: 'everything about a person'
  readonly schema: 1
  readonly exported_on: string
  /** The first day of which something is kept. */
  readonly since: string
  readonly person: {
    readonly name: string
    readonly relation: string
    readonly role: string | null
    readonly leads_others: boolean
    readonly cadence_days: number | null
    readonly added_on: string
    readonly archived_on: string | null
  }
  readonly sessions: readonly {
    readonly id: number
    readonly guide: string
    readonly status: string
    readonly held_on: string | null
    readonly planned_on: string | null
    readonly begun_on: string
    readonly answers: readonly KeptAnswer[]
  }[]
  readonly action_items: readonly (Fields & {
    readonly id: number
    readonly session: number | null
    readonly status: string
    readonly due_on: string | null
    readonly check_in_on: string | null
    readonly carried: number
    readonly created_on: string
    readonly closed_on: string | null
    readonly history: readonly KeptEvent[]
  })[]
  readonly goals: readonly {
    readonly id: number
    readonly part_of: number | null
    readonly what: string
    readonly stretch: boolean
    readonly status: string
    readonly due_on: string | null
    readonly created_on: string
    readonly closed_on: string | null
    readonly history: readonly Pick<
      KeptEvent,
      'at' | 'status_from' | 'status_to' | 'taken_back_at'
    >[]
  }[]
  readonly notes: readonly {
    readonly id: number
    readonly status: string
    readonly session: number | null
    readonly written_on: string
    readonly text: string
  }[]
  readonly opportunities: readonly {
    readonly id: number
    readonly name: string
    readonly stage: string | null
    readonly closed_on: string | null
  }[]
  readonly agreed_conversations: readonly {
    readonly planned_on: string
    readonly status: string
    readonly moved: number
  }[]
  readonly days_called_off: readonly { readonly day: string; readonly at: string }[]
  /** Places in what is kept about others that speak of the person. What they say is theirs. */
  readonly mentions: readonly {
    readonly about: 'somebody else' | 'yourself'
    readonly kind: string
    readonly id: number
    readonly session: number | null
    readonly day: string
  }[]
}
