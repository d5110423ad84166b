import { createRequire } from 'node:module'
import type SQLite from 'better-sqlite3'
import { addDays, dayOf, halfWay } from '../../src/dates/day.ts'
import { checkLayers, shippedLayer } from '../../src/library/read-layers.ts'
import type { AnswerKind, Pass } from '../../src/model.ts'
import { newUuid, hashOf } from '../../src/notebook/schema/row-values.ts'
import { createNotebook } from '../../src/notebook/notebook.ts'
import { buildLibrary } from '../../src/questions/bank/build-library.ts'

const Database: typeof SQLite = createRequire(import.meta.url)('better-sqlite3')

const PEOPLE = 50
const DAYS = 8 * 365
const ITEMS_EACH = 3
/** Of the newest items of a person, every fourth is open; of the older ones, ten that were forgotten. */
const NEWEST = 120
const FORGOTTEN = 10
/** So many people have a conversation that is prepared and not held yet; the first is not among them. */
const PREPARED = 5

const FIRST = ['Ana', 'Bruno', 'Chiara', 'Dalia', 'Emre', 'Fatou', 'Goran', 'Hanna', 'Ivo', 'Jonas']
const LAST = ['Silva', 'Kovač', 'Marín', 'Lindqvist', 'Osei']
const SEEN = [
  'She asked about budget in the second minute. The customer answered with one word and looked at his watch.',
  'He summed up what the customer had said before he answered; the customer corrected one figure and went on.',
  'Nobody asked who else decides. The meeting ended with “send us something”, and no day was named.',
  'She waited after her question, for about ten seconds, until the buyer told her about the audit.',
]
const SAID = [
  'I would wait with that until I know what they want to change, and by when.',
  'I had done my homework on their supply problem, and he noticed.',
  'They would bring the head of purchasing into the room if we showed what waiting costs.',
  'I talked most of the time, and did not leave a pause after the price.',
]
const TASKS = [
  'practise the impact question in three calls',
  'ask two customers what waiting costs them',
  'send the notes of the call with the open points',
  'prepare the first five minutes of the renewal talk in writing',
]
const IF = 'the customer names a price'
const THEN = 'ask what it should do for them'
const ENDS = ['done', 'done', 'missed', 'done', 'done', 'dropped', 'done', 'missed'] as const
const SHARES = ['under_half', 'about_half', 'most']

const WORDING = 'What was it that you saw, heard or agreed on there?'
const NOTHING_NOTED = hashOf(null)

/** An action item that waits for what becomes of it. */
interface Waiting {
  readonly id: number
  readonly due: string | null
  readonly end: (typeof ENDS)[number] | 'open'
  /** How often it is still to be carried first. */
  readonly carries: number
}

interface Coached {
  readonly id: number
  readonly goal: number
  readonly waiting: Waiting[]
  items: number
  next: number | null
}

/** The entry of a list that a number falls on. */
function turnOf<T>(all: readonly T[], n: number): T {
  const found = all[n % all.length]
  if (found === undefined) throw new Error('an empty list')
  return found
}

/**
 * Builds a notebook with any number of sessions. The rows are those that conversations write, day by day over eight
 * years, so that the file is laid out like one that grew. What is open is the same, whatever the size.
 */
