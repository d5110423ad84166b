import { unwrittenNotes } from '../../conversation/turns/inbox-turns.ts'
import { type Answer, type Pass, type Session } from '../../model.ts'
import { inboxPlace } from '../../answer-places.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import type { Library } from '../../questions/bank/build-library.ts'
import { renderPrep } from '../../render/conversation/prep.ts'
import { renderRecap } from '../../render/conversation/recap.ts'
import { renderSession, titlesOf } from '../../render/conversation/session.ts'
import { sayList } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { commandFor } from '../lookup.ts'
import { print, tell } from '../../output/print.ts'
import { prepSheet } from './prep.ts'
import { tellPrivateAnswers } from '../../privacy/private-notice.ts'
import { recordOf } from '../../privacy/record-for.ts'

/** What became of a session at the end of a pass. */
export interface PassEnd {
  readonly session: Session
  /** Notes of the inbox that were to become something, and of which nothing was written: they stay there. */
  readonly unused: readonly number[]
}

/** Ends a pass that was held at the terminal: see {@link writeEnd} and {@link showEnd}. */
export function endPass(
  world: World,
  notebook: Notebook,
  library: Library,
  sessionId: number,
  pass: Pass,
): void {
  const end = notebook.write(() => writeEnd(world, notebook, library, sessionId, pass))
  showEnd(world, notebook, library, end, pass)
}

/** Notes how far a session is now, inside a transaction. */
export function writeEnd(
  world: World,
  notebook: Notebook,
  library: Library,
  sessionId: number,
  pass: Pass,
): PassEnd {
  const now = notebook.sessions.get(sessionId)
  // What was recorded meanwhile, in another window, is not only prepared.
  if (pass === 'prepare' && now && now.status !== 'preparing') return { session: now, unused: [] }
  if (pass === 'prepare') {
    return { session: notebook.sessions.update(sessionId, { status: 'prepared' }), unused: [] }
  }
  // A day that was given ahead, while preparing, and what is recorded now, took place today.
  const today = world.today()
  const heldOn = now?.heldOn && now.heldOn < today ? now.heldOn : today
  const session = notebook.sessions.update(sessionId, { status: 'done', heldOn })
  notebook.nextSessions.hold(session.personId, sessionId, heldOn)
  return { session, unused: keepUnused(notebook, library, session) }
}

/** Shows what comes out of a pass: the sheet to take into the room, or the recap. */
export function showEnd(
  world: World,
  notebook: Notebook,
  library: Library,
  { session, unused }: PassEnd,
  pass: Pass,
): void {
  const person = notebook.people.get(session.personId)
  if (unused.length > 0) {
    const names = sayList(unused.map((id) => `note ${id}`))
    tell(world, `Nothing was written from ${names}, so it stays in the inbox.`)
  }
  if (pass === 'prepare') {
    print(world, prepSheet(notebook, library, person, false, world.today()), renderPrep)
    const people = notebook.people.list()
    const next = commandFor(world, 'session', person, people)
    world.tell('\n')
    tell(world, `Saved. Afterwards, record it with: ${next}`)
    const isStretch = ({ path, state }: Answer) => path.endsWith('.stretch') && state === 'answered'
    const answers = notebook.answers.of(session.id)
    if (answers.some(isStretch)) {
      const goal = commandFor(world, 'goal add', person, people)
      tell(world, `What would stretch them can become a goal: ${goal} "…" --stretch`)
    }
    tellPrivateAnswers(world, notebook, answers)
    return
  }
  const titles = titlesOf(library.vocabulary, library.guides)
  // Nobody else reads what one wrote for oneself, so all of it is shown.
  const isOwn = person.relation === 'self'
  const record = recordOf(notebook, library, person, session, !isOwn)
  const before = isOwn ? notebook.answers.ratings(person.id, session.id) : new Map()
  const page = { session, person, record, titles, before }
  print(world, page, isOwn ? renderSession : renderRecap)
  const recap = commandFor(world, 'recap', person, notebook.people.list())
  const share = isOwn ? '' : ` To share it: ${recap}.`
  world.tell('\n')
  tell(world, `Saved as session ${session.id}.${share} What is open: coach review`)
  tellPrivateAnswers(world, notebook, notebook.answers.of(session.id))
}

/** A note that was to become something, and of which nothing was written, stays in the inbox. @returns these notes */
function keepUnused(notebook: Notebook, library: Library, session: Session): readonly number[] {
  const guide = library.guides.find(({ id }) => id === session.guide)
  const answers = notebook.answers.of(session.id)
  const unused = guide ? unwrittenNotes(guide, answers) : []
  if (unused.length === 0) return []
  const kept = answers
    .filter(({ path }) => unused.some((id) => id === inboxPlace(path)?.noteId))
    .map((answer) => ({ ...answer, value: 'kept' }))
  notebook.answers.save(session, kept)
  return unused
}
