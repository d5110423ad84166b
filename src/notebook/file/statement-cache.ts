import type Database from 'better-sqlite3'

/** So many statements are kept; no command comes near it. */
const MOST = 1000

/** How a statement gives its rows: as objects, their first value, as lists of values, or by table; and integers whole or not. */
interface Mode {
  readonly rows: 'objects' | 'pluck' | 'raw' | 'expand'
  readonly isWhole: boolean
}

const SHAPES = ['pluck', 'raw', 'expand'] as const

/**
 * Lets a connection prepare each statement once, by its SQL and by how it gives its rows, so that nobody changes what somebody else
 * got. An export asks the same for each session: to prepare that anew took a quarter of
 * its time and two thirds of its memory.
 */
export function keepPrepared(db: Database.Database): void {
  const prepare = db.prepare.bind(db)
  const kept = new Map<string, Database.Statement>()

  const find = (sql: string, mode: Mode): Database.Statement => {
    const name = `${mode.rows} ${mode.isWhole} ${sql}`
    const known = kept.get(name)
    // One whose rows are still being read cannot be asked again.
    if (known && !known.busy) return known
    const made = make(sql, mode)
    if (kept.size >= MOST) kept.clear()
    kept.set(name, made)
    return made
  }
  const make = (sql: string, mode: Mode): Database.Statement => {
    const made = prepare(sql)
    if (!made.reader) return made
    if (mode.rows !== 'objects') made[mode.rows]()
    if (mode.isWhole) made.safeIntegers()
    const other = (change: (isOn: boolean) => Partial<Mode>) => ({
      value: (isOn = true) => find(sql, { ...mode, ...change(isOn) }),
    })
    return Object.defineProperties(made, {
      ...Object.fromEntries(
        SHAPES.map((rows) => [
          rows,
          other((isOn) => (isOn ? { rows } : mode.rows === rows ? { rows: 'objects' } : {})),
        ]),
      ),
      safeIntegers: other((isWhole) => ({ isWhole })),
    })
  }

  Object.defineProperty(db, 'prepare', {
    value: (sql: string) => find(sql, { rows: 'objects', isWhole: false }),
  })
}
