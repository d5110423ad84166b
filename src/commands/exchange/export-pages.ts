import type { ExportBook, ExportPerson } from '../../export/export-data.ts'
import type { Person, Session } from '../../model.ts'
import type { NamedItem } from '../../notebook/store/actions.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import type { Library } from '../../questions/bank/build-library.ts'
import { type SessionPage, titlesOf } from '../../render/conversation/session.ts'
import type { World } from '../../world.ts'
import { maskFor } from '../../privacy/name-mask.ts'
import { recordOf, withoutGoal } from '../../privacy/record-for.ts'

/** Where the text of an export comes from. */
export interface BookSource {
  readonly world: World
  readonly library: Library
  readonly isShared: boolean
}

/** One session, to be read. */
export function sessionBook(
  source: BookSource,
  notebook: Notebook,
  person: Person,
  session: Session,
): ExportBook {
  const page = pageOf(source, notebook, person, session)
  const isShared = isOpenTo(source, person)
  return { ...bookOf(source, 'session', []), isShared, person: person.name, session: page }
}

/** One person with all sessions and action items, to be read. */
export function personBook(source: BookSource, notebook: Notebook, person: Person): ExportBook {
  const part = personPart(source, notebook, person)
  const isShared = isOpenTo(source, person)
  return { ...bookOf(source, 'person', [part]), isShared, person: person.name }
}

/** Everybody, to be read. */
export function wholeBook(source: BookSource, people: readonly ExportPerson[]): ExportBook {
  return bookOf(source, 'notebook', people)
}

/** What there is of one person. */
export function personPart(source: BookSource, notebook: Notebook, person: Person): ExportPerson {
  const isOpen = isOpenTo(source, person)
  const sessions = notebook.sessions
    .list(person.id)
    .filter((session) => !isOpen || session.status === 'done')
    .map((session) => pageOf(source, notebook, person, session))
  const items = itemsOf(source, notebook, person)
  const goals = isOpen ? [] : notebook.goals.list({ personId: person.id })
  const notes = isOpen ? [] : notebook.notes.waiting(person.id)
  return { person, items, goals, notes, sessions }
}

/**
 * The action items of a person. What was agreed in a session that is not finished is not shared yet, like the rest of it, and
 * neither is a private one.
 */
export function itemsOf(
  source: Pick<BookSource, 'isShared'>,
  notebook: Notebook,
  person: Person,
): readonly NamedItem[] {
  const isOpen = isOpenTo(source, person)
  const hidden = notebook.actions.privateOf(person.id)
  const done = new Set(
    notebook.sessions.list(person.id).flatMap(({ id, status }) => (status === 'done' ? [id] : [])),
  )
  const all = notebook.actions
    .list({ personId: person.id })
    .filter(
      ({ id, sessionId }) =>
        !isOpen || (!hidden.has(id) && (sessionId === null || done.has(sessionId))),
    )
  return maskFor(notebook, person).items(isOpen ? all.map(withoutGoal) : all)
}

/** Whether private answers stay out: when that was asked for, and always with one's own coach. */
function isOpenTo(source: Pick<BookSource, 'isShared'>, person: Person): boolean {
  return source.isShared || person.relation === 'coach'
}

function bookOf(
  source: BookSource,
  what: ExportBook['what'],
  people: readonly ExportPerson[],
): ExportBook {
  const today = source.world.today()
  return { what, today, isShared: source.isShared, person: null, session: null, people }
}

/**
 * With `--shared`, private answers are left out here, before anything is made of them; of a conversation with one's own coach
 * they always are, and so are the names of the people one coaches.
 */
function pageOf(
  source: BookSource,
  notebook: Notebook,
  person: Person,
  session: Session,
): SessionPage {
  const { library } = source
  const record = recordOf(notebook, library, person, session, isOpenTo(source, person))
  return { session, person, record, titles: titlesOf(library.vocabulary, library.guides) }
}
