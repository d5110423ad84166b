import { type HeldPass, hold } from '../../conversation/hold.ts'
import { CoachError, EXIT, type ExitCode, exitCodeOf } from '../../errors.ts'
import type { Session } from '../../model.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import type { World } from '../../world.ts'
import { gatherFacts } from './gather-facts.ts'
import { mustBeAbleToAsk } from '../../ask/flags/require-terminal.ts'
import { findSession } from '../lookup.ts'
import { guideOf, loadLibrary } from '../../library/load-library.ts'
import { draftsToWrite, guarded, keeperFor } from './conversation-drafts.ts'
import { sayUnsaved } from '../../render/conversation/unsaved.ts'
import { tellPrivateAnswers } from '../../privacy/private-notice.ts'

/** Flags of `coach edit`. */
export interface EditOptions {
  readonly answers?: string
  readonly past?: boolean
}

/** `coach edit ID`: every prompt of a session again, with what was said; Enter keeps it. */
export async function run(world: World, id: string, options: EditOptions): Promise<void> {
  const session = findSession(await world.read(), id)
  if (options.answers !== undefined) {
    const { editFromFile } = await import('./session-from-file.ts')
    await editFromFile(world, session, options.answers, options.past ?? false)
    return
  }
  mustBeAbleToAsk(
    world,
    `Use: coach show ${session.id} --format yaml > FILE, correct it, then coach edit ${session.id} --answers FILE`,
  )
  const notebook = await world.open()
  const left = await correct(world, notebook, session, options.past)
  if (left) {
    throw new CoachError(
      left.code,
      `Stopped. Every correction so far is kept.${sayUnsaved(left.unsaved)}`,
      `Go on with: coach edit ${id}`,
    )
  }
  world.tell(`Corrected. See it with: coach show ${session.id}\n`)
  tellPrivateAnswers(world, notebook, notebook.answers.of(session.id))
}

/** Asks every prompt again, pass by pass. @returns how it was left half-way; null where it came to its end */
async function correct(
  world: World,
  notebook: Notebook,
  session: Session,
  isPastTaken: boolean | undefined,
): Promise<{ readonly unsaved: HeldPass['unsaved']; readonly code: ExitCode } | null> {
  const library = await loadLibrary(world)
  const person = notebook.people.get(session.personId)
  const guide = guideOf(library, session)
  const drafts = await draftsToWrite(world, notebook)
  const keeper = keeperFor(drafts, person, () => session.uuid)
  const { openScreen } = await import('../../ask/terminal/open-screen.ts')
  const terminal = await openScreen(world, person.name, 'correcting')
  const isRecorded = session.status === 'recording' || session.status === 'done'
  try {
    for (const pass of isRecorded ? (['prepare', 'record'] as const) : (['prepare'] as const)) {
      const save = saver(notebook, session)
      const answers = notebook.answers.of(session.id)
      const facts = gatherFacts(world, library, notebook, person, session, {
        isCorrection: true,
        isPastTaken,
        heldOn: session.heldOn,
      })
      const held = await hold({ guide, facts, pass, answers }, terminal.ask, save, {
        revisit: true,
        drafts: keeper,
        today: () => world.today(),
      })
      if (held.ended === 'left')
        return { unsaved: held.unsaved, code: exitCodeOf(terminal.endedBy) }
    }
    return null
  } finally {
    terminal.close()
  }
}

/** Saves corrections of a session as it stands now: what another window changed since is not written over. */
function saver(notebook: Notebook, session: Session): ReturnType<typeof guarded> {
  return guarded(
    notebook,
    notebook.answers.marks(session.id),
    () => session.id,
    (answers) => {
      if (!notebook.sessions.get(session.id)) {
        throw new CoachError(
          EXIT.busy,
          `Session ${session.id} was deleted meanwhile, in another window.`,
        )
      }
      notebook.answers.save(session, answers)
      return session
    },
    () => undefined,
  )
}
