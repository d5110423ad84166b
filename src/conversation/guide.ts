import { z } from 'zod'
import { ASK_KINDS, OWNERS, RELATIONS } from '../model.ts'

/**
 * The kinds of prompt a guide can hold. `questions`, `gates` and `actions` ask several things in turn; `gates` goes
 * through the stages of an opportunity that an `opportunity` prompt named.
 */
const PROMPT_KINDS = [
  'line',
  'note',
  'choice',
  'rating',
  'yes_no',
  'date',
  'questions',
  'opportunity',
  'gates',
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
    /** What is looked for while a text is written: verdicts and advice in `feedback`, the names of people in `names`. */
    hints: z.enum(['feedback', 'names']).optional(),
    /** What the ratings 1 to 5 of a `rating` mean; without them, what those of the chosen skill mean. */
    anchors: z.array(words.max(120)).length(5).optional(),
    /** Whose the action items are, where that is no question. */
    owner: z.enum(OWNERS).optional(),
    /** What notes of the inbox can become here: their text is offered. */
    takes: z.enum(['observation', 'praise', 'topic']).optional(),
    /** A prompt, such as `plan.actions`: this one is asked only where that was answered in the same round. */
    after: z.string().optional(),
    /** Asked only now and then: when that was not done with this person for so many days. */
    every_days: z.int().min(1).max(999).optional(),
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
    if (askRecording !== undefined && pass !== 'both' && kind !== 'questions') {
      complain('ask_recording', 'goes only with “pass: both”')
    }
    if (kind === 'questions' && pass === 'prepare') {
      complain('pass', 'questions have “pass: both” or “pass: record”')
    }
    const isText = ['line', 'note', 'questions', 'actions'].includes(kind)
    if (ctx.value.hints !== undefined && !isText) {
      complain('hints', 'goes only with texts: a line, a note, questions or actions')
    }
    for (const key of ['kinds', 'banks'] as const) {
      if (ctx.value[key] !== undefined && kind !== 'questions') {
        complain(key, 'goes only with questions')
      }
    }
    if (new Set(ctx.value.kinds).size !== (ctx.value.kinds?.length ?? 0)) {
      complain('kinds', 'each kind stands here once')
    }
    if ((kind === 'actions' || kind === 'gates') && pass !== 'record') {
      complain('pass', `${kind} have “pass: record”`)
    }
    if (kind === 'opportunity' && !ctx.value.required) {
      complain('required', 'an opportunity is “required: true”')
    }
    if (ctx.value.takes !== undefined && kind !== 'line' && kind !== 'note') {
      complain('takes', 'goes only with a line or a note')
    }
    for (const key of ['after', 'every_days'] as const) {
      if (ctx.value[key] !== undefined && ctx.value.required) {
        complain(key, 'does not go with “required: true”')
      }
    }
    if (ctx.value.anchors !== undefined && kind !== 'rating') {
      complain('anchors', 'goes only with a rating')
    }
    if (ctx.value.owner !== undefined && kind !== 'actions') {
      complain('owner', 'goes only with actions')
    }
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
    /** What the person of the conversation is to the manager. */
    with: z.enum(RELATIONS).default('report'),
    /** Whether a session begins with the open action items of the person, and with the inbox. */
    promises: z.boolean().default(true),
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
        if (p.after !== undefined && !paths.has(p.after)) {
          complain(['steps', at, 'prompts', n, 'after'], 'names no prompt of this guide')
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
    const kinds = ctx.value.steps.flatMap((one) => one.prompts.map(({ kind }) => kind))
    for (const kind of ['opportunity', 'gates'] as const) {
      if (kinds.filter((one) => one === kind).length > 1) complain(['steps'], `holds ${kind} twice`)
    }
    if (kinds.includes('gates') && !kinds.includes('opportunity')) {
      complain(['steps'], 'asks for gates without an opportunity')
    }
    if (ctx.value.again && kinds.includes('opportunity')) {
      complain(['again'], 'does not go with an opportunity')
    }
    if (ctx.value.again && ctx.value.steps.every((one) => one.once)) {
      complain(['again'], 'goes with at least one step that is not “once”')
    }
  })

export type Guide = z.infer<typeof guideSchema>
export type Step = Guide['steps'][number]
export type Prompt = Step['prompts'][number]

/** Whether a guide has something to be asked before the conversation. */
export function hasPreparation(guide: Guide): boolean {
  return guide.steps.some((one) => one.prompts.some(({ pass }) => pass !== 'record'))
}
