import { type Day, halfWay, localDay } from '../../dates/day.ts'
import { CoachError, EXIT } from '../../errors.ts'
import type { ItemEvent, ItemStatus, Outcome } from '../../model.ts'
import { nextDay } from '../../dates/recurrence.ts'
import { hashOf } from '../schema/row-values.ts'
import { type Context, mustFind } from './context.ts'
import type { ItemEvents } from './action-events.ts'
import type { NamedItem } from './action-row.ts'

/** What goes with an outcome: a reason, a new day, and the session in which it was said. */
interface OutcomeDetail {
  readonly note?: string | null
  readonly to?: string | null
  readonly sessionId?: number | null
}

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

/** A change of an item's state or day, as it can be taken back. */
interface Change {
  readonly id: number
  readonly itemId: number
  readonly sessionId: number | null
  readonly kind: 'status' | 'carried' | 'checked'
  readonly statusFrom: ItemStatus
  readonly statusTo: ItemStatus
  readonly dueFrom: string | null
  readonly dueTo: string | null
  readonly checkInFrom: string | null
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

/** What became of the action items of a notebook. */
export function outcomes({ db, now }: Context, items: Items, history: ItemEvents): Outcomes {
  const today = () => localDay(now())
  const put = (id: number, state: ItemState, closedAt = now()) => {
    const isOpen = state.status === 'open' || state.status === 'part'
    db.prepare(SETTLE).run({ id, ...state, closed: isOpen ? null : closedAt, now: now() })
  }
  /** A check-in whose day has come took place when something was said about the item; a new due day has a new one. */
  const checkInAfter = (item: NamedItem, isOpen: boolean, due: Day | null): Day | null => {
    const { check_in: checkIn } = item
    if (!isOpen) return checkIn
    if (due !== item.due && !item.isCheckInGiven) return due && halfWay(today(), due)
    return checkIn !== null && checkIn > today() ? checkIn : null
  }
  const dayOf = (sql: string, id: number) =>
    db.prepare<[number], string | null>(sql).pluck().get(id) ?? null

  const nextOf = (id: number) =>
    db.prepare<[number], { id: number; isUntouched: number }>(NEXT).get(id)

  /** Only closing an item makes the next one: not the day that passes (recurrence by date is where such programs fail). */
  const repeated = (item: NamedItem, status: ItemStatus): number | null => {
    if (item.repeat === null || (status !== 'done' && status !== 'missed')) return null
    // The one that was made before, and kept when the closing was taken back, is the next one.
    if (nextOf(item.id)) return null
    const agreed = dayOf(AGREED, item.id) ?? item.due
    const due = nextDay(item.repeat, agreed, dayOf(FIRST_AGREED, item.id) ?? agreed, today())
    return items.repeat(item, due)
  }
  const settle: Outcomes['settle'] = (id, outcome, detail = {}) => {
    const before = items.get(id)
    if (before.closedAt !== null) {
      throw new CoachError(
        EXIT.busy,
        `Action item ${id} was closed meanwhile (${before.status}). Nothing was changed.`,
        `See its history with: coach action show ${id}`,
      )
    }
    const isCarried = outcome === 'carried'
    const status = isCarried ? before.status : outcome
    const due = isCarried ? (detail.to ?? before.due) : before.due
    const isOpen = status === 'open' || status === 'part'
    const checkIn = checkInAfter(before, isOpen, due)
    const at = history.saidAt(detail.sessionId ?? null, before)
    put(id, { status, due, checkIn, carried: before.carried + (isCarried ? 1 : 0) }, at)
    history.add(before, isCarried ? 'carried' : 'status', { ...detail, status, due })
    return repeated(before, status)
  }
  const restore = (change: Change): Next => {
    const item = items.get(change.itemId)
    const isCarried = change.kind === 'carried'
    // A day that was set since stays, and the check-in with it.
    const isDayKept = item.due === change.dueTo
    put(item.id, {
      status: change.statusFrom,
      due: isDayKept ? change.dueFrom : item.due,
      checkIn: isDayKept ? change.checkInFrom : item.check_in,
      carried: item.carried - (isCarried ? 1 : 0),
    })
    const isClosing = change.statusTo === 'done' || change.statusTo === 'missed'
    const next = isClosing && !isCarried && item.repeat !== null ? nextOf(item.id) : undefined
    if (!next) return { kept: null, gone: null }
    if (next.isUntouched === 0) return { kept: next.id, gone: null }
    items.delete(next.id)
    return { kept: null, gone: next.id }
  }

  /** Another day for an item to which something else has happened since it was carried. */
  const moveDay = (item: NamedItem, due: Day | null, sessionId: number) => {
    if (item.closedAt !== null || item.due === due) return
    const { status, carried } = item
    put(item.id, { status, carried, due, checkIn: checkInAfter(item, true, due) })
    history.dayChanged(item, due, sessionId)
  }

  return {
    settle,
    settleIn(sessionId, id, outcome, detail) {
      const last = db.prepare<[number], Change>(LAST_EVENT).get(id)
      const own = db.prepare<[number, number], Change>(SETTLED_BY).get(id, sessionId)
      const isSaid = own !== undefined && isSame(own, outcome, detail)
      if (own && (own.id !== last?.id || isSaid)) {
        if (own.kind === 'carried' && outcome === 'carried' && !isSaid) {
          moveDay(items.get(id), detail.to ?? own.dueFrom, sessionId)
        }
        db.prepare(NOTE).run(detail.note ?? null, hashOf(detail.note ?? null), own.id)
        return
      }
      if (own) {
        restore(own)
        db.prepare(DELETE_EVENT).run(own.id)
      }
      if (outcome) settle(id, outcome, { ...detail, sessionId })
    },
    checkOff(id) {
      const item = items.get(id)
      history.add(item, 'checked', { status: item.status, due: item.due })
      const { status, due, carried } = item
      put(id, { status, due, carried, checkIn: null })
    },
    nextOf: (id) => nextOf(id)?.id ?? null,
    events: (id) => db.prepare<[number], ItemEvent>(EVENTS).all(id),
    lastAct() {
      const last = db.prepare<[], Change & { act: number }>(LAST_CHANGE).get()
      if (!last) return null
      const all = last.act === 0 ? [last] : db.prepare<[number], Change>(OF_ACT).all(last.act)
      return { act: last.act, events: all }
    },
    takeBack(change) {
      db.prepare(UNDONE).run(now(), mustFind(change.id, 'a change'))
      return restore(change)
    },
  }
}

/** Whether a change is what is said once more, be it with another reason. */
function isSame(change: Change, outcome: Outcome | null, { to }: OutcomeDetail): boolean {
  if (change.kind === 'carried') {
    return outcome === 'carried' && change.dueTo === (to ?? change.dueFrom)
  }
  return outcome === change.statusTo
}

/** What settling an item changes of it. */
interface ItemState {
  readonly status: ItemStatus
  readonly due: Day | null
  readonly checkIn: Day | null
  readonly carried: number
}
