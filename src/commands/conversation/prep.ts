import { buildRecord } from '../../conversation/session-record.ts'
import { ASK_KINDS, type Person, type Session } from '../../model.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import type { Library } from '../../questions/bank/build-library.ts'
import { pick } from '../../questions/bank/pick.ts'
import { type PrepSheet, prepJson, renderPrep } from '../../render/conversation/prep.ts'
import { titlesOf } from '../../render/conversation/session.ts'
import type { World } from '../../world.ts'
import { findPerson } from '../lookup.ts'
import { loadLibrary } from '../../library/load-library.ts'
import { maskFor } from '../../privacy/name-mask.ts'
import { type JsonOptions, print, printJson } from '../../output/print.ts'

/** Flags of `coach prep`. */
export interface PrepOptions extends JsonOptions {
  readonly private?: boolean
}

/** `coach prep NAME` */
export async function run(world: World, name: string, options: PrepOptions): Promise<void> {
  const notebook = await world.read()
  const { person } = findPerson(notebook, name)
  if (!notebook) return
  const library = await loadLibrary(world)
  const sheet = prepSheet(notebook, library, person, options.private ?? false, world.today())
  if (options.json) printJson(world, prepJson(sheet))
  else print(world, sheet, renderPrep)
}

/** The sheet for a conversation: the prepared one if there is one, else questions that would fit. */
export function prepSheet(
  notebook: Notebook,
  library: Library,
  person: Person,
  withPrivate: boolean,
  today: string,
): PrepSheet {
  const session = newestOf(notebook.sessions.unfinished(person.id))
  const last = notebook.sessions.lastDone(person.id)
  const guide = session && library.guides.find((one) => one.id === session.guide)
  const answers = session ? notebook.answers.of(session.id) : []
  const mask = maskFor(notebook, person)
  const { steps } = mask.record(buildRecord(answers, [], guide ?? undefined))
  const entries = steps.flatMap((step) => step.entries)
  const prepared = steps.flatMap((step) => step.questions)
  const planned = notebook.sessions.lastPlan(person.id)
  // What was agreed at a private prompt is no line for the room; to oneself everything is.
  const hidden =
    withPrivate || person.relation === 'self'
      ? new Set<number>()
      : notebook.actions.privateOf(person.id)
  const isShown = ({ id }: { readonly id: number }) => !hidden.has(id)
  const lastPlan = planned ? mask.items(notebook.actions.agreedIn(planned.id).filter(isShown)) : []
  const waiting = notebook.notes.waiting(person.id)
  const topics = session ? notebook.notes.takenBy(session.id) : []
  return {
    person,
    lastHeldOn: last?.heldOn ?? null,
    plannedOn: notebook.nextSessions.planned(person.id)?.plannedOn ?? null,
    session,
    lastPlan,
    open: mask
      .items(notebook.actions.open(person.id).filter(isShown))
      .filter(({ id }) => lastPlan.every((one) => one.id !== id)),
    topics: topics.filter(({ status }) => status === 'topic').map((note) => mask.note(note)),
    waiting: waiting.length,
    inbox: withPrivate ? waiting.map((note) => mask.note(note)) : [],
    focus: focusOf(notebook, person, withPrivate),
    never: last ? neverTouched(notebook, library, person) : [],
    entries: entries.filter((entry) => entry.visibility === 'shared'),
    questions:
      prepared.length > 0
        ? prepared.map(({ kind, question }) => ({ kind, text: question }))
        : suggestions(notebook, library, person, today),
    isPrepared: prepared.length > 0,
    privateEntries: withPrivate ? entries.filter((entry) => entry.visibility === 'private') : [],
    titles: titlesOf(library.vocabulary, library.guides),
  }
}

function newestOf(sessions: readonly Session[]): Session | null {
  return sessions[0] ?? null
}

/** The skill of the last conversation that named one; how it was rated is private. */
function focusOf(notebook: Notebook, person: Person, withPrivate: boolean): PrepSheet['focus'] {
  const skill = notebook.answers.lastGiven(person.id, 'skill')
  if (skill === null) return null
  const ratings = withPrivate ? notebook.answers.skillRatings(person.id, skill) : []
  return { skill, ratings: ratings.slice(-5).map(({ value }) => value) }
}

/** Stages and areas that no finished conversation was about. */
function neverTouched(notebook: Notebook, library: Library, person: Person): readonly string[] {
  if (person.relation !== 'report') return []
  const { stages, areas } = library.vocabulary
  const never = (prompt: 'stage' | 'area', all: readonly { readonly id: string }[]) => {
    const ids = all.map(({ id }) => id)
    const found = notebook.figures.never(prompt, ids, person.id).get(person.id) ?? []
    // Where none was ever named, it is the naming that is missing.
    return found.length === ids.length ? [] : found
  }
  return [...never('stage', stages), ...never('area', areas)]
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
