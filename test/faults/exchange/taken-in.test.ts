import { createHash } from 'node:crypto'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { answersFor, feed } from '../../ask/file/feed.ts'
import { must } from '../../commands/followup/played.ts'
import { query, tamper } from '../../notebook/file.ts'
import { environment } from '../../ask/terminal/process.ts'
import { type Home, newHome, type Outcome } from '../../world.ts'
import { coach, flat } from '../built.ts'
import { bash } from '../tools.ts'

type Changed = ReturnType<typeof Object>

/** An export of conversations with two people, each with a note, a goal and an action item. */
let json = ''
beforeAll(async () => {
  const home = newHome()
  for (const name of ['Ana Silva', 'Bob Ray']) {
    const plan = { actions: [{ what: `call for ${name} by fri` }] }
    await feed(home, answersFor(name, { reflection: { went_well: name }, plan }))
    await must(home, ['note', name, `a thought about ${name}`])
    await must(home, ['goal', 'add', name, `a goal of ${name}`])
  }
  json = await must(home, ['export', 'all', '--format', 'json'])
})

/** A home into which the built program has taken the document, with something changed in it. */
function taken(change: (document: Changed) => void, home = newHome()): Outcome & { home: Home } {
  const document = Object(JSON.parse(json))
  change(document)
  writeFileSync(join(home.folder, 'all.json'), JSON.stringify(document))
  return { home, ...coach(home, ['import', 'all.json']) }
}

/** Takes what a home exports into a fresh one, which can be written to. */
function takenAgain(from: Home): Outcome {
  const to = newHome()
  const file = join(to.folder, 'all.json')
  expect(coach(from, ['export', 'all', '--format', 'json', '-o', file])).toMatchObject({ code: 0 })
  expect(coach(to, ['import', 'all.json'])).toMatchObject({ code: 0 })
  return coach(to, ['note', 'Bob', 'one more'])
}

const hashOf = (...texts: readonly unknown[]) =>
  createHash('sha256').update(JSON.stringify(texts)).digest('hex')
const rehash = (answer: Changed) =>
  (answer.hash = hashOf(answer.value, answer.draft, answer.wording))

