import { localDay } from '../dates.ts'
import {
  type ActionFields,
  type Answer,
  actionPlace,
  BECOMES,
  inboxPlace,
  OUTCOMES,
  OWNERS,
  promisePlace,
} from '../model.ts'
import type { Actions } from './actions.ts'
import { type Earlier, earlier } from './earlier.ts'
import type { NextSessions } from './next-sessions.ts'
import type { Notes } from './notes.ts'
import type { Opportunities } from './opportunities.ts'
import type { Sessions } from './sessions.ts'
import { type Context, hashOf, mustFind, newUuid } from './context.ts'
import { type Sight, sight } from './sight.ts'

export interface Answers extends Earlier, Sight {
  /** The answers of a session in the order in which they were first given. */
  of(sessionId: number): readonly Answer[]
  /** Saves answers, and what follows from them for action items. Call it inside one transaction. */
  save(session: Talk, answers: readonly Answer[]): void
  /** Deletes an action item, and moves up those behind it in the session that made it. */
  deleteItem(itemId: number): void
  /** Leaves open again what a session said about an action item. */
  unsay(sessionId: number, itemId: number): void
}

/** What else follows from answers. */
interface Others {
  readonly opportunities: Opportunities
  readonly sessions: Sessions
  readonly notes: Notes
  readonly nextSessions: NextSessions
}

/** Whose answers are saved. */
interface Talk {
  readonly id: number
  readonly personId: number
}

