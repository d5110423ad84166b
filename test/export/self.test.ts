import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { LIBRARY } from '../questions/shipped.ts'
import { type Home, newHome } from '../world.ts'

const RATINGS = {
  view_of_coaching: 2,
  view_of_abilities: 3,
  values: 4,
  commitment_to_activities: 1,
  belief_in_people: 5,
}

/** A home with two conversations with oneself; what was written holds the word “canary”. */
const made = makeHome()
async function makeHome(): Promise<Home> {
  const home = newHome()
  const reflect = async (more: object) => {
    const tree = { person: 'Myself', guide: 'self', mindset: RATINGS, ...more }
    const { code, err } = await home.coach(['reflect', '--answers', '-'], stringify(tree))
    if (code !== 0) throw new Error(err)
  }
  await reflect({
    reflection: {
      pulled_down: 'canary-down',
      questions: [
        { kind: 'obstacle', question: 'canary-asked', heard: 'canary-answer', opened: true },
      ],
    },
    intention: {
      intention: [
        {
          what: 'canary-intention',
          if: 'canary-if',
          then: 'canary-then',
          obstacle: 'canary-obstacle',
        },
      ],
    },
  })
  await reflect({
    promises: [{ item: 1, outcome: 'part', note: 'canary-note' }],
    intention: { intention: [{ what: 'canary-second' }] },
  })
  return home
}

describe.each(['session 1', 'session 2', 'person myself', 'all'])('coach export %s', (what) => {
  const argv = ['export', ...what.split(' ')]

  test('--shared holds nothing of a conversation with oneself', async () => {
    const { code, out } = await (await made).coach([...argv, '--shared'])
    expect(code).toBe(0)
    expect(out).not.toMatch(/canary|of 5|opened|How |What /i)
  })

  test('without --shared holds all of it, marked as private', async () => {
    const { out } = await (await made).coach(argv)
    expect(out).toMatch(/canary-(?:intention|second)/)
    expect(out).toContain('2 of 5')
    expect(out).toContain('How have you seen coaching lately? (private)')
  })
})

test('the intention is an open item of one’s own', async () => {
  const { out } = await (await made).coach(['review', '--owner', 'me', '--json'])
  expect(JSON.parse(out)).toMatchObject([
    { what: 'canary-intention', owner: 'me', status: 'part' },
    { what: 'canary-second', owner: 'me', status: 'open' },
  ])
  expect((await (await made).coach(['review', '--owner', 'them', '--json'])).out).toBe('[]\n')
})

test('the sheet of a conversation with oneself offers questions to oneself', async () => {
  const { out } = await (await made).coach(['prep', 'myself', '--json'])
  const { questions }: { questions: readonly { text: string }[] } = JSON.parse(out)
  const own = new Set(
    LIBRARY.questions.filter(({ bank }) => bank === 'self').map(({ text }) => text),
  )
  expect(questions.filter(({ text }) => !own.has(text))).toEqual([])
})

describe('an answers file for a guide that does not go with the person is refused', () => {
  const home = makePeople()
  async function makePeople(): Promise<Home> {
    const made = newHome()
    await made.coach(['person', 'add', 'Ana Silva'])
    await made.coach(['person', 'add', 'Maria Cruz', '--relation', 'coach'])
    await made.coach(['person', 'add', 'Myself', '--relation', 'self'])
    return made
  }

  test.each([
    [['session'], 'Ana Silva', 'self', 'coach reflect'],
    [['session'], 'Ana Silva', 'upward', 'coach upward NAME'],
    [['session'], 'Maria Cruz', 'self', 'coach reflect'],
    [['session'], 'Myself', 'upward', 'coach upward NAME'],
    [['reflect'], 'Ana Silva', 'self', 'coach reflect'],
    [['reflect'], 'Maria Cruz', 'self', 'coach reflect'],
    [['upward'], 'Ana Silva', 'upward', 'coach upward NAME'],
    [['session', '--guide', 'self'], 'Ana Silva', 'self', 'coach reflect'],
  ] as const)('coach %s: %s with the guide %s', async (argv, person, guide, instead) => {
    const part = guide === 'self' ? { mindset: RATINGS } : { topics: { want: 'x' } }
    const text = stringify({ person, guide, ...part })
    const people = await home
    const outcome = await people.coach([...argv, '--answers', '-'], text)
    expect(outcome).toMatchObject({ code: 2, out: '' })
    expect(outcome.err).toContain(`Hold it with: ${instead}`)
    expect((await people.coach(['history', '--json'])).out).toBe('[]\n')
  })

  test.each(['reflect', 'upward maria'])(
    'coach %s asks in a terminal, and says what to use without one',
    async (line) => {
      const people = await home
      for (const more of [[], ['--no-input']]) {
        const outcome = await people.coach([...line.split(' '), ...more])
        expect(outcome).toMatchObject({ code: 2, out: '' })
        expect(outcome.err).toContain('Use --answers FILE')
      }
    },
  )

  test('coach upward NAME and a file about somebody else disagree', async () => {
    const people = await home
    const text = stringify({ person: 'Maria Cruz', topics: { want: 'x' } })
    const outcome = await people.coach(['upward', 'tom', '--answers', '-'], text)
    expect(outcome).toMatchObject({ code: 2, out: '' })
  })
})
