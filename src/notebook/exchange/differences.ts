import { DEFAULT_CADENCE_DAYS } from '../../model.ts'
import { type Cell, idOf, type TableRow, type TableName, TABLES } from '../schema/tables.ts'

/** A row that is here with other content than in a document. */
export interface Difference {
  readonly table: TableName
  /** Its number here. */
  readonly id: number
  readonly here: TableRow
  /** The row of the document, with the numbers that what it refers to has here. */
  readonly there: TableRow
  /** The columns whose content a manager would call different. */
  readonly columns: readonly string[]
}

/** A row of a document that stays out, with the numbers that what it refers to has here. */
export interface Missing {
  readonly table: TableName
  readonly row: TableRow
}

/** Repetitions of the same action item, all of them open. */
export interface Twins {
  readonly follows: number
  readonly items: readonly TableRow[]
}

/** The columns in which rows can differ for a manager. What is worked out, or says when a row was written, is in none of them. */
const TOLD: Readonly<Record<TableName, readonly string[]>> = {
  person: ['name', 'relation', 'leads_others', 'role', 'cadence_days', 'archived_at'],
  opportunity: ['person_id', 'name', 'stage', 'closed_at'],
  goal: ['person_id', 'parent_id', 'what', 'is_stretch', 'status', 'due_on'],
  session: ['person_id', 'guide', 'status', 'held_on', 'opportunity_id'],
  action_item: [
    'person_id',
    'session_id',
    'what',
    'owner',
    'carried',
    'due_on',
    'if',
    'then',
    'else',
    'obstacle',
    'measure',
    'result',
    'support',
    'check_in_on',
    'repeat',
    'goal_id',
    'status',
  ],
  note: ['person_id', 'text', 'status', 'session_id'],
  next_session: ['planned_on'],
  answer: ['state', 'value', 'draft', 'visibility'],
  item_event: ['note'],
  goal_event: [],
  calendar_gone: [],
}

/**
 * What is different about a row, as a manager sees it; null where nothing is.
 * @param part the row as it stands in a part of a notebook, where a reference that is not there says nothing
 */
export function differenceOf(
  table: TableName,
  here: TableRow,
  there: TableRow,
  part: TableRow | null,
): Difference | null {
  const { refs } = TABLES[table]
  const columns = TOLD[table].filter((column) => {
    if (part && column in refs && (part[column] ?? null) === null) return false
    return meant(table, here, column, there) !== meant(table, there, column, here)
  })
  return columns.length === 0 ? null : { table, id: idOf(here), here, there, columns }
}

/** What a column says to a manager. */
function meant(table: TableName, row: TableRow, column: string, other: TableRow): Cell | boolean {
  const value = row[column] ?? null
  // When somebody was archived, or an opportunity closed, is in no list; that it was is.
  if (column.endsWith('_at')) return value !== null
  if (column === 'cadence_days') return value ?? DEFAULT_CADENCE_DAYS
  // A check-in that nobody named is worked out, from the day on which that is done.
  if (column === 'check_in_on' && !row['check_in_given'] && !other['check_in_given']) return null
  if (table === 'next_session') return row['status'] === 'planned' ? value : null
  return value
}

/**
 * A conversation that is planned with somebody for the same day is the same plan, whichever row says so: of two copies in which a
 * plan was made, each has a row of its own.
 */
export function plansDiffering(
  differing: readonly Difference[],
  here: readonly TableRow[],
): readonly Difference[] {
  const isPlan = ({ table, there }: Difference) =>
    table === 'next_session' && there['status'] === 'planned'
  return differing.flatMap((one): readonly Difference[] => {
    if (one.table !== 'next_session') return [one]
    const isWith = (row: TableRow) => row['person_id'] === one.here['person_id']
    const planned = here.find((row) => row['status'] === 'planned' && isWith(row))
    if (isPlan(one)) {
      const isSame = planned?.['planned_on'] === one.there['planned_on']
      return isSame ? [] : [{ ...one, here: planned ?? one.here }]
    }
    // One that is off there, where the same document plans another, is told with that.
    const isReplaced = differing.some((other) => isPlan(other) && isWith(other.here))
    return isReplaced || planned === undefined || idOf(planned) !== one.id ? [] : [one]
  })
}

/** Repetitions of one item that are open at once, where the document has at least one of them. */
export function twinsAmong(
  items: readonly TableRow[],
  inDocument: ReadonlySet<number>,
): readonly Twins[] {
  const isOpen = ({ status }: TableRow) => status === 'open' || status === 'part'
  const followers = Map.groupBy(
    items.filter((row) => isOpen(row) && (row['follows_id'] ?? null) !== null),
    (row) => Number(row['follows_id']),
  )
  return [...followers].flatMap(([follows, all]) =>
    all.length > 1 && all.some((row) => inDocument.has(idOf(row))) ? [{ follows, items: all }] : [],
  )
}
