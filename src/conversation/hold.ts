import { type Answer, inboxPlace, type Visibility } from '../model.ts'
import { ChangedElsewhere, CoachError } from '../errors.ts'
import { checkAnswer } from './checks.ts'
import { type Conversation, isSettled, keyOf, type Turn } from './turn.ts'
import { nextTurn, walk } from './walk.ts'

/** What stands around a turn when it is asked. */
export interface Scene {
  /** Why the answer before was not taken; null at the first asking. */
  readonly problem: string | null
  /** The answer before was a day that has passed: the same again is taken. */
  readonly isPast: boolean
  /** The text to offer: what was typed, or what was answered earlier. */
  readonly offered: string | null
  /** The turns of the same step that are answered already. */
  readonly earlier: readonly Turn[]
  /** What could be better about a text that is being written; null where nothing is to be said. */
  readonly hintFor: (text: string) => string | null
  /** When the offered text was typed that was never saved, as ISO text in UTC; null where it was saved. */
  readonly since: string | null
  /** Keeps what is typed so far, so that not even a crash loses it. @returns why it could not be kept, or null */
  readonly keepDraft: (draft: string) => string | null
  /** The file in which the user's own editor changes the text. */
  readonly editorFile: () => string
}

/** Where what is being typed is kept until it is saved. */
export interface DraftKeeper {
  find(
    turn: Turn,
  ): { readonly text: string; readonly before: string | null; readonly at: string } | null
  keep(turn: Turn, text: string, before: string | null): string | null
  drop(turn: Turn): void
  editorFile(turn: Turn): string
}

/** Where nothing is typed, nothing has to be kept meanwhile: answers from a file, or a test. */
export const NO_DRAFTS: DraftKeeper = {
  find: () => null,
  keep: () => null,
  drop: () => undefined,
  editorFile: () => '',
}

/** `draft` is what was typed when the manager went elsewhere; it is kept and offered again. */
export type Reply =
  | {
      readonly type: 'answer'
      readonly text: string
      readonly questionId?: string | null
      /** Take the text as it is: a day at its end is not taken out. */
      readonly isWhole?: boolean
    }
  | { readonly type: 'skip' | 'later' | 'back' | 'leave'; readonly draft?: string }

/** Where answers come from: a terminal, a file, a test. */
export type Ask = (turn: Turn, scene: Scene) => Promise<Reply>

/**
 * Commits answers; when it returns they are safe.
 * @throws CoachError when they could not be saved; the prompt is then asked again, with its text
 */
export type Save = (answers: readonly Answer[]) => void

export interface Held {
  readonly conversation: Conversation
  /** `finished`: nothing is open; `open`: something was left for later; `left`: the manager went away. */
  readonly ended: 'finished' | 'open' | 'left'
  /** What was being typed when the manager left, where it could not be saved; `isDraft`: it is kept as a draft. */
  readonly unsaved: { readonly text: string; readonly isDraft: boolean } | null
}

