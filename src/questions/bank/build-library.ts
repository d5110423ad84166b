import type { Guide } from '../../conversation/guide.ts'
import { append } from '../../text/lists.ts'
import { inFileOrder, type Problem } from '../../text/file-problem.ts'
import type { Bank, Config, Question, Vocabulary } from './schema.ts'
import type { ReadLayer } from './layer.ts'

/** One bank file: where it stands, and what it does to the layers before it. */
export interface BankEntry {
  readonly id: string
  readonly title: string
  readonly language: string
  readonly use: Bank['use']
  readonly layer: string
  readonly path: string
  /** How many of its questions are in force. */
  readonly questions: number
  /** Ids of questions of earlier layers that it puts its own in place of. */
  readonly replaces: readonly string[]
  /** Ids of questions of earlier layers that it hides. */
  readonly retires: readonly string[]
}

/** All questions, guides and words in force, and what was wrong with files that were left out. */
export interface Library {
  readonly questions: readonly Question[]
  /** Questions that are hidden, as they were. */
  readonly retired: readonly Question[]
  readonly banks: readonly BankEntry[]
  readonly guides: readonly Guide[]
  readonly vocabulary: Vocabulary
  /** The language of the questions that are offered. */
  readonly language: string
  /** Files that were left out, and why. */
  readonly problems: readonly Problem[]
  /** Tags that name no stage, area or skill: the question just does not fit there. */
  readonly unknownTags: readonly Problem[]
}

export const DEFAULT_LANGUAGE = 'en'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Checked<K> = Extract<ReadLayer['files'][number], { kind: K }>

/** Where a question or a guide stands: in which layer, and in which file of it. */
interface Place {
  readonly layer: number
  readonly path: string
}

/** A bank file as it was taken, before it is known how many of its questions are in force. */
interface TakenBank {
  readonly entry: Omit<BankEntry, 'questions'>
  readonly file: Checked<'bank'>
  readonly layer: number
}

/** What the layers have come to so far. */
interface Stack {
  readonly questions: Map<string, Question>
  readonly questionPlaces: Map<string, Place>
  readonly guides: Map<string, Guide>
  readonly guidePlaces: Map<string, Place>
  readonly banks: TakenBank[]
  readonly problems: Problem[]
  readonly vocabulary: Mutable<Vocabulary>
  language: string
  /** Whether the questions that ship with the program are offered. */
  withShipped: boolean
}

/** The layer that is being taken, and the questions of those before it. */
interface Layer {
  readonly at: number
  readonly name: string
  readonly before: ReadonlyMap<string, Question>
}

/**
 * Puts layers together, the later over the earlier: a question or guide with the same id replaces the one
 * before, and `retired` hides it. Within one layer an id stands once. A file with a problem is left out and the
 * problem is reported. Pure.
 */
export function buildLibrary(layers: readonly ReadLayer[]): Library {
  const stack: Stack = {
    questions: new Map(),
    questionPlaces: new Map(),
    guides: new Map(),
    guidePlaces: new Map(),
    banks: [],
    problems: [],
    vocabulary: { stages: [], areas: [], skills: [] },
    language: DEFAULT_LANGUAGE,
    withShipped: true,
  }
  for (const [at, { name, files }] of layers.entries()) {
    const layer: Layer = { at, name, before: new Map(stack.questions) }
    for (const file of files) {
      if (file.kind === 'broken') append(stack.problems, file.problems)
      else if (file.kind === 'config') takeConfig(stack, file.value)
      else if (file.kind === 'guide') takeGuide(stack, layer, file)
      else takeBank(stack, layer, file)
    }
  }
  return libraryOf(stack, layers)
}

function takeConfig(stack: Stack, config: Config): void {
  const { vocabulary } = stack
  vocabulary.stages = config.stages ?? vocabulary.stages
  vocabulary.areas = config.areas ?? vocabulary.areas
  vocabulary.skills = config.skills ?? vocabulary.skills
  stack.language = config.language ?? stack.language
  stack.withShipped = config.shipped_banks ?? stack.withShipped
}

