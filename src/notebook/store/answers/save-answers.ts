import { localDay } from '../../../dates/day.ts'
import { type ActionFields, type Answer, BECOMES, OUTCOMES, OWNERS } from '../../../model.ts'
import { actionPlace, inboxPlace, promisePlace } from '../../../answer-places.ts'
import { hashOf, newUuid } from '../../schema/row-values.ts'
import type { Actions } from '../actions.ts'
import { type Context, mustFind } from '../context.ts'
import type { NextSessions } from '../next-sessions.ts'
import type { Notes } from '../notes.ts'
import type { Opportunities } from '../opportunities.ts'
import type { Sessions } from '../sessions.ts'

/** What is touched when answers are saved. */
export interface Saving extends Context {
  readonly actions: Actions
  readonly opportunities: Opportunities
  readonly sessions: Sessions
  readonly notes: Notes
  readonly nextSessions: NextSessions
}

/** Whose answers are saved. */
export interface Talk {
  readonly id: number
  readonly personId: number
}

/** An answer as its row holds it: the texts of an action item stand in the item. */
export interface AnswerRow {
  round: number
  path: string
  pass: Answer['pass']
  kind: Answer['kind']
  state: Answer['state']
  value: string | null
  draft: string | null
  wording: string
  question_id: string | null
  visibility: Answer['visibility']
  item_id: number | null
}

/** The answers of a session, in the order in which they were first given. */
export const ANSWERS_OF = `SELECT round, path, pass, kind, state, value, draft, wording, question_id, visibility, item_id
  FROM answer WHERE session_id = ? ORDER BY id`
const ITEM_OF = `SELECT item_id FROM answer
  WHERE session_id = ? AND round = ? AND path = ? AND item_id IS NOT NULL`
const STATE_OF = `SELECT state FROM answer
  WHERE session_id = ? AND round = ? AND path = ? AND pass = ?`
const SAVE = `INSERT INTO answer (uuid, session_id, person_id, round, path, pass, kind, state, value, draft, wording,
    question_id, visibility, item_id, answered_at, hash)
  VALUES (@uuid, @session, @person, @round, @path, @pass, @kind, @state, @value, @draft, @wording, @questionId,
    @visibility, @item, @now, @hash)
  ON CONFLICT (session_id, round, path, pass) DO UPDATE SET
    kind = excluded.kind, state = excluded.state, value = excluded.value, draft = excluded.draft, wording = excluded.wording,
    question_id = excluded.question_id, visibility = excluded.visibility, item_id = excluded.item_id,
    answered_at = excluded.answered_at, hash = excluded.hash, revision = revision + 1`
const FORGET = 'DELETE FROM answer WHERE session_id = ? AND round = ? AND path = ? AND pass = ?'

/** Saves answers, and what follows from them: action items, the opportunity, notes of the inbox, the next conversation. */
export function saveAnswers(saving: Saving, session: Talk, changes: readonly Answer[]): void {
  for (const answer of changes) {
    if (actionPlace(answer.path)) saveAction(saving, session, answer, changes)
    else if (promisePlace(answer.path)) savePromise(saving, session, answer)
    else if (inboxPlace(answer.path)) saveInbox(saving, session, answer)
    else {
      saveRow(saving, session, answer, null)
      followOpportunity(saving, session, answer)
      followNextSession(saving, session, answer)
    }
  }
}

function saveRow({ db, now }: Saving, session: Talk, answer: Answer, item: number | null): void {
  const isInItem = item !== null && actionPlace(answer.path) && answer.state === 'answered'
  const value = isInItem ? null : answer.value
  const { draft, wording, questionId, round, path, pass, kind, state, visibility } = answer
  db.prepare(SAVE).run({
    uuid: newUuid(),
    session: session.id,
    person: session.personId,
    round,
    path,
    pass,
    kind,
    state,
    value,
    draft,
    wording,
    questionId,
    visibility,
    item,
    now: now(),
    hash: hashOf(value, draft, wording),
  })
}

