import type Database from 'better-sqlite3'
import type { Goal, GoalStatus } from '../../model.ts'
import { newUuid, hashOf } from '../schema/row-values.ts'
import { type Context, mustFind } from './context.ts'

interface Row {
  id: number
  uuid: string
  person_id: number
  person: string
  parent_id: number | null
  what: string
  is_stretch: number
  status: GoalStatus
  due_on: string | null
  created_at: string
  closed_at: string | null
}

/** A goal with the name of its person. */
export interface NamedGoal extends Goal {
  readonly person: string
}

/** What can be said and corrected about a goal. */
interface GoalFields {
  readonly what: string
  readonly isStretch: boolean
  readonly due: string | null
}

/** One line of a goal's history. */
export interface GoalEvent {
  readonly at: string
  readonly statusFrom: GoalStatus | null
  readonly statusTo: GoalStatus
  readonly undoneAt: string | null
}

export interface Goals {
  get(id: number): NamedGoal | undefined
  /** Goals, each with its sub-goals behind it: of one person, or of everybody who is not in the archive. */
  list(filter: {
    readonly personId?: number | undefined
    readonly isOpen?: boolean
  }): readonly NamedGoal[]
  add(
    personId: number,
    fields: Pick<GoalFields, 'what'> & Partial<GoalFields>,
    parentId?: number | null,
  ): NamedGoal
  edit(id: number, fields: Partial<GoalFields>): NamedGoal
  close(id: number, status: GoalStatus): NamedGoal
  events(id: number): readonly GoalEvent[]
  /** The last change of a goal's state that was not taken back. */
  lastAct(): { readonly act: number; readonly eventId: number; readonly goalId: number } | null
  takeBack(eventId: number): void
  /** With all goals below it. Call it inside a transaction. */
  delete(id: number): void
}

const ALL = `SELECT g.id, g.uuid, g.person_id, p.name AS person, g.parent_id, g.what, g.is_stretch, g.status,
    g.due_on, g.created_at, g.closed_at
  FROM goal g JOIN person p ON p.id = g.person_id`
const ORDER = 'ORDER BY p.name, coalesce(g.parent_id, g.id), g.parent_id IS NOT NULL, g.id'
const GET = `${ALL} WHERE g.id = ?`
const LIST = `${ALL} WHERE p.archived_at IS NULL ${ORDER}`
const LIST_OF = `${ALL} WHERE g.person_id = ? ${ORDER}`
const ADD = `INSERT INTO goal (uuid, person_id, parent_id, what, is_stretch, due_on, created_at, updated_at, hash)
  VALUES (@uuid, @person, @parent, @what, @isStretch, @due, @now, @now, @hash)`
const EDIT = `UPDATE goal SET what = @what, is_stretch = @isStretch, due_on = @due, updated_at = @now, hash = @hash,
  revision = revision + 1 WHERE id = @id`
const CLOSE = `UPDATE goal SET status = @status, closed_at = @closed, updated_at = @now,
  revision = revision + 1 WHERE id = @id`
const ADD_EVENT = `INSERT INTO goal_event (uuid, goal_id, status_from, status_to, at, act)
  VALUES (@uuid, @goal, @from, @to, @now, @act)`
const EVENTS = `SELECT at, status_from AS statusFrom, status_to AS statusTo, undone_at AS undoneAt
  FROM goal_event WHERE goal_id = ? ORDER BY id`
const LAST_ACT = `SELECT act, id AS eventId, goal_id AS goalId FROM goal_event
  WHERE undone_at IS NULL AND status_from IS NOT NULL ORDER BY act DESC, id DESC LIMIT 1`
const EVENT = `SELECT goal_id AS goalId, status_from AS statusFrom FROM goal_event WHERE id = ?`
const CLOSED_AT = `SELECT at FROM goal_event WHERE goal_id = ? AND status_to = ? AND undone_at IS NULL
  ORDER BY id DESC LIMIT 1`
