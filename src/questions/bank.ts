import { z } from 'zod'
import { ASK_KINDS } from '../model.ts'

/** The styles of question that open a conversation, where closed and leading ones shut it. */
const STYLES = ['open', 'scaling', 'hypothetical', 'perspective', 'exploring', 'next_step'] as const

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)
const tag = z.string().regex(/^[a-z][a-z0-9_-]*$/)
const tags = z.array(tag).max(20).default([])
const words = z.string().trim().min(1).max(400)

const question = z.strictObject({
  id,
  text: words,
  kinds: z.array(z.enum(ASK_KINDS)).max(5).default([]),
  steps: tags,
  /** An empty list fits every stage; likewise for areas and skills. */
  stages: tags,
  areas: tags,
  skills: tags,
  style: z.enum(STYLES).default('open'),
  follow_ups: z.array(words).max(5).default([]),
  why: words.optional(),
  /** Hides a question of an earlier layer without deleting what was said about it. */
  retired: z.boolean().default(false),
})

/** A bank file, as its author writes it. */
export const bankSchema = z
  .strictObject({
    id,
    title: words.max(80),
    language: z
      .string()
      .regex(/^[a-z]{2}$/)
      .default('en'),
    questions: z.array(question).min(1),
  })
  .check((ctx) => {
    const seen = new Set<string>()
    ctx.value.questions.forEach((one, at) => {
      if (seen.has(one.id)) {
        const message = 'stands twice in this bank'
        ctx.issues.push({ code: 'custom', path: ['questions', at, 'id'], message, input: one.id })
      }
      seen.add(one.id)
    })
  })

const entry = z.strictObject({ id: tag, title: words.max(60), about: words.optional() })

/** A `config.yaml`: the words a team uses. Each list, where given, replaces that of the layer before. */
export const vocabularySchema = z.strictObject({
  stages: z.array(entry).optional(),
  areas: z.array(entry).optional(),
  skills: z
    .array(entry.extend({ anchors: z.array(words.max(120)).length(5).optional() }))
    .optional(),
})

/** A question with the bank it comes from. */
export type Question = z.infer<typeof question> & {
  readonly bank: string
  readonly language: string
}

interface VocabularyEntry {
  readonly id: string
  readonly title: string
  readonly about?: string | undefined
}

/** The stages, areas and skills in force. */
export interface Vocabulary {
  readonly stages: readonly VocabularyEntry[]
  readonly areas: readonly VocabularyEntry[]
  readonly skills: readonly (VocabularyEntry & {
    readonly anchors?: readonly string[] | undefined
  })[]
}
