import { GATE_FIELDS } from '../../conversation/turns/gate-turns.ts'
import type { Guide, Prompt, Step } from '../../conversation/guide.ts'
import { type CoachError, usageError } from '../../errors.ts'
import { ACTION_FIELDS, ASK_KINDS, MAX_ACTIONS, type Pass } from '../../model.ts'
import { count } from '../../text/text.ts'
import { type Problem, sayProblem } from '../../text/file-problem.ts'
import { readYaml } from '../../yaml/read-yaml.ts'
import { sayIssues } from '../../yaml/say-issues.ts'
import type { Source } from '../../yaml/source.ts'
import { fileSchema, MAX_ROUNDS, reasonsOf } from './answers-schema.ts'

/** One answer of a file, with the place where it stands. */
export interface AnswersEntry {
  readonly text: string
  readonly at: readonly PropertyKey[]
  /** The only pass in which it counts; null for the one that its prompt belongs to. */
  readonly pass: Pass | null
}

/** An answers file taken apart: who and when, and the answers by `round/path`. */
export interface AnswersFile {
  readonly person: string
  readonly heldOn: { readonly text: string; readonly at: readonly PropertyKey[] } | null
  readonly entries: ReadonlyMap<string, AnswersEntry>
  readonly source: Source
}

/** An answers file with what is wrong with its form; what could be read is there all the same. */
export interface ReadAnswers {
  readonly file: AnswersFile
  readonly problems: readonly Problem[]
}

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

/** What has been read of a file so far. */
interface Reading {
  readonly source: Source
  readonly entries: Map<string, AnswersEntry>
  readonly problems: Problem[]
}

/** A group of keys of the file: where it stands, and the round that it belongs to (0: the whole session). */
interface Group {
  readonly tree: Tree
  readonly at: readonly PropertyKey[]
  readonly round: number
}

/** Reads an answers file for a guide: its keys, and where each answer belongs. */
export function readAnswers(source: Source, guide: Guide): ReadAnswers {
  const checked = fileSchema(guide).safeParse(source.value)
  const problems = checked.success ? [] : [...sayIssues(checked.error, source)]
  const reading: Reading = { source, entries: new Map(), problems }
  const tree = treeOf(source.value)
  readRounds(reading, guide, tree)
  const whole: Group = { tree, at: [], round: 0 }
  for (const step of guide.steps) if (step.once) readStep(reading, whole, step)
  readPromises(reading, tree)
  readInbox(reading, tree)
  const heldOn = tree['held_on'] ?? null
  return {
    file: {
      person: textOf(tree['person']).trim(),
      heldOn: heldOn === null ? null : { text: textOf(heldOn), at: ['held_on'] },
      entries: reading.entries,
      source,
    },
    problems,
  }
}

/** Keeps an answer by its round and path, where a text stands. */
function put(
  { entries }: Reading,
  round: number,
  path: string,
  raw: unknown,
  at: readonly PropertyKey[],
  pass: Pass | null = null,
): void {
  if (typeof raw === 'string') entries.set(`${round}/${path}`, { text: raw, at, pass })
}

/** Says of what stands twice that it does. */
function complainOfTwice<T>(
  { source, problems }: Reading,
  found: readonly T[],
  at: (n: number) => readonly PropertyKey[],
  message: (n: number) => string,
): void {
  const seen = new Set<T>()
  for (const [n, one] of found.entries()) {
    if (seen.has(one)) problems.push(source.problemAt(at(n), message(n)))
    seen.add(one)
  }
}

/** The steps of each round, which stand at the top of the file or, where there are several rounds, under `rounds`. */
function readRounds(reading: Reading, guide: Guide, tree: Tree): void {
  const { source, problems } = reading
  const rounds = 'rounds' in tree ? treesOf(tree['rounds']) : undefined
  const steps = guide.steps.filter((step) => !step.once)
  const reasons = reasonsOf(guide)
  if (rounds) {
    const keys = [...steps.map(({ id }) => id), ...reasons.map(({ reason }) => reason)]
    const message = 'the steps stand either here or under “rounds”, not in both places'
    for (const key of keys.filter((one) => one in tree)) {
      problems.push(source.problemAt([key], `${key}: ${message}`))
    }
  }
  const groups: readonly Group[] = rounds
    ? rounds.slice(0, MAX_ROUNDS).map((one, n) => ({ tree: one, at: ['rounds', n], round: n + 1 }))
    : [{ tree, at: [], round: 1 }]
  for (const group of groups) {
    for (const step of steps) readStep(reading, group, step)
    for (const { reason, step } of reasons) {
      put(reading, group.round, reason, treeOf(group.tree[step])[reason], [
        ...group.at,
        step,
        reason,
      ])
      put(reading, group.round, reason, group.tree[reason], [...group.at, reason])
    }
  }
}

