import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { ItemRow, PersonRow, Rows, SessionRow } from './team-rows.ts'

/**
 * What a review should say, worked out from the rows of a notebook by the rules as `coach review --why` words them, and
 * without a line of the program.
 */

/** The figures look back on so many days. */
export const LOOK_BACK = 90
/** So many days without a stretch goal, and somebody is named. */
const WITHOUT_STRETCH = 45
/** Carried so often, an item is named. */
const OFTEN = 3
/** Fewer closed items say nothing. */
export const ENOUGH = 5
/** The days between two conversations with somebody who has no cadence. */
const USUAL_CADENCE = 14

const banks = join(import.meta.dirname, '../../../question-banks')
const titled = z.array(z.object({ id: z.string(), title: z.string() }))

/** The words that ship: the stages, areas and skills, with their titles. */
export const WORDS = z
  .object({ stages: titled, areas: titled, skills: titled })
  .parse(parse(readFileSync(join(banks, 'config.yaml'), 'utf8')))

const DAY = 86_400_000

export function daysFrom(day: string, to: string): number {
  return (Date.parse(to) - Date.parse(day)) / DAY
}

export function daysLater(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)
}

/** `Mon 23 Nov`; every day of the play is in one year. */
export function sayDay(day: string): string {
  const said = new Date(day).toUTCString().slice(0, 11)
  return `${said.slice(0, 3)} ${Number(said.slice(5, 7))} ${said.slice(8)}`
}

export const isOpen = ({ status }: Pick<ItemRow, 'status'>) =>
  status === 'open' || status === 'part'
const isHere = (person: PersonRow) => person.archived_at === null
const isCoached = (person: PersonRow) => person.relation === 'report'

export function personOf({ people }: Rows, id: number): PersonRow {
  const found = people.find((person) => person.id === id)
  if (!found) throw new Error(`there is no person ${id}`)
  return found
}

/** Everybody who is not in the archive, by name. */
export function peopleHere({ people }: Rows): readonly PersonRow[] {
  const key = ({ name }: PersonRow) => name.toLowerCase()
  return people.filter(isHere).toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}

const byDue = (a: ItemRow, b: ItemRow) => {
  const [one, other] = [a.due_on ?? '9999', b.due_on ?? '9999']
  return one === other ? a.id - b.id : one < other ? -1 : 1
}

/** The open items of everybody who is not in the archive, or of one person, by their days. */
export function openItems(rows: Rows, personId?: number): readonly ItemRow[] {
  return rows.items
    .filter(isOpen)
    .filter((item) =>
      personId === undefined ? isHere(personOf(rows, item.person_id)) : item.person_id === personId,
    )
    .toSorted(byDue)
}

/** How many items of people in the archive are open. */
export function openInArchive(rows: Rows): number {
  return rows.items.filter(isOpen).length - openItems(rows).length
}

/** `Overdue`, `Check-ins`, …: the part of a review in which an open item stands. */
export function groupOf({ due_on: due, check_in_on: checkIn }: ItemRow, today: string): string {
  if (due !== null && due < today) return 'Overdue'
  if (checkIn !== null && checkIn <= today) return 'Check-ins'
  if (due === null) return 'No date'
  return daysFrom(today, due) <= 6 ? 'This week' : 'Later'
}

export const GROUPS = ['Overdue', 'Check-ins', 'This week', 'Later', 'No date']

function itemJson(rows: Rows, today: string, item: ItemRow) {
  return {
    id: item.id,
    uuid: item.uuid,
    person: personOf(rows, item.person_id).name,
    owner: item.owner,
    what: item.what,
    due_on: item.due_on,
    check_in_on: item.check_in_on,
    status: item.status,
    overdue: groupOf(item, today) === 'Overdue',
    carried: item.carried,
    session: item.session_id,
  }
}

/** `coach review --json` */
export function reviewJson(rows: Rows, today: string) {
  return openItems(rows).map((item) => itemJson(rows, today, item))
}

function finishedWith(rows: Rows, personId: number): readonly SessionRow[] {
  return rows.sessions
    .filter(({ person_id: id, status }) => id === personId && status === 'done')
    .toSorted((a, b) => ((a.held_on ?? '') < (b.held_on ?? '') ? -1 : 1))
}

