import type SQLite from 'better-sqlite3'
import { actionPlace } from '../../answer-places.ts'
import { type Cell, hashOfRow, type TableRow, type TableName, textOf } from '../schema/tables.ts'

/**
 * What became of a row of the document: it is here as it is there; it is `alike`, with the same content, but written at other times; it
 * is here with other content; or it is new.
 */
export interface Fate {
  readonly id: number
  readonly is: 'here' | 'alike' | 'other' | 'new'
}

/** Numbers that stand inside the texts of answers, such as `promises.7.outcome`, and whose they are. */
const IN_PATH = /^(promises|inbox)\.(\d+)\.(outcome|note|to|becomes)$/

/**
 * Acts number the writes of one notebook; those of another come before all of ours, in their own order, so that what
 * was done here is taken back first.
 */
export function actsOf(here: SQLite.Database, from: SQLite.Database): (act: number) => number {
  const all = (db: SQLite.Database) =>
    db
      .prepare<[], number>('SELECT act FROM item_event UNION SELECT act FROM goal_event')
      .pluck()
      .all()
      .filter((act) => act !== 0)
  const theirs = all(from).toSorted((a, b) => a - b)
  const places = new Map(theirs.map((act, at) => [act, at]))
  const first = all(here).reduce((least, act) => Math.min(least, act), 0)
  // Without their gaps: each document that comes would else push the numbers further down.
  return (act) => (act === 0 ? 0 : first - theirs.length + (places.get(act) ?? 0))
}

/**
 * Numbers inside texts: paths of answers about promises and notes, and the goal of an action item. A number whose row is gone
 * gets one that is never used again, and keeps it when the same document comes once more.
 */
export function numbersGone(
  fates: ReadonlyMap<TableName, ReadonlyMap<number, Fate>>,
  next: (table: TableName) => number,
) {
  const gone = new Map<string, number>()
  const find = (table: TableName, number: number) => {
    const known = fates.get(table)?.get(number)?.id ?? gone.get(`${table} ${number}`)
    if (known !== undefined) return known
    const made = next(table)
    gone.set(`${table} ${number}`, made)
    return made
  }
  return {
    /** What numbers of rows that are gone became when this document was taken in before. */
    learn(rows: readonly TableRow[], mine: ReadonlyMap<Cell | undefined, TableRow>) {
      for (const row of rows) {
        const known = mine.get(row['uuid'])
        if (!known) continue
        for (const { table, number, own } of numbersIn(row, known)) {
          if (own !== null && !fates.get(table)?.has(number)) gone.set(`${table} ${number}`, own)
        }
      }
    },
    within(table: TableName, row: TableRow): TableRow {
      if (table !== 'answer') return row
      const path = textOf(row, 'path') ?? ''
      const isGoal = actionPlace(path)?.field === 'goal'
      const goal = (text: string | null) =>
        text !== null && isGoal && /^\d{1,15}$/.test(text)
          ? String(find('goal', Number(text)))
          : text
      const moved = {
        ...row,
        path: path.replace(IN_PATH, (_whole, kind: string, number: string, field: string) => {
          const to = find(kind === 'promises' ? 'action_item' : 'note', Number(number))
          return `${kind}.${to}.${field}`
        }),
        value: goal(textOf(row, 'value')),
        draft: goal(textOf(row, 'draft')),
      }
      return isGoal ? { ...moved, hash: hashOfRow('answer', moved) } : moved
    },
  }
}

/** The numbers inside an answer, each with the one that stands in the same place of ours. */
function numbersIn(row: TableRow, mine: TableRow) {
  const path = textOf(row, 'path') ?? ''
  const [, kind, number] = IN_PATH.exec(path) ?? []
  const own = IN_PATH.exec(textOf(mine, 'path') ?? '')?.[2]
  const inPath =
    kind === undefined
      ? []
      : [
          {
            table: kind === 'promises' ? ('action_item' as const) : ('note' as const),
            number: Number(number),
            own: own === undefined ? null : Number(own),
          },
        ]
  const goals =
    actionPlace(path)?.field === 'goal'
      ? (['value', 'draft'] as const).flatMap((column) => {
          const [theirs, ours] = [textOf(row, column), textOf(mine, column)]
          return theirs !== null &&
            ours !== null &&
            /^\d{1,15}$/.test(theirs) &&
            /^\d{1,15}$/.test(ours)
            ? [{ table: 'goal' as const, number: Number(theirs), own: Number(ours) }]
            : []
        })
      : []
  return [...inPath, ...goals]
}
