import { toAnswersFile } from '../ask/answers-write.ts'
import { buildRecord } from '../conversation/record.ts'
import { guideOf, loadLibrary } from './library.ts'
import { renderSession, sessionJson, titlesOf } from '../render/session.ts'
import type { World } from '../world.ts'
import { findSession } from './find.ts'
import { maskFor } from './mask.ts'
import { present, printJson } from './present.ts'

/** `coach show ID` */
export async function run(
  world: World,
  id: string,
  options: { readonly format?: 'text' | 'yaml'; readonly json?: boolean },
): Promise<void> {
  const notebook = await world.read()
  const session = findSession(notebook, id)
  if (!notebook) return
  const library = await loadLibrary(world)
  const person = notebook.people.get(session.personId)
  const answers = notebook.answers.of(session.id)
  const items = notebook.actions.touchedBy(session.id)
  if (options.format === 'yaml') {
    world.print(toAnswersFile(guideOf(library, session), session, person, answers))
    return
  }
  const guide = library.guides.find((one) => one.id === session.guide)
  const record = maskFor(notebook, person).record(buildRecord(answers, items, guide))
  const titles = titlesOf(library.vocabulary, library.guides)
  const before = notebook.answers.ratings(person.id, session.id)
  const page = { session, person, record, titles, before }
  if (options.json) printJson(world, sessionJson(page))
  else present(world, page, renderSession)
}
