import { sayDay } from '../../dates/day.ts'
import type { Difference, Missing, Twins } from '../../notebook/exchange/differences.ts'
import { count, quote } from '../../text/text.ts'
import { hang, type Style, wrap } from '../../output/layout.ts'
import { byHand, waysFor } from './take-commands.ts'
import { anewSession, type WaysContext, type Way } from './ways.ts'

type Row = Difference['here']

/** What of a file is otherwise here, and what stays out because of it. */
export interface DifferencesPage extends WaysContext {
  readonly differing: readonly Difference[]
  readonly missing: readonly Missing[]
  readonly twins: readonly Twins[]
  /** Whether an answer is one that a manager gave, and no step of the conversation itself. */
  readonly isTold: (path: string) => boolean
}

/** The most things that are told in full; of more, it is said how many there are. */
const MOST_THINGS = 10
/** The most answers of a session that are told. */
const MOST_ANSWERS = 5

/** One thing: what it is, what differs about it, and how to have it as the file says. */
export interface Thing {
  readonly title: string
  readonly lines: readonly string[]
  readonly ways: readonly Way[]
}

/** What differs, thing by thing. A command is made of texts as they are kept. */
export function thingsOf(page: DifferencesPage): readonly Thing[] {
  return [
    ...page.differing
      .filter(({ table }) => !OF_SESSION.has(table))
      .map((one) => thingOf(one, page)),
    ...sessionThings(page),
    ...historyThings(page),
  ]
}

/** Repetitions that are there twice. */
export function twinsOf(page: DifferencesPage): readonly Thing[] {
  return page.twins.map((one) => twinsThing(one, page))
}

/** Shows what differs on a screen. Commands stand on lines of their own, unbroken, to be copied. */
export function renderThings(things: readonly Thing[], { width }: Style): string {
  const told = things
    .slice(0, MOST_THINGS)
    .map(({ title, lines, ways }) => [
      ...wrap(title, width),
      ...lines.map((line) => hang('  ', line, width)),
      ...ways.flatMap(({ say, commands }) => [
        hang('  ', say, width),
        ...commands.map((command) => `    ${command}`),
      ]),
    ])
  const more = things.length - told.length
  const rest = `And ${count(more, 'more thing')}. Settle these, then import again to see the rest.`
  return [...told, ...(more > 0 ? [wrap(rest, width)] : [])]
    .map((lines) => `\n${lines.join('\n')}\n`)
    .join('')
}

/** What is told with its session, or with what it is the history of. */
const OF_SESSION: ReadonlySet<string> = new Set(['session', 'answer', 'item_event', 'goal_event'])

const NAMES: Readonly<Record<string, string>> = {
  action_item: 'Action item',
  goal: 'Goal',
  note: 'Note',
  opportunity: 'Opportunity',
}

function thingOf(difference: Difference, scene: WaysContext): Thing {
  const { table, id, here, columns } = difference
  const person = scene.nameOf(Number(here['person_id'] ?? id))
  const what = String(here['what'] ?? here['name'] ?? here['text'] ?? '')
  const title =
    table === 'person'
      ? person
      : table === 'next_session'
        ? `Next conversation with ${person}`
        : `${NAMES[table] ?? 'Row'} ${id}, ${quote(what)} (${person})`
  const lines = columns.map((column) => sayColumn(difference, column, scene))
  return { title, lines, ways: waysFor(difference, scene) }
}

const LABELS: Readonly<Record<string, string>> = {
  what: 'text',
  due_on: 'day',
  check_in_on: 'check-in',
  goal_id: 'goal',
  session_id: 'conversation',
  parent_id: 'sub-goal of',
  person_id: 'person',
  opportunity_id: 'opportunity',
  status: 'state',
  is_stretch: 'stretch goal',
  leads_others: 'leads others',
  cadence_days: 'days between conversations',
  archived_at: 'in the archive',
  closed_at: 'closed',
  carried: 'times carried',
  planned_on: 'day',
  held_on: 'day',
}
const STATES: Readonly<Record<string, string>> = { part: 'partly done', waiting: 'in the inbox' }

function sayColumn({ table, here, there }: Difference, column: string, scene: WaysContext) {
  const say = (row: Row) => sayCell(table, column, row, scene)
  return `${LABELS[column] ?? column}: ${say(here)} here, ${say(there)} there`
}

const YES_OR_NO = new Set(['is_stretch', 'leads_others', 'archived_at', 'closed_at'])

