import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { factsWith, sit, talk } from '../../conversation/talk.ts'
import { query } from '../../notebook/file.ts'
import type { Home } from '../../world.ts'
import { homeAfter, moveTo, must } from './played.ts'

const ANA = ['person', 'add', 'Ana Silva']

/** Whether a preparation asks for it, with somebody who is known since a day and was asked on another. */
async function isAskedIn(guide: string, knownSince: string, last: string | null) {
  const facts = factsWith({ knownSince, asked: new Map(last === null ? [] : [['stretch', last]]) })
  const { keys } = await sit(talk(guide, 'prepare', { facts }))
  return keys.some((key) => key.endsWith('/close.stretch'))
}

describe.each(['ortp', 'coaching-a-coach'])('what would stretch them next, in %s', (guide) => {
  test.each([
    { since: '2026-11-23', last: null, isAsked: false },
    { since: '2026-10-10', last: null, isAsked: false },
    { since: '2026-10-09', last: null, isAsked: true },
    { since: '2025-01-01', last: '2026-10-10', isAsked: false },
    { since: '2025-01-01', last: '2026-10-09', isAsked: true },
    { since: '2025-01-01', last: '2026-11-23', isAsked: false },
  ])('known since $since and last asked on $last', async ({ since, last, isAsked }) => {
    expect(await isAskedIn(guide, since, last)).toBe(isAsked)
  })
})

test.each(['quick', 'ask', 'opportunity'])(
  'what would stretch them is not asked in %s',
  async (guide) => {
    expect(await isAskedIn(guide, '2025-01-01', null)).toBe(false)
  },
)

describe('from answers files', () => {
  const session = (more: object) =>
    stringify({
      person: 'Ana Silva',
      observation: { situation: 'Call', saw: 'x' },
      reflection: { would_change: 'y' },
      ...more,
    })
  const rows = ({ notebook }: Home) =>
    query(
      notebook,
      `SELECT session_id AS session, state, visibility FROM answer WHERE path = 'close.stretch'`,
    )

  test('what a file says about it is kept, on any day, and is private', async () => {
    const home = await homeAfter(ANA)
    await must(
      home,
      ['session', '--answers', '-'],
      session({ close: { stretch: 'canary-stretch' } }),
    )
    expect(rows(home)).toEqual([{ session: 1, state: 'answered', visibility: 'private' }])
    for (const argv of [
      ['recap', 'ana'],
      ['recap', 'ana', '--json'],
      ['export', 'all', '--shared'],
    ]) {
      expect((await home.coach(argv)).out).not.toContain('canary-stretch')
    }
    expect(await must(home, ['show', '1'])).toContain('canary-stretch')
  })

  test('a file that does not mention it does not answer it, and does not pass it over', async () => {
    const home = await homeAfter(ANA)
    moveTo(home, '2027-02-01')
    await must(home, ['session', '--answers', '-'], session({}))
    expect(rows(home)).toEqual([])
  })

  test('a prepared one is not on the sheet, unless private lines are asked for', async () => {
    const home = await homeAfter(ANA)
    const file =
      'person: Ana Silva\nobservation: { situation: Call, saw: x }\nclose: { stretch: canary-stretch }\n'
    expect(await must(home, ['session', '--answers', '-'], file)).not.toContain('canary-stretch')
    expect(await must(home, ['prep', 'ana'])).not.toContain('canary-stretch')
    expect(await must(home, ['prep', 'ana', '--private'])).toContain('canary-stretch')
  })
})