function lastHeld(rows: Rows, personId: number): string | null {
  return finishedWith(rows, personId).at(-1)?.held_on ?? null
}

function plannedWith(rows: Rows, personId: number): string | null {
  const found = rows.nextSessions.find(
    ({ person_id: id, status }) => id === personId && status === 'planned',
  )
  return found?.planned_on ?? null
}

function cadenceOf(person: PersonRow): number {
  return person.cadence_days ?? USUAL_CADENCE
}

/** Since when somebody has been waiting: the last conversation, or the day they were added. */
function waitingSince(rows: Rows, person: PersonRow): string {
  return lastHeld(rows, person.id) ?? person.created_at.slice(0, 10)
}

/** What was said at a place of a session: the last part of its path names the place. */
export function said(rows: Rows, sessionId: number, place: string): string | null {
  const found = rows.answers.find(
    ({ session_id: id, path, state }) =>
      id === sessionId && state === 'answered' && path.split('.').at(-1) === place,
  )
  return found?.value ?? null
}

/** The finished conversations with people one coaches, in the days the figures look back on, or in as many before. */
export function conversations(rows: Rows, today: string, when: 'last' | 'before') {
  const [from, to] =
    when === 'last'
      ? [daysLater(today, -LOOK_BACK), '9999']
      : [daysLater(today, -2 * LOOK_BACK), daysLater(today, -LOOK_BACK)]
  return rows.sessions.filter(
    ({ status, held_on: on, person_id: id }) =>
      status === 'done' && on !== null && on >= from && on < to && isCoached(personOf(rows, id)),
  )
}

/** The items with people one coaches that were closed as done or missed, in the days the figures look back on. */
export function closedBy(rows: Rows, today: string, owner: ItemRow['owner']): readonly ItemRow[] {
  const from = daysLater(today, -LOOK_BACK)
  return rows.items.filter(
    ({ owner: whose, status, closed_at: at, person_id: person }) =>
      whose === owner &&
      isCoached(personOf(rows, person)) &&
      (status === 'done' || status === 'missed') &&
      at !== null &&
      at.slice(0, 10) >= from,
  )
}

/** The stages, or areas, that no finished conversation with somebody named. */
function neverNamed(rows: Rows, personId: number, place: 'stage' | 'area') {
  const named = new Set(finishedWith(rows, personId).map(({ id }) => said(rows, id, place)))
  const all = place === 'stage' ? WORDS.stages : WORDS.areas
  return all.map(({ id }) => id).filter((id) => !named.has(id))
}

function hasStretch(rows: Rows, today: string, personId: number): boolean {
  const from = daysLater(today, -WITHOUT_STRETCH)
  return rows.goals.some(
    ({ person_id: id, is_stretch: stretch, status, closed_at: at }) =>
      id === personId && stretch === 1 && (status === 'open' || (at ?? '').slice(0, 10) >= from),
  )
}

function kept(rows: Rows, today: string, owner: ItemRow['owner']) {
  const closed = closedBy(rows, today, owner)
  const done = closed.filter(({ status }) => status === 'done').length
  const all = closed.length
  return { done, missed: all - done, kept: all < ENOUGH ? null : done / all }
}

/** Whether something was asked for in a session, whatever was said. */
export function isAsked(rows: Rows, sessionId: number, place: string): boolean {
  return rows.answers.some(
    ({ session_id: id, path }) => id === sessionId && path.split('.').at(-1) === place,
  )
}

function praise(rows: Rows, today: string, when: 'last' | 'before') {
  const held = conversations(rows, today, when).filter(({ id }) => isAsked(rows, id, 'praise'))
  return {
    held: held.length,
    praised: held.filter(({ id }) => said(rows, id, 'praise') !== null).length,
  }
}

function talkShare(rows: Rows, today: string, when: 'last' | 'before') {
  const shares = conversations(rows, today, when).map(({ id }) => said(rows, id, 'talk_share'))
  const count = (wanted: string) => shares.filter((share) => share === wanted).length
  return {
    under_half: count('under_half'),
    about_half: count('about_half'),
    most: count('most'),
  }
}

