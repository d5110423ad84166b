import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { hasPreparation } from '../../../src/conversation/guide.ts'
import type { Reply } from '../../../src/conversation/hold.ts'
import type { PromisedItem } from '../../../src/conversation/turn.ts'
import { walk } from '../../../src/conversation/walk.ts'
import { addDays } from '../../../src/dates/day.ts'
import { isOpen, type Outcome } from '../../../src/model.ts'
import { createNotebook, openNotebook } from '../../../src/notebook/notebook.ts'
import { LIBRARY } from '../../questions/shipped.ts'
import { NOW } from '../../world.ts'
import { factsWith, prepared, sit, talk, valueAt } from '../talk.ts'

const ITEM: PromisedItem = {
  id: 1,
  what: 'send the deck',
  owner: 'them',
  due: '2026-11-20',
  status: 'open',
  carried: 0,
  isPrivate: false,
}
const LATE = ITEM
const TODAY: PromisedItem = { ...ITEM, id: 2, what: 'listen in', owner: 'me', due: '2026-11-23' }
const AHEAD: PromisedItem = { ...ITEM, id: 3, what: 'ask first', due: '2026-11-24', status: 'part' }
const UNDATED: PromisedItem = { ...ITEM, id: 4, what: 'call Ben', owner: 'me', due: null }
const ALL = [LATE, TODAY, AHEAD, UNDATED]
const OUTCOMES = ALL.map(({ id }) => `0/promises.${id}.outcome`)

const NOTE = { id: 1, text: 'a note', on: '2026-11-20' }

describe.each(LIBRARY.guides.map((guide) => [guide.id, guide] as const))('%s', (id, guide) => {
  const passes = hasPreparation(guide) ? (['prepare', 'record'] as const) : (['record'] as const)

  test.each(passes)('begins with what is open on both sides, when it is a %s', (pass) => {
    const facts = factsWith({ promises: ALL, inbox: [NOTE] })
    const keys = walk(talk(id, pass, { facts })).map(({ round, path }) => `${round}/${path}`)
    expect(keys.slice(0, 5)).toEqual([...OUTCOMES, '0/inbox.1.becomes'])
    expect(keys.length).toBeGreaterThan(5)
  })

  test('an item that is due cannot be passed over, and one that is due later can', () => {
    const facts = factsWith({ promises: ALL })
    const turns = walk(talk(id, passes[0], { facts })).slice(0, 4)
    expect(turns.map(({ required }) => required)).toEqual([true, true, false, false])
  })
})

describe('what is due', () => {
  const facts = factsWith({ promises: [LATE] })
  const start = talk('quick', 'record', { facts })
  const OUTCOME = '0/promises.1.outcome'
  const later: Reply = { type: 'later' }

  test.each<{ how: string; say: Reply | string }>([
    { how: 'Enter', say: '' },
    { how: '^S', say: { type: 'skip' } },
  ])('is asked again after $how, with the reason', async ({ say }) => {
    const sitting = await sit(start, { [OUTCOME]: [say, say, 'done'] })
    expect(sitting.keys.slice(0, 3)).toEqual([OUTCOME, OUTCOME, OUTCOME])
    expect(sitting.at(OUTCOME, 2).scene.problem).toBe(
      'Its day has come. Say what became of it; carried gives it a new day.',
    )
    expect(valueAt(sitting.saved, OUTCOME)).toMatchObject({ state: 'answered', value: 'done' })
  })

  test('can be left for later, and then the conversation stays unfinished', async () => {
    const sitting = await sit(start, { [OUTCOME]: later })
    expect(sitting.keys.filter((key) => key === OUTCOME)).toHaveLength(1)
    expect(sitting.keys).toContain('1/observation.saw')
    expect(sitting.ended).toBe('open')
    expect((await sit(sitting.conversation, { [OUTCOME]: 'done' })).ended).toBe('finished')
  })

  test('is asked in the conversation when it was left for later while preparing', async () => {
    const ready = await prepared('quick', { [OUTCOME]: later }, facts)
    const sitting = await sit(ready, { [OUTCOME]: 'part' })
    expect(sitting.keys[0]).toBe(OUTCOME)
    expect(sitting.ended).toBe('finished')
  })

  test('is not asked in the conversation when it was answered while preparing', async () => {
    const ready = await prepared('quick', { [OUTCOME]: 'done' }, facts)
    expect((await sit(ready)).keys).not.toContain(OUTCOME)
  })

  test.each<{ how: string; say: Reply | string }>([
    { how: 'Enter', say: '' },
    { how: '^S', say: { type: 'skip' } },
  ])('needs a day when it is carried: $how is asked again', async ({ say }) => {
    const TO = '0/promises.1.to'
    const sitting = await sit(start, { [OUTCOME]: 'carried', [TO]: [say, 'fri'] })
    expect(sitting.at(TO, 2).scene.problem).toContain('This one is needed')
    expect(valueAt(sitting.saved, TO)).toMatchObject({ state: 'answered', value: '2026-11-27' })
  })

  test('is asked again for a day that has passed, and takes that day the second time', async () => {
    const TO = '0/promises.1.to'
    const sitting = await sit(start, {
      [OUTCOME]: 'carried',
      [TO]: ['yesterday', 'sat', '2026-11-22'],
    })
    expect(sitting.at(TO, 2).scene).toMatchObject({
      problem: 'Sun 22 Nov (2026-11-22) has passed.',
      isPast: true,
      offered: 'yesterday',
    })
    expect(valueAt(sitting.saved, TO)?.value).toBe('2026-11-28')
    const again = await sit(start, {
      [OUTCOME]: 'carried',
      [TO]: ['2026-11-22', '2026-11-21', '2026-11-21'],
    })
    expect(again.keys.filter((key) => key === TO)).toHaveLength(3)
    expect(valueAt(again.saved, TO)?.value).toBe('2026-11-21')
  })

  test('may keep its day when it is carried before that day', async () => {
    const ahead = talk('quick', 'record', { facts: factsWith({ promises: [{ ...AHEAD, id: 1 }] }) })
    const sitting = await sit(ahead, { [OUTCOME]: 'carried' })
    expect(sitting.ended).toBe('finished')
    expect(valueAt(sitting.saved, '0/promises.1.to')).toMatchObject({ state: 'skipped' })
  })
})

