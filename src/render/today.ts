import type { NamedItem } from '../notebook/actions.ts'
import type { PersonSummary } from '../notebook/people.ts'
import type { SessionSummary } from '../notebook/sessions.ts'
import { count } from '../text.ts'
import { columns, type Style, wrap } from './layout.ts'
import { personJson } from './people.ts'
import { renderItem, reviewJson } from './review.ts'
import { historyJson } from './history.ts'
import { sayAgo, STATUS_WORDS } from './words.ts'

export interface TodayPage {
  readonly isEmpty: boolean
  readonly unfinished: readonly SessionSummary[]
  readonly overdue: readonly NamedItem[]
  /** How many action items are open in all. */
  readonly open: number
  /** What to type next: a command about the first who waits, or null. */
  readonly next: string | null
  /** People whose last conversation is longer ago than agreed. */
  readonly due: readonly PersonSummary[]
}

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
  const idWidth = Math.max(1, ...page.overdue.map((item) => String(item.id).length))
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
    page.overdue.length > 0 && [
      paint.bold(`Overdue (${page.overdue.length})`),
      ...page.overdue.map((item) => renderItem(item, idWidth, style)),
    ],
    page.due.length > 0 && [
      paint.bold('Due for a conversation'),
      columns(
        page.due.map((person) => [
          `  ${person.name}`,
          person.lastHeldOn ? `last talked ${sayAgo(person.lastHeldOn, today)}` : 'not talked yet',
        ]),
        width,
      ),
    ],
  ].filter((block) => block !== false)
  if (blocks.length === 0)
    blocks.push(wrap('Nothing is overdue, and nobody is waiting.', width).concat(sayOpen(page)))
  const next = wrap(nextCommand(page), width).map((one) => paint.dim(one))
  return `${[...blocks, next].map((block) => block.join('\n')).join('\n\n')}\n`
}

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
    due_for_conversation: page.due.map(personJson),
  }
}
