import { buildRecord } from '../conversation/record.ts'
import { ASK_KINDS, isUnfinished, type Person } from '../model.ts'
import type { Notebook } from '../notebook/notebook.ts'
import type { Library } from '../questions/library.ts'
import { pick } from '../questions/pick.ts'
import { type PrepSheet, prepJson, renderPrep } from '../render/prep.ts'
import { titlesOf } from '../render/session.ts'
import type { World } from '../world.ts'
import { findPerson } from './find.ts'
import { loadLibrary } from './library.ts'
import { maskFor } from './mask.ts'
import { present, printJson } from './present.ts'

/** `coach prep NAME` */
export async function run(
  world: World,
  name: string,
  options: { readonly private?: boolean; readonly json?: boolean },
): Promise<void> {
  const notebook = await world.read()
  const { person } = findPerson(notebook, name)
  if (!notebook) return
  const library = await loadLibrary(world)
  const sheet = prepSheet(notebook, library, person, options.private ?? false, world.today())
  if (options.json) printJson(world, prepJson(sheet))
  else present(world, sheet, renderPrep)
}

/** The sheet for a conversation: the prepared one if there is one, else questions that would fit. */
export function prepSheet(
  notebook: Notebook,
  library: Library,
  person: Person,
  withPrivate: boolean,
  today: string,
): PrepSheet {
  const sessions = notebook.sessions.list(person.id)
  const session = sessions.find((one) => isUnfinished(one.status)) ?? null
  const guide = session && library.guides.find((one) => one.id === session.guide)
  const answers = session ? notebook.answers.of(session.id) : []
  const mask = maskFor(notebook, person)
  const { steps } = mask.record(buildRecord(answers, [], guide ?? undefined))
  const entries = steps.flatMap((step) => step.entries)
  const prepared = steps.flatMap((step) => step.questions)
  return {
    person,
    lastHeldOn: sessions.find((one) => one.status === 'done')?.heldOn ?? null,
    session,
    items: mask.items(notebook.actions.list({ personId: person.id, isOpen: true })),
    entries: entries.filter((entry) => entry.visibility === 'shared'),
    questions: session
      ? prepared.map(({ kind, question }) => ({ kind, text: question }))
      : suggestions(notebook, library, person, today),
    isPrepared: session !== null,
    privateEntries: withPrivate ? entries.filter((entry) => entry.visibility === 'private') : [],
    titles: titlesOf(library.vocabulary, library.guides),
  }
}

/** The bank for a conversation with nobody one coaches. */
const BANK_FOR = { self: 'self', coach: 'upward' } as const

/** Three questions that fit, of three kinds that change from day to day. */
function suggestions(notebook: Notebook, library: Library, person: Person, today: string) {
  const uses = notebook.answers.uses(person.id)
  const banks = person.relation === 'report' ? null : [BANK_FOR[person.relation]]
  const stage = notebook.answers.lastGiven(person.id, 'stage')
  const skill = notebook.answers.lastGiven(person.id, 'skill')
  const seed = `${person.uuid}/${today}`
  return ASK_KINDS.flatMap((kind) =>
    pick(
      library.questions,
      { kind, stage, area: null, skill, step: null, banks, taken: [], language: library.language },
      uses,
      seed,
      1,
    ).map(({ question }) => ({ kind, text: question.text })),
  ).slice(0, 3)
}
