import type SQLite from 'better-sqlite3'
import { localDay } from '../../dates/day.ts'
import { HIGH_NUMBER } from '../schema/bounds.ts'
import { newUuid } from '../schema/row-values.ts'
import { type Context } from '../store/context.ts'
import { hasSister } from '../encryption/unprotected-copies.ts'
import { UNKNOWN_WRITES } from '../schema/store-row.ts'
import { type Dump, dump, type OwnFile, type Part, partOf, type Rows } from './dump.ts'
import { apply } from './apply-plan.ts'
import { type Plan, planOf } from './merge-plan.ts'
import type { Stage } from './staging.ts'
import {
  columnsOf,
  idOf,
  insertRows,
  type TableRow,
  rowsOf,
  sequencesOf,
  setSequences,
  tablesIn,
  type TableName,
  textOf,
} from '../schema/tables.ts'

/** Somewhere in what is kept about others (or oneself) where a text speaks of somebody. */
export interface Mention {
  readonly table: TableName
  readonly id: number
  readonly personId: number
  readonly sessionId: number | null
  /** The day of the conversation, else that on which it was written. */
  readonly day: string
}

/** A notebook as rows: what leaves it, and what comes into it from another. */
export interface Exchange {
  /** The notebook or a part of it as a document, see `dump.ts`. */
  dump(part: Part, files?: readonly OwnFile[]): Dump
  /** All rows about a person. */
  rowsOfPerson(personId: number): Rows
  /** Where the records of others speak of somebody. */
  mentionsOutside(
    personId: number,
    isNamed: (text: string, about: number) => boolean,
  ): readonly Mention[]
  /** Whether nothing was ever written here. */
  isEmpty(): boolean
  /** What taking in another notebook would change. */
  plan(stage: Stage, isMerging: boolean): Plan
  /**
   * Takes it in, inside a transaction that is under way: into an empty notebook row for row, else as it was planned. What has very high
   * numbers gets new ones there too.
   */
  take(stage: Stage, isMerging: boolean): Plan | null
}

/** The exchange of a notebook with files. */
export function exchange({ db, now }: Context): Exchange {
  const isEmpty = () =>
    Object.values(sequencesOf(db)).every((last) => last === 0) &&
    tablesIn(db).every(
      (table) => db.prepare(`SELECT 1 FROM "${table}" LIMIT 1`).get() === undefined,
    )
  const plan = ({ db: from, holds }: Stage, isMerging: boolean) =>
    planOf(db, from, { isMerging, isPart: holds !== 'everything' })
  return {
    dump: (part, files) => dump(db, part, now(), files),
    rowsOfPerson: (id) => partOf(db, { holds: 'person', id }),
    mentionsOutside: (personId, isNamed) => mentions(db, personId, isNamed),
    isEmpty,
    plan,
    take(stage, isMerging) {
      if (isEmpty() && !stage.isHigh) {
        copyRows(stage, db)
        return null
      }
      const made = plan(stage, isMerging)
      if (made.hasNews && made.clashing.length === 0) {
        apply(db, made)
        keepCalendarAhead(db, stage)
      }
      return made
    },
  }
}

/**
 * Fills a notebook that has just been made, and has no store of its own yet that anybody knows. It becomes the one that the
 * document was made of, unless that stands beside it: of two with one id, each would take the other's backups for its own.
 * @param path where the new notebook is going to stand
 */
export function fillNew(db: SQLite.Database, stage: Stage, path: string): void {
  const { db: from, holds } = stage
  db.transaction(() => {
    if (stage.isHigh) {
      apply(db, planOf(db, from, { isMerging: false, isPart: holds !== 'everything' }))
      return
    }
    copyRows(stage, db)
    if (holds !== 'everything') return
    for (const table of ['store', 'migration']) {
      db.prepare(`DELETE FROM "${table}"`).run()
      insertRows(db, table, rowsOf(from, table))
    }
    const storeId = String(rowsOf(from, 'store')[0]?.['uuid'])
    if (hasSister({ path, storeId })) db.prepare('UPDATE store SET uuid = ?').run(newUuid())
  }).immediate()
}

