import { daysBetween, type Day, localDay } from '../dates/day.ts'
import { DEFAULT_CADENCE_DAYS, type Person } from '../model.ts'
import type { PersonSummary, SeenPerson } from '../notebook/store/people.ts'

/** How many days of silence make a person due for a conversation. */
export function cadenceOf(person: Pick<Person, 'cadenceDays'>): number {
  return person.cadenceDays ?? DEFAULT_CADENCE_DAYS
}

/**
 * Whether a conversation is due: the day agreed for it has come, or, where none is agreed, there was none within the
 * cadence, counted from the day the person was added at the earliest. One that was moved to a later day is not due.
 */
export function isDueForTalk(person: PersonSummary, plannedOn: Day | null, today: Day): boolean {
  if (person.archivedAt !== null || person.relation === 'self' || person.unfinished > 0)
    return false
  if (plannedOn !== null) return plannedOn <= today
  const since = person.lastHeldOn ?? localDay(person.createdAt)
  return daysBetween(since, today) >= cadenceOf(person)
}

/** Somebody who was not seen for as long as agreed. */
export interface Unseen {
  readonly person: string
  readonly lastHeldOn: Day | null
  /** Since when silence is counted: the last conversation, or the day the person was added. */
  readonly since: Day
  readonly cadenceDays: number
  /** The day agreed for the next one, where it is still ahead. */
  readonly plannedOn: Day | null
}

/** Who was not seen within the agreed cadence. A conversation that was moved is not one that was skipped: its day is told. */
export function unseenAmong(
  people: readonly SeenPerson[],
  planned: ReadonlyMap<number, Day>,
  today: Day,
): readonly Unseen[] {
  return people.flatMap((person) => {
    if (person.archivedAt !== null || person.relation === 'self') return []
    const since = person.lastHeldOn ?? localDay(person.createdAt)
    const cadenceDays = cadenceOf(person)
    if (daysBetween(since, today) <= cadenceDays) return []
    const next = planned.get(person.id)
    const plannedOn = next !== undefined && next >= today ? next : null
    return [{ person: person.name, lastHeldOn: person.lastHeldOn, since, cadenceDays, plannedOn }]
  })
}
