import {
  ACTION_FIELDS,
  type ActionField,
  type ActionFields,
  type ActionItem,
  type ItemEvent,
  type ItemStatus,
  type Outcome,
  type Owner,
} from '../model.ts'
import { type Context, hashOf, mustFind, newUuid } from './context.ts'

interface Row {
  id: number
  uuid: string
  revision: number
  person_id: number
  session_id: number | null
  status: ItemStatus
  what: string
  owner: Owner
  due_on: string | null
  if: string | null
  then: string | null
  else: string | null
  obstacle: string | null
  measure: string | null
  support: string | null
  check_in_on: string | null
  carried: number
  created_at: string
  closed_at: string | null
}

/** An action item with the name of its person. */
export interface NamedItem extends ActionItem {
  readonly person: string
}

/** What goes with an outcome: a reason, a new day, and the session in which it was said. */
interface OutcomeDetail {
  readonly note?: string | null
  readonly to?: string | null
  readonly sessionId?: number | null
}

export interface Actions {
  get(id: number): NamedItem | undefined
  /** Open items, or all; of one person, or of everybody. In the order of their due days, those without last. */
  list(filter: { readonly personId?: number; readonly isOpen?: boolean }): readonly NamedItem[]
  /** Items of a person that are nobody else's business: agreed at a private prompt, or with oneself. */
  privateOf(personId: number): ReadonlySet<number>
  /** Items that a session made. */
  ofSession(sessionId: number): readonly ActionItem[]
  /** Items that a session made or settled. */
  touchedBy(sessionId: number): readonly ActionItem[]
  /** Items that were promised when a session began: open ones from elsewhere, and those it has already settled. */
  promisedTo(personId: number, sessionId: number | null): readonly ActionItem[]
  add(
    personId: number,
    fields: Partial<ActionFields> & Pick<ActionFields, 'what'>,
    sessionId?: number,
  ): number
  edit(id: number, fields: Partial<ActionFields>): void
  settle(id: number, outcome: Outcome, detail?: OutcomeDetail): void
  /**
   * Settles an item in a session, or, with null, takes back what the session said about it. Said again, it
   * replaces what the same session said before, unless something else has happened to the item since.
   */
  settleIn(sessionId: number, id: number, outcome: Outcome | null, detail: OutcomeDetail): void
  events(id: number): readonly ItemEvent[]
  delete(id: number): void
}

const COLUMN = {
  what: 'what',
  owner: 'owner',
  due: 'due_on',
  if: '"if"',
  then: '"then"',
  else: '"else"',
  obstacle: 'obstacle',
  measure: 'measure',
  support: 'support',
  check_in: 'check_in_on',
} as const satisfies Record<ActionField, string>

const COLUMNS = `i.id, i.uuid, i.revision, i.person_id, i.session_id, i.status, i.what, i.owner, i.due_on,
  i."if", i."then", i."else", i.obstacle, i.measure, i.support, i.check_in_on, i.carried, i.created_at,
  i.closed_at, p.name AS person`
const FROM = `SELECT ${COLUMNS} FROM action_item i JOIN person p ON p.id = i.person_id`
const ORDER = 'ORDER BY i.due_on IS NULL, i.due_on, i.id'

const GET = `${FROM} WHERE i.id = ?`
const LIST_OPEN = `${FROM} WHERE i.status IN ('open', 'part') ${ORDER}`
const LIST_OPEN_OF = `${FROM} WHERE i.status IN ('open', 'part') AND i.person_id = ? ${ORDER}`
const LIST_ALL = `${FROM} ${ORDER}`
const LIST_ALL_OF = `${FROM} WHERE i.person_id = ? ${ORDER}`
const OF_SESSION = `${FROM} WHERE i.session_id = ? ORDER BY i.id`
const TOUCHED = `${FROM} WHERE i.session_id = @session
  OR i.id IN (SELECT e.item_id FROM item_event e WHERE e.session_id = @session) ORDER BY i.id`
