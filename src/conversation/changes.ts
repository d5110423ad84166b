import { type Answer, type Visibility } from '../model.ts'
import { inboxPlace } from '../answer-places.ts'
import type { CheckedAnswer } from './check-answer.ts'
import type { Conversation, Turn } from './turn.ts'

/**
 * Answers with changes applied: a change replaces the answer that stood in its place. What becomes of a note is said anew at
 * the end: it counts for what is written after it.
 */
export function merge(answers: readonly Answer[], changes: readonly Answer[]): readonly Answer[] {
  const place = (answer: Answer) => `${answer.round}/${answer.path}/${answer.pass}`
  const changed = new Map(changes.map((change) => [place(change), change]))
  const stays = answers.filter((one) => !(inboxPlace(one.path) && changed.has(place(one))))
  const kept = stays.map((answer) => {
    const change = changed.get(place(answer))
    changed.delete(place(answer))
    return change ?? answer
  })
  return [...kept, ...changed.values()]
}

/** An answer of a turn, in a state and with a value. */
export function row(turn: Turn, state: Answer['state'], value: string | null): Answer {
  const { round, path, keptIn: pass, kind, visibility, ask: wording } = turn
  const rest = { questionId: null, draft: null, itemId: turn.kept?.itemId ?? null }
  return { round, path, pass, kind, state, value, wording, visibility, ...rest }
}

/**
 * What was typed and not finished: kept, and offered again. An answer that is being corrected holds meanwhile; a
 * correction that says the same again is none.
 */
export function setAside(turn: Turn, draft: string): readonly Answer[] {
  const { kept } = turn
  if (kept === null || kept.state === 'later') {
    return draft === '' || draft === kept?.value ? [] : [row(turn, 'later', draft)]
  }
  const correction = draft === '' || draft === kept.value ? null : draft
  return correction === kept.draft ? [] : [{ ...kept, draft: correction }]
}

/** Skipping keeps what was typed or given earlier, without counting it. */
export function skipped(conversation: Conversation, turn: Turn, draft?: string): readonly Answer[] {
  const value = draft || (turn.kept?.value ?? null)
  return [row(turn, 'skipped', value), ...asked(conversation, turn, 'private')]
}

/** The changes that an answer makes: its own row, and what follows from it. */
export function answeredWith(
  conversation: Conversation,
  turn: Turn,
  { value, due = null, owner = null }: Extract<CheckedAnswer, { value: string }>,
  questionId: string | null | undefined,
): readonly Answer[] {
  const sameId = turn.kept?.value === value ? turn.kept.questionId : null
  const knownId = turn.kind === 'question' ? conversation.facts.idOf(value) : null
  const change = { ...row(turn, 'answered', value), questionId: questionId ?? sameId ?? knownId }
  const changes = [change, ...asked(conversation, turn, turn.visibility)]
  if (turn.kind !== 'action') return changes
  const also = (field: 'due' | 'owner', kind: Answer['kind'], text: string): Answer => ({
    ...row(turn, 'answered', text),
    path: turn.path.replace(/what$/, field),
    kind,
  })
  const whose = turn.action?.owner ?? owner
  return [
    ...changes,
    ...(due === null ? [] : [also('due', 'date', due)]),
    ...(whose === null ? [] : [also('owner', 'choice', whose)]),
  ]
}

/** A question is as open as what was heard to it, and private again when that is taken back. */
function asked(conversation: Conversation, turn: Turn, visibility: Visibility): readonly Answer[] {
  const match = /^(.*\.\d+)\.heard$/.exec(turn.path)
  if (!match) return []
  return conversation.answers
    .filter((one) => one.round === turn.round && one.path === `${match[1]}.question`)
    .map((one) => ({ ...one, visibility }))
}