/** An answer about an action item: the first makes it, the others change it. */
function saveAction(
  saving: Saving,
  session: Talk,
  answer: Answer,
  together: readonly Answer[],
): void {
  const { db, actions } = saving
  const { round } = answer
  const place = mustFind(actionPlace(answer.path), answer.path)
  const item =
    db
      .prepare<[number, number, string], number>(ITEM_OF)
      .pluck()
      .get(session.id, round, `${place.item}.what`) ?? null
  const value = answer.state === 'answered' ? answer.value : null
  if (place.field !== 'what') {
    if (item !== null && isChange(saving, session, answer)) {
      actions.edit(item, fieldChange(place.field, value), session.id)
    }
    return saveRow(saving, session, answer, item)
  }
  if (value === null) return saveRow(saving, session, answer, item)
  if (item !== null) actions.edit(item, { what: value }, session.id)
  const due = together.find((one) => one.round === round && one.path === `${place.item}.due`)
  const made = { what: value, due: due?.value ?? null }
  saveRow(saving, session, answer, item ?? actions.add(session.personId, made, session.id))
}

/** A field that was passed over stays as it is: the check-in worked out from the due day, for one. */
function isChange({ db }: Saving, session: Talk, answer: Answer): boolean {
  const { round, path, pass, state, value } = answer
  if (state === 'answered' && value !== null) return true
  const before = db
    .prepare<[number, number, string, string], string>(STATE_OF)
    .pluck()
    .get(session.id, round, path, pass)
  return before === 'answered'
}

function fieldChange(field: keyof ActionFields, value: string | null): Partial<ActionFields> {
  if (field === 'owner') return { owner: OWNERS.find((one) => one === value) ?? 'them' }
  return { [field]: value }
}

/** A named opportunity is found or made, and the session is about it; the stage chosen then is the one it is in. */
function followOpportunity(
  { opportunities, sessions }: Saving,
  { id, personId }: Talk,
  { kind, path, state, value }: Answer,
): void {
  if (state !== 'answered' || value === null) return
  if (kind === 'opportunity') {
    const known = opportunities.named(personId, value)
    const { id: opportunityId } = known ?? opportunities.add(personId, { name: value, stage: null })
    sessions.update(id, { opportunityId })
  } else if (kind === 'choice' && path.endsWith('.stage')) {
    const opportunityId = sessions.get(id)?.opportunityId ?? null
    // The correction of an earlier session does not move it back.
    const isNewest = opportunityId !== null && opportunities.lastSession(opportunityId) === id
    if (isNewest) opportunities.edit(opportunityId, { stage: value })
  }
}

function followNextSession(
  { sessions, nextSessions, now }: Saving,
  session: Talk,
  { kind, path, state, value }: Answer,
): void {
  if (kind !== 'date' || !path.endsWith('.next_session')) return
  const held = sessions.get(session.id)
  const isCorrection = held?.status === 'done'
  const heldOn = held?.heldOn ?? localDay(now())
  nextSessions.agree(session, state === 'answered' ? value : null, { heldOn, isCorrection })
}

function saveInbox(saving: Saving, session: Talk, answer: Answer): void {
  const { noteId } = mustFind(inboxPlace(answer.path), answer.path)
  // Said anew, it stands behind what was written before.
  saving.db.prepare(FORGET).run(session.id, answer.round, answer.path, answer.pass)
  saveRow(saving, session, answer, null)
  const becomes = answer.state === 'answered' && BECOMES.find((one) => one === answer.value)
  saving.notes.become(noteId, session.id, becomes || null)
}

function savePromise(saving: Saving, session: Talk, answer: Answer): void {
  const { db, actions } = saving
  const { itemId } = mustFind(promisePlace(answer.path), answer.path)
  // A repetition can be gone again, when closing the item before it was taken back.
  const isThere = actions.get(itemId) !== undefined
  saveRow(saving, session, answer, isThere ? itemId : null)
  if (!isThere) return
  const said = new Map<string, string>()
  let isDayAsked = false
  for (const row of db.prepare<[number], AnswerRow>(ANSWERS_OF).all(session.id)) {
    const place = promisePlace(row.path)
    if (place?.itemId !== itemId) continue
    if (place.field === 'to' && row.state !== 'later') isDayAsked = true
    if (row.state === 'answered' && row.value !== null) said.set(place.field, row.value)
  }
  const became = OUTCOMES.find((one) => one === said.get('outcome')) ?? null
  // Carried is said in two steps: it counts once the day was asked for.
  const outcome = became === 'carried' && !isDayAsked ? null : became
  const [note, to] = [said.get('note') ?? null, said.get('to') ?? null]
  actions.settleIn(session.id, itemId, outcome, { note, to })
}
