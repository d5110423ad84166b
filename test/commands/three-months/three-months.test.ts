import { copyFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { tamper } from '../../notebook/file.ts'
import { type Home, newHome } from '../../world.ts'
import { ENOUGH, GROUPS, groupOf, isOpen, openItems, peopleHere, personOf } from './team-figures.ts'
import { dueJson, lookJson, peopleJson, prepJson, reviewJson, todayJson } from './team-json.ts'
import { archivePage, byHand, partsOf, recapPage, reviewPage } from './team-pages.ts'
import { type Moment, play } from './team-play.ts'
import { type ItemRow, type PersonRow, readRows, type Rows } from './team-rows.ts'
import { SCHEDULE } from './team-schedule.ts'

/** Thirteen weeks after the first day of the play. */
const TODAY = '2026-11-23'

let home: Home
let moments: readonly Moment[]
let rows: Rows

beforeAll(async () => {
  ;({ home, moments } = await play(SCHEDULE))
  rows = readRows(home.notebook)
}, 300_000)

async function json(of: Home, ...argv: readonly string[]): Promise<unknown> {
  return JSON.parse((await of.coach([...argv, '--json'])).out)
}

const ARCHIVE = /\d+ open items? of people in the archive .*? --all/

/** The pages about the whole team. */
async function pagesOf(of: Home) {
  const { out, err } = await of.coach(['review'])
  return {
    review: partsOf(out),
    archive: ARCHIVE.exec(partsOf(err).join(' '))?.[0] ?? '',
    items: await json(of, 'review'),
    look: await json(of, 'review', '--look'),
    due: await json(of, 'due'),
    people: await json(of, 'people'),
    today: await json(of),
  }
}

/** The pages about the team, worked out from the rows. */
function workedOut(from: Rows) {
  return {
    review: reviewPage(from, TODAY),
    archive: archivePage(from),
    items: reviewJson(from, TODAY),
    look: lookJson(from, TODAY),
    due: dueJson(from, TODAY),
    people: peopleJson(from),
    today: todayJson(from, TODAY),
  }
}

describe('after three months', () => {
  test('every number and every name of the pages about the team follows from the rows', async () => {
    expect(await pagesOf(home)).toEqual(workedOut(rows))
  })

  test('the review with its rules, and the rows that a reader can count it from', async () => {
    const { code, out } = await home.coach(['review', '--why'])
    expect(code).toBe(0)
    const text = `${out}\n${byHand(rows, TODAY)}`
    await expect(text).toMatchFileSnapshot('team/review.txt')
  })

  test('each part of the review has something to say', () => {
    const open = openItems(rows)
    const groups = new Set(open.map((item) => groupOf(item, TODAY)))
    expect([...groups].toSorted()).toEqual([...GROUPS].toSorted())
    const look = lookJson(rows, TODAY)
    const { theirs, yours } = look.follow_through
    expect(look.not_seen.filter(({ planned_on: on }) => on !== null)).toHaveLength(1)
    expect(look.not_seen.filter(({ last_held_on: on }) => on === null)).toHaveLength(1)
    expect(look.never_coached.length).toBeGreaterThan(1)
    expect(look.carried_often.map(({ carried }) => carried)).toEqual([4, 3])
    expect(look.no_stretch_goal).toEqual(['Ines Okafor', 'Priya Raman'])
    expect(theirs.kept).toBeGreaterThan(0.5)
    expect([yours.kept, yours.done + yours.missed]).toEqual([null, ENOUGH - 1])
    for (const { last, before } of [look.praise, look.talk_share]) {
      expect(Object.values(last).every((n) => n > 0)).toBe(true)
      expect(Object.values(before).some((n) => n > 0)).toBe(true)
      expect(last).not.toEqual(before)
    }
    expect(new Set(dueJson(rows, TODAY).map(({ what }) => what)).size).toBe(3)
    expect(archivePage(rows)).toContain('1 open item of')
  })

  test('coach due says the same in lines, and that there is something', async () => {
    const { code, out } = await home.coach(['due'])
    const lines = dueJson(rows, TODAY).map(({ what, id, on, person, owner, text }) => {
      const number = id === null ? '' : ` ${id}`
      const whose = owner === 'me' && id !== null ? `you, for ${person}` : person
      return `${on}  ${what}${number}  ${whose}: ${text}\n`
    })
    expect({ code, out }).toEqual({ code: 10, out: lines.join('') })
  })

  test('each brief follows from the rows; where no question is prepared, three fit', async () => {
    const asked = z
      .array(z.object({ text: z.string(), kinds: z.array(z.string()) }))
      .parse(await json(home, 'questions', 'list'))
    const shape = z.looseObject({
      questions: z.array(z.strictObject({ kind: z.string(), text: z.string() })),
    })
    for (const person of peopleHere(rows)) {
      const { questions, ...brief } = shape.parse(await json(home, 'prep', person.name))
      const { questions: prepared, ...expected } = prepJson(rows, person)
      expect(brief).toEqual(expected)
      const fits = questions.map(({ kind, text }) =>
        asked.some((one) => one.text === text && one.kinds.includes(kind)),
      )
      expect(prepared === null ? fits : questions).toEqual(prepared ?? [true, true, true])
      expect(new Set(questions.map(({ kind }) => kind)).size).toBe(questions.length)
    }
  })

  test('each recap follows from the rows', async () => {
    const met: PersonRow[] = peopleHere(rows).filter(({ relation }) => relation !== 'self')
    const recaps = met.map((person) => recapPage(rows, person))
    expect(recaps.filter((recap) => recap === null)).toHaveLength(1)
    for (const [at, recap] of recaps.entries()) {
      const { code, out } = await home.coach(['recap', met[at]?.name ?? ''])
      expect({ code, out }).toEqual({ code: recap === null ? 3 : 0, out: recap ?? '' })
    }
  })
})

/** What is changed in the notebook, behind the back of the program. */
const CHANGES = [
  ['a promise that was kept was missed', `UPDATE action_item SET status = 'missed' WHERE id = 21`],
  [
    'one that was dropped was kept, and mine',
    `UPDATE action_item SET status = 'done', owner = 'me' WHERE id = 34`,
  ],
  [
    'one was closed a day before the figures begin',
    `UPDATE action_item SET closed_at = '2026-08-24T09:00:00.000Z' WHERE id = 7`,
  ],
  ['an open one was dropped', `UPDATE action_item SET status = 'dropped' WHERE id = 46`],
  ['one is due a week from today', `UPDATE action_item SET due_on = '2026-11-30' WHERE id = 62`],
  ['one is due today', `UPDATE action_item SET due_on = '${TODAY}' WHERE id = 57`],
  ['one has no day', `UPDATE action_item SET due_on = NULL WHERE id = 8`],
  [
    'one is looked at half way today',
    `UPDATE action_item SET check_in_on = '${TODAY}' WHERE id = 62`,
  ],
  ['one was looked at half way', `UPDATE action_item SET check_in_on = NULL WHERE id = 56`],
  ['one was carried three times', `UPDATE action_item SET carried = 3 WHERE id = 54`],
  ['one was carried twice', `UPDATE action_item SET carried = 2 WHERE id = 8`],
  ['one was partly done', `UPDATE action_item SET status = 'part' WHERE id = 60`],
  [
    'a conversation was held a day earlier',
    `UPDATE session SET held_on = '2026-11-08' WHERE id = 36`,
  ],
  [
    'a conversation was held before the figures begin',
    `UPDATE session SET held_on = '2026-08-24' WHERE id = 5`,
  ],
  [
    'a conversation was held too long ago for any figure',
    `UPDATE session SET held_on = '2026-05-26' WHERE id = 2`,
  ],
  ['a conversation did not happen', `UPDATE session SET status = 'cancelled' WHERE id = 38`],
  [
    'a prepared one took place',
    `UPDATE session SET status = 'done', held_on = '${TODAY}' WHERE id = 40`,
  ],
  [
    'one that did not happen is open again, and its person is back',
    `UPDATE session SET status = 'prepared' WHERE id = 27; UPDATE person SET archived_at = NULL WHERE id = 4`,
  ],
  [
    'it was about another stage',
    `UPDATE answer SET value = 'propose' WHERE session_id = 26 AND path = 'observation.stage'`,
  ],
  [
    'the area was passed over',
    `UPDATE answer SET state = 'skipped' WHERE session_id = 38 AND path = 'observation.area'`,
  ],
  [
    'praise was left for later',
    `UPDATE answer SET state = 'later' WHERE session_id = 38 AND path = 'close.praise'`,
  ],
  [
    'they talked less',
    `UPDATE answer SET value = 'under_half' WHERE session_id = 38 AND path = 'close.talk_share'`,
  ],
  ['they meet more often', `UPDATE person SET cadence_days = 10 WHERE name = 'Jonas Weber'`],
  [
    'they meet at the usual pace',
    `UPDATE person SET cadence_days = NULL WHERE name = 'Marta Nowak'`,
  ],
  [
    'somebody has been there for 45 days',
    `UPDATE person SET created_at = '2026-10-09T09:00:00.000Z' WHERE name = 'Oskar Lind'`,
  ],
  [
    'somebody has been there for 44 days',
    `UPDATE person SET created_at = '2026-10-10T09:00:00.000Z' WHERE name = 'Priya Raman'`,
  ],
  ['somebody came back', `UPDATE person SET archived_at = NULL WHERE name = 'Tom Brandt'`],
  [
    'somebody else left',
    `UPDATE person SET archived_at = '2026-11-20T09:00:00.000Z' WHERE name = 'Leila Haddad'`,
  ],
  ['my coach reports to me', `UPDATE person SET relation = 'report' WHERE name = 'Marta Nowak'`],
  ['a goal stretches nobody', `UPDATE goal SET is_stretch = 0 WHERE id = 1`],
  ['a goal stretches somebody', `UPDATE goal SET is_stretch = 1 WHERE id = 5`],
  [
    'a stretch goal was closed a day earlier',
    `UPDATE goal SET closed_at = '2026-10-08T09:00:00.000Z' WHERE id = 3`,
  ],
  [
    'the next conversation was agreed for yesterday',
    `UPDATE next_session SET planned_on = '2026-11-22' WHERE planned_on = '2026-11-30'`,
  ],
  [
    'the next conversation is off',
    `UPDATE next_session SET status = 'cancelled' WHERE status = 'planned' AND planned_on = '2026-11-19'`,
  ],
  ['a note was dropped', `UPDATE note SET status = 'dropped' WHERE id = 8`],
] as const

describe('with one thing changed', () => {
  test.each(CHANGES)(
    '%s: other pages, and again those that follow from the rows',
    async (_, sql) => {
      const other = newHome()
      copyFileSync(home.notebook, other.notebook)
      tamper(other.notebook, sql)
      const pages = await pagesOf(other)
      expect(pages).toEqual(workedOut(readRows(other.notebook)))
      expect(pages).not.toEqual(workedOut(rows))
    },
  )
})

describe('on the way', () => {
  test('a conversation begins with what is open with that person, and nothing else', () => {
    const begun = moments.flatMap(({ on, line, before, file }) =>
      file === null ? [] : [{ on, line, before, ...file }],
    )
    const open = begun.map(({ before, person }) =>
      before.items
        .filter(isOpen)
        .filter((item) => personOf(before, item.person_id).name === person)
        .map(({ id }) => id),
    )
    expect(begun.map(({ offered }) => offered)).toEqual(open)
    expect(open.filter((ids) => ids.length > 0).length).toBeGreaterThan(25)
  })

  test('nothing that is open is lost, and nothing is closed that nobody closed', () => {
    for (const { on, line, before, after, file } of moments) {
      if (line === 'undo') continue
      const stillOpen = new Set(after.items.filter(isOpen).map(({ id }) => id))
      const gone = before.items.filter(isOpen).filter(({ id }) => !stillOpen.has(id))
      const [, typed = ''] = /^(?:done|missed|drop) ([\d ]+)/.exec(line) ?? []
      const settled = (file?.promises ?? []).filter(
        ({ outcome }) => outcome === 'done' || outcome === 'missed' || outcome === 'dropped',
      )
      const closed = [
        ...typed.split(' ').filter(Boolean).map(Number),
        ...settled.map(({ item }) => item),
      ]
      expect({ on, line, gone: gone.map(({ id }) => id) }).toEqual({
        on,
        line,
        gone: closed.toSorted((a, b) => a - b),
      })
    }
  })

  test('taking back leaves open what was open, and closed what was closed', () => {
    const undone = moments.flatMap(({ line, before, after }, at) => {
      const earlier = moments[at - 1]?.before
      return line === 'undo' && earlier ? [{ earlier, before, after }] : []
    })
    expect(undone.length).toBeGreaterThan(3)
    for (const { earlier, before, after } of undone) {
      const changed = (of: Rows) => [
        ...of.items.filter(({ id, status, carried }) => {
          const was = before.items.find((item) => item.id === id)
          return was && (was.status !== status || was.carried !== carried)
        }),
        ...of.goals.filter(
          ({ id, status }) => before.goals.find((goal) => goal.id === id)?.status !== status,
        ),
      ]
      expect(changed(after)).toHaveLength(1)
      expect(changed(after)).toEqual(changed(earlier))
      const ids = ({ items }: Rows) => items.map(({ id }) => id)
      expect(ids(after)).toEqual(ids(earlier))
    }
  })

  test('a recurring item is open once at most, and comes back when it is closed', () => {
    const first = (of: Rows, item: ItemRow): number => {
      const before = of.items.find(({ id }) => id === item.follows_id)
      return before ? first(of, before) : item.id
    }
    const recurring = (of: Rows) => of.items.filter(({ repeat }) => repeat !== null)
    for (const { on, line, after } of moments) {
      const series = [...new Set(recurring(after).map((item) => first(after, item)))]
      const open = series.map((id) =>
        recurring(after).filter((item) => isOpen(item) && first(after, item) === id),
      )
      expect({ on, line, open: open.map((items) => items.length) }).toEqual({
        on,
        line,
        open: series.map(() => 1),
      })
    }
    expect(recurring(rows).length).toBeGreaterThan(12)
  })

  test('the history of each item begins with its making and ends in what it is now', async () => {
    const history = z.array(
      z.looseObject({ kind: z.string(), status: z.string(), undone_at: z.string().nullable() }),
    )
    for (const item of rows.items) {
      const events = rows.events.filter(({ item_id: id }) => id === item.id)
      const counting = events.filter(({ undone_at: at }) => at === null)
      const [made, ...later] = counting
      expect(made).toMatchObject({ kind: 'created', status_from: null, status_to: 'open' })
      for (const [at, event] of later.entries()) {
        const before = counting[at]
        expect(event).toMatchObject({
          status_from: before?.status_to,
          due_from: before?.due_to,
        })
      }
      expect(counting.at(-1)).toMatchObject({ status_to: item.status, due_to: item.due_on })
      expect(counting.filter(({ kind }) => kind === 'carried')).toHaveLength(item.carried)

      const shown = await json(home, 'action', 'show', String(item.id))
      const { history: told } = z.object({ history }).parse(shown)
      expect(told.map(({ kind, status }) => [kind, status])).toEqual(
        events.map(({ kind, status_to: status }) => [kind, status]),
      )
    }
  })

  test('a conversation that did not happen gives back what the inbox gave to it', () => {
    const note = (of: Rows | undefined) => of?.notes.find(({ id }) => id === 6)
    const [prepared, off] = ['2026-10-08-tom.yaml', 'session tom'].map((what) =>
      moments.find(({ line }) => line.includes(what)),
    )
    expect(note(prepared?.after)).toMatchObject({ status: 'topic', session_id: 27 })
    expect(note(off?.after)).toMatchObject({ status: 'waiting', session_id: null })
    expect(off?.after.sessions.find(({ id }) => id === 27)?.status).toBe('cancelled')
  })

  test('a conversation that is moved is the same one, on another day', () => {
    for (const { line, before, after } of moments.filter((one) => one.line.includes('--move'))) {
      const day = /--move (\S+)/.exec(line)?.[1]
      const isMoved = after.nextSessions.map(
        ({ planned_on: on }, at) => on !== before.nextSessions[at]?.planned_on,
      )
      expect(isMoved.filter(Boolean)).toHaveLength(1)
      expect(after.nextSessions).toEqual(
        before.nextSessions.map((one, at) =>
          isMoved[at] ? { ...one, planned_on: day, moved: one.moved + 1 } : one,
        ),
      )
      expect(after.items).toEqual(before.items)
    }
  })
})
