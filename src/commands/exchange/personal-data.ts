import { localDay } from '../../dates/day.ts'
import { usageError } from '../../errors.ts'
import type { Dossier } from '../../export/personal-data.ts'
import type { ActionItem, Answer, Goal, Person, Session } from '../../model.ts'
import { namesInText, piecesOf, withoutNames } from '../../text/person-names.ts'
import type { Exchange } from '../../notebook/exchange/exchange.ts'
import type { TableRow } from '../../notebook/schema/tables.ts'
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
  const people = notebook.people.list()
  const names = people
    .filter(({ id, relation }) => id !== person.id && relation !== 'self')
    .flatMap(({ name }) => partsBeside(name, person.name))
  const hide = (text: string) => withoutNames(text, names)
  const sessions = notebook.sessions.list(person.id).toSorted((a, b) => a.id - b.id)
  const addedOn = localDay(person.createdAt)
  const first = sessions.flatMap(({ heldOn }) => heldOn ?? [])
  const items = notebook.actions.list({ personId: person.id }).toSorted((a, b) => a.id - b.id)
  return {
    coach: 'everything about a person',
    schema: 1,
    exported_on: world.today(),
    since: [addedOn, ...first].toSorted()[0] ?? addedOn,
    person: personOf(person, hide),
    sessions: sessions.map((session) => sessionOf(session, notebook.answers.of(session.id), hide)),
    action_items: items.map((item) => itemOf(item, notebook.actions.events(item.id), hide)),
    goals: notebook.goals
      .list({ personId: person.id })
      .map((goal) => goalOf(goal, notebook.goals.events(goal.id), hide)),
    ...restOf(exchange.rowsOfPerson(person.id), hide),
    mentions: mentionsOf(notebook, person, exchange),
  }
}

/** Takes the names of everybody else out of a text. */
type Hide = (text: string) => string

const orNull = (hide: Hide, text: string | null) => (text === null ? null : hide(text))
const dayOrNull = (at: unknown) => (typeof at === 'string' ? localDay(at) : null)

function personOf(person: Person, hide: Hide): Dossier['person'] {
  return {
    name: person.name,
    relation: person.relation,
    role: orNull(hide, person.role),
    leads_others: person.leadsOthers,
    cadence_days: person.cadenceDays,
    added_on: localDay(person.createdAt),
    archived_on: dayOrNull(person.archivedAt),
  }
}

function sessionOf(
  session: Session,
  answers: readonly Answer[],
  hide: Hide,
): Dossier['sessions'][number] {
  return {
    id: session.id,
    guide: session.guideTitle,
    status: session.status,
    held_on: session.heldOn,
    planned_on: session.plannedOn,
    begun_on: localDay(session.createdAt),
    answers: answers.map((answer) => ({
      round: answer.round,
      path: answer.path,
      pass: answer.pass,
      state: answer.state,
      visibility: answer.visibility,
      kind: answer.kind,
      wording: hide(answer.wording),
      value: orNull(hide, answer.value),
      unfinished: orNull(hide, answer.draft),
      item: answer.itemId,
    })),
  }
}

function itemOf(
  item: ActionItem,
  events: ReturnType<Notebook['actions']['events']>,
  hide: Hide,
): Dossier['action_items'][number] {
  return {
    id: item.id,
    session: item.sessionId,
    status: item.status,
    owner: item.owner,
    what: hide(item.what),
    due_on: item.due,
    check_in_on: item.check_in,
    if: orNull(hide, item.if),
    then: orNull(hide, item.then),
    else: orNull(hide, item.else),
    obstacle: orNull(hide, item.obstacle),
    measure: orNull(hide, item.measure),
    result: orNull(hide, item.result),
    support: orNull(hide, item.support),
    repeat: item.repeat,
    goal: item.goal,
    carried: item.carried,
    created_on: localDay(item.createdAt),
    closed_on: dayOrNull(item.closedAt),
    history: events.map((event) => ({
      at: event.at,
      kind: event.kind,
      status_from: event.statusFrom,
      status_to: event.statusTo,
      due_from: event.dueFrom,
      due_to: event.dueTo,
      note: orNull(hide, event.note),
      taken_back_at: event.undoneAt,
    })),
  }
}

function goalOf(
  goal: Goal,
  events: ReturnType<Notebook['goals']['events']>,
  hide: Hide,
): Dossier['goals'][number] {
  return {
    id: goal.id,
    part_of: goal.parentId,
    what: hide(goal.what),
    stretch: goal.isStretch,
    status: goal.status,
    due_on: goal.due,
    created_on: localDay(goal.createdAt),
    closed_on: dayOrNull(goal.closedAt),
    history: events.map((event) => ({
      at: event.at,
      status_from: event.statusFrom,
      status_to: event.statusTo,
      taken_back_at: event.undoneAt,
    })),
  }
}

/** What is taken from the rows as they lie there: the notebook lists only what still waits of these. */
function restOf(
  rows: ReturnType<Exchange['rowsOfPerson']>,
  hide: Hide,
): Pick<Dossier, 'notes' | 'opportunities' | 'agreed_conversations' | 'days_called_off'> {
  return {
    notes: (rows.get('note') ?? []).map((row) => ({
      id: Number(row['id']),
      status: mustText(row, 'status'),
      session: row['session_id'] === null ? null : Number(row['session_id']),
      written_on: localDay(mustText(row, 'created_at')),
      text: hide(mustText(row, 'text')),
    })),
    opportunities: (rows.get('opportunity') ?? []).map((row) => ({
      id: Number(row['id']),
      name: hide(mustText(row, 'name')),
      stage: textOf(row, 'stage'),
      closed_on: dayOrNull(row['closed_at']),
    })),
    agreed_conversations: (rows.get('next_session') ?? []).map((row) => ({
      planned_on: mustText(row, 'planned_on'),
      status: mustText(row, 'status'),
      moved: Number(row['moved']),
    })),
    days_called_off: (rows.get('calendar_gone') ?? []).map((row) => ({
      day: mustText(row, 'day'),
      at: mustText(row, 'at'),
    })),
  }
}

function textOf(row: TableRow, column: string): string | null {
  const value = row[column] ?? null
  return value === null ? null : String(value)
}

function mustText(row: TableRow, column: string): string {
  return textOf(row, column) ?? ''
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
      (text, about) => namesInText(text, own.get(about) ?? [person.name]).length > 0,
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
