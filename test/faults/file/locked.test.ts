import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { hashOfFile, newFolder, query, spawnCoach } from '../../notebook/file.ts'
import { expectPlain, lockedBy, type Running, started } from '../file-tools.ts'

const WAITING = 'Waiting for another program that has the notebook open…'

async function until(isMet: () => boolean): Promise<void> {
  for (let n = 0; n < 400 && !isMet(); n++) await setTimeout(25)
  expect(isMet()).toBe(true)
}

/** Two commands that have read the notebook both before either of them writes: a third program holds both up. */
async function both(home: string, one: readonly string[], other: readonly string[]) {
  const lock = lockedBy(join(home, 'notebook.db'), 'IMMEDIATE')
  const running: readonly Running[] = [started(home, ...one), started(home, ...other)]
  await until(() => running.every(({ said }) => said().includes(WAITING)))
  lock.free()
  return await Promise.all(running.map(async ({ over }) => await over))
}

async function newHome(...commands: readonly (readonly string[])[]) {
  const home = newFolder()
  for (const argv of [['person', 'add', 'Ana'], ...commands]) {
    expect((await spawnCoach(home, ...argv)).code).toBe(0)
  }
  return { home, path: join(home, 'notebook.db') }
}

describe('fault 35: two windows change the same thing at once', () => {
  test.each([
    {
      what: 'a person',
      first: [],
      one: ['person', 'edit', 'ana', '--role', 'Account executive'],
      other: ['person', 'edit', 'ana', '--cadence', '21'],
      held: 'SELECT role, cadence_days FROM person',
      both: { role: 'Account executive', cadence_days: 21 },
    },
    {
      what: 'an action item',
      first: [['action', 'add', 'ana', 'send the deck']],
      one: ['action', 'edit', '1', '--what', 'send the plan'],
      other: ['action', 'edit', '1', '--measure', 'she has it'],
      held: 'SELECT what, measure FROM action_item',
      both: { what: 'send the plan', measure: 'she has it' },
    },
    {
      what: 'a goal',
      first: [['goal', 'add', 'ana', 'lead a renewal']],
      one: ['goal', 'edit', '1', '--what', 'lead two renewals'],
      other: ['goal', 'edit', '1', '--stretch'],
      held: 'SELECT what, is_stretch FROM goal',
      both: { what: 'lead two renewals', is_stretch: 1 },
    },
    {
      what: 'an opportunity',
      first: [['opportunity', 'add', 'ana', 'Northwind']],
      one: ['opportunity', 'edit', '1', '--name', 'Contoso'],
      other: ['opportunity', 'edit', '1', '--close'],
      held: 'SELECT name, closed_at IS NOT NULL AS closed FROM opportunity',
      both: { name: 'Contoso', closed: 1 },
    },
  ])('$what: both changes are kept', async ({ first, one, other, held, both: expected }) => {
    const { home, path } = await newHome(...first)
    const outcomes = await both(home, one, other)
    expect(outcomes.map(({ code }) => code)).toEqual([0, 0])
    expect(query(path, held)).toEqual([expected])
  })

  test.each([
    {
      what: 'an item is closed',
      first: [['action', 'add', 'ana', 'send the deck']],
      one: ['done', '1'],
      other: ['missed', '1'],
      held: "SELECT count(*) AS n FROM item_event WHERE kind = 'status'",
    },
    {
      what: 'a goal is closed',
      first: [['goal', 'add', 'ana', 'lead a renewal']],
      one: ['goal', 'done', '1'],
      other: ['goal', 'drop', '1'],
      held: 'SELECT count(*) AS n FROM goal_event WHERE status_from IS NOT NULL',
    },
    {
      what: 'a name is given',
      first: [],
      one: ['person', 'add', 'Ben'],
      other: ['person', 'add', 'ben'],
      held: "SELECT count(*) AS n FROM person WHERE name LIKE 'ben'",
    },
    {
      what: 'an item is deleted while it is edited',
      first: [['action', 'add', 'ana', 'send the deck']],
      one: ['delete', 'action', '1', '--yes'],
      other: ['delete', 'action', '1', '--yes'],
      held: 'SELECT 1 - count(*) AS n FROM action_item',
    },
  ])('$what: once, and the second one is told', async ({ first, one, other, held }) => {
    const { home, path } = await newHome(...first)
    const outcomes = await both(home, one, other)
    for (const outcome of outcomes) expectPlain(outcome, [0, 2, 3, 4])
    expect(outcomes.some(({ code }) => code === 0)).toBe(true)
    expect(query(path, held)).toEqual([{ n: 1 }])
  })
})

describe('fault 37: another program has the notebook locked', () => {
  test('to write, or altogether, for long: coach waits, says so, and gives up', async () => {
    const givesUp = async (kind: 'IMMEDIATE' | 'EXCLUSIVE', ...argv: readonly string[]) => {
      const { home, path } = await newHome()
      const before = hashOfFile(path)
      const lock = lockedBy(path, kind)
      const began = performance.now()
      const outcome = await spawnCoach(home, ...argv)
      const took = performance.now() - began
      lock.free()
      expectPlain(outcome, [4])
      expect(outcome.out).toBe('')
      expect(outcome.err.split(WAITING)).toHaveLength(2)
      expect(outcome.err).toContain(`${path} is in use by another program`)
      expect(took).toBeGreaterThan(4500)
      expect(took).toBeLessThan(9000)
      expect(hashOfFile(path)).toBe(before)
    }
    await Promise.all([
      givesUp('IMMEDIATE', 'note', 'ana', 'hello'),
      givesUp('EXCLUSIVE', 'note', 'ana', 'hello'),
      givesUp('EXCLUSIVE', 'people'),
    ])
  })

  test('for a moment: the command goes on when it is free', async () => {
    const { home, path } = await newHome()
    const lock = lockedBy(path, 'EXCLUSIVE')
    const running = started(home, 'note', 'ana', 'hello')
    await until(() => running.said().includes(WAITING))
    lock.free()
    expect(await running.over).toMatchObject({ code: 0 })
    expect(query(path, 'SELECT text FROM note')).toEqual([{ text: 'hello' }])
  })

  test('with --quiet nothing is said while it waits', async () => {
    const { home, path } = await newHome()
    const lock = lockedBy(path, 'EXCLUSIVE')
    const running = started(home, '--quiet', 'note', 'ana', 'hello')
    await setTimeout(2000)
    lock.free()
    const { code, err } = await running.over
    expect([code, err]).toEqual([0, ''])
  })
})
