import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { ItemRow, PersonRow, Rows, SessionRow } from './team-rows.ts'
import { daysFrom, daysLater } from './team-days.ts'

/**
 * What a review should say, worked out from the rows of a notebook by the rules as `coach review --why` words them, and
 * without a line of the program.
 */

/** The figures look back on so many days. */
export const LOOK_BACK = 90
/** So many days without a stretch goal, and somebody is named. */
export const WITHOUT_STRETCH = 45
/** Carried so often, an item is named. */
export const OFTEN = 3
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

export const isOpen = ({ status }: Pick<ItemRow, 'status'>) =>
  status === 'open' || status === 'part'
const isHere = (person: PersonRow) => person.archived_at === null
export const isCoached = (person: PersonRow) => person.relation === 'report'

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

export const byDue = (a: ItemRow, b: ItemRow) => {
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

export function finishedWith(rows: Rows, personId: number): readonly SessionRow[] {
  return rows.sessions
    .filter(({ person_id: id, status }) => id === personId && status === 'done')
    .toSorted((a, b) => ((a.held_on ?? '') < (b.held_on ?? '') ? -1 : 1))
}

export function lastHeld(rows: Rows, personId: number): string | null {
  return finishedWith(rows, personId).at(-1)?.held_on ?? null
}

export function plannedWith(rows: Rows, personId: number): string | null {
  const found = rows.nextSessions.find(
    ({ person_id: id, status }) => id === personId && status === 'planned',
  )
  return found?.planned_on ?? null
}

export function cadenceOf(person: PersonRow): number {
  return person.cadence_days ?? USUAL_CADENCE
}

/** Since when somebody has been waiting: the last conversation, or the day they were added. */
export function waitingSince(rows: Rows, person: PersonRow): string {
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
export function neverNamed(rows: Rows, personId: number, place: 'stage' | 'area') {
  const named = new Set(finishedWith(rows, personId).map(({ id }) => said(rows, id, place)))
  const all = place === 'stage' ? WORDS.stages : WORDS.areas
  return all.map(({ id }) => id).filter((id) => !named.has(id))
}

export function hasStretch(rows: Rows, today: string, personId: number): boolean {
  const from = daysLater(today, -WITHOUT_STRETCH)
  return rows.goals.some(
    ({ person_id: id, is_stretch: stretch, status, closed_at: at }) =>
      id === personId && stretch === 1 && (status === 'open' || (at ?? '').slice(0, 10) >= from),
  )
}

export function kept(rows: Rows, today: string, owner: ItemRow['owner']) {
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

export function praise(rows: Rows, today: string, when: 'last' | 'before') {
  const held = conversations(rows, today, when).filter(({ id }) => isAsked(rows, id, 'praise'))
  return {
    held: held.length,
    praised: held.filter(({ id }) => said(rows, id, 'praise') !== null).length,
  }
}

export function talkShare(rows: Rows, today: string, when: 'last' | 'before') {
  const shares = conversations(rows, today, when).map(({ id }) => said(rows, id, 'talk_share'))
  const count = (wanted: string) => shares.filter((share) => share === wanted).length
  return {
    under_half: count('under_half'),
    about_half: count('about_half'),
    most: count('most'),
  }
}

export const isUnfinished = ({ status }: SessionRow) => status !== 'done' && status !== 'cancelled'
export const isAboutArchived = (rows: Rows, { person_id: id }: { readonly person_id: number }) =>
  !isHere(personOf(rows, id))

export function unfinishedWith(rows: Rows, personId: number): readonly SessionRow[] {
  return rows.sessions.filter((session) => session.person_id === personId && isUnfinished(session))
}
