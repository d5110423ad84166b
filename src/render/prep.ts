import { ASK_TITLES } from '../conversation/prompt-turns.ts'
import type { Entry } from '../conversation/record.ts'
import type { AskKind, Person, Session } from '../model.ts'
import type { NamedItem } from '../notebook/actions.ts'
import { columns, type Style, wrap } from './layout.ts'
import { renderItem } from './review.ts'
import { sayValue, type Titles } from './session.ts'
import { sayAgo, STATUS_WORDS } from './words.ts'

/** What goes into the room: one screen. */
export interface PrepSheet {
  readonly person: Person
  readonly lastHeldOn: string | null
  readonly session: Session | null
  readonly items: readonly NamedItem[]
  readonly entries: readonly Entry[]
  readonly questions: readonly { readonly kind: AskKind; readonly text: string }[]
  /** Whether the questions are prepared ones, or suggestions because nothing is prepared. */
  readonly isPrepared: boolean
  /** Private lines; empty unless they were asked for. */
  readonly privateEntries: readonly Entry[]
  readonly titles: Titles
}

/** The one-screen sheet. */
export function renderPrep(sheet: PrepSheet, style: Style): string {
  const { paint, width, today } = style
  const status = sheet.session ? ` · ${STATUS_WORDS[sheet.session.status]}` : ''
  const last = sheet.lastHeldOn
    ? `last talked ${sayAgo(sheet.lastHeldOn, today)}`
    : 'first conversation'
  const idWidth = Math.max(1, ...sheet.items.map((item) => String(item.id).length))
  const lines = (entries: readonly Entry[]) =>
    columns(
      entries.map((one) => [`  ${one.title}`, sayValue(one, sheet.titles, today)]),
      width,
    )
  const blocks = [
    wrap(`${sheet.person.name} · ${last}${status}`, width).map((one) => paint.bold(one)),
    sheet.items.length > 0 && [
      paint.bold('Promised'),
      ...sheet.items.map((item) => renderItem(item, idWidth, style)),
    ],
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

/** What the lines of a sheet are: observations, or what was prepared in another way. */
function sayEntries(entries: readonly Entry[]): string {
  const isSeen = entries.every(({ path }) => path.startsWith('observation.'))
  return isSeen ? 'What you saw' : 'Prepared'
}

/** The shape of `coach prep --json`. */
export function prepJson(sheet: PrepSheet): object {
  const entries = (all: readonly Entry[]) =>
    all.map(({ path, wording, value }) => ({ path, wording, value }))
  return {
    person: sheet.person.name,
    last_held_on: sheet.lastHeldOn,
    session: sheet.session && { id: sheet.session.id, status: sheet.session.status },
    promised: sheet.items.map(({ id, what, owner, due, status, carried }) => ({
      id,
      what,
      owner,
      due_on: due,
      status,
      carried,
    })),
    saw: entries(sheet.entries),
    questions: sheet.questions,
    prepared: sheet.isPrepared,
    private: entries(sheet.privateEntries),
  }
}
