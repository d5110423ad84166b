import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import DB from 'better-sqlite3'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { buildNotebook } from '../../../scripts/bench/notebook.ts'
import { answersFor } from '../../ask/file/feed.ts'
import { type Home, newHome, NOW, words } from '../../world.ts'

/** The tables that grow with use: to read one of them from end to end takes longer every month. */
const GROWING = new Set([
  'answer',
  'session',
  'action_item',
  'item_event',
  'note',
  'goal',
  'goal_event',
  'next_session',
])

/** Indexes that may be read from end to end, because what they hold does not grow with use. */
const SMALL = new Map([
  ['action_item_open', 'what is open'],
  ['note_waiting', 'the inbox'],
  ['next_session_planned', 'one for each person'],
  ['session_unfinished', 'what is not finished'],
])

/** Where the figures of a review come from: any other index has far more rows to go through. */
const FIGURES = [
  'action_item_by_closing',
  'answer_chosen',
  'answer_praise',
  'answer_talk_share',
  'goal_stretch',
  'session_held',
]

/** The commands that are run every day, on a notebook with some hundred rows. */
const HOT = [
  'review',
  'review --look',
  'review --person "ana silva"',
  'today',
  'due',
  'prep "ana silva"',
  'note --list',
  'session --answers session.yaml',
  'session --answers next.yaml',
]

const ANSWERS = {
  observation: {
    situation: 'Discovery call',
    saw: 'She asked about budget.',
    stage: 'discover',
    area: 'lead',
    skill: 'listening',
    rating: 3,
  },
  reflection: {
    would_change: 'I would wait.',
    questions: [{ kind: 'stretch', question: 'What would you ask?', heard: 'More.', opened: true }],
  },
  plan: {
    actions: [{ what: 'practise the question', due: '2026-11-27', if: 'it rings', then: 'I ask' }],
    next_session: '2026-12-07',
  },
  close: { praise: 'You waited.', talk_share: 'most' },
}

/** What else the program does with a notebook. */
const REST = [
  'review --all --person "ana silva"',
  'people',
  'person show "ana silva"',
  'person edit "ana silva" --cadence 7',
  'history',
  'history "ana silva"',
  'show 1',
  'recap "ana silva"',
  'note "ana silva" "stayed calm when the buyer doubted the figures"',
  'done 1 --note well',
  'undo',
  'carry 1 --to 2026-12-18',
  'action show 1',
  'action edit 1 --what "ask two customers"',
  'goal add "ana silva" "lead the renewal talk alone"',
  'goal list',
  'goal list "ana silva"',
  'goal show 1',
  'goal done 1',
  'undo',
  'opportunity add "ana silva" Northwind --stage discover',
  'opportunity list',
  'opportunity list "ana silva"',
  'opportunity show northwind',
  'skill show listening --person "ana silva"',
  'questions pick "ana silva"',
  'edit 156 --answers session.yaml',
  'export session 1',
  'export person "ana silva"',
  'export all',
  'delete action 2 --yes',
  'delete opportunity 1 --yes',
  'delete session 2 --yes',
]

/** One step of a plan, and the table that it reads. */
interface Step {
  readonly sql: string
  readonly detail: string
  readonly table: string
}

let home: Home
let hot: ReadonlySet<string>

beforeAll(async () => {
  home = newHome()
  await buildNotebook(home.notebook, 150, NOW)
  // With Bruno, a session is prepared already: it goes on.
  for (const [file, person] of [
    ['session.yaml', 'Ana Silva'],
    ['next.yaml', 'Bruno Silva'],
  ] as const) {
    writeFileSync(join(home.folder, file), answersFor(person, ANSWERS))
  }
  hot = await statementsOf(() => play(HOT))
})

async function play(lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    const { code, err } = await home.coach(words(line))
    if (code !== 0 && code !== 10) throw new Error(`${line} ended with ${code}: ${err}`)
  }
}

/** The statements that some work runs. */
async function statementsOf(work: () => Promise<void>): Promise<ReadonlySet<string>> {
  const prepare = vi.spyOn(DB.prototype, 'prepare')
  try {
    await work()
    const all = prepare.mock.calls.map(([sql]) => sql)
    return new Set(all.filter((sql) => /^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b/.test(sql)))
  } finally {
    prepare.mockRestore()
  }
}

