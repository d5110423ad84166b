import type Database from 'better-sqlite3'
import { type Day, localDay } from '../../dates/day.ts'
import { CoachError, EXIT } from '../../errors.ts'
import { ACTION_FIELDS, type ActionFields, type ActionItem } from '../../model.ts'
import { newUuid, uuidOf } from '../schema/row-values.ts'
import { type Context, mustFind } from './context.ts'
import {
  bindItem,
  COLUMN,
  FROM_ITEMS,
  type ItemRow,
  type NamedItem,
  type OpenItem,
  toItem,
} from './action-row.ts'
import { type ItemEvents, itemEvents } from './action-events.ts'
import { type Outcomes, outcomes } from './action-history.ts'
import { checkInAfterEdit, firstCheckIn } from './action-state.ts'

export type { NamedItem, OpenItem } from './action-row.ts'

/** The fields that a new item begins with; the others are empty. */
type NewItem = Partial<ActionFields> & Pick<ActionFields, 'what'>

export interface Actions extends Outcomes {
  get(id: number): NamedItem | undefined
  /** Every item, or those of one person. In the order of their due days, those without last. */
  list(filter?: { readonly personId?: number | undefined }): readonly NamedItem[]
  /** Open items in the same order: of one person, or of everybody who is not in the archive. */
  open(personId?: number): readonly OpenItem[]
  /** How many items of people in the archive are open. */
  openOfArchived(): number
  /** Items of a person that are nobody else's business: agreed at a private prompt, or with oneself. */
  privateOf(personId: number): ReadonlySet<number>
  /** Items that a session made, as a list shows them, whatever became of them. */
  agreedIn(sessionId: number): readonly OpenItem[]
  /** Items that a session made. */
  ofSession(sessionId: number): readonly ActionItem[]
  /** Items that serve a goal. */
  ofGoal(goalId: number): readonly ActionItem[]
  /** Items that a session made or settled. */
  touchedBy(sessionId: number): readonly ActionItem[]
  /**
   * Items that were promised when a session began, in the order of their days: open ones from elsewhere, and those it has already settled; but not
   * the next ones of recurring items that it closed.
   */
  promisedTo(personId: number, sessionId: number | null): readonly ActionItem[]
  add(personId: number, fields: NewItem, sessionId?: number): number
  /** What a session says of an item that it made. */
  edit(id: number, fields: Partial<ActionFields>, sessionId: number): void
  /** Changes an item by hand, as a correction that stands in the history. */
  correct(id: number, fields: Partial<ActionFields>): void
  delete(id: number): void
}

const ORDER = 'ORDER BY i.due_on IS NULL, i.due_on, i.id'
const BRIEFLY = `SELECT i.id, i.uuid, i.person_id AS personId, p.name AS person, i.owner, i.what,
    i.due_on AS due, i.check_in_on AS check_in, i.status, i.carried, i.session_id AS sessionId
  FROM action_item i JOIN person p ON p.id = i.person_id`
const AGREED_IN = `${BRIEFLY} WHERE i.session_id = ? ${ORDER}`
const OPEN = `${BRIEFLY} WHERE i.status IN ('open', 'part')`
const OPEN_OF_ALL = `${OPEN} AND p.archived_at IS NULL ${ORDER}`
const OPEN_OF = `${OPEN} AND i.person_id = ? ${ORDER}`
const OPEN_OF_ARCHIVED = `SELECT count(*) FROM person p CROSS JOIN action_item i ON i.person_id = p.id
  WHERE p.archived_at IS NOT NULL AND i.status IN ('open', 'part')`

const GET = `${FROM_ITEMS} WHERE i.id = ?`
const LIST_ALL = `${FROM_ITEMS} ${ORDER}`
const LIST_ALL_OF = `${FROM_ITEMS} WHERE i.person_id = ? ${ORDER}`
const OF_SESSION = `${FROM_ITEMS} WHERE i.session_id = ? ORDER BY i.id`
const OF_GOAL = `${FROM_ITEMS} WHERE i.goal_id = ? ORDER BY i.id`
const TOUCHED = `${FROM_ITEMS} WHERE i.id IN (SELECT id FROM action_item WHERE session_id = @session
    UNION SELECT item_id FROM item_event
      WHERE session_id = @session AND kind <> 'checked' AND undone_at IS NULL)
  ORDER BY i.id`
