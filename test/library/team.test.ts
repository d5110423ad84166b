import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { answersFor, feed, placesIn, yamlOf } from '../ask/file/feed.ts'
import type { Home } from '../world.ts'
import { bankOf, type Files, homeWith, listOf, questionsOf } from '../questions/home.ts'
import { LIBRARY } from '../questions/shipped.ts'

const anchors = ['Looks away', 'Looks', 'Listens', 'Asks', 'Comes back to it']
const gate = {
  seller: 'Said who they are.',
  customer: 'Said who they are, too.',
  ask: 'What did the guest say about themselves?',
  action: 'ask the guest who they are',
}
const WORDS = {
  shipped_banks: false,
  stages: [
    { id: 'hello', title: 'Say hello', gate },
    { id: 'goodbye', title: 'Say goodbye' },
  ],
  areas: [{ id: 'guests', title: 'Guests' }],
  skills: [{ id: 'caring', title: 'Caring', anchors }],
}
const KINDS = ['commitment', 'obstacle', 'sub_goal', 'stretch', 'accountability']

/** The files of a hotel, which sells nothing, in a folder of its own; the home only names it. */
const TEAM: Files = {
  'config.yaml': 'banks: [shared/hotel]\n',
  'shared/hotel/config.yaml': stringify(WORDS),
  'shared/hotel/hotel.yaml': bankOf(
    'hotel',
    KINDS.flatMap((kind) =>
      ['hello', 'goodbye'].map((stage) => ({
        id: `hotel-${kind.replace('_', '-')}-${stage}`,
        text: `What does ${kind} mean when you say ${stage}?`,
        kinds: [kind],
        stages: [stage],
        areas: ['guests'],
        skills: ['caring'],
      })),
    ),
  ),
}
const SHIPPED_WORDS = [
  ...LIBRARY.vocabulary.stages,
  ...LIBRARY.vocabulary.areas,
  ...LIBRARY.vocabulary.skills,
].map(({ id }) => id)

const hotel = () => homeWith(TEAM)
const answers = (more: object = {}) =>
  answersFor('Ana Silva', {
    observation: {
      situation: 'Reception',
      saw: 'She smiled.',
      stage: 'hello',
      area: 'guests',
      skill: 'caring',
      rating: 4,
    },
    reflection: {
      went_well: 'The guest smiled back.',
      questions: [
        {
          kind: 'stretch',
          question: 'What does stretch mean when you say hello?',
          heard: 'A walk to the lift.',
          opened: true,
        },
      ],
    },
    ...more,
  })

async function printed(home: Home, ...argv: readonly string[]): Promise<string> {
  const { code, out, err } = await home.coach(argv)
  if (code !== 0) throw new Error(`${argv.join(' ')}: ${err}`)
  return out
}

