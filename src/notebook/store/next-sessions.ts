import type { Day } from '../../dates/day.ts'
import type { NextSession } from '../../model.ts'
import { newUuid } from '../schema/row-values.ts'
import { type Context } from './context.ts'

/** The conversations that were agreed next. Moving one changes its day: it is still the same, in a calendar too. */
export interface NextSessions {
  /** The one that is planned with a person. */
  planned(personId: number): NextSession | undefined
  /** Those that are planned with people who are not in the archive. */
  allPlanned(): readonly (NextSession & { readonly person: string })[]
  /** Every one there ever was: of one person, or of everybody. */
  list(personId?: number): readonly (NextSession & { readonly person: string })[]
  /**
   * Says in a session when the next one is; null takes that back. One whose day has come is the session that is held now;
   * one that is still ahead is moved. The correction of a finished session changes only what was agreed in it.
   */
  agree(
    session: { readonly id: number; readonly personId: number },
    day: Day | null,
    when: { readonly heldOn: Day; readonly isCorrection: boolean },
  ): void
  /** Moves the planned one to another day, or plans one. */
  move(personId: number, day: Day): NextSession
  cancel(personId: number): void
  /** What was planned until a day has been held in a session. */
  hold(personId: number, sessionId: number, on: Day): void
  /** A session that goes takes along what was agreed in it; what stood before comes back. */
  forget(sessionId: number): void
}

const COLUMNS = `n.id, n.uuid, n.person_id AS personId, n.status, n.planned_on AS plannedOn, n.moved,
  n.updated_at AS updatedAt, n.agreed_in AS agreedIn,
  n.before_on AS beforeOn`
const NAMED = `SELECT ${COLUMNS}, p.name AS person FROM next_session n JOIN person p ON p.id = n.person_id`
const PLANNED = `SELECT ${COLUMNS} FROM next_session n WHERE n.person_id = ? AND n.status = 'planned'`
const ALL_PLANNED = `${NAMED} WHERE n.status = 'planned' AND p.archived_at IS NULL ORDER BY n.planned_on, n.id`
const LIST = `${NAMED} ORDER BY n.id`
const LIST_OF = `${NAMED} WHERE n.person_id = ? ORDER BY n.id`
const ADD = `INSERT INTO next_session (uuid, person_id, agreed_in, planned_on, created_at, updated_at)
  VALUES (@uuid, @person, @session, @day, @now, @now)`
const MOVE = `UPDATE next_session SET planned_on = @day, agreed_in = coalesce(@session, agreed_in),
    before_on = CASE WHEN @session IS NULL THEN NULL WHEN agreed_in IS @session THEN before_on ELSE planned_on END,
    before_in = CASE WHEN @session IS NULL THEN NULL WHEN agreed_in IS @session THEN before_in ELSE agreed_in END,
    moved = moved + @times, updated_at = @now, revision = revision + 1
  WHERE id = @id`
const MOVE_BACK = `UPDATE next_session SET planned_on = before_on, agreed_in = before_in, before_on = NULL,
    before_in = NULL, moved = max(0, moved - 1), updated_at = @now, revision = revision + 1
  WHERE id = @id`
const END = `UPDATE next_session SET status = @status, held_in = @session, updated_at = @now,
  revision = revision + 1 WHERE id = @id`
/** What a session held takes place anew, unless another one is planned by now. */
const RELEASE = `UPDATE next_session AS n SET status = 'planned', held_in = NULL, updated_at = @now,
    revision = revision + 1
  WHERE n.id = (SELECT max(id) FROM next_session WHERE held_in = @session AND status = 'held')
    AND NOT EXISTS (SELECT 1 FROM next_session o WHERE o.person_id = n.person_id AND o.status = 'planned')`
const AGREED_IN = `SELECT ${COLUMNS} FROM next_session n WHERE n.agreed_in = ? AND n.status = 'planned'`

interface Row extends NextSession {
  readonly agreedIn: number | null
  readonly beforeOn: Day | null
}

/** The agreed next conversations of a notebook. */
export function nextSessions({ db, now }: Context): NextSessions {
  const planned = (personId: number) => db.prepare<[number], Row>(PLANNED).get(personId)
  const add = (person: number, session: number | null, day: Day) =>
    db.prepare(ADD).run({ uuid: newUuid(), person, session, day, now: now() })
  const move = (id: number, session: number | null, day: Day, times: 0 | 1) =>
    db.prepare(MOVE).run({ id, session, day, times, now: now() })
  const end = (id: number, status: 'held' | 'cancelled', session: number | null) =>
    db.prepare(END).run({ id, status, session, now: now() })
  /** Takes back what a session agreed: the day from before comes back, or the agreement is off. */
  const takeBack = (row: Row) => {
    if (row.beforeOn === null) end(row.id, 'cancelled', null)
    else db.prepare(MOVE_BACK).run({ id: row.id, now: now() })
  }
  const release = (session: number) => db.prepare(RELEASE).run({ session, now: now() })
  const mustBePlanned = (personId: number): NextSession => {
    const row = planned(personId)
    if (!row) throw new Error('the next session is not in the notebook')
    return row
  }
  return {
    planned,
    allPlanned: () => db.prepare<[], Row & { person: string }>(ALL_PLANNED).all(),
    list: (personId) =>
      personId === undefined
        ? db.prepare<[], Row & { person: string }>(LIST).all()
        : db.prepare<[number], Row & { person: string }>(LIST_OF).all(personId),
    agree({ id: sessionId, personId }, day, { heldOn, isCorrection }) {
      const before = planned(personId)
      const isOwn = before?.agreedIn === sessionId
      if (isCorrection && !isOwn) return
      if (before && day === null) {
        if (!isOwn) return
        takeBack(before)
        if (!isCorrection) release(sessionId)
      } else if (day !== null) {
        const isHeldNow = before && !isOwn && before.plannedOn <= heldOn
        if (before && !isHeldNow) {
          if (before.plannedOn !== day || !isOwn) {
            move(before.id, sessionId, day, !isOwn && before.plannedOn !== day ? 1 : 0)
          }
          return
        }
        if (before) end(before.id, 'held', sessionId)
        add(personId, sessionId, day)
      }
    },
    move(personId, day) {
      const before = planned(personId)
      if (before) {
        if (before.plannedOn !== day) move(before.id, null, day, 1)
      } else add(personId, null, day)
      return mustBePlanned(personId)
    },
    cancel(personId) {
      const before = planned(personId)
      if (before) end(before.id, 'cancelled', null)
    },
    hold(personId, sessionId, on) {
      const before = planned(personId)
      if (before && before.agreedIn !== sessionId && before.plannedOn <= on) {
        end(before.id, 'held', sessionId)
      }
    },
    forget(sessionId) {
      for (const row of db.prepare<[number], Row>(AGREED_IN).all(sessionId)) takeBack(row)
      release(sessionId)
    },
  }
}
