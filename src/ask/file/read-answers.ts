import { z } from 'zod'
import { GATE_FIELDS } from '../../conversation/turns/gate-turns.ts'
import type { Guide, Prompt, Step } from '../../conversation/guide.ts'
import { type CoachError, usageError } from '../../errors.ts'
import { append } from '../../text/lists.ts'
import { ACTION_FIELDS, ASK_KINDS, MAX_ACTIONS, type Pass } from '../../model.ts'
import { count } from '../../text/text.ts'
import { type Problem, sayProblem } from '../../text/file-problem.ts'
import { readYaml, sayIssues, type Source } from '../../yaml/read-yaml.ts'

/** One answer of a file, with the place where it stands. */
export interface Entry {
  readonly text: string
  readonly at: readonly PropertyKey[]
  /** The only pass in which it counts; null for the one that its prompt belongs to. */
  readonly pass: Pass | null
}

/** An answers file taken apart: who and when, and the answers by `round/path`. */
export interface AnswersFile {
  readonly person: string
  readonly heldOn: { readonly text: string; readonly at: readonly PropertyKey[] } | null
  readonly entries: ReadonlyMap<string, Entry>
  readonly source: Source
}

/** An answers file with what is wrong with its form; what could be read is there all the same. */
export interface ReadAnswers {
  readonly file: AnswersFile
  readonly problems: readonly Problem[]
}

/** The most rounds that one session can have in a file. */
const MAX_ROUNDS = 20

const scalar = z
  .unknown()
  .refine(
    (value) => value === null || typeof value === 'string',
    'should be a text, a number, or yes or no',
  )
  .optional()

/**
 * The parsed file, and the guide and the person that it names (null: none), which decide about the rest.
 * @throws CoachError (2) with every problem when it is not YAML, or not a group of keys
 */
export function openAnswers(
  file: string,
  text: string,
): { readonly source: Source; readonly guide: string | null; readonly person: string | null } {
  const read = readYaml(file, text, { asText: true })
  if (!read.ok) throw refuseAnswers(read.problems)
  const source = read.value
  const { value } = source
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const problem = 'should be a group of keys, beginning with “person: NAME”'
    throw refuseAnswers([source.problemAt([], problem)])
  }
  const tree = treeOf(value)
  const person = textOf(tree['person']).trim() || null
  return { source, guide: textOf(tree['guide']) || null, person }
}

/** The refusal of an answers file, with all its problems. */
export function refuseAnswers(problems: readonly Problem[]): CoachError {
  return usageError(
    `${problems.map(sayProblem).join('\n')}\n${count(problems.length, 'problem')}. Nothing was saved.`,
    'Correct the file and run the command again. `coach session --template` prints one to fill in.',
  )
}

/** Reads an answers file for a guide: its keys, and where each answer belongs. */
export function readAnswers(source: Source, guide: Guide): ReadAnswers {
  const checked = fileSchema(guide).safeParse(source.value)
  const tree = treeOf(source.value)
  const problems: Problem[] = checked.success ? [] : [...sayIssues(checked.error, source)]
  const entries = new Map<string, Entry>()
  const put = (
    round: number,
    path: string,
    raw: unknown,
    at: readonly PropertyKey[],
    pass?: Pass,
  ) => {
    if (typeof raw !== 'string') return
    entries.set(`${round}/${path}`, { text: textOf(raw), at, pass: pass ?? null })
  }
  const rounds = 'rounds' in tree ? treesOf(tree['rounds']) : undefined
  const steps = guide.steps.filter((step) => !step.once)
  const atTop = [
    ...steps.map((step) => step.id),
    ...reasonsOf(guide).map(({ reason }) => reason),
  ].filter((key) => key in tree)
  if (rounds && atTop.length > 0) {
    const message = 'the steps stand either here or under “rounds”, not in both places'
    append(
      problems,
      atTop.map((key) => source.problemAt([key], `${key}: ${message}`)),
    )
  }
  const each = rounds?.slice(0, MAX_ROUNDS) ?? [tree]
  each.forEach((round, n) => {
    const base = rounds ? ['rounds', n] : []
    for (const step of steps) putStep(put, problems, source, n + 1, step, round, base)
    for (const { reason, step } of reasonsOf(guide)) {
      put(n + 1, reason, treeOf(round[step])[reason], [...base, step, reason])
      put(n + 1, reason, round[reason], [...base, reason])
    }
  })
  for (const step of guide.steps.filter((one) => one.once)) {
    putStep(put, problems, source, 0, step, tree, [])
  }
  const promised = new Set<string>()
  treesOf(tree['promises']).forEach((promise, n) => {
    const item = textOf(promise['item'])
    if (promised.has(item)) {
      const message = `promises.${n}.item: this action item stands here twice`
      problems.push(source.problemAt(['promises', n, 'item'], message))
    }
    promised.add(item)
    for (const key of ['outcome', 'note', 'to']) {
      put(0, `promises.${item}.${key}`, promise[key], ['promises', n, key])
    }
  })
  const noted = new Set<string>()
  treesOf(tree['inbox']).forEach((entry, n) => {
    const note = textOf(entry['note'])
    if (noted.has(note)) {
      const message = `inbox.${n}.note: this note stands here twice`
      problems.push(source.problemAt(['inbox', n, 'note'], message))
    }
    noted.add(note)
    put(0, `inbox.${note}.becomes`, entry['becomes'], ['inbox', n, 'becomes'])
  })
  const heldOn = tree['held_on'] ?? null
  return {
    file: {
      person: textOf(tree['person']).trim(),
      heldOn: heldOn === null ? null : { text: textOf(heldOn), at: ['held_on'] },
      entries,
      source,
    },
    problems,
  }
}

