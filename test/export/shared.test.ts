import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { answersFor, feed } from '../ask/file/feed.ts'
import { tamper } from '../notebook/file.ts'
import { type Home, newHome } from '../world.ts'

/** Words that only the manager may read, by what they are. */
const PRIVATE = {
  'the private note': 'canary-note',
  'a pointer that was prepared': 'canary-prepared-pointer',
  'a pointer that was prepared and never given': 'canary-unsaid-pointer',
  'the reason for skipping a reflection': 'canary-reason',
  'a note on a promise': 'canary-promise',
  'a note on an item that was closed': 'canary-outcome',
  'a question to which nothing was heard': 'canary-unasked',
  'a question of a session that is not over': 'canary-preparation',
  'what was seen, of a session that is not over': 'canary-seen-only',
  'a correction that was begun': 'canary-correction',
  'what was left for later': 'canary-later',
  'what was passed over': 'canary-passed',
  'the share of talking': 'Most of it',
  'whether a question opened something up': 'Opened something up',
  'the rating': 'of 5',
} as const

/** Words that the person may read. */
const SHARED = [
  'shown-situation',
  'shown-saw',
  'shown-effect',
  'shown-view',
  'shown-question',
  'shown-heard',
  'shown-pointer',
  'shown-practice',
  'shown-what',
  'shown-if',
  'shown-support',
  'shown-praise',
]

const made = makeHome()
async function makeHome(): Promise<Home> {
  const home = newHome()
  await feed(
    home,
    answersFor('Ana Silva', { plan: { actions: [{ what: 'older' }, { what: 'oldest' }] } }),
  )
  const { err } = await feed(
    home,
    answersFor('Ana Silva', {
      promises: [{ item: 1, outcome: 'missed', note: PRIVATE['a note on a promise'] }],
      observation: {
        situation: 'shown-situation',
        saw: 'shown-saw',
        effect: 'shown-effect',
        rating: 2,
      },
      reflection: {
        went_well: PRIVATE['what was left for later'],
        would_change: 'shown-view',
        questions: [
          { kind: 'commitment', question: 'shown-question', heard: 'shown-heard', opened: true },
          { kind: 'obstacle', question: PRIVATE['a question to which nothing was heard'] },
        ],
      },
      teachable_moment: {
        pointer: { prepared: PRIVATE['a pointer that was prepared'], given: 'shown-pointer' },
        practice: 'shown-practice',
      },
      plan: { actions: [{ what: 'shown-what', if: 'shown-if', support: 'shown-support' }] },
      close: {
        praise: 'shown-praise',
        talk_share: 'most',
        private_note: PRIVATE['the private note'],
      },
    }),
  )
  if (!err.includes('Saved as session 2')) throw new Error(err)
  await feed(
    home,
    answersFor('Ana Silva', {
      observation: { situation: 'Call', saw: 'x', effect: PRIVATE['what was passed over'] },
      reflection_skipped: PRIVATE['the reason for skipping a reflection'],
      teachable_moment: {
        pointer: { prepared: PRIVATE['a pointer that was prepared and never given'] },
      },
    }),
  )
  await home.coach(['done', '2', '--note', PRIVATE['a note on an item that was closed']])
  await feed(
    home,
    answersFor('Ana Silva', {
      observation: {
        situation: 'Call',
        saw: PRIVATE['what was seen, of a session that is not over'],
      },
      reflection: {
        questions: [
          { kind: 'stretch', question: PRIVATE['a question of a session that is not over'] },
        ],
      },
    }),
  )
  const correction = PRIVATE['a correction that was begun']
  tamper(
    home.notebook,
    `UPDATE answer SET state = 'later' WHERE value = '${PRIVATE['what was left for later']}';
     UPDATE answer SET state = 'skipped' WHERE value = '${PRIVATE['what was passed over']}';
     UPDATE answer SET draft = '${correction}' WHERE session_id = 2 AND path = 'observation.saw'`,
  )
  return home
}

const WAYS: readonly (readonly string[])[] = [
  ['session', '2'],
  ['session', '3'],
  ['person', 'ana'],
  ['all'],
]

describe.each(WAYS)('coach export %s %s --shared', (...argv) => {
  const exported = made.then(async (home) => await home.coach(['export', ...argv, '--shared']))

  test.each(Object.entries(PRIVATE))('does not tell %s', async (_what, canary) => {
    const { code, out } = await exported
    expect(code).toBe(0)
    expect(out).not.toContain(canary)
  })
})

describe('what the person may read is there', () => {
  const exported = made.then(
    async (home) => await home.coach(['export', 'session', '2', '--shared']),
  )

  test.each(SHARED)('%s', async (word) => {
    expect((await exported).out).toContain(word)
  })
})

describe('without --shared the manager reads', () => {
  const exported = made.then(async (home) => await home.coach(['export', 'all']))
  const kept = Object.entries(PRIVATE).filter(
    ([what]) => !/later|passed over|correction|closed|that was prepared$/.test(what),
  )

  test.each(kept)('%s', async (_what, canary) => {
    expect((await exported).out).toContain(canary)
  })
})

test('a session that is not over has nothing to share', async () => {
  const outcome = await (await made).coach(['export', 'session', '4', '--shared'])
  expect(outcome).toMatchObject({ code: 2, out: '' })
  expect(outcome.err).toContain('Session 4 is not finished')
})

test('the files of a shared export tell nothing private either', async () => {
  const home = await made
  expect((await home.coach(['export', 'all', '--shared', '-o', 'out/'])).code).toBe(0)
  const folder = join(home.folder, 'out')
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  for (const canary of Object.values(PRIVATE)) expect(texts.join('')).not.toContain(canary)
})

describe('the sheet for the room does not tell', () => {
  const sheet = made.then(async (home) => await home.coach(['prep', 'ana']))
  const hidden = Object.entries(PRIVATE).filter(([what]) => !what.includes('not over'))

  test.each(hidden)('%s', async (_what, canary) => {
    const { code, out } = await sheet
    expect(code).toBe(0)
    expect(out).not.toContain(canary)
  })
})

test('a look back at the end of a session tells nothing private', async () => {
  const home = newHome()
  const { out } = await feed(
    home,
    answersFor('Ana Silva', {
      observation: { situation: 'Call', saw: 'x', rating: 2 },
      reflection: {
        went_well: 'shown',
        questions: [{ kind: 'stretch', question: 'canary-unasked' }],
      },
      teachable_moment: { pointer: { prepared: 'canary-prepared' } },
      close: { private_note: 'canary-note', talk_share: 'most' },
    }),
  )
  expect(out).toContain('shown')
  expect(out).not.toMatch(/canary|of 5|Most of it/)
})