describe('a promise is shown', () => {
  test.each([
    [LATE, 'Ana: send the deck (due Fri 20 Nov, 3 days late)'],
    [TODAY, 'You: listen in (due Mon 23 Nov)'],
    [UNDATED, 'You: call Ben (no date)'],
    [{ ...AHEAD, carried: 1 }, 'Ana: ask first (due Tue 24 Nov, carried once)'],
    [{ ...LATE, carried: 3 }, 'Ana: send the deck (due Fri 20 Nov, 3 days late, carried 3 times)'],
    [{ ...UNDATED, carried: 2 }, 'You: call Ben (no date, carried 2 times)'],
  ])('%j', (item, about) => {
    const [turn] = walk(talk('quick', 'record', { facts: factsWith({ promises: [item] }) }))
    expect(turn?.about).toBe(about)
  })

  test('with private answers where the item is private', async () => {
    const facts = factsWith({ promises: [{ ...LATE, isPrivate: true }, UNDATED] })
    const sitting = await sit(talk('quick', 'record', { facts }), {
      '0/promises.1.outcome': 'carried',
      '0/promises.1.to': 'fri',
      '0/promises.4.outcome': 'missed',
      '0/promises.4.note': 'ill',
    })
    const visibilities = sitting.saved.map(({ path, visibility }) => [path, visibility])
    expect(visibilities.filter(([path]) => path?.startsWith('promises'))).toEqual([
      ['promises.1.outcome', 'private'],
      ['promises.1.to', 'private'],
      ['promises.4.outcome', 'shared'],
      ['promises.4.note', 'private'],
    ])
  })
})

const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'coach-promises-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('whatever the days of conversations, what is open comes back, and nothing else does', () => {
  const outcome = fc.constantFrom<Outcome | null>(
    'done',
    'part',
    'missed',
    'dropped',
    'carried',
    null,
  )
  const item = fc.record({
    due: fc.option(fc.integer({ min: -400, max: 400 })),
    owner: fc.constantFrom('them', 'me'),
    isOther: fc.boolean(),
    outcomes: fc.array(outcome, { maxLength: 3 }),
  })
  const meeting = fc.record({
    held: fc.integer({ min: -400, max: 400 }),
    status: fc.constantFrom('done', 'prepared', 'cancelled', 'recording'),
  })
  let files = 0
  fc.assert(
    fc.property(
      fc.array(item, { maxLength: 6 }),
      fc.array(meeting, { maxLength: 4 }),
      (items, meetings) => {
        const path = join(folder, `${files++}.db`)
        createNotebook(path, NOW)
        const notebook = openNotebook(path, () => NOW)
        const [expected, found] = notebook.write(() => {
          const [ana, ben] = [
            notebook.people.add({ name: 'Ana' }),
            notebook.people.add({ name: 'Ben' }),
          ]
          const ids = items.map(({ due, owner, isOther, outcomes }) => {
            const day = due === null ? null : addDays('2026-11-23', due)
            const id = notebook.actions.add(isOther ? ben.id : ana.id, {
              what: 'x',
              due: day,
              owner,
            })
            for (const one of outcomes) {
              const now = notebook.actions.get(id)
              if (one && now && isOpen(now.status))
                notebook.actions.settle(id, one, { to: '2026-12-01' })
            }
            return id
          })
          for (const { held, status } of meetings) {
            const { id } = notebook.sessions.start(ana.id, { id: 'quick', title: 'Quick' })
            const day = addDays('2026-11-23', held)
            notebook.sessions.update(id, { status, heldOn: day, plannedOn: day })
          }
          const session = notebook.sessions.start(ana.id, { id: 'quick', title: 'Quick' })
          const open = ids.filter((id) => {
            const one = notebook.actions.get(id)
            return one?.personId === ana.id && isOpen(one.status)
          })
          const promised = notebook.actions.promisedTo(ana.id, session.id)
          return [new Set(open), new Set(promised.map(({ id }) => id))]
        })
        notebook.close()
        expect(found).toEqual(expected)
      },
    ),
    { seed: 20_261_123, numRuns: 60 },
  )
})
