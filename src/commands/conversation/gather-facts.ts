import { namesToMask } from '../../privacy/name-mask.ts'
import type {
  Choice,
  Facts,
  InboxNote,
  OpportunityFacts,
  PromisedItem,
} from '../../conversation/turn.ts'
import { localDay } from '../../dates/day.ts'
import type { Person, Session } from '../../model.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import { lint, lintFeedback, LINTED_LANGUAGE } from '../../questions/lint/lint.ts'
import type { Library } from '../../questions/bank/build-library.ts'
import { asChoices, pick, type Uses } from '../../questions/bank/pick.ts'
import { sayFindings } from '../../render/questions/lint.ts'
import { namesInText } from '../../text/person-names.ts'
import type { World } from '../../world.ts'

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
  person: Person | { readonly name: string },
  session: Session | null,
  options: {
    readonly full?: boolean
    readonly preset?: Preset
    readonly isCorrection?: boolean
    /** Take questions from these banks, whatever the guide says. */
    readonly banks?: readonly string[] | undefined
    /** The places that a file answers, where the conversation is one with a file. */
    readonly mentioned?: ReadonlySet<string>
    /** Take days that have passed where one ahead is meant. */
    readonly isPastTaken?: boolean | undefined
    /** The day of the conversation, where it is known. */
    readonly heldOn?: string | null | undefined
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
    heldOn: options.heldOn && options.heldOn < world.today() ? options.heldOn : null,
    name: person.name.split(/\s+/)[0] ?? person.name,
    stages: library.vocabulary.stages,
    areas: library.vocabulary.areas,
    skills: library.vocabulary.skills.map((skill) => ({ ...skill, anchors: skill.anchors ?? [] })),
    // A correction of the record settles nothing anew: what became of an item is corrected at the item.
    promises: known && !options.isCorrection ? promisesOf(known.notebook, known.id, session) : [],
    inbox: known ? inboxOf(known.notebook, known.id, session, options.isCorrection) : [],
    goals: known ? goalsOf(known.notebook, known.id, session) : [],
    nextSession: known ? nextOf(known.notebook, known.id, world.today()) : null,
    asked: known ? askedBefore(library, known.notebook, known.id, session) : new Map(),
    // A correction brings up nothing that was not asked then, and a file cannot be asked.
    knownSince:
      'createdAt' in person && !options.isCorrection && !options.mentioned
        ? localDay(person.createdAt)
        : world.today(),
    mentioned: options.mentioned ?? new Set(),
    isPastTaken: options.isPastTaken ?? false,
    last,
    opportunities: known ? opportunitiesOf(known.notebook, known.id, session) : [],
    ratings: known?.notebook.answers.ratings(known.id, session?.id ?? null) ?? new Map(),
    full: options.full ?? false,
    idOf: (text) => library.questions.find((one) => one.text === text)?.id ?? null,
    hint(about, text) {
      if (about === 'names') return sayNames(text, namesToMask(notebook, person.name))
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

/** The inbox as a session opens it; a correction shows only what that session made something of. */
function inboxOf(
  notebook: Notebook,
  personId: number,
  session: Session | null,
  isCorrection = false,
): readonly InboxNote[] {
  const taken = session ? notebook.notes.takenBy(session.id) : []
  const waiting = isCorrection ? [] : notebook.notes.waiting(personId)
  return [...taken, ...waiting]
    .toSorted((a, b) => a.id - b.id)
    .map(({ id, text, createdAt }) => ({ id, text, on: localDay(createdAt) }))
}

/** The open goals of a person, and those that the session's own action items serve, closed meanwhile or not. */
function goalsOf(notebook: Notebook, personId: number, session: Session | null): readonly Choice[] {
  const own = session ? notebook.actions.ofSession(session.id).map(({ goal }) => goal) : []
  return notebook.goals
    .list({ personId })
    .filter(({ id, status }) => status === 'open' || own.includes(String(id)))
    .map(({ id, what }) => ({ id: String(id), title: what }))
}

function nextOf(notebook: Notebook, personId: number, today: string): string | null {
  const planned = notebook.nextSessions.planned(personId)?.plannedOn ?? null
  return planned !== null && planned > today ? planned : null
}

/** When the prompts that are asked only now and then were last asked. */
function askedBefore(
  library: Library,
  notebook: Notebook,
  personId: number,
  session: Session | null,
): ReadonlyMap<string, string> {
  const ids = library.guides.flatMap((guide) =>
    guide.steps.flatMap((step) =>
      step.prompts.flatMap(({ id, every_days: days }) => (days === undefined ? [] : [id])),
    ),
  )
  return new Map(
    [...new Set(ids)].flatMap((id) => {
      const at = notebook.answers.lastAsked(personId, id, session?.id ?? null)
      return at === null ? [] : [[id, localDay(at)] as const]
    }),
  )
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

/** A word on names that should stay out of a text; null where there is none in it. */
function sayNames(text: string, names: readonly string[]): string | null {
  const [first] = namesInText(text, names)
  return first === undefined ? null : `“${first}” is somebody you coach; leave the name out`
}