const PROMISED = `${FROM_ITEMS} WHERE i.person_id = @person
  AND (@session IS NULL OR i.session_id IS NOT @session) AND (
    i.status IN ('open', 'part')
    OR i.id IN (SELECT item_id FROM item_event
      WHERE session_id = @session AND kind <> 'checked' AND undone_at IS NULL)
  ) AND NOT EXISTS (SELECT 1 FROM item_event e WHERE e.item_id = i.follows_id AND e.session_id = @session
    AND e.kind = 'status' AND e.undone_at IS NULL)
  ${ORDER}`
/** What repeats a private item is private too. */
const PRIVATE = `WITH RECURSIVE hidden (id) AS (
    SELECT i.id FROM action_item i JOIN person p ON p.id = i.person_id
    WHERE i.person_id = ? AND (p.relation = 'self' OR EXISTS (SELECT 1 FROM answer a
      WHERE a.item_id = i.id AND a.path LIKE '%.what' AND a.visibility = 'private'))
    UNION SELECT i.id FROM hidden h JOIN action_item i ON i.follows_id = h.id)
  SELECT id FROM hidden`
const ADD = `INSERT INTO action_item (uuid, person_id, session_id, ${ACTION_FIELDS.map((f) => COLUMN[f]).join(', ')},
    check_in_given, follows_id, created_at, updated_at, hash)
  VALUES (@uuid, @person, @session, ${ACTION_FIELDS.map((f) => `@${f}`).join(', ')},
    @isGiven, @follows, @created, @now, @hash)`
const EDIT = `UPDATE action_item SET ${ACTION_FIELDS.map((f) => `${COLUMN[f]} = @${f}`).join(', ')},
    check_in_given = @isGiven, updated_at = @now, hash = @hash, revision = revision + 1
  WHERE id = @id`
const DELETE = 'DELETE FROM action_item WHERE id = ?'
/** An item that lost the one it follows, because that was deleted and has come back from an export. */
const FOLLOW =
  'UPDATE action_item SET follows_id = coalesce(follows_id, @follows) WHERE uuid = @uuid'

/** What the items of a notebook are written with. */
interface Book extends Context {
  readonly history: ItemEvents
}

/** The action items of a notebook, with the history of each. */
export function actions(context: Context): Actions {
  const { db } = context
  const history = itemEvents(context)
  const book: Book = { ...context, history }
  const remove = (id: number) => void db.prepare(DELETE).run(id)
  const past = outcomes(
    context,
    { get: (id) => itemAt(db, id), repeat: (item, due) => repeat(book, item, due), delete: remove },
    history,
  )
  return {
    ...past,
    get: (id) => findItem(db, id),
    list: ({ personId } = {}) =>
      personId === undefined ? items(db, LIST_ALL) : items(db, LIST_ALL_OF, personId),
    open: (personId) =>
      personId === undefined ? briefly(db, OPEN_OF_ALL) : briefly(db, OPEN_OF, personId),
    openOfArchived: () => db.prepare<[], number>(OPEN_OF_ARCHIVED).pluck().get() ?? 0,
    agreedIn: (sessionId) => briefly(db, AGREED_IN, sessionId),
    ofSession: (sessionId) => items(db, OF_SESSION, sessionId),
    ofGoal: (goalId) => items(db, OF_GOAL, goalId),
    touchedBy: (session) => items(db, TOUCHED, { session }),
    privateOf: (personId) => new Set(db.prepare<[number], number>(PRIVATE).pluck().all(personId)),
    promisedTo: (person, session) => items(db, PROMISED, { person, session }),
    add: (personId, fields, session) => insert(book, personId, fields, { session }),
    edit: (id, fields, sessionId) => {
      const { before, after } = edit(book, id, fields)
      if (after.due !== before.due) history.dayChanged(before, after.due, sessionId)
    },
    correct(id, fields) {
      const { before, after } = edit(book, id, fields)
      const changed = ACTION_FIELDS.filter((field) => before[field] !== after[field])
      if (changed.length > 0) history.corrected(before, after.due, changed)
    },
    delete: remove,
  }
}

