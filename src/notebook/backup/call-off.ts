import type Database from 'better-sqlite3'
import { codeOf } from '../../files/durable.ts'
import { tablesIn } from '../schema/tables.ts'

interface Shown {
  readonly uid: string
  /** The `uuid` of the person. */
  readonly person: string
  readonly day: string
}

const DAYS = `SELECT i.uuid || '-due' AS uid, p.uuid AS person, i.due_on AS day
  FROM action_item i JOIN person p ON p.id = i.person_id WHERE i.due_on IS NOT NULL
  UNION SELECT i.uuid || '-check-in', p.uuid, i.check_in_on
  FROM action_item i JOIN person p ON p.id = i.person_id WHERE i.check_in_on IS NOT NULL
  UNION SELECT g.uid, p.uuid, g.day FROM calendar_gone g JOIN person p ON p.id = g.person_id`
const PLANNED = `SELECT n.uuid AS uid, p.uuid AS person, n.planned_on AS day
  FROM next_session n JOIN person p ON p.id = n.person_id WHERE n.status = 'planned'`
const ADD_DAY = `INSERT INTO calendar_gone (uid, person_id, day, sequence, at)
  SELECT @uid, id, @day, 0, @now FROM person WHERE uuid = @person`
const ADD_CANCELLED = `INSERT INTO next_session
    (uuid, person_id, status, planned_on, created_at, updated_at)
  SELECT @uid, id, 'cancelled', @day, @now, @now FROM person WHERE uuid = @person`
const KNOWN_SESSIONS = 'SELECT uuid FROM next_session'

/**
 * A calendar may have days of a notebook that a restored one, from before, does not know: they are called off in that one.
 * Days of people whom it does not know either stay where they are. Where the old notebook is damaged, nothing is done.
 */
export function callOffMissing(old: Database.Database, restored: Database.Database, now: Date) {
  try {
    if (!tablesIn(old).includes('calendar_gone')) return
    const shown = (db: Database.Database, sql: string) => db.prepare<[], Shown>(sql).all()
    const days = new Set(shown(restored, DAYS).map(({ uid }) => uid))
    const sessions = new Set(restored.prepare<[], string>(KNOWN_SESSIONS).pluck().all())
    const missingDays = shown(old, DAYS).filter(({ uid }) => !days.has(uid))
    const missingSessions = shown(old, PLANNED).filter(({ uid }) => !sessions.has(uid))
    restored.transaction(() => {
      const add = (sql: string, all: readonly Shown[]) => {
        const insert = restored.prepare(sql)
        for (const one of all) insert.run({ ...one, now: now.toISOString() })
      }
      add(ADD_DAY, missingDays)
      add(ADD_CANCELLED, missingSessions)
    })()
  } catch (error) {
    if (!/^SQLITE_(?:CORRUPT|NOTADB)/.test(codeOf(error))) throw error
  }
}
