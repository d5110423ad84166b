import { createHash } from 'node:crypto'
import DB from 'better-sqlite3'
import fc from 'fast-check'
import { createNotebook } from '../../src/notebook/notebook.ts'
import { NOW } from '../world.ts'

type Cell = string | number | null
export type Row = Readonly<Record<string, Cell>>

/** Every row of every table of a file but its marks, SQLite's own numbers included, in the order of their keys. */
export function tablesOf(path: string): Readonly<Record<string, readonly Row[]>> {
  const db = new DB(path, { readonly: true })
  try {
    const names = db
      .prepare<[], string>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'start' ORDER BY name`,
      )
      .pluck()
      .all()
    return Object.fromEntries(
      names.map((name) => {
        const rows = db.prepare<[], Row>(`SELECT * FROM "${name}"`).all()
        const key = (row: Row) => String(row['id'] ?? row['uid'] ?? row['name']).padStart(40, '0')
        return [name, rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))]
      }),
    )
  } finally {
    db.close()
  }
}

/** Chance and texts out of which a notebook is made. */
export interface Entropy {
  readonly numbers: readonly number[]
  readonly texts: readonly string[]
}

/** Any text that a file can hold: what UTF-8 cannot say is none. */
const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 30 })
  .filter((one) => one.isWellFormed())
export const entropy = fc.record({
  numbers: fc.array(fc.nat(1000), { minLength: 20, maxLength: 60 }),
  texts: fc.array(text, { minLength: 3, maxLength: 12 }),
})

const hashOf = (...texts: readonly Cell[]) =>
  createHash('sha256').update(JSON.stringify(texts)).digest('hex')
const uuidFor = (name: string) =>
  createHash('sha256')
    .update(name)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')

/**
 * Makes a notebook in which every column of every table holds something, with numbers that were given and are gone again, and
 * numbers of rows inside paths and values. `name` makes its ids and people different from those of another.
 */
export function makeNotebook(path: string, name: string, { numbers, texts }: Entropy): void {
  createNotebook(path, NOW)
  const db = new DB(path)
  let at = 0
  const draw = (n: number) => (numbers[at++ % numbers.length] ?? 0) % n
  const word = () => `${texts[draw(texts.length)]}`
  const maybe = <T>(make: () => T): T | null => (draw(3) === 0 ? null : make())
  const day = () => `2026-1${draw(3)}-${String(10 + draw(19))}`
  const instant = () => `${day()}T0${draw(10)}:00:0${draw(10)}.000Z`
  const one = (ids: readonly number[]) => ids[draw(ids.length)] ?? null
  const put = (table: string, row: Row) => {
    const columns = Object.keys(row)
    const made = db
      .prepare(
        `INSERT INTO ${table} (${columns.map((c) => `"${c}"`).join(', ')})
          VALUES (${columns.map(() => '?').join(', ')})`,
      )
      .run(...Object.values(row))
    return Number(made.lastInsertRowid)
  }
  const known = (table: string, n: number) => ({
    id: n,
    uuid: uuidFor(`${name} ${table} ${n}`),
    revision: 1 + draw(5),
  })
  const times = () => ({ created_at: instant(), updated_at: instant() })
  const items = new Map<number, number>()
  let last = 0
  /** Numbers with gaps. */
  const next = () => (last += 1 + draw(3))
  const make = db.transaction(() => {
    for (let person = 1; person <= 1 + draw(3); person++) {
      const role = maybe(word)
      const called = `${name} ${person} ${word()}`
      const p = put('person', {
        ...known('person', next()),
        name: called,
        relation: 'report',
        leads_others: draw(2),
        role,
        cadence_days: maybe(() => 1 + draw(30)),
        archived_at: draw(5) === 0 ? instant() : null,
        ...times(),
        hash: hashOf(called, role),
      })
      const title = word()
      const opportunity = put('opportunity', {
        ...known('opportunity', next()),
        person_id: p,
        name: title,
        stage: maybe(word),
        closed_at: maybe(instant),
        ...times(),
        hash: hashOf(title),
      })
      const goals: number[] = []
      for (let n = 0; n < 1 + draw(3); n++) {
        const what = word()
        const goal = put('goal', {
          ...known('goal', next()),
          person_id: p,
          parent_id: goals.length > 0 ? maybe(() => one(goals)) : null,
          what,
          is_stretch: draw(2),
          status: ['open', 'done', 'dropped'][draw(3)] ?? 'open',
          due_on: maybe(day),
          ...times(),
          closed_at: maybe(instant),
          hash: hashOf(what),
        })
        goals.push(goal)
        put('goal_event', {
          ...known('goal_event', next()),
          goal_id: goal,
          status_from: maybe(() => 'open'),
          status_to: 'done',
          at: instant(),
          act: draw(4),
          undone_at: maybe(instant),
        })
      }
      const sessions: number[] = []
      const mine: number[] = []
      const notes: number[] = []
      for (let n = 0; n < 1 + draw(3); n++) {
        const session = put('session', {
          ...known('session', next()),
          person_id: p,
          guide: 'quick',
          guide_title: word(),
          status: ['preparing', 'prepared', 'recording', 'done', 'cancelled'][draw(5)] ?? 'done',
          held_on: maybe(day),
          planned_on: maybe(day),
          ...times(),
          opportunity_id: maybe(() => opportunity),
        })
        sessions.push(session)
        const note = word()
        notes.push(
          put('note', {
            ...known('note', next()),
            person_id: p,
            session_id: maybe(() => session),
            status: ['draft', 'waiting', 'observation', 'dropped'][draw(4)] ?? 'draft',
            text: note,
            ...times(),
            hash: hashOf(note),
          }),
        )
        const fields = [word(), ...Array.from({ length: 6 }, () => maybe(word))]
        const [what = '', ifs = null, then = null, other = null, obstacle = null, measure = null] =
          fields
        const support = fields[6] ?? null
        const result = maybe(word)
        const item = put('action_item', {
          ...known('action_item', next()),
          person_id: p,
          session_id: maybe(() => session),
          status: ['open', 'part', 'done', 'missed', 'dropped'][draw(5)] ?? 'open',
          what,
          owner: draw(2) === 0 ? 'them' : 'me',
          due_on: maybe(day),
          if: ifs,
          then,
          else: other,
          obstacle,
          measure,
          support,
          check_in_on: maybe(day),
          carried: draw(4),
          ...times(),
          closed_at: maybe(instant),
          hash: hashOf(...fields, ...(result === null ? [] : [result])),
          result,
          repeat: maybe(() => 'every 2 weeks'),
          check_in_given: draw(2),
          goal_id: maybe(() => one(goals)),
          follows_id: mine.length > 0 ? maybe(() => one(mine)) : null,
        })
        mine.push(item)
        items.set(item, session)
        const why = maybe(word)
        put('item_event', {
          ...known('item_event', next()),
          item_id: item,
          session_id: maybe(() => session),
          kind: ['created', 'status', 'carried', 'edited', 'checked'][draw(5)] ?? 'created',
          status_from: maybe(() => 'open'),
          status_to: 'part',
          due_from: maybe(day),
          due_to: maybe(day),
          check_in_from: maybe(day),
          note: why,
          at: instant(),
          hash: hashOf(why),
          act: draw(6),
          undone_at: maybe(instant),
        })
        const answer = (path: string, value: Cell, draft: Cell, itemId: Cell) => {
          const wording = word()
          put('answer', {
            ...known('answer', next()),
            session_id: session,
            person_id: p,
            round: draw(3),
            path,
            pass: draw(2) === 0 ? 'prepare' : 'record',
            kind: 'line',
            state: ['answered', 'skipped', 'later'][draw(3)] ?? 'later',
            value,
            draft,
            wording,
            question_id: maybe(word),
            visibility: draw(2) === 0 ? 'shared' : 'private',
            item_id: itemId,
            answered_at: instant(),
            hash: hashOf(value, draft, wording),
          })
        }
        answer('observation.saw', maybe(word), maybe(word), null)
        answer(`promises.${item}.outcome`, 'done', null, item)
        // Of an item and of a note that are gone.
        answer(`promises.${item + 1000}.outcome`, 'missed', null, null)
        answer(`inbox.${notes.at(-1)}.becomes`, 'topic', null, null)
        answer(`inbox.${900 + next()}.becomes`, 'kept', null, null)
        answer(
          'plan.actions.1.goal',
          maybe(() => String(one(goals))),
          maybe(() => '90007'),
          item,
        )
      }
      put('next_session', {
        ...known('next_session', next()),
        person_id: p,
        agreed_in: maybe(() => one(sessions)),
        held_in: maybe(() => one(sessions)),
        status: ['planned', 'held', 'cancelled'][draw(3)] ?? 'held',
        planned_on: day(),
        moved: draw(3),
        before_on: maybe(day),
        before_in: maybe(() => one(sessions)),
        ...times(),
      })
      put('calendar_gone', {
        uid: `${uuidFor(`${name} gone ${person}`)}-due`,
        person_id: p,
        day: day(),
        sequence: draw(9),
        at: instant(),
      })
    }
    db.prepare('UPDATE store SET generation = ?, private_told_at = ?').run(
      40 + draw(40),
      maybe(instant),
    )
    db.prepare("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'note'").run(draw(9))
  })
  make()
  db.close()
}
