import { type Day, localDay } from '../../dates/day.ts'
import { nextDay } from '../../dates/recurrence.ts'
import { CoachError, EXIT } from '../../errors.ts'
import { isOpen, type ItemEvent, type ItemStatus, type Outcome } from '../../model.ts'
import { hashOf } from '../schema/row-values.ts'
import type { ItemEvents } from './action-events.ts'
import type { NamedItem } from './action-row.ts'
import {
  type Change,
  isClosing,
  isSaidBy,
  type ItemState,
  type OutcomeDetail,
  stateAfter,
  stateBefore,
  stateOn,
} from './action-state.ts'
import { type Context, mustFind } from './context.ts'

/** What became of action items, and its history. */
export interface Outcomes {
  /**
   * @returns the number of the next one, where closing a recurring item made it
   * @throws CoachError (4) when the item has been closed meanwhile
   */
  settle(id: number, outcome: Outcome, detail?: OutcomeDetail): number | null
  /**
   * Settles an item in a session, or, with null, takes back what the session said about it. Said again, it
   * replaces what the same session said before, unless something else has happened to the item since.
   */
  settleIn(sessionId: number, id: number, outcome: Outcome | null, detail: OutcomeDetail): void
  /** Notes that the look half way took place. */
  checkOff(id: number): void
  events(id: number): readonly ItemEvent[]
  /** The repetition that closing a recurring item has made. */
  nextOf(id: number): number | null
  /** The events of the last act that changed a state and was not taken back; the act, and what it changed. */
  lastAct(): { readonly act: number; readonly events: readonly Change[] } | null
  /** Takes back one change of state. @returns what becomes of the repetition that was made by it */
  takeBack(change: Change): Next
}

/** The repetition that a closing made: gone with it again, or kept, because it has been changed since. */
interface Next {
  readonly kept: number | null
  readonly gone: number | null
}

/** What the history needs of the items themselves. */
interface Items {
  get(id: number): NamedItem
  /** Makes the next one of a recurring item; null where it is there already, from another copy of the notebook. */
  repeat(item: NamedItem, due: Day): number | null
  delete(id: number): void
}

const SETTLE = `UPDATE action_item SET status = @status, due_on = @due, carried = @carried, check_in_on = @checkIn,
    closed_at = @closed, updated_at = @now, revision = revision + 1
  WHERE id = @id`
const EVENTS = `SELECT at, kind, status_from AS statusFrom, status_to AS statusTo, due_from AS dueFrom,
    due_to AS dueTo, note, session_id AS sessionId, undone_at AS undoneAt
  FROM item_event WHERE item_id = ? ORDER BY id`
const CHANGE = `SELECT id, item_id AS itemId, session_id AS sessionId, kind, status_from AS statusFrom,
    status_to AS statusTo, due_from AS dueFrom, due_to AS dueTo, check_in_from AS checkInFrom, act
  FROM item_event`
const SETTLED_BY = `${CHANGE} WHERE item_id = ? AND session_id = ? AND kind IN ('status', 'carried')
  AND undone_at IS NULL ORDER BY id DESC`
const LAST_EVENT = `${CHANGE} WHERE item_id = ? AND kind <> 'checked' AND undone_at IS NULL
  ORDER BY id DESC LIMIT 1`
const LAST_CHANGE = `${CHANGE} WHERE undone_at IS NULL AND kind IN ('status', 'carried', 'checked')
  ORDER BY act DESC, id DESC LIMIT 1`
const OF_ACT = `${CHANGE} WHERE act = ? AND undone_at IS NULL AND kind IN ('status', 'carried', 'checked')
  ORDER BY id`
const NOTE = 'UPDATE item_event SET note = ?, hash = ?, revision = revision + 1 WHERE id = ?'
const UNDONE = 'UPDATE item_event SET undone_at = ?, revision = revision + 1 WHERE id = ?'
const DELETE_EVENT = 'DELETE FROM item_event WHERE id = ?'
/** The repetition of an item, and whether it is as it was made: nothing was said about it since, and nothing corrected. */
const NEXT = `SELECT n.id, n.hash = i.hash AND n.owner = i.owner AND n.repeat IS i.repeat AND n.goal_id IS i.goal_id
    AND n.check_in_given = 0 AND n.due_on IS (SELECT due_to FROM item_event e WHERE e.item_id = n.id AND e.kind = 'created')
    AND NOT EXISTS (SELECT 1 FROM item_event e WHERE e.item_id = n.id AND e.kind <> 'created' AND e.undone_at IS NULL)
    AS isUntouched
  FROM action_item n JOIN action_item i ON i.id = n.follows_id WHERE n.follows_id = ? ORDER BY n.id DESC LIMIT 1`
const AGREED = `SELECT due_to FROM item_event WHERE item_id = ? AND kind IN ('created', 'edited')
  ORDER BY id DESC LIMIT 1`
const FIRST_AGREED = `WITH RECURSIVE line (id, follows_id) AS (
    SELECT id, follows_id FROM action_item WHERE id = ?
    UNION SELECT i.id, i.follows_id FROM line l JOIN action_item i ON i.id = l.follows_id)
  SELECT e.due_to FROM line l JOIN item_event e ON e.item_id = l.id AND e.kind IN ('created', 'edited')
  WHERE l.follows_id IS NULL ORDER BY e.id DESC LIMIT 1`

