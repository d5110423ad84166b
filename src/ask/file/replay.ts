import { gatePlace } from '../../conversation/turns/gate-turns.ts'
import type { Guide } from '../../conversation/guide.ts'
import { type Ask, hold, type Reply, type Scene } from '../../conversation/hold.ts'
import { type Conversation, isSettled, keyOf, type Turn } from '../../conversation/turn.ts'
import { append, largest } from '../../text/lists.ts'
import type { Answer, Pass } from '../../model.ts'
import { inFileOrder, type Problem } from '../../text/file-problem.ts'
import type { AnswersFile, AnswersEntry } from './read-answers.ts'

/** What an answers file comes to: every change, in order, or every problem. Nothing is saved here. */
export type Replayed =
  | { readonly ok: true; readonly pass: Pass; readonly changes: readonly Answer[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** What replaying a file has come to so far. */
interface Tally {
  readonly file: AnswersFile
  /** How far the file goes. */
  readonly pass: Pass
  readonly rounds: number
  readonly problems: Problem[]
  /** The keys of entries that were asked for. */
  readonly used: Set<string>
}

/**
 * Holds the conversation with the answers of a file, by the same engine and the same checks as at the prompt:
 * first what belongs before the conversation, then, if the file goes that far, what belongs after it.
 */
export async function replay(
  start: Conversation,
  file: AnswersFile,
  wanted: Pass | null,
): Promise<Replayed> {
  const pass = wanted ?? passOf(start.guide, file)
  const rounds = largest(
    [...file.entries.keys()].map((key) => Number(key.split('/')[0])),
    1,
  )
  const tally: Tally = { file, pass, rounds, problems: [], used: new Set() }
  const changes: Answer[] = []
  const ask: Ask = async (turn, scene) => reply(tally, turn, scene)
  const save = (answers: readonly Answer[]) => append(changes, answers)

  const { conversation } = await hold({ ...start, pass: 'prepare' }, ask, save, { revisit: true })
  if (pass === 'record') await hold({ ...conversation, pass }, ask, save, { revisit: true })
  complainOfUnused(tally, start.guide)
  return tally.problems.length > 0
    ? { ok: false, problems: inFileOrder(tally.problems) }
    : { ok: true, pass, changes }
}

/** What the file says at a turn. */
function reply(tally: Tally, turn: Turn, scene: Scene): Reply {
  const { file, pass } = tally
  if (turn.path === 'again') {
    // A note that became an observation waits for a round.
    const isMore = turn.round < tally.rounds || turn.default === 'yes'
    return { type: 'answer', text: isMore ? 'yes' : 'no' }
  }
  const [key, entry] = entryFor(file, turn, pass)
  if (entry) {
    tally.used.add(key)
    const isMissing = turn.required && entry.text.trim() === ''
    if (scene.problem !== null || isMissing) return refuse(tally, turn, scene, entry)
    const isWhole = turn.kind === 'action' && file.entries.has(key.replace(/what$/, 'due'))
    return { type: 'answer', text: entry.text, isWhole }
  }
  if (isSettled(turn)) return { type: 'later' }
  if (turn.isFromInbox && turn.old !== null) return { type: 'answer', text: turn.old }
  // What a preparation does not mention is asked for in the conversation; what is due stays open, and is said.
  const isOutcome = /^promises\.\d+\.outcome$/.test(turn.path)
  const isNote = pass === 'prepare' && turn.path.startsWith('inbox.')
  if (isOutcome || isNote) return { type: 'later' }
  if (!turn.required) return { type: 'skip' }
  complainOfMissing(tally, turn, key)
  return { type: 'later' }
}

/** Says what is wrong with an answer, and goes on without it. */
function refuse(tally: Tally, turn: Turn, scene: Scene, entry: AnswersEntry): Reply {
  const past = scene.isPast ? ' Write another day, or add --past to keep it.' : ''
  const problem = (scene.problem ?? '') + past
  complain(tally, entry, entry.text.trim() === '' ? 'is needed, and is empty' : problem)
  // Nothing will be saved, so an action item goes on with any text: its other fields are checked too.
  if (turn.kind === 'action') return { type: 'answer', text: '…' }
  return turn.required ? { type: 'later' } : { type: 'skip' }
}

function complain({ file, problems }: Tally, entry: AnswersEntry, message: string): void {
  problems.push(file.source.problemAt(entry.at, `${entry.at.join('.')}: ${message}`))
}

function complainOfMissing({ file, problems }: Tally, turn: Turn, key: string): void {
  const outcome = file.entries.get(key.replace(/\.to$/, '.outcome'))
  const place = turn.path.startsWith('promises.')
    ? [...(outcome?.at.slice(0, -1) ?? []), 'to']
    : turn.path.split('.')
  const at = placeIn(file, turn, place)
  problems.push(file.source.problemAt(at, `${place.join('.')}: is missing`))
}

/** Entries that no turn asked for, unless something else is wrong with them already. */
function complainOfUnused(tally: Tally, guide: Guide): void {
  const { file, pass, used, problems } = tally
  for (const [key, entry] of file.entries) {
    if (!used.has(key) && !problems.some((one) => stands(one, file, entry))) {
      complain(tally, entry, whyUnused(guide, key, pass))
    }
  }
}

/** A file reaches into the record pass as soon as it answers a prompt that belongs there. */
export function passOf(guide: Guide, { entries }: AnswersFile): Pass {
  const recorded = guide.steps.flatMap((step) => [
    ...(step.gate ? [step.gate.reason] : []),
    ...step.prompts
      .filter((prompt) => prompt.pass === 'record')
      .map((prompt) => `${step.id}.${prompt.id}`),
  ])
  const isRecorded = ([key, entry]: readonly [string, AnswersEntry]) => {
    const path = key.slice(key.indexOf('/') + 1)
    return (
      entry.pass === 'record' ||
      // Only a record tells apart what was prepared and what was given.
      key.endsWith('#prepared') ||
      ['.heard', '.opened'].some((end) => path.endsWith(end)) ||
      recorded.some((one) => path === one || path.startsWith(`${one}.`))
    )
  }
  return [...entries].some(isRecorded) ? 'record' : 'prepare'
}

/** The entry for a turn and its key, if it counts in this pass. A plain pointer counts in the last pass of the file. */
export function entryFor(
  file: AnswersFile,
  turn: Turn,
  last: Pass,
): readonly [string, AnswersEntry | undefined] {
  const key = keyOf(turn)
  const prepared = `${key}#prepared`
  if (turn.pass === 'prepare' && file.entries.has(prepared)) {
    return [prepared, file.entries.get(prepared)]
  }
  const entry = file.entries.get(key)
  const isPlanned = turn.pass === 'prepare' && last === 'record' && turn.isBoth
  if (!entry || isPlanned || (entry.pass !== null && entry.pass !== turn.pass))
    return [key, undefined]
  return [key, entry]
}

function placeIn(
  file: AnswersFile,
  turn: Turn,
  place: readonly PropertyKey[],
): readonly PropertyKey[] {
  const tree = file.source.value
  const hasRounds = typeof tree === 'object' && tree !== null && 'rounds' in tree
  return hasRounds && turn.round > 0 ? ['rounds', turn.round - 1, ...place] : place
}

function stands(problem: Problem, file: AnswersFile, entry: AnswersEntry): boolean {
  const here = file.source.problemAt(entry.at, '')
  return problem.line === here.line && problem.column === here.column
}

function whyUnused(guide: Guide, key: string, pass: Pass): string {
  const path = key.slice(key.indexOf('/') + 1)
  const gated = guide.steps.find((step) => step.gate && path.startsWith(`${step.id}.`))
  if (path.startsWith('inbox.'))
    return 'this is not the number of a note in the inbox of this person'
  if (path.endsWith('.goal')) return 'this person has no open goal'
  if (path.startsWith('promises.')) {
    return path.endsWith('.outcome')
      ? 'this is not the number of an open action item of this person'
      : 'this does not go with that outcome, or the item is not an open one of this person'
  }
  const gate = gatePlace(path)
  if (gate) {
    return gate.field === 'heard'
      ? 'goes only where “evidence” is empty'
      : 'this is no stage up to the one that was chosen, or its gate was confirmed before'
  }
  if (path.endsWith('.question')) return 'this guide asks no question of this kind'
  if (path.endsWith('.heard')) return 'there is no question that this answers'
  if (path.endsWith('.opened')) return 'goes only with “heard”'
  if (/\.\d+\.\w+$/.test(path))
    return 'belongs to an action item without “what”, or behind a gap in the list'
  const prompt = guide.steps
    .flatMap((step) => step.prompts.map((one) => ({ ...one, path: `${step.id}.${one.id}` })))
    .find((one) => one.path === path)
  if (prompt?.from) return `there is no list of ${prompt.from} to choose from, so this is not asked`
  if (prompt?.after !== undefined) return `goes only with “${prompt.after}”`
  if (pass === 'prepare') return 'belongs to the recording, not to the preparation'
  if (gated?.gate) {
    return `their own view comes first: write ${gated.gate.opens_with.join(' or ')}, or ${gated.gate.reason} with the reason`
  }
  if (guide.steps.some((step) => step.gate?.reason === path)) {
    return 'there is a reflection, so no reason is needed for skipping it'
  }
  return 'is not asked in this conversation'
}
