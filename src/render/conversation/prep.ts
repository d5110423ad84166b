import { ASK_TITLES } from '../../conversation/turns/prompt-turns.ts'
import type { RecordEntry } from '../../conversation/session-record.ts'
import { sayDay } from '../../dates/day.ts'
import { largest } from '../../text/lists.ts'
import type { AskKind, Note, Person, Session } from '../../model.ts'
import { count } from '../../text/text.ts'
import { columns, type Style, wrap } from '../../output/layout.ts'
import { renderItem, type ReviewItem } from '../followup/review.ts'
import { sayValue, type Titles } from './session.ts'
import { sayAgo, STATUS_WORDS } from '../wording.ts'

/** What goes into the room: one screen. */
export interface PrepSheet {
  readonly person: Person
  readonly lastHeldOn: string | null
  /** The day agreed for the next conversation. */
  readonly plannedOn: string | null
  readonly session: Session | null
  /** What was agreed last time, and what became of it. */
  readonly lastPlan: readonly ReviewItem[]
  /** What else is open. */
  readonly open: readonly ReviewItem[]
  /** Notes that became a topic to raise. */
  readonly topics: readonly Note[]
  /** How many notes wait in the inbox. */
  readonly waiting: number
  /** Those notes; empty unless private lines were asked for. */
  readonly inbox: readonly Note[]
  /** The skill that the last conversations were about, by its id, and how it was rated, the oldest first. */
  readonly focus: { readonly skill: string; readonly ratings: readonly string[] } | null
  /** Stages and areas that no conversation was about, by their ids. */
  readonly never: readonly string[]
  readonly entries: readonly RecordEntry[]
  readonly questions: readonly { readonly kind: AskKind; readonly text: string }[]
  /** Whether the questions are prepared ones, or suggestions because none is. */
  readonly isPrepared: boolean
  /** Private lines; empty unless they were asked for. */
  readonly privateEntries: readonly RecordEntry[]
  readonly titles: Titles
}

/** The most action items of a kind that a sheet shows: it is one screen. */
const MOST = 4
/** The most stages and areas that it names. */
const MOST_NEVER = 6

/** The one-screen sheet. */
export function renderPrep(sheet: PrepSheet, style: Style): string {
  const { paint, width, today } = style
  const lines = (entries: readonly RecordEntry[]) =>
    columns(
      entries.map((one) => [`  ${one.title}`, sayValue(one, sheet.titles, today)]),
      width,
    )
  const items = (title: string, all: readonly ReviewItem[]) => {
    const shown = all.slice(0, MOST)
    const widest = largest(
      shown.map((item) => String(item.id).length),
      1,
    )
    const more = all.length - shown.length
    return (
      all.length > 0 && [
        paint.bold(title),
        ...shown.map((item) => renderItem(item, widest, style)),
        ...(more > 0 ? [paint.dim(`  and ${more} more: coach review`)] : []),
      ]
    )
  }
  const notes = (all: readonly Note[]) =>
    columns(
      all.map(({ text }) => ['  ·', text]),
      width,
    )
  const said = sayAround(sheet)
  const blocks = [
    [
      ...wrap(sayHead(sheet, today), width).map((one) => paint.bold(one)),
      ...(said.length > 0 ? [columns(said, width)] : []),
    ],
    items('Agreed last time', sheet.lastPlan),
    items(sheet.lastPlan.length > 0 ? 'Also open' : 'Promised', sheet.open),
    sheet.topics.length > 0 && [paint.bold('To raise'), notes(sheet.topics)],
    sheet.inbox.length > 0 && [paint.bold('Inbox (private)'), notes(sheet.inbox)],
    sheet.entries.length > 0 && [paint.bold(sayEntries(sheet.entries)), lines(sheet.entries)],
    sheet.questions.length > 0 && [
      paint.bold(sheet.isPrepared ? 'Questions to ask' : 'Questions that fit'),
      columns(
        sheet.questions.map(({ kind, text }) => [`  ${ASK_TITLES[kind]}`, text]),
        width,
      ),
    ],
    sheet.privateEntries.length > 0 && [paint.bold('For you alone'), lines(sheet.privateEntries)],
  ]
  return `${blocks
    .filter((block) => block !== false)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`
}

function sayHead({ person, lastHeldOn, plannedOn, session }: PrepSheet, today: string): string {
  return [
    person.name,
    lastHeldOn ? `last talked ${sayAgo(lastHeldOn, today)}` : 'first conversation',
    ...(plannedOn === null ? [] : [`agreed for ${sayDay(plannedOn, today)}`]),
    ...(session ? [STATUS_WORDS[session.status]] : []),
  ].join(' · ')
}

/** What is known beside the plan, one line each. */
function sayAround(sheet: PrepSheet): readonly (readonly string[])[] {
  const { focus, never, titles, waiting, inbox } = sheet
  const title = (id: string) => titles.get(id) ?? id
  const rated = focus && focus.ratings.length > 0 ? ` (rated ${focus.ratings.join(', ')})` : ''
  return [
    ...(focus === null ? [] : [['  Focus', `${title(focus.skill)}${rated}`]]),
    ...(never.length === 0 ? [] : [['  Never touched', sayNever(never.map(title))]]),
    ...(waiting === 0 || inbox.length > 0
      ? []
      : [
          [
            '  Inbox',
            `${count(waiting, 'note')}, private; --private shows ${waiting === 1 ? 'it' : 'them'}`,
          ],
        ]),
  ]
}

function sayNever(titles: readonly string[]): string {
  const more = titles.length - MOST_NEVER
  return more > 0 ? `${titles.slice(0, MOST_NEVER).join(', ')} and ${more} more` : titles.join(', ')
}

/** What the lines of a sheet are: observations, or what was prepared in another way. */
function sayEntries(entries: readonly RecordEntry[]): string {
  const isSeen = entries.every(({ path }) => path.startsWith('observation.'))
  return isSeen ? 'What you saw' : 'Prepared'
}

/** The shape of `coach prep --json`. */
export function prepJson(sheet: PrepSheet): object {
  const entries = (all: readonly RecordEntry[]) =>
    all.map(({ path, wording, value }) => ({ path, wording, value }))
  const items = (all: readonly ReviewItem[]) =>
    all.map(({ id, what, owner, due, status, carried }) => ({
      id,
      what,
      owner,
      due_on: due,
      status,
      carried,
    }))
  const notes = (all: readonly Note[]) => all.map(({ id, text }) => ({ id, text }))
  return {
    person: sheet.person.name,
    last_held_on: sheet.lastHeldOn,
    planned_on: sheet.plannedOn,
    session: sheet.session && { id: sheet.session.id, status: sheet.session.status },
    last_plan: items(sheet.lastPlan),
    promised: items(sheet.open),
    topics: notes(sheet.topics),
    notes_waiting: sheet.waiting,
    inbox: notes(sheet.inbox),
    focus: sheet.focus && { skill: sheet.focus.skill },
    never_coached: sheet.never,
    saw: entries(sheet.entries),
    questions: sheet.questions,
    prepared: sheet.isPrepared,
    private: entries(sheet.privateEntries),
  }
}
