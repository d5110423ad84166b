import type Database from 'better-sqlite3'
import { actions } from '../store/actions.ts'
import { answers } from '../store/answers/answers.ts'
import type { Context } from '../store/context.ts'
import { goals } from '../store/goals.ts'
import type { Deletable } from './copies.ts'
import { nextSessions } from '../store/next-sessions.ts'
import { notes } from '../store/notes.ts'
import { opportunities } from '../store/opportunities.ts'
import { sessions } from '../store/sessions.ts'

const TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table'"
/** The goals below some goals, and these themselves, by UUID. */
const BELOW = `WITH RECURSIVE below (id) AS (
    SELECT id FROM goal WHERE uuid IN (SELECT value FROM json_each(?))
    UNION SELECT g.id FROM below b JOIN goal g ON g.parent_id = b.id)
  SELECT g.uuid FROM below b JOIN goal g ON g.id = b.id`
/** Cuts goals loose from parents that are not among them. */
const LOOSEN = `UPDATE goal SET parent_id = NULL WHERE uuid IN (SELECT value FROM json_each(@uuids))
  AND parent_id IN (SELECT id FROM goal WHERE uuid NOT IN (SELECT value FROM json_each(@uuids)))`

/** The rows of the same table that go with a row, this one too, by UUID: the sub-goals of a goal. */
export function goingWith(
  db: Database.Database,
  table: Deletable,
  uuid: string,
): readonly string[] {
  return table === 'goal' ? goalsBelow(db, [uuid]) : [uuid]
}

/**
 * Deletes rows with all that belongs to them, in a file of any format up to today's. Call it inside a transaction.
 * @param stays which goals stay although they are below one that goes: elsewhere they have another place by now
 * @returns whether there was such a row
 */
export function deleteRows(
  context: Context,
  table: Deletable,
  uuids: readonly string[],
  stays: (uuid: string) => boolean = () => false,
): boolean {
  const { db } = context
  const tables = new Set(db.prepare<[], string>(TABLES).pluck().all())
  if (!tables.has(table)) return false
  if (table === 'goal') {
    const staying = goalsBelow(db, uuids).filter(stays)
    db.prepare(LOOSEN).run({ uuids: JSON.stringify(staying) })
  }
  const idOf = db.prepare<[string], number>(`SELECT id FROM ${table} WHERE uuid = ?`).pluck()
  let isAny = false
  for (const uuid of uuids) {
    // Asked for one by one: a sub-goal is gone with its goal.
    const id = idOf.get(uuid)
    if (id === undefined) continue
    DELETES[table](context, id, tables)
    isAny = true
  }
  return isAny
}

const goalsBelow = (db: Database.Database, uuids: readonly string[]) =>
  db.prepare<[string], string>(BELOW).pluck().all(JSON.stringify(uuids))

type Delete = (context: Context, id: number, tables: ReadonlySet<string>) => void

const DELETES = {
  session(context, id, tables) {
    // The first formats know neither an inbox nor an agreed next conversation.
    if (tables.has('note')) notes(context).giveBack(id)
    if (tables.has('next_session')) nextSessions(context).forget(id)
    sessions(context).delete(id)
  },
  action_item(context, id) {
    const others = {
      opportunities: opportunities(context),
      sessions: sessions(context),
      notes: notes(context),
      nextSessions: nextSessions(context),
    }
    answers(context, actions(context), others).deleteItem(id)
  },
  note: (context, id) => notes(context).delete(id),
  goal: (context, id) => goals(context).delete(id),
  opportunity: (context, id) => opportunities(context).delete(id),
} satisfies Record<Deletable, Delete>
