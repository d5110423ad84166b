import { describe, expect, test } from 'vitest'
import {
  type Memory,
  type Opened,
  replacementOf,
  withExposed,
  withOpened,
  withSeen,
} from '../../src/start/last-notebook.ts'

const PATH = '/home/ana/notebook.db'
const START = { mark: 'first', written: 7 }
const OPENED: Opened = {
  isOfHome: true,
  machine: 'desk',
  path: PATH,
  store: 'mine',
  generation: 7,
  lastStart: START,
  copies: [],
}
const SEEN = withSeen({}, 'desk', PATH, { ...START, store: 'mine' })
/** What is remembered of a notebook that was used before. */
const USED: Memory = { ...SEEN, path: PATH, store: 'mine', generation: 7, told: [] }

describe('what a home remembers once a notebook was opened', () => {
  test.each<readonly [string, Memory, Partial<Opened>, Memory | null]>([
    ['nothing new of the one that was used last', USED, {}, null],
    ['the first one of all', {}, {}, USED],
    [
      'none that was named for one command, but for its start',
      {},
      { isOfHome: false },
      { ...SEEN, told: [] },
    ],
    ['another notebook at the same place', { ...USED, store: 'other' }, {}, USED],
    [
      'a copy that was told, behind those from before',
      { ...USED, told: ['a'] },
      { copies: ['b'] },
      { ...USED, told: ['a', 'b'] },
    ],
    [
      'what somebody wrote meanwhile on another computer',
      USED,
      { lastStart: { mark: 'second', written: 9 }, generation: 9 },
      { ...USED, ...withSeen(USED, 'desk', PATH, { mark: 'second', written: 9, store: 'mine' }) },
    ],
  ])('%s', (_what, memory, opened, next) => {
    expect(withOpened(memory, { ...OPENED, ...opened })).toEqual(next)
  })
})

describe('another file in the place of the notebook that was used last', () => {
  const LAST: Memory = { path: PATH, store: 'mine', generation: 7 }
  test.each<readonly [string, Memory, Partial<Opened>, 'other' | 'older' | null]>([
    ['nothing is remembered', {}, {}, null],
    ['it is the same one', USED, {}, null],
    ['it was written elsewhere since', USED, { generation: 9 }, null],
    ['it was written less often than this computer saw', USED, { generation: 6 }, 'older'],
    ['it is of another notebook', USED, { store: 'other', generation: 9 }, 'other'],
    ['only the last path is remembered', LAST, { generation: 6 }, 'older'],
    ['another one was used last', { ...LAST, path: '/elsewhere.db' }, { store: 'other' }, null],
    [
      'it was named for this command, and never seen',
      LAST,
      { isOfHome: false, store: 'other' },
      null,
    ],
  ])('%s', (_what, memory, opened, by) => {
    expect(replacementOf(memory, { ...OPENED, ...opened })).toBe(by)
  })
})

test.each<readonly [string, readonly string[] | undefined, boolean, readonly string[]]>([
  ['is told once', undefined, true, [PATH]],
  ['is told for each place', ['/usb.db'], true, ['/usb.db', PATH]],
  ['is told anew once it was private', [PATH, '/usb.db'], false, ['/usb.db']],
])('that others can get at a notebook %s', (_what, exposed, isExposed, next) => {
  expect(withExposed({ exposed, store: 'mine' }, PATH, isExposed)).toEqual({
    exposed: next,
    store: 'mine',
  })
})
