import type Database from 'better-sqlite3'
import { sayList } from '../../text/text.ts'
import { hashOf } from '../schema/row-values.ts'

/** A row whose texts are not what they were when they were saved, told without any of them: `note 3`. */
export interface Altered {
  readonly kind: string
  /** The number of the row. */
  readonly id: number
  readonly what: string
}

/** Which texts of a table its hash is made of, and how a row of it is told. */
interface Hashed {
  readonly table: string
  readonly kind: string
  readonly columns: readonly string[]
  /** Columns that came later: a hash covers them only where they hold something. */
  readonly later?: readonly string[]
  /** For rows whose number is shown nowhere: an expression that tells where they belong. */
  readonly told?: string
}

const HASHED: readonly Hashed[] = [
  { table: 'person', kind: 'person', columns: ['name', 'role'] },
  {
    table: 'action_item',
    kind: 'action item',
    columns: ['what', 'if', 'then', 'else', 'obstacle', 'measure', 'support'],
    later: ['result'],
  },
  {
    table: 'answer',
    kind: 'answer',
    columns: ['value', 'draft', 'wording'],
    told: "'an answer in session ' || session_id || ' (' || path || ')'",
  },
  {
    table: 'item_event',
    kind: 'change',
    columns: ['note'],
    told: "'what was noted about action item ' || item_id",
  },
  { table: 'opportunity', kind: 'opportunity', columns: ['name'] },
  { table: 'goal', kind: 'goal', columns: ['what'] },
  { table: 'note', kind: 'note', columns: ['text'] },
]

/**
 * Every row whose texts do not give the hash that was kept beside them: one flipped bit passes SQLite's own checks. Works with
 * every format.
 */
export function alteredRows(db: Database.Database): readonly Altered[] {
  return HASHED.flatMap(({ table, kind, columns, later = [], told }) => {
    const there = columnsOf(db, table)
    if (there.size === 0) return []
    const added = later.filter((name) => there.has(name))
    const texts = [...columns, ...added].map((name) => `"${name}"`).join(', ')
    const altered: Altered[] = []
    const rows = db
      .prepare<[], readonly unknown[]>(
        `SELECT id, hash, ${told ?? `'${kind} ' || id`}, ${texts} FROM ${table}`,
      )
      .raw()
    for (const [id, hash, what, ...values] of rows.iterate()) {
      // STRICT tables hold texts there; anything else is no text of ours.
      const read = values.map((value) =>
        typeof value === 'string' || value === null ? value : typeof value,
      )
      const covered = read.filter((value, at) => at < columns.length || value !== null)
      if (hashOf(...covered) !== hash) altered.push({ kind, id: Number(id), what: String(what) })
    }
    return altered
  })
}

function columnsOf(db: Database.Database, table: string): ReadonlySet<string> {
  const rows = db.prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
  return new Set(rows.all(table).map(({ name }) => name))
}

/** Rows that are damaged, in a sentence: `Note 3 is not what it was when it was saved.` */
export function sayAltered(altered: readonly Altered[]): string {
  const most = 8
  const named = altered.slice(0, most).map(({ what }) => what)
  const more = altered.length > most ? [`${altered.length - most} more`] : []
  const all = sayList([...named, ...more])
  const verb =
    altered.length === 1
      ? 'is not what it was when it was'
      : 'are not what they were when they were'
  return `${all.charAt(0).toUpperCase()}${all.slice(1)} ${verb} saved.`
}