const PROMISED = `${FROM} WHERE i.person_id = @person
  AND (@session IS NULL OR i.session_id IS NOT @session) AND (
    i.status IN ('open', 'part')
    OR EXISTS (SELECT 1 FROM item_event e WHERE e.item_id = i.id AND e.session_id = @session)
  ) ORDER BY i.id`
const PRIVATE = `SELECT i.id FROM action_item i JOIN person p ON p.id = i.person_id
  WHERE i.person_id = ? AND (p.relation = 'self' OR EXISTS (SELECT 1 FROM answer a
    WHERE a.item_id = i.id AND a.path LIKE '%.what' AND a.visibility = 'private'))`
const ADD = `INSERT INTO action_item (uuid, person_id, session_id, ${ACTION_FIELDS.map((f) => COLUMN[f]).join(', ')},
    created_at, updated_at, hash)
  VALUES (@uuid, @person, @session, ${ACTION_FIELDS.map((f) => `@${f}`).join(', ')}, @now, @now, @hash)`
const EDIT = `UPDATE action_item SET ${ACTION_FIELDS.map((f) => `${COLUMN[f]} = @${f}`).join(', ')},
    updated_at = @now, hash = @hash, revision = revision + 1
  WHERE id = @id`
const SETTLE = `UPDATE action_item SET status = @status, due_on = @due, carried = @carried,
    closed_at = @closed, updated_at = @now, revision = revision + 1
  WHERE id = @id`
const DELETE = 'DELETE FROM action_item WHERE id = ?'
const ADD_EVENT = `INSERT INTO item_event
    (uuid, item_id, session_id, kind, status_from, status_to, due_from, due_to, note, at, hash)
  VALUES (@uuid, @item, @session, @kind, @statusFrom, @statusTo, @dueFrom, @dueTo, @note, @now, @hash)`
const EVENTS = `SELECT at, kind, status_from AS statusFrom, status_to AS statusTo, due_from AS dueFrom,
    due_to AS dueTo, note, session_id AS sessionId
  FROM item_event WHERE item_id = ? ORDER BY id`
const SETTLED_BY = `SELECT id, kind, status_from AS statusFrom, due_from AS dueFrom FROM item_event
  WHERE item_id = ? AND session_id = ? AND kind IN ('status', 'carried') ORDER BY id DESC`
const LAST_EVENT = `SELECT id, kind, status_from AS statusFrom, due_from AS dueFrom FROM item_event
  WHERE item_id = ? ORDER BY id DESC LIMIT 1`
const NOTE = 'UPDATE item_event SET note = ?, hash = ?, revision = revision + 1 WHERE id = ?'
const DELETE_EVENT = 'DELETE FROM item_event WHERE id = ?'