const NEEDED = 'This one is needed for the record. It can be left for later.'
const DUE = 'Its day has come. Say what became of it; carried gives it a new day.'
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
  options: { readonly revisit?: boolean; readonly drafts?: DraftKeeper } = {},
): Promise<Held> {
  const { drafts: keeper = NO_DRAFTS } = options
  let conversation = start
  const passedOver = new Set<string>()
  /** What was typed in this sitting and is offered again, by the key of its turn. */
  const typed = new Map<string, string>()
  let problem: string | null = null
  /** A day that has passed, as it was typed at a prompt. */
  let past: string | null = null
  const left = turnWithDraft(conversation, keeper)
  let turn = left ?? (options.revisit ? walk(conversation)[0] : nextTurn(conversation))
  let isRevisiting = options.revisit ?? (left !== undefined && isSettled(left))

  const keep = (changes: readonly Answer[]): boolean => {
    if (changes.length === 0) return true
    try {
      save(changes)
    } catch (error) {
      if (!(error instanceof CoachError)) throw error
      problem = `Not saved: ${error.message}`
      if (error instanceof ChangedElsewhere) meetChange(error.answers, changes)
      return false
    }
    conversation = { ...conversation, answers: merge(conversation.answers, changes) }
    return true
  }
  /** Another window answered meanwhile: what it said and what was typed here are offered together. */
  const meetChange = (answers: readonly Answer[], changes: readonly Answer[]) => {
    conversation = { ...conversation, answers }
    for (const change of changes) {
      const met = meet(change, answers)
      if (met === null) continue
      problem = met.problem
      typed.set(keyOf(change), met.text)
    }
  }
  /** The same turn with what has been kept for it meanwhile. */
  const fresh = (turn: Turn): Turn =>
    walk(conversation).find((one) => keyOf(one) === keyOf(turn)) ?? turn
  const keepDraft = (turn: Turn, draft: string): string | null => {
    const { old } = fresh(turn)
    if (draft !== '' && draft !== old) return keeper.keep(turn, draft, old)
    keeper.drop(turn)
    return null
  }
  /** What could not be saved is on disk as a draft before anything else happens. */
  const keepOrDraft = (turn: Turn, changes: readonly Answer[], text: string): boolean => {
    let isKept = false
    try {
      isKept = keep(changes)
    } finally {
      if (!isKept) keepDraft(turn, text)
    }
    return isKept
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
    const now: Turn = options.revisit ? { ...turn, default: null } : turn
    const key = keyOf(now)
    const found = typed.has(key) ? null : draftFor(now, keeper)
    const reply: Reply = await ask(now, {
      problem,
      isPast: past !== null,
      offered: typed.get(key) ?? found?.text ?? now.old,
      since: found?.at ?? null,
      earlier: earlierInStep(conversation, now),
      hintFor: (text) =>
        now.hints.map((about) => start.facts.hint(about, text)).find((hint) => hint !== null) ??
        null,
      keepDraft: (draft) => keepDraft(now, draft),
      editorFile: () => keeper.editorFile(now),
    })
    problem = null
    const isSaidAgain = reply.type === 'answer' && `${key} ${reply.text.trim()}` === past
    past = null
    if (reply.type === 'answer') {
      const taken = await take(conversation, now, reply, isSaidAgain)
      if ('problem' in taken) {
        problem = taken.problem
        past = taken.isPast ? `${key} ${reply.text.trim()}` : null
      }
      if ('problem' in taken || !keepOrDraft(now, taken.changes, reply.text)) {
        if (!typed.has(key) && reply.text.trim() !== '') typed.set(key, reply.text)
        turn = fresh(turn)
        continue
      }
    } else {
      const draft = reply.draft ?? ''
      if (draft !== '' && draft !== now.old) typed.set(key, draft)
      if (reply.type === 'skip') {
        problem = whyNotEmpty(now)
        if (problem !== null || !keep(skipped(conversation, now, draft))) continue
      } else {
        const before = fresh(now)
        const isNew = reply.type === 'later' && before.kept === null
        const aside = setAside(before, draft)
        const isSafe = keep(isNew && aside.length === 0 ? [row(before, 'later', now.old)] : aside)
        if (reply.type === 'leave') {
          if (isSafe) keeper.drop(now)
          const isDraft = !isSafe && keepDraft(now, draft) === null
          return { conversation, ended: 'left', unsaved: isSafe ? null : { text: draft, isDraft } }
        }
        if (!isSafe) {
          turn = fresh(turn)
          continue
        }
        keeper.drop(now)
        if (reply.type === 'back') {
          const turns = walk(conversation)
          const at = turns.findIndex((one) => keyOf(one) === key)
          if (at <= 0) problem = 'This is the first one.'
          turn = turns[at - 1] ?? turns[at] ?? now
          isRevisiting = true
          continue
        }
        if (!isSettled(fresh(now))) passedOver.add(key)
      }
    }
    keeper.drop(now)
    typed.delete(key)
    // What was said anew about an item says its day anew.
    if (reply.type === 'answer') typed.delete(key.replace(/what$/, 'due'))
    turn = goOn(now)
  }
  const ended = walk(conversation).every(isSettled) ? 'finished' : 'open'
  return { conversation, ended, unsaved: null }
}

/** The first turn at which something was typed and not saved: the conversation goes on there. */
function turnWithDraft(conversation: Conversation, keeper: DraftKeeper): Turn | undefined {
  return keeper === NO_DRAFTS
    ? undefined
    : walk(conversation).find((turn) => draftFor(turn, keeper) !== null)
}

/**
 * What was typed at a turn and never saved. What was saved after all, before the draft could be cleared away, is forgotten
 * here: the same text, or the beginning of one that was not there yet when the draft was begun.
 */
