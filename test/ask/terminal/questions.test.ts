import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { LIBRARY } from '../../questions/shipped.ts'
import { bankOf, put } from '../../questions/home.ts'
import { homeWithAna, recordOf, run } from './process.ts'
import { type Pty, startCoach } from './pty.ts'

const MINE = ['What is yours to decide?', 'Which part is yours?']
const bank = bankOf(
  'mine',
  MINE.map((text, at) => ({ id: `mine-${at}`, text, kinds: ['commitment'] })),
  { use: 'named' },
)

/** Answers what comes first, up to the question that one means to ask. */
async function untilQuestions(coach: Pty, hasStage = true): Promise<string> {
  await coach.see('When and where was it?')
  await coach.answer('Call')
  await coach.see('What did you see or hear?')
  await coach.answer('She waited.', 'ctrl-d')
  if (hasStage) {
    await coach.see('Which stage of the sale was it?')
    coach.type('1')
  }
  await coach.see('Add detail?')
  coach.press('enter')
  await coach.see('Commitment: Which question will you ask')
  return coach.text()
}

/** Leaves, and tells what was kept of the questions. */
async function leave(coach: Pty, folder: string): Promise<unknown> {
  coach.press('ctrl-c')
  expect(await coach.exit()).toBe(130)
  return await recordOf(folder)
}

const offered = (language: string, screen: string) =>
  LIBRARY.questions.filter((one) => one.language === language && screen.includes(one.text))

test('coach session --questions offers those of one bank alone', async () => {
  const folder = await homeWithAna()
  put(folder, { 'question-banks/mine.yaml': bank })
  const argv = ['session', 'ana', '--prepare', '--questions', 'mine']
  const coach = startCoach(argv, { folder, columns: 120, rows: 40 })
  const screen = await untilQuestions(coach)
  for (const text of MINE) expect(screen).toContain(text)
  expect(offered('en', screen)).toEqual([])
  coach.type('1')
  await coach.see('Obstacle: Which question will you ask')
  expect(offered('en', coach.text())).toEqual([])
  const first = MINE.find(
    (text) => screen.indexOf(text) === Math.min(...MINE.map((one) => screen.indexOf(one))),
  )
  expect(await leave(coach, folder)).toMatchObject({
    reflection: { questions: [{ kind: 'commitment', question: first }] },
  })
})

test('without --questions, a bank for named use is not offered', async () => {
  const folder = await homeWithAna()
  put(folder, { 'question-banks/mine.yaml': bank })
  const coach = startCoach(['session', 'ana', '--prepare'], { folder, columns: 120, rows: 40 })
  const screen = await untilQuestions(coach)
  expect(offered('en', screen)).toHaveLength(3)
  for (const text of MINE) expect(screen).not.toContain(text)
  await leave(coach, folder)
})

test('coach session --questions refuses a bank that there is not, and names those there are', async () => {
  const folder = await homeWithAna()
  const { code, err } = await run(folder, 'session', 'ana', '--questions', 'nowhere')
  expect([code, err]).toEqual([2, expect.stringMatching(/“nowhere” is not a bank\.\n.*career/)])
})

test('the language of config.yaml is that of the questions', async () => {
  const folder = await homeWithAna()
  put(folder, { 'config.yaml': 'language: es\n' })
  const coach = startCoach(['session', 'ana', '--prepare'], { folder, columns: 120, rows: 40 })
  const screen = await untilQuestions(coach)
  expect(offered('es', screen)).toHaveLength(3)
  expect(offered('en', screen)).toEqual([])
  await leave(coach, folder)
})

describe('the words of a team', () => {
  const skills = [
    {
      id: 'caring',
      title: 'Caring',
      anchors: ['Looks away', 'Looks', 'Listens', 'Asks', 'Comes back to it'],
    },
  ]

  test('stand on the screens in the place of those that ship', async () => {
    const folder = await homeWithAna()
    const stages = [{ id: 'hello', title: 'Say hello' }]
    put(folder, {
      'config.yaml': stringify({ banks: ['team'] }),
      'team/config.yaml': stringify({ shipped_banks: false, stages, areas: [], skills }),
      'team/team.yaml': bankOf('team', [
        { id: 'team-1', text: 'What did you care about?', kinds: ['commitment'] },
      ]),
    })
    const coach = startCoach(['session', 'ana', '--prepare', '--full'], {
      folder,
      columns: 100,
      rows: 40,
    })
    await coach.see('When and where was it?')
    await coach.answer('Call')
    await coach.see('What did you see or hear?')
    await coach.answer('She waited.', 'ctrl-d')
    await coach.see('Which stage of the sale was it?')
    expect(coach.text()).toContain('Say hello')
    expect(coach.text()).not.toContain('Prospect')
    coach.type('1')
    await coach.see('What effect did it have?')
    coach.press('ctrl-s')
    await coach.see('Which skill is it about?')
    expect(coach.text()).toContain('Caring')
    expect(coach.text()).not.toContain('Listening')
    coach.type('1')
    await coach.see('How far along is that skill')
    for (const text of skills[0]?.anchors ?? []) expect(coach.text()).toContain(text)
    coach.type('3')
    await coach.see('Commitment: Which question will you ask')
    expect(coach.text()).toContain('What did you care about?')
    expect(offered('en', coach.text())).toEqual([])
    expect(await leave(coach, folder)).toMatchObject({
      observation: { stage: 'hello', skill: 'caring', rating: 3 },
    })
  })

  test('no stages: the prompt is not there', async () => {
    const folder = await homeWithAna()
    put(folder, { 'config.yaml': 'stages: []\n' })
    const coach = startCoach(['session', 'ana', '--prepare'], { folder, columns: 100, rows: 40 })
    await untilQuestions(coach, false)
    expect(await leave(coach, folder)).toMatchObject({
      observation: { situation: 'Call', saw: 'She waited.' },
    })
  })
})
