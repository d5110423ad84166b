import type { Choice, Facts, OpportunityFacts, PromisedItem } from '../conversation/turn.ts'
import type { Person, Session } from '../model.ts'
import type { Notebook } from '../notebook/notebook.ts'
import { lint, lintFeedback, LINTED_LANGUAGE } from '../questions/lint.ts'
import type { Library } from '../questions/library.ts'
import { asChoices, pick, type Uses } from '../questions/pick.ts'
import { sayFindings } from '../render/lint.ts'
import { namesIn } from '../names.ts'
import type { World } from '../world.ts'

/** What the manager said beforehand, with flags. */
export interface Preset {
  readonly stage?: string | undefined
  readonly area?: string | undefined
  readonly skill?: string | undefined
}

/** Everything that a conversation with a person needs to know. */
export function gatherFacts(
  world: World,
  library: Library,
  notebook: Notebook | null,
  person: Pick<Person, 'id' | 'uuid' | 'name'> | { readonly name: string },
  session: Session | null,
  options: {
    readonly full?: boolean
    readonly preset?: Preset
    readonly isCorrection?: boolean
    /** Take questions from these banks, whatever the guide says. */
    readonly banks?: readonly string[] | undefined
  } = {},
): Facts {
  const known = 'id' in person && notebook ? { id: person.id, notebook } : null
  const last = new Map<string, string>()
  for (const id of ['stage', 'skill'] as const) {
    const value = options.preset?.[id] ?? known?.notebook.answers.lastGiven(known.id, id)
    if (value) last.set(id, value)
  }
  const uses: Uses = notebook?.answers.uses(known?.id ?? null) ?? new Map()
  const seed = `${'uuid' in person ? person.uuid : person.name}/${world.today()}`
  return {
    today: world.today(),
    name: person.name.split(/\s+/)[0] ?? person.name,
    stages: library.vocabulary.stages,
    areas: library.vocabulary.areas,
    skills: library.vocabulary.skills.map((skill) => ({ ...skill, anchors: skill.anchors ?? [] })),
    // A correction of the record settles nothing anew: what became of an item is corrected at the item.
    promises: known && !options.isCorrection ? promisesOf(known.notebook, known.id, session) : [],
    last,
    opportunities: known ? opportunitiesOf(known.notebook, known.id, session) : [],
    ratings: known?.notebook.answers.ratings(known.id, session?.id ?? null) ?? new Map(),
    full: options.full ?? false,
    idOf: (text) => library.questions.find((one) => one.text === text)?.id ?? null,
    hint(about, text) {
      if (about === 'names') return sayNames(text, namesOf(notebook, person.name))
      if (library.language !== LINTED_LANGUAGE) return null
      return sayFindings(about === 'question' ? lint(text) : lintFeedback(text))
    },
    suggest: remembered(({ banks, ...topic }) => {
      const wanted = { ...topic, banks: options.banks ?? banks, language: library.language }
      return asChoices(pick(library.questions, wanted, uses, seed))
    }),
  }
}

/** A conversation asks for the same suggestions again and again; the same topic has the same ones. */
function remembered(suggest: Facts['suggest']): Facts['suggest'] {
  const known = new Map<string, readonly Choice[]>()
  return (topic) => {
    const key = JSON.stringify(topic)
    const choices = known.get(key) ?? suggest(topic)
    known.set(key, choices)
    return choices
  }
}

/** What was promised when a session began. */
function promisesOf(
  notebook: Notebook,
  personId: number,
  session: Session | null,
): readonly PromisedItem[] {
  const hidden = notebook.actions.privateOf(personId)
  return notebook.actions
    .promisedTo(personId, session?.id ?? null)
    .map((item) => ({ ...item, isPrivate: hidden.has(item.id) }))
}

/** What is known of the opportunities that a person is working on. */
function opportunitiesOf(
  notebook: Notebook,
  personId: number,
  session: Session | null,
): readonly OpportunityFacts[] {
  return notebook.opportunities
    .list({ personId })
    .filter(({ id, closedAt }) => closedAt === null || id === session?.opportunityId)
    .map(({ id, name, stage }) => {
      const checks = notebook.opportunities.checks(id, session?.id)
      const evidence = checks.filter(({ field }) => field === 'evidence')
      return { name, stage, confirmed: new Set(evidence.map((one) => one.stage)) }
    })
}

/** The names of everybody the manager coaches, but not of the one the conversation is with. */
export function namesOf(notebook: Notebook | null, except: string): readonly string[] {
  return (notebook?.people.list() ?? [])
    .filter(({ name, relation }) => relation === 'report' && name !== except)
    .map(({ name }) => name)
}

/** A word on names that should stay out of a text; null where there is none in it. */
function sayNames(text: string, names: readonly string[]): string | null {
  const [first] = namesIn(text, names)
  return first === undefined ? null : `“${first}” is somebody you coach; leave the name out`
}
