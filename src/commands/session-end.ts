import { buildRecord } from '../conversation/record.ts'
import type { Pass } from '../model.ts'
import type { Notebook } from '../notebook/notebook.ts'
import type { Library } from '../questions/library.ts'
import { renderPrep } from '../render/prep.ts'
import { renderRecap } from '../render/recap.ts'
import { renderSession, titlesOf } from '../render/session.ts'
import { wrap } from '../render/layout.ts'
import type { World } from '../world.ts'
import { commandFor } from './find.ts'
import { maskFor } from './mask.ts'
import { mention, present } from './present.ts'
import { prepSheet } from './prep.ts'

/**
 * Ends a pass: notes how far the session is now, and shows what comes out of it, the sheet to take into the
 * room, or the recap.
 */
export function endPass(
  world: World,
  notebook: Notebook,
  library: Library,
  sessionId: number,
  pass: Pass,
): void {
  const session = notebook.write(() => {
    const heldOn = notebook.sessions.get(sessionId)?.heldOn ?? world.today()
    return notebook.sessions.update(
      sessionId,
      pass === 'prepare' ? { status: 'prepared' } : { status: 'done', heldOn },
    )
  })
  const person = notebook.people.get(session.personId)
  if (pass === 'prepare') {
    present(world, prepSheet(notebook, library, person, false, world.today()), renderPrep)
    const next = commandFor(world, 'session', person, notebook.people.list())
    tell(world, `Saved. Afterwards, record it with: ${next}`)
    return
  }
  const guide = library.guides.find((one) => one.id === session.guide)
  const titles = titlesOf(library.vocabulary, library.guides)
  const answers = notebook.answers.of(session.id)
  const items = notebook.actions.touchedBy(session.id)
  if (person.relation === 'self') {
    // Nobody else reads what one wrote for oneself, so all of it is shown.
    const record = buildRecord(answers, items, guide)
    const before = notebook.answers.ratings(person.id, session.id)
    present(world, { session, person, record, titles, before }, renderSession)
  } else {
    const shared = answers.filter((one) => one.visibility === 'shared')
    const record = maskFor(notebook, person).record(buildRecord(shared, items, guide))
    present(world, { session, person, record, titles }, renderRecap)
  }
  tell(world, `Saved as session ${session.id}. What is open: coach review`)
}

function tell(world: World, text: string): void {
  mention(world, text, (line, { width }) => `\n${wrap(line, width).join('\n')}\n`)
}
