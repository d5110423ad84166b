import type { Session, SessionStatus } from '../../model.ts'
import { newUuid, hashOf } from '../schema/row-values.ts'
import { type Context, mustFind } from './context.ts'

interface Row {
  id: number
  uuid: string
  revision: number
  person_id: number
  guide: string
  guide_title: string
  status: SessionStatus
  held_on: string | null
  planned_on: string | null
  opportunity_id: number | null
  created_at: string
  updated_at: string
}

/** A session with the name of its person and the first thing that was seen. */
export interface SessionSummary extends Session {
  readonly person: string
  readonly saw: string | null
}

export interface Sessions {
  get(id: number): Session | undefined
  /** Sessions, the newest first; of one person, or of all. */
  list(personId?: number): readonly SessionSummary[]
  /** Sessions still to be finished: with one person, or with everybody who is not in the archive. */
  unfinished(personId?: number): readonly SessionSummary[]
  /** The last conversation that took place with a person. */
  lastDone(personId: number): Session | undefined
  /** The last one in which something was agreed. */
  lastPlan(personId: number): Session | undefined
  start(personId: number, guide: { id: string; title: string }): Session
  update(
    id: number,
    change: Partial<Pick<Session, 'status' | 'heldOn' | 'plannedOn' | 'opportunityId'>>,
  ): Session
  delete(id: number): void
}

const COLUMNS = `s.id, s.uuid, s.revision, s.person_id, s.guide, s.guide_title, s.status, s.held_on,
  s.planned_on, s.opportunity_id, s.created_at, s.updated_at`
const SUMMARY = `SELECT ${COLUMNS}, p.name AS person,
    (SELECT value FROM answer a WHERE a.session_id = s.id AND a.path = 'observation.saw'
      AND a.state = 'answered' ORDER BY a.round LIMIT 1) AS saw
  FROM session s JOIN person p ON p.id = s.person_id`
const ORDER = 'ORDER BY coalesce(s.held_on, s.planned_on, s.created_at) DESC, s.id DESC'

const GET = `SELECT ${COLUMNS} FROM session s WHERE s.id = ?`
const LIST = `${SUMMARY} ${ORDER}`
const LIST_OF = `${SUMMARY} WHERE s.person_id = ? ${ORDER}`
const UNFINISHED = `${SUMMARY} WHERE s.status IN ('preparing', 'prepared', 'recording')
  AND p.archived_at IS NULL ${ORDER}`
const UNFINISHED_OF = `${SUMMARY} WHERE s.person_id = ?
  AND s.status IN ('preparing', 'prepared', 'recording') ${ORDER}`
const LAST_DONE = `SELECT ${COLUMNS} FROM session s WHERE s.person_id = ? AND s.status = 'done'
  ORDER BY s.held_on DESC, s.id DESC LIMIT 1`
const LAST_PLAN = `SELECT ${COLUMNS} FROM session s WHERE s.person_id = ? AND s.status = 'done'
    AND EXISTS (SELECT 1 FROM action_item i WHERE i.session_id = s.id)
  ORDER BY s.held_on DESC, s.id DESC LIMIT 1`
const START = `INSERT INTO session (uuid, person_id, guide, guide_title, status, created_at, updated_at)
  VALUES (@uuid, @person, @guide, @title, 'preparing', @now, @now)`
const UPDATE = `UPDATE session SET status = @status, held_on = @heldOn, planned_on = @plannedOn,
  opportunity_id = @opportunityId, updated_at = @now, revision = revision + 1 WHERE id = @id`
/** What was said in a session about earlier items goes with it; what became of them stays. */
const FORGET_NOTES = `UPDATE item_event SET note = NULL, hash = ?, revision = revision + 1
  WHERE session_id = ?`
const DELETE = 'DELETE FROM session WHERE id = ?'

/** The sessions of a notebook. */
export function sessions({ db, now }: Context): Sessions {
  const one = (sql: string, id: number) => {
    const row = db.prepare<[number], Row>(sql).get(id)
    return row && toSession(row)
  }
  const get = (id: number) => one(GET, id)
  const summaries = (rows: (Row & { person: string; saw: string | null })[]) =>
    rows.map((row) => ({ ...toSession(row), person: row.person, saw: row.saw }))
  const read = (all: string, one: string, personId?: number) =>
    summaries(
      personId === undefined
        ? db.prepare<[], Row & { person: string; saw: string | null }>(all).all()
        : db.prepare<[number], Row & { person: string; saw: string | null }>(one).all(personId),
    )
  return {
    get,
    list: (personId) => read(LIST, LIST_OF, personId),
    unfinished: (personId) => read(UNFINISHED, UNFINISHED_OF, personId),
    lastDone: (personId) => one(LAST_DONE, personId),
    lastPlan: (personId) => one(LAST_PLAN, personId),
    start(personId, guide) {
      const values = { uuid: newUuid(), person: personId, guide: guide.id, title: guide.title }
      const made = db.prepare(START).run({ ...values, now: now() })
      return mustFind(get(Number(made.lastInsertRowid)), 'the new session')
    },
    update(id, change) {
      const { status, heldOn, plannedOn, opportunityId } = {
        ...mustFind(get(id), `session ${id}`),
        ...change,
      }
      db.prepare(UPDATE).run({ id, status, heldOn, plannedOn, opportunityId, now: now() })
      return mustFind(get(id), `session ${id}`)
    },
    delete(id) {
      db.prepare(FORGET_NOTES).run(hashOf(null), id)
      db.prepare(DELETE).run(id)
    },
  }
}

function toSession(row: Row): Session {
  return {
    id: row.id,
    uuid: row.uuid,
    personId: row.person_id,
    guide: row.guide,
    guideTitle: row.guide_title,
    status: row.status,
    heldOn: row.held_on,
    plannedOn: row.planned_on,
    opportunityId: row.opportunity_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    revision: row.revision,
  }
}
