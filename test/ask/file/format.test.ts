import DB from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { LIBRARY } from '../../questions/shipped.ts'
import { newHome } from '../../world.ts'
import { answersFor, feed, yamlOf } from './feed.ts'
import { PREPARED, record } from './kept-sessions.ts'

describe('what is taken', () => {
  const answers = { observation: { situation: 'Call', saw: 'She asked.\n- twice' } }

  test('YAML', async () => {
    const home = newHome()
    const { code } = await feed(home, stringify({ person: 'Ana Silva', ...answers }))
    expect(code).toBe(0)
    expect(await record(home)).toMatchObject(answers)
  })

  test('JSON', async () => {
    const home = newHome()
    const text = JSON.stringify({ person: 'Ana Silva', ...answers }, null, '\t')
    const { code } = await feed(home, text, [], 'answers.json')
    expect(code).toBe(0)
    expect(await record(home)).toMatchObject(answers)
  })

  test('stdin', async () => {
    const home = newHome()
    const text = stringify({ person: 'Ana Silva', ...answers })
    const { code } = await home.coach(['session', '--answers', '-'], text)
    expect(code).toBe(0)
    expect(await record(home)).toMatchObject(answers)
  })

  test.each([
    ['a byte order mark', (text: string) => `\ufeff${text}`],
    ['the line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['comments', (text: string) => `# mine\n${text}# end\n`],
    ['a document mark', (text: string) => `---\n${text}...\n`],
  ])('a file with %s', async (_what, change) => {
    const home = newHome()
    const { code } = await feed(home, change(stringify({ person: 'Ana Silva', ...answers })))
    expect(code).toBe(0)
    expect(await record(home)).toMatchObject(answers)
  })

  test('a file with nothing under a key takes it as left out', async () => {
    const home = newHome()
    const { code } = await feed(home, `${answersFor('Ana Silva')}reflection:\nclose: { praise: }\n`)
    expect(code).toBe(0)
    expect(await record(home)).not.toHaveProperty('close')
  })

  test.each([
    ['yes', true],
    ['no', false],
    ['true', true],
    ['false', false],
    ['"yes"', true],
    ['No', false],
    ['y', true],
  ])('said_back: %s', async (said, value) => {
    const home = newHome()
    await feed(home, `${answersFor('Ana Silva')}plan: { said_back: ${said} }\n`)
    expect(await record(home)).toMatchObject({ plan: { said_back: value } })
  })

  test.each([
    ['2026-11-20', '2026-11-20'],
    ['today', '2026-11-23'],
  ])('held_on: %s', async (said, day) => {
    const home = newHome()
    const text = answersFor('Ana Silva', { held_on: said, reflection: { went_well: 'a' } })
    await feed(home, text)
    expect(await record(home)).toMatchObject({ held_on: day })
  })

  test.each(['007', '1.10', '12345678901234567890', '0x1F', '1e3', '+1', '.5', 'True', 'off'])(
    'a text that looks like something else is kept as it was written: %s',
    async (said) => {
      const home = newHome()
      await feed(home, `${answersFor('Ana Silva')}close: { praise: ${said} }\n`)
      expect(await record(home)).toMatchObject({ close: { praise: said } })
    },
  )
})

describe('the shape', () => {
  test('several rounds', async () => {
    const home = newHome()
    const rounds = [
      { observation: { situation: 'Call', saw: 'One.' }, reflection: { went_well: 'a' } },
      { observation: { situation: 'Demo', saw: 'Two.' }, reflection: { would_change: 'b' } },
    ]
    const { code } = await feed(home, stringify({ person: 'Ana Silva', rounds }))
    expect(code).toBe(0)
    expect(await record(home)).toMatchObject({ rounds })
  })

  test('one round in a list is the same as its steps at top level', async () => {
    const [one, other] = [newHome(), newHome()]
    const round = { observation: { situation: 'Call', saw: 'One.' } }
    await feed(one, stringify({ person: 'Ana Silva', rounds: [round] }))
    await feed(other, stringify({ person: 'Ana Silva', ...round }))
    expect(await yamlOf(one)).toBe(await yamlOf(other))
  })

  test.each([
    ['beside the steps', { reflection_skipped: 'No time.' }],
    ['in the step it is about', { reflection: { reflection_skipped: 'No time.' } }],
  ])('a reason for skipping the reflection, %s, opens the next step', async (_where, reason) => {
    const home = newHome()
    const text = answersFor('Ana Silva', { ...reason, teachable_moment: { pointer: 'Wait.' } })
    const { code } = await feed(home, text)
    expect(code).toBe(0)
    expect(await record(home)).toMatchObject({
      reflection_skipped: 'No time.',
      teachable_moment: { pointer: 'Wait.' },
    })
  })

  test('a pointer that was prepared, and one that was given', async () => {
    const home = newHome()
    const pointer = { prepared: 'Wait.', given: 'Count to three.' }
    const text = answersFor('Ana Silva', {
      reflection: { went_well: 'a' },
      teachable_moment: { pointer },
    })
    await feed(home, text)
    expect(await record(home)).toMatchObject({ teachable_moment: { pointer } })
  })

  test('a plain pointer is the prepared one in a file that only prepares', async () => {
    const home = newHome()
    await feed(home, PREPARED)
    const { out } = await home.coach(['prep', 'ana', '--private'])
    expect(out).toContain('Pointer  Wait.')
  })

  test('questions are kept in the order of their kinds', async () => {
    const home = newHome()
    const questions = [
      { question: 'A?', kind: 'stretch' },
      { question: 'B?', kind: 'commitment' },
    ]
    await feed(home, answersFor('Ana Silva', { reflection: { questions } }))
    expect(await record(home)).toMatchObject({ reflection: { questions: questions.toReversed() } })
  })

  test('a question of a bank, word for word, is known as one', async () => {
    const home = newHome()
    const text = answersFor('Ana Silva', {
      reflection: {
        questions: LIBRARY.questions
          .slice(0, 1)
          .map(({ text, kinds: [kind] }) => ({ question: text, kind })),
      },
    })
    await feed(home, text)
    const db = new DB(home.notebook, { readonly: true })
    const kept = db
      .prepare('SELECT question_id FROM answer WHERE kind = ? AND state = ?')
      .pluck()
      .all('question', 'answered')
    db.close()
    expect(kept).toEqual([LIBRARY.questions[0]?.id])
  })

  test('a line of an action item gives up its day, unless the day is given', async () => {
    const home = newHome()
    const actions = [{ what: 'call Tom by fri' }, { what: 'call Eva', due: '2026-12-01' }]
    await feed(home, answersFor('Ana Silva', { plan: { actions } }))
    expect(await record(home)).toMatchObject({
      plan: {
        actions: [
          { what: 'call Tom', due: '2026-11-27' },
          { what: 'call Eva', due: '2026-12-01' },
        ],
      },
    })
  })

  test('a line of an action item whose day is given keeps all its words', async () => {
    const home = newHome()
    const actions = [{ what: 'prepare the call on monday', due: '2026-12-01' }]
    await feed(home, answersFor('Ana Silva', { plan: { actions } }))
    expect(await record(home)).toMatchObject({ plan: { actions } })
  })
})
