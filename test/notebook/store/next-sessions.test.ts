import { expect, test } from 'vitest'
import { agreement } from '../../../src/notebook/store/next-sessions.ts'

const HELD_ON = '2026-11-20'
const OWN = { agreedIn: 7, plannedOn: '2026-12-04' }
const EARLIER = { agreedIn: 6, plannedOn: '2026-12-04' }

test.each<
  readonly [
    string,
    Parameters<typeof agreement>[1],
    string | null,
    boolean,
    ReturnType<typeof agreement>,
  ]
>([
  [
    'plans the first one',
    undefined,
    '2026-12-04',
    false,
    { kind: 'added', day: '2026-12-04', isHeld: false },
  ],
  ['leaves what it agreed itself', OWN, '2026-12-04', false, { kind: 'nothing' }],
  [
    'moves what it agreed itself, without counting that',
    OWN,
    '2026-12-11',
    false,
    { kind: 'moved', day: '2026-12-11', times: 0 },
  ],
  ['takes back what it agreed itself', OWN, null, false, { kind: 'taken-back', isReleasing: true }],
  [
    'moves one that is ahead, and counts that',
    EARLIER,
    '2026-12-11',
    false,
    { kind: 'moved', day: '2026-12-11', times: 1 },
  ],
  [
    'takes over one of the same day',
    EARLIER,
    '2026-12-04',
    false,
    { kind: 'moved', day: '2026-12-04', times: 0 },
  ],
  [
    'leaves one of another session, where it agrees nothing',
    EARLIER,
    null,
    false,
    { kind: 'nothing' },
  ],
  [
    'holds one whose day has come, and plans another',
    { ...EARLIER, plannedOn: HELD_ON },
    '2026-12-11',
    false,
    { kind: 'added', day: '2026-12-11', isHeld: true },
  ],
  [
    'corrects what it agreed itself',
    OWN,
    '2026-12-11',
    true,
    { kind: 'moved', day: '2026-12-11', times: 0 },
  ],
  [
    'takes back in a correction, and releases nothing',
    OWN,
    null,
    true,
    { kind: 'taken-back', isReleasing: false },
  ],
  ['corrects nothing of another session', EARLIER, '2026-12-11', true, { kind: 'nothing' }],
  ['plans nothing in a correction', undefined, '2026-12-11', true, { kind: 'nothing' }],
])('a session %s', (_what, before, day, isCorrection, agreed) => {
  expect(agreement(7, before, day, { heldOn: HELD_ON, isCorrection })).toEqual(agreed)
})
