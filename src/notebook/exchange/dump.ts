import type SQLite from 'better-sqlite3'
import { escapeHarmful } from '../../text/text.ts'
import { inboxPlace, promisePlace } from '../../answer-places.ts'
import { MIGRATIONS } from '../schema/migrations.ts'
import {
  type Cell,
  hashOfRow,
  idOf,
  type TableRow,
  rowsOf,
  sequencesOf,
  TABLE_NAMES,
  type TableName,
  TABLES,
} from '../schema/tables.ts'

/**
 * The version of the shape of an exchange document. A reader refuses a later one: 2 is one with files, so that an older coach says
 * “upgrade”; one without is still 1, which every coach reads.
 */
export const DOCUMENT_SCHEMA = 2

/** A bank, a guide or the settings of a user, as a text. */
export interface OwnFile {
  /** Where it stands in the home: `question-banks/ours.yaml`, `guides/ours.yaml`, `config.yaml`. */
  readonly path: string
  readonly text: string
}

/** What of a notebook is exported. */
export type Part =
  | { readonly holds: 'everything' }
  | { readonly holds: 'person' | 'session'; readonly id: number }

/** Rows by their tables. */
export type Rows = ReadonlyMap<TableName, readonly TableRow[]>

/** A document as text, and the rows whose text is not what it was when it was written. */
export interface Dump {
  /** To be written one behind the other. */
  readonly pieces: readonly string[]
  readonly damaged: readonly { readonly table: TableName; readonly id: number }[]
}

/** The columns of the store that go along: the key of drafts belongs to the file, not to what is written in it. */
const STORE = 'SELECT uuid, generation, calendar_base, created_at, private_told_at FROM store'
const PIECE = 1 << 16

/**
 * A notebook, or a part of it, as one JSON document, read in one moment: every table with every row and every
 * column, by their names.
 *
 * `{"coach": "notebook", "schema": 1, "format": 5, "holds": "everything" | "person" | "session", "exported_at": …,
 * "store": {…} | null, "sequences": {table: highest number ever given}, "tables": {table: [row, …]}}`
 *
 * Files of one's own, where they go along, stand before the tables, with schema 2: `"files": [{"path": …, "text": …}, …]`.
 * `format` is that of the notebook. Of a part, `store` is null, and what refers to rows outside the part is null too.
 */
export function dump(
  db: SQLite.Database,
  part: Part,
  exportedAt: string,
  files: readonly OwnFile[] = [],
): Dump {
  const { rows, store, sequences, migrations } = db.transaction(() => ({
    rows: part.holds === 'everything' ? everything(db) : partOf(db, part),
    store: part.holds === 'everything' ? db.prepare(STORE).get() : null,
    sequences: part.holds === 'everything' ? sequencesOf(db) : {},
    migrations: part.holds === 'everything' ? rowsOf(db, 'migration') : [],
  }))()
  const head = {
    coach: 'notebook',
    schema: files.length > 0 ? DOCUMENT_SCHEMA : 1,
    format: MIGRATIONS.length,
    holds: part.holds,
    exported_at: exportedAt,
    store,
    sequences,
    ...(files.length > 0 ? { files } : {}),
  }
  const pieces: string[] = []
  let piece = `${escapeHarmful(JSON.stringify(head, null, 1)).slice(0, -2)},\n "tables": {`
  const put = (text: string) => {
    piece += text
    if (piece.length < PIECE) return
    pieces.push(piece)
    piece = ''
  }
  const tables: readonly (readonly [string, readonly TableRow[]])[] = [
    ['migration', migrations],
    ...rows,
  ]
  for (const [at, [table, all]] of tables.entries()) {
    put(`${at === 0 ? '' : ','}\n  ${JSON.stringify(table)}: [`)
    for (const [place, row] of all.entries()) {
      put(`${place === 0 ? '' : ','}\n   ${escapeHarmful(JSON.stringify(row))}`)
    }
    put(all.length === 0 ? ']' : '\n  ]')
  }
  put('\n }\n}\n')
  const damaged = [...rows].flatMap(([table, all]) =>
    TABLES[table].hashed === null
      ? []
      : all.flatMap((row) =>
          hashOfRow(table, row) === row['hash'] ? [] : [{ table, id: idOf(row) }],
        ),
  )
  return { pieces: [...pieces, piece], damaged }
}