describe('a team replaces every stage, area, skill and question by files alone', () => {
  test('only its questions are in force', async () => {
    const all = [...(await questionsOf(hotel())).values()]
    expect(new Set(all.filter((one) => !one.retired).map(({ bank }) => bank))).toEqual(
      new Set(['hotel']),
    )
    expect(all.filter((one) => one.retired)).toHaveLength(LIBRARY.questions.length)
  })

  test('only its words are known', async () => {
    const home = hotel()
    const page: unknown = JSON.parse(await printed(home, 'config', 'show', '--json'))
    const from = 'shared/hotel'
    expect(page).toMatchObject({
      settings: {
        shipped_banks: { value: false, from },
        stages: { value: ['hello', 'goodbye'], from },
        areas: { value: ['guests'], from },
        skills: { value: ['caring'], from },
      },
    })
    const pages = await Promise.all(
      [
        ['questions', 'list'],
        ['questions', 'pick', '--stage', 'hello', '--why'],
        ['skill', 'list'],
        ['skill', 'show', 'caring'],
        ['session', '--template'],
      ].map(async (argv) => await printed(home, ...argv)),
    )
    const words = new Set(pages.join(' ').split(/[^\w-]+/))
    const common = new Set(['close', 'skills', 'lead', 'account', 'planning', 'listening'])
    expect(SHIPPED_WORDS.filter((word) => words.has(word) && !common.has(word))).toEqual([])
  })

  test('a session is held with them', async () => {
    const home = hotel()
    const { code, out } = await feed(home, answers())
    expect(code).toBe(0)
    expect(out).toMatch(/Stage +Say hello\n +Area +Guests\n +Skill +Caring\n/)
    const record: unknown = parse(await yamlOf(home))
    expect(record).toMatchObject({
      observation: { stage: 'hello', area: 'guests', skill: 'caring', rating: 4 },
    })
    const shown = await printed(home, 'skill', 'show', 'caring', '--person', 'ana')
    expect(shown).toContain('4  Asks')
    expect(shown).toContain('Ana Silva: 4 (Mon 23 Nov)')
  })

  test('its question is known as one, and rests', async () => {
    const home = hotel()
    await feed(home, answers())
    const [first] = listOf(
      await printed(home, 'questions', 'pick', 'ana', '--kind', 'stretch', '--json'),
    )
    expect(first?.reasons).toEqual([
      'asked in the last session; nothing else fits that was asked less lately',
      'stage hello',
      'skill caring',
      'kind stretch',
      'opened something up 1 of 1 times',
    ])
  })

  test('a word that ships is refused with its place, and the team’s own are named', async () => {
    const observation = { situation: 'x', saw: 'y', stage: 'discover', skill: 'listening' }
    const outcome = await feed(hotel(), answersFor('Ana', { observation }))
    expect(outcome.code).toBe(2)
    expect(placesIn(outcome)).toEqual([
      expect.stringContaining('observation.stage: “discover” is not one of hello or goodbye.'),
      expect.stringContaining('observation.skill: “listening” is not '),
    ])
  })

  test('both sides of its gates are asked about', async () => {
    const template = await printed(hotel(), 'session', '--template', '--guide', 'opportunity')
    expect(template).toContain('hello')
    expect(template).not.toContain('prospect')
  })

  test('a guide of its own takes the place of the usual one', async () => {
    const guide = {
      id: 'ortp',
      title: 'How we talk',
      about: 'Two prompts.',
      steps: [
        {
          id: 'observation',
          title: 'Seen',
          prompts: [
            {
              id: 'saw',
              kind: 'note',
              pass: 'prepare',
              required: true,
              title: 'Saw',
              ask: 'What did the guest do?',
              why: 'Guests show it.',
            },
          ],
        },
        {
          id: 'reflection',
          title: 'Their view',
          prompts: [
            {
              id: 'asked',
              kind: 'note',
              pass: 'record',
              title: 'Asked',
              ask: 'What did they say?',
              why: 'They know best.',
            },
          ],
        },
      ],
    }
    const home = homeWith({ ...TEAM, 'shared/hotel/guides/ortp.yaml': stringify(guide) })
    expect(await printed(home, 'session', '--template')).toContain('What did the guest do?')
    const text = stringify({
      person: 'Ana Silva',
      observation: { saw: 'Waved.' },
      reflection: { asked: 'A lot.' },
    })
    const { code, out } = await feed(home, text)
    expect([code, out]).toEqual([0, expect.stringMatching(/Seen\n +Saw +Waved\./)])
  })

  test('an old session reads as it was held when the folder is gone', async () => {
    const home = hotel()
    await feed(home, answers())
    await home.coach(['config', 'unset', 'banks'])
    const shown = await printed(home, 'show', '1')
    expect(shown).toContain('What does stretch mean when you say hello?')
    expect(shown).toContain('A walk to the lift.')
  })
})

test('coach config copy, then a change by hand, gives one’s own stages and all else as it was', async () => {
  const home = homeWith({})
  expect((await home.coach(['config', 'copy', 'stages'])).code).toBe(0)
  const own = homeWith({
    'config.yaml': `# ours\n${stringify({ stages: LIBRARY.vocabulary.stages.slice(0, 2) })}`,
  })
  const template = await printed(own, 'session', '--template')
  expect(template).toContain('prospect')
  expect(template).not.toContain('negotiate')
  const page: unknown = JSON.parse(await printed(own, 'config', 'show', '--json'))
  expect(page).toMatchObject({
    settings: { stages: { from: 'home' }, skills: { from: 'shipped' } },
  })
})
