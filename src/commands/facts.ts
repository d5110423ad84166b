import type { Facts } from '../conversation/turn.ts'
import type { Person, Session } from '../model.ts'
import type { Notebook } from '../notebook/notebook.ts'
import { lint, lintFeedback, LINTED_LANGUAGE } from '../questions/lint.ts'
import type { Library } from '../questions/library.ts'
import { asChoices, pick, type Uses } from '../questions/pick.ts'
import { sayFindings } from '../render/lint.ts'
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
    promises:
      known && !options.isCorrection
        ? known.notebook.actions.promisedTo(known.id, session?.id ?? null)
        : [],
    last,
    full: options.full ?? false,
    idOf: (text) => library.questions.find((one) => one.text === text)?.id ?? null,
    hint(about, text) {
      if (library.language !== LINTED_LANGUAGE) return null
      return sayFindings(about === 'question' ? lint(text) : lintFeedback(text))
    },
    suggest: ({ banks, ...topic }) => {
      const wanted = { ...topic, banks: options.banks ?? banks, language: library.language }
      return asChoices(pick(library.questions, wanted, uses, seed))
    },
  }
}
