import { CoachError, EXIT, notFound, usageError } from '../../errors.ts'
import { RECAPS } from '../../export/recap.ts'
import type { Person, Session } from '../../model.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import { sessionJson, type SessionPage, titlesOf } from '../../render/conversation/session.ts'
import { safeDeep } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { findPerson, findSession } from '../lookup.ts'
import { loadLibrary } from '../../library/load-library.ts'
import { printJson, tell } from '../../output/print.ts'
import { recordOf } from '../../privacy/record-for.ts'

export interface RecapOptions {
  readonly session?: string
  readonly format?: keyof typeof RECAPS
  readonly json?: boolean
}

/** `coach recap NAME`: what the person may read of the last conversation, to paste into a mail or chat. */
export async function run(world: World, name: string, options: RecapOptions): Promise<void> {
  const notebook = await world.read()
  const { person } = findPerson(notebook, name)
  if (!notebook) return
  if (person.relation === 'self') {
    throw usageError(
      'What you write for yourself is private, so there is no recap of it.',
      'See it with: coach history, then coach show ID',
    )
  }
  const session = sessionOf(notebook, person, options.session)
  const library = await loadLibrary(world)
  const record = recordOf(notebook, library, person, session, true)
  const titles = titlesOf(library.vocabulary, library.guides)
  const [unfinished] = notebook.sessions.unfinished(person.id)
  if (unfinished && unfinished.id > session.id && options.session === undefined) {
    tell(world, `Session ${unfinished.id} is not finished; this is session ${session.id}.`)
  }
  const page: SessionPage = { session, person, record, titles }
  if (options.json) printJson(world, sessionJson(page))
  else world.print(RECAPS[options.format ?? 'text'](safeDeep(page), world.today()))
}

/** The session that was named, or the last finished one. Of one that is not finished there is no recap. */
function sessionOf(notebook: Notebook, person: Person, id: string | undefined): Session {
  if (id === undefined) {
    const last = notebook.sessions.lastDone(person.id)
    if (last) return last
    throw new CoachError(
      EXIT.notFound,
      `There is no finished conversation with ${person.name} yet.`,
      'What you prepared is shown by: coach prep NAME',
    )
  }
  const session = findSession(notebook, id)
  if (session.personId !== person.id) {
    throw notFound(`Session ${session.id} is not with ${person.name}.`, 'See: coach history')
  }
  if (session.status === 'done') return session
  throw usageError(
    `Session ${session.id} is not finished, so there is no recap of it yet.`,
    `Go on with: coach session --session ${session.id}`,
  )
}