/** What the outcomes of items are written with. */
interface Book extends Context {
  readonly items: Items
  readonly history: ItemEvents
}

/** What became of the action items of a notebook. */
export function outcomes(context: Context, items: Items, history: ItemEvents): Outcomes {
  const book: Book = { ...context, items, history }
  const { db } = context
  return {
    settle: (id, outcome, detail = {}) => settle(book, id, outcome, detail),
    settleIn: (sessionId, id, outcome, detail) => settleIn(book, sessionId, id, outcome, detail),
    checkOff: (id) => checkOff(book, id),
    nextOf: (id) => nextOf(book, id)?.id ?? null,
    events: (id) => db.prepare<[number], ItemEvent>(EVENTS).all(id),
    lastAct: () => lastAct(book),
    takeBack(change) {
      db.prepare(UNDONE).run(book.now(), mustFind(change.id, 'a change'))
      return restore(book, change)
    },
  }
}

function settle(book: Book, id: number, outcome: Outcome, detail: OutcomeDetail): number | null {
  const before = book.items.get(id)
  if (before.closedAt !== null) {
    throw new CoachError(
      EXIT.busy,
      `Action item ${id} was closed meanwhile (${before.status}). Nothing was changed.`,
      `See its history with: coach action show ${id}`,
    )
  }
  const after = stateAfter(before, outcome, detail, todayOf(book))
  const { status, due } = after
  put(book, id, after, book.history.saidAt(detail.sessionId ?? null, before))
  const kind = outcome === 'carried' ? 'carried' : 'status'
  book.history.add(before, kind, { ...detail, status, due })
  return repeat(book, before, status)
}

/** A session may say something anew: its last word replaces what it said before, as long as nothing else has happened since. */
function settleIn(
  book: Book,
  sessionId: number,
  id: number,
  outcome: Outcome | null,
  detail: OutcomeDetail,
): void {
  const { db } = book
  const last = db.prepare<[number], Change>(LAST_EVENT).get(id)
  const own = db.prepare<[number, number], Change>(SETTLED_BY).get(id, sessionId)
  const isSaid = own !== undefined && isSaidBy(own, outcome, detail)
  if (own && (own.id !== last?.id || isSaid)) {
    if (own.kind === 'carried' && outcome === 'carried' && !isSaid) {
      moveDay(book, id, detail.to ?? own.dueFrom, sessionId)
    }
    db.prepare(NOTE).run(detail.note ?? null, hashOf(detail.note ?? null), own.id)
    return
  }
  if (own) {
    restore(book, own)
    db.prepare(DELETE_EVENT).run(own.id)
  }
  if (outcome) settle(book, id, outcome, { ...detail, sessionId })
}

/** Another day for an item to which something else has happened since it was carried. */
function moveDay(book: Book, id: number, due: Day | null, sessionId: number): void {
  const item = book.items.get(id)
  if (item.closedAt !== null || item.due === due) return
  put(book, id, stateOn(item, due, todayOf(book)))
  book.history.dayChanged(item, due, sessionId)
}

function checkOff(book: Book, id: number): void {
  const item = book.items.get(id)
  const { status, due, carried } = item
  book.history.add(item, 'checked', { status, due })
  put(book, id, { status, due, carried, checkIn: null })
}

/** Puts an item back as it was before a change. @returns what becomes of the repetition that the change made */
function restore(book: Book, change: Change): Next {
  const item = book.items.get(change.itemId)
  put(book, item.id, stateBefore(item, change))
  const next = isClosing(change) && item.repeat !== null ? nextOf(book, item.id) : undefined
  if (!next) return { kept: null, gone: null }
  if (next.isUntouched === 0) return { kept: next.id, gone: null }
  book.items.delete(next.id)
  return { kept: null, gone: next.id }
}

/** Only closing an item makes the next one: not the day that passes (recurrence by date is where such programs fail). */
function repeat(book: Book, item: NamedItem, status: ItemStatus): number | null {
  if (item.repeat === null || (status !== 'done' && status !== 'missed')) return null
  // The one that was made before, and kept when the closing was taken back, is the next one.
  if (nextOf(book, item.id)) return null
  const agreed = dayOf(book, AGREED, item.id) ?? item.due
  const first = dayOf(book, FIRST_AGREED, item.id) ?? agreed
  return book.items.repeat(item, nextDay(item.repeat, agreed, first, todayOf(book)))
}

function lastAct({ db }: Context): ReturnType<Outcomes['lastAct']> {
  const last = db.prepare<[], Change & { act: number }>(LAST_CHANGE).get()
  if (!last) return null
  const all = last.act === 0 ? [last] : db.prepare<[number], Change>(OF_ACT).all(last.act)
  return { act: last.act, events: all }
}

function put({ db, now }: Context, id: number, state: ItemState, closedAt = now()): void {
  const closed = isOpen(state.status) ? null : closedAt
  db.prepare(SETTLE).run({ id, ...state, closed, now: now() })
}

function nextOf({ db }: Context, id: number) {
  return db.prepare<[number], { id: number; isUntouched: number }>(NEXT).get(id)
}

function dayOf({ db }: Context, sql: string, id: number): Day | null {
  return db.prepare<[number], Day | null>(sql).pluck().get(id) ?? null
}

function todayOf({ now }: Context): Day {
  return localDay(now())
}
