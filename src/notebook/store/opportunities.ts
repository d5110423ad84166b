import type { Opportunity } from '../../model.ts'
import { newUuid, hashOf } from '../schema/row-values.ts'
import { type Context, mustFind } from './context.ts'
import { namesakes } from '../../text/folding.ts'

interface Row {
  id: number
  uuid: string
  person_id: number
  person: string
  name: string
  stage: string | null
  closed_at: string | null
  created_at: string
}

/** One part of a gate as it was last written down, with the session in which that was. */
export interface GateCheck {
  readonly stage: string
  readonly field: 'did' | 'evidence' | 'heard'
  readonly value: string
  readonly sessionId: number
  readonly on: string
}

export interface Opportunities {
  /** Open ones, or all; of one person, or of everybody. The newest first. */
  list(filter: { readonly personId?: number; readonly isOpen?: boolean }): readonly Opportunity[]
  get(id: number): Opportunity | undefined
  /** The one of a person with that name, whatever the case. */
  named(personId: number, name: string): Opportunity | undefined
  add(
    personId: number,
    fields: { readonly name: string; readonly stage: string | null },
  ): Opportunity
  edit(
    id: number,
    fields: { readonly name?: string; readonly stage?: string | null; readonly isOpen?: boolean },
  ): Opportunity
  /** The newest session about it. */
  lastSession(id: number): number | null
  /** What was last written down at each gate; with a session, only what was before it. */
  checks(id: number, beforeSession?: number): readonly GateCheck[]
  delete(id: number): void
}

const COLUMNS = `o.id, o.uuid, o.person_id, p.name AS person, o.name, o.stage, o.closed_at, o.created_at`
const ALL = `SELECT ${COLUMNS} FROM opportunity o JOIN person p ON p.id = o.person_id`
const LIST = `${ALL} ORDER BY o.id DESC`
const LIST_OF = `${ALL} WHERE o.person_id = ? ORDER BY o.id DESC`
const GET = `${ALL} WHERE o.id = ?`
const ADD = `INSERT INTO opportunity (uuid, person_id, name, stage, created_at, updated_at, hash)
  VALUES (@uuid, @person, @name, @stage, @now, @now, @hash)`
const EDIT = `UPDATE opportunity SET name = @name, stage = @stage, closed_at = @closedAt, updated_at = @now,
  hash = @hash, revision = revision + 1 WHERE id = @id`
const CHECKS = `SELECT a.path, a.value, s.id AS session_id, coalesce(s.held_on, substr(s.created_at, 1, 10)) AS "on"
  FROM session s JOIN answer a ON a.session_id = s.id
  WHERE s.opportunity_id = ? AND a.state = 'answered' AND a.value IS NOT NULL
    AND (a.path LIKE '%.did' OR a.path LIKE '%.evidence' OR a.path LIKE '%.heard')
  ORDER BY "on", s.id, a.id`
const LAST_SESSION = 'SELECT max(id) FROM session WHERE opportunity_id = ?'
const UNLINK = 'UPDATE session SET opportunity_id = NULL WHERE opportunity_id = ?'
const DELETE = 'DELETE FROM opportunity WHERE id = ?'

/** The opportunities of a notebook. */
export function opportunities({ db, now }: Context): Opportunities {
  const get = (id: number) => {
    const row = db.prepare<[number], Row>(GET).get(id)
    return row && toOpportunity(row)
  }
  const list: Opportunities['list'] = ({ personId, isOpen }) =>
    (personId === undefined
      ? db.prepare<[], Row>(LIST).all()
      : db.prepare<[number], Row>(LIST_OF).all(personId)
    )
      .map(toOpportunity)
      .filter((one) => !isOpen || one.closedAt === null)
  return {
    list,
    get,
    named: (personId, name) => namesakes(list({ personId }), name, (one) => one.name)[0],
    add(personId, { name, stage }) {
      const made = db
        .prepare(ADD)
        .run({ uuid: newUuid(), person: personId, name, stage, now: now(), hash: hashOf(name) })
      return mustFind(get(Number(made.lastInsertRowid)), 'the new opportunity')
    },
    edit(id, { isOpen, ...fields }) {
      const before = mustFind(get(id), `opportunity ${id}`)
      const { name, stage, closedAt } = { ...before, ...fields }
      const closed = isOpen === undefined ? closedAt : isOpen ? null : (closedAt ?? now())
      db.prepare(EDIT).run({ id, name, stage, closedAt: closed, now: now(), hash: hashOf(name) })
      return mustFind(get(id), `opportunity ${id}`)
    },
    lastSession: (id) => db.prepare<[number], number | null>(LAST_SESSION).pluck().get(id) ?? null,
    checks(id, beforeSession = Infinity) {
      const found = new Map<string, GateCheck>()
      const rows = db
        .prepare<[number], { path: string; value: string; session_id: number; on: string }>(CHECKS)
        .all(id)
      for (const { path, value, session_id: sessionId, on } of rows) {
        const match = /^\w+\.\w+\.([a-z][a-z0-9_-]*)\.(did|evidence|heard)$/.exec(path)
        const [, stage, field] = match ?? []
        if (stage === undefined || sessionId >= beforeSession) continue
        if (field !== 'did' && field !== 'evidence' && field !== 'heard') continue
        found.set(`${stage}.${field}`, { stage, field, value, sessionId, on })
      }
      return [...found.values()]
    },
    delete(id) {
      db.prepare(UNLINK).run(id)
      db.prepare(DELETE).run(id)
    },
  }
}

function toOpportunity(row: Row): Opportunity {
  return {
    id: row.id,
    uuid: row.uuid,
    personId: row.person_id,
    person: row.person,
    name: row.name,
    stage: row.stage,
    closedAt: row.closed_at,
    createdAt: row.created_at,
  }
}