/** Every row as it is, with its number, into a notebook that is empty. */
function copyRows({ db: from, holds }: Pick<Stage, 'db' | 'holds'>, to: SQLite.Database): void {
  const isWhole = holds === 'everything'
  to.pragma('defer_foreign_keys = ON')
  for (const table of tablesIn(to)) insertRows(to, table, rowsOf(from, table))
  setSequences(to, sequencesOf(from))
  const { generation, private_told_at: toldAt } = rowsOf(from, 'store')[0] ?? {}
  // What is done from now on counts as later than what was done there; a part does not say how often its notebook was written.
  to.prepare(
    `UPDATE store SET generation = max(generation, ?),
      private_told_at = coalesce(private_told_at, ?)`,
  ).run(isWhole ? (generation ?? 0) : lastAct(from) + UNKNOWN_WRITES, toldAt ?? null)
  keepCalendarAhead(to, { db: from, holds })
}

const THEIRS = 'SELECT calendar_base + generation FROM store'

/** A calendar that the other notebook fed takes only higher numbers than it was given there. */
function keepCalendarAhead(to: SQLite.Database, { db: from, holds }: Pick<Stage, 'db' | 'holds'>) {
  const isWhole = holds === 'everything'
  const theirs = isWhole
    ? Number(from.prepare(THEIRS).pluck().get())
    : lastAct(from) + UNKNOWN_WRITES
  // No calendar was ever given such a number; numbers of ours follow those of others no further.
  if (theirs > HIGH_NUMBER) return
  to.prepare('UPDATE store SET calendar_base = max(calendar_base, ? + 1 - generation)').run(theirs)
}

const LAST_ACT = `SELECT max(act) FROM (SELECT act FROM item_event UNION ALL SELECT act FROM goal_event)`

function lastAct(db: SQLite.Database): number {
  return Math.max(0, db.prepare<[], number | null>(LAST_ACT).pluck().get() ?? 0)
}

/** Columns of text of what is kept about people. */
const SPOKEN: readonly (readonly [TableName, readonly string[]])[] = [
  ['person', ['role']],
  ['opportunity', ['name']],
  ['goal', ['what']],
  ['note', ['text']],
  ['answer', ['value', 'draft', 'wording']],
  ['action_item', ['what', 'if', 'then', 'else', 'obstacle', 'measure', 'result', 'support']],
  ['item_event', ['note']],
]

function mentions(
  db: SQLite.Database,
  personId: number,
  isNamed: (text: string, about: number) => boolean,
): readonly Mention[] {
  const sessions = new Map(rowsOf(db, 'session').map((row) => [idOf(row), row]))
  const items = new Map(rowsOf(db, 'action_item').map((row) => [idOf(row), row]))
  return SPOKEN.flatMap(([table, columns]) => {
    const names = new Set(columnsOf(db, table).map(({ name }) => name))
    return rowsOf(db, table).flatMap((row): readonly Mention[] => {
      const session = sessions.get(Number(row['session_id'] ?? 0))
      const item = items.get(Number(row['item_id'] ?? 0))
      const about = ownerOf(table, row, session, item)
      const isSaid = columns.some(
        (column) => names.has(column) && isNamed(textOf(row, column) ?? '', about),
      )
      if (about === personId || !isSaid) return []
      const written = row['created_at'] ?? row['answered_at'] ?? row['at'] ?? ''
      const day = textOf(session ?? {}, 'held_on') ?? localDay(String(written))
      return [
        { table, id: idOf(row), personId: about, sessionId: session ? idOf(session) : null, day },
      ]
    })
  })
}

/** Whom a row is about. */
function ownerOf(table: TableName, row: TableRow, session?: TableRow, item?: TableRow): number {
  if (table === 'person') return idOf(row)
  return Number(row['person_id'] ?? session?.['person_id'] ?? item?.['person_id'] ?? 0)
}