/** `coach review --look --json` */
export function lookJson(rows: Rows, today: string) {
  const here = peopleHere(rows)
  const coached = here.filter(isCoached)
  return {
    today,
    figure_days: LOOK_BACK,
    not_seen: here
      .filter(({ relation }) => relation !== 'self')
      .filter((person) => daysFrom(waitingSince(rows, person), today) > cadenceOf(person))
      .map((person) => {
        const planned = plannedWith(rows, person.id)
        return {
          person: person.name,
          last_held_on: lastHeld(rows, person.id),
          days: daysFrom(waitingSince(rows, person), today),
          cadence_days: cadenceOf(person),
          planned_on: planned !== null && planned >= today ? planned : null,
        }
      }),
    never_coached: coached
      .filter(({ id }) => lastHeld(rows, id) !== null)
      .map(({ id, name }) => ({
        person: name,
        stages: neverNamed(rows, id, 'stage'),
        areas: neverNamed(rows, id, 'area'),
      }))
      .filter(({ stages, areas }) => stages.length > 0 || areas.length > 0),
    carried_often: openItems(rows)
      .filter(({ carried }) => carried >= OFTEN)
      .map(({ id, person_id: person, what, carried }) => ({
        id,
        person: personOf(rows, person).name,
        what,
        carried,
      })),
    no_stretch_goal: coached
      .filter(({ created_at: at }) => daysFrom(at.slice(0, 10), today) >= WITHOUT_STRETCH)
      .filter(({ id }) => !hasStretch(rows, today, id))
      .map(({ name }) => name),
    follow_through: { theirs: kept(rows, today, 'them'), yours: kept(rows, today, 'me') },
    praise: { last: praise(rows, today, 'last'), before: praise(rows, today, 'before') },
    talk_share: { last: talkShare(rows, today, 'last'), before: talkShare(rows, today, 'before') },
  }
}

/** `coach due --json`: what is due today is not overdue yet, nor is a conversation that has begun. */
export function dueJson(rows: Rows, today: string) {
  const items = openItems(rows).flatMap((item) => {
    const { id, owner, due_on: due, check_in_on: checkIn, what: text } = item
    const person = personOf(rows, item.person_id).name
    if (due !== null && due < today) return [{ what: 'action', id, on: due, person, owner, text }]
    if (checkIn === null || checkIn >= today) return []
    return [{ what: 'check-in', id, on: checkIn, person, owner, text }]
  })
  const talks = peopleHere(rows).flatMap(({ id, name: person }) => {
    const on = plannedWith(rows, id)
    if (on === null || on >= today || unfinishedWith(rows, id).length > 0) return []
    return [{ what: 'session', id: null, on, person, owner: 'me', text: 'the agreed conversation' }]
  })
  return [...items, ...talks].toSorted((a, b) =>
    a.on === b.on ? (a.id ?? 0) - (b.id ?? 0) : a.on < b.on ? -1 : 1,
  )
}

const isUnfinished = ({ status }: SessionRow) => status !== 'done' && status !== 'cancelled'
const isAboutArchived = (rows: Rows, { person_id: id }: { readonly person_id: number }) =>
  !isHere(personOf(rows, id))

function unfinishedWith(rows: Rows, personId: number): readonly SessionRow[] {
  return rows.sessions.filter((session) => session.person_id === personId && isUnfinished(session))
}

function personJson(rows: Rows, person: PersonRow) {
  return {
    id: person.id,
    uuid: person.uuid,
    name: person.name,
    relation: person.relation,
    role: person.role,
    leads_others: person.leads_others === 1,
    cadence_days: cadenceOf(person),
    archived: person.archived_at !== null,
    last_held_on: lastHeld(rows, person.id),
    open_items: openItems(rows, person.id).length,
    unfinished_sessions: unfinishedWith(rows, person.id).length,
  }
}

/** `coach people --json` */
export function peopleJson(rows: Rows) {
  return peopleHere(rows).map((person) => personJson(rows, person))
}

