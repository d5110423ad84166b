import { toAnswersFile } from '../../ask/file/write-answers.ts'
import { guideOf, loadLibrary } from '../../library/load-library.ts'
import { renderSession, sessionJson, titlesOf } from '../../render/conversation/session.ts'
import type { World } from '../../world.ts'
import { findSession } from '../lookup.ts'
import { type JsonOptions, print, printJson } from '../../output/print.ts'
import { recordOf } from '../../privacy/record-for.ts'

/** Flags of `coach show`. */
export interface ShowOptions extends JsonOptions {
  readonly format?: 'text' | 'yaml'
}

/** `coach show ID` */
export async function run(world: World, id: string, options: ShowOptions): Promise<void> {
  const notebook = await world.read()
  const session = findSession(notebook, id)
  if (!notebook) return
  const library = await loadLibrary(world)
  const person = notebook.people.get(session.personId)
  if (options.format === 'yaml') {
    world.print(
      toAnswersFile(guideOf(library, session), session, person, notebook.answers.of(session.id)),
    )
    return
  }
  const record = recordOf(notebook, library, person, session, false)
  const titles = titlesOf(library.vocabulary, library.guides)
  const before = notebook.answers.ratings(person.id, session.id)
  const page = { session, person, record, titles, before }
  if (options.json) printJson(world, sessionJson(page))
  else print(world, page, renderSession)
}
