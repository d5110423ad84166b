import { type Answer } from '../../../model.ts'
import { actionPlace } from '../../../answer-places.ts'
import type { Context } from '../context.ts'
import type { Actions } from '../actions.ts'
import { type Earlier, earlier } from './past-answers.ts'
import { ANSWERS_OF, type AnswerRow, saveAnswers, type Saving, type Talk } from './save-answers.ts'
import { type Sight, sight } from './seen-marks.ts'

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

const WHAT_OF = `SELECT session_id, round, path FROM answer
  WHERE item_id = ? AND path LIKE '%.what'`
const PATHS_IN = `SELECT id, path FROM answer WHERE session_id = ? AND round = ?
  ORDER BY length(path), path`
const DELETE_PLACE =
  'DELETE FROM answer WHERE session_id = ? AND round = ? AND substr(path, 1, ?) = ?'
const MOVE = 'UPDATE answer SET path = ?, revision = revision + 1 WHERE id = ?'
const UNSAY = `UPDATE answer SET state = 'later', revision = revision + 1
  WHERE session_id = ? AND item_id = ? AND path LIKE 'promises.%'`
/** The answers of a notebook. The texts of an action item live in the item alone; here they are joined in. */
export function answers(
  context: Context,
  actions: Actions,
  others: Omit<Saving, 'actions' | keyof Context>,
): Answers {
  const { db } = context
  const saving: Saving = { ...context, ...others, actions }
  const of = (sessionId: number): readonly Answer[] =>
    db
      .prepare<[number], AnswerRow>(ANSWERS_OF)
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
    save: (session, changes) => saveAnswers(saving, session, changes),
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