const UNDONE = 'UPDATE goal_event SET undone_at = ?, revision = revision + 1 WHERE id = ?'
const WITH_ALL_BELOW = `WITH RECURSIVE below (id) AS (
    SELECT ? UNION SELECT g.id FROM below b JOIN goal g ON g.parent_id = b.id)
  SELECT json_group_array(id) FROM below`
/** One by one: SQLite follows a chain of goals only a thousand steps down. */
const LOOSEN = 'UPDATE goal SET parent_id = NULL WHERE id IN (SELECT value FROM json_each(?))'
const DELETE = 'DELETE FROM goal WHERE id IN (SELECT value FROM json_each(?))'

/** The goals of a notebook. */
export function goals(context: Context): Goals {
  const { db, now } = context
  const must = (id: number) => mustFind(goalAt(db, id), `goal ${id}`)
  return {
    get: (id) => goalAt(db, id),
    list: ({ personId, isOpen }) =>
      (personId === undefined
        ? db.prepare<[], Row>(LIST).all()
        : db.prepare<[number], Row>(LIST_OF).all(personId)
      )
        .map(toGoal)
        .filter((goal) => !isOpen || goal.status === 'open'),
    add(person, fields, parent = null) {
      const bound = bind({ isStretch: false, due: null, ...fields }, now())
      const made = db.prepare(ADD).run({ ...bound, uuid: newUuid(), person, parent })
      const id = Number(made.lastInsertRowid)
      addEvent(context, id, null, 'open')
      return must(id)
    },
    edit(id, fields) {
      db.prepare(EDIT).run({ ...bind({ ...must(id), ...fields }, now()), id })
      return must(id)
    },
    close(id, status) {
      addEvent(context, id, must(id).status, status)
      setStatus(context, id, status)
      return must(id)
    },
    events: (id) => db.prepare<[number], GoalEvent>(EVENTS).all(id),
    lastAct: () =>
      db.prepare<[], { act: number; eventId: number; goalId: number }>(LAST_ACT).get() ?? null,
    takeBack: (eventId) => takeBack(context, eventId),
    delete(id) {
      const all = db.prepare<[number], string>(WITH_ALL_BELOW).pluck().get(id) ?? '[]'
      for (const sql of [LOOSEN, DELETE]) db.prepare(sql).run(all)
    },
  }
}

function goalAt(db: Database.Database, id: number): NamedGoal | undefined {
  const row = db.prepare<[number], Row>(GET).get(id)
  return row && toGoal(row)
}

function bind({ what, isStretch, due }: GoalFields, now: string) {
  return { what, isStretch: isStretch ? 1 : 0, due, now, hash: hashOf(what) }
}

function addEvent(
  { db, now, act }: Context,
  goal: number,
  from: GoalStatus | null,
  to: GoalStatus,
): void {
  db.prepare(ADD_EVENT).run({ uuid: newUuid(), goal, from, to, now: now(), act: act() })
}

function setStatus({ db, now }: Context, id: number, status: GoalStatus, closedAt = now()): void {
  const closed = status === 'open' ? null : closedAt
  db.prepare(CLOSE).run({ id, status, closed, now: now() })
}

/** Takes back a change of state. A goal that had been closed before it gets back the time of that closing. */
function takeBack(context: Context, eventId: number): void {
  const { db, now } = context
  const { goalId, statusFrom } = mustFind(
    db.prepare<[number], { goalId: number; statusFrom: GoalStatus }>(EVENT).get(eventId),
    `event ${eventId}`,
  )
  db.prepare(UNDONE).run(now(), eventId)
  const closedAt = db.prepare<[number, string], string>(CLOSED_AT).pluck().get(goalId, statusFrom)
  setStatus(context, goalId, statusFrom, closedAt)
}

function toGoal(row: Row): NamedGoal {
  return {
    id: row.id,
    uuid: row.uuid,
    personId: row.person_id,
    person: row.person,
    parentId: row.parent_id,
    what: row.what,
    isStretch: row.is_stretch === 1,
    status: row.status,
    due: row.due_on,
    createdAt: row.created_at,
    closedAt: row.closed_at,
  }
}
