import type SQLite from 'better-sqlite3'
import {
  type Difference,
  differenceOf,
  type Missing,
  plansDiffering,
  type Twins,
  twinsAmong,
} from './differences.ts'
import { actsOf, type Fate, numbersGone } from './renumber.ts'
import { likeness, personName, samePerson } from './same-person.ts'
import {
  type Cell,
  columnsOf,
  idOf,
  type TableRow,
  rowsOf,
  sequencesOf,
  TABLE_NAMES,
  type TableName,
  TABLES,
} from '../schema/tables.ts'

/** What taking in a document changes, or why it cannot be taken in. */
export interface Plan {
  /** Whether there is anything to write. */
  readonly hasNews: boolean
  /** New rows by their tables, with the numbers that they get here. */
  readonly added: ReadonlyMap<TableName, readonly TableRow[]>
  /** Rows that are here with other content, and stay as they are. */
  readonly differing: readonly Difference[]
  /** Rows that stay out because what they belong to differs. */
  readonly missing: readonly Missing[]
  /** Repetitions of one action item that are open twice: made in two copies, for two days. */
  readonly twins: readonly Twins[]
  /** How many rows stay out because what they belong to differs, or because their place is taken. */
  readonly leftOut: ReadonlyMap<TableName, number>
  /** Names of people who are here already, as somebody else. */
  readonly clashing: readonly string[]
  /** Those of them who only look like somebody here, in letters of another alphabet. */
  readonly lookingAlike: readonly string[]
  readonly sequences: Readonly<Record<string, number>>
}

/** Which two notebooks are brought together, and how. */
interface Sides {
  readonly here: SQLite.Database
  readonly from: SQLite.Database
  /** Whether people of the same name are taken for the same person. */
  readonly isMerging: boolean
  /** Whether what comes is a part of a notebook: then a reference that is not there says nothing. */
  readonly isPart: boolean
}

/** How far the merge has come: what was found of the tables before, and what goes into the plan. */
interface Merging extends Sides {
  /** What became of each row of the document, by table and number. */
  readonly fates: ReadonlyMap<TableName, Map<number, Fate>>
  /** The last number that was given in each table here. */
  readonly last: Map<string, number>
  readonly numbers: ReturnType<typeof numbersGone>
  readonly shiftAct: (act: number) => number
  readonly added: Map<TableName, TableRow[]>
  readonly differing: Difference[]
  readonly missing: Missing[]
  readonly leftOut: Map<TableName, number>
  readonly clashing: string[]
  readonly lookingAlike: string[]
}

/** One table as it is here, with what came to it. */
interface Here {
  readonly table: TableName
  readonly columns: readonly string[]
  readonly rows: readonly TableRow[]
  readonly byKey: ReadonlyMap<Cell | undefined, TableRow>
  readonly places: Map<string | null, TableRow>
}

/**
 * Works out what of a notebook is missing in another: rows are known by their ids (`uuid`), new ones get new numbers, and
 * every number that refers to a row follows it, also inside answers. Nothing is written.
 */
export function planOf(
  here: SQLite.Database,
  from: SQLite.Database,
  how: Pick<Sides, 'isMerging' | 'isPart'>,
): Plan {
  const merging = begin({ here, from, ...how })
  // What a row belongs to comes before it.
  for (const table of TABLE_NAMES) mergeTable(merging, table)
  return planFrom(merging)
}

function begin(sides: Sides): Merging {
  const { here, from } = sides
  const fates = new Map<TableName, Map<number, Fate>>(TABLE_NAMES.map((name) => [name, new Map()]))
  const last = new Map(Object.entries(sequencesOf(here)))
  return {
    ...sides,
    fates,
    last,
    numbers: numbersGone(fates, (table) => nextNumber(last, table)),
    shiftAct: actsOf(here, from),
    added: new Map(TABLE_NAMES.map((name) => [name, []])),
    differing: [],
    missing: [],
    leftOut: new Map(),
    clashing: [],
    lookingAlike: [],
  }
}

function nextNumber(last: Map<string, number>, table: TableName): number {
  const id = (last.get(table) ?? 0) + 1
  last.set(table, id)
  return id
}

function mergeTable(merging: Merging, table: TableName): void {
  const { key } = TABLES[table]
  const here = tableHere(merging, table)
  const rows = rowsOf(merging.from, table)
  if (table === 'answer') merging.numbers.learn(rows, here.byKey)
  for (const row of rows) {
    const known = here.byKey.get(row[key] ?? null)
    const isPerson = known === undefined && table === 'person'
    const same = isPerson ? samePerson(here.rows, row, merging.isMerging) : known
    const whole = merging.numbers.within(table, withOurNumbers(merging, table, row))
    if (same) compare(merging, here, { row, whole, same, isKnown: known !== undefined })
    else admit(merging, here, { row, whole })
  }
}

function tableHere({ here }: Merging, table: TableName): Here {
  const rows = rowsOf(here, table)
  return {
    table,
    columns: columnsOf(here, table).map(({ name }) => name),
    rows,
    byKey: new Map(rows.map((row) => [row[TABLES[table].key], row])),
    places: new Map(rows.map((row) => [placeIn(table, row), row])),
  }
}

/** A row of the document, with the numbers that what it refers to has here. */
function withOurNumbers(merging: Merging, table: TableName, row: TableRow): TableRow {
  const refs = Object.entries(TABLES[table].refs).map(([column, to]) => [
    column,
    fateOf(merging, to, row[column] ?? null)?.id ?? null,
  ])
  return { ...row, ...Object.fromEntries(refs) }
}