export async function buildNotebook(path: string, count: number, now = new Date()): Promise<void> {
  const today = dayOf(now)
  const { questions, vocabulary } = buildLibrary(await checkLayers([shippedLayer()]))
  createNotebook(path, now)
  const db = new Database(path)
  for (const setting of ['synchronous = OFF', 'journal_mode = OFF', 'foreign_keys = OFF']) {
    db.pragma(setting)
  }
  db.pragma('cache_size = -400000')

  /** Adds rows to a table; each names its columns in the same order. */
  const into = (table: string) => {
    let statement: SQLite.Statement | undefined
    return (row: Readonly<Record<string, string | number | null>>): number => {
      const columns = Object.keys(row)
      statement ??= db.prepare(`INSERT INTO ${table} (uuid, "${columns.join('", "')}")
        VALUES (?${', ?'.repeat(columns.length)})`)
      return Number(statement.run(newUuid(), ...Object.values(row)).lastInsertRowid)
    }
  }
  const add = {
    person: into('person'),
    session: into('session'),
    answer: into('answer'),
    item: into('action_item'),
    event: into('item_event'),
    note: into('note'),
    goal: into('goal'),
    goalEvent: into('goal_event'),
    next: into('next_session'),
  }
  const made = (at: string) => ({ created_at: at, updated_at: at })
  const carry = db.prepare(
    'UPDATE action_item SET carried = carried + 1, updated_at = ? WHERE id = ?',
  )
  const end = db.prepare(
    'UPDATE action_item SET status = ?, closed_at = ?, updated_at = ? WHERE id = ?',
  )
  const closeGoal = db.prepare("UPDATE goal SET status = 'done', closed_at = ? WHERE id = ?")
  const hold = db.prepare("UPDATE next_session SET status = 'held', held_in = ? WHERE id = ?")

  const goalOf = (person: number, parent: number | null, what: string, act: number, at: string) => {
    const id = add.goal({
      person_id: person,
      parent_id: parent,
      what,
      is_stretch: parent === null ? 1 : 0,
      hash: hashOf(what),
      ...made(at),
    })
    add.goalEvent({ goal_id: id, status_from: null, status_to: 'open', act, at })
    return id
  }
  const noteOf = (person: number, session: number | null, text: string, at: string) => {
    const status = session === null ? 'waiting' : 'observation'
    const hash = hashOf(text)
    return add.note({ person_id: person, session_id: session, status, text, hash, ...made(at) })
  }
  const people = Array.from({ length: PEOPLE }, (_, n): Coached => {
    const name = `${turnOf(FIRST, n)} ${turnOf(LAST, Math.floor(n / FIRST.length))}`
    const at = `${addDays(today, -DAYS - 1)}T08:00:00.000Z`
    const id = add.person({ name, relation: 'report', hash: hashOf(name, null), ...made(at) })
    const lately = `${addDays(today, -30)}T08:00:00.000Z`
    const goal = goalOf(id, null, 'lead the renewal talk alone', 1, lately)
    goalOf(id, goal, 'prepare the figures', 1, lately)
    return { id, goal, waiting: [], items: 0, next: null }
  })

  const old = (count / PEOPLE) * ITEMS_EACH - NEWEST
  const isLeftOpen = (n: number) => (n >= old ? n % 4 === 0 : n % Math.floor(old / FORGOTTEN) === 0)

  const hashes = new Map<string | null, string>()
  /** Most values come again and again. */
  const hashOfAnswer = (value: string | null): string => {
    const hash = hashes.get(value) ?? hashOf(value, null, WORDING)
    hashes.set(value, hash)
    return hash
  }

  /** A conversation, or, where it is not held yet, what was prepared for it. */
  const converse = (person: Coached, n: number, on: string, isHeld: boolean) => {
    const turn = Math.floor(n / PEOPLE)
    const at = `${on}T09:00:00.000Z`
    const act = n + 2
    const session = add.session({
      person_id: person.id,
      guide: 'ortp',
      guide_title: 'Observation, Reflection, Teachable Moment, Plan',
      status: isHeld ? 'done' : 'prepared',
      held_on: isHeld ? on : null,
      ...made(at),
    })
    const say = (
      path: string,
      pass: Pass,
      kind: AnswerKind,
      value: string | null,
      more: { round?: number; private?: boolean; item?: number; question?: string } = {},
    ) => {
      add.answer({
        session_id: session,
        person_id: person.id,
        round: more.round ?? 1,
        path,
        pass,
        kind,
        state: value !== null || more.item !== undefined ? 'answered' : 'skipped',
        value,
        wording: WORDING,
        question_id: more.question ?? null,
        visibility: more.private ? 'private' : 'shared',
        item_id: more.item ?? null,
        answered_at: at,
        hash: hashOfAnswer(value),
      })
    }
    const event = (id: number, kind: string, to: string, due: string | null) =>
      add.event({
        item_id: id,
        session_id: session,
        kind,
        status_from: kind === 'created' ? null : 'open',
        status_to: to,
        due_from: kind === 'created' ? null : due,
        due_to: due,
        hash: NOTHING_NOTED,
        act,
        at,
      })

    say('observation.situation', 'prepare', 'line', `Call ${n} with Northwind, in the morning`)
    say('observation.saw', 'prepare', 'note', `${turnOf(SEEN, n)} (${n})`)
    say('observation.stage', 'prepare', 'choice', turnOf(vocabulary.stages, turn).id)
    say('observation.area', 'prepare', 'choice', turnOf(vocabulary.areas, turn + n).id)
    say('observation.skill', 'prepare', 'choice', turnOf(vocabulary.skills, turn >> 2).id)
    say('observation.rating', 'prepare', 'rating', String(1 + (n % 5)), { private: true })
    const asked = [1, 2, 3].map((one) => turnOf(questions, n * 7 + one * 31))
    for (const [place, { id, text }] of asked.entries()) {
      const path = `reflection.questions.${place + 1}.question`
      say(path, 'prepare', 'question', text, { question: id })
    }
    say('teachable_moment.pointer', 'prepare', 'note', null, { private: true })
    if (!isHeld) return

    const still = person.waiting.filter((item) => {
      if (item.carries === 0 && item.end === 'open') return true
      const outcome = item.carries > 0 ? 'carried' : item.end
      const path = `promises.${item.id}.outcome`
      say(path, 'record', 'choice', outcome, { round: 0, item: item.id })
      if (item.carries > 0) {
        carry.run(at, item.id)
        event(item.id, 'carried', 'open', item.due)
        return true
      }
      end.run(item.end, at, at, item.id)
      event(item.id, 'status', item.end, item.due)
      return false
    })
    person.waiting.splice(0, Infinity, ...still.map(carriedOnce))

    say('reflection.went_well', 'record', 'note', turnOf(SAID, n))
    say('reflection.would_change', 'record', 'note', turnOf(SAID, n + 1))
    for (const place of asked.keys()) {
      const base = `reflection.questions.${place + 1}`
      say(`${base}.heard`, 'record', 'note', turnOf(SAID, n + place))
      say(`${base}.opened`, 'record', 'yes_no', n % 3 === 0 ? 'no' : 'yes', { private: true })
    }
    say('teachable_moment.pointer', 'record', 'note', turnOf(SAID, n + 2))
    for (let place = 1; place <= ITEMS_EACH; place++) {
      const number = person.items++
      const isOpen = isLeftOpen(number)
      const what = `${turnOf(TASKS, number)} (${number})`
      const due =
        number % 10 === 8
          ? null
          : addDays(isOpen ? today : on, ((number * 7 + person.id) % 90) - 20)
      const id = add.item({
        person_id: person.id,
        session_id: session,
        what,
        owner: number % 4 === 1 ? 'me' : 'them',
        due_on: due,
        if: IF,
        then: THEN,
        check_in_on: due && halfWay(isOpen ? today : on, due),
        goal_id: number % 10 === 0 ? person.goal : null,
        follows_id: number % 20 === 5 ? (person.waiting.at(-1)?.id ?? null) : null,
        hash: hashOf(what, IF, THEN, null, null, null, null),
        ...made(at),
      })
      event(id, 'created', 'open', due)
      say(`plan.actions.${place}.what`, 'record', 'action', null, { item: id })
      say(`plan.actions.${place}.due`, 'record', 'date', null, { item: id })
      const carries = (number + person.id * 4) % 80 === 0 ? 3 : number % 10 === 9 ? 1 : 0
      person.waiting.push({ id, due, carries, end: isOpen ? 'open' : turnOf(ENDS, number) })
    }
    say('plan.said_back', 'record', 'yes_no', 'yes')
    const planned = addDays(on, 14)
    say('plan.next_session', 'record', 'date', planned)
    say('again', 'record', 'yes_no', 'no', { private: true })
    say('close.praise', 'record', 'note', n % 3 === 0 ? null : turnOf(SAID, n + 3), { round: 0 })
    say('close.talk_share', 'record', 'choice', turnOf(SHARES, n), { round: 0, private: true })
    if (person.next !== null) hold.run(session, person.next)
    person.next = add.next({
      person_id: person.id,
      agreed_in: session,
      planned_on: planned,
      ...made(at),
    })
    if (turn % 2 === 0) noteOf(person.id, session, turnOf(SEEN, turn), at)
    if (turn % 10 === 0) {
      const goal = goalOf(person.id, null, `hold a first call alone (${turn})`, act, at)
      closeGoal.run(at, goal)
      add.goalEvent({ goal_id: goal, status_from: 'open', status_to: 'done', act, at })
    }
  }

  db.transaction(() => {
    for (let n = 0; n < count; n++) {
      const on = addDays(today, Math.floor((n / count) * DAYS) - DAYS)
      converse(turnOf(people, n), n, on, true)
    }
    const at = now.toISOString()
    for (const [n, person] of people.entries()) {
      if (n > 0 && n <= PREPARED) converse(person, count + n, today, false)
      for (const text of SAID.slice(0, 2)) noteOf(person.id, null, text, at)
      for (const item of person.waiting.filter((one) => one.end !== 'open')) {
        end.run('done', at, at, item.id)
        add.event({
          item_id: item.id,
          session_id: null,
          kind: 'status',
          status_from: 'open',
          status_to: 'done',
          due_from: item.due,
          due_to: item.due,
          hash: NOTHING_NOTED,
          act: count + 2,
          at,
        })
      }
    }
    db.prepare('UPDATE store SET generation = ?').run(count + 2)
  })()
  db.close()
}

function carriedOnce(item: Waiting): Waiting {
  return { ...item, carries: Math.max(0, item.carries - 1) }
}
