import { cadenceOf } from '../../followup/talks-due.ts'
import type { PersonSummary } from '../../notebook/store/people.ts'
import { count } from '../../text/text.ts'
import { columns, type Style } from '../../output/layout.ts'
import { sayAgo } from '../wording.ts'

const RELATION_WORDS = { report: '', self: 'yourself', coach: 'your coach' } as const

/** Everybody, with the last conversation and what is open. */
export function renderPeople(people: readonly PersonSummary[], style: Style): string {
  const rows = people.map((person) => [
    person.name,
    [
      person.lastHeldOn
        ? `last talked ${sayAgo(person.lastHeldOn, style.today)}`
        : 'not talked yet',
      ...(person.openItems > 0 ? [`${person.openItems} open`] : []),
      ...(person.unfinished > 0 ? [`${count(person.unfinished, 'session')} unfinished`] : []),
      ...(person.role ? [person.role] : []),
      ...(RELATION_WORDS[person.relation] ? [RELATION_WORDS[person.relation]] : []),
      ...(person.leadsOthers ? ['leads others'] : []),
      ...(person.archivedAt ? ['archived'] : []),
    ].join(' · '),
  ])
  return `${columns(rows, style.width)}\n`
}

/** The shape of `coach people --json` and `coach person show --json`. */
export function personJson(person: PersonSummary): object {
  return {
    id: person.id,
    uuid: person.uuid,
    name: person.name,
    relation: person.relation,
    role: person.role,
    leads_others: person.leadsOthers,
    cadence_days: cadenceOf(person),
    archived: person.archivedAt !== null,
    last_held_on: person.lastHeldOn,
    open_items: person.openItems,
    unfinished_sessions: person.unfinished,
  }
}
