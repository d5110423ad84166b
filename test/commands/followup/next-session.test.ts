import { describe, expect, test } from 'vitest'
import { factsWith, prepared, sit, talk } from '../../conversation/talk.ts'
import { query } from '../../notebook/file.ts'
import type { Home } from '../../world.ts'
import { homeAfter, json, moveTo, must, talkWith } from './played.ts'

const ANA = ['person', 'add', 'Ana Silva']
const SEEN = { guide: 'ortp', observation: { situation: 'Call', saw: 'She asked early.' } }
const agreed = (day: string | null) => ({
  ...SEEN,
  ...(day === null ? {} : { plan: { next_session: day } }),
})
const move = (day: string) => ['session', 'ana', '--move', day]

/** The conversations that were agreed next, the oldest first. */
const rowsOf = ({ notebook }: Home) =>
  query(
    notebook,
    'SELECT uuid, status, planned_on AS day, moved, revision, agreed_in, held_in FROM next_session ORDER BY id',
  )

describe('the day of the next conversation is asked at the close', () => {
  test.each([
    ['ortp', '1/plan.next_session'],
    ['ask', '1/challenge.next_session'],
    ['opportunity', '1/plan.next_session'],
    ['coaching-a-coach', '1/plan.next_session'],
  ])('in %s', async (guide, key) => {
    const { keys } = await sit(await prepared(guide))
    expect(keys).toContain(key)
    expect((await sit(talk(guide, 'prepare'))).keys).not.toContain(key)
  })

  test('with the day that is agreed already, where it lies ahead', async () => {
    const facts = factsWith({ nextSession: '2026-12-04' })
    const { conversation } = await sit(talk('ortp', 'prepare', { facts }))
    const sitting = await sit({ ...conversation, pass: 'record' })
    expect(sitting.at('1/plan.next_session').scene.offered).toBe('2026-12-04')
  })

  test('in a further round it offers the day named in the round before', async () => {
    const sitting = await sit(await prepared('ortp'), {
      '1/plan.next_session': 'fri',
      '1/again': 'yes',
      '2/again': 'no',
    })
    expect(sitting.at('2/plan.next_session').scene.offered).toBe('2026-11-27')
  })
})

