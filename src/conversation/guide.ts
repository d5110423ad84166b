import { z } from 'zod'
import { ASK_KINDS } from '../model.ts'

/** The kinds of prompt a guide can hold. `questions` and `actions` ask several things in turn. */
const PROMPT_KINDS = [
  'line',
  'note',
  'choice',
  'rating',
  'yes_no',
  'date',
  'questions',
  'actions',
] as const
const id = z.string().regex(/^[a-z][a-z0-9_]*$/)
const guideId = z.string().regex(/^[a-z][a-z0-9-]*$/)
const words = z.string().trim().min(1).max(400)

const prompt = z
  .strictObject({
    id,
    kind: z.enum(PROMPT_KINDS),
    /** The short name shown beside an answer. */
    title: words.max(40),
    ask: words,
    /** Why this is asked, for a manager who wonders. */
    why: words,
    example: words.optional(),
    /** `both`: planned while preparing, and settled while recording. */
    pass: z.enum(['prepare', 'record', 'both']),
    /** What is asked while recording, when that differs; only with `pass: both`. */
    ask_recording: words.optional(),
    visibility: z.enum(['shared', 'private']).default('shared'),
    required: z.boolean().default(false),
    /** Details are offered together at the end of their step. */
    detail: z.boolean().default(false),
    /** Where the choices of a `choice` come from: a list of the vocabulary, or the guide itself. */
    from: z.enum(['stages', 'areas', 'skills']).optional(),
    choices: z
      .array(z.strictObject({ id, title: words }))
      .min(2)
      .optional(),
    /** A choice that is offered first, or `last`: the one last given for this person. */
    default: z.string().optional(),
    /** The kinds of Ask that are asked, in this order; all five where none is named. */
    kinds: z.array(z.enum(ASK_KINDS)).min(1).max(5).optional(),
    /** The banks that questions are taken from; every bank for general use where none is named. */
    banks: z.array(guideId).min(1).max(20).optional(),
    /** What the lint looks for while the text is written: verdicts and advice in `feedback`. */
    hints: z.enum(['feedback']).optional(),
    /** How many action items are asked for at the most. */
    at_most: z.int().min(1).max(9).optional(),
  })
  .check((ctx) => {
    const { kind, from, choices, pass, ask_recording: askRecording, at_most: atMost } = ctx.value
    const complain = (path: string, message: string) =>
      ctx.issues.push({ code: 'custom', path: [path], message, input: ctx.value })
    if ((kind === 'choice') !== ((from === undefined) !== (choices === undefined))) {
      complain('kind', 'a choice, and nothing else, has either “from” or “choices”')
    }
    if (askRecording !== undefined && pass !== 'both') {
      complain('ask_recording', 'goes only with “pass: both”')
    }
    if (kind === 'questions' && pass === 'prepare') {
      complain('pass', 'questions have “pass: both” or “pass: record”')
    }
    if (ctx.value.hints !== undefined && kind !== 'note' && kind !== 'line') {
      complain('hints', 'goes only with a line or a note')
    }
    for (const key of ['kinds', 'banks'] as const) {
      if (ctx.value[key] !== undefined && kind !== 'questions') {
        complain(key, 'goes only with questions')
      }
    }
    if (new Set(ctx.value.kinds).size !== (ctx.value.kinds?.length ?? 0)) {
      complain('kinds', 'each kind stands here once')
    }
    if (kind === 'actions' && pass !== 'record') complain('pass', 'actions have “pass: record”')
    if (atMost !== undefined && kind !== 'actions') complain('at_most', 'goes only with actions')
  })

const step = z.strictObject({
  id,
  title: words.max(40),
  /** Asked once in a session, after all rounds. */
  once: z.boolean().default(false),
  /**
   * The reflection gate: while recording, this step stays closed until one of the prompts named here is
   * answered, or a reason for going on without is given (debriefs built on self-reflection work: one's
   * own view comes before any advice).
   */
  gate: z
    .strictObject({
      opens_with: z.array(z.string()).min(1),
      reason: id,
      title: words.max(40),
      ask: words,
      why: words,
    })
    .optional(),
  prompts: z.array(prompt).min(1),
})

/** A guide file, as its author writes it. */
export const guideSchema = z
  .strictObject({
    id: guideId,
    title: words.max(80),
    about: words,
    language: z
      .string()
      .regex(/^[a-z]{2}$/)
      .default('en'),
    /** Whether a session begins with the open action items of the person. */
    promises: z.boolean().default(false),
    /** The offer of a further round; without it there is one round. */
    again: z.strictObject({ ask: words, why: words }).optional(),
    retired: z.boolean().default(false),
    steps: z.array(step).min(1),
  })
  .check((ctx) => {
    const reserved = new Set(['person', 'guide', 'held_on', 'rounds', 'promises', 'inbox'])
    const paths = new Set(
      ctx.value.steps.flatMap((one) => one.prompts.map((p) => `${one.id}.${p.id}`)),
    )
    const complain = (path: PropertyKey[], message: string) =>
      ctx.issues.push({ code: 'custom', path, message, input: ctx.value })
    ctx.value.steps.forEach((one, at) => {
      if (reserved.has(one.id)) complain(['steps', at, 'id'], 'is a word of the answers file')
      if (ctx.value.steps.findIndex((other) => other.id === one.id) < at) {
        complain(['steps', at, 'id'], 'stands twice in this guide')
      }
      one.prompts.forEach((p, n) => {
        if (one.prompts.findIndex((other) => other.id === p.id) < n) {
          complain(['steps', at, 'prompts', n, 'id'], 'stands twice in this step')
        }
        if (p.detail && p.required) {
          complain(['steps', at, 'prompts', n, 'required'], 'a detail cannot be required')
        }
      })
      if (one.gate && ctx.value.steps.some((other) => other.id === one.gate?.reason)) {
        complain(['steps', at, 'gate', 'reason'], 'is the id of a step')
      }
      one.gate?.opens_with.forEach((path, n) => {
        if (!paths.has(path)) {
          complain(['steps', at, 'gate', 'opens_with', n], 'names no prompt of this guide')
        }
      })
    })
    if (ctx.value.again && ctx.value.steps.every((one) => one.once)) {
      complain(['again'], 'goes with at least one step that is not “once”')
    }
  })

export type Guide = z.infer<typeof guideSchema>
export type Step = Guide['steps'][number]
export type Prompt = Step['prompts'][number]
