import type { CalendarPart } from '../../export/ics.ts'
import type { Person, Session } from '../../model.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import { maskFor } from '../../privacy/name-mask.ts'

/**
 * The days that concern a person; with a session, only those of the items that it made or settled, and of the conversation
 * agreed in it. Private items are there without their words. With `isShared` they are left out, and so is what was agreed in a
 * conversation that is not finished. An item that was deleted has no words and no session any more: the day it had is called
 * off in what is told about the person, shared or not. While somebody is in the archive, all that is ahead with them is called off.
 */
export function calendarOf(
  isShared: boolean,
  notebook: Notebook,
  person: Person,
  session: Session | null = null,
): CalendarPart {
  const { actions, calendar, nextSessions, sessions } = notebook
  const hidden = actions.privateOf(person.id)
  const done = new Set(
    sessions.list(person.id).flatMap(({ id, status }) => (status === 'done' ? [id] : [])),
  )
  const isTold = (sessionId: number | null) =>
    !isShared || sessionId === null || done.has(sessionId)
  const all = actions.list({ personId: person.id })
  const items = (session ? actions.touchedBy(session.id) : all).filter(
    ({ id, sessionId }) => isTold(sessionId) && !(isShared && hidden.has(id)),
  )

  const told = new Set(items.map(({ uuid }) => uuid))
  const kept = new Set(all.map(({ uuid }) => uuid))
  const isDeletedTold = session === null && !(isShared && person.relation === 'self')
  const agreedIn = calendar.agreedIn(person.id)
  return {
    person: person.name,
    isArchived: person.archivedAt !== null,
    changedAt: calendar.changedAt(person.id),
    sequence: calendar.sequence(),
    items: maskFor(notebook, person).items(items),
    hidden,
    nextSessions: nextSessions.list(person.id).filter(({ id }) => {
      const where = agreedIn.get(id) ?? null
      return isTold(where) && (session === null || where === session.id)
    }),
    gone: calendar
      .gone(person.id)
      .filter(({ item }) => told.has(item) || (isDeletedTold && !kept.has(item))),
  }
}