function sayCell(table: string, column: string, row: Row, { today, nameOf }: WaysContext): string {
  const value = row[column] ?? null
  if (table === 'next_session' && row['status'] !== 'planned') return 'none'
  if (YES_OR_NO.has(column)) return value === null || value === 0 ? 'no' : 'yes'
  if (column === 'cadence_days') return String(value ?? 14)
  if (value === null || value === '') return 'none'
  if (column === 'person_id') return nameOf(Number(value))
  if (typeof value === 'number') return String(value)
  if (column.endsWith('_on')) return sayDay(value, today)
  if (['status', 'owner', 'relation', 'stage', 'guide'].includes(column)) {
    return STATES[value] ?? value
  }
  return quote(value)
}

/** Sessions that differ, with the answers and action items that differ or are missing with them. */
function sessionThings(page: DifferencesPage): readonly Thing[] {
  const { differing, missing, isTold, nameOf } = page
  const own = new Map(differing.flatMap((one) => (one.table === 'session' ? [[one.id, one]] : [])))
  const answers = differing.filter(
    ({ table, here }) => table === 'answer' && isTold(String(here['path'])),
  )
  const only = missing.filter(
    ({ table, row }) =>
      (table === 'answer' && row['state'] === 'answered' && isTold(String(row['path']))) ||
      (table === 'action_item' && (row['session_id'] ?? null) !== null),
  )
  const sessions = new Set([
    ...own.keys(),
    ...answers.map(({ here }) => Number(here['session_id'])),
    ...only.map(({ row }) => Number(row['session_id'])),
  ])
  return [...sessions].map((id) => {
    const mine = own.get(id)
    const person = (mine?.here ?? {})['person_id'] ?? null
    const said = answers.filter(({ here }) => here['session_id'] === id).map(sayAnswers)
    const lacking = only.filter(({ row }) => row['session_id'] === id).map(sayMissing)
    const lines = [...said, ...lacking]
    const more = lines.length - MOST_ANSWERS
    return {
      title: `Session ${id}${person === null ? '' : ` (${nameOf(Number(person))})`}`,
      lines: [
        ...(mine?.columns ?? []).map((column) => sayColumn(mine ?? BLANK, column, page)),
        ...lines.slice(0, MOST_ANSWERS),
        ...(more > 0 ? [`and ${count(more, 'more line')}`] : []),
      ],
      ways: [...(mine ? [] : [byHand(id, page)]), anewSession(id, page)],
    }
  })
}

const BLANK: Difference = { table: 'session', id: 0, here: {}, there: {}, columns: [] }

function sayAnswers({ here, there }: Difference): string {
  const [mine, theirs] = [sayAnswer(here), sayAnswer(there)]
  const label = quote(String(there['wording']))
  return mine === theirs
    ? `${label} ${String(here['visibility'])} here, ${String(there['visibility'])} there`
    : `${label} ${mine} here, ${theirs} there`
}

function sayAnswer(row: Row): string {
  const text = row['value'] ?? row['draft'] ?? null
  return text === null
    ? String(row['state'] === 'answered' ? 'nothing' : row['state'])
    : quote(String(text))
}

function sayMissing({ table, row }: Missing): string {
  return table === 'action_item'
    ? `action item ${quote(String(row['what']))} only there`
    : `${quote(String(row['wording']))} nothing here, ${sayAnswer(row)} there`
}

/** A reason that stands in the history is changed by no command. */
function historyThings({ differing }: DifferencesPage): readonly Thing[] {
  return differing
    .filter(({ table }) => table === 'item_event')
    .map(({ here, there }) => ({
      title: `A line in the history of action item ${String(here['item_id'])}`,
      lines: [`reason: ${sayNote(here)} here, ${sayNote(there)} there`],
      ways: [
        {
          say: 'No command changes what stands in the history; it stays as it is here.',
          commands: [],
        },
      ],
    }))
}

function sayNote(row: Row): string {
  return row['note'] === null ? 'none' : quote(String(row['note']))
}

function twinsThing({ follows, items }: Twins, { today, where }: WaysContext): Thing {
  const days = items.map((row) => {
    const due = row['due_on'] ?? null
    return `${String(row['id'])}: ${due === null ? 'no day' : sayDay(String(due), today)}`
  })
  return {
    title: `Action item ${follows} was closed in both notebooks, so its next one is here ${count(items.length, 'time')}, on different days`,
    lines: days,
    ways: [
      {
        say: 'Keep one, and drop the other, as in:',
        commands: [`coach drop ${String(items.at(-1)?.['id'])}${where}`],
      },
    ],
  }
}