describe('an agreed conversation', () => {
  test('is on the sheet, and where the day begins, and in the review', async () => {
    const home = await homeAfter(ANA)
    await talkWith(home, 'Ana Silva', agreed('2026-12-18'))
    moveTo(home, '2026-12-10')
    expect(await must(home, ['prep', 'ana'])).toContain('agreed for Fri 18 Dec')
    expect(await json(home, ['prep', 'ana'])).toMatchObject({ planned_on: '2026-12-18' })
    expect(await must(home, ['review', '--look'])).toMatch(
      /17 days ago · agreed every 14 days · next on Fri\s+18 Dec/,
    )
    expect(await json(home, ['review', '--look'])).toMatchObject({
      not_seen: [{ planned_on: '2026-12-18' }],
    })
  })

  test('is held by the next conversation on its day or later', async () => {
    const home = await homeAfter(ANA)
    await talkWith(home, 'Ana Silva', agreed('2026-12-01'))
    moveTo(home, '2026-12-02')
    await talkWith(home, 'Ana Silva', agreed(null))
    expect(rowsOf(home)).toMatchObject([
      { status: 'held', day: '2026-12-01', moved: 0, held_in: 2 },
    ])
    expect(await home.coach(['due'])).toMatchObject({ code: 0 })
  })

  test('the conversation agreed in it is a new one', async () => {
    const home = await homeAfter(ANA)
    await talkWith(home, 'Ana Silva', agreed('2026-12-01'))
    moveTo(home, '2026-12-01')
    await talkWith(home, 'Ana Silva', agreed('2026-12-15'))
    expect(rowsOf(home)).toMatchObject([
      { status: 'held', day: '2026-12-01', held_in: 2 },
      { status: 'planned', day: '2026-12-15', agreed_in: 2, moved: 0 },
    ])
  })

  test('stays agreed when one talks before it, and is moved where another day is named then', async () => {
    const home = await homeAfter(ANA)
    await talkWith(home, 'Ana Silva', agreed('2026-12-01'))
    moveTo(home, '2026-11-25')
    await talkWith(home, 'Ana Silva', agreed(null))
    expect(rowsOf(home)).toMatchObject([{ status: 'planned', day: '2026-12-01', moved: 0 }])
    await talkWith(home, 'Ana Silva', agreed('2026-12-03'))
    expect(rowsOf(home)).toMatchObject([{ status: 'planned', day: '2026-12-03', moved: 1 }])
  })

  test('stays the same one when it is moved, and coach says how often it was moved', async () => {
    const home = await homeAfter(ANA)
    await talkWith(home, 'Ana Silva', agreed('2026-12-01'))
    const before = rowsOf(home)
    expect(await must(home, move('2026-12-04'))).toContain(
      'is on Fri 4 Dec. Your sheet: coach prep ana',
    )
    expect(await must(home, move('2026-12-08'))).toContain('is on Tue 8 Dec, moved 2 times now.')
    expect(rowsOf(home)).toEqual([
      { ...Object(before[0]), day: '2026-12-08', moved: 2, revision: 3 },
    ])
  })

  test('does not count as moved when it is moved to the day that it has', async () => {
    const home = await homeAfter(ANA)
    await talkWith(home, 'Ana Silva', agreed('2026-12-01'))
    const before = rowsOf(home)
    await must(home, move('2026-12-01'))
    expect(rowsOf(home)).toEqual(before)
  })

  test('--move makes one where there is none, and takes a prepared session along', async () => {
    const home = await homeAfter(ANA)
    await must(
      home,
      ['session', '--answers', '-'],
      'person: Ana Silva\nguide: quick\nobservation: { saw: x }\n',
    )
    await must(home, move('2026-12-04'))
    expect(rowsOf(home)).toMatchObject([{ status: 'planned', day: '2026-12-04', agreed_in: null }])
    expect(query(home.notebook, 'SELECT status, planned_on FROM session')).toEqual([
      { status: 'prepared', planned_on: '2026-12-04' },
    ])
  })

  test('its day is overdue when it has passed and nobody talked', async () => {
    const home = await homeAfter(ANA, move('2026-11-24'))
    moveTo(home, '2026-11-24')
    expect((await home.coach(['due'])).code).toBe(0)
    moveTo(home, '2026-11-25')
    expect(await home.coach(['due'])).toMatchObject({
      code: 10,
      out: '2026-11-24  session  Ana Silva: the agreed conversation\n',
    })
    await must(home, move('2026-11-26'))
    expect((await home.coach(['due'])).code).toBe(0)
  })

  test('goes with the session in which it was agreed', async () => {
    const home = await homeAfter(ANA)
    await talkWith(home, 'Ana Silva', agreed('2026-12-01'))
    await must(home, ['delete', 'session', '1', '--yes'])
    expect(rowsOf(home)).toMatchObject([{ status: 'cancelled' }])
    expect(await json(home, ['prep', 'ana'])).toMatchObject({ planned_on: null })
  })

  test('has the new day after its session is corrected', async () => {
    const home = await homeAfter(ANA)
    await talkWith(home, 'Ana Silva', agreed('2026-12-01'))
    const yaml = await must(home, ['show', '1', '--format', 'yaml'])
    await must(home, ['edit', '1', '--answers', '-'], yaml.replace('2026-12-01', '2026-12-02'))
    expect(rowsOf(home)).toMatchObject([{ status: 'planned', day: '2026-12-02', moved: 0 }])
    await must(home, ['edit', '1', '--answers', '-'], yaml.replace('2026-12-01', '""'))
    expect(rowsOf(home)).toMatchObject([{ status: 'cancelled' }])
  })

  test.each([{ what: 'held since', then: [], left: [{ status: 'held', day: '2026-12-01' }] }])(
    'a record that is fed back as it is changes nothing: $what',
    async ({ then, left }) => {
      const home = await homeAfter(ANA)
      await talkWith(home, 'Ana Silva', agreed('2026-12-01'))
      for (const argv of then) await must(home, argv)
      moveTo(home, '2026-12-01')
      await talkWith(home, 'Ana Silva', agreed(null))
      const yaml = await must(home, ['show', '1', '--format', 'yaml'])
      await must(home, ['edit', '1', '--answers', '-'], yaml)
      expect(rowsOf(home)).toMatchObject(left)
      expect(rowsOf(home)).toHaveLength(1)
    },
  )

  test('an old record that is fed back changes nothing that a later conversation agreed', async () => {
    const home = await homeAfter(ANA)
    await talkWith(home, 'Ana Silva', agreed('2026-12-01'))
    moveTo(home, '2026-12-01')
    await talkWith(home, 'Ana Silva', agreed('2026-12-15'))
    const yaml = await must(home, ['show', '1', '--format', 'yaml'])
    await must(home, ['edit', '1', '--answers', '-'], yaml)
    expect(rowsOf(home)).toMatchObject([
      { status: 'held', day: '2026-12-01' },
      { status: 'planned', day: '2026-12-15', moved: 0 },
    ])
  })

  test.each([
    { argv: ['session', '--move', 'fri'], code: 2, says: 'With whom?' },
    { argv: ['session', 'eve', '--move', 'fri'], code: 3, says: 'nobody called “eve”' },
    { argv: ['session', 'myself', '--move', 'fri'], code: 3, says: 'no day agreed with yourself' },
    { argv: move('some day'), code: 2, says: 'could not be read as a date' },
    { argv: move(''), code: 2, says: 'No date was given' },
  ])('coach $argv is refused', async ({ argv, code, says }) => {
    const home = await homeAfter(ANA, ['person', 'add', 'Myself', '--relation', 'self'])
    const refused = await home.coach(argv)
    expect(refused).toMatchObject({ code, out: '' })
    expect(refused.err).toContain(says)
    expect(rowsOf(home)).toEqual([])
  })

  test('with one person does not touch the one with another', async () => {
    const home = await homeAfter(ANA, ['person', 'add', 'Ben Okafor'], move('2026-12-04'), [
      'session',
      'ben',
      '--move',
      '2026-12-05',
    ])
    moveTo(home, '2026-12-05')
    await talkWith(home, 'Ben Okafor', agreed(null))
    expect(rowsOf(home)).toMatchObject([{ status: 'planned' }, { status: 'held' }])
  })
})
