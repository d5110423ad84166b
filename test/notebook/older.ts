import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Home, newHome } from '../world.ts'
import { query, tamper } from './file.ts'

/** A notebook of format 1 as the statements that make it; they do not hold what marks a file as ours. */
const FORMAT_1 = readFileSync(join(import.meta.dirname, 'fixtures/v1.sql'), 'utf8')

/** Writes a notebook of format 1 to a file; with more statements, one in which something is not as usual. */
export function writeFormat1(path: string, more = ''): void {
  tamper(path, `${FORMAT_1}; PRAGMA application_id = 0x636f6163; PRAGMA user_version = 1; ${more}`)
}

/** A home with a notebook of format 1. */
export function homeOfFormat1(more = ''): Home {
  const home = newHome()
  writeFormat1(home.notebook, more)
  return home
}

/** All rows of all tables of format 1, with the columns that they had then. */
export function rowsOfFormat1(path: string): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(
    Object.entries(COLUMNS).map(([table, columns]) => [
      table,
      query(path, `SELECT ${columns} FROM ${table} ORDER BY 1`),
    ]),
  )
}

const COLUMNS = {
  store: 'id, uuid, generation, created_at',
  migration: 'version, name, checksum, applied_at',
  person:
    'id, uuid, revision, name, relation, leads_others, role, cadence_days, archived_at, created_at, updated_at, hash',
  session:
    'id, uuid, revision, person_id, guide, guide_title, status, held_on, planned_on, created_at, updated_at',
  action_item:
    'id, uuid, revision, person_id, session_id, status, what, owner, due_on, "if", "then", "else", obstacle, measure, support, check_in_on, carried, created_at, updated_at, closed_at, hash',
  answer:
    'id, uuid, revision, session_id, round, path, pass, kind, state, value, draft, wording, question_id, visibility, item_id, answered_at, hash',
  item_event:
    'id, uuid, revision, item_id, session_id, kind, status_from, status_to, due_from, due_to, note, at, hash',
  sqlite_sequence: 'name, seq',
}
