import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Home, newHome } from '../world.ts'
import { query, tamper } from './file.ts'

/** The formats of notebooks that are out there and are not the one of today. */
export const OLD_FORMATS = [1, 2, 3, 4] as const

type OldFormat = (typeof OLD_FORMATS)[number]

/** A notebook of each format as the statements that make it; they do not hold what marks a file as ours. */
const STATEMENTS = new Map(
  OLD_FORMATS.map((format) => [
    format,
    readFileSync(join(import.meta.dirname, `fixtures/v${format}.sql`), 'utf8'),
  ]),
)

/** Writes a notebook of an old format to a file; with more statements, one in which something is not as usual. */
export function writeOld(format: OldFormat, path: string, more = ''): void {
  const marks = `PRAGMA application_id = 0x636f6163; PRAGMA user_version = ${format}`
  tamper(path, `${STATEMENTS.get(format)}; ${marks}; ${more}`)
}

/** A home with a notebook of an old format. */
export function homeOfOld(format: OldFormat, more = ''): Home {
  const home = newHome()
  writeOld(format, home.notebook, more)
  return home
}

/** All rows of all tables of an old format, with the columns that they had then. */
export function rowsOfOld(
  format: OldFormat,
  path: string,
): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(
    Object.entries(COLUMNS[format]).map(([table, columns]) => [
      table,
      query(path, `SELECT ${columns} FROM ${table} ORDER BY 1`),
    ]),
  )
}

const FORMAT_1 = {
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
  // What was agreed next gets a table of its own, and rows from the step that makes it.
  [`sqlite_sequence WHERE name <> 'next_session'`]: 'name, seq',
}
const FORMAT_2 = {
  ...FORMAT_1,
  session: `${FORMAT_1.session}, opportunity_id`,
  opportunity:
    'id, uuid, revision, person_id, name, stage, closed_at, created_at, updated_at, hash',
}
const FORMAT_3 = {
  ...FORMAT_2,
  action_item: `${FORMAT_2.action_item}, result, repeat, check_in_given, goal_id, follows_id`,
  answer: `${FORMAT_2.answer}, person_id`,
  item_event: `${FORMAT_2.item_event}, check_in_from, act, undone_at`,
  goal: 'id, uuid, revision, person_id, parent_id, what, is_stretch, status, due_on, created_at, updated_at, closed_at, hash',
  goal_event: 'id, uuid, revision, goal_id, status_from, status_to, at, act, undone_at',
  note: 'id, uuid, revision, person_id, session_id, status, text, created_at, updated_at, hash',
  next_session:
    'id, uuid, revision, person_id, agreed_in, held_in, status, planned_on, moved, before_on, before_in, created_at, updated_at',
  calendar_gone: 'uid, person_id, day, sequence, at',
  sqlite_sequence: 'name, seq',
}
const COLUMNS = {
  1: FORMAT_1,
  2: FORMAT_2,
  3: FORMAT_3,
  4: { ...FORMAT_3, store: `${FORMAT_1.store}, private_told_at, draft_key` },
} as const satisfies Record<OldFormat, object>
