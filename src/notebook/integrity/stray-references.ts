import type SQLite from 'better-sqlite3'
import { actionPlace, inboxPlace, promisePlace } from '../../answer-places.ts'
import {
  columnsOf,
  idOf,
  type TableRow,
  type TableName,
  TABLES,
  tablesIn,
  textOf,
} from '../schema/tables.ts'

/** A row that refers to something of another person than its own. */
export interface Stray {
  readonly table: TableName
  readonly id: number
  readonly column: string
}

/** How it is found whose a row is, where the row itself does not say so, or says so beside the row that it belongs to. */
const THROUGH: Readonly<Partial<Record<TableName, readonly [column: string, to: TableName]>>> = {
  answer: ['session_id', 'session'],
  item_event: ['item_id', 'action_item'],
  goal_event: ['goal_id', 'goal'],
}

/**
 * Every row that refers to something of another person: it would be read on the sheet of that person, and go when that person is
 * forgotten. Also by a number inside an answer. Works in a file of any format, and goes through all of it.
 * @param most how many are looked for
 */
export function straysIn(db: SQLite.Database, most = Infinity): readonly Stray[] {
  const found: Stray[] = []
  for (const table of tablesIn(db)) {
    if (table === 'person') continue
    for (const id of misfiled(db, table)) {
      found.push(id)
      if (found.length >= most) return found
    }
  }
  for (const stray of misnamed(db)) {
    found.push(stray)
    if (found.length >= most) return found
  }
  return found
}

function* misfiled(db: SQLite.Database, table: TableName): Generator<Stray> {
  const through = THROUGH[table]
  const columns = new Set(columnsOf(db, table).map(({ name }) => name))
  const owner =
    through === undefined
      ? 't.person_id'
      : `(SELECT o.person_id FROM "${through[1]}" o WHERE o.id = t."${through[0]}")`
  for (const [column, to] of Object.entries(TABLES[table].refs)) {
    if (!columns.has(column) || column === through?.[0]) continue
    if (to === 'person' && through === undefined) continue
    const theirs = to === 'person' ? 'r.id' : 'r.person_id'
    const rows = db
      .prepare<[], number>(
        `SELECT t.id FROM "${table}" t JOIN "${to}" r ON r.id = t."${column}" WHERE ${theirs} <> ${owner}`,
      )
      .pluck()
    for (const id of rows.iterate()) yield { table, id, column }
  }
}

/** Numbers inside answers: of action items and notes in paths, of goals in what was chosen for an action item. */
function* misnamed(db: SQLite.Database): Generator<Stray> {
  const ownersOf = (table: TableName): ReadonlyMap<number, number> =>
    tablesIn(db).includes(table)
      ? new Map(
          db.prepare<[], [number, number]>(`SELECT id, person_id FROM "${table}"`).raw().all(),
        )
      : new Map()
  const owners = {
    item: ownersOf('action_item'),
    note: ownersOf('note'),
    goal: ownersOf('goal'),
  }
  const answers = db.prepare<[], TableRow>(
    `SELECT a.id, a.path, a.value, a.draft, s.person_id FROM answer a JOIN session s ON s.id = a.session_id
      WHERE a.path LIKE 'promises.%' OR a.path LIKE 'inbox.%' OR a.path LIKE '%.goal'`,
  )
  for (const row of answers.iterate()) {
    const person = Number(row['person_id'])
    const isOther = (kind: keyof typeof owners, number: number | undefined) => {
      const owner = number === undefined ? undefined : owners[kind].get(number)
      return owner !== undefined && owner !== person
    }
    const path = textOf(row, 'path') ?? ''
    const isGoal = actionPlace(path)?.field === 'goal'
    const column = isOther('item', promisePlace(path)?.itemId)
      ? 'path'
      : isOther('note', inboxPlace(path)?.noteId)
        ? 'path'
        : ['value', 'draft'].find((name) => isGoal && isOther('goal', numberIn(textOf(row, name))))
    if (column !== undefined) yield { table: 'answer', id: idOf(row), column }
  }
}

function numberIn(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
