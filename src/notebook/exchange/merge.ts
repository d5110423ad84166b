import type SQLite from 'better-sqlite3'
import { usageError } from '../../errors.ts'
import { type Stray, straysIn } from '../integrity/strays.ts'
import {
  type Difference,
  differenceOf,
  type Missing,
  plansDiffering,
  type Twins,
  twinsAmong,
} from './differences.ts'
import { actsOf, type Fate, numbersGone } from './renumber.ts'
import {
  type Cell,
  columnsOf,
  idOf,
  insertRows,
  type Row,
  rowsOf,
  sequencesOf,
  setSequences,
  TABLE_NAMES,
  type TableName,
  TABLES,
  textOf,
} from '../schema/tables.ts'
import { looksLike, namesakes } from '../../text/folding.ts'

/** What taking in a document changes, or why it cannot be taken in. */
export interface Plan {
  /** Whether there is anything to write. */
  readonly hasNews: boolean
  /** New rows by their tables, with the numbers that they get here. */
  readonly added: ReadonlyMap<TableName, readonly Row[]>
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

/**
 * Works out what of a notebook is missing in another: rows are known by their ids (`uuid`), new ones get new numbers, and
 * every number that refers to a row follows it, also inside answers. Nothing is written.
 * With `isMerging`, people of the same name are taken for the same person; of a part of a notebook (`isPart`), a reference
 * that is not there says nothing.
 */
export function planOf(
  here: SQLite.Database,
  from: SQLite.Database,
  { isMerging, isPart }: { readonly isMerging: boolean; readonly isPart: boolean },
): Plan {
  const fates = new Map<TableName, Map<number, Fate>>(TABLE_NAMES.map((name) => [name, new Map()]))
  const fate = (table: TableName, id: Cell) =>
    id === null ? undefined : fates.get(table)?.get(Number(id))
  const last = new Map(Object.entries(sequencesOf(here)))
  const next = (table: TableName) => {
    const id = (last.get(table) ?? 0) + 1
    last.set(table, id)
    return id
  }
  const numbers = numbersGone(fates, next)
  const shiftAct = actsOf(here, from)
  const added = new Map<TableName, Row[]>()
  const differing: Difference[] = []
  const missing: Missing[] = []
  const leftOut = new Map<TableName, number>()
  const clashing: string[] = []
  const lookingAlike: string[] = []

  for (const table of TABLE_NAMES) {
    const { key, refs, owners } = TABLES[table]
    const columns = columnsOf(here, table).map(({ name }) => name)
    const mine = rowsOf(here, table)
    const byKey = new Map(mine.map((row) => [row[key], row]))
    const places = new Map(mine.map((row) => [placeIn(table, row), row]))
    const rows = rowsOf(from, table)
    const news: Row[] = []
    added.set(table, news)
    const moved = (row: Row): Row => {
      const changed = Object.fromEntries(
        Object.entries(refs).map(([column, to]) => [
          column,
          fate(to, row[column] ?? null)?.id ?? null,
        ]),
      )
      return { ...row, ...changed }
    }
    if (table === 'answer') numbers.learn(rows, byKey)
    for (const row of rows) {
      const known = byKey.get(row[key] ?? null)
      const same = known ?? (table === 'person' ? sameHere(mine, row, isMerging) : undefined)
      const whole = numbers.within(table, moved(row))
      if (same) {
        const isSame =
          known === undefined ||
          columns.every(
            (name) =>
              name === 'id' ||
              name === 'act' ||
              same[name] === whole[name] ||
              (isPart && name in refs && row[name] === null),
          )
        const told = isSame ? null : differenceOf(table, same, whole, isPart ? row : null)
        if (told) differing.push(told)
        const is = isSame ? 'here' : told ? 'other' : 'alike'
        fates.get(table)?.set(idOf(row), { id: idOf(same), is })
        continue
      }
      const isLooking = table === 'person' && isLookAlike(mine, row)
      if (isLooking) lookingAlike.push(textOf(row, 'name') ?? '')
      if (isLooking || (table === 'person' && namesakesOf(mine, row).length > 0)) {
        clashing.push(textOf(row, 'name') ?? '')
      }
      const above = owners.flatMap((column): readonly (Owner | null)[] => {
        const number = row[column] ?? null
        const to = refs[column]
        if (number === null || to === undefined) return []
        const found = fate(to, number)
        return [found ? { table: to, is: found.is } : null]
      })
      const place = placeIn(table, whole)
      const there = place === null ? undefined : places.get(place)
      if (there !== undefined || !above.every((owner) => isFree(table, owner))) {
        const told = there ? differenceOf(table, there, whole, null) : null
        if (told) differing.push(told)
        // What happened to a thing that is the same in both stands in the history of each.
        const isAlike = above.some((owner) => owner?.is === 'alike') && HISTORY.has(table)
        if (isAlike || (there !== undefined && !told)) continue
        if (!there) missing.push({ table, row: whole })
        leftOut.set(table, (leftOut.get(table) ?? 0) + 1)
        continue
      }
      if (place !== null) places.set(place, whole)
      const id = 'id' in row ? next(table) : 0
      fates.get(table)?.set(idOf(row), { id, is: 'new' })
      const act = 'act' in row ? { act: shiftAct(Number(row['act'])) } : {}
      const made = 'id' in row ? { ...whole, ...act, id } : whole
      news.push(made)
    }
  }
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
interface Owner {
  readonly table: TableName
  readonly is: Fate['is']
}

const HISTORY: ReadonlySet<TableName> = new Set(['item_event', 'goal_event'])

/**
 * Whether a new row may come to what it belongs to. Under a person, always. A session that was written on in both copies stays as it is,
 * and so does the history of what differs.
 */
function isFree(table: TableName, owner: Owner | null): boolean {
  if (owner === null) return false
  if (owner.table === 'person') return true
  if (owner.is === 'alike') return owner.table !== 'session' && !HISTORY.has(table)
  return owner.is !== 'other'
}

/**
 * Writes what was planned, inside a transaction that is under way.
 * @throws CoachError (2) where a row of the file would come under another person here than there
 */
export function apply(here: SQLite.Database, { added, sequences }: Plan): void {
  for (const table of TABLE_NAMES) insertRows(here, table, added.get(table) ?? [])
  setSequences(here, sequences)
  const isNew = ({ table, id }: Stray) => added.get(table)?.some((row) => idOf(row) === id)
  if (straysIn(here).some(isNew)) {
    throw usageError(
      'Something in the file is of another person there than in your notebook. Nothing was taken in.',
      'Take the file as coach export wrote it; if it was changed on its way, export again.',
    )
  }
  const broken = here.pragma('foreign_key_check')
  if (Array.isArray(broken) && broken.length > 0) throw new Error('a reference leads nowhere')
}

/** The manager is the same one in every notebook; others of one name are so only where that is said. */
function sameHere(mine: readonly Row[], row: Row, isMerging: boolean): Row | undefined {
  const isSelf = row['relation'] === 'self'
  if (!isSelf && !isMerging) return undefined
  const same = isSelf ? mine.filter((one) => one['relation'] === 'self') : namesakesOf(mine, row)
  return same.length === 1 ? same[0] : undefined
}

function namesakesOf(mine: readonly Row[], row: Row): readonly Row[] {
  const called = (one: Row) => textOf(one, 'name') ?? ''
  return namesakes(mine, called(row), called)
}

function isLookAlike(mine: readonly Row[], row: Row): boolean {
  const name = textOf(row, 'name') ?? ''
  return mine.some((one) => looksLike(textOf(one, 'name') ?? '', name))
}

/** A place of which there is one alone; null where a table has none. */
function placeIn(table: TableName, row: Row): string | null {
  if (table === 'answer') {
    return JSON.stringify([row['session_id'], row['round'], row['path'], row['pass']])
  }
  const isPlanned = table === 'next_session' && row['status'] === 'planned'
  return isPlanned ? String(row['person_id']) : null
}
