import { CoachError, EXIT } from '../errors.ts'
import type { Becomes, Note } from '../model.ts'
import { type Context, hashOf, mustFind, newUuid } from './context.ts'

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
  add(personId: number, text: string): NamedNote
  /** Puts into the inbox what was being written. */
  finish(personId: number, text: string): NamedNote
  /** What is still being written about a person. */
  draft(personId: number): string | null
  /** Keeps what is being written, or, with an empty text, forgets it. */
  keepDraft(personId: number, text: string): void
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
const REWRITE = `UPDATE note SET text = @text, updated_at = @now, hash = @hash, revision = revision + 1 WHERE id = @id`
const FINISH = `UPDATE note SET text = @text, status = 'waiting', created_at = @now, updated_at = @now, hash = @hash,
  revision = revision + 1 WHERE id = @id`
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
  const draftOf = (personId: number) => db.prepare<[number], Row>(DRAFT).get(personId)
  const add = (personId: number, text: string, status: 'draft' | 'waiting') => {
    const values = { text, status, now: now(), hash: hashOf(text) }
    const made = db.prepare(ADD).run({ ...values, uuid: newUuid(), person: personId })
    return Number(made.lastInsertRowid)
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
    add: (personId, text) => mustFind(get(add(personId, text, 'waiting')), 'the new note'),
    finish(personId, text) {
      const draft = draftOf(personId)
      if (!draft) return mustFind(get(add(personId, text, 'waiting')), 'the new note')
      db.prepare(FINISH).run({ id: draft.id, text, now: now(), hash: hashOf(text) })
      return mustFind(get(draft.id), 'the new note')
    },
    draft: (personId) => draftOf(personId)?.text ?? null,
    keepDraft(personId, text) {
      const draft = draftOf(personId)
      if (text.trim() === '') {
        if (draft) db.prepare(DELETE).run(draft.id)
      } else if (draft) {
        db.prepare(REWRITE).run({ id: draft.id, text, now: now(), hash: hashOf(text) })
      } else add(personId, text, 'draft')
    },
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