type Tree = Readonly<Record<string, unknown>>

/** A part of the checked file as a group of keys; nothing where the file holds none. */
function treeOf(value: unknown): Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

function treesOf(value: unknown): readonly Tree[] {
  return Array.isArray(value) ? value.map(treeOf) : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

type Put = (
  round: number,
  path: string,
  raw: unknown,
  at: readonly PropertyKey[],
  pass?: Pass,
) => void

/** The reasons for passing a gate: each stands beside the steps, or in the step that the gate waits for. */
function reasonsOf(guide: Guide): readonly { readonly reason: string; readonly step: string }[] {
  return guide.steps.flatMap(({ gate }) =>
    gate ? [{ reason: gate.reason, step: gate.opens_with[0]?.split('.')[0] ?? '' }] : [],
  )
}

function putStep(
  put: Put,
  problems: Problem[],
  source: Source,
  round: number,
  step: Step,
  tree: Tree,
  base: readonly PropertyKey[],
): void {
  const group = treeOf(tree[step.id])
  for (const prompt of step.prompts) {
    const raw = group[prompt.id]
    if (raw === undefined || raw === null) continue
    const path = `${step.id}.${prompt.id}`
    const at = [...base, step.id, prompt.id]
    if (prompt.kind === 'questions') {
      const taken = new Set<number>()
      for (const [n, question] of treesOf(raw).entries()) {
        const number = ASK_KINDS.findIndex((kind) => kind === question['kind']) + 1
        if (taken.has(number)) {
          const message = `${path}: there is one question of each kind, and this kind stands here twice`
          problems.push(source.problemAt([...at, n, 'kind'], message))
        }
        if (number === 0) continue
        taken.add(number)
        for (const key of ['question', 'heard', 'opened']) {
          put(round, `${path}.${number}.${key}`, question[key], [...at, n, key])
        }
      }
    } else if (prompt.kind === 'gates') {
      const taken = new Set<string>()
      for (const [n, check] of treesOf(raw).entries()) {
        const stage = textOf(check['stage'])
        if (taken.has(stage)) {
          const message = `${path}: this stage stands here twice`
          problems.push(source.problemAt([...at, n, 'stage'], message))
        }
        taken.add(stage)
        for (const key of GATE_FIELDS) {
          put(round, `${path}.${stage}.${key}`, check[key], [...at, n, key])
        }
      }
    } else if (prompt.kind === 'actions') {
      const most = prompt.at_most ?? MAX_ACTIONS
      for (const [n, action] of treesOf(raw).slice(0, most).entries()) {
        for (const key of ACTION_FIELDS) {
          put(round, `${path}.${n + 1}.${key}`, action[key], [...at, n, key])
        }
      }
    } else if (typeof raw === 'object') {
      const { prepared, given } = treeOf(raw)
      put(round, `${path}#prepared`, prepared, [...at, 'prepared'], 'prepare')
      put(round, path, given, [...at, 'given'], 'record')
    } else {
      put(round, path, raw, at)
    }
  }
}

function fileSchema(guide: Guide): z.ZodType<object> {
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
