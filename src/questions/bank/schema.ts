import { z } from 'zod'
import { ASK_KINDS, QUESTION_STYLES } from '../../model.ts'

/** The most questions in one bank: a larger collection is easier to find one's way in when it is parted. */
export const MAX_QUESTIONS = 1000

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)
const tag = z.string().regex(/^[a-z][a-z0-9_-]*$/)
const tags = z.array(tag).max(20).default([])
const words = z.string().trim().min(1).max(400)
const language = z.string().regex(/^[a-z]{2}$/)

const question = z
  .strictObject({
    id,
    /** May be left out only where `retired` hides a question of an earlier layer. */
    text: words.optional(),
    kinds: z.array(z.enum(ASK_KINDS)).max(5).default([]),
    steps: tags,
    /** An empty list fits every stage; likewise for areas and skills. */
    stages: tags,
    areas: tags,
    skills: tags,
    style: z.enum(QUESTION_STYLES).default('open'),
    follow_ups: z.array(words).max(5).default([]),
    why: words.optional(),
    /** Hides a question of an earlier layer without deleting what was said about it. */
    retired: z.boolean().default(false),
  })
  .check((ctx) => {
    if (ctx.value.text !== undefined || ctx.value.retired) return
    ctx.issues.push({ code: 'custom', path: ['text'], message: 'is missing', input: ctx.value })
  })

/** A bank file, as its author writes it. */
export const bankSchema = z
  .strictObject({
    id,
    title: words.max(80).optional(),
    language: language.default('en'),
    /** `named`: its questions are offered only where a guide or the manager names the bank. */
    use: z.enum(['general', 'named']).default('general'),
    /** Hides every question of the bank with this id in an earlier layer. */
    retired: z.boolean().default(false),
    questions: z.array(question).max(MAX_QUESTIONS).default([]),
  })
  .check((ctx) => {
    const complain = (path: PropertyKey[], message: string) =>
      ctx.issues.push({ code: 'custom', path, message, input: ctx.value })
    const { questions, retired } = ctx.value
    if (questions.length === 0 && !retired) {
      complain(['questions'], 'is empty; a bank holds at least one question')
    }
    const seen = new Set<string>()
    questions.forEach((one, at) => {
      if (seen.has(one.id)) complain(['questions', at, 'id'], 'stands twice in this bank')
      seen.add(one.id)
    })
  })

const entry = z.strictObject({ id: tag, title: words.max(60), about: words.optional() })
const entries = <T extends z.ZodType<{ id: string }>>(one: T) =>
  z.array(one).check((ctx) => {
    const ids = ctx.value.map((each) => each.id)
    ids.forEach((each, at) => {
      if (ids.indexOf(each) === at) return
      const message = 'stands twice in this list'
      ctx.issues.push({ code: 'custom', path: [at, 'id'], message, input: each })
    })
  })

/**
 * Both sides of the gate at the end of a stage: what the seller does, and what only the customer can give (two-sided
 * gates: the customer's confirmation is evidence, what the seller sent is not).
 */
const gate = z.strictObject({
  seller: words,
  customer: words,
  /** Asked where the customer's evidence is missing. */
  ask: words,
  /** Offered as an action item then. */
  action: words.max(200),
})

const config = z.strictObject({
  stages: entries(entry.extend({ gate: gate.optional() })).optional(),
  areas: entries(entry).optional(),
  skills: entries(
    entry.extend({ anchors: z.array(words.max(120)).length(5).optional() }),
  ).optional(),
  /** The language of the questions that are offered. */
  language: language.optional(),
  /** Folders of banks that are used as with `--bank`; relative ones are seen from the file. */
  banks: z.array(words).max(20).optional(),
  /** `false` leaves out the questions that ship. */
  shipped_banks: z.boolean().optional(),
  /** What gives the password of an encrypted notebook, such as `pass show coach`. Only that of the home counts. */
  password_command: z.string().max(1000).optional(),
})

/**
 * A `config.yaml`: the words a team uses, and settings. Each list, where given, replaces that of the layer before. A file
 * without anything in it says nothing.
 */
export const configSchema = z.preprocess((value) => value ?? {}, config)

export type Bank = z.infer<typeof bankSchema>
export type Config = z.infer<typeof configSchema>

/** A question in force, with where it comes from. */
export type Question = Omit<Bank['questions'][number], 'text'> & {
  readonly text: string
  readonly bank: string
  readonly language: string
  readonly use: Bank['use']
  /** The layer it comes from. */
  readonly layer: string
}

interface VocabularyEntry {
  readonly id: string
  readonly title: string
  readonly about?: string | undefined
}
type Gate = z.infer<typeof gate>

/** The stages, areas and skills in force. */
export interface Vocabulary {
  readonly stages: readonly (VocabularyEntry & { readonly gate?: Gate | undefined })[]
  readonly areas: readonly VocabularyEntry[]
  readonly skills: readonly (VocabularyEntry & {
    readonly anchors?: readonly string[] | undefined
  })[]
}
