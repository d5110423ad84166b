import type Database from 'better-sqlite3'
import { hashOf } from '../schema/row-values.ts'

/** How much of each kind is kept about one person. */
export interface KeptAbout {
  readonly sessions: number
  readonly answers: number
  readonly items: number
  readonly openItems: number
  readonly goals: number
  /** Those of the inbox, also what is still being written, and what became of earlier ones. */
  readonly notes: number
  readonly opportunities: number
  readonly nextSessions: number
  /** Whether a calendar that took in an export has days of this person. */
  readonly hasDays: boolean
}

const COUNT: Readonly<Record<Exclude<keyof KeptAbout, 'hasDays'>, string>> = {
  sessions: 'SELECT count(*) FROM session WHERE person_id = ?',
  answers: `SELECT count(*) FROM answer a JOIN session s ON s.id = a.session_id WHERE s.person_id = ?
    AND a.state = 'answered' AND a.item_id IS NULL AND a.path NOT LIKE '%.details'
    AND a.path NOT LIKE '%.firmer' AND a.path NOT LIKE 'again%'`,
  items: 'SELECT count(*) FROM action_item WHERE person_id = ?',
  openItems: `SELECT count(*) FROM action_item WHERE person_id = ? AND status IN ('open', 'part')`,
  goals: 'SELECT count(*) FROM goal WHERE person_id = ?',
  notes: 'SELECT count(*) FROM note WHERE person_id = ?',
  opportunities: 'SELECT count(*) FROM opportunity WHERE person_id = ?',
  nextSessions: `SELECT count(*) FROM next_session WHERE person_id = ? AND status = 'planned'`,
}
const HAS_DAYS = `SELECT EXISTS (SELECT 1 FROM calendar_gone WHERE person_id = @id)
  OR EXISTS (SELECT 1 FROM next_session WHERE person_id = @id)
  OR EXISTS (SELECT 1 FROM action_item WHERE person_id = @id AND coalesce(due_on, check_in_on) IS NOT NULL)`

/** What is kept about a person, counted. */
export function heldOf(db: Database.Database, personId: number): KeptAbout {
  const counted = (kind: keyof typeof COUNT) =>
    Number(db.prepare(COUNT[kind]).pluck().get(personId))
  return {
    sessions: counted('sessions'),
    answers: counted('answers'),
    items: counted('items'),
    openItems: counted('openItems'),
    goals: counted('goals'),
    notes: counted('notes'),
    opportunities: counted('opportunities'),
    nextSessions: counted('nextSessions'),
    hasDays: db.prepare(HAS_DAYS).pluck().get({ id: personId }) === 1,
  }
}

const PERSON = 'SELECT id FROM person WHERE uuid = ?'
/** Every table with rows of a person, whatever the format of the file is. What a trigger fills comes last. */
const TABLES = `SELECT m.name FROM sqlite_schema m JOIN pragma_table_xinfo(m.name) c ON c.name = 'person_id'
  WHERE m.type = 'table' ORDER BY m.name = 'calendar_gone', m.name`
/** What was said in a session with the person about what is kept for somebody else. */
const SAID_THERE = `UPDATE item_event SET note = NULL, hash = ?, revision = revision + 1
  WHERE session_id IN (SELECT id FROM session WHERE person_id = ?)`
/**
 * What is kept for others and hangs on this person, as no coach makes it: it stays, and is cut loose. Goals under goals are cut from one
 * another too, because SQLite follows such a chain only a thousand steps down.
 */
const LOOSEN: readonly (readonly [table: string, sql: string])[] = [
  [
    'action_item',
    `UPDATE action_item SET session_id = NULL WHERE person_id <> @id
      AND session_id IN (SELECT id FROM session WHERE person_id = @id)`,
  ],
  [
    'goal',
    `UPDATE goal SET parent_id = NULL WHERE parent_id IN (SELECT id FROM goal WHERE person_id = @id)
      OR (person_id = @id AND parent_id IS NOT NULL)`,
  ],
]
const DELETE_PERSON = 'DELETE FROM person WHERE id = ?'

/**
 * Deletes every row of a person, in a file of any format up to today's. Call it inside a transaction.
 * @returns whether there was such a person
 */
export function forgetPerson(db: Database.Database, uuid: string): boolean {
  const id = db.prepare<[string], number>(PERSON).pluck().get(uuid)
  if (id === undefined) return false
  // The rows refer to one another; what must hold is that none is left at the end.
  db.pragma('defer_foreign_keys = ON')
  db.prepare(SAID_THERE).run(hashOf(null), id)
  const tables = db.prepare<[], string>(TABLES).pluck().all()
  for (const [table, sql] of LOOSEN) if (tables.includes(table)) db.prepare(sql).run({ id })
  for (const table of tables) {
    db.prepare(`DELETE FROM "${table}" WHERE person_id = ?`).run(id)
  }
  db.prepare(DELETE_PERSON).run(id)
  return true
}