/** What a statement is given: values for its question marks, or values by their names. */
type Bound = readonly number[] | readonly [Readonly<Record<string, number | null>>]

function items(db: Database.Database, sql: string, ...values: Bound): readonly NamedItem[] {
  return db
    .prepare<unknown[], ItemRow>(sql)
    .all(...values)
    .map(toItem)
}

function briefly(db: Database.Database, sql: string, ...values: Bound): readonly OpenItem[] {
  return db.prepare<unknown[], OpenItem>(sql).all(...values)
}

function findItem(db: Database.Database, id: number): NamedItem | undefined {
  const row = db.prepare<[number], ItemRow>(GET).get(id)
  return row && toItem(row)
}

/** An item that was there when it was named. @throws CoachError (4) where it is gone */
function itemAt(db: Database.Database, id: number): NamedItem {
  const found = findItem(db, id)
  if (found) return found
  throw new CoachError(EXIT.busy, `Action item ${id} was deleted meanwhile. Nothing was changed.`)
}

/** The item that a new one is the repetition of, and the id of the new one. */
interface Follows {
  readonly id: number
  readonly uuid: string
}

interface Origin {
  readonly session?: number | undefined
  readonly follows?: Follows | undefined
}

/** Puts in a new item, and that it was made. @returns its number */
function insert(
  { db, now, history }: Book,
  personId: number,
  fields: NewItem,
  { session, follows }: Origin,
): number {
  const { checkIn, isCheckInGiven } = firstCheckIn(fields, localDay(now()))
  const made = db.prepare(ADD).run({
    uuid: follows?.uuid ?? newUuid(),
    person: personId,
    session: session ?? null,
    follows: follows?.id ?? null,
    ...bindItem({ ...EMPTY, ...fields, check_in: checkIn }),
    isGiven: isCheckInGiven ? 1 : 0,
    created: history.saidAt(session ?? null),
    now: now(),
  })
  const id = Number(made.lastInsertRowid)
  const item = mustFind(findItem(db, id), `action item ${id}`)
  const { status, due } = item
  const uuid = follows && uuidOf('the making of', follows.uuid)
  history.add(item, 'created', { status, due, sessionId: session ?? null, uuid })
  return id
}

/** Makes the next one of a recurring item. Two copies of a notebook that close the same item make the same next one, and not two. */
function repeat(book: Book, item: NamedItem, due: Day): number | null {
  const uuid = uuidOf('the next one of', item.uuid, due)
  const { check_in: _, ...fields } = fieldsOf(item)
  const isMade = book.db.prepare(FOLLOW).run({ uuid, follows: item.id }).changes > 0
  if (isMade) return null
  return insert(book, item.personId, { ...fields, due }, { follows: { id: item.id, uuid } })
}

function edit({ db, now }: Book, id: number, fields: Partial<ActionFields>) {
  const must = () => mustFind(findItem(db, id), `action item ${id}`)
  const before = must()
  const { checkIn, isCheckInGiven } = checkInAfterEdit(before, fields, localDay(now()))
  db.prepare(EDIT).run({
    id,
    ...bindItem(fieldsOf({ ...before, ...fields, check_in: checkIn })),
    isGiven: isCheckInGiven ? 1 : 0,
    now: now(),
  })
  return { before, after: must() }
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
  result: null,
  support: null,
  check_in: null,
  repeat: null,
  goal: null,
}

/** The fields of an item, and nothing beside them. */
function fieldsOf(item: ActionFields): ActionFields {
  const pairs = ACTION_FIELDS.map((field) => [field, item[field]])
  return { ...EMPTY, ...Object.fromEntries(pairs) }
}
