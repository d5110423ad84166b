import { buildRecord, type SessionRecord } from '../conversation/session-record.ts'
import { type ActionItem, type Person, type Session } from '../model.ts'
import { inboxPlace } from '../answer-places.ts'
import type { Notebook } from '../notebook/notebook.ts'
import type { Library } from '../questions/bank/build-library.ts'
import { maskFor } from './name-mask.ts'

/** An item as it is shared: a goal, and a stretch goal above all, is the manager's own thought until they speak of it. */
export function withoutGoal<T extends ActionItem>(item: T): T {
  return { ...item, goal: null, goalWhat: null }
}

/**
 * The record of a session with a person: all of it, or what they may read. What is private is left out before anything is
 * made of the answers; of a conversation with oneself nothing is shared.
 */
export function recordOf(
  notebook: Notebook,
  library: Library,
  person: Person,
  session: Session,
  isShared: boolean,
): SessionRecord {
  const isOwn = person.relation === 'self'
  const answers = notebook.answers
    .of(session.id)
    .filter(({ visibility }) => !isShared || (visibility === 'shared' && !isOwn))
  const guide = library.guides.find((one) => one.id === session.guide)
  const touched = notebook.actions.touchedBy(session.id)
  const items = isShared ? touched.map(withoutGoal) : touched
  const notes = notebook.notes.named(answers.flatMap(({ path }) => inboxPlace(path)?.noteId ?? []))
  return maskFor(notebook, person).record(buildRecord(answers, items, guide, notes))
}