interface Row {
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

const OF = `SELECT round, path, pass, kind, state, value, draft, wording, question_id, visibility, item_id
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
const WHAT_OF = `SELECT session_id, round, path FROM answer
  WHERE item_id = ? AND path LIKE '%.what'`
const PATHS_IN = `SELECT id, path FROM answer WHERE session_id = ? AND round = ?
  ORDER BY length(path), path`
const FORGET = 'DELETE FROM answer WHERE session_id = ? AND round = ? AND path = ? AND pass = ?'
const DELETE_PLACE =
  'DELETE FROM answer WHERE session_id = ? AND round = ? AND substr(path, 1, ?) = ?'
const MOVE = 'UPDATE answer SET path = ?, revision = revision + 1 WHERE id = ?'
const UNSAY = `UPDATE answer SET state = 'later', revision = revision + 1
  WHERE session_id = ? AND item_id = ? AND path LIKE 'promises.%'`
/** The answers of a notebook. The texts of an action item live in the item alone; here they are joined in. */
export function answers(
  { db, now }: Context,
  actions: Actions,
  { opportunities, sessions, notes, nextSessions }: Others,
): Answers {
  const itemOf = (sessionId: number, round: number, path: string) =>
    db.prepare<[number, number, string], { item_id: number }>(ITEM_OF).get(sessionId, round, path)
      ?.item_id

  const saveRow = (session: Talk, answer: Answer, item: number | null) => {
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

  const saveAction = (session: Talk, answer: Answer, together: readonly Answer[]) => {
    const place = mustFind(actionPlace(answer.path), answer.path)
    const item = itemOf(session.id, answer.round, `${place.item}.what`)
    const value = answer.state === 'answered' ? answer.value : null
    if (place.field !== 'what') {
      const { round, path, pass } = answer
      const before = db
        .prepare<[number, number, string, string], string>(STATE_OF)
        .pluck()
        .get(session.id, round, path, pass)
      // A field that was passed over stays as it is: the check-in worked out from the due day, for one.
      const isChange = value !== null || before === 'answered'
      if (item !== undefined && isChange)
        actions.edit(item, fieldChange(place.field, value), session.id)
      saveRow(session, answer, item ?? null)
    } else if (value !== null) {
      if (item !== undefined) actions.edit(item, { what: value }, session.id)
      const due = together.find(
        (one) => one.round === answer.round && one.path === `${place.item}.due`,
      )
      const made = { what: value, due: due?.value ?? null }
      const id = item ?? actions.add(session.personId, made, session.id)
      saveRow(session, answer, id)
    } else {
      saveRow(session, answer, item ?? null)
    }
  }

  /** A named opportunity is found or made, and the session is about it; the stage chosen then is the one it is in. */
  const followOpportunity = ({ id, personId }: Talk, { kind, path, value }: Answer) => {
    if (value === null) return
    if (kind === 'opportunity') {
      const known = opportunities.named(personId, value)
      const { id: opportunityId } =
        known ?? opportunities.add(personId, { name: value, stage: null })
      sessions.update(id, { opportunityId })
    } else if (kind === 'choice' && path.endsWith('.stage')) {
      const opportunityId = sessions.get(id)?.opportunityId ?? null
      // The correction of an earlier session does not move it back.
      const isNewest = opportunityId !== null && opportunities.lastSession(opportunityId) === id
      if (isNewest) opportunities.edit(opportunityId, { stage: value })
    }
  }

  const saveInbox = (session: Talk, answer: Answer) => {
    const { noteId } = mustFind(inboxPlace(answer.path), answer.path)
    // Said anew, it stands behind what was written before.
    db.prepare(FORGET).run(session.id, answer.round, answer.path, answer.pass)
    saveRow(session, answer, null)
    const becomes = answer.state === 'answered' && BECOMES.find((one) => one === answer.value)
    notes.become(noteId, session.id, becomes || null)
  }

  const savePromise = (session: Talk, answer: Answer) => {
    const { itemId } = mustFind(promisePlace(answer.path), answer.path)
    // A repetition can be gone again, when closing the item before it was taken back.
    const isThere = actions.get(itemId) !== undefined
    saveRow(session, answer, isThere ? itemId : null)
    if (!isThere) return
    const said = new Map<string, string>()
    let isDayAsked = false
    for (const row of db.prepare<[number], Row>(OF).all(session.id)) {
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

  const of = (sessionId: number): readonly Answer[] =>
    db
      .prepare<[number], Row>(OF)
      .all(sessionId)
      .map((row) => {
        const place = actionPlace(row.path)
        const isInItem = place && row.item_id !== null && row.state === 'answered'
        const value = isInItem ? (actions.get(row.item_id ?? 0)?.[place.field] ?? null) : row.value
        const { round, path, pass, kind, state, draft, wording, visibility } = row
        const more = { draft, questionId: row.question_id, itemId: row.item_id }
        return { round, path, pass, kind, state, value, wording, visibility, ...more }
      })
  return {
    ...earlier({ db }),
    of,
    ...sight({ db }, of),
    save(session, changes) {
      for (const answer of changes) {
        if (actionPlace(answer.path)) saveAction(session, answer, changes)
        else if (promisePlace(answer.path)) savePromise(session, answer)
        else if (inboxPlace(answer.path)) saveInbox(session, answer)
        else {
          saveRow(session, answer, null)
          if (answer.state === 'answered') followOpportunity(session, answer)
          if (answer.kind === 'date' && answer.path.endsWith('.next_session')) {
            const day = answer.state === 'answered' ? answer.value : null
            const held = sessions.get(session.id)
            const isCorrection = held?.status === 'done'
            const heldOn = held?.heldOn ?? localDay(now())
            nextSessions.agree(session, day, { heldOn, isCorrection })
          }
        }
      }
    },
    deleteItem(itemId) {
      const what = db
        .prepare<[number], { session_id: number; round: number; path: string }>(WHAT_OF)
        .get(itemId)
      actions.delete(itemId)
      const place = what && actionPlace(what.path)?.item
      if (!place) return
      // What steers, such as the offer to make it firmer, belongs to no item, and goes all the same.
      db.prepare(DELETE_PLACE).run(what.session_id, what.round, place.length + 1, `${place}.`)
      const base = place.replace(/\d+$/, '')
      const rows = db
        .prepare<[number, number], { id: number; path: string }>(PATHS_IN)
        .all(what.session_id, what.round)
      for (const { id, path } of rows) {
        const match = path.startsWith(base) && /^(\d+)(\..*)$/.exec(path.slice(base.length))
        if (!match || Number(match[1]) <= Number(place.slice(base.length))) continue
        db.prepare(MOVE).run(`${base}${Number(match[1]) - 1}${match[2]}`, id)
      }
    },
    unsay: (sessionId, itemId) => void db.prepare(UNSAY).run(sessionId, itemId),
  }
}

function fieldChange(field: keyof ActionFields, value: string | null): Partial<ActionFields> {
  if (field === 'owner') return { owner: OWNERS.find((one) => one === value) ?? 'them' }
  return { [field]: value }
}
