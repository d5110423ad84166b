import { localDay } from '../../dates/day.ts'
import { usageError } from '../../errors.ts'
import type { Dossier } from '../../export/personal-data.ts'
import type { Person } from '../../model.ts'
import { namesIn, piecesOf, withoutNames } from '../../text/person-names.ts'
import type { Exchange } from '../../notebook/exchange/exchange.ts'
import type { Row } from '../../notebook/schema/tables.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import type { World } from '../../world.ts'
import { fold } from '../../text/folding.ts'

/**
 * All that is kept about a person: private lines, what was passed over, what was begun, the inbox, and the history of every
 * item with what was taken back. The names of everybody else in the notebook are taken out; where what is kept about
 * others speaks of the person, only the place is told.
 */
export function dossierOf(
  world: World,
  notebook: Notebook,
  person: Person,
  exchange: Exchange,
): Dossier {
  if (person.relation === 'self') {
    throw usageError(
      'With --everything goes a person whom you coach, not yourself.',
      'Your own talks are in: coach export all',
    )
  }
  const rows = exchange.rowsOfPerson(person.id)
  const people = notebook.people.list()
  const names = people
    .filter(({ id, relation }) => id !== person.id && relation !== 'self')
    .flatMap(({ name }) => partsBeside(name, person.name))
  const hide = (text: string) => withoutNames(text, names)
  const hideAny = (text: string | null) => (text === null ? null : hide(text))
  const dayOf = (at: unknown) => (typeof at === 'string' ? localDay(at) : null)
  const text = (row: Row, column: string) => {
    const value = row[column] ?? null
    return value === null ? null : String(value)
  }
  const must = (row: Row, column: string) => text(row, column) ?? ''

  const sessions = notebook.sessions.list(person.id).toSorted((a, b) => a.id - b.id)
  const addedOn = localDay(person.createdAt)
  const first = sessions.flatMap(({ heldOn }) => heldOn ?? [])
  return {
    coach: 'everything about a person',
    schema: 1,
    exported_on: world.today(),
    since: [addedOn, ...first].toSorted()[0] ?? addedOn,
    person: {
      name: person.name,
      relation: person.relation,
      role: hideAny(person.role),
      leads_others: person.leadsOthers,
      cadence_days: person.cadenceDays,
      added_on: addedOn,
      archived_on: dayOf(person.archivedAt),
    },
    sessions: sessions.map((session) => ({
      id: session.id,
      guide: session.guideTitle,
      status: session.status,
      held_on: session.heldOn,
      planned_on: session.plannedOn,
      begun_on: localDay(session.createdAt),
      answers: notebook.answers.of(session.id).map((answer) => ({
        round: answer.round,
        path: answer.path,
        pass: answer.pass,
        state: answer.state,
        visibility: answer.visibility,
        kind: answer.kind,
        wording: hide(answer.wording),
        value: hideAny(answer.value),
        unfinished: hideAny(answer.draft),
        item: answer.itemId,
      })),
    })),
    action_items: notebook.actions
      .list({ personId: person.id })
      .toSorted((a, b) => a.id - b.id)
      .map((item) => ({
        id: item.id,
        session: item.sessionId,
        status: item.status,
        owner: item.owner,
        what: hide(item.what),
        due_on: item.due,
        check_in_on: item.check_in,
        if: hideAny(item.if),
        then: hideAny(item.then),
        else: hideAny(item.else),
        obstacle: hideAny(item.obstacle),
        measure: hideAny(item.measure),
        result: hideAny(item.result),
        support: hideAny(item.support),
        repeat: item.repeat,
        goal: item.goal,
        carried: item.carried,
        created_on: localDay(item.createdAt),
        closed_on: dayOf(item.closedAt),
        history: notebook.actions.events(item.id).map((event) => ({
          at: event.at,
          kind: event.kind,
          status_from: event.statusFrom,
          status_to: event.statusTo,
          due_from: event.dueFrom,
          due_to: event.dueTo,
          note: hideAny(event.note),
          taken_back_at: event.undoneAt,
        })),
      })),
    goals: notebook.goals.list({ personId: person.id }).map((goal) => ({
      id: goal.id,
      part_of: goal.parentId,
      what: hide(goal.what),
      stretch: goal.isStretch,
      status: goal.status,
      due_on: goal.due,
      created_on: localDay(goal.createdAt),
      closed_on: dayOf(goal.closedAt),
      history: notebook.goals.events(goal.id).map((event) => ({
        at: event.at,
        status_from: event.statusFrom,
        status_to: event.statusTo,
        taken_back_at: event.undoneAt,
      })),
    })),
    notes: (rows.get('note') ?? []).map((row) => ({
      id: Number(row['id']),
      status: must(row, 'status'),
      session: row['session_id'] === null ? null : Number(row['session_id']),
      written_on: localDay(must(row, 'created_at')),
      text: hide(must(row, 'text')),
    })),
    opportunities: (rows.get('opportunity') ?? []).map((row) => ({
      id: Number(row['id']),
      name: hide(must(row, 'name')),
      stage: text(row, 'stage'),
      closed_on: dayOf(row['closed_at']),
    })),
    agreed_conversations: (rows.get('next_session') ?? []).map((row) => ({
      planned_on: must(row, 'planned_on'),
      status: must(row, 'status'),
      moved: Number(row['moved']),
    })),
    days_called_off: (rows.get('calendar_gone') ?? []).map((row) => ({
      day: must(row, 'day'),
      at: must(row, 'at'),
    })),
    mentions: mentionsOf(notebook, person, exchange),
  }
}

const KINDS: Readonly<Record<string, string>> = {
  action_item: 'action item',
  item_event: 'history of an action item',
}

function mentionsOf(notebook: Notebook, person: Person, exchange: Exchange): Dossier['mentions'] {
  const people = new Map(notebook.people.list().map((one) => [one.id, one]))
  const own = new Map(
    [...people].map(([id, { name }]) => [id, partsBeside(person.name, name)] as const),
  )
  return exchange
    .mentionsOutside(
      person.id,
      (text, about) => namesIn(text, own.get(about) ?? [person.name]).length > 0,
    )
    .map(({ table, id, personId, sessionId, day }) => ({
      about: people.get(personId)?.relation === 'self' ? 'yourself' : 'somebody else',
      kind: KINDS[table] ?? table,
      id,
      session: sessionId,
      day,
    }))
}

/** A name without the parts that it shares with another one: in what is about Ana Silva, “Ana” is not Ana Costa. */
function partsBeside(name: string, other: string): readonly string[] {
  const shared = new Set(piecesOf(other).map(fold))
  const rest = piecesOf(name).filter((part) => !shared.has(fold(part)))
  return rest.length === 0 ? [] : [rest.join(' ')]
}
