import { createHash } from 'node:crypto'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OUTCOMES } from '../../src/model.ts'
import { MIGRATIONS } from '../../src/notebook/schema/migrations.ts'
import { createNotebook, openNotebook } from '../../src/notebook/notebook.ts'
import { openFile } from '../../src/notebook/open.ts'
import { answersFor, feed } from '../ask/file/feed.ts'
import { type Home, newHome, NOW } from '../world.ts'
import { filesIn, hashOfFile, isWritten, newFolder, query } from './file.ts'

function newBook(folder = newFolder()) {
  const path = join(folder, 'notebook.db')
  createNotebook(path, NOW)
  return { path, folder, notebook: openNotebook(path, () => NOW) }
}

describe('the file', () => {
  test('has only strict tables', () => {
    const { path } = newBook()
    const tables = query(
      path,
      "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'",
    )
    expect(tables.length).toBeGreaterThan(5)
    expect(tables.filter((table) => !JSON.stringify(table).includes('"strict":1'))).toEqual([])
  })

  test('says whose it is and how old', () => {
    const { path } = newBook()
    expect(query(path, 'PRAGMA application_id')).toEqual([{ application_id: 0x636f6163 }])
    expect(query(path, 'PRAGMA user_version')).toEqual([{ user_version: MIGRATIONS.length }])
  })

  test('notes each step that shaped it', () => {
    const { path } = newBook()
    expect(query(path, 'SELECT version, name, applied_at FROM migration')).toEqual(
      MIGRATIONS.map(({ name }, at) => ({
        version: at + 1,
        name,
        applied_at: '2026-11-23T09:00:00.000Z',
      })),
    )
  })

  test('is whole, keeps a rollback journal, and stands alone', () => {
    const { path, folder } = newBook()
    expect(query(path, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(query(path, 'PRAGMA journal_mode')).toEqual([{ journal_mode: 'delete' }])
    expect(filesIn(folder)).toEqual(['notebook.db'])
  })

  test('has an id of its own and counts what was written', () => {
    const [one, other] = [newBook(), newBook()]
    expect(one.notebook.storeId).not.toBe(other.notebook.storeId)
    const generation = () => query(one.path, 'SELECT generation, uuid FROM store')
    expect(generation()).toEqual([{ generation: 0, uuid: one.notebook.storeId }])
    one.notebook.write(() => one.notebook.people.add({ name: 'Ana' }))
    expect(generation()).toEqual([{ generation: 1, uuid: one.notebook.storeId }])
  })

  test.each([
    ['busy_timeout', 5000],
    ['journal_mode', 'delete'],
    ['synchronous', 3],
    ['foreign_keys', 1],
    ['secure_delete', 1],
    ['trusted_schema', 0],
    ['cell_size_check', 1],
    ['temp_store', 2],
  ])('is opened with %s = %s', (name, value) => {
    const { path } = newBook()
    const { db } = openFile(path, NOW)
    expect(db.pragma(name, { simple: true })).toBe(value)
    db.close()
  })

  test('is not replaced by a new one', () => {
    const { path } = newBook()
    const before = hashOfFile(path)
    createNotebook(path, NOW)
    expect(hashOfFile(path)).toBe(before)
  })
})

/**
 * What was shipped is frozen: a notebook out there was made by these very statements. A new step gets a new line
 * here; a line that changes means that an old step was edited, and that is the fault.
 */
test('the shipped steps are the ones that were shipped', () => {
  expect(
    MIGRATIONS.map(({ name, sql }) => [name, createHash('sha256').update(sql).digest('hex')]),
  ).toEqual([
    ['first', '4481a7c1410cfec52da9e5eee1c83e04ee8bd92369173d5ff02696c133a3aa25'],
    ['opportunities', '8f37c49f87f9e8b2dcffbed630186af450f6ece042ca0965f4e5e36f6ca38a95'],
    ['follow-through', '647ec85ce9043e31231b8c92c6c5fee1a7bd935d1e8f66434a9b3111953d9508'],
    ['keeping', '9914fe0cf186e0596fc54c1a663298fb6be2b04b70d4bbfe41e7cfb8621cff08'],
    ['lines', '1ad268066158e6aa627ca760ee87b24e34e5119cef742ffbf23bffe547cfcf58'],
  ])
})

describe('what fails leaves nothing', () => {
  test('of a transaction', () => {
    const { path, notebook } = newBook()
    notebook.write(() => notebook.people.add({ name: 'Ana' }))
    const before = hashOfFile(path)
    const fail = () =>
      notebook.write(() => {
        notebook.people.add({ name: 'Ben' })
        notebook.actions.add(1, { what: 'call' })
        throw new Error('the plug was pulled')
      })
    expect(fail).toThrow('the plug was pulled')
    expect(hashOfFile(path)).toBe(before)
    expect(notebook.people.list().map(({ name }) => name)).toEqual(['Ana'])
  })

  test('of a row that points nowhere', () => {
    const { notebook } = newBook()
    expect(() => notebook.write(() => notebook.actions.add(7, { what: 'call' }))).toThrow(
      'was deleted there. Nothing was written.',
    )
    expect(notebook.actions.list({})).toEqual([])
  })

  test.each([
    ['done', '1', '99'],
    ['missed', '99', '1'],
    ['carry', '1', '99', '--to', 'fri'],
    ['drop', '1', 'x'],
  ])('of coach %s %s %s', async (...argv) => {
    const home = await homeWithItem()
    const before = hashOfFile(home.notebook)
    const { code, out } = await home.coach(argv)
    expect([2, 3]).toContain(code)
    expect(out).toBe('')
    expect(hashOfFile(home.notebook)).toBe(before)
  })

  test('of an action item that is closed already', async () => {
    const home = await homeWithItem()
    await home.coach(['action', 'add', 'ana', 'call'])
    await home.coach(['done', '1'])
    const before = hashOfFile(home.notebook)
    expect(await home.coach(['done', '2', '1'])).toMatchObject({ code: 2 })
    expect(hashOfFile(home.notebook)).toBe(before)
  })
})

async function homeWithItem(): Promise<Home> {
  const home = newHome()
  await home.coach(['person', 'add', 'Ana'])
  await home.coach(['action', 'add', 'ana', 'send', 'the', 'deck'])
  return home
}

describe('hashes', () => {
  const full = async () => {
    const home = newHome()
    await home.coach(['person', 'add', 'Ana Silva', '--role', 'Account executive'])
    await home.coach(['action', 'add', 'ana', 'an', 'older', 'promise'])
    await feed(
      home,
      answersFor('Ana Silva', {
        reflection: {
          went_well: 'All\nof it.',
          questions: [{ kind: 'stretch', question: 'What?', heard: 'That.', opened: true }],
        },
        teachable_moment: { pointer: { prepared: 'Wait.', given: 'Count.' }, approach: 'ask' },
        plan: {
          actions: [
            { what: 'call Tom', if: 'he calls', then: 'I listen', due: 'fri', owner: 'me' },
          ],
          next_session: 'in 2 weeks',
        },
        close: { praise: 'Good.', private_note: 'Tired.' },
      }),
    )
    await home.coach(['action', 'edit', '2', '--obstacle', 'no time', '--what', 'call Eva'])
    await home.coach(['missed', '1', '--note', 'was ill'])
    await home.coach(['person', 'edit', 'ana', '--role', 'Team lead'])
    return home
  }

  test.each([
    ['answer', ['value', 'draft', 'wording']],
    ['action_item', ['what', 'if', 'then', 'else', 'obstacle', 'measure', 'support']],
    ['person', ['name', 'role']],
    ['item_event', ['note']],
  ])('of every row of %s are those of its texts', async (table, columns) => {
    const home = await full()
    const names = columns.map((name) => `"${name}"`).join(', ')
    const rows = query(home.notebook, `SELECT json_array(${names}) AS texts, hash FROM ${table}`)
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      const { texts, hash } = Object(row)
      const parsed = JSON.stringify(JSON.parse(texts))
      expect([texts, hash]).toEqual([texts, createHash('sha256').update(parsed).digest('hex')])
    }
  })
})

describe('the history of an action item', () => {
  const history = async (home: Home) =>
    JSON.parse((await home.coach(['action', 'show', '1', '--json'])).out).history

  test.each([
    [['done', '1'], { kind: 'status', status: 'done', due_on: null }],
    [['part', '1', '--note', 'half'], { kind: 'status', status: 'part', note: 'half' }],
    [['missed', '1'], { kind: 'status', status: 'missed' }],
    [['drop', '1'], { kind: 'status', status: 'dropped' }],
    [['carry', '1', '--to', 'fri'], { kind: 'carried', status: 'open', due_on: '2026-11-27' }],
    [['action', 'edit', '1', '--due', 'fri'], { kind: 'edited', due_on: '2026-11-27' }],
  ])('gets a line from coach %j', async (argv, line) => {
    const home = await homeWithItem()
    await home.coach(argv)
    expect(await history(home)).toMatchObject([{ kind: 'created', status: 'open' }, line])
  })

  test('gets one line when the same item is named twice', async () => {
    const home = await homeWithItem()
    await home.coach(['carry', '1', '01', '1', '--to', 'fri'])
    expect(await history(home)).toHaveLength(2)
  })

  test('tells how the item came to be what it is', () => {
    const { notebook } = newBook()
    const steps = fc.array(
      fc.record({
        outcome: fc.constantFrom(...OUTCOMES),
        to: fc.option(fc.constantFrom('2026-12-01', '2026-12-24')),
      }),
      { maxLength: 8 },
    )
    const person = notebook.write(() => notebook.people.add({ name: 'Ana' }))
    fc.assert(
      fc.property(steps, (all) => {
        const id = notebook.write(() => notebook.actions.add(person.id, { what: 'call' }))
        const closing = all.findIndex(({ outcome }) => outcome !== 'part' && outcome !== 'carried')
        const told = closing < 0 ? all : all.slice(0, closing + 1)
        for (const { outcome, to } of told) {
          notebook.write(() => notebook.actions.settle(id, outcome, { to }))
        }
        const item = notebook.actions.get(id)
        const events = notebook.actions.events(id)
        expect(events).toHaveLength(told.length + 1)
        expect(events.at(-1)).toMatchObject({ statusTo: item?.status, dueTo: item?.due })
        expect(events.filter((event) => event.kind === 'carried')).toHaveLength(item?.carried ?? -1)
        for (const [at, event] of events.entries()) {
          expect(event.statusFrom).toBe(events[at - 1]?.statusTo ?? null)
        }
      }),
      { seed: 20_261_123, numRuns: 30 },
    )
    notebook.close()
  })
})

describe('what is deleted', () => {
  const CANARY = 'canary-in-a-coal-mine'
  const texts = (n: number) => `${CANARY} ${n} ${'x'.repeat(n * 500)}`
  const fullSession = answersFor('Ana Silva', {
    observation: { situation: texts(1), saw: texts(9), effect: texts(2) },
    reflection: {
      went_well: texts(12),
      questions: [{ kind: 'stretch', question: texts(1), heard: texts(3) }],
    },
    teachable_moment: { pointer: { prepared: texts(4), given: texts(5) } },
    plan: { actions: [{ what: texts(1), if: texts(1), obstacle: texts(2), support: texts(3) }] },
    close: { praise: texts(2), private_note: texts(6) },
  })
  const homeWithSession = async () => {
    const home = newHome()
    await home.coach(['person', 'add', 'Ana Silva'])
    await feed(home, fullSession, [], '../answers-of-a-test.yaml')
    return home
  }

  test('of a session is in no byte of the home any more', async () => {
    const home = await homeWithSession()
    expect(isWritten(home.folder, CANARY)).toBe(true)
    await home.coach(['delete', 'session', '1', '--yes'])
    expect(isWritten(home.folder, CANARY)).toBe(false)
    expect(query(home.notebook, 'SELECT count(*) AS n FROM answer')).toEqual([{ n: 0 }])
    expect(query(home.notebook, 'SELECT count(*) AS n FROM action_item')).toEqual([{ n: 0 }])
    expect(query(home.notebook, 'PRAGMA foreign_key_check')).toEqual([])
  })

  test('of an action item is in no byte of the home any more', async () => {
    const home = newHome()
    await home.coach(['person', 'add', 'Ana'])
    await home.coach(['action', 'add', 'ana', CANARY, '--if', CANARY, '--measure', CANARY])
    await home.coach(['part', '1', '--note', CANARY])
    await home.coach(['delete', 'action', '1', '--yes'])
    expect(isWritten(home.folder, CANARY)).toBe(false)
  })

  test('by a correction is in no byte of the home any more', async () => {
    const home = newHome()
    await home.coach(['person', 'add', 'Ana'])
    await home.coach(['action', 'add', 'ana', `${CANARY} ${'x'.repeat(9000)}`])
    await home.coach(['action', 'edit', '1', '--what', 'call'])
    expect(isWritten(home.folder, CANARY)).toBe(false)
  })

  test.each([
    [['delete', 'session', '1'], 'Add --yes'],
    [['delete', 'session', '9', '--yes'], 'There is no session 9.'],
    [['delete', 'action', '9', '--yes'], 'There is no action item 9.'],
    [['delete', 'action', '1'], 'Add --yes'],
  ])('is nothing after coach %j', async (argv, said) => {
    const home = await homeWithSession()
    const before = hashOfFile(home.notebook)
    const outcome = await home.coach(argv)
    expect([2, 3]).toContain(outcome.code)
    expect(outcome.err).toContain(said)
    expect(hashOfFile(home.notebook)).toBe(before)
  })

  test('leaves the number of an action item to nobody else', async () => {
    const home = await homeWithItem()
    await home.coach(['action', 'add', 'ana', 'call'])
    await home.coach(['delete', 'action', '2', '--yes'])
    await home.coach(['action', 'add', 'ana', 'write'])
    expect(query(home.notebook, 'SELECT id FROM action_item')).toEqual([{ id: 1 }, { id: 3 }])
  })

  test('leaves the number of a session to nobody else', async () => {
    const home = await homeWithSession()
    await home.coach(['delete', 'session', '1', '--yes'])
    await feed(home, answersFor('Ana Silva'))
    expect(query(home.notebook, 'SELECT id FROM session')).toEqual([{ id: 2 }])
  })
})
