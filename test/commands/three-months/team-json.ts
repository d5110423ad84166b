import type { ItemRow, PersonRow, Rows, SessionRow } from './team-rows.ts'
import {
  LOOK_BACK,
  OFTEN,
  WITHOUT_STRETCH,
  WORDS,
  byDue,
  cadenceOf,
  finishedWith,
  groupOf,
  hasStretch,
  isAboutArchived,
  isCoached,
  isUnfinished,
  kept,
  lastHeld,
  neverNamed,
  openItems,
  peopleHere,
  personOf,
  plannedWith,
  praise,
  said,
  talkShare,
  unfinishedWith,
  waitingSince,
} from './team-figures.ts'
import { daysFrom } from './team-days.ts'

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