describe('fault 81: a row of one person under another is refused, with its place', () => {
  const WRONG: readonly (readonly [what: string, at: RegExp, change: (tables: Changed) => void])[] =
    [
      [
        'an item in the session',
        /action_item\[1\]\.session_id/,
        (t) => (t.action_item[1].session_id = 1),
      ],
      [
        'an item under the goal',
        /action_item\[1\]\.goal_id/,
        (t) => (t.action_item[1].goal_id = 1),
      ],
      [
        'an item that repeats one',
        /action_item\[1\]\.follows_id/,
        (t) => (t.action_item[1].follows_id = 1),
      ],
      ['a goal under the goal', /goal\[1\]\.parent_id/, (t) => (t.goal[1].parent_id = 1)],
      ['a note in the session', /note\[1\]\.session_id/, (t) => (t.note[1].session_id = 1)],
      [
        'a change in the session',
        /item_event\[1\]\.session_id/,
        (t) => (t.item_event[1].session_id = 1),
      ],
      [
        'an answer with the item',
        /answer\[\d+\]\.item_id/,
        (t) => (t.answer.find((a: Changed) => a.item_id === 2).item_id = 1),
      ],
      [
        'an answer that says whose it is',
        /answer\[\d+\]\.person_id/,
        (t) => (t.answer.at(-1).person_id = 1),
      ],
      [
        'an answer about the promise',
        /answer\[\d+\]\.path/,
        (t) => (t.answer.at(-1).path = 'promises.1.outcome'),
      ],
      [
        'an answer about the note',
        /answer\[\d+\]\.path/,
        (t) => (t.answer.at(-1).path = 'inbox.1.becomes'),
      ],
      [
        'an answer that names the goal',
        /answer\[\d+\]\.value/,
        (t) => {
          Object.assign(t.answer.at(-1), { path: 'plan.actions.9.goal', value: '1' })
          rehash(t.answer.at(-1))
        },
      ],
    ]

  test.each(WRONG)('%s of somebody else', (_what, at, change) => {
    const { code, out, err, home } = taken((d) => change(d.tables))
    expect([code, out]).toEqual([2, ''])
    expect(flat(err)).toMatch(
      new RegExp(
        `tables\\.${at.source}: refers to something of somebody else. Nothing was taken in.`,
      ),
    )
    expect(coach(home, ['people']).out).toBe('')
  })

  test('a row whose owner is known only from the notebook that takes it in', () => {
    const { home } = taken(() => {})
    const hash = hashOf('mixed')
    const { code, err } = taken((d) => {
      const [ana, bob] = d.tables.session
      ;[ana.uuid, bob.uuid] = [bob.uuid, ana.uuid]
      d.tables.note.push({
        ...d.tables.note[1],
        id: 9,
        uuid: '00000000-0000-4000-8000-000000000000',
        session_id: 2,
        text: 'mixed',
        hash,
      })
      d.sequences.note = 9
    }, home)
    expect([code, flat(err)]).toEqual([
      2,
      expect.stringContaining('of another person there than in your notebook'),
    ])
    expect(query(home.notebook, 'SELECT count(*) AS n FROM note')).toEqual([{ n: 2 }])
  })

  test('what an earlier coach took is told by the doctor, and stays when the other one is forgotten', () => {
    const { home } = taken(() => {})
    tamper(
      home.notebook,
      'UPDATE action_item SET session_id = 1; UPDATE goal SET parent_id = 1 WHERE id = 2',
    )
    const { out } = coach(home, ['doctor', '--full'])
    expect(flat(out)).toContain('2 records in it refer to something of another person')
    expect(coach(home, ['person', 'forget', 'Ana', '--yes'])).toMatchObject({ code: 0 })
    expect(query(home.notebook, 'SELECT what, session_id AS s FROM action_item')).toEqual([
      { what: 'call for Bob Ray', s: null },
    ])
    expect(query(home.notebook, 'SELECT what, parent_id AS p FROM goal')).toEqual([
      { what: 'a goal of Bob Ray', p: null },
    ])
  })
})

describe('fault 82, 84: numbers stay far below the place where two become the same', () => {
  const HIGHEST = 2 ** 53 - 1
  const EVERY: readonly (readonly [what: string, set: (d: Changed, to: number) => void])[] = [
    ['a sequence', (d, to) => (d.sequences.note = to)],
    ['the generation', (d, to) => (d.store.generation = to)],
    [
      'a row',
      (d, to) => {
        d.tables.note[1].id = to
        d.sequences.note = to
      },
    ],
    ['a revision', (d, to) => (d.tables.action_item[0].revision = to)],
    ['an act', (d, to) => (d.tables.item_event[1].act = to)],
    ['an act below zero', (d, to) => (d.tables.item_event[1].act = -to)],
  ]

  test.each(EVERY)('%s that is too high is refused', (_what, set) => {
    for (const to of [HIGHEST, 1e12 + 1]) {
      const { code, err } = taken((d) => set(d, to))
      expect([code, flat(err)]).toEqual([
        2,
        expect.stringMatching(
          /(higher number than any coach gives|number that it cannot be)\. Nothing was taken in/,
        ),
      ])
    }
  })

  test.each(EVERY)(
    'after the highest that is taken for %s, coach takes its own export again',
    (_what, set) => {
      const { home, code, err } = taken((d) => set(d, 1e12))
      expect([code, err]).toEqual([0, expect.stringContaining('Taken in:')])
      for (const argv of [
        ['note', 'Ana', 'another'],
        ['done', '1'],
        ['undo'],
        ['note', 'Bob', 'and another'],
      ]) {
        expect(coach(home, argv)).toMatchObject({ code: 0 })
      }
      expect(
        query(
          home.notebook,
          'SELECT p.name, n.text FROM note n JOIN person p ON p.id = n.person_id ORDER BY n.id DESC LIMIT 2',
        ),
      ).toEqual([
        { name: 'Bob Ray', text: 'and another' },
        { name: 'Ana Silva', text: 'another' },
      ])
      expect(takenAgain(home)).toMatchObject({ code: 0 })
    },
  )

  test('a notebook with such numbers is read, told by the doctor, and not written', () => {
    const { home } = taken(() => {})
    tamper(home.notebook, `UPDATE sqlite_sequence SET seq = ${HIGHEST - 1} WHERE name = 'note'`)
    expect(coach(home, ['note', '--list']).out).toContain('a thought about Bob Ray')
    const { code, err } = coach(home, ['note', 'Ana', 'lost?'])
    expect([code, flat(err)]).toEqual([
      5,
      expect.stringContaining('two would get one number. What it holds can be read.'),
    ])
    expect(coach(home, ['doctor', '--full'])).toMatchObject({
      code: 5,
      out: expect.stringMatching(/higher than\s+coach can count/),
    })
  })
})

