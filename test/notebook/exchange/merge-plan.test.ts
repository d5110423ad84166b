import { expect, test } from 'vitest'
import { isFree, type RowFate, placeIn } from '../../../src/notebook/exchange/merge-plan.ts'
import { likeness, samePerson } from '../../../src/notebook/exchange/same-person.ts'
import type { TableRow, TableName } from '../../../src/notebook/schema/tables.ts'

test.each<readonly [TableName, RowFate | null, boolean]>([
  ['session', { table: 'person', is: 'other' }, true],
  ['action_item', { table: 'session', is: 'here' }, true],
  ['action_item', { table: 'session', is: 'new' }, true],
  ['action_item', { table: 'session', is: 'alike' }, false],
  ['action_item', { table: 'session', is: 'other' }, false],
  ['action_item', { table: 'goal', is: 'alike' }, true],
  ['item_event', { table: 'action_item', is: 'here' }, true],
  ['item_event', { table: 'action_item', is: 'alike' }, false],
  ['goal_event', { table: 'goal', is: 'other' }, false],
  ['action_item', null, false],
])('a new %s may come to %o: %s', (table, owner, is) => {
  expect(isFree(table, owner)).toBe(is)
})

test.each<readonly [TableName, TableRow, string | null]>([
  ['answer', { session_id: 1, round: 2, path: 'saw', pass: 'plan' }, '[1,2,"saw","plan"]'],
  ['next_session', { person_id: 4, status: 'planned' }, '4'],
  ['next_session', { person_id: 4, status: 'held' }, null],
  ['note', { person_id: 4, text: 'a' }, null],
])('the place of a row of %s that only one can have: %o', (table, row, place) => {
  expect(placeIn(table, row)).toBe(place)
})

const SELF: TableRow = { id: 1, name: 'Me', relation: 'self' }
const ANA: TableRow = { id: 2, name: 'Ana', relation: 'report' }
const MINE = [SELF, ANA]

test.each<readonly [string, readonly TableRow[], TableRow, boolean, TableRow | undefined]>([
  ['the manager, whatever the name', MINE, { name: 'Maria', relation: 'self' }, false, SELF],
  ['nobody by the name alone', MINE, { name: 'ana', relation: 'report' }, false, undefined],
  ['one by the name, where that is said', MINE, { name: 'ana', relation: 'report' }, true, ANA],
  ['nobody where two have the name', [...MINE, { ...ANA, id: 3 }], { ...ANA }, true, undefined],
])('somebody in a document is %s', (_what, mine, row, isMerging, same) => {
  expect(samePerson(mine, row, isMerging)).toBe(same)
})

test.each<readonly [string, ReturnType<typeof likeness>]>([
  ['Ben', null],
  ['ana', 'namesake'],
  ['Аna', 'look-alike'],
])('somebody new called %s is a %s', (name, like) => {
  expect(likeness(MINE, { name, relation: 'report' })).toBe(like)
})
