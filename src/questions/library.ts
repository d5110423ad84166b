import type { z } from 'zod'
import { type Guide, guideSchema } from '../conversation/guide.ts'
import { parseYaml, type Problem } from '../yaml.ts'
import { bankSchema, type Question, type Vocabulary, vocabularySchema } from './bank.ts'

/** A file of one layer: a bank, a guide, or the layer's `config.yaml`. */
export interface LayerFile {
  readonly kind: 'bank' | 'guide' | 'vocabulary'
  /** The path as it is shown in messages. */
  readonly path: string
  /** Null where the file could not be read. */
  readonly text: string | null
}

/** One place that holds banks and guides: what is shipped, the user's home, or a team's folder. */
export interface Layer {
  readonly name: string
  readonly files: readonly LayerFile[]
}

/** All questions, guides and words in force, and what was wrong with files that were left out. */
export interface Library {
  readonly questions: readonly Question[]
  readonly guides: readonly Guide[]
  readonly vocabulary: Vocabulary
  readonly problems: readonly Problem[]
}

/**
 * Puts layers together, the later over the earlier: a question or guide with the same id replaces the one
 * before, and `retired` hides it. A file with a problem is left out and the problem is reported. Pure.
 */
export function buildLibrary(layers: readonly Layer[]): Library {
  const questions = new Map<string, Question>()
  const guides = new Map<string, Guide>()
  const vocabulary = { stages: [], areas: [], skills: [] } as {
    -readonly [K in keyof Vocabulary]: Vocabulary[K]
  }
  const problems: Problem[] = []
  const read = <T>(file: LayerFile, schema: z.ZodType<T>, use: (value: T) => void) => {
    if (file.text === null) {
      problems.push({ file: file.path, line: 1, column: 1, message: 'cannot be read' })
      return
    }
    const parsed = parseYaml(file.path, file.text, schema)
    if (parsed.ok) use(parsed.value)
    else problems.push(...parsed.problems)
  }
  for (const file of layers.flatMap((layer) => layer.files)) {
    if (file.kind === 'guide') {
      read(file, guideSchema, (guide) => guides.set(guide.id, guide))
    } else if (file.kind === 'vocabulary') {
      read(file, vocabularySchema, (words) => {
        vocabulary.stages = words.stages ?? vocabulary.stages
        vocabulary.areas = words.areas ?? vocabulary.areas
        vocabulary.skills = words.skills ?? vocabulary.skills
      })
    } else {
      read(file, bankSchema, (bank) => {
        for (const one of bank.questions) {
          questions.set(one.id, { ...one, bank: bank.id, language: bank.language })
        }
      })
    }
  }
  return {
    questions: [...questions.values()].filter((question) => !question.retired),
    guides: [...guides.values()].filter((guide) => !guide.retired),
    vocabulary,
    problems,
  }
}