describe('fault 85: goals under goals under goals', () => {
  const DEPTH = 1100
  const chain = (d: Changed, depth: number) => {
    const [first] = d.tables.goal
    d.tables.goal = Array.from({ length: depth }, (_, at) => ({
      ...first,
      id: at + 1,
      uuid: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      parent_id: at === 0 ? null : at,
    }))
    d.tables.goal_event = []
    d.sequences.goal = depth
  }

  test('a chain is taken in up to a bound', () => {
    const { code, err } = taken((d) => chain(d, DEPTH))
    expect([code, flat(err)]).toEqual([
      2,
      expect.stringContaining('tables.goal[100].parent_id: stands too deep under other goals'),
    ])
    expect(taken((d) => chain(d, 100))).toMatchObject({ code: 0 })
  })

  test.each([
    [['delete', 'goal', '1', '--yes'], 'Deleted goal 1.'],
    [['person', 'forget', 'Ana', '--yes'], ''],
    [['goal', 'list', 'Ana'], ''],
    [['goal', 'show', '1'], ''],
    [['purge', '--older-than', '1 day', '--yes'], ''],
    [['export', 'person', 'Ana', '--everything'], ''],
  ])('coach %s does not call a longer chain in a notebook a bug', (argv, said) => {
    const { home } = taken((d) => chain(d, 1))
    tamper(
      home.notebook,
      `WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ${DEPTH})
        INSERT INTO goal (id, uuid, person_id, parent_id, what, created_at, updated_at, hash)
        SELECT i, 'u' || i, person_id, i - 1, what, created_at, updated_at, hash FROM n, goal WHERE id = 1;
      UPDATE goal SET status = 'done', closed_at = '2026-01-01T00:00:00.000Z';`,
    )
    const { code, out, err } = coach(home, argv)
    expect(`${out}${err}`).toContain(said)
    expect([code, err]).toEqual([0, expect.not.stringContaining('bug')])
    const left = argv[0] === 'delete' || argv[0] === 'purge' || argv[1] === 'forget' ? 0 : DEPTH
    expect(query(home.notebook, 'SELECT count(*) AS n FROM goal')).toEqual([{ n: left }])
  })
})

describe('fault 83: texts have a bound', () => {
  const noteOf = (d: Changed, text: string) =>
    Object.assign(d.tables.note[1], { text, hash: hashOf(text) })

  test('a text that is too long is refused, and the longest can be listed and exported', () => {
    const { code, err } = taken((d) => noteOf(d, 'x'.repeat(1_000_001)))
    expect([code, flat(err)]).toEqual([
      2,
      expect.stringContaining('tables.note[1].text: is longer than 1000000 characters'),
    ])
    const { home, code: good } = taken((d) => noteOf(d, 'word '.repeat(200_000)))
    expect(good).toBe(0)
    const began = performance.now()
    const { code: listed } = bash('"$NODE" "$BIN" note --list > list', environment(home.folder), {
      cwd: home.folder,
    })
    expect(listed).toBe(0)
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(statSync(join(home.folder, 'list')).size).toBeGreaterThan(1_000_000)
    expect(takenAgain(home)).toMatchObject({ code: 0 })
  })
})