/** How SQLite runs statements on the notebook. */
function plansOf(statements: Iterable<string>): readonly Step[] {
  const db = new DB(home.notebook, { readonly: true })
  try {
    return [...statements].flatMap((sql) => {
      const explained = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      return explained.all(...nothingFor(sql)).map(({ detail }) => {
        const name = /^(?:SCAN|SEARCH) (\w+)/.exec(detail)?.[1] ?? ''
        return { sql: sql.replaceAll(/\s+/g, ' '), detail, table: tablesIn(sql).get(name) ?? '' }
      })
    })
  } finally {
    db.close()
  }
}

/** The tables of a statement by the names that it gives them. */
function tablesIn(sql: string): ReadonlyMap<string, string> {
  const found = sql.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)(?:\s+(?:AS\s+)?(\w+))?/g)
  return new Map(
    [...found].flatMap(([, table = '', name = table]) => [
      [table, table],
      [name, table],
    ]),
  )
}

/** NULL for each value that a statement wants. */
function nothingFor(sql: string): readonly unknown[] {
  const named = [...sql.matchAll(/@(\w+)/g)].map(([, name = '']) => [name, null])
  const marks = [...sql.matchAll(/\?/g)].map(() => null)
  return named.length > 0 ? [Object.fromEntries(named)] : marks
}

/** The index that a step uses. */
const indexIn = (detail: string): string =>
  /USING (?:COVERING )?INDEX (\w+)/.exec(detail)?.[1] ?? ''

describe('what is run every day', () => {
  test('reads no table from end to end that grows with use', () => {
    const steps = plansOf(hot)
    const read = new Set(steps.map(({ table }) => table))
    // The history of goals is only added to.
    expect([...GROWING].filter((table) => !read.has(table))).toEqual(['goal_event'])
    const scans = steps.filter(
      ({ detail, table }) =>
        detail.startsWith('SCAN') && GROWING.has(table) && !SMALL.has(indexIn(detail)),
    )
    expect(scans).toEqual([])
  })

  test('does not look for rows by their state alone: nearly all of them are closed', () => {
    const found = plansOf(hot).filter(
      ({ detail, table }) =>
        GROWING.has(table) && !SMALL.has(indexIn(detail)) && /\(status=\?\)/.test(detail),
    )
    expect(found).toEqual([])
  })

  test('counts by the indexes that are made for it', () => {
    const used = new Set(plansOf(hot).map(({ detail }) => indexIn(detail)))
    expect(FIGURES.filter((name) => !used.has(name))).toEqual([])
  })
})

/** An index of the schema: the column that it begins with, and whether it holds every row that has one. */
interface Index {
  readonly name: string
  readonly table: string
  readonly first: string
  readonly isUnique: number
  readonly isWhole: number
}

const INDEXES = `SELECT s.name, s.tbl_name AS "table", i.name AS first, l."unique" AS isUnique,
    l.partial = 0 OR s.sql LIKE '%WHERE ' || i.name || ' IS NOT NULL' AS isWhole
  FROM sqlite_schema s JOIN pragma_index_list(s.tbl_name) l ON l.name = s.name
    JOIN pragma_index_info(s.name) i ON i.seqno = 0
  WHERE s.type = 'index'`
const REFERENCES = `SELECT s.name || '.' || f."from" FROM sqlite_schema s
    JOIN pragma_foreign_key_list(s.name) f
  WHERE s.type = 'table'`

describe('an index', () => {
  test('is used by a statement, or keeps what is unique, or finds what refers to a row', async () => {
    const statements = await statementsOf(() => play(REST))
    const used = new Set(plansOf([...hot, ...statements]).map(({ detail }) => indexIn(detail)))
    const db = new DB(home.notebook, { readonly: true })
    const indexes = db.prepare<[], Index>(INDEXES).all()
    const references = db.prepare<[], string>(REFERENCES).pluck().all()
    db.close()
    const findsReferences = (one: Index) =>
      one.isWhole === 1 && references.includes(`${one.table}.${one.first}`)
    const isNeeded = (one: Index) =>
      used.has(one.name) ||
      one.isUnique === 1 ||
      (findsReferences(one) &&
        !indexes.some(
          (other) =>
            used.has(other.name) &&
            other.isWhole === 1 &&
            other.table === one.table &&
            other.first === one.first,
        ))
    expect(indexes.length).toBeGreaterThan(20)
    expect(indexes.filter((one) => !isNeeded(one)).map(({ name }) => name)).toEqual([])
  })
})
