import { type Day, localDay, noonOf } from '../../dates/day.ts'
import type { ActionItem, ItemEvent, ItemStatus, SessionStatus } from '../../model.ts'
import { newUuid, hashOf } from '../schema/row-values.ts'
import { type Context } from './context.ts'

/** What an event says of an item beside what it was before. */
interface EventAfter {
  readonly status: ItemStatus
  readonly due: Day | null
  readonly note?: string | null
  readonly sessionId?: number | null
  /** The UUID of the event, where it is known before it is written. */
  readonly uuid?: string | undefined
}

/** The history of action items as it is written. */
export interface ItemEvents {
  add(item: ActionItem, kind: ItemEvent['kind'], after: EventAfter): void
  /**
   * When something was said: now, or on the day of the session, where a past conversation is recorded later. Nothing became of an
   * item before it was there.
   */
  saidAt(sessionId: number | null, item?: ActionItem): string
  /** A day that was given to an item in a session, or by hand: within one pass, the last one counts. */
  dayChanged(before: ActionItem, due: Day | null, sessionId: number | null): void
  /** What was corrected by hand stands in the place of a reason. */
  corrected(before: ActionItem, due: Day | null, fields: readonly string[]): void
}

const ADD = `INSERT INTO item_event
    (uuid, item_id, session_id, kind, status_from, status_to, due_from, due_to, check_in_from,
    note, at, hash, act)
  VALUES (@uuid, @item, @session, @kind, @statusFrom, @statusTo, @dueFrom, @dueTo, @checkInFrom,
    @note, @at, @hash, @act)`
const SESSION = 'SELECT status, held_on AS heldOn FROM session WHERE id = ?'
const LAST = `SELECT id, kind, session_id AS sessionId, due_from AS dueFrom, at FROM item_event
  WHERE item_id = ? ORDER BY id DESC LIMIT 1`
const NEW_DAY = 'UPDATE item_event SET due_to = ?, revision = revision + 1 WHERE id = ?'
const DELETE = 'DELETE FROM item_event WHERE id = ?'

interface Last {
  readonly id: number
  readonly kind: ItemEvent['kind']
  readonly sessionId: number | null
  readonly dueFrom: Day | null
  readonly at: string
}

/** The history of the items of a notebook. */
export function itemEvents({ db, now, act }: Context): ItemEvents {
  const sessionOf = (id: number | null) =>
    id === null
      ? undefined
      : db.prepare<[number], { status: SessionStatus; heldOn: Day | null }>(SESSION).get(id)
  const saidAt = (sessionId: number | null, item?: ActionItem): string => {
    const heldOn = sessionOf(sessionId)?.heldOn ?? null
    const said = heldOn !== null && heldOn < localDay(now()) ? noonOf(heldOn) : now()
    return item && said < item.createdAt ? item.createdAt : said
  }
  const add: ItemEvents['add'] = (item, kind, after) => {
    const [session, isNew] = [after.sessionId ?? null, kind === 'created']
    db.prepare(ADD).run({
      uuid: after.uuid ?? newUuid(),
      item: item.id,
      session,
      kind,
      statusFrom: isNew ? null : item.status,
      statusTo: after.status,
      dueFrom: isNew ? null : item.due,
      dueTo: after.due,
      checkInFrom: isNew ? null : item.check_in,
      note: after.note ?? null,
      // A day that is corrected later is corrected then, whatever session it is about.
      at: kind === 'edited' ? now() : saidAt(session, item),
      hash: hashOf(after.note ?? null),
      act: act(),
    })
  }
  /** The event that a new day only changes: the agreement itself, or a change of the day in the same pass. */
  const sameBreath = (itemId: number, sessionId: number): Last | undefined => {
    const last = db.prepare<[number], Last>(LAST).get(itemId)
    if (!last || last.sessionId !== sessionId) return undefined
    const isDone = sessionOf(sessionId)?.status === 'done'
    if (last.kind === 'created') return isDone ? undefined : last
    const isOfToday = localDay(last.at) === localDay(now())
    return last.kind === 'edited' && (!isDone || isOfToday) ? last : undefined
  }
  return {
    add,
    saidAt,
    dayChanged(before, due, sessionId) {
      const last = sessionId === null ? undefined : sameBreath(before.id, sessionId)
      if (!last) add(before, 'edited', { status: before.status, due, sessionId })
      else if (last.kind === 'edited' && last.dueFrom === due) db.prepare(DELETE).run(last.id)
      else db.prepare(NEW_DAY).run(due, last.id)
    },
    corrected(before, due, fields) {
      const isMoved = before.due !== due
      const others = fields.filter((one) => one !== 'due' && !(isMoved && one === 'check_in'))
      const note = others.length > 0 ? others.join(', ') : null
      add(before, 'edited', { status: before.status, due, note })
    },
  }
}
