import { CoachError, EXIT } from '../../errors.ts'
import type { Becomes, Note } from '../../model.ts'
import { newUuid, hashOf } from '../schema/row-values.ts'
import { type Context, mustFind } from './context.ts'

interface Row {
  id: number
  uuid: string
  person_id: number
  person: string
  session_id: number | null
  status: Note['status']
  text: string
  created_at: string
}

/** A note with the name of its person. */
export interface NamedNote extends Note {
  readonly person: string
}

export interface Notes {
  get(id: number): NamedNote | undefined
  /** Notes that wait in the inbox, the oldest first: of one person, or of everybody who is not in the archive. */
  waiting(personId?: number): readonly NamedNote[]
  /** How many notes wait for whom; for nobody in the archive. */
  counts(): readonly { readonly person: string; readonly n: number }[]
  /** Notes by their numbers, as far as they are there. */
  named(ids: readonly number[]): readonly NamedNote[]
  /** Notes that a session made something of. */
  takenBy(sessionId: number): readonly NamedNote[]
  /** @param uuid where it was given before the note was there, so that it is put in once */
  add(personId: number, text: string, uuid?: string): NamedNote
  /** The text of the note with a UUID; null where there is none. */
  textOf(uuid: string): string | null
  /** What an earlier coach kept as being written about a person; a draft lies in a file of its own now. */
  draft(personId: number): string | null
  forgetDraft(personId: number): void
  /** Says in a session what becomes of a note; null takes that back. @throws CoachError (4) when another session has it */
  become(id: number, sessionId: number, becomes: Becomes | null): void
  /** Puts back into the inbox what a session made of notes, but for those that it dropped. */
  giveBack(sessionId: number): void
  delete(id: number): void
}

const ALL = `SELECT n.id, n.uuid, n.person_id, p.name AS person, n.session_id, n.status, n.text, n.created_at
  FROM note n JOIN person p ON p.id = n.person_id`
const GET = `${ALL} WHERE n.id = ?`
const WAITING = `${ALL} WHERE n.status = 'waiting' AND p.archived_at IS NULL ORDER BY n.id`
const WAITING_OF = `${ALL} WHERE n.person_id = ? AND n.status = 'waiting' ORDER BY n.id`
const COUNTS = `SELECT p.name AS person, count(*) AS n FROM note n JOIN person p ON p.id = n.person_id
  WHERE n.status = 'waiting' AND p.archived_at IS NULL GROUP BY p.id ORDER BY min(n.id)`
const TAKEN = `${ALL} WHERE n.session_id = ? ORDER BY n.id`
const DRAFT = `${ALL} WHERE n.person_id = ? AND n.status = 'draft' ORDER BY n.id DESC LIMIT 1`
const ADD = `INSERT INTO note (uuid, person_id, status, text, created_at, updated_at, hash)
  VALUES (@uuid, @person, @status, @text, @now, @now, @hash)`
const TEXT_OF = 'SELECT text FROM note WHERE uuid = ?'
const FORGET_DRAFT = "DELETE FROM note WHERE person_id = ? AND status = 'draft'"
const BECOME = `UPDATE note SET status = @status, session_id = @taken, updated_at = @now,
  revision = revision + 1 WHERE id = @id AND (session_id IS NULL OR session_id = @session)`
const GIVE_BACK = `UPDATE note SET status = 'waiting', session_id = NULL, updated_at = ?,
  revision = revision + 1 WHERE session_id = ? AND status IN ('observation', 'praise', 'topic')`
const DELETE = 'DELETE FROM note WHERE id = ?'

/** The inbox of a notebook. */
export function notes({ db, now }: Context): Notes {
  const get = (id: number) => {
    const row = db.prepare<[number], Row>(GET).get(id)
    return row && toNote(row)
  }
  return {
    get,
    waiting: (personId) =>
      (personId === undefined
        ? db.prepare<[], Row>(WAITING).all()
        : db.prepare<[number], Row>(WAITING_OF).all(personId)
      ).map(toNote),
    counts: () => db.prepare<[], { person: string; n: number }>(COUNTS).all(),
    named: (ids) => ids.flatMap((id) => get(id) ?? []),
    takenBy: (sessionId) => db.prepare<[number], Row>(TAKEN).all(sessionId).map(toNote),
    add(personId, text, uuid = newUuid()) {
      const made = db
        .prepare(ADD)
        .run({ uuid, person: personId, text, status: 'waiting', now: now(), hash: hashOf(text) })
      return mustFind(get(Number(made.lastInsertRowid)), 'the new note')
    },
    textOf: (uuid) => db.prepare<[string], string>(TEXT_OF).pluck().get(uuid) ?? null,
    draft: (personId) => db.prepare<[number], Row>(DRAFT).get(personId)?.text ?? null,
    forgetDraft: (personId) => void db.prepare(FORGET_DRAFT).run(personId),
    become(id, session, becomes) {
      const isTaken = becomes !== null && becomes !== 'kept'
      const values = { id, status: isTaken ? becomes : 'waiting', now: now() }
      const taken = isTaken ? session : null
      const { changes } = db.prepare(BECOME).run({ ...values, session, taken })
      if (changes > 0) return
      throw new CoachError(
        EXIT.busy,
        `Note ${id} was taken by another session, or deleted, meanwhile. Nothing was changed.`,
      )
    },
    giveBack: (sessionId) => void db.prepare(GIVE_BACK).run(now(), sessionId),
    delete: (id) => void db.prepare(DELETE).run(id),
  }
}

function toNote(row: Row): NamedNote {
  return {
    id: row.id,
    uuid: row.uuid,
    personId: row.person_id,
    person: row.person,
    sessionId: row.session_id,
    status: row.status,
    text: row.text,
    createdAt: row.created_at,
  }
}
