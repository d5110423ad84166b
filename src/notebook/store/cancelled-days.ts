import type { Day } from '../../dates/day.ts'
import { type Context, mustFind } from './context.ts'

/** A day that an action item has no more, because the day was taken away or the item was deleted. */
export interface GoneDay {
  readonly uid: string
  /** The `uuid` of the action item. */
  readonly item: string
  readonly day: Day
  readonly at: string
}

/** What a calendar that took in an earlier export has to be told beside what there is now. */
export interface Calendar {
  /**
   * A count that is higher after every change of anything, also where an older backup was restored meanwhile, or another notebook
   * taken in that fed the same calendar. An event shows
   * more than its own row: the name of a person, whether they are in the archive, whether a line is private.
   */
  sequence(): number
  /** Keeps the count ahead of a notebook that went on elsewhere, as far as it is known how often that one was written. */
  goOnFrom(written: number): void
  /** When what is known of a person changed last. */
  changedAt(personId: number): string
  /** What was a person's, even if the item has got such a day again since. */
  gone(personId: number): readonly GoneDay[]
  /** In which session each next conversation of a person was agreed, or moved last. */
  agreedIn(personId: number): ReadonlyMap<number, number>
}

/** Calendars were given the revisions of rows once, which one write could move on by several: a start above those. */
const FIRST = 1000

const WRITTEN = 'SELECT calendar_base + generation FROM store'
const GO_ON = 'UPDATE store SET calendar_base = calendar_base + max(0, ? + 1 - generation)'
const CHANGED_AT = 'SELECT updated_at FROM person WHERE id = ?'
const GONE = `SELECT uid, substr(uid, 1, 36) AS item, day, at FROM calendar_gone
  WHERE person_id = ? ORDER BY uid`
const AGREED_IN = `SELECT id, agreed_in FROM next_session
  WHERE person_id = ? AND agreed_in IS NOT NULL`

/** The calendar of a notebook. What is gone is noted by triggers, see the migration that made the table. */
export function calendar({ db }: Context): Calendar {
  return {
    sequence: () => FIRST + (db.prepare<[], number>(WRITTEN).pluck().get() ?? 0),
    goOnFrom: (written) => void db.prepare(GO_ON).run(written),
    changedAt: (personId) =>
      mustFind(
        db.prepare<[number], string>(CHANGED_AT).pluck().get(personId),
        `person ${personId}`,
      ),
    gone: (personId) => db.prepare<[number], GoneDay>(GONE).all(personId),
    agreedIn: (personId) =>
      new Map(db.prepare<[number], [number, number]>(AGREED_IN).raw().all(personId)),
  }
}