/** The action items of a notebook, with the history of each. */
export function actions({ db, now }: Context): Actions {
  const get = (id: number) => {
    const row = db.prepare<[number], Row & { person: string }>(GET).get(id)
    return row && toItem(row)
  }
  const must = (id: number) => mustFind(get(id), `action item ${id}`)
  const event = (item: ActionItem, kind: ItemEvent['kind'], after: EventAfter) =>
    db.prepare(ADD_EVENT).run({
      uuid: newUuid(),
      item: item.id,
      session: after.sessionId ?? null,
      kind,
      statusFrom: kind === 'created' ? null : item.status,
      statusTo: after.status,
      dueFrom: kind === 'created' ? null : item.due,
      dueTo: after.due,
      note: after.note ?? null,
      now: now(),
      hash: hashOf(after.note ?? null),
    })
  const rows = (sql: string, ...values: (string | number)[]) =>
    db
      .prepare<(string | number)[], Row & { person: string }>(sql)
      .all(...values)
      .map(toItem)

  const settle = (id: number, outcome: Outcome, detail: OutcomeDetail = {}) => {
    const before = must(id)
    const isCarried = outcome === 'carried'
    const status = isCarried ? before.status : outcome
    const due = isCarried ? (detail.to ?? before.due) : before.due
    db.prepare(SETTLE).run({
      id,
      status,
      due,
      carried: before.carried + (isCarried ? 1 : 0),
      closed: status === 'open' || status === 'part' ? null : now(),
      now: now(),
    })
    event(before, isCarried ? 'carried' : 'status', { ...detail, status, due })
  }

  return {
    get,
    list({ personId, isOpen = false }) {
      if (personId === undefined) return rows(isOpen ? LIST_OPEN : LIST_ALL)
      return rows(isOpen ? LIST_OPEN_OF : LIST_ALL_OF, personId)
    },
    ofSession: (sessionId) => rows(OF_SESSION, sessionId),
    touchedBy: (session) =>
      db.prepare<[object], Row & { person: string }>(TOUCHED).all({ session }).map(toItem),
    privateOf: (personId) =>
      new Set(
        db
          .prepare<[number], { id: number }>(PRIVATE)
          .all(personId)
          .map(({ id }) => id),
      ),
    promisedTo: (personId, sessionId) =>
      db
        .prepare<[object], Row & { person: string }>(PROMISED)
        .all({ person: personId, session: sessionId })
        .map(toItem),
    add(personId, fields, sessionId) {
      const made = db.prepare(ADD).run({
        uuid: newUuid(),
        person: personId,
        session: sessionId ?? null,
        ...bind({ ...EMPTY, ...fields }),
        now: now(),
      })
      const item = must(Number(made.lastInsertRowid))
      event(item, 'created', { ...item, sessionId: sessionId ?? null })
      return item.id
    },
    edit(id, fields) {
      const before = must(id)
      db.prepare(EDIT).run({ id, ...bind({ ...before, ...fields }), now: now() })
      const after = must(id)
      if (after.due !== before.due)
        event(before, 'edited', { status: after.status, due: after.due })
    },
    settle,
    settleIn(sessionId, id, outcome, detail) {
      const [last] = db.prepare<[number], LastEvent>(LAST_EVENT).all(id)
      const own = db.prepare<[number, number], LastEvent>(SETTLED_BY).get(id, sessionId)
      if (own && own.id !== last?.id) {
        db.prepare(NOTE).run(detail.note ?? null, hashOf(detail.note ?? null), own.id)
        return
      }
      if (own) {
        const { carried } = must(id)
        db.prepare(SETTLE).run({
          id,
          status: own.statusFrom,
          due: own.dueFrom,
          carried: carried - (own.kind === 'carried' ? 1 : 0),
          closed: null,
          now: now(),
        })
        db.prepare(DELETE_EVENT).run(own.id)
      }
      if (outcome) settle(id, outcome, { ...detail, sessionId })
    },
    events: (id) => db.prepare<[number], ItemEvent>(EVENTS).all(id),
    delete: (id) => void db.prepare(DELETE).run(id),
  }
}

interface EventAfter extends OutcomeDetail {
  readonly status: ItemStatus
  readonly due: string | null
}

interface LastEvent {
  id: number
  kind: string
  statusFrom: ItemStatus
  dueFrom: string | null
}

const EMPTY: ActionFields = {
  what: '',
  owner: 'them',
  due: null,
  if: null,
  then: null,
  else: null,
  obstacle: null,
  measure: null,
  support: null,
  check_in: null,
}

function bind(fields: ActionFields): Record<ActionField | 'hash', string | null> {
  const { what, owner, due, obstacle, measure, support, check_in: checkIn } = fields
  const texts = [what, fields.if, fields.then, fields.else, obstacle, measure, support]
  return {
    what,
    owner,
    due,
    if: fields.if,
    then: fields.then,
    else: fields.else,
    obstacle,
    measure,
    support,
    check_in: checkIn,
    hash: hashOf(...texts),
  }
}

function toItem(row: Row & { person: string }): NamedItem {
  return {
    id: row.id,
    uuid: row.uuid,
    personId: row.person_id,
    sessionId: row.session_id,
    status: row.status,
    what: row.what,
    owner: row.owner,
    due: row.due_on,
    if: row.if,
    then: row.then,
    else: row.else,
    obstacle: row.obstacle,
    measure: row.measure,
    support: row.support,
    check_in: row.check_in_on,
    carried: row.carried,
    createdAt: row.created_at,
    closedAt: row.closed_at,
    revision: row.revision,
    person: row.person,
  }
}
