import type Database from 'better-sqlite3'
import { type Day, localDay } from '../../dates/day.ts'
import { hashOf } from '../schema/row-values.ts'

/** What is finished and older than a day, as the numbers of its rows. */
export interface Old {
  readonly sessions: readonly number[]
  readonly items: readonly number[]
  readonly notes: readonly number[]
  readonly goals: readonly number[]
  readonly opportunities: readonly number[]
  readonly nextSessions: readonly number[]
  /** Days that a calendar was to be told of; they hold no text. */
  readonly goneDays: readonly string[]
}

/** What is finished and older than a day, with what is told before it goes. */
export interface OldTold extends Old {
  /** Answers that go with the sessions. */
  readonly answers: number
  /** Old sessions that stay, because something agreed in them is open or was closed since. */
  readonly keptSessions: number
}

interface SessionRow {
  id: number
  day: string
  opportunity_id: number | null
}
interface ItemRow {
  id: number
  session_id: number | null
  follows_id: number | null
  goal_id: number | null
  status: string
  closed_at: string | null
  is_hidden: number
}
interface GoalRow {
  id: number
  parent_id: number | null
  status: string
  closed_at: string | null
}

const WHOSE = '(@person IS NULL OR person_id = (SELECT id FROM person WHERE uuid = @person))'
const SESSIONS = `SELECT id, opportunity_id, coalesce(held_on, planned_on, updated_at) AS day FROM session
  WHERE status IN ('done', 'cancelled') AND ${WHOSE}`
/** The first format knows no opportunities. */
const SESSIONS_FIRST = `SELECT id, NULL AS opportunity_id, coalesce(held_on, planned_on, updated_at) AS day
  FROM session WHERE status IN ('done', 'cancelled') AND ${WHOSE}`
const HIDDEN = `EXISTS (SELECT 1 FROM answer a
  WHERE a.item_id = action_item.id AND a.path LIKE '%.what' AND a.visibility = 'private') AS is_hidden`
const ITEMS = `SELECT id, session_id, follows_id, goal_id, status, closed_at, ${HIDDEN} FROM action_item`
const ITEMS_EARLY = `SELECT id, session_id, NULL AS follows_id, NULL AS goal_id, status, closed_at, ${HIDDEN}
  FROM action_item`
const ITEMS_OF = `SELECT id FROM action_item WHERE ${WHOSE}`
const GOALS = `SELECT id, parent_id, status, closed_at FROM goal`
const GOALS_OF = `SELECT id FROM goal WHERE ${WHOSE}`
const NOTES = `SELECT id, session_id, updated_at AS day FROM note
  WHERE status NOT IN ('waiting', 'draft') AND ${WHOSE}`
const OPPORTUNITIES = `SELECT id, closed_at FROM opportunity WHERE closed_at IS NOT NULL AND ${WHOSE}`
const SESSIONS_ABOUT =
  'SELECT DISTINCT opportunity_id FROM session WHERE opportunity_id IS NOT NULL AND id NOT IN (SELECT value FROM json_each(?))'
const NEXT = `SELECT id, planned_on AS day FROM next_session WHERE status <> 'planned' AND ${WHOSE}`
const GONE = `SELECT uid, day FROM calendar_gone WHERE ${WHOSE}`
const TABLES = `SELECT name FROM sqlite_schema WHERE type = 'table'`
const ANSWERS = `SELECT count(*) FROM answer WHERE session_id IN (SELECT value FROM json_each(?))
  AND state = 'answered' AND item_id IS NULL AND path NOT LIKE '%.details' AND path NOT LIKE '%.firmer'
  AND path NOT LIKE 'again%'`

/**
 * What is finished and lies wholly before a day: of one person, or of everybody. Nothing open is in it, nor what
 * something open was agreed in; a private item stays as long as one that repeats it, which is private by it.
 * @param person the UUID of the person, or null
 */
