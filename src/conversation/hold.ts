import type { Answer, Visibility } from '../model.ts'
import { checkAnswer } from './checks.ts'
import { type Conversation, isSettled, keyOf, type Turn } from './turn.ts'
import { nextTurn, walk } from './walk.ts'

/** What stands around a turn when it is asked. */
export interface Scene {
  /** Why the answer before was not taken; null at the first asking. */
  readonly problem: string | null
  /** The text to offer: what was typed, or what was answered earlier. */
  readonly offered: string | null
  /** The turns of the same step that are answered already. */
  readonly earlier: readonly Turn[]
}

/** `draft` is what was typed when the manager went elsewhere; it is kept and offered again. */
export type Reply =
  | { readonly type: 'answer'; readonly text: string; readonly questionId?: string | null }
  | { readonly type: 'skip' | 'later' | 'back' | 'leave'; readonly draft?: string }

/** Where answers come from: a terminal, a file, a test. */
export type Ask = (turn: Turn, scene: Scene) => Promise<Reply>

/** Commits answers; when it returns they are safe. */
export type Save = (answers: readonly Answer[]) => void

export interface Held {
  readonly conversation: Conversation
  /** `finished`: nothing is open; `open`: something was left for later; `left`: the manager went away. */
  readonly ended: 'finished' | 'open' | 'left'
}

const NEEDED = 'This one is needed for the record. ^L leaves it for later.'
const AGREED =
  'This action item is in your notebook already. To remove it later: coach delete action ID'

/**
 * Holds one pass of a conversation: asks turn after turn, and saves each answer before the next is asked.
 * With `revisit`, every turn is asked from the first on, answered or not.
 */
export async function hold(
  start: Conversation,
  ask: Ask,
  save: Save,
  options: { readonly revisit?: boolean } = {},
): Promise<Held> {
  let conversation = start
  const passedOver = new Set<string>()
  const drafts = new Map<string, string>()
  let problem: string | null = null
  let turn = options.revisit ? walk(conversation)[0] : nextTurn(conversation)
  let isRevisiting = options.revisit ?? false

  const keep = (changes: readonly Answer[]) => {
    save(changes)
    conversation = { ...conversation, answers: merge(conversation.answers, changes) }
  }
  const goOn = (from: Turn): Turn | undefined => {
    if (!isRevisiting) return nextTurn(conversation, passedOver)
    const turns = walk(conversation)
    const at = turns.findIndex((one) => keyOf(one) === keyOf(from))
    const next = turns[at + 1]
    if (options.revisit || (next && isSettled(next))) return next
    isRevisiting = false
    return nextTurn(conversation, passedOver)
  }

  while (turn) {
    const key = keyOf(turn)
    const reply: Reply = await ask(turn, {
      problem,
      offered: drafts.get(key) ?? turn.old,
      earlier: earlierInStep(conversation, turn),
    })
    problem = null
    if (reply.type === 'answer') {
      const isEmpty = reply.text.trim() === ''
      const checked = isEmpty ? null : await checkAnswer(reply.text, turn, conversation.facts.today)
      if (checked && 'problem' in checked) {
        problem = checked.problem
        drafts.set(key, reply.text)
        continue
      }
      problem = checked === null ? whyNotEmpty(turn) : null
      if (problem !== null) continue
      keep(
        checked === null
          ? skipped(conversation, turn)
          : answeredWith(conversation, turn, checked.value, checked.due ?? null, reply.questionId),
      )
    } else if (reply.type === 'skip') {
      if (reply.draft) drafts.set(key, reply.draft)
      problem = whyNotEmpty(turn)
      if (problem !== null) continue
      keep(skipped(conversation, turn, reply.draft))
    } else {
      const draft = reply.draft ?? ''
      if (reply.type === 'back') {
        const turns = walk(conversation)
        const at = turns.findIndex((one) => keyOf(one) === key)
        if (draft !== '') drafts.set(key, draft)
        if (draft !== '' && !isSettled(turn)) keep([row(turn, 'later', draft)])
        turn = turns[at - 1] ?? turn
        isRevisiting = true
        if (at === 0) problem = 'This is the first one.'
        continue
      }
      if (!isSettled(turn)) {
        passedOver.add(key)
        if (reply.type === 'later' || draft !== '') {
          keep([row(turn, 'later', draft === '' ? turn.old : draft)])
        }
      }
      if (reply.type === 'leave') return { conversation, ended: 'left' }
    }
    drafts.delete(key)
    turn = goOn(turn)
  }
  return { conversation, ended: walk(conversation).every(isSettled) ? 'finished' : 'open' }
}

/** Why a turn cannot be passed over: it is needed, or an item with all its fields hangs on it. */
function whyNotEmpty(turn: Turn): string | null {
  if (turn.required) return NEEDED
  return turn.action?.field === 'what' && turn.kept?.state === 'answered' ? AGREED : null
}

/** Answers with changes applied: a change replaces the answer that stood in its place. */
function merge(answers: readonly Answer[], changes: readonly Answer[]): readonly Answer[] {
  const place = (answer: Answer) => `${answer.round}/${answer.path}/${answer.pass}`
  const changed = new Map(changes.map((change) => [place(change), change]))
  const kept = answers.map((answer) => {
    const change = changed.get(place(answer))
    changed.delete(place(answer))
    return change ?? answer
  })
  return [...kept, ...changed.values()]
}

function earlierInStep(conversation: Conversation, turn: Turn): readonly Turn[] {
  const turns = walk(conversation)
  const at = turns.findIndex((one) => keyOf(one) === keyOf(turn))
  return turns
    .slice(0, at)
    .filter(
      (one) =>
        one.round === turn.round &&
        one.step.title === turn.step.title &&
        one.kept?.state === 'answered',
    )
}

function row(turn: Turn, state: Answer['state'], value: string | null): Answer {
  const { round, path, keptIn: pass, kind, visibility, ask: wording } = turn
  const rest = { questionId: null, itemId: turn.kept?.itemId ?? null }
  return { round, path, pass, kind, state, value, wording, visibility, ...rest }
}

/** Skipping keeps what was typed or given earlier, without counting it. */
function skipped(conversation: Conversation, turn: Turn, draft?: string): readonly Answer[] {
  const value = draft || (turn.kept?.value ?? null)
  return [row(turn, 'skipped', value), ...asked(conversation, turn, 'private')]
}

function answeredWith(
  conversation: Conversation,
  turn: Turn,
  value: string,
  due: string | null,
  questionId: string | null | undefined,
): readonly Answer[] {
  const sameId = turn.kept?.value === value ? turn.kept.questionId : null
  const change = { ...row(turn, 'answered', value), questionId: questionId ?? sameId }
  const changes = [change, ...asked(conversation, turn, 'shared')]
  if (turn.kind !== 'action' || due === null) return changes
  const dueAnswer: Answer = {
    ...row(turn, 'answered', due),
    path: turn.path.replace(/what$/, 'due'),
    kind: 'date',
  }
  return [...changes, dueAnswer]
}

/** A question is shared once its `heard` is written, and private again when that is taken back. */
function asked(conversation: Conversation, turn: Turn, visibility: Visibility): readonly Answer[] {
  const match = /^(.*\.\d+)\.heard$/.exec(turn.path)
  if (!match) return []
  return conversation.answers
    .filter((one) => one.round === turn.round && one.path === `${match[1]}.question`)
    .map((one) => ({ ...one, visibility }))
}
