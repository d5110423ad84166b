import DB from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { LIBRARY } from '../../questions/shipped.ts'
import { type Home, newHome } from '../../world.ts'
import { answersFor, bytesOf, feed, homeOfAna, yamlOf } from './feed.ts'

const record = async (home: Home, session = 1): Promise<unknown> =>
  parse(await yamlOf(home, session))
const sessions = async (home: Home): Promise<readonly { id: number; status: string }[]> =>
  JSON.parse((await home.coach(['history', '--json'])).out)

const PREPARED = answersFor('Ana Silva', {
  reflection: { questions: [{ kind: 'obstacle', question: 'What could stop you?' }] },
  teachable_moment: { pointer: 'Wait.' },
})

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

describe('the person', () => {
  test('who is not there yet is added, and that is said', async () => {
    const home = newHome()
    const { err } = await feed(home, answersFor('Ana Silva'))
    expect(err).toContain('Ana Silva is new in your notebook.\n')
    expect((await home.coach(['people'])).out).toContain('Ana Silva')
  })

  test('who is found by a part of the name is named before anything is written', async () => {
    const home = await homeOfAna()
    const { err } = await feed(home, answersFor('silv'))
    expect(err).toMatch(/^This is about Ana Silva\.\n/)
    expect((await home.coach(['people', '--json'])).out.match(/"name"/g)).toHaveLength(1)
  })

  test('is found without regard to case and accents', async () => {
    const home = newHome()
    await home.coach(['person', 'add', 'Zoë Müller'])
    await feed(home, answersFor('ZOE MULLER'))
    expect(await record(home)).toMatchObject({ person: 'Zoë Müller' })
  })

  test.each(['Ana Silva', 'ana silva', 'ana', 'ANA'])(
    'who is new may be named in the command too, as %s',
    async (name) => {
      const home = newHome()
      const { code, err } = await feed(home, answersFor('Ana Silva'), [name])
      expect(err).not.toContain('The command names')
      expect(code).toBe(0)
    },
  )

  test.each(['Ana\nSilva', 'Ana  Silva', '\tAna Silva '])(
    'gets a name on one line, however it was written: %j',
    async (name) => {
      const home = newHome()
      await feed(home, answersFor(name))
      const people: unknown = JSON.parse((await home.coach(['people', '--json'])).out)
      expect(people).toMatchObject([{ name: 'Ana Silva' }])
    },
  )

  test('cannot be named with what is no text', async () => {
    const home = newHome()
    const { code } = await feed(
      home,
      '{"person":"a\\u0000b","observation":{"situation":"a","saw":"b"}}',
    )
    expect(code).toBe(2)
    expect(bytesOf(home)).toBeNull()
  })
})

