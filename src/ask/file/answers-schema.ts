import { z } from 'zod'
import type { Guide, Prompt, Step } from '../../conversation/guide.ts'
import { ACTION_FIELDS, ASK_KINDS, MAX_ACTIONS } from '../../model.ts'

/** The most rounds that one session can have in a file. */
export const MAX_ROUNDS = 20

const scalar = z
  .unknown()
  .refine(
    (value) => value === null || typeof value === 'string',
    'should be a text, a number, or yes or no',
  )
  .optional()

/** What an answers file for a guide may hold. */
export function fileSchema(guide: Guide): z.ZodType<object> {
  const once = guide.steps.filter((step) => step.once)
  const repeated = guide.steps.filter((step) => !step.once)
  const roundKeys = {
    ...Object.fromEntries(repeated.map((step) => [step.id, stepSchema(step, guide)])),
    ...Object.fromEntries(reasonsOf(guide).map(({ reason }) => [reason, scalar])),
  }
  const numberOf = (what: string) =>
    z
      .unknown()
      .refine(
        (value) => typeof value === 'string' && /^\d{1,9}$/.test(value),
        `should be the number of ${what}`,
      )
  const note = z.strictObject({ note: numberOf('a note'), becomes: scalar })
  const promise = z.strictObject({
    item: numberOf('an action item'),
    outcome: scalar,
    note: scalar,
    to: scalar,
  })
  return z.strictObject({
    person: z.string().trim().min(1),
    guide: scalar,
    held_on: scalar,
    ...(guide.promises
      ? {
          promises: z.array(promise).nullable().optional(),
          inbox: z.array(note).nullable().optional(),
        }
      : {}),
    ...roundKeys,
    ...(guide.again
      ? { rounds: z.array(z.strictObject(roundKeys)).min(1).max(MAX_ROUNDS).optional() }
      : {}),
    ...Object.fromEntries(once.map((step) => [step.id, stepSchema(step, guide)])),
  })
}

function stepSchema(step: Step, guide: Guide): z.ZodType {
  const reasons = reasonsOf(guide).filter((one) => one.step === step.id)
  return z
    .strictObject({
      ...Object.fromEntries(step.prompts.map((prompt) => [prompt.id, promptSchema(prompt)])),
      ...Object.fromEntries(reasons.map(({ reason }) => [reason, scalar])),
    })
    .nullable()
    .optional()
}

function promptSchema(prompt: Prompt): z.ZodType {
  if (prompt.kind === 'questions') {
    const question = z.strictObject({
      question: scalar,
      kind: z.enum(ASK_KINDS),
      heard: scalar,
      opened: scalar,
    })
    return z.array(question).nullable().optional()
  }
  if (prompt.kind === 'gates') {
    const stage = z.string().trim().min(1)
    const check = z.strictObject({ stage, did: scalar, evidence: scalar, heard: scalar })
    return z.array(check).nullable().optional()
  }
  if (prompt.kind === 'actions') {
    const action = z.strictObject(Object.fromEntries(ACTION_FIELDS.map((key) => [key, scalar])))
    return z
      .array(action)
      .max(prompt.at_most ?? MAX_ACTIONS)
      .nullable()
      .optional()
  }
  if (prompt.pass !== 'both') return scalar
  const isPlan = (value: unknown) => typeof value === 'object' && value !== null
  return z
    .unknown()
    .superRefine((value, ctx) => {
      const schema = isPlan(value) ? z.strictObject({ prepared: scalar, given: scalar }) : scalar
      const checked = schema.safeParse(value)
      if (!checked.success) for (const issue of checked.error.issues) ctx.addIssue({ ...issue })
    })
    .optional()
}

/** The reasons for passing a gate: each stands beside the steps, or in the step that the gate waits for. */
export function reasonsOf(
  guide: Guide,
): readonly { readonly reason: string; readonly step: string }[] {
  return guide.steps.flatMap(({ gate }) =>
    gate ? [{ reason: gate.reason, step: gate.opens_with[0]?.split('.')[0] ?? '' }] : [],
  )
}