function takeGuide(stack: Stack, layer: Layer, file: Checked<'guide'>): void {
  const { id } = file.value
  const other = stack.guidePlaces.get(id)
  if (other?.layer === layer.at) {
    stack.problems.push(file.problemAt(['id'], `id: this id stands in ${other.path} too`))
    return
  }
  stack.guidePlaces.set(id, { layer: layer.at, path: file.path })
  stack.guides.set(id, file.value)
}

function takeBank(stack: Stack, layer: Layer, file: Checked<'bank'>): void {
  const { before } = layer
  const twice = twiceInLayer(file, stack.questionPlaces, layer.at)
  if (twice.length > 0) {
    append(stack.problems, inFileOrder(twice))
    return
  }
  const { id, title = id, language, use, retired, questions } = file.value
  const hidden = retired ? [...before.values()].filter((one) => one.bank === id) : []
  for (const one of hidden) stack.questions.set(one.id, { ...one, retired: true })
  for (const one of questions) {
    stack.questionPlaces.set(one.id, { layer: layer.at, path: file.path })
    const from = { bank: id, language, use, layer: layer.name }
    stack.questions.set(one.id, inLibrary(one, before.get(one.id), from))
  }
  const again = questions.filter((one) => before.has(one.id))
  const entry = {
    id,
    title,
    language,
    use,
    layer: layer.name,
    path: file.path,
    replaces: again.filter((one) => !one.retired).map((one) => one.id),
    retires: [...hidden, ...again.filter((one) => one.retired)].map((one) => one.id),
  }
  stack.banks.push({ entry, file, layer: layer.at })
}

/** A question of a bank as the library holds it. One that is only hidden keeps its words, for whoever looks for them. */
function inLibrary(
  one: Bank['questions'][number],
  known: Question | undefined,
  from: Pick<Question, 'bank' | 'language' | 'use' | 'layer'>,
): Question {
  const isOnlyHidden = one.retired && one.text === undefined
  if (isOnlyHidden && known) return { ...known, retired: true }
  return { ...one, text: one.text ?? known?.text ?? '', ...from }
}

function libraryOf(stack: Stack, layers: readonly ReadLayer[]): Library {
  const { vocabulary, language, problems } = stack
  const layerOf = (id: string) => stack.questionPlaces.get(id)?.layer ?? -1
  const all = [...stack.questions.values()].map((one) =>
    layers[layerOf(one.id)]?.isShipped && !stack.withShipped ? { ...one, retired: true } : one,
  )
  const inForce = all.filter((one) => !one.retired)
  const countIn = ({ entry, layer }: TakenBank) =>
    inForce.filter(
      ({ id }) => layerOf(id) === layer && stack.questionPlaces.get(id)?.path === entry.path,
    ).length
  return {
    questions: inForce,
    retired: all.filter((one) => one.retired),
    banks: stack.banks.map((bank) => ({ ...bank.entry, questions: countIn(bank) })),
    guides: [...stack.guides.values()].filter((guide) => !guide.retired),
    vocabulary,
    language,
    problems,
    unknownTags: stack.banks.flatMap(({ file, layer }) =>
      layers[layer]?.isShipped ? [] : unknownTags(file, vocabulary),
    ),
  }
}

/** Ids that another bank of the same layer holds already: neither of the two comes later. */
function twiceInLayer(
  file: Checked<'bank'>,
  places: ReadonlyMap<string, Place>,
  layer: number,
): readonly Problem[] {
  return file.value.questions.flatMap(({ id }, at) => {
    const place = places.get(id)
    if (place?.layer !== layer) return []
    const message = `questions.${at}.id: this id stands in ${place.path} too`
    return [file.problemAt(['questions', at, 'id'], message)]
  })
}

/** Tags of a bank that name no stage, area or skill of a vocabulary, each with its place. */
export function unknownTags(file: Checked<'bank'>, vocabulary: Vocabulary): readonly Problem[] {
  return file.value.questions.flatMap((question, at) =>
    (['stages', 'areas', 'skills'] as const).flatMap((what) =>
      question[what].flatMap((tag, n) => {
        if (vocabulary[what].some((one) => one.id === tag)) return []
        const known = vocabulary[what].map((one) => one.id).join(', ')
        const place = ['questions', at, what, n]
        const message = `${place.join('.')}: is none of the ${what} there are: ${known}`
        return [file.problemAt(place, message)]
      }),
    ),
  )
}