describe('the session', () => {
  test('that is the only unfinished one is filled', async () => {
    const home = newHome()
    await feed(home, PREPARED)
    const { code } = await feed(
      home,
      stringify({ person: 'ana', reflection: { went_well: 'All of it.' } }),
    )
    expect(code).toBe(0)
    expect(await sessions(home)).toMatchObject([{ id: 1, status: 'done' }])
    expect(await record(home)).toMatchObject({
      observation: { saw: 'She asked about budget.' },
      reflection: {
        went_well: 'All of it.',
        questions: [{ kind: 'obstacle', question: 'What could stop you?' }],
      },
      teachable_moment: { pointer: { prepared: 'Wait.' } },
    })
  })

  test('is a new one after the last was finished', async () => {
    const home = await homeOfAna()
    await feed(home, answersFor('Ana Silva'))
    expect(await sessions(home)).toMatchObject([
      { id: 2, status: 'prepared' },
      { id: 1, status: 'done' },
    ])
  })

  test('says which it is, and what comes next', async () => {
    const home = newHome()
    const first = await feed(home, PREPARED)
    expect(first.err).toContain('Saved. Afterwards, record it with: coach session ana\n')
    const second = await feed(home, 'person: ana\nreflection: { went_well: a }\n')
    expect(second.err).toContain(
      'Saved as session 1. To share it: coach recap ana. What is open: coach review\n',
    )
  })

  const twoUnfinished = async () => {
    const home = newHome()
    await feed(home, PREPARED)
    const db = new DB(home.notebook)
    db.prepare("UPDATE session SET status = 'done'").run()
    db.close()
    await feed(home, PREPARED)
    const again = new DB(home.notebook)
    again.prepare("UPDATE session SET status = 'prepared' WHERE id = 1").run()
    again.close()
    return home
  }
  const afterwards = 'person: ana\nreflection: { went_well: a }\n'

  test('has to be named where two are unfinished', async () => {
    const home = await twoUnfinished()
    const before = bytesOf(home)
    const outcome = await feed(home, afterwards)
    expect(outcome).toMatchObject({ code: 2, out: '' })
    expect(outcome.err).toMatch(
      /There are 2 unfinished sessions with Ana Silva: .*\nName one with --session ID\.\n/,
    )
    expect(bytesOf(home)).toBe(before)
  })

  test('that is named is filled', async () => {
    const home = await twoUnfinished()
    await feed(home, afterwards, ['--session', '1'])
    expect(await sessions(home)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: 1, status: 'done' }),
        expect.objectContaining({ id: 2, status: 'prepared' }),
      ]),
    )
  })

  test.each([
    ['that is not there', '9', 3, 'There is no session 9.'],
    ['that is no number', 'x', 2, '“x” is not the number of a session.'],
    ['that is finished', '1', 2, 'coach edit 1'],
  ])('%s cannot be filled', async (_what, id, code, problem) => {
    const home = await homeOfAna()
    const before = bytesOf(home)
    const outcome = await feed(home, answersFor('Ana Silva'), ['--session', id])
    expect(outcome.err).toContain(problem)
    expect(outcome.code).toBe(code)
    expect(bytesOf(home)).toBe(before)
  })

  test('of somebody else cannot be filled', async () => {
    const home = newHome()
    await feed(home, PREPARED)
    const before = bytesOf(home)
    const outcome = await feed(home, answersFor('Ben Okafor'), ['--session', '1'])
    expect(outcome.code).not.toBe(0)
    expect(bytesOf(home)).toBe(before)
  })

  test('can be held by the quick guide', async () => {
    const home = newHome()
    const text = stringify({
      person: 'Ana Silva',
      observation: { saw: 'One.' },
      plan: { actions: [{ what: 'call' }] },
    })
    const { code } = await feed(home, text, ['--quick'])
    expect(code).toBe(0)
    expect(await record(home)).toMatchObject({
      guide: 'quick',
      plan: { actions: [{ what: 'call' }] },
    })
  })
})

describe('promises', () => {
  const promising = (more: object) => answersFor('Ana Silva', { promises: [{ item: 1, ...more }] })
  const item = async (home: Home): Promise<unknown> =>
    JSON.parse((await home.coach(['action', 'show', '1', '--json'])).out)

  test.each([
    ['done', {}, { status: 'done', due_on: null, carried: 0 }],
    ['part', { note: 'half' }, { status: 'part', due_on: null, carried: 0 }],
    ['missed', { note: 'ill' }, { status: 'missed', due_on: null, carried: 0 }],
    ['dropped', {}, { status: 'dropped', due_on: null, carried: 0 }],
    ['carried', { to: 'fri' }, { status: 'open', due_on: '2026-11-27', carried: 1 }],
    ['carried', {}, { status: 'open', due_on: null, carried: 1 }],
  ])('%s with %o', async (outcome, more, expected) => {
    const home = await homeOfAna()
    const { code } = await feed(home, promising({ outcome, ...more }))
    expect(code).toBe(0)
    expect(await item(home)).toMatchObject(expected)
  })

  test('an item made outside a conversation is one as well', async () => {
    const home = newHome()
    await home.coach(['person', 'add', 'Ana Silva'])
    await home.coach(['action', 'add', 'Ana Silva', 'send', 'the', 'deck'])
    const { code } = await feed(home, promising({ outcome: 'done' }))
    expect(code).toBe(0)
    expect(await item(home)).toMatchObject({ status: 'done' })
  })

  test('a note does not go with done', async () => {
    const home = await homeOfAna()
    const { code, err } = await feed(home, promising({ outcome: 'done', note: 'twice' }))
    expect(code).toBe(2)
    expect(err).toContain('this does not go with that outcome')
  })
})

