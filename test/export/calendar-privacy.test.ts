import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { answersFor, feed } from '../ask/file/feed.ts'
import { tamper } from '../notebook/file.ts'
import { type Home, newHome } from '../world.ts'
import { did, exported, readCalendar } from './calendar.ts'

describe('nothing private is in it', () => {
  const made = makeHome()
  async function makeHome(): Promise<Home> {
    const home = newHome()
    const more = {
      if: 'canary-if',
      then: 'canary-then',
      else: 'canary-else',
      obstacle: 'canary-obstacle',
      measure: 'canary-measure',
      result: 'canary-result',
      support: 'canary-support',
    }
    await feed(
      home,
      answersFor('Ana Silva', {
        observation: { situation: 'canary-situation', saw: 'canary-saw', rating: 2 },
        reflection: { went_well: 'canary-view' },
        plan: {
          actions: [
            { what: 'send the deck', due: '2026-12-04', ...more },
            { what: 'canary-hidden', due: '2026-12-11', ...more },
            { what: 'canary-closed', due: '2026-12-18', owner: 'me' },
          ],
          next_session: '2026-12-01',
        },
        close: { praise: 'canary-praise', private_note: 'canary-note' },
      }),
    )
    await did(home, 'note', 'ana', 'canary-inbox')
    await did(home, 'goal', 'add', 'ana', 'canary-goal')
    await did(home, 'done', '3', '--note', 'canary-reason')
    tamper(
      home.notebook,
      "UPDATE answer SET visibility = 'private' WHERE item_id IN (2, 3) AND path LIKE '%.what'",
    )
    await home.coach(
      ['reflect', '--answers', '-'],
      stringify({
        person: 'Myself',
        guide: 'self',
        mindset: {
          view_of_coaching: 2,
          view_of_abilities: 3,
          values: 4,
          commitment_to_activities: 1,
          belief_in_people: 5,
        },
        reflection: { pulled_down: 'canary-down' },
        intention: { intention: [{ what: 'canary-intention', due: '2026-12-02' }] },
      }),
    )
    return home
  }
  const WAYS = [
    ['all'],
    ['session', '1'],
    ['session', '2'],
    ['person', 'ana'],
    ['person', 'myself'],
  ]

  test.each(WAYS.flatMap((way) => [way, [...way, '--shared']]).map((way) => [way] as const))(
    'coach export %j',
    async (way) => {
      const out = await exported(await made, ...way)
      expect(out.replaceAll('\r\n ', '')).not.toMatch(/canary/i)
    },
  )

  test('a private item has its days, under its number', async () => {
    const said = readCalendar(await exported(await made, 'all')).map(({ summary }) => summary)
    expect(said.toSorted()).toEqual([
      'Check-in: action item 2',
      'Check-in: action item 3',
      'Check-in: action item 4',
      'Check-in: send the deck (Ana Silva)',
      'Due: action item 2',
      'Due: action item 3',
      'Due: action item 4',
      'Due: send the deck (Ana Silva)',
      'One-on-one with Ana Silva',
    ])
  })

  test('with --shared a private item is not there at all', async () => {
    const home = await made
    const said = readCalendar(await exported(home, 'all', '--shared')).map(({ summary }) => summary)
    expect(said).toEqual([
      'Check-in: send the deck (Ana Silva)',
      'One-on-one with Ana Silva',
      'Due: send the deck (Ana Silva)',
    ])
    await did(home, 'action', 'edit', '2', '--check-in', '')
    await did(home, 'delete', 'action', '4', '--yes')
    const after = readCalendar(await exported(home, 'all', '--shared'))
    expect(after.map(({ summary }) => summary)).toEqual(said)
  })
})

test('with --shared, nothing that was agreed in a conversation that is not finished is in it', async () => {
  const home = newHome()
  await did(home, 'person', 'add', 'Ana Silva')
  await did(home, 'action', 'add', 'ana', 'send the deck', '--due', '2026-11-25')
  const plan = {
    actions: [{ what: 'listen in', due: '2026-11-26' }],
    next_session: '2026-12-01',
  }
  await feed(home, answersFor('Ana Silva', { plan }))
  tamper(home.notebook, "UPDATE session SET status = 'recording'")
  const said = async () =>
    readCalendar(await exported(home, 'all', '--shared')).map(({ summary }) => summary)
  expect(readCalendar(await exported(home, 'all'))).toHaveLength(3)
  expect(await said()).toEqual(['Due: send the deck (Ana Silva)'])
  await did(home, 'action', 'edit', '2', '--due', '')
  expect(await said()).toEqual(['Due: send the deck (Ana Silva)'])
  const refused = await home.coach(['export', 'session', '1', '--format', 'ics', '--shared'])
  expect(refused).toMatchObject({ code: 2, out: '' })
  expect(refused.err).toContain('Session 1 is not finished')
})

test('with one’s own coach, the names of the people one coaches stay out', async () => {
  const home = newHome()
  await did(home, 'person', 'add', 'Maria Cruz', '--relation', 'coach')
  await did(home, 'person', 'add', 'Ben Okafor')
  await did(home, 'action', 'add', 'maria', 'ask Ben one question', '--due', 'fri')
  await did(home, 'session', 'maria', '--move', '2026-12-01')
  const events = readCalendar(await exported(home, 'all'))
  expect(events.map(({ summary }) => summary)).toEqual([
    'Check-in: ask (somebody) one question (Maria Cruz)',
    'Due: ask (somebody) one question (Maria Cruz)',
    'One-on-one with Maria Cruz',
  ])
})
