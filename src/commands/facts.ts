import type { Guide } from '../conversation/guide.ts'
import type { Facts } from '../conversation/turn.ts'
import { notFound, usageError } from '../errors.ts'
import type { Person, Session } from '../model.ts'
import type { Notebook } from '../notebook/notebook.ts'
import { buildLibrary, type Library } from '../questions/library.ts'
import { pick } from '../questions/pick.ts'
import { list, safe } from '../text.ts'
import type { World } from '../world.ts'
import { sayProblem } from '../yaml.ts'

/** The guide that a session has when none is named. */
export const DEFAULT_GUIDE = 'ortp'

/** All banks and guides. A file that is broken is said and left out: a session goes on without it. */
export function loadLibrary(world: World): Library {
  const library = buildLibrary(world.layers())
  for (const problem of library.problems) world.say(`Left out: ${safe(sayProblem(problem))}\n`)
  return library
}

/** @throws CoachError (2) that names the guides there are */
export function findGuide(library: Library, id: string): Guide {
  const guide = library.guides.find((one) => one.id === id)
  if (guide) return guide
  const ids = library.guides.map((one) => one.id).toSorted()
  throw usageError(`There is no guide “${id}”.`, `There are ${list(ids)}.`)
}

/** The guide of a session that exists. @throws CoachError (3) when its file is gone */
export function guideOf(library: Library, session: Session): Guide {
  const guide = library.guides.find((one) => one.id === session.guide)
  if (guide) return guide
  throw notFound(
    `The guide “${session.guide}” of session ${session.id} is not there any more.`,
    `Put its file back into your guides folder. Until then: coach show ${session.id}`,
  )
}

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
  } = {},
): Facts {
  const known = 'id' in person && notebook ? { id: person.id, notebook } : null
  const last = new Map<string, string>()
  for (const id of ['stage', 'skill'] as const) {
    const value = options.preset?.[id] ?? known?.notebook.answers.lastGiven(known.id, id)
    if (value) last.set(id, value)
  }
  const lastAsked = known?.notebook.answers.lastAsked(known.id) ?? new Map<string, number>()
  const seed = `${'uuid' in person ? person.uuid : person.name}/${world.today()}`
  return {
    today: world.today(),
    name: person.name.split(/\s+/)[0] ?? person.name,
    stages: library.vocabulary.stages,
    areas: library.vocabulary.areas,
    skills: library.vocabulary.skills.map((skill) => ({ ...skill, anchors: skill.anchors ?? [] })),
    // A correction of the record settles nothing anew: what became of an item is corrected at the item.
    promises:
      known && !options.isCorrection
        ? known.notebook.actions.promisedTo(known.id, session?.id ?? null)
        : [],
    last,
    full: options.full ?? false,
    idOf: (text) => library.questions.find((one) => one.text === text)?.id ?? null,
    suggest: (topic) => pick(library.questions, topic, lastAsked, seed),
  }
}
