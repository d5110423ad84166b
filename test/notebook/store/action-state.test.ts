import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../../src/model.ts'
import {
  type Change,
  checkInAfterEdit,
  firstCheckIn,
  isClosing,
  isSaidBy,
  stateAfter,
  stateBefore,
} from '../../../src/notebook/store/action-state.ts'

const TODAY = '2026-11-20'
const ITEM = {
  status: 'open',
  due: '2026-11-30',
  check_in: '2026-11-25',
  carried: 1,
  isCheckInGiven: false,
} as const
const STATE = { status: 'open', due: ITEM.due, checkIn: ITEM.check_in, carried: 1 } as const

describe('an outcome', () => {
  test.each<readonly [string, Partial<typeof ITEM> | object, Outcome, object, object]>([
    ['closes an item, and keeps its days', {}, 'done', {}, { status: 'done' }],
    [
      'leaves it open in part, with a check-in that is still ahead',
      {},
      'part',
      {},
      { status: 'part' },
    ],
    [
      'takes a check-in whose day has come for done',
      { check_in: TODAY },
      'part',
      {},
      { status: 'part', checkIn: null },
    ],
    [
      'carries it to another day, with a check-in half way',
      {},
      'carried',
      { to: '2026-12-10' },
      { due: '2026-12-10', checkIn: '2026-11-30', carried: 2 },
    ],
    [
      'carries it to another day, with the check-in that was given',
      { isCheckInGiven: true },
      'carried',
      { to: '2026-12-10' },
      { due: '2026-12-10', carried: 2 },
    ],
    ['carries it without a new day', {}, 'carried', {}, { carried: 2 }],
  ])('%s', (_what, item, outcome, detail, state) => {
    expect(stateAfter({ ...ITEM, ...item }, outcome, detail, TODAY)).toEqual({ ...STATE, ...state })
  })
})

const CHANGE: Change = {
  id: 1,
  itemId: 1,
  sessionId: null,
  kind: 'carried',
  statusFrom: 'open',
  statusTo: 'open',
  dueFrom: '2026-11-20',
  dueTo: ITEM.due,
  checkInFrom: '2026-11-15',
}

test.each<readonly [string, object, Partial<Change>, object]>([
  ['gives back day and check-in', {}, {}, { due: '2026-11-20', checkIn: '2026-11-15', carried: 0 }],
  ['leaves a day that was set since', { due: '2026-12-24' }, {}, { due: '2026-12-24', carried: 0 }],
  [
    'gives back the state',
    { status: 'done' },
    { kind: 'status', statusFrom: 'part', statusTo: 'done', dueFrom: ITEM.due, checkInFrom: null },
    { status: 'part', checkIn: null },
  ],
])('taking back a change %s', (_what, item, change, state) => {
  expect(stateBefore({ ...ITEM, ...item }, { ...CHANGE, ...change })).toEqual({
    ...STATE,
    ...state,
  })
})

test.each<readonly [Partial<Change>, boolean]>([
  [{ kind: 'status', statusTo: 'done' }, true],
  [{ kind: 'status', statusTo: 'missed' }, true],
  [{ kind: 'status', statusTo: 'dropped' }, false],
  [{ kind: 'status', statusTo: 'part' }, false],
  [{ kind: 'carried' }, false],
])('%o closes an item so that it is repeated: %s', (change, is) => {
  expect(isClosing({ ...CHANGE, ...change })).toBe(is)
})

test.each<readonly [Partial<Change>, Outcome | null, string | null, boolean]>([
  [{ kind: 'status', statusTo: 'done' }, 'done', null, true],
  [{ kind: 'status', statusTo: 'done' }, 'part', null, false],
  [{ kind: 'status', statusTo: 'done' }, null, null, false],
  [{}, 'carried', ITEM.due, true],
  [{}, 'carried', '2026-12-24', false],
  [{ dueTo: CHANGE.dueFrom }, 'carried', null, true],
  [{}, 'done', null, false],
])('%o is said once more by %s to %s: %s', (change, outcome, to, is) => {
  expect(isSaidBy({ ...CHANGE, ...change }, outcome, { to })).toBe(is)
})

test.each<readonly [string, Parameters<typeof firstCheckIn>[0], string | null, boolean]>([
  ['half way to its day', { due: '2026-11-30' }, '2026-11-25', false],
  ['the day that was given', { due: '2026-11-30', check_in: '2026-11-21' }, '2026-11-21', true],
  ['none, where it was taken away', { due: '2026-11-30', check_in: null }, null, true],
  ['none, without a day', {}, null, false],
])('the check-in of a new item is %s', (_what, fields, checkIn, isCheckInGiven) => {
  expect(firstCheckIn(fields, TODAY)).toEqual({ checkIn, isCheckInGiven })
})

test.each<
  readonly [string, object, Parameters<typeof checkInAfterEdit>[1], string | null, boolean]
>([
  ['stays where the day stays', {}, {}, ITEM.check_in, false],
  ['moves with the day', {}, { due: '2026-12-10' }, '2026-11-30', false],
  ['goes with the day', {}, { due: null }, null, false],
  ['is the one that is given', {}, { check_in: '2026-11-22' }, '2026-11-22', true],
  [
    'stays the one that was given',
    { isCheckInGiven: true },
    { due: '2026-12-10' },
    ITEM.check_in,
    true,
  ],
  [
    'is worked out anew where it would be too late',
    { isCheckInGiven: true },
    { due: '2026-11-24' },
    '2026-11-23',
    false,
  ],
])('the check-in of a corrected item %s', (_what, item, fields, checkIn, isCheckInGiven) => {
  expect(checkInAfterEdit({ ...ITEM, ...item }, fields, TODAY)).toEqual({ checkIn, isCheckInGiven })
})
