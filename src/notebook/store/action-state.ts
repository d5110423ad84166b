import { type Day, halfWay } from '../../dates/day.ts'
import type { ActionFields, ActionItem, ItemStatus, Outcome } from '../../model.ts'

/** What an outcome changes of an action item. */
export interface ItemState {
  readonly status: ItemStatus
  readonly due: Day | null
  readonly checkIn: Day | null
  readonly carried: number
}

/** What goes with an outcome: a reason, a new day, and the session in which it was said. */
export interface OutcomeDetail {
  readonly note?: string | null
  readonly to?: string | null
  readonly sessionId?: number | null
}

/** A change of an item's state or day, as it can be taken back. */
export interface Change {
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

/** The parts of an item that its state is worked out from. */
type Settled = Pick<ActionItem, 'status' | 'due' | 'check_in' | 'carried'> & Given

/** Whether the manager set the check-in, or took it away: then it is not worked out from the due day. */
interface Given {
  readonly isCheckInGiven: boolean
}

/** The state that an outcome brings an item into. */
export function stateAfter(
  item: Settled,
  outcome: Outcome,
  { to }: OutcomeDetail,
  today: Day,
): ItemState {
  if (outcome === 'carried') {
    return { ...stateOn(item, to ?? item.due, today), carried: item.carried + 1 }
  }
  const { due, carried } = item
  const isOpen = outcome === 'part'
  const checkIn = isOpen ? checkInOn(item, due, today) : item.check_in
  return { status: outcome, due, checkIn, carried }
}

/** The state of an open item with another due day. */
export function stateOn(item: Settled, due: Day | null, today: Day): ItemState {
  const { status, carried } = item
  return { status, due, carried, checkIn: checkInOn(item, due, today) }
}

/** The state of an item before a change. A day that was set since stays, and the check-in with it. */
export function stateBefore(item: Settled, change: Change): ItemState {
  const isDayKept = item.due === change.dueTo
  return {
    status: change.statusFrom,
    due: isDayKept ? change.dueFrom : item.due,
    checkIn: isDayKept ? change.checkInFrom : item.check_in,
    carried: item.carried - (change.kind === 'carried' ? 1 : 0),
  }
}

/** Whether a change closed an item, so that a recurring one was repeated. */
export function isClosing({ kind, statusTo }: Change): boolean {
  return kind !== 'carried' && (statusTo === 'done' || statusTo === 'missed')
}

/** Whether a change is what is said once more, be it with another reason. */
export function isSaidBy(change: Change, outcome: Outcome | null, { to }: OutcomeDetail): boolean {
  if (change.kind === 'carried') {
    return outcome === 'carried' && change.dueTo === (to ?? change.dueFrom)
  }
  return outcome === change.statusTo
}

/** A check-in whose day has come took place when something was said about the item; a new due day has a new one. */
function checkInOn(item: Settled, due: Day | null, today: Day): Day | null {
  if (due !== item.due && !item.isCheckInGiven) return due && halfWay(today, due)
  return item.check_in !== null && item.check_in > today ? item.check_in : null
}

/** The check-in of a new item: the day that was given, none where it was taken away, else half way to the due day. */
export function firstCheckIn(
  fields: Pick<Partial<ActionFields>, 'due' | 'check_in'>,
  today: Day,
): Given & { readonly checkIn: Day | null } {
  const { due = null, check_in: given } = fields
  if (given !== undefined) return { checkIn: given, isCheckInGiven: true }
  return { checkIn: due && halfWay(today, due), isCheckInGiven: false }
}

/** The check-in of an item that is corrected. A day that was given and is no longer before the due day is worked out anew. */
export function checkInAfterEdit(
  before: Pick<ActionFields, 'due' | 'check_in'> & Given,
  fields: Pick<Partial<ActionFields>, 'due' | 'check_in'>,
  today: Day,
): Given & { readonly checkIn: Day | null } {
  const { due, check_in: checkIn } = { ...before, ...fields }
  const isMoved = due !== before.due
  const isTooLate = due !== null && checkIn !== null && checkIn >= due
  const isCheckInGiven =
    (fields.check_in !== undefined || before.isCheckInGiven) && !(isTooLate && isMoved)
  const isKept = isCheckInGiven || !isMoved
  return { checkIn: isKept ? checkIn : due && halfWay(today, due), isCheckInGiven }
}
