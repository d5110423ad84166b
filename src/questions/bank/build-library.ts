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

interface Place {
  readonly layer: number
  readonly path: string
}
type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Checked<K> = Extract<ReadLayer['files'][number], { kind: K }>

/**
 * Puts layers together, the later over the earlier: a question or guide with the same id replaces the one
 * before, and `retired` hides it. Within one layer an id stands once. A file with a problem is left out and the
 * problem is reported. Pure.
 */
export function buildLibrary(layers: readonly ReadLayer[]): Library {
  const questions = new Map<string, Question>()
  /** Where each question stands: in which layer, and in which file of it. */
  const places = new Map<string, Place>()
  const guidePlaces = new Map<string, Place>()
  const guides = new Map<string, Guide>()
  const banks: (Omit<BankEntry, 'questions'> & {
    readonly file: Checked<'bank'>
    readonly at: number
  })[] = []
  const vocabulary: Mutable<Vocabulary> = { stages: [], areas: [], skills: [] }
  const problems: Problem[] = []
  let language = DEFAULT_LANGUAGE
  let withShipped = true
  const take = (config: Config) => {
    vocabulary.stages = config.stages ?? vocabulary.stages
    vocabulary.areas = config.areas ?? vocabulary.areas
    vocabulary.skills = config.skills ?? vocabulary.skills
    language = config.language ?? language
    withShipped = config.shipped_banks ?? withShipped
  }

  for (const [at, { name: layer, files }] of layers.entries()) {
    const before = new Map(questions)
    for (const file of files) {
      if (file.kind === 'broken') append(problems, file.problems)
      else if (file.kind === 'config') take(file.value)
      else if (file.kind === 'guide') {
        const other = guidePlaces.get(file.value.id)
        if (other?.layer === at) {
          problems.push(file.problemAt(['id'], `id: this id stands in ${other.path} too`))
          continue
        }
        guidePlaces.set(file.value.id, { layer: at, path: file.path })
        guides.set(file.value.id, file.value)
      } else {
        const twice = twiceInLayer(file, places, at)
        if (twice.length > 0) {
          append(problems, inFileOrder(twice))
          continue
        }
        const { id, title = id, language: spoken, use, retired } = file.value
        const hidden = retired ? [...before.values()].filter((one) => one.bank === id) : []
        for (const one of hidden) questions.set(one.id, { ...one, retired: true })
        for (const one of file.value.questions) {
          places.set(one.id, { layer: at, path: file.path })
          const known = before.get(one.id)
          const from = { bank: id, language: spoken, use, layer }
          // A question that is only hidden keeps its words, for whoever looks for them.
          const hides = one.retired && one.text === undefined && known
          const text = one.text ?? known?.text ?? ''
          questions.set(one.id, hides ? { ...known, retired: true } : { ...one, text, ...from })
        }
        const mine = file.value.questions.filter((one) => before.has(one.id))
        banks.push({
          id,
          title,
          language: spoken,
          use,
          layer,
          path: file.path,
          file,
          at,
          replaces: mine.filter((one) => !one.retired).map((one) => one.id),
          retires: [...hidden, ...mine.filter((one) => one.retired)].map((one) => one.id),
        })
      }
    }
  }
  const layerOf = (id: string) => places.get(id)?.layer ?? -1
  const all = [...questions.values()].map((one) =>
    layers[layerOf(one.id)]?.isShipped && !withShipped ? { ...one, retired: true } : one,
  )
  const inForce = all.filter((one) => !one.retired)
  return {
    questions: inForce,
    retired: all.filter((one) => one.retired),
    banks: banks.map(({ file: _file, at, ...bank }) => ({
      ...bank,
      questions: inForce.filter(
        ({ id }) => layerOf(id) === at && places.get(id)?.path === bank.path,
      ).length,
    })),
    guides: [...guides.values()].filter((guide) => !guide.retired),
    vocabulary,
    language,
    problems,
    unknownTags: banks.flatMap(({ file, at }) =>
      layers[at]?.isShipped ? [] : unknownTags(file, vocabulary),
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
