import {
  type ActionFields,
  type Answer,
  actionPlace,
  OUTCOMES,
  OWNERS,
  promisePlace,
} from '../model.ts'
import type { Actions } from './actions.ts'
import type { Opportunities } from './opportunities.ts'
import type { Sessions } from './sessions.ts'
import { type Context, hashOf, mustFind, newUuid } from './context.ts'

export interface Answers {
  /** The answers of a session in the order in which they were first given. */
  of(sessionId: number): readonly Answer[]
  /** Saves answers, and what follows from them for action items. Call it inside one transaction. */
  save(
    session: { readonly id: number; readonly personId: number },
    answers: readonly Answer[],
  ): void
  /** Deletes an action item, and moves up those behind it in the session that made it. */
  deleteItem(itemId: number): void
  /**
   * Ratings given in finished sessions, by guide and path (`self/mindset.values`), the newest first; with a session, only
   * those before it.
   */
  ratings(
    personId: number,
    beforeSession: number | null,
  ): ReadonlyMap<string, readonly { readonly value: string; readonly on: string }[]>
  /** How a person was rated on a skill, the oldest first: a rating counts for the skill chosen beside it. */
  skillRatings(
    personId: number,
    skill: string,
  ): readonly { readonly value: string; readonly on: string }[]
  /** The last value answered at a prompt with this id (such as `stage`) with a person. */
  lastGiven(personId: number, promptId: string): string | null
  /**
   * What became of questions from banks, by their ids: how many sessions ago each was asked of this person (0 = in
   * the newest, null = never), and how often it opened something up with anybody, of the times that was said.
   */
  uses(personId: number | null): ReadonlyMap<string, QuestionUse>
}

