import type Database from 'better-sqlite3'
import { codeOf } from '../../files/durable.ts'
import { lazy } from '../../lazy.ts'

/**
 * A start of coach that wrote to a file, by a random mark, and the count of writes of the file after its last one. A file that holds a
 * start, with as many writes or more, is the one in which it was seen or has grown out of it; any other went its own way, however
 * often it was written. The mark alone does not tell: a synchronising program may have taken a copy in the middle of a conversation.
 */
export interface Start {
  readonly mark: string
  readonly written: number
}

/** So many starts are told apart: whoever comes back after more of them is not known any more. */
const MOST_STARTS = 1000

const LAST = 'SELECT mark, written FROM start ORDER BY written DESC LIMIT 1'
const HOLDS = 'SELECT 1 FROM start WHERE mark = ? AND written >= ? ORDER BY id DESC LIMIT 1'
const ADD =
  'INSERT INTO start (mark, written) SELECT ?, generation FROM store RETURNING id, mark, written'
const DROP = 'DELETE FROM start WHERE id <= ?'
const GO_ON =
  'UPDATE start SET written = (SELECT generation FROM store) WHERE mark = ? RETURNING mark, written'
const HAS_STARTS = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'start'"

/**
 * The start that wrote to a file last; null where none did, its format knows no starts, or they are damaged: then whoever wants to
 * write is refused for that, and reading goes on.
 */
export function lastStart(db: Database.Database): Start | null {
  try {
    return knowsStarts(db) ? (db.prepare<[], Start>(LAST).get() ?? null) : null
  } catch (error) {
    if (/^SQLITE_(?:CORRUPT|NOTADB)/.test(codeOf(error))) return null
    throw error
  }
}

/** Whether a file is the one in which a start was seen, or has grown out of it. */
export function holdsStart(db: Database.Database, { mark, written }: Start): boolean {
  return knowsStarts(db) && db.prepare(HOLDS).get(mark, written) !== undefined
}

/** Whether a file does not hold a start. Of one whose starts are damaged nobody can tell: it is read, and not written to anyway. */
export function isWithout(db: Database.Database, start: Start): boolean {
  try {
    return !holdsStart(db, start)
  } catch (error) {
    if (/^SQLITE_(?:CORRUPT|NOTADB)/.test(codeOf(error))) return false
    throw error
  }
}

/** Notes that another start has written, inside the transaction that counts the write. */
export function addStart(db: Database.Database): Start {
  const fresh = lazy.crypto().randomBytes(9).toString('base64url')
  const added = db.prepare<[string], Start & { readonly id: number }>(ADD).get(fresh)
  if (!added) throw new Error('the file does not say how often it was written')
  db.prepare(DROP).run(added.id - MOST_STARTS)
  const { mark, written } = added
  return { mark, written }
}

/** Notes that the same start has written again. Where its row is gone, as after a thousand others, it gets another one. */
export function goOn(db: Database.Database, { mark }: Start): Start {
  return db.prepare<[string], Start>(GO_ON).get(mark) ?? addStart(db)
}

/** Whether the format of a file has room for starts. */
export function knowsStarts(db: Database.Database): boolean {
  return db.prepare(HAS_STARTS).get() !== undefined
}
