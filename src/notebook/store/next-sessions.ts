import type Database from 'better-sqlite3'
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
export function nextSessions(context: Context): NextSessions {
  const { db } = context
  return {
    planned: (personId) => plannedWith(db, personId),
    allPlanned: () => db.prepare<[], Row & { person: string }>(ALL_PLANNED).all(),
    list: (personId) =>
      personId === undefined
        ? db.prepare<[], Row & { person: string }>(LIST).all()
        : db.prepare<[number], Row & { person: string }>(LIST_OF).all(personId),
    agree(session, day, when) {
      const before = plannedWith(db, session.personId)
      carryOut(context, session, before, agreement(session.id, before, day, when))
    },
    move(personId, day) {
      const before = plannedWith(db, personId)
      if (!before) add(context, personId, null, day)
      else if (before.plannedOn !== day) move(context, before.id, null, day, 1)
      const after = plannedWith(db, personId)
      if (!after) throw new Error('the next session is not in the notebook')
      return after
    },
    cancel(personId) {
      const before = plannedWith(db, personId)
      if (before) end(context, before.id, 'cancelled', null)
    },
    hold(personId, sessionId, on) {
      const before = plannedWith(db, personId)
      if (before && before.agreedIn !== sessionId && before.plannedOn <= on) {
        end(context, before.id, 'held', sessionId)
      }
    },
    forget(sessionId) {
      const agreed = db.prepare<[number], Row>(AGREED_IN).all(sessionId)
      for (const row of agreed) takeBack(context, row)
      release(context, sessionId)
    },
  }
}

/** What becomes of the planned session when a session says when the next one is. */
type Agreement =
  | { readonly kind: 'nothing' }
  /** What the session agreed before is taken back; what it held takes place anew where `isReleasing`. */
  | { readonly kind: 'taken-back'; readonly isReleasing: boolean }
  /** `times`: how often more it counts as moved. */
  | { readonly kind: 'moved'; readonly day: Day; readonly times: 0 | 1 }
  /** `isHeld`: the one that was planned is the session that is held now. */
  | { readonly kind: 'added'; readonly day: Day; readonly isHeld: boolean }

const NOTHING: Agreement = { kind: 'nothing' }

/** See {@link NextSessions.agree}. */
export function agreement(
  sessionId: number,
  before: Pick<Row, 'agreedIn' | 'plannedOn'> | undefined,
  day: Day | null,
  { heldOn, isCorrection }: { readonly heldOn: Day; readonly isCorrection: boolean },
): Agreement {
  const isOwn = before?.agreedIn === sessionId
  if (isCorrection && !isOwn) return NOTHING
  if (day === null) {
    return before && isOwn ? { kind: 'taken-back', isReleasing: !isCorrection } : NOTHING
  }
  if (!before) return { kind: 'added', day, isHeld: false }
  if (!isOwn && before.plannedOn <= heldOn) return { kind: 'added', day, isHeld: true }
  const isSameDay = before.plannedOn === day
  if (isOwn && isSameDay) return NOTHING
  return { kind: 'moved', day, times: isOwn || isSameDay ? 0 : 1 }
}

function carryOut(
  context: Context,
  { id: sessionId, personId }: { readonly id: number; readonly personId: number },
  before: Row | undefined,
  agreed: Agreement,
): void {
  if (before && agreed.kind === 'taken-back') {
    takeBack(context, before)
    if (agreed.isReleasing) release(context, sessionId)
  }
  if (before && agreed.kind === 'moved') {
    move(context, before.id, sessionId, agreed.day, agreed.times)
  }
  if (agreed.kind === 'added') {
    if (before && agreed.isHeld) end(context, before.id, 'held', sessionId)
    add(context, personId, sessionId, agreed.day)
  }
}

function plannedWith(db: Database.Database, personId: number): Row | undefined {
  return db.prepare<[number], Row>(PLANNED).get(personId)
}

function add({ db, now }: Context, person: number, session: number | null, day: Day): void {
  db.prepare(ADD).run({ uuid: newUuid(), person, session, day, now: now() })
}

function move(
  { db, now }: Context,
  id: number,
  session: number | null,
  day: Day,
  times: 0 | 1,
): void {
  db.prepare(MOVE).run({ id, session, day, times, now: now() })
}

function end(
  { db, now }: Context,
  id: number,
  status: 'held' | 'cancelled',
  session: number | null,
): void {
  db.prepare(END).run({ id, status, session, now: now() })
}

/** Takes back what a session agreed: the day from before comes back, or the agreement is off. */
function takeBack(context: Context, { id, beforeOn }: Row): void {
  if (beforeOn === null) end(context, id, 'cancelled', null)
  else context.db.prepare(MOVE_BACK).run({ id, now: context.now() })
}

function release({ db, now }: Context, session: number): void {
  db.prepare(RELEASE).run({ session, now: now() })
}
