import { z } from 'zod'
import { query } from '../../notebook/file.ts'

const day = z.iso.date()
const text = z.string()
const whole = z.int()

const TABLES = {
  person: z.strictObject({
    id: whole,
    uuid: text,
    name: text,
    relation: z.enum(['report', 'self', 'coach']),
    leads_others: whole,
    role: text.nullable(),
    cadence_days: whole.nullable(),
    archived_at: text.nullable(),
    created_at: text,
  }),
  session: z.strictObject({
    id: whole,
    uuid: text,
    person_id: whole,
    guide: text,
    status: z.enum(['preparing', 'prepared', 'recording', 'done', 'cancelled']),
    held_on: day.nullable(),
    planned_on: day.nullable(),
    created_at: text,
  }),
  action_item: z.strictObject({
    id: whole,
    uuid: text,
    person_id: whole,
    session_id: whole.nullable(),
    status: z.enum(['open', 'part', 'done', 'missed', 'dropped']),
    what: text,
    owner: z.enum(['them', 'me']),
    due_on: day.nullable(),
    if: text.nullable(),
    then: text.nullable(),
    else: text.nullable(),
    obstacle: text.nullable(),
    measure: text.nullable(),
    result: text.nullable(),
    support: text.nullable(),
    check_in_on: day.nullable(),
    repeat: text.nullable(),
    follows_id: whole.nullable(),
    carried: whole,
    created_at: text,
    closed_at: text.nullable(),
  }),
  item_event: z.strictObject({
    id: whole,
    item_id: whole,
    session_id: whole.nullable(),
    kind: z.enum(['created', 'status', 'carried', 'edited', 'checked']),
    status_from: text.nullable(),
    status_to: text,
    due_from: day.nullable(),
    due_to: day.nullable(),
    undone_at: text.nullable(),
  }),
  answer: z.strictObject({
    id: whole,
    session_id: whole,
    round: whole,
    path: text,
    pass: text,
    state: text,
    value: text.nullable(),
    wording: text,
    visibility: text,
    item_id: whole.nullable(),
  }),
  goal: z.strictObject({
    id: whole,
    person_id: whole,
    is_stretch: whole,
    status: text,
    closed_at: text.nullable(),
  }),
  note: z.strictObject({
    id: whole,
    person_id: whole,
    session_id: whole.nullable(),
    status: text,
    text,
  }),
  next_session: z.strictObject({
    person_id: whole,
    status: z.enum(['planned', 'held', 'cancelled']),
    planned_on: day,
    moved: whole,
  }),
}

function rowsOf<T extends keyof typeof TABLES>(
  path: string,
  table: T,
): readonly z.infer<(typeof TABLES)[T]>[] {
  const schema = TABLES[table]
  const columns = Object.keys(schema.shape).map((column) => `"${column}"`)
  return z
    .array<(typeof TABLES)[T]>(schema)
    .parse(query(path, `SELECT ${columns.join(', ')} FROM ${table} ORDER BY id`))
}

/** What a notebook holds, as it stands in its tables. */
export type Rows = ReturnType<typeof readRows>
export type ItemRow = Rows['items'][number]
export type PersonRow = Rows['people'][number]
export type SessionRow = Rows['sessions'][number]
export type AnswerRow = Rows['answers'][number]

/** Reads the tables of a notebook, each row by its number. */
export function readRows(path: string) {
  return {
    people: rowsOf(path, 'person'),
    sessions: rowsOf(path, 'session'),
    items: rowsOf(path, 'action_item'),
    events: rowsOf(path, 'item_event'),
    answers: rowsOf(path, 'answer'),
    goals: rowsOf(path, 'goal'),
    notes: rowsOf(path, 'note'),
    nextSessions: rowsOf(path, 'next_session'),
  }
}
