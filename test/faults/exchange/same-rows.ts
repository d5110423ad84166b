import { expect } from 'vitest'
import type { Row, tablesOf } from '../rows.ts'

/** Nothing that was here has changed. */
export function expectKept(before: Tables, after: Tables): void {
  for (const [table, rows] of Object.entries(before)) {
    if (table === 'sqlite_sequence' || table === 'store') continue
    expect(after[table]).toEqual(expect.arrayContaining([...rows]))
  }
}

type Tables = ReturnType<typeof tablesOf>

const REFS: Readonly<Record<string, string>> = {
  person_id: 'person',
  opportunity_id: 'opportunity',
  parent_id: 'goal',
  goal_id: 'goal',
  session_id: 'session',
  agreed_in: 'session',
  held_in: 'session',
  before_in: 'session',
  item_id: 'action_item',
  follows_id: 'action_item',
}

/** Every row of `from` stands in `to`, its numbers being those that its rows have there. */
export function expectSame(from: Tables, to: Tables): void {
  const uuids = (tables: Tables) => {
    const all = Object.entries(tables).flatMap(([table, rows]) =>
      rows.map((row) => [`${table} ${row['id']}`, row['uuid'] ?? null] as const),
    )
    return new Map(all)
  }
  const [there, here] = [uuids(from), uuids(to)]
  const named = (row: Row, names: typeof there) => {
    const { id: _, act: __, hash, ...rest } = row
    const refs = Object.entries(REFS).flatMap(([column, to_]) =>
      rest[column] === undefined || rest[column] === null
        ? []
        : [[column, names.get(`${to_} ${rest[column]}`)] as const],
    )
    const path = String(rest['path'] ?? '').replace(
      /^(promises|inbox)\.(\d+)\./,
      (_all, kind: string, number: string) =>
        `${kind}.${names.get(`${kind === 'promises' ? 'action_item' : 'note'} ${number}`) ?? 'gone'}.`,
    )
    const isGoal = path.endsWith('.goal')
    const goal = (value: Row[string] | undefined) =>
      isGoal && value !== null ? (names.get(`goal ${String(value)}`) ?? 'gone') : value
    const numbers =
      'path' in rest ? { path, value: goal(rest['value']), draft: goal(rest['draft']) } : {}
    return { ...rest, ...Object.fromEntries(refs), ...numbers, hash: isGoal ? null : hash }
  }
  for (const [table, rows] of Object.entries(from)) {
    if (['sqlite_sequence', 'store', 'migration'].includes(table)) continue
    const key = (row: Row) => row['uuid'] ?? row['uid']
    const found = new Map((to[table] ?? []).map((row) => [key(row), row]))
    for (const row of rows) {
      const other = found.get(key(row))
      expect(other && named(other, here)).toEqual(named(row, there))
    }
  }
}