interface QuestionUse {
  readonly ago: number | null
  readonly opened: number
  readonly said: number
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
const SAVE = `INSERT INTO answer (uuid, session_id, round, path, pass, kind, state, value, draft, wording,
    question_id, visibility, item_id, answered_at, hash)
  VALUES (@uuid, @session, @round, @path, @pass, @kind, @state, @value, @draft, @wording, @questionId,
    @visibility, @item, @now, @hash)
  ON CONFLICT (session_id, round, path, pass) DO UPDATE SET
    kind = excluded.kind, state = excluded.state, value = excluded.value, draft = excluded.draft, wording = excluded.wording,
    question_id = excluded.question_id, visibility = excluded.visibility, item_id = excluded.item_id,
    answered_at = excluded.answered_at, hash = excluded.hash, revision = revision + 1`
const WHAT_OF = `SELECT session_id, round, path FROM answer
  WHERE item_id = ? AND path LIKE '%.what'`
const PATHS_IN = `SELECT id, path FROM answer WHERE session_id = ? AND round = ?
  ORDER BY length(path), path`
const MOVE = 'UPDATE answer SET path = ?, revision = revision + 1 WHERE id = ?'
const LAST_GIVEN = `SELECT a.value FROM answer a JOIN session s ON s.id = a.session_id
  WHERE s.person_id = ? AND a.path LIKE ? AND a.state = 'answered' ORDER BY a.id DESC LIMIT 1`
const RATINGS = `SELECT s.guide || '/' || a.path AS path, a.value, coalesce(s.held_on, substr(s.created_at, 1, 10)) AS "on"
  FROM session s JOIN answer a ON a.session_id = s.id
  WHERE s.person_id = ? AND s.id < ? AND s.status = 'done' AND a.kind = 'rating'
    AND a.state = 'answered' AND a.value IS NOT NULL
  ORDER BY "on" DESC, s.id DESC`
const SKILL_RATINGS = `SELECT r.value, coalesce(s.held_on, substr(s.created_at, 1, 10)) AS "on"
  FROM session s JOIN answer k ON k.session_id = s.id JOIN answer r ON r.session_id = s.id
    AND r.round = k.round AND r.path = substr(k.path, 1, length(k.path) - length('skill')) || 'rating'
  WHERE s.person_id = ? AND k.path LIKE '%.skill' AND k.value = ? AND k.state = 'answered'
    AND r.state = 'answered' AND r.value IS NOT NULL
  GROUP BY r.id ORDER BY "on", s.id, r.round`
const LAST_ASKED = `SELECT a.question_id AS question,
    (SELECT count(*) FROM session t WHERE t.person_id = s.person_id AND t.id > s.id) AS since
  FROM answer a JOIN session s ON s.id = a.session_id
  WHERE s.person_id = ? AND a.question_id IS NOT NULL AND a.state = 'answered'
  ORDER BY a.id`

/** A question can be kept twice, as it was prepared and as it was asked; what it opened counts once. */
const OPENED = `SELECT question, count(*) AS said, sum(was_yes) AS opened FROM (
    SELECT DISTINCT o.id, q.question_id AS question, o.value = 'yes' AS was_yes
    FROM answer o JOIN answer q ON q.session_id = o.session_id AND q.round = o.round
      AND q.path = substr(o.path, 1, length(o.path) - length('opened')) || 'question'
    WHERE o.path LIKE '%.opened' AND o.state = 'answered' AND q.state = 'answered'
      AND q.question_id IS NOT NULL)
  GROUP BY question`

/** The answers of a notebook. The texts of an action item live in the item alone; here they are joined in. */
export function answers(
  { db, now }: Context,
  actions: Actions,
  opportunities: Opportunities,
  sessions: Sessions,
): Answers {
  const itemOf = (sessionId: number, round: number, path: string) =>
    db.prepare<[number, number, string], { item_id: number }>(ITEM_OF).get(sessionId, round, path)
      ?.item_id

  const saveRow = (sessionId: number, answer: Answer, item: number | null) => {
    const isInItem = item !== null && actionPlace(answer.path) && answer.state === 'answered'
    const value = isInItem ? null : answer.value
    const { draft, wording, questionId, round, path, pass, kind, state, visibility } = answer
    db.prepare(SAVE).run({
      uuid: newUuid(),
      session: sessionId,
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

  const saveAction = (
    session: { id: number; personId: number },
    answer: Answer,
    together: readonly Answer[],
  ) => {
    const place = mustFind(actionPlace(answer.path), answer.path)
    const item = itemOf(session.id, answer.round, `${place.item}.what`)
    const value = answer.state === 'answered' ? answer.value : null
    if (place.field !== 'what') {
      if (item !== undefined) actions.edit(item, fieldChange(place.field, value))
      saveRow(session.id, answer, item ?? null)
    } else if (value !== null) {
      if (item !== undefined) actions.edit(item, { what: value })
      const due = together.find(
        (one) => one.round === answer.round && one.path === `${place.item}.due`,
      )
      const made = { what: value, due: due?.value ?? null }
      const id = item ?? actions.add(session.personId, made, session.id)
      saveRow(session.id, answer, id)
    } else {
      saveRow(session.id, answer, item ?? null)
    }
  }

  /** A named opportunity is found or made, and the session is about it; the stage chosen then is the one it is in. */
  const followOpportunity = (
    { id, personId }: { readonly id: number; readonly personId: number },
    { kind, path, value }: Answer,
  ) => {
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

  const savePromise = (session: { id: number }, answer: Answer) => {
    const { itemId } = mustFind(promisePlace(answer.path), answer.path)
    saveRow(session.id, answer, itemId)
    const said = new Map<string, string>()
    for (const row of db.prepare<[number], Row>(OF).all(session.id)) {
      const place = promisePlace(row.path)
      if (place?.itemId === itemId && row.state === 'answered' && row.value !== null) {
        said.set(place.field, row.value)
      }
    }
    const outcome = OUTCOMES.find((one) => one === said.get('outcome')) ?? null
    const [note, to] = [said.get('note') ?? null, said.get('to') ?? null]
    actions.settleIn(session.id, itemId, outcome, { note, to })
  }

  return {
    of(sessionId) {
      return db
        .prepare<[number], Row>(OF)
        .all(sessionId)
        .map((row) => {
          const place = actionPlace(row.path)
          const isInItem = place && row.item_id !== null && row.state === 'answered'
          const value = isInItem
            ? (actions.get(row.item_id ?? 0)?.[place.field] ?? null)
            : row.value
          const { round, path, pass, kind, state, draft, wording, visibility } = row
          const more = { draft, questionId: row.question_id, itemId: row.item_id }
          return { round, path, pass, kind, state, value, wording, visibility, ...more }
        })
    },
    save(session, changes) {
      for (const answer of changes) {
        if (actionPlace(answer.path)) saveAction(session, answer, changes)
        else if (promisePlace(answer.path)) savePromise(session, answer)
        else {
          saveRow(session.id, answer, null)
          if (answer.state === 'answered') followOpportunity(session, answer)
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
    ratings(personId, beforeSession) {
      const rows = db
        .prepare<[number, number], { path: string; value: string; on: string }>(RATINGS)
        .all(personId, beforeSession ?? Number.MAX_SAFE_INTEGER)
      return new Map(
        [...new Set(rows.map(({ path }) => path))].map((path) => [
          path,
          rows.filter((row) => row.path === path).map(({ value, on }) => ({ value, on })),
        ]),
      )
    },
    skillRatings: (personId, skill) =>
      db
        .prepare<[number, string], { value: string; on: string }>(SKILL_RATINGS)
        .all(personId, skill),
    lastGiven: (personId, promptId) =>
      db.prepare<[number, string], { value: string }>(LAST_GIVEN).get(personId, `%.${promptId}`)
        ?.value ?? null,
    uses(personId) {
      const uses = new Map<string, QuestionUse>()
      const opened = db
        .prepare<[], { question: string; said: number; opened: number }>(OPENED)
        .all()
      for (const { question, ...told } of opened) uses.set(question, { ago: null, ...told })
      if (personId === null) return uses
      const asked = db.prepare<[number], { question: string; since: number }>(LAST_ASKED)
      for (const { question, since } of asked.all(personId)) {
        uses.set(question, { opened: 0, said: 0, ...uses.get(question), ago: since })
      }
      return uses
    },
  }
}

function fieldChange(field: keyof ActionFields, value: string | null): Partial<ActionFields> {
  if (field === 'owner') return { owner: OWNERS.find((one) => one === value) ?? 'them' }
  return { [field]: value }
}
