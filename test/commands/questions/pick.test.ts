import { copyFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { answersFor, feed } from '../../ask/file/feed.ts'
import { type Home, newHome } from '../../world.ts'
import { bankOf, homeWith, type Listed, listOf, type Written } from '../../questions/home.ts'
import { LIBRARY } from '../../questions/shipped.ts'

const DAYS = Array.from({ length: 10 }, (_, n) => new Date(Date.UTC(2026, 10, 23 + n, 9)))
const [LIKED, OTHER] = ['What would you dare?', 'What would you try?']

const stretch = (id: string, text: string, more: object = {}): Written => ({
  id,
  text,
  kinds: ['stretch'],
  ...more,
})
/** A home whose only questions are these. */
const homeOf = (...questions: readonly Written[]): Home =>
  homeWith({
    'config.yaml': 'shipped_banks: false\n',
    'question-banks/mine.yaml': bankOf('mine', questions),
  })
const homeOfTwo = () => homeOf(stretch('liked', LIKED), stretch('other', OTHER))

/** Holds a session in which a question of the kind stretch is asked. */
async function ask(
  home: Home,
  person: string,
  question: string | null,
  opened?: boolean,
  more: object = {},
): Promise<void> {
  const heard = { heard: 'Something.', ...(opened === undefined ? {} : { opened }) }
  const questions = question === null ? [] : [{ kind: 'stretch', question, ...heard }]
  const observation = { situation: 'Call', saw: 'She waited.', ...more }
  const { code, err } = await feed(
    home,
    answersFor(person, { observation, reflection: { would_change: 'x', questions } }),
  )
  if (code !== 0) throw new Error(err)
}

async function picked(home: Home, ...argv: readonly string[]): Promise<readonly Listed[]> {
  const { code, out, err } = await home.coach(['questions', 'pick', ...argv, '--json'])
  if (code !== 0) throw new Error(err)
  return listOf(out)
}
const idsOf = (all: readonly Listed[]) => all.map(({ id }) => id)

describe('what opened something up', () => {
  test.each([
    ['is offered first to others too', true, 'liked', 'opened something up 2 of 2 times'],
    ['is offered last, where it never did', false, 'other', 'opened something up 0 of 2 times'],
  ])('%s', async (_what, opened, first, reason) => {
    const home = homeOfTwo()
    await home.coach(['person', 'add', 'Ben Okafor'])
    await ask(home, 'Ana Silva', LIKED, opened)
    await ask(home, 'Cem Kaya', LIKED, opened)
    for (const day of DAYS) {
      home.setNow(day)
      const all = await picked(home, 'ben', '--kind', 'stretch')
      expect(idsOf(all)[0]).toBe(first)
      expect(all.find(({ id }) => id === 'liked')?.reasons).toEqual([
        'not asked yet',
        'kind stretch',
        reason,
      ])
    }
  })

  test('counts without anybody named, too', async () => {
    const home = homeOfTwo()
    await ask(home, 'Ana Silva', LIKED, true)
    await ask(home, 'Ana Silva', LIKED, false)
    const all = await picked(home, '--kind', 'stretch')
    expect(all.find(({ id }) => id === 'liked')?.reasons).toContain(
      'opened something up 1 of 2 times',
    )
  })

  test('counts once for a question that was prepared, and asked later', async () => {
    const home = homeOfTwo()
    const prepared = answersFor('Ana Silva', {
      reflection: { questions: [{ kind: 'stretch', question: LIKED }] },
    })
    expect((await feed(home, prepared, ['--prepare'])).code).toBe(0)
    await ask(home, 'ana', LIKED, true)
    const all = await picked(home, 'ana', '--kind', 'stretch')
    expect(all.find(({ id }) => id === 'liked')?.reasons).toContain(
      'opened something up 1 of 1 times',
    )
  })

  test('does not count where it was not said', async () => {
    const home = homeOfTwo()
    await ask(home, 'Ana Silva', LIKED)
    const all = await picked(home, '--kind', 'stretch')
    expect(all.find(({ id }) => id === 'liked')?.reasons).toEqual(['not asked yet', 'kind stretch'])
  })

  test('is gone with the session', async () => {
    const home = homeOfTwo()
    await ask(home, 'Ana Silva', LIKED, true)
    expect((await home.coach(['delete', 'session', '1', '--yes'])).code).toBe(0)
    const all = await picked(home, 'ana', '--kind', 'stretch')
    expect(all.flatMap(({ reasons = [] }) => reasons).join()).not.toContain('opened')
  })
})

describe('what was asked lately of a person', () => {
  test('waits behind what was not, however much it opened up', async () => {
    const home = homeOfTwo()
    for (let n = 0; n < 3; n++) await ask(home, 'Ana Silva', LIKED, true)
    for (const day of DAYS) {
      home.setNow(day)
      const all = await picked(home, 'ana', '--kind', 'stretch')
      expect(idsOf(all)).toEqual(['other', 'liked'])
      expect(all[1]?.reasons?.[0]).toMatch(/^asked in the last session; /)
    }
  })

  test.each([
    [0, 'asked in the last session; nothing else fits that was asked less lately'],
    [1, 'asked 2 sessions back; nothing else fits that was asked less lately'],
    [3, 'asked 4 sessions back; nothing else fits that was asked less lately'],
    [4, 'rested: last asked 4 sessions ago'],
    [6, 'rested: last asked 6 sessions ago'],
  ])('rests for four sessions: %i later', async (later, reason) => {
    const home = homeOfTwo()
    await ask(home, 'Ana Silva', LIKED)
    for (let n = 0; n < later; n++) await ask(home, 'ana', null)
    const all = await picked(home, 'ana', '--kind', 'stretch')
    expect(all.find(({ id }) => id === 'liked')?.reasons?.[0]).toBe(reason)
  })

  test('is offered to somebody else at once', async () => {
    const home = homeOfTwo()
    await ask(home, 'Ana Silva', LIKED)
    await home.coach(['person', 'add', 'Ben Okafor'])
    const all = await picked(home, 'ben', '--kind', 'stretch')
    expect(all.map(({ reasons }) => reasons?.[0])).toEqual(['not asked yet', 'not asked yet'])
  })

  test('is asked in turns: five sessions, five questions', async () => {
    const home = newHome()
    await home.coach(['person', 'add', 'Ana Silva'])
    const asked: string[] = []
    for (const day of DAYS.slice(0, 5)) {
      home.setNow(day)
      const [first] = await picked(home, 'ana', '--kind', 'stretch', '--stage', 'close')
      asked.push(first?.id ?? '')
      await ask(home, 'ana', first?.text ?? '')
    }
    expect(new Set(asked).size).toBe(5)
  })
})

describe('the same notebook and day give the same questions', () => {
  const flags = ['--kind', 'commitment', '--many', '5']

  test('however often, and wherever the notebook is', async () => {
    const home = newHome()
    await ask(home, 'Ana Silva', null)
    const moved = newHome()
    copyFileSync(home.notebook, moved.notebook)
    for (const day of DAYS) {
      home.setNow(day)
      const all = idsOf(await picked(home, 'ana', ...flags))
      expect(idsOf(await picked(home, 'ana', ...flags))).toEqual(all)
      moved.setNow(new Date(day.getTime() + 3_600_000))
      expect(idsOf(await picked(moved, 'Ana Silva', ...flags))).toEqual(all)
    }
  })

  test('another day gives others', async () => {
    const home = newHome()
    const seen = new Set<string>()
    for (const day of DAYS) {
      home.setNow(day)
      seen.add(idsOf(await picked(home, ...flags)).join())
    }
    expect(seen.size).toBeGreaterThan(5)
  })

  test('picking adds nobody to the notebook', async () => {
    const home = newHome()
    await home.coach(['questions', 'pick'])
    expect(await home.coach(['people', '--json'])).toMatchObject({ code: 0, out: '[]\n' })
    expect(await home.coach(['questions', 'pick', 'ana'])).toMatchObject({ code: 3, out: '' })
  })
})

describe('what is wanted', () => {
  test('is the stage and the skill of the last session, unless a flag says another', async () => {
    const home = newHome()
    await ask(home, 'Ana Silva', null, undefined, { stage: 'discover', skill: 'listening' })
    const [first] = await picked(home, 'ana', '--kind', 'stretch')
    expect(first?.reasons).toEqual(expect.arrayContaining(['stage discover', 'skill listening']))
    const flags = ['--stage', 'close', '--skill', 'gaining-commitment', '--kind', 'stretch']
    const [other] = await picked(home, 'ana', ...flags)
    expect(other?.reasons).toEqual(
      expect.arrayContaining(['stage close', 'skill gaining-commitment']),
    )
  })

  test('every question that is picked fits', async () => {
    const flags = ['--kind', 'obstacle', '--stage', 'propose', '--area', 'account', '--many', '99']
    const all = await picked(newHome(), ...flags)
    const fits = (tags: readonly string[], tag: string) => tags.length === 0 || tags.includes(tag)
    expect(all.length).toBeGreaterThan(4)
    expect(
      all.filter(
        (one) =>
          !one.kinds.includes('obstacle') ||
          !fits(one.stages, 'propose') ||
          !fits(one.areas, 'account') ||
          one.language !== 'en' ||
          one.retired,
      ),
    ).toEqual([])
  })

  test('is of the bank that is named, and of those for named use only there', async () => {
    const all = await picked(newHome(), '--from', 'career', '--many', '99')
    const career = LIBRARY.questions.filter((one) => one.bank === 'career')
    expect(idsOf(all).toSorted()).toEqual(career.map(({ id }) => id).toSorted())
    const general = new Set((await picked(newHome(), '--many', '99')).map(({ bank }) => bank))
    expect(general).not.toContain('career')
  })

  test.each([
    ['1', 1],
    ['7', 7],
  ])('is so many: %s', async (many, count) => {
    expect(await picked(newHome(), '--many', many)).toHaveLength(count)
  })

  test.each(['0', '-1', '100', '3.5', 'three', ''])('is no number: “%s”', async (many) => {
    const outcome = await newHome().coach(['questions', 'pick', `--many=${many}`])
    expect(outcome).toMatchObject({ code: 2, out: '' })
  })

  test('a hidden question is never picked', async () => {
    const home = homeOf(stretch('liked', LIKED), stretch('other', OTHER, { retired: true }))
    expect(idsOf(await picked(home, '--many', '9'))).toEqual(['liked'])
  })

  test('three of different styles come before three of one', async () => {
    const home = homeOf(
      ...['a', 'b', 'c', 'd'].map((id) => stretch(id, `${id}?`)),
      stretch('scale', 'On a scale?', { style: 'scaling' }),
      stretch('if', 'If so?', { style: 'hypothetical' }),
    )
    for (const day of DAYS) {
      home.setNow(day)
      const styles = (await picked(home, '--kind', 'stretch')).map(({ style }) => style)
      expect(styles.toSorted()).toEqual(['hypothetical', 'open', 'scaling'])
    }
  })
})

describe('--why', () => {
  const home = () =>
    homeOf(
      stretch('dare', LIKED, {
        kinds: ['obstacle', 'stretch'],
        stages: ['close'],
        areas: ['skills'],
        skills: ['listening'],
        follow_ups: ['And then?'],
        why: 'It is bold.',
      }),
    )
  const flags = ['--kind', 'stretch', '--stage', 'close', '--skill', 'listening']

  test('prints what spoke for each, and what it is good for', async () => {
    const { code, out } = await home().coach(['questions', 'pick', ...flags, '--why'])
    expect(code).toBe(0)
    expect(out).toBe(
      `1  ${LIKED}
   then: And then?
   dare · not asked yet · stage close · skill listening · also of the kind
   stretch
   It is bold.
`,
    )
  })

  test('is not printed where nobody asks', async () => {
    const { out } = await home().coach(['questions', 'pick', ...flags])
    expect(out).toBe(`1  ${LIKED}\n   then: And then?\n`)
  })

  test('says when a question fits every stage, and when it is in another language', async () => {
    const [one] = await picked(
      homeOf(stretch('dare', LIKED)),
      '--stage',
      'close',
      '--area',
      'skills',
      '--language',
      'fr',
    )
    expect(one?.reasons).toEqual([
      'not asked yet',
      'fits every stage',
      'fits every area',
      'language en',
    ])
  })
})

describe('in Spanish', () => {
  const spanish = async () => {
    const home = newHome()
    expect((await home.coach(['config', 'set', 'language', 'es'])).code).toBe(0)
    return home
  }

  test('what is picked is Spanish, for each stage and kind', async () => {
    const home = await spanish()
    for (const { id } of LIBRARY.vocabulary.stages) {
      const all = await picked(home, '--stage', id, '--kind', 'obstacle')
      expect(all.map(({ language }) => language)).toEqual(['es', 'es', 'es'])
    }
  })

  test('--language en picks English questions', async () => {
    const all = await picked(await spanish(), '--language', 'en')
    expect(all.map(({ language }) => language)).toEqual(['en', 'en', 'en'])
  })

  test('where a bank has none, the others stand in, and that is said', async () => {
    const [one] = await picked(await spanish(), '--from', 'career')
    expect([one?.language, one?.reasons]).toEqual(['en', expect.arrayContaining(['language en'])])
  })

  test('coach questions banks tells what is offered now', async () => {
    const { out, err } = await (await spanish()).coach(['questions', 'banks'])
    expect(out).toMatch(/^ {2}commitment {2,}\d+ questions · language en, not offered now$/m)
    expect(out).toMatch(/^ {2}commitment-es {2,}\d+ questions$/m)
    expect(err).toContain('in the language “es”')
  })
})