/** `coach --json` */
export function todayJson(rows: Rows, today: string) {
  const open = openItems(rows)
  const day = ({ held_on: held, planned_on: planned, created_at: created }: SessionRow) =>
    held ?? planned ?? created
  return {
    today,
    unfinished: rows.sessions
      .filter(isUnfinished)
      .filter((session) => !isAboutArchived(rows, session))
      .toSorted((a, b) => (day(a) === day(b) ? b.id - a.id : day(a) < day(b) ? 1 : -1))
      .map(({ id, uuid, person_id: person, guide, status, held_on, planned_on, created_at }) => ({
        id,
        uuid,
        person: personOf(rows, person).name,
        guide,
        status,
        held_on,
        planned_on,
        created_at,
      })),
    overdue: open
      .filter((item) => groupOf(item, today) === 'Overdue')
      .map((item) => itemJson(rows, today, item)),
    due_today: open
      .filter(({ due_on: due }) => due === today)
      .map((item) => itemJson(rows, today, item)),
    check_ins: open
      .filter((item) => groupOf(item, today) === 'Check-ins')
      .map((item) => itemJson(rows, today, item)),
    due_for_conversation: peopleHere(rows)
      .filter(({ relation }) => relation !== 'self')
      .filter(({ id }) => unfinishedWith(rows, id).length === 0)
      .filter((person) => {
        const planned = plannedWith(rows, person.id)
        return planned === null
          ? daysFrom(waitingSince(rows, person), today) >= cadenceOf(person)
          : planned <= today
      })
      .map((person) => ({
        ...personJson(rows, person),
        planned_on: plannedWith(rows, person.id),
      })),
    notes_waiting: rows.notes
      .filter(({ status }) => status === 'waiting')
      .filter((note) => !isAboutArchived(rows, note)).length,
    unsaved: [],
  }
}

const KINDS = ['commitment', 'obstacle', 'sub_goal', 'stretch', 'accountability']

/** `coach prep NAME --json`; questions are null where none are prepared, and the program suggests some. */
export function prepJson(rows: Rows, person: PersonRow) {
  const last = finishedWith(rows, person.id).at(-1)
  const next = unfinishedWith(rows, person.id).at(-1)
  const brief = ({ id, what, owner, due_on, status, carried }: ItemRow) => ({
    id,
    what,
    owner,
    due_on,
    status,
    carried,
  })
  const isLast = (item: ItemRow) => last !== undefined && item.session_id === last.id
  const ofNext = rows.answers.filter(
    ({ session_id: id, state, value }) => id === next?.id && state === 'answered' && value !== null,
  )
  const skills = rows.sessions
    .filter(({ person_id: id }) => id === person.id)
    .map(({ id }) => said(rows, id, 'skill'))
    .filter((skill) => skill !== null)
  const isPlace = (path: string) => path.startsWith('observation.') || path.startsWith('topics.')
  return {
    person: person.name,
    last_held_on: last?.held_on ?? null,
    planned_on: plannedWith(rows, person.id),
    session: next ? { id: next.id, status: next.status } : null,
    last_plan: rows.items.filter(isLast).toSorted(byDue).map(brief),
    promised: openItems(rows, person.id)
      .filter((item) => !isLast(item))
      .map(brief),
    topics: rows.notes
      .filter(({ session_id: id, status }) => next && id === next.id && status === 'topic')
      .map(({ id, text }) => ({ id, text })),
    notes_waiting: rows.notes.filter(
      ({ person_id: id, status }) => id === person.id && status === 'waiting',
    ).length,
    inbox: [],
    focus: skills.length > 0 ? { skill: skills.at(-1) } : null,
    // Where no stage, or no area, was ever named, none is held against anybody.
    never_coached:
      last && isCoached(person)
        ? (['stage', 'area'] as const).flatMap((place) => {
            const never = neverNamed(rows, person.id, place)
            return never.length === WORDS[`${place}s`].length ? [] : never
          })
        : [],
    saw: ofNext
      .filter(({ path, visibility }) => isPlace(path) && visibility === 'shared')
      .map(({ path, wording, value }) => ({ path, wording, value })),
    questions: next
      ? ofNext.flatMap(({ path, value }) => {
          const number = /\.questions\.(\d)\.question$/.exec(path)?.[1]
          return number === undefined ? [] : [{ kind: KINDS[Number(number) - 1], text: value }]
        })
      : null,
    prepared: next !== undefined,
    private: [],
  }
}
