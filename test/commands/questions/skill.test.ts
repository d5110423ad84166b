import { describe, expect, test } from 'vitest'
import { feed } from '../../ask/file/feed.ts'
import { type Home, newHome } from '../../world.ts'
import { homeWith } from '../../questions/home.ts'
import { LIBRARY } from '../../questions/shipped.ts'

/** Holds a session with ratings, one a round. */
async function rate(
  home: Home,
  person: string,
  heldOn: string,
  ...rated: readonly (readonly [skill: string, rating: number])[]
): Promise<void> {
  const rounds = rated.map(([skill, rating]) => ({
    observation: { situation: 'Call', saw: 'She waited.', skill, rating },
    reflection: { would_change: 'x' },
  }))
  const text = JSON.stringify({ person, held_on: heldOn, rounds })
  const { code, err } = await feed(home, text)
  if (code !== 0) throw new Error(err)
}

async function homeOfRated(): Promise<Home> {
  const home = newHome()
  await rate(home, 'Ana Silva', '2026-11-20', ['listening', 4])
  await rate(home, 'ana', '2026-11-02', ['listening', 2], ['planning', 5], ['listening', 3])
  await rate(home, 'Ben Okafor', '2026-11-03', ['listening', 1])
  return home
}

describe('coach skill list', () => {
  test('tells each skill with its five ratings and how many questions are about it', async () => {
    const { code, out } = await newHome().coach(['skill', 'list', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual(
      LIBRARY.vocabulary.skills.map(({ id, title, about, anchors }) => ({
        id,
        title,
        about,
        anchors,
        questions: LIBRARY.questions.filter(
          (one) => one.language === 'en' && one.skills.includes(id),
        ).length,
      })),
    )
  })

  test('is empty where a team has none, and says where they stand', async () => {
    const home = homeWith({ 'config.yaml': 'skills: []\n' })
    expect(await home.coach(['skill', 'list', '--json'])).toMatchObject({ code: 0, out: '[]\n' })
    const { code, out, err } = await home.coach(['skill', 'list'])
    expect([code, out, err]).toEqual([0, '', expect.stringContaining('config.yaml')])
  })
})

describe('coach skill show', () => {
  test.each(['listening', 'Listening', 'LISTENING'])(
    'finds a skill by id or title: %s',
    async (name) => {
      const { code, out } = await newHome().coach(['skill', 'show', name])
      expect(code).toBe(0)
      const anchors = LIBRARY.vocabulary.skills.find(({ id }) => id === 'listening')?.anchors ?? []
      expect(anchors).toHaveLength(5)
      anchors.forEach((text, at) => expect(out).toContain(`  ${at + 1}  ${text}`))
    },
  )

  test.each([[], ['--json']])('does not find what there is not', async (...flags) => {
    const outcome = await newHome().coach(['skill', 'show', 'juggling', ...flags])
    expect(outcome).toMatchObject({ code: 3, out: '' })
  })

  test('--person tells how somebody was rated, the oldest first, and nobody else', async () => {
    const home = await homeOfRated()
    const { code, out } = await home.coach([
      'skill',
      'show',
      'listening',
      '--person',
      'ana',
      '--json',
    ])
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      id: 'listening',
      person: 'Ana Silva',
      ratings: [
        { value: '2', on: '2026-11-02' },
        { value: '3', on: '2026-11-02' },
        { value: '4', on: '2026-11-20' },
      ],
    })
  })

  test('--person tells it to people too, and that it is for them alone', async () => {
    const home = await homeOfRated()
    const { out } = await home.coach(['skill', 'show', 'listening', '--person', 'ana'])
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'Ana Silva: 2 (Mon 2 Nov), 3 (Mon 2 Nov), 4 (Fri 20 Nov). For you alone.',
    )
  })

  test('--person says when there is no rating', async () => {
    const home = await homeOfRated()
    const flags = ['--person', 'ben']
    const { code, out } = await home.coach(['skill', 'show', 'planning', ...flags])
    expect([code, out]).toEqual([
      0,
      expect.stringContaining('Ben Okafor has not been rated on it.'),
    ])
    const json = await home.coach(['skill', 'show', 'planning', ...flags, '--json'])
    expect(JSON.parse(json.out)).toMatchObject({ person: 'Ben Okafor', ratings: [] })
  })

  test('without --person, nobody’s rating is told', async () => {
    const home = await homeOfRated()
    const { out } = await home.coach(['skill', 'show', 'listening', '--json'])
    expect(JSON.parse(out)).not.toHaveProperty('ratings')
    expect(out).not.toContain('Ana')
  })

  test.each([
    ['nobody', 'cem', 3],
    ['an empty name', '', 2],
  ])('--person with %s is refused', async (_what, name, code) => {
    const home = await homeOfRated()
    const outcome = await home.coach(['skill', 'show', 'listening', '--person', name])
    expect(outcome).toMatchObject({ code, out: '' })
  })

  test('a deleted session does not count', async () => {
    const home = await homeOfRated()
    expect((await home.coach(['delete', 'session', '2', '--yes'])).code).toBe(0)
    const flags = ['--person', 'ana', '--json']
    const { out } = await home.coach(['skill', 'show', 'listening', ...flags])
    expect(JSON.parse(out)).toMatchObject({ ratings: [{ value: '4', on: '2026-11-20' }] })
  })

  test('a skill of one’s own has its own words', async () => {
    const anchors = ['One', 'Two', 'Three', 'Four', 'Five']
    const skills = [
      { id: 'caring', title: 'Caring', about: 'Being there.', anchors },
      { id: 'bare', title: 'Bare' },
    ]
    const home = homeWith({ 'config.yaml': JSON.stringify({ skills }) })
    await rate(home, 'Ana Silva', '2026-11-20', ['caring', 3])
    const flags = ['--person', 'ana', '--json']
    const { out } = await home.coach(['skill', 'show', 'caring', ...flags])
    expect(JSON.parse(out)).toEqual({
      ...skills[0],
      questions: 0,
      person: 'Ana Silva',
      ratings: [{ value: '3', on: '2026-11-20' }],
    })
    const bare = await home.coach(['skill', 'show', 'bare'])
    expect(bare.out).toContain('Its ratings have no words of their own.')
    expect((await home.coach(['skill', 'show', 'listening'])).code).toBe(3)
  })
})
