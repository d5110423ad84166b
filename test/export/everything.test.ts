import { expect, test } from 'vitest'
import { answersFor, feed } from '../ask/file/feed.ts'
import { must } from '../commands/followup/played.ts'
import { query } from '../notebook/file.ts'
import { type Home, newHome } from '../world.ts'

/** A home in which Ben is named in all that is kept about Ana, and Ana in what is kept about others. */
async function twoPeople(): Promise<Home> {
  const home = newHome()
  await must(home, ['person', 'add', 'Ben Ortiz'])
  await must(home, ['person', 'add', 'Ana Costa'])
  await must(home, ['person', 'add', 'Ana Silva', '--role', 'Works with Ben on key-role'])
  const told = (place: string) => `Ortiz and Ana, key-${place}`
  const { code, err } = await feed(
    home,
    answersFor('Ana Silva', {
      observation: { situation: told('situation'), saw: told('saw'), rating: 2 },
      reflection: {
        went_well: told('well'),
        questions: [{ kind: 'stretch', question: told('question'), heard: told('heard') }],
      },
      plan: { actions: [{ what: told('what'), if: told('if'), then: told('then') }] },
      close: { private_note: told('private') },
    }),
  )
  if (code !== 0) throw new Error(err)
  await must(home, ['note', 'ana silva', told('note')])
  await must(home, ['goal', 'add', 'ana silva', told('goal')])
  await must(home, ['opportunity', 'add', 'ana silva', told('opportunity')])
  await must(home, ['missed', '1', '--note', told('reason')])
  await must(home, ['undo'])
  await must(home, ['note', 'ben', 'Silva helped him. key-other'])
  await must(home, ['note', 'ana costa', 'Ana was late. key-costa'])
  return home
}
const KEYS =
  'role situation saw well question heard what if then private note goal opportunity reason'.split(
    ' ',
  )

test.each(['md', 'html', 'json'])(
  'coach export person --everything holds all about a person and names nobody else: %s',
  async (format) => {
    const home = await twoPeople()
    const argv = ['export', 'person', 'ana silva', '--everything', '--format', format]
    const { code, out, err } = await home.coach(argv)
    expect([code, err]).toEqual([0, ''])
    for (const key of KEYS) expect(out).toContain(`key-${key}`)
    expect(out).not.toMatch(/Ortiz|\bBen\b|Costa|key-other|key-costa/)
    expect(out).toContain('(somebody) and Ana, key-saw')
    expect(out).toContain('Ana Silva')
  },
)

test('where others are spoken of, the place is told, and no namesake is taken for her', async () => {
  const home = await twoPeople()
  const { out } = await home.coach([
    'export',
    'person',
    'ana silva',
    '--everything',
    '--format',
    'json',
  ])
  const { mentions } = Object(JSON.parse(out))
  const [row] = query(home.notebook, "SELECT id FROM note WHERE text LIKE '%key-other'")
  expect(mentions).toEqual([
    { about: 'somebody else', kind: 'note', id: Object(row).id, session: null, day: '2026-11-23' },
  ])
})

test('what was undone is in it, marked as taken back', async () => {
  const home = await twoPeople()
  const { out } = await home.coach(['export', 'person', 'ana silva', '--everything'])
  expect(out).toMatch(/open to missed, .*key-reason, taken back/)
})

test('coach export person NAME --everything refuses oneself', async () => {
  const home = newHome()
  await must(home, ['person', 'add', 'Sam', '--relation', 'self'])
  expect(await home.coach(['export', 'person', 'sam', '--everything'])).toMatchObject({
    code: 2,
    out: '',
  })
})
