import Database from 'better-sqlite3'
import fc from 'fast-check'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { connect } from '../../../src/notebook/file/connect.ts'
import { newFolder } from '../file.ts'

const SQL = 'SELECT id, word FROM thing ORDER BY id'

describe('a connection', () => {
  let path = ''
  beforeEach(() => {
    path = join(newFolder(), 'file.db')
    const made = new Database(path)
    made.exec(
      "CREATE TABLE thing (id INTEGER PRIMARY KEY, word TEXT) STRICT; INSERT INTO thing VALUES (1, 'a'), (2, 'b'), (3, 'c')",
    )
    made.close()
  })

  test('gives the statement it has prepared for the same SQL again', () => {
    const db = connect(path)
    expect(db.prepare(SQL)).toBe(db.prepare(SQL))
    expect(db.prepare(SQL).pluck()).toBe(db.prepare(SQL).pluck())
    db.close()
  })

  test('prepares a second one while rows of the first are still being read', () => {
    const db = connect(path)
    const pairs: unknown[] = []
    for (const outer of db.prepare(SQL).pluck().iterate()) {
      for (const inner of db.prepare(SQL).pluck().iterate()) pairs.push([outer, inner])
    }
    expect(pairs).toHaveLength(9)
    db.close()
  })

  test('prepares anew once the tables may have changed', () => {
    const db = connect(path)
    const all = 'SELECT * FROM thing WHERE id = 1'
    expect(db.prepare(all).get()).toEqual({ id: 1, word: 'a' })
    db.exec("ALTER TABLE thing ADD COLUMN more TEXT DEFAULT 'x'")
    expect(db.prepare(all).get()).toEqual({ id: 1, word: 'a', more: 'x' })
    db.close()
  })

  test('prepares anew where another connection changed the tables', () => {
    const [db, other] = [connect(path), connect(path)]
    const all = 'SELECT * FROM thing WHERE id = 1'
    expect(db.prepare(all).get()).toEqual({ id: 1, word: 'a' })
    other.exec("ALTER TABLE thing ADD COLUMN more TEXT DEFAULT 'x'")
    expect(db.prepare(all).get()).toEqual({ id: 1, word: 'a', more: 'x' })
    db.close()
    other.close()
  })

  test('gives each caller rows in the form it asked for, whatever others asked before', () => {
    const call = fc.constantFrom('pluck', 'raw', 'expand', 'safeIntegers')
    const ways = fc.array(fc.tuple(fc.array(fc.tuple(call, fc.boolean()), { maxLength: 4 })), {
      minLength: 1,
      maxLength: 6,
    })
    const db = connect(path)
    fc.assert(
      fc.property(ways, (all) => {
        const fresh = new Database(path)
        const asked = all.map(([calls]) =>
          [db, fresh].map((one) =>
            calls.reduce((statement, [name, isOn]) => statement[name](isOn), one.prepare(SQL)),
          ),
        )
        // All are made before any is asked.
        for (const [kept, plain] of asked) expect(kept?.all()).toEqual(plain?.all())
        fresh.close()
      }),
    )
    db.close()
  })
})
