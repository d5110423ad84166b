import { describe, expect, test } from 'vitest'
import { type Home, newHome } from '../../world.ts'
import { answersFor, bytesOf, feed, homeOfAna, yamlOf } from './feed.ts'
import { PREPARED, record, sessions } from './kept-sessions.ts'

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