function fateOf({ fates }: Merging, table: TableName, id: Cell): Fate | undefined {
  return id === null ? undefined : fates.get(table)?.get(Number(id))
}

/** A row that is here already stays as it is; where its content differs, that is told. */
function compare(
  { isPart, differing, fates }: Merging,
  { table, columns }: Here,
  pair: {
    readonly row: TableRow
    readonly whole: TableRow
    readonly same: TableRow
    readonly isKnown: boolean
  },
): void {
  const { row, whole, same, isKnown } = pair
  const { refs } = TABLES[table]
  const isUnsaid = (name: string) => isPart && name in refs && row[name] === null
  const isSame =
    !isKnown ||
    columns.every(
      (name) => name === 'id' || name === 'act' || same[name] === whole[name] || isUnsaid(name),
    )
  const told = isSame ? null : differenceOf(table, same, whole, isPart ? row : null)
  if (told) differing.push(told)
  const is = isSame ? 'here' : told ? 'other' : 'alike'
  fates.get(table)?.set(idOf(row), { id: idOf(same), is })
}

/** A row that is not here comes in with a number of ours, unless its place is taken or what it belongs to differs. */
function admit(
  merging: Merging,
  here: Here,
  { row, whole }: { readonly row: TableRow; readonly whole: TableRow },
): void {
  const { table, places } = here
  if (table === 'person') tellLikeness(merging, here, row)
  const above = ownersOf(merging, table, row)
  const place = placeIn(table, whole)
  const there = place === null ? undefined : places.get(place)
  if (there !== undefined || !above.every((owner) => isFree(table, owner))) {
    return leaveOut(merging, { table, whole, there, above })
  }
  if (place !== null) places.set(place, whole)
  const hasId = 'id' in row
  const id = hasId ? nextNumber(merging.last, table) : 0
  merging.fates.get(table)?.set(idOf(row), { id, is: 'new' })
  const act = 'act' in row ? { act: merging.shiftAct(Number(row['act'])) } : {}
  merging.added.get(table)?.push(hasId ? { ...whole, ...act, id } : whole)
}

function tellLikeness({ clashing, lookingAlike }: Merging, { rows }: Here, row: TableRow): void {
  const like = likeness(rows, row)
  if (like !== null) clashing.push(personName(row))
  if (like === 'look-alike') lookingAlike.push(personName(row))
}

function leaveOut(
  { differing, missing, leftOut }: Merging,
  {
    table,
    whole,
    there,
    above,
  }: {
    readonly table: TableName
    readonly whole: TableRow
    readonly there: TableRow | undefined
    readonly above: readonly (RowFate | null)[]
  },
): void {
  const told = there ? differenceOf(table, there, whole, null) : null
  if (told) differing.push(told)
  // What happened to a thing that is the same in both stands in the history of each.
  const isAlike = above.some((owner) => owner?.is === 'alike') && HISTORY.has(table)
  if (isAlike || (there !== undefined && !told)) return
  if (!there) missing.push({ table, row: whole })
  leftOut.set(table, (leftOut.get(table) ?? 0) + 1)
}

/** What a row belongs to; null for something that is not in the document. */
function ownersOf(merging: Merging, table: TableName, row: TableRow): readonly (RowFate | null)[] {
  const { refs, owners } = TABLES[table]
  return owners.flatMap((column): readonly (RowFate | null)[] => {
    const number = row[column] ?? null
    const to = refs[column]
    if (number === null || to === undefined) return []
    const found = fateOf(merging, to, number)
    return [found ? { table: to, is: found.is } : null]
  })
}

function planFrom(merging: Merging): Plan {
  const { here, fates, added, differing, missing, leftOut, clashing, lookingAlike, last } = merging
  return {
    hasNews: [...added.values()].some((rows) => rows.length > 0),
    added,
    differing: plansDiffering(differing, rowsOf(here, 'next_session')),
    missing,
    twins: twinsAmong(
      [...rowsOf(here, 'action_item'), ...(added.get('action_item') ?? [])],
      new Set([...(fates.get('action_item')?.values() ?? [])].map(({ id }) => id)),
    ),
    leftOut,
    clashing,
    lookingAlike,
    sequences: Object.fromEntries(last),
  }
}

/** What a row belongs to, and what became of that. */
export interface RowFate {
  readonly table: TableName
  readonly is: Fate['is']
}

const HISTORY: ReadonlySet<TableName> = new Set(['item_event', 'goal_event'])

/**
 * Whether a new row may come to what it belongs to. Under a person, always. A session that was written on in both copies stays as it is,
 * and so does the history of what differs.
 */
export function isFree(table: TableName, owner: RowFate | null): boolean {
  if (owner === null) return false
  if (owner.table === 'person') return true
  if (owner.is === 'alike') return owner.table !== 'session' && !HISTORY.has(table)
  return owner.is !== 'other'
}

/** A place of which there is one alone; null where a table has none. */
export function placeIn(table: TableName, row: TableRow): string | null {
  if (table === 'answer') {
    return JSON.stringify([row['session_id'], row['round'], row['path'], row['pass']])
  }
  const isPlanned = table === 'next_session' && row['status'] === 'planned'
  return isPlanned ? String(row['person_id']) : null
}
