import type { ActionItem, Goal, Note, Person } from '../model.ts'
import type { SessionPage } from '../render/conversation/session.ts'

/** A person with all that is exported about them. */
export interface ExportPerson {
  readonly person: Person
  readonly items: readonly ActionItem[]
  /** Goals, and notes that wait in the inbox; none where only what is shared is exported. */
  readonly goals: readonly Goal[]
  readonly notes: readonly Note[]
  readonly sessions: readonly SessionPage[]
}

/** What is exported. With `isShared` it holds nothing private: that is left out where it is gathered. */
export interface ExportBook {
  readonly what: 'session' | 'person' | 'notebook'
  readonly today: string
  readonly isShared: boolean
  readonly person: string | null
  readonly session: SessionPage | null
  readonly people: readonly ExportPerson[]
}