export function oldOnes(db: Database.Database, before: Day, person: string | null): OldTold {
  const tables = new Set(db.prepare<[], string>(TABLES).pluck().all())
  const all = <T>(sql: string) => db.prepare<[{ person: string | null }], T>(sql).all({ person })
  const ids = (sql: string) => new Set(all<{ id: number }>(sql).map(({ id }) => id))
  const isOld = (at: string) => (at.length > 10 ? localDay(at) : at) < before

  const isEarly = !tables.has('goal')
  const items = db.prepare<[], ItemRow>(isEarly ? ITEMS_EARLY : ITEMS).all()
  const kept = keptItems(items, isOld)
  const keptIn = new Set(
    items.flatMap(({ id, session_id: s }) => (s !== null && kept.has(id) ? s : [])),
  )
  const finished = all<SessionRow>(tables.has('opportunity') ? SESSIONS : SESSIONS_FIRST)
  const old = finished.filter(({ day }) => isOld(day))
  const sessions = old.filter(({ id }) => !keptIn.has(id)).map(({ id }) => id)
  const gone = new Set(sessions)
  const itsItems = ids(ITEMS_OF)
  const goesItem = ({ id, session_id: s }: ItemRow) =>
    s === null ? itsItems.has(id) && !kept.has(id) : gone.has(s)
  const goingItems = items.filter(goesItem)
  const stay = items.filter((item) => !goesItem(item))

  const optional = <T>(table: string, sql: string): readonly T[] =>
    tables.has(table) ? all<T>(sql) : []
  const notes = optional<{ id: number; session_id: number | null; day: string }>('note', NOTES)
  const opportunities = optional<{ id: number; closed_at: string }>('opportunity', OPPORTUNITIES)
  const about = new Set(
    tables.has('opportunity')
      ? db.prepare<[string], number>(SESSIONS_ABOUT).pluck().all(JSON.stringify(sessions))
      : [],
  )
  const goals = isEarly ? [] : oldGoals(db.prepare<[], GoalRow>(GOALS).all(), stay, isOld)
  const ownGoals = isEarly ? new Set<number>() : ids(GOALS_OF)
  return {
    sessions,
    items: goingItems.map(({ id }) => id),
    notes: notes
      .filter((note) => (note.session_id === null ? isOld(note.day) : gone.has(note.session_id)))
      .map(({ id }) => id),
    goals: goals.filter((id) => ownGoals.has(id)),
    opportunities: opportunities
      .filter(({ id, closed_at: at }) => isOld(at) && !about.has(id))
      .map(({ id }) => id),
    nextSessions: optional<{ id: number; day: string }>('next_session', NEXT)
      .filter(({ day }) => isOld(day))
      .map(({ id }) => id),
    goneDays: optional<{ uid: string; day: string }>('calendar_gone', GONE)
      .filter(({ day }) => isOld(day))
      .map(({ uid }) => uid),
    answers: Number(db.prepare(ANSWERS).pluck().get(JSON.stringify(sessions))),
    keptSessions: old.length - sessions.length,
  }
}

/** Items that are open or were closed since, and private ones that these repeat. */
function keptItems(items: readonly ItemRow[], isOld: (at: string) => boolean): ReadonlySet<number> {
  const byId = new Map(items.map((item) => [item.id, item]))
  const kept = new Set<number>()
  for (const item of items) {
    const isOpen = item.status === 'open' || item.status === 'part'
    if (!isOpen && item.closed_at !== null && isOld(item.closed_at)) continue
    kept.add(item.id)
    const before: number[] = []
    for (let at = byId.get(item.follows_id ?? 0); at; at = byId.get(at.follows_id ?? 0)) {
      before.push(at.id)
      if (at.is_hidden === 1) for (const id of before) kept.add(id)
    }
  }
  return kept
}

/** Closed goals that nothing which stays refers to, with sub-goals that are all old too. */
function oldGoals(
  goals: readonly GoalRow[],
  stay: readonly ItemRow[],
  isOld: (at: string) => boolean,
): readonly number[] {
  const used = new Set(stay.flatMap(({ goal_id: id }) => id ?? []))
  const isFree = ({ id, status, closed_at: at }: GoalRow) =>
    status !== 'open' && at !== null && isOld(at) && !used.has(id)
  return goals
    .filter(
      (goal) =>
        isFree(goal) && goals.every((child) => child.parent_id !== goal.id || isFree(child)),
    )
    .map(({ id }) => id)
}

/** In this order: what a trigger notes about items that go is old by then, and goes too. */
const DELETES: readonly (readonly [kind: keyof Old, table: string, column: string])[] = [
  ['notes', 'note', 'id'],
  ['sessions', 'session', 'id'],
  ['items', 'action_item', 'id'],
  ['goals', 'goal', 'id'],
  ['opportunities', 'opportunity', 'id'],
  ['nextSessions', 'next_session', 'id'],
  ['goneDays', 'calendar_gone', 'uid'],
]
const ITEM_DAYS = `SELECT uuid || '-due' FROM action_item WHERE id IN (SELECT value FROM json_each(@ids))
  UNION ALL SELECT uuid || '-check-in' FROM action_item WHERE id IN (SELECT value FROM json_each(@ids))`
const SAID_THERE = `UPDATE item_event SET note = NULL, hash = ?, revision = revision + 1
  WHERE session_id IN (SELECT value FROM json_each(?))`

const LOOSEN =
  'UPDATE goal SET parent_id = NULL WHERE parent_id IN (SELECT value FROM json_each(?))'

/** Deletes what {@link oldOnes} found. Call it inside the transaction in which that was found. */
export function deleteOld(db: Database.Database, old: Old): void {
  const days = db.prepare<[{ ids: string }], string>(ITEM_DAYS).pluck()
  const goneDays = [...old.goneDays, ...days.all({ ids: JSON.stringify(old.items) })]
  db.prepare(SAID_THERE).run(hashOf(null), JSON.stringify(old.sessions))
  for (const [kind, table, column] of DELETES) {
    const ids = kind === 'goneDays' ? goneDays : old[kind]
    if (ids.length === 0 || (kind === 'goneDays' && !hasCalendar(db))) continue
    // A goal below one that goes and is not old itself stays.
    if (kind === 'goals') db.prepare(LOOSEN).run(JSON.stringify(ids))
    db.prepare(`DELETE FROM ${table} WHERE ${column} IN (SELECT value FROM json_each(?))`).run(
      JSON.stringify(ids),
    )
  }
}

function hasCalendar(db: Database.Database): boolean {
  return db.prepare<[], string>(TABLES).pluck().all().includes('calendar_gone')
}
