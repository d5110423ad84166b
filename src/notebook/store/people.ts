import type Database from 'better-sqlite3'
import type { Person, Relation } from '../../model.ts'
import { newUuid, hashOf } from '../schema/row-values.ts'
import { type Context, mustFind } from './context.ts'
import { usageError } from '../../errors.ts'
import { fold, looksLike } from '../../text/folding.ts'

interface Row {
  id: number
  uuid: string
  name: string
  relation: Relation
  leads_others: number
  role: string | null
  cadence_days: number | null
  archived_at: string | null
  created_at: string
}

interface SeenRow extends Row {
  last_held_on: string | null
}

interface SummaryRow extends SeenRow {
  open_items: number
  unfinished: number
}

/** What can be said and corrected about a person. */
interface PersonFields {
  readonly name: string
  readonly relation: Relation
  readonly leadsOthers: boolean
  readonly role: string | null
  readonly cadenceDays: number | null
}

/** A person with the day of the last conversation. */
export interface SeenPerson extends Person {
  readonly lastHeldOn: string | null
}

/** A person with what the list shows beside the name. */
export interface PersonSummary extends SeenPerson {
  readonly openItems: number
  readonly unfinished: number
}

export interface People {
  /** Everybody, archived people last. */
  list(): readonly Person[]
  /** Everybody with the last conversation and what is open. */
  summaries(): readonly PersonSummary[]
  /** Everybody with the last conversation. */
  seen(): readonly SeenPerson[]
  get(id: number): Person
  add(fields: Pick<PersonFields, 'name'> & Partial<PersonFields>): Person
  edit(id: number, fields: Partial<PersonFields>): Person
  archive(id: number, isArchived: boolean): Person
}

const COLUMNS = `p.id, p.uuid, p.name, p.relation, p.leads_others, p.role, p.cadence_days,
  p.archived_at, p.created_at`

const LIST = `SELECT ${COLUMNS} FROM person p`
const SUMMARIES = `SELECT ${COLUMNS},
    (SELECT max(held_on) FROM session s WHERE s.person_id = p.id AND s.status = 'done') AS last_held_on,
    (SELECT count(*) FROM action_item i
      WHERE i.person_id = p.id AND i.status IN ('open', 'part')) AS open_items,
    (SELECT count(*) FROM session s WHERE s.person_id = p.id
      AND s.status IN ('preparing', 'prepared', 'recording')) AS unfinished
  FROM person p`
const SEEN = `SELECT ${COLUMNS},
    (SELECT max(held_on) FROM session s WHERE s.person_id = p.id AND s.status = 'done') AS last_held_on
  FROM person p`
const GET = `SELECT ${COLUMNS} FROM person p WHERE p.id = ?`
const ADD = `INSERT INTO person
    (uuid, name, relation, leads_others, role, cadence_days, created_at, updated_at, hash)
  VALUES (@uuid, @name, @relation, @leads, @role, @cadence, @now, @now, @hash)`
const EDIT = `UPDATE person SET name = @name, relation = @relation, leads_others = @leads, role = @role,
    cadence_days = @cadence, updated_at = @now, hash = @hash, revision = revision + 1
  WHERE id = @id`
const ARCHIVE = `UPDATE person SET archived_at = @at, updated_at = @now, revision = revision + 1
  WHERE id = @id`

/** The people of a notebook. */
export function people(context: Context): People {
  const { db, now } = context
  const get = (id: number) => personAt(db, id)
  return {
    list: () => byName(db.prepare<[], Row>(LIST).all().map(toPerson)),
    summaries: () => byName(db.prepare<[], SummaryRow>(SUMMARIES).all().map(toSummary)),
    seen: () => byName(db.prepare<[], SeenRow>(SEEN).all().map(toSeen)),
    get,
    add(fields) {
      refuseLookAlike(db, fields.name, null)
      const bound = bind({ ...NEW, ...fields }, now())
      const made = db.prepare(ADD).run({ ...bound, uuid: newUuid() })
      return get(Number(made.lastInsertRowid))
    },
    edit(id, fields) {
      if (fields.name !== undefined) refuseLookAlike(db, fields.name, id)
      db.prepare(EDIT).run({ ...bind({ ...get(id), ...fields }, now()), id })
      return get(id)
    },
    archive(id, isArchived) {
      db.prepare(ARCHIVE).run({ id, at: isArchived ? now() : null, now: now() })
      return get(id)
    },
  }
}

/** What somebody new is taken for, unless it is said. */
const NEW = { relation: 'report', leadsOthers: false, role: null, cadenceDays: null } as const

function personAt(db: Database.Database, id: number): Person {
  return toPerson(mustFind(db.prepare<[number], Row>(GET).get(id), `person ${id}`))
}

function bind({ name, relation, leadsOthers, role, cadenceDays }: PersonFields, now: string) {
  const leads = leadsOthers ? 1 : 0
  return { name, relation, leads, role, cadence: cadenceDays, now, hash: hashOf(name, role) }
}

/** Two names that look alike on the screen would be taken for one person. */
function refuseLookAlike(db: Database.Database, name: string, except: number | null): void {
  const rows = db.prepare<[], Row>(LIST).all()
  const other = rows.find((one) => one.id !== except && looksLike(one.name, name))
  if (!other) return
  throw usageError(
    `“${name}” looks like ${other.name}, who is in your notebook already, and is written in letters of another alphabet. Nothing was changed.`,
    'If it is the same person, write the name in the same letters. If not, add something that tells the two apart, such as the second name or the team.',
  )
}

function toPerson(row: Row): Person {
  return {
    id: row.id,
    uuid: row.uuid,
    name: row.name,
    relation: row.relation,
    leadsOthers: row.leads_others === 1,
    role: row.role,
    cadenceDays: row.cadence_days,
    archivedAt: row.archived_at,
    createdAt: row.created_at,
  }
}

function toSeen(row: SeenRow): SeenPerson {
  return { ...toPerson(row), lastHeldOn: row.last_held_on }
}

function toSummary(row: SummaryRow): PersonSummary {
  return { ...toSeen(row), openItems: row.open_items, unfinished: row.unfinished }
}

/** By name as a person would sort them, without regard to case and accents; archived people last. */
function byName<T extends Person>(all: readonly T[]): readonly T[] {
  return all
    .map((person) => ({
      person,
      key: `${person.archivedAt === null ? 0 : 1}${fold(person.name)}`,
    }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.person.id - b.person.id))
    .map(({ person }) => person)
}
