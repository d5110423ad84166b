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
  const { paint, width, today } = style
  if (page.isEmpty) return wrap(BEGIN, width).join('\n')
  const itemBlock = (title: string, items: readonly ReviewItem[]) => {
    const shown = items.slice(0, MOST)
    const idWidth = largest(
      shown.map((item) => String(item.id).length),
      1,
    )
    const more = items.length - shown.length
    return (
      items.length > 0 && [
        paint.bold(`${title} (${items.length})`),
        ...shown.map((item) => renderItem(item, idWidth, style)),
        ...(more > 0 ? [paint.dim(`  and ${more} more: coach review`)] : []),
      ]
    )
  }
  const blocks = [
    page.unfinished.length > 0 && [
      paint.bold('To finish'),
      columns(
        page.unfinished.map((one) => [
          `  ${one.person}`,
          `session ${one.id}, ${STATUS_WORDS[one.status]}`,
        ]),
        width,
      ),
    ],
    page.drafts.length > 0 && [
      paint.bold('Typed and not saved'),
      columns(
        page.drafts.map((one) => [`  ${one.person}`, `${sayMoment(one.at, today)} · ${one.next}`]),
        width,
      ),
    ],
    itemBlock('Overdue', page.overdue),
    itemBlock('Due today', page.dueToday),
    itemBlock('Check-ins', page.checkIns),
    page.due.length > 0 && [
      paint.bold('Due for a conversation'),
      columns(
        page.due.map((person) => [
          `  ${person.name}`,
          [
            person.lastHeldOn
              ? `last talked ${sayAgo(person.lastHeldOn, today)}`
              : 'not talked yet',
            ...(person.plannedOn === null ? [] : [`agreed for ${sayDay(person.plannedOn, today)}`]),
          ].join(' · '),
        ]),
        width,
      ),
    ],
    page.notes.length > 0 && [
      paint.bold(`Inbox (${total(page.notes)})`),
      ...wrap(sayNotes(page.notes), width - 2).map((line) => `  ${line}`),
    ],
  ].filter((block) => block !== false)
  if (blocks.length === 0)
    blocks.push(wrap('Nothing is overdue, and nobody is waiting.', width).concat(sayOpen(page)))
  const next = wrap(nextCommand(page), width).map((one) => paint.dim(one))
  return `${[...blocks, next].map((block) => block.join('\n')).join('\n\n')}\n`
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

/** A name as it is typed in a command: its first word where that is enough to type, else all of it in quotes. */
export function nameInCommand(name: string): string {
  const first = name.split(/\s+/)[0] ?? name
  const isPlain = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*$/u.test(first)
  return isPlain ? first.toLowerCase() : `"${name}"`
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
