import DB from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { newHome } from '../../world.ts'
import { answersFor, bytesOf, feed, homeOfAna } from './feed.ts'
import { PREPARED, record, sessions } from './kept-sessions.ts'

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