function readPromises(reading: Reading, tree: Tree): void {
  const promises = treesOf(tree['promises'])
  const items = promises.map((promise) => textOf(promise['item']))
  complainOfTwice(
    reading,
    items,
    (n) => ['promises', n, 'item'],
    (n) => `promises.${n}.item: this action item stands here twice`,
  )
  promises.forEach((promise, n) => {
    for (const key of ['outcome', 'note', 'to']) {
      put(reading, 0, `promises.${items[n]}.${key}`, promise[key], ['promises', n, key])
    }
  })
}

function readInbox(reading: Reading, tree: Tree): void {
  const inbox = treesOf(tree['inbox'])
  const notes = inbox.map((entry) => textOf(entry['note']))
  complainOfTwice(
    reading,
    notes,
    (n) => ['inbox', n, 'note'],
    (n) => `inbox.${n}.note: this note stands here twice`,
  )
  inbox.forEach((entry, n) => {
    put(reading, 0, `inbox.${notes[n]}.becomes`, entry['becomes'], ['inbox', n, 'becomes'])
  })
}

/** A prompt and what the file holds for it. */
interface Held {
  readonly prompt: Prompt
  readonly raw: unknown
  readonly path: string
  readonly at: readonly PropertyKey[]
  readonly round: number
}

function readStep(reading: Reading, { tree, at, round }: Group, step: Step): void {
  const group = treeOf(tree[step.id])
  for (const prompt of step.prompts) {
    const raw = group[prompt.id]
    if (raw === undefined || raw === null) continue
    const path = `${step.id}.${prompt.id}`
    readPrompt(reading, { prompt, raw, path, at: [...at, step.id, prompt.id], round })
  }
}

function readPrompt(reading: Reading, held: Held): void {
  const { prompt, raw, path, at, round } = held
  if (prompt.kind === 'questions') readQuestions(reading, held)
  else if (prompt.kind === 'gates') readGates(reading, held)
  else if (prompt.kind === 'actions') {
    const most = prompt.at_most ?? MAX_ACTIONS
    for (const [n, action] of treesOf(raw).slice(0, most).entries()) {
      for (const key of ACTION_FIELDS) {
        put(reading, round, `${path}.${n + 1}.${key}`, action[key], [...at, n, key])
      }
    }
  } else if (typeof raw === 'object') {
    const { prepared, given } = treeOf(raw)
    put(reading, round, `${path}#prepared`, prepared, [...at, 'prepared'], 'prepare')
    put(reading, round, path, given, [...at, 'given'], 'record')
  } else put(reading, round, path, raw, at)
}

function readQuestions(reading: Reading, { raw, path, at, round }: Held): void {
  const questions = treesOf(raw)
  /** The kinds by their numbers, as turns name them; 0 for none. */
  const numbers = questions.map((one) => ASK_KINDS.findIndex((kind) => kind === one['kind']) + 1)
  const message = `${path}: there is one question of each kind, and this kind stands here twice`
  complainOfTwice(
    reading,
    numbers.map((number, n) => (number === 0 ? `none ${n}` : number)),
    (n) => [...at, n, 'kind'],
    () => message,
  )
  questions.forEach((question, n) => {
    if (numbers[n] === 0) return
    for (const key of ['question', 'heard', 'opened']) {
      put(reading, round, `${path}.${numbers[n]}.${key}`, question[key], [...at, n, key])
    }
  })
}

function readGates(reading: Reading, { raw, path, at, round }: Held): void {
  const checks = treesOf(raw)
  const stages = checks.map((check) => textOf(check['stage']))
  complainOfTwice(
    reading,
    stages,
    (n) => [...at, n, 'stage'],
    () => `${path}: this stage stands here twice`,
  )
  checks.forEach((check, n) => {
    for (const key of GATE_FIELDS) {
      put(reading, round, `${path}.${stages[n]}.${key}`, check[key], [...at, n, key])
    }
  })
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
