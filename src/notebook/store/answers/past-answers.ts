import type { Context } from '../context.ts'

/** What was said in earlier sessions, across all of them. */
export interface Earlier {
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
  /** When a prompt with this id was last answered or passed over with a person, in a session other than this one. */
  lastAsked(personId: number, promptId: string, sessionId: number | null): string | null
  /**
   * What became of questions from banks, by their ids: how many sessions ago each was asked of this person (0 = in
   * the newest, null = not in the last hundred), and how often it opened something up with anybody, of the times that
   * was said in the last thousand.
   */
  uses(personId: number | null): ReadonlyMap<string, QuestionUse>
}

interface QuestionUse {
  readonly ago: number | null
  readonly opened: number
  readonly said: number
}

/** From the newest session on, and no further than where one is found. */
const LAST_GIVEN = `SELECT a.value FROM session s CROSS JOIN answer a
    ON a.session_id = s.id AND a.prompt = ? AND a.state = 'answered' AND a.value IS NOT NULL
  WHERE s.person_id = ? ORDER BY s.id DESC, a.id DESC LIMIT 1`
const LAST_ASKED_AT = `SELECT a.answered_at FROM session s CROSS JOIN answer a
    ON a.session_id = s.id AND a.prompt = ? AND a.state <> 'later'
  WHERE s.person_id = ? AND s.id IS NOT ? ORDER BY s.id DESC LIMIT 1`
const RATINGS = `SELECT s.guide || '/' || a.path AS path, a.value, coalesce(s.held_on, substr(s.created_at, 1, 10)) AS "on"
  FROM session s JOIN answer a ON a.session_id = s.id
  WHERE s.person_id = ? AND s.id < ? AND s.status = 'done' AND a.kind = 'rating'
    AND a.state = 'answered' AND a.value IS NOT NULL
  ORDER BY "on" DESC, s.id DESC`
const SKILL_RATINGS = `SELECT r.value, coalesce(s.held_on, substr(s.created_at, 1, 10)) AS "on"
  FROM answer k JOIN session s ON s.id = k.session_id
  JOIN answer r ON r.session_id = k.session_id AND r.prompt = 'rating'
    AND r.round = k.round AND r.path = substr(k.path, 1, length(k.path) - length('skill')) || 'rating'
  WHERE k.person_id = ? AND k.prompt = 'skill' AND k.value = ? AND k.kind = 'choice' AND k.state = 'answered'
    AND r.state = 'answered' AND r.value IS NOT NULL
  GROUP BY r.id ORDER BY "on", s.id, r.round`
const LAST_ASKED = `WITH recent AS (SELECT id, row_number() OVER (ORDER BY id DESC) - 1 AS ago
    FROM (SELECT id FROM session WHERE person_id = ? ORDER BY id DESC LIMIT 100))
  SELECT a.question_id AS question, min(r.ago) AS since
  FROM recent r CROSS JOIN answer a INDEXED BY answer_question
    ON a.session_id = r.id AND a.prompt = 'question'
  WHERE a.question_id IS NOT NULL AND a.state = 'answered' GROUP BY a.question_id`

/**
 * A question can be kept twice, as it was prepared and as it was asked; what it opened counts once. The indexes are named,
 * for the planner would take others.
 */
const OPENED = `SELECT question, count(*) AS said, sum(was_yes) AS opened FROM (
    SELECT DISTINCT o.id, q.question_id AS question, o.value = 'yes' AS was_yes
    FROM answer o INDEXED BY answer_opened CROSS JOIN answer q INDEXED BY answer_question
      ON q.session_id = o.session_id AND q.prompt = 'question'
      AND q.round = o.round AND q.path = substr(o.path, 1, length(o.path) - length('opened')) || 'question'
    WHERE o.prompt = 'opened' AND o.session_id > (SELECT coalesce(max(id), 0) - 1000 FROM session)
      AND o.state = 'answered' AND q.state = 'answered' AND q.question_id IS NOT NULL)
  GROUP BY question`

/** What a notebook knows of earlier sessions. */
export function earlier({ db }: Pick<Context, 'db'>): Earlier {
  return {
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
      db.prepare<[string, number], string>(LAST_GIVEN).pluck().get(promptId, personId) ?? null,
    lastAsked: (personId, promptId, sessionId) =>
      db
        .prepare<[string, number, number | null], string>(LAST_ASKED_AT)
        .pluck()
        .get(promptId, personId, sessionId) ?? null,
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