function draftFor(turn: Turn, keeper: DraftKeeper): { text: string; at: string } | null {
  const found = keeper.find(turn)
  if (!found) return null
  const old = turn.old ?? ''
  const isSaved =
    found.text === old || (found.before !== turn.old && old.includes(found.text.trim()))
  if (!isSaved) return found
  keeper.drop(turn)
  return null
}

/** What is offered where another window answered meanwhile; null where it said the same, or nothing. */
function meet(
  { round, path, pass, kind, value, draft }: Answer,
  answers: readonly Answer[],
): { readonly text: string; readonly problem: string } | null {
  const at = answers.find((one) => one.round === round && one.path === path && one.pass === pass)
  const theirs = at?.draft ?? at?.value ?? ''
  // What was set aside here is the text that was typed; the value is the one from before.
  const mine = draft ?? value
  if (theirs === '' || mine === null || theirs === mine) return null
  if (!isProse(kind)) {
    const problem = `Another window answered “${theirs}” here meanwhile. Answer again to replace it.`
    return { text: mine, problem }
  }
  const problem =
    'Another window saved a text here meanwhile. Both stand here now: keep what you need.'
  return { text: together(kind, theirs, mine), problem }
}

function isProse(kind: Answer['kind']): boolean {
  return kind === 'note' || kind === 'line' || kind === 'action'
}

/** Two texts of one place as one, so that none of them is lost. */
function together(kind: Answer['kind'], theirs: string, mine: string): string {
  return [theirs, mine].join(kind === 'note' ? '\n' : ' / ')
}

/** The changes that an answer makes, or why it is not taken. */
async function take(
  conversation: Conversation,
  turn: Turn,
  { text, questionId, isWhole }: Extract<Reply, { type: 'answer' }>,
  isSaidAgain: boolean,
): Promise<
  { readonly changes: readonly Answer[] } | { readonly problem: string; readonly isPast?: boolean }
> {
  if (text.trim() === '') {
    const problem = whyNotEmpty(turn)
    return problem === null ? { changes: skipped(conversation, turn) } : { problem }
  }
  const kind = isWhole ? 'line' : turn.kind
  const { today, isPastTaken } = conversation.facts
  const checked = await checkAnswer(text, { ...turn, kind }, today, isPastTaken || isSaidAgain)
  if ('problem' in checked) return checked
  const due = checked.due ?? null
  return { changes: answeredWith(conversation, turn, checked.value, due, questionId) }
}

/** Why a turn cannot be passed over: it is needed, or an item with all its fields hangs on it. */
function whyNotEmpty(turn: Turn): string | null {
  if (turn.required) return /^promises\.\d+\.outcome$/.test(turn.path) ? DUE : NEEDED
  return turn.action?.field === 'what' && turn.kept?.state === 'answered' ? AGREED : null
}

/**
 * Answers with changes applied: a change replaces the answer that stood in its place. What becomes of a note is said anew at
 * the end: it counts for what is written after it.
 */
function merge(answers: readonly Answer[], changes: readonly Answer[]): readonly Answer[] {
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
  const rest = { questionId: null, draft: null, itemId: turn.kept?.itemId ?? null }
  return { round, path, pass, kind, state, value, wording, visibility, ...rest }
}

/**
 * What was typed and not finished: kept, and offered again. An answer that is being corrected holds meanwhile; a
 * correction that says the same again is none.
 */
function setAside(turn: Turn, draft: string): readonly Answer[] {
  const { kept } = turn
  if (kept === null || kept.state === 'later') {
    return draft === '' || draft === kept?.value ? [] : [row(turn, 'later', draft)]
  }
  const correction = draft === '' || draft === kept.value ? null : draft
  return correction === kept.draft ? [] : [{ ...kept, draft: correction }]
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
  const knownId = turn.kind === 'question' ? conversation.facts.idOf(value) : null
  const change = { ...row(turn, 'answered', value), questionId: questionId ?? sameId ?? knownId }
  const changes = [change, ...asked(conversation, turn, turn.visibility)]
  if (turn.kind !== 'action') return changes
  const also = (field: 'due' | 'owner', kind: Answer['kind'], text: string): Answer => ({
    ...row(turn, 'answered', text),
    path: turn.path.replace(/what$/, field),
    kind,
  })
  const owner = turn.action?.owner ?? null
  return [
    ...changes,
    ...(due === null ? [] : [also('due', 'date', due)]),
    ...(owner === null ? [] : [also('owner', 'choice', owner)]),
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