function everything(db: SQLite.Database): Rows {
  return new Map(TABLE_NAMES.map((table) => [table, rowsOf(db, table)]))
}

/** The rows of one person or of one session; what they refer to outside is cut. */
export function partOf(db: SQLite.Database, { holds, id }: Extract<Part, { id: number }>): Rows {
  const rows = holds === 'person' ? ofPerson(db, id) : ofSession(db, id)
  const known = new Map(TABLE_NAMES.map((table) => [table, new Set(rows.get(table)?.map(idOf))]))
  return new Map(
    TABLE_NAMES.map((table) => {
      const refs = Object.entries(TABLES[table].refs)
      const cut = (row: TableRow): TableRow => ({
        ...row,
        ...Object.fromEntries(
          refs.map(([column, to]) => {
            const number = row[column] ?? null
            return [column, number !== null && known.get(to)?.has(Number(number)) ? number : null]
          }),
        ),
      })
      return [table, (rows.get(table) ?? []).map(cut)]
    }),
  )
}

function ofPerson(db: SQLite.Database, person: number): Rows {
  const own = 'person_id = @id'
  const where: Readonly<Record<TableName, string>> = {
    person: 'id = @id',
    opportunity: own,
    goal: own,
    session: own,
    action_item: own,
    note: own,
    next_session: own,
    answer: 'session_id IN (SELECT id FROM session WHERE person_id = @id)',
    item_event: 'item_id IN (SELECT id FROM action_item WHERE person_id = @id)',
    goal_event: 'goal_id IN (SELECT id FROM goal WHERE person_id = @id)',
    calendar_gone: own,
  }
  return new Map(
    TABLE_NAMES.map((table) => [table, rowsOf(db, table, where[table], { id: person })]),
  )
}

/** A session with the person, its answers, and whatever they are about, with the history of that. */
function ofSession(db: SQLite.Database, session: number): Rows {
  const [found] = rowsOf(db, 'session', 'id = @id', { id: session })
  const answers = rowsOf(db, 'answer', 'session_id = @id', { id: session })
  const named = (place: (path: string) => number | undefined) =>
    answers.flatMap((row) => place(String(row['path'])) ?? [])
  const items = [
    ...rowsOf(
      db,
      'action_item',
      'session_id = @id OR id IN (SELECT item_id FROM item_event WHERE session_id = @id)',
      { id: session },
    ).map(idOf),
    ...named((path) => promisePlace(path)?.itemId),
  ]
  const chosen = rowsOf(db, 'action_item', within(items))
  const goals = goalsAbove(
    db,
    chosen.map((row) => row['goal_id'] ?? null),
  )
  const notes = named((path) => inboxPlace(path)?.noteId)
  const ofItems = within(chosen.map(idOf))
  return new Map<TableName, readonly TableRow[]>([
    ['person', rowsOf(db, 'person', 'id = @id', { id: found?.['person_id'] ?? null })],
    [
      'opportunity',
      rowsOf(db, 'opportunity', 'id = @id', { id: found?.['opportunity_id'] ?? null }),
    ],
    ['goal', goals],
    ['session', found ? [found] : []],
    ['action_item', chosen],
    ['note', rowsOf(db, 'note', `session_id = @id OR ${within(notes)}`, { id: session })],
    [
      'next_session',
      rowsOf(db, 'next_session', 'agreed_in = @id OR held_in = @id', { id: session }),
    ],
    ['answer', answers],
    ['item_event', rowsOf(db, 'item_event', ofItems.replace('id', 'item_id'))],
    ['goal_event', rowsOf(db, 'goal_event', within(goals.map(idOf)).replace('id', 'goal_id'))],
  ])
}

/** Goals with those above them. */
function goalsAbove(db: SQLite.Database, ids: readonly Cell[]): readonly TableRow[] {
  const all = rowsOf(db, 'goal')
  const wanted = new Set(ids.flatMap((id) => (id === null ? [] : [Number(id)])))
  for (const row of all.toReversed()) {
    const above = row['parent_id'] ?? null
    if (wanted.has(idOf(row)) && above !== null) wanted.add(Number(above))
  }
  return all.filter((row) => wanted.has(idOf(row)))
}

/** A condition on numbers, all of which come from the notebook itself. */
function within(ids: readonly number[]): string {
  return `id IN (${ids.map((id) => String(Math.trunc(id))).join(', ')})`
}
