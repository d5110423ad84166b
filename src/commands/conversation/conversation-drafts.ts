import { keyOf } from '../../conversation/turn.ts'
import type { DraftKeeper } from '../../conversation/typed.ts'
import type { Draft } from '../../drafts/draft-files.ts'
import { type Drafts, openDrafts } from '../../drafts/drafts.ts'
import { resealDrafts } from '../../drafts/sealed-drafts.ts'
import { ChangedElsewhere, CoachError, EXIT } from '../../errors.ts'
import type { Answer, Marks, Person, Session } from '../../model.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import type { World } from '../../world.ts'
import { tidy } from '../../text/text.ts'
import { tell } from '../../output/print.ts'

/** Where texts belong that are not answers of a session: a note for the inbox, and a reason in `review --triage`. */
export const NOTE_PROMPT = '0/note'
export const TRIAGE_PROMPT = /^0\/triage\./

/** The drafts that lie beside a notebook. */
export function draftsOf(world: World, notebook: Notebook): Drafts {
  const { now, pid, started, isRunning } = world
  const { drafts: folder } = world.places
  return openDrafts({ folder, now, pid, started, isRunning }, notebook.draftKeys())
}

/**
 * Forgets drafts of texts that were saved after all, before their drafts could be cleared away.
 * @returns the others: what was typed and not saved, the newest first
 */
export function forgetSaved(
  drafts: Drafts,
  notebook: Notebook,
  people: readonly Person[],
): readonly Draft[] {
  return drafts.collect().filter((draft) => {
    const person = people.find(({ uuid }) => uuid === draft.person)
    const isSaved = person !== undefined && isInNotebook(notebook, person, draft)
    if (isSaved) drafts.forget(draft)
    return !isSaved
  })
}

function isInNotebook(notebook: Notebook, person: Person, draft: Draft): boolean {
  if (draft.prompt === NOTE_PROMPT) return notebook.notes.textOf(draft.id) === tidy(draft.text)
  // A session begins with its first answer: what was typed before that knows none.
  const isIts = ({ uuid, createdAt }: Session) =>
    draft.session === null ? createdAt >= draft.at : uuid === draft.session
  const isAnswered = (one: Answer) => {
    const value = one.value ?? ''
    const isOther = draft.before !== one.value
    const isSame = value === draft.text || (isOther && value.includes(draft.text.trim()))
    return keyOf(one) === draft.prompt && one.draft === null && isSame
  }
  return notebook.sessions
    .list(person.id)
    .filter(isIts)
    .some((session) => notebook.answers.of(session.id).some(isAnswered))
}

/**
 * Opens the drafts before somebody writes. Where nothing can be kept while it is typed, that is said before the first question.
 * @throws CoachError (7) where the manager does not go on all the same
 */
export async function draftsToWrite(world: World, notebook: Notebook): Promise<Drafts> {
  const drafts = draftsOf(world, notebook)
  forgetSaved(drafts, notebook, notebook.people.list())
  const { draftKey, key } = notebook
  // An encryption that was ended before it came to the drafts left them plain.
  if (draftKey !== null && key !== null) resealDrafts(world.places.drafts, draftKey, draftKey)
  const problem = drafts.prepare()
  if (problem === null) return drafts
  tell(world, problem)
  const { confirm } = await import('../../ask/terminal/single-questions.ts')
  if (await confirm(world, 'Go on all the same?', false)) return drafts
  throw new CoachError(
    EXIT.cannotWrite,
    'Nothing was begun. What was saved before is safe.',
    'Give yourself permission to write the folder, or make room, then run the command again.',
  )
}

/** The drafts of one conversation. `session` tells the UUID of its session, once it has one. */
export function keeperFor(
  drafts: Drafts,
  person: Person,
  session: () => string | null,
): DraftKeeper {
  const place = (turn: Parameters<typeof keyOf>[0]) => ({
    person: person.uuid,
    session: session(),
    prompt: keyOf(turn),
  })
  return {
    takeUp: (turn) => drafts.takeUp(place(turn)),
    keep: (turn, text, before) => drafts.keep(place(turn), text, before),
    drop: (turn) => drafts.drop(place(turn)),
    editorFile: (turn) => drafts.editorFile(place(turn)),
  }
}

/** What a window has seen when nothing is there yet. */
export const NOTHING_SEEN: Marks = { rows: new Map(), items: new Map(), itemOf: new Map() }

/**
 * Saves the answers of one sitting, and refuses to write over what another window wrote meanwhile.
 * @param first what was there before the answers of the sitting were read
 * @param session the number of the session, once it has one
 * @param save writes answers, inside the transaction, and gives the session that they are in
 * @param done is told what `save` gave, once it is on disk
 */
export function guarded(
  notebook: Notebook,
  first: Marks,
  session: () => number | null,
  save: (answers: readonly Answer[]) => Session,
  done: (saved: Session) => void,
): (answers: readonly Answer[]) => void {
  const { answers: kept } = notebook
  let seen = first
  return (answers) => {
    try {
      const saved = notebook.write(() => {
        const id = session()
        if (id !== null) kept.mustBeAsSeen(id, answers, seen)
        const its = save(answers)
        return { its, seen: kept.seenAfter(its.id, answers, seen) }
      })
      seen = saved.seen
      done(saved.its)
    } catch (error) {
      // What the other window wrote comes with the error, and is shown.
      if (error instanceof ChangedElsewhere) seen = error.marks
      throw error
    }
  }
}
