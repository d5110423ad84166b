import type { BlockContent, Root, RootContent } from 'mdast'
import { sayDay } from '../dates/day.ts'
import { FIELD_TITLES, MORE_FIELDS } from '../render/wording.ts'
import { sayValue, type Titles } from '../render/conversation/session.ts'
import type { Dossier, KeptAnswer, KeptEvent } from './personal-data.ts'
import { type Front, heading, listItem, paragraph, prose, strong } from './page-tree.ts'

/** What stands above such a page. */
export function frontOfEverything(dossier: Dossier): Front {
  return {
    coach: 'everything',
    person: dossier.person.name,
    visibility: 'everything, private lines included; names of other people taken out',
    from: dossier.since,
    exported_on: dossier.exported_on,
  }
}

/** All that is kept about a person as a tree. */
export function treeOfEverything(dossier: Dossier, titles: Titles): Root {
  const { person, since, exported_on: today } = dossier
  const about = `All that this notebook keeps about ${person.name}, private lines included, from ${since} to ${today}. The names of other people in the notebook are taken out, as “(somebody)”. A name that the notebook does not know may still stand in a text: read this page before you hand it on.`
  const children: RootContent[] = [
    heading(1, `Everything kept about ${person.name}`),
    ...prose(about),
    ...part('The person', factsOf(dossier)),
    ...sessionsOf(dossier, titles),
    ...part(
      'Action items',
      dossier.action_items.map((item) => itemOf(item, today)),
    ),
    ...part('Goals', dossier.goals.map(goalOf)),
    ...part(
      'Notes in the inbox',
      dossier.notes.map(({ id, written_on: day, status, text }) => [
        paragraph(`Note ${id}, ${day}, ${status}`),
        ...prose(text),
      ]),
    ),
    ...part(
      'Opportunities',
      dossier.opportunities.map(({ id, name, stage, closed_on: closed }) => [
        paragraph(
          said([`${id}: ${name}`, stage && `stage ${stage}`, closed && `closed ${closed}`]),
        ),
      ]),
    ),
    ...part(
      'Next conversations that were agreed',
      dossier.agreed_conversations.map(({ planned_on: day, status, moved }) => [
        paragraph(said([day, status, moved > 0 && `moved ${moved} times`])),
      ]),
    ),
    ...part(
      'Days that a calendar was told to take out',
      dossier.days_called_off.map(({ day, at }) => [paragraph(`${day}, since ${at}`)]),
    ),
    ...part(
      `Where what is kept about others speaks of ${person.name}`,
      dossier.mentions.map((one) => [
        paragraph(
          said([
            one.day,
            one.session === null ? `${one.kind} ${one.id}` : `session ${one.session} (${one.kind})`,
            `about ${one.about}`,
          ]),
        ),
      ]),
    ),
  ]
  return { type: 'root', children }
}

function part(title: string, items: readonly BlockContent[][]): RootContent[] {
  if (items.length === 0) return []
  return [heading(2, title), { type: 'list', spread: false, children: items.map(listItem) }]
}

function factsOf({ person }: Dossier): BlockContent[][] {
  const facts = [
    `Relation: ${person.relation}`,
    person.role !== null && `Role: ${person.role}`,
    person.leads_others && 'Leads others',
    person.cadence_days !== null && `Days between conversations: ${person.cadence_days}`,
    `In the notebook since ${person.added_on}`,
    person.archived_on !== null && `In the archive since ${person.archived_on}`,
  ]
  return facts.flatMap((fact) => (fact === false ? [] : [[paragraph(fact)]]))
}

function sessionsOf({ sessions, exported_on: today }: Dossier, titles: Titles): RootContent[] {
  if (sessions.length === 0) return []
  return [
    heading(2, 'Conversations'),
    ...sessions.flatMap((session) => [
      heading(3, `Session ${session.id}, ${session.held_on ?? `begun ${session.begun_on}`}`),
      paragraph(
        said([
          session.guide,
          session.status,
          session.planned_on && `planned for ${session.planned_on}`,
        ]),
      ),
      // What was asked and never answered holds nothing about anybody; the JSON names it.
      ...session.answers
        .filter(({ value, unfinished }) => value !== null || unfinished !== null)
        .flatMap((answer) => answerNodes(answer, titles, today)),
    ]),
  ]
}

const STATES: Readonly<Record<string, string>> = { skipped: 'passed over', later: 'left for later' }

function answerNodes(answer: KeptAnswer, titles: Titles, today: string): RootContent[] {
  const { kind, value, unfinished, item, round, pass, state, visibility } = answer
  const marks = said([
    item !== null && `action item ${item}`,
    round > 1 && `round ${round}`,
    pass === 'prepare' && 'prepared',
    STATES[state],
    visibility === 'private' && 'private',
  ])
  return [
    strong(`${answer.wording}${marks === '' ? '' : ` (${marks})`}`),
    ...(value === null ? [] : prose(sayValue({ kind, value }, titles, today))),
    ...(unfinished === null ? [] : prose(`Not finished: ${unfinished}`)),
  ]
}

function itemOf(item: Dossier['action_items'][number], today: string): BlockContent[] {
  const more = MORE_FIELDS.flatMap((field) => {
    const text = field === 'check_in' ? item.check_in_on : item[field]
    return text === null ? [] : [listItem([paragraph(text, `${FIELD_TITLES[field]}: `)])]
  })
  const history = item.history.map((event) => listItem([paragraph(eventOf(event))]))
  const head = said([
    item.owner === 'me' ? 'yours' : 'theirs',
    item.due_on === null ? 'no date' : `due ${sayDay(item.due_on, today)} (${item.due_on})`,
    item.status,
    item.session !== null && `session ${item.session}`,
    item.carried > 0 && `carried ${item.carried}`,
  ])
  const nested = [...more, ...history]
  return [
    paragraph(`${item.id}: ${item.what} (${head})`),
    ...(nested.length === 0 ? [] : [{ type: 'list', spread: false, children: nested } as const]),
  ]
}

function goalOf(goal: Dossier['goals'][number]): BlockContent[] {
  const head = said([
    goal.status,
    goal.stretch && 'stretch',
    goal.part_of !== null && `part of goal ${goal.part_of}`,
    goal.due_on && `by ${goal.due_on}`,
    `since ${goal.created_on}`,
    goal.closed_on && `closed ${goal.closed_on}`,
  ])
  const history = goal.history.map((event) =>
    listItem([
      paragraph(eventOf({ ...event, kind: 'status', due_from: null, due_to: null, note: null })),
    ]),
  )
  return [
    paragraph(`${goal.id}: ${goal.what} (${head})`),
    ...(history.length === 0 ? [] : [{ type: 'list', spread: false, children: history } as const]),
  ]
}

function eventOf(event: KeptEvent): string {
  return said([
    event.at,
    event.kind,
    event.status_from === null
      ? event.status_to
      : event.status_from !== event.status_to && `${event.status_from} to ${event.status_to}`,
    event.due_from !== event.due_to &&
      `due ${event.due_from ?? 'no date'} to ${event.due_to ?? 'no date'}`,
    event.note,
    event.taken_back_at !== null && `taken back ${event.taken_back_at}`,
  ])
}

function said(parts: readonly (string | number | null | false | undefined)[]): string {
  return parts.filter((one) => typeof one === 'string' && one !== '').join(', ')
}
