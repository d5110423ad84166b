import { type Day, sayDay, sayMoment } from '../../dates/day.ts'
import type { PersonSummary } from '../../notebook/store/people.ts'
import type { SessionSummary } from '../../notebook/store/sessions.ts'
import { largest } from '../../text/lists.ts'
import { count } from '../../text/text.ts'
import { columns, type Style, wrap } from '../../output/layout.ts'
import { personJson } from '../people/people.ts'
import { renderItem, type ReviewItem, reviewJson } from '../followup/review.ts'
import { historyJson } from './history.ts'
import { sayAgo, STATUS_WORDS } from '../wording.ts'

export interface TodayPage {
  readonly isEmpty: boolean
  readonly unfinished: readonly SessionSummary[]
  /** What was being typed when the program ended. */
  readonly drafts: readonly UnsavedText[]
  readonly overdue: readonly ReviewItem[]
  /** Items whose day is today. */
  readonly dueToday: readonly ReviewItem[]
  /** Items that wait for the look half way. */
  readonly checkIns: readonly ReviewItem[]
  /** How many notes wait in the inbox, for whom. */
  readonly notes: readonly { readonly person: string; readonly n: number }[]
  /** How many action items are open in all. */
  readonly open: number
  /** What to type next: a command about the first who waits, or null. */
  readonly next: string | null
  /** People with whom a conversation is due: its day has come, or the last one is as long ago as agreed. */
  readonly due: readonly (PersonSummary & { readonly plannedOn: Day | null })[]
}

/** A text that was typed and not saved, and the command that offers it again. */
export interface UnsavedText {
  readonly person: string
  readonly at: string
  readonly next: string
}

/** The most items of a kind on the page: it is read at a glance. */
const MOST = 8

const BEGIN = `coach helps you prepare a one-on-one and keep what was agreed.

Begin with somebody you will talk to this week:

  coach session ana

Look round first, on a throw-away notebook:

  coach demo

Everything stays in one file on this machine. coach --help shows all commands.
`

/** The page of a bare `coach`. */
export function renderToday(page: TodayPage, style: Style): string {
  const { paint, width } = style
  if (page.isEmpty) return wrap(BEGIN, width).join('\n')
  const blocks = blocksOf(page, style).filter((block) => block.length > 0)
  if (blocks.length === 0)
    blocks.push(wrap('Nothing is overdue, and nobody is waiting.', width).concat(sayOpen(page)))
  const next = wrap(nextCommand(page), width).map((one) => paint.dim(one))
  return `${[...blocks, next].map((block) => block.join('\n')).join('\n\n')}\n`
}

/** Some lines with their heading; none where there is nothing to say. */
type Block = readonly string[]

/** The blocks of the page, in the order in which they matter. */
function blocksOf(page: TodayPage, style: Style): Block[] {
  const { today, width } = style
  const unfinished = page.unfinished.map((one) => [
    `  ${one.person}`,
    `session ${one.id}, ${STATUS_WORDS[one.status]}`,
  ])
  const drafts = page.drafts.map((one) => [
    `  ${one.person}`,
    `${sayMoment(one.at, today)} · ${one.next}`,
  ])
  const due = page.due.map((one) => [`  ${one.name}`, sayDueForTalk(one, today)])
  const notes = page.notes.length > 0 ? wrap(sayNotes(page.notes), width - 2) : []
  return [
    tableBlock('To finish', unfinished, style),
    tableBlock('Typed and not saved', drafts, style),
    itemBlock('Overdue', page.overdue, style),
    itemBlock('Due today', page.dueToday, style),
    itemBlock('Check-ins', page.checkIns, style),
    tableBlock('Due for a conversation', due, style),
    block(
      `Inbox (${total(page.notes)})`,
      notes.map((line) => `  ${line}`),
      style,
    ),
  ]
}

function block(title: string, lines: readonly string[], { paint }: Style): Block {
  return lines.length > 0 ? [paint.bold(title), ...lines] : []
}

function tableBlock(title: string, rows: readonly (readonly string[])[], style: Style): Block {
  return block(title, rows.length > 0 ? [columns(rows, style.width)] : [], style)
}

function itemBlock(title: string, items: readonly ReviewItem[], style: Style): Block {
  const shown = items.slice(0, MOST)
  const idWidth = largest(
    shown.map((item) => String(item.id).length),
    1,
  )
  const lines = shown.map((item) => renderItem(item, idWidth, style))
  const more = items.length - shown.length
  if (more > 0) lines.push(style.paint.dim(`  and ${more} more: coach review`))
  return block(`${title} (${items.length})`, lines, style)
}

function sayDueForTalk(person: TodayPage['due'][number], today: string): string {
  const talked = person.lastHeldOn
    ? `last talked ${sayAgo(person.lastHeldOn, today)}`
    : 'not talked yet'
  return person.plannedOn === null
    ? talked
    : `${talked} · agreed for ${sayDay(person.plannedOn, today)}`
}

/** `about Ana Silva (2), Ben Okafor: coach note --list`. */
function sayNotes(notes: TodayPage['notes']): string {
  const said = notes.map(({ person, n }) => (n === 1 ? person : `${person} (${n})`))
  return `about ${said.join(', ')}: coach note --list`
}

const total = (notes: TodayPage['notes']) => notes.reduce((sum, { n }) => sum + n, 0)

function sayOpen({ open }: TodayPage): readonly string[] {
  return open === 0 ? [] : [`${count(open, 'action item')} open: coach review`]
}

function nextCommand(page: TodayPage): string {
  if (page.next !== null) return `Next: ${page.next}`
  return page.overdue.length > 0
    ? 'Next: coach review, then done, part, missed, drop or carry'
    : 'Next: coach session NAME'
}

/** The shape of `coach --json`. */
export function todayJson(page: TodayPage, today: string): object {
  return {
    today,
    unfinished: page.unfinished.map(historyJson),
    overdue: reviewJson(page.overdue, today),
    due_today: reviewJson(page.dueToday, today),
    check_ins: reviewJson(page.checkIns, today),
    due_for_conversation: page.due.map((one) => ({
      ...personJson(one),
      planned_on: one.plannedOn,
    })),
    notes_waiting: total(page.notes),
    unsaved: page.drafts.map(({ person, at, next }) => ({ person, at, next })),
  }
}