describe('coach edit ID --answers', () => {
  const edit = async (home: Home, text: string, id = '1') =>
    await home.coach(['edit', id, '--answers', '-'], text)

  test('corrects what the file says, and leaves the rest', async () => {
    const home = await homeOfAna()
    const before = await yamlOf(home)
    const { code, err } = await edit(home, before.replace('She asked about budget.', 'He asked.'))
    expect([code, err]).toEqual([
      0,
      'Corrected session 1 with Ana Silva. What the file leaves out stays as it was.\n',
    ])
    expect(await yamlOf(home)).toBe(before.replace('She asked about budget.', 'He asked.'))
  })

  test('with what is there already changes nothing', async () => {
    const home = await homeOfAna()
    await feed(
      home,
      answersFor('Ana Silva', {
        promises: [{ item: 1, outcome: 'missed', note: 'ill' }],
        reflection: { went_well: 'a' },
      }),
    )
    const [before, item] = [await yamlOf(home, 2), await home.coach(['action', 'show', '1'])]
    const { code } = await edit(home, before, '2')
    expect(code).toBe(0)
    expect(await yamlOf(home, 2)).toBe(before)
    expect(await home.coach(['action', 'show', '1'])).toEqual(item)
  })

  test('corrects an action item in its place', async () => {
    const home = await homeOfAna()
    await edit(home, (await yamlOf(home)).replace('send the deck', 'send the short deck'))
    const review: unknown = JSON.parse((await home.coach(['review', '--json'])).out)
    expect(review).toMatchObject([{ id: 1, what: 'send the short deck' }])
  })

  test('takes an answer away with an empty text', async () => {
    const home = newHome()
    await feed(
      home,
      answersFor('Ana Silva', { reflection: { went_well: 'All.' }, close: { praise: 'Good.' } }),
    )
    await edit(home, answersFor('Ana Silva', { close: { praise: '' } }))
    expect(await record(home)).not.toHaveProperty('close')
  })

  test('leaves a session that is prepared as it is', async () => {
    const home = newHome()
    await feed(home, PREPARED)
    await edit(home, PREPARED.replace('Wait.', 'Count to three.'))
    expect(await sessions(home)).toMatchObject([{ id: 1, status: 'prepared' }])
  })

  test('of a reworded question keeps it readable for the person', async () => {
    const home = newHome()
    const asked = { kind: 'obstacle', question: 'What?', heard: 'The diary.' }
    await feed(home, answersFor('Ana Silva', { reflection: { questions: [asked] } }))
    await edit(
      home,
      answersFor('Ana Silva', {
        reflection: { questions: [{ kind: 'obstacle', question: 'What then?' }] },
      }),
    )
    const { out } = await home.coach(['export', 'session', '1', '--shared'])
    expect(out).toContain('What then?')
    expect(out).toContain('The diary.')
  })

  test.each([
    ['about somebody else', 'Ben Okafor', 2, 'is with Ana Silva'],
    ['with a problem', 'Ana Silva\nmood: fine', 2, 'answers:2:1'],
  ])('a file %s is refused whole', async (_what, person, code, problem) => {
    const home = await homeOfAna()
    await home.coach(['person', 'add', 'Ben Okafor'])
    const before = bytesOf(home)
    const outcome = await edit(
      home,
      (await yamlOf(home)).replace('person: Ana Silva', `person: ${person}`),
    )
    expect(outcome.code).toBe(code)
    expect(outcome.err).toContain(problem.replace('answers', 'stdin'))
    expect(bytesOf(home)).toBe(before)
  })

  test('of a session that is not there is told', async () => {
    const home = await homeOfAna()
    expect(await edit(home, answersFor('Ana Silva'), '9')).toMatchObject({
      code: 3,
      err: expect.stringContaining('There is no session 9.'),
    })
  })
})

describe('the template', () => {
  test.each(LIBRARY.guides.map((guide) => guide.id))(
    'of %s, filled in, is taken',
    async (guide) => {
      const home = newHome()
      const { out, code } = await home.coach([
        'session',
        'Ana Silva',
        '--template',
        '--guide',
        guide,
      ])
      expect(code).toBe(0)
      const filled = out
        .replace(/^( {2}stage): ""$/m, '$1: discover')
        .replaceAll(/^( {2}# .* 1 \(.*\) to 5 .*\n {2}\w+): ""$/gm, '$1: 3')
        .replaceAll(/^( {2}\w+): ""$/gm, '$1: Something.')
      expect(await feed(home, filled)).toMatchObject({ code: 0 })
      expect(await record(home)).toMatchObject({ guide, person: 'Ana Silva' })
    },
  )

  test.each(LIBRARY.guides.map((guide) => guide.id))(
    'of %s, left empty, is refused',
    async (guide) => {
      const home = newHome()
      const { out } = await home.coach(['session', '--template', '--guide', guide])
      expect(await feed(home, out)).toMatchObject({ code: 2 })
      expect(bytesOf(home)).toBeNull()
    },
  )

  test.each(LIBRARY.guides)('of $id names every prompt', async (guide) => {
    const { out } = await newHome().coach(['session', '--template', '--guide', guide.id])
    for (const step of guide.steps) {
      for (const prompt of step.prompts) expect(out).toContain(`${prompt.id}:`)
    }
  })

  test('makes no notebook', async () => {
    const home = newHome()
    await home.coach(['session', '--template'])
    expect(bytesOf(home)).toBeNull()
  })
})
