import type { BlockContent, ListItem, PhrasingContent, Root, RootContent } from 'mdast'
import { ASK_TITLES } from '../conversation/turns/prompt-turns.ts'
import type { StepRecord } from '../conversation/session-record.ts'
import { sayDay } from '../dates/day.ts'
import { type ActionItem, type Goal, isOpen } from '../model.ts'
import { FIELD_TITLES, MORE_FIELDS, sayField, STATUS_WORDS } from '../render/wording.ts'
import { type SessionPage, sayValue, type Titles } from '../render/conversation/session.ts'
import { oneLine } from '../text/text.ts'
import type { ExportBook, ExportPerson } from './export-data.ts'

/** What stands above an export: each line a name and a text. */
export type Front = Readonly<Record<string, string | number>>

/** What an export says about itself. */
export function frontOf(book: ExportBook): Front {
  return {
    coach: book.what,
    ...(book.person ? { person: book.person } : {}),
    ...(book.session ? sessionFront(book.session) : {}),
    visibility: book.isShared ? 'shared' : 'everything, private lines included',
    exported_on: book.today,
  }
}

/** An export as a tree: headings by step, action items as task-list items. Stored text is only ever text in it. */
export function treeOf(book: ExportBook): Root {
  const children: RootContent[] = book.session
    ? sessionNodes(book.session, 1, book)
    : book.people.flatMap((one) => personNodes(one, book))
  return { type: 'root', children }
}

function sessionFront({ session, person }: SessionPage): Front {
  return {
    person: person.name,
    session: session.id,
    uuid: session.uuid,
    guide: session.guide,
    status: session.status,
    ...(session.heldOn ? { held_on: session.heldOn } : {}),
  }
}

function personNodes(one: ExportPerson, book: ExportBook): RootContent[] {
  const open = one.items.filter((item) => isOpen(item.status))
  return [
    heading(1, one.person.name),
    ...(open.length > 0 ? [heading(2, 'Open action items'), taskList(open, book.today)] : []),
    ...(one.goals.length > 0 ? [heading(2, 'Goals'), lineList(one.goals.map(sayGoal))] : []),
    ...(one.notes.length > 0
      ? [heading(2, 'Inbox (private)'), lineList(one.notes.map(({ text }) => text))]
      : []),
    ...one.sessions.flatMap((page) => sessionNodes(page, 2, book)),
  ]
}

function sayGoal({ what, isStretch, due, status }: Goal): string {
  const about = [
    ...(isStretch ? ['stretch'] : []),
    ...(due === null ? [] : [`by ${due}`]),
    ...(status === 'open' ? [] : [status]),
  ]
  return about.length > 0 ? `${what} (${about.join(', ')})` : what
}

function lineList(lines: readonly string[]): RootContent {
  const children = lines.map((line) => listItem(prose(line)))
  return { type: 'list', spread: false, children }
}

type Depth = 1 | 2 | 3 | 4

function sessionNodes(page: SessionPage, depth: 1 | 2, book: ExportBook): RootContent[] {
  const { session, person, record, titles } = page
  const when = session.heldOn
    ? `${sayDay(session.heldOn, book.today)} (${session.heldOn})`
    : STATUS_WORDS[session.status]
  const head = depth === 1 ? `${person.name}, ${when}` : `Session ${session.id}, ${when}`
  const promises = record.promises.map(({ what, outcome, note, to }) =>
    listItem([
      paragraph(
        [outcome, to && `to ${to}`, note && `${note} (private)`].filter(Boolean).join(', '),
        `${what ?? 'Deleted since'}: `,
      ),
    ]),
  )
  return [
    heading(depth, head),
    ...(promises.length > 0
      ? [
          heading(deeper(depth), 'Promises'),
          { type: 'list', spread: false, children: promises } as const,
        ]
      : []),
    ...(record.inbox.length > 0
      ? [
          heading(deeper(depth), 'Inbox'),
          {
            type: 'list',
            spread: false,
            children: record.inbox.map(({ text, becomes }) =>
              listItem([paragraph(`${becomes} (private)`, `${text ?? 'Deleted since'}: `)]),
            ),
          } as const,
        ]
      : []),
    ...record.steps.flatMap((step) => stepNodes(step, record.rounds, deeper(depth), titles, book)),
  ]
}

function deeper(depth: Depth): Depth {
  return depth === 1 ? 2 : depth === 2 ? 3 : 4
}

function stepNodes(
  step: StepRecord,
  rounds: number,
  depth: Depth,
  titles: Titles,
  book: ExportBook,
): RootContent[] {
  const round = rounds > 1 && step.round > 0 ? ` (round ${step.round})` : ''
  return [
    heading(depth, `${step.title}${round}`),
    ...(step.actions.length > 0 ? [taskList(step.actions, book.today)] : []),
    ...step.entries.flatMap((entry) => {
      const marks = [
        ...(entry.isPlanned ? ['prepared, not said'] : []),
        ...(entry.visibility === 'private' ? ['private'] : []),
      ]
      const mark = marks.length > 0 ? ` (${marks.join(', ')})` : ''
      return [strong(entry.wording + mark), ...prose(sayValue(entry, titles, book.today))]
    }),
    ...step.questions.flatMap((asked) => [
      strong(`${ASK_TITLES[asked.kind]}: ${asked.question}`),
      ...(asked.heard === null ? [] : prose(asked.heard)),
      ...(asked.opened === null ? [] : prose(`Opened something up: ${asked.opened} (private)`)),
    ]),
  ]
}

function taskList(items: readonly ActionItem[], today: string): RootContent {
  return {
    type: 'list',
    spread: false,
    children: items.map((item) => {
      const about = [
        item.due === null ? 'no date' : `due ${item.due}`,
        item.owner === 'me' ? 'me' : 'them',
        ...(item.status === 'open' || item.status === 'done' ? [] : [item.status]),
      ].join(', ')
      const more = MORE_FIELDS.flatMap((field) => {
        const text = sayField(item, field, today)
        return text === null ? [] : [listItem([paragraph(text, `${FIELD_TITLES[field]}: `)])]
      })
      const nested: BlockContent[] =
        more.length > 0 ? [{ type: 'list', spread: false, children: more }] : []
      return {
        ...listItem([paragraph(`${item.what} (${about})`), ...nested]),
        checked: item.status === 'done',
      }
    }),
  }
}

export function listItem(children: BlockContent[]): ListItem {
  return { type: 'listItem', spread: false, children }
}

export function heading(depth: Depth, text: string): RootContent {
  return { type: 'heading', depth, children: [{ type: 'text', value: oneLine(text) }] }
}

export function strong(text: string): RootContent {
  const value = { type: 'text', value: oneLine(text) } as const
  return { type: 'paragraph', children: [{ type: 'strong', children: [value] }] }
}

export function paragraph(text: string, label = ''): BlockContent {
  return { type: 'paragraph', children: [{ type: 'text', value: label + oneLine(text) }] }
}

/** Text of several lines: blank lines part paragraphs, single ones are kept as line breaks. */
export function prose(text: string): BlockContent[] {
  return text
    .trim()
    .split(/\n(?:[ \t]*\n)+/)
    .map((block) => ({
      type: 'paragraph',
      children: block
        .split('\n')
        .flatMap((line, at): PhrasingContent[] => [
          ...(at > 0 ? [{ type: 'break' } as const] : []),
          { type: 'text', value: line.trim() },
        ]),
    }))
}
