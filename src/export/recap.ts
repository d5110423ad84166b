import type { BlockContent, ListItem, PhrasingContent, Root } from 'mdast'
import { ASK_TITLES } from '../conversation/turns/prompt-turns.ts'
import type { RecordEntry } from '../conversation/session-record.ts'
import { type Day, sayDay } from '../dates/day.ts'
import type { ActionItem } from '../model.ts'
import { FIELD_TITLES, MORE_FIELDS } from '../render/wording.ts'
import { type SessionPage, sayValue, type Titles } from '../render/conversation/session.ts'
import { writeMarkdown } from './write-markdown.ts'

/** A part of what the person may read: lines with a label, or things agreed with what belongs to each. */
interface Part {
  readonly title: string
  readonly lines: readonly Line[]
  readonly agreed: readonly { readonly text: string; readonly more: readonly Line[] }[]
}

interface Line {
  readonly label: string
  readonly text: string
}

/** How a recap can be written. */
export const RECAPS = { text: recapText, md: recapMarkdown } as const

/**
 * What the person may read, to be pasted into a mail or chat: the manager speaks as “me”. Give it a page made of shared
 * answers only.
 */
function recapText(page: SessionPage, today: Day): string {
  const blocks = partsOf(page, today).map(({ title, lines, agreed }) =>
    [
      title,
      ...agreed.flatMap(({ text, more }) => [
        `- ${indented(text)}`,
        ...more.map((one) => `  ${one.label}: ${indented(one.text)}`),
      ]),
      ...lines.map(({ label, text }) => `${label}: ${indented(text)}`),
    ].join('\n'),
  )
  return `${[titleOf(page, today), ...blocks].join('\n\n')}\n`
}

/** The recap as Markdown, written from a tree: no stored text can become a heading or a link. */
function recapMarkdown(page: SessionPage, today: Day): string {
  const children = partsOf(page, today).flatMap(({ title, lines, agreed }) => [
    heading(2, title),
    ...(agreed.length === 0
      ? []
      : [
          list(
            agreed.map(({ text, more }) =>
              item(
                text,
                more.map((one) => labelled(one)),
              ),
            ),
          ),
        ]),
    ...lines.map((line) => labelled(line)),
  ])
  const tree: Root = { type: 'root', children: [heading(1, titleOf(page, today)), ...children] }
  return writeMarkdown(tree, { isPage: false })
}

function titleOf({ session }: SessionPage, today: Day): string {
  return session.heldOn === null
    ? 'Our conversation'
    : `Our conversation on ${sayDay(session.heldOn, today)}`
}

function partsOf(page: SessionPage, today: Day): readonly Part[] {
  const { record, person, titles } = page
  const first = person.name.split(/\s+/)[0] ?? person.name
  const promised = record.promises.map(({ what, owner, outcome, to }) => ({
    text: `${owner === 'me' ? 'me' : first}: ${what ?? 'deleted since'}: ${outcome}${to === null ? '' : ` to ${sayDay(to, today)}`}`,
    more: [],
  }))
  const before: readonly Part[] =
    promised.length > 0
      ? [{ title: 'What became of our last plan', lines: [], agreed: promised }]
      : []
  return [
    ...before,
    ...record.steps.map((step) => ({
      title: step.round > 1 ? `${step.title} (${step.round})` : step.title,
      lines: [
        // A tick such as “said back” is the manager's own.
        ...step.entries
          .filter(({ kind }) => kind !== 'yes_no')
          .map((one) => ({ label: one.title, text: sayEntry(one, titles, today) })),
        ...step.questions.flatMap(({ kind, question, heard }) =>
          heard === null
            ? []
            : [
                { label: ASK_TITLES[kind], text: question },
                { label: 'Answer', text: heard },
              ],
        ),
      ],
      agreed: step.actions.map((one) => agreedWith(one, first, today)),
    })),
  ]
}

function sayEntry(entry: RecordEntry, titles: Titles, today: Day): string {
  return entry.kind === 'date' ? sayDay(entry.value, today) : sayValue(entry, titles, today)
}

function agreedWith(one: ActionItem, first: string, today: Day): Part['agreed'][number] {
  const who = one.owner === 'me' ? 'me' : first
  const due = one.due === null ? '' : `, by ${sayDay(one.due, today)}`
  const more = MORE_FIELDS.flatMap((field) => {
    const text = one[field]
    // A goal is kept by its number, which tells the person nothing.
    if (text === null || field === 'goal') return []
    const isDay = field === 'check_in'
    return [{ label: FIELD_TITLES[field], text: isDay ? sayDay(text, today) : text }]
  })
  return { text: `${who}: ${one.what}${due}`, more }
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n  ')
}

function heading(depth: 1 | 2, text: string) {
  return {
    type: 'heading',
    depth,
    children: [{ type: 'text', value: text }],
  } as const satisfies Root['children'][number]
}

function phrases(text: string): PhrasingContent[] {
  return text
    .trim()
    .split('\n')
    .flatMap((line, at): PhrasingContent[] => [
      ...(at > 0 ? [{ type: 'break' } as const] : []),
      { type: 'text', value: line.trim() },
    ])
}

function labelled({ label, text }: Line): BlockContent {
  const strong: PhrasingContent = {
    type: 'strong',
    children: [{ type: 'text', value: `${label}:` }],
  }
  return { type: 'paragraph', children: [strong, { type: 'text', value: ' ' }, ...phrases(text)] }
}

function item(text: string, more: BlockContent[]): ListItem {
  const nested: BlockContent[] =
    more.length > 0
      ? [list(more.map((one) => ({ type: 'listItem', spread: false, children: [one] })))]
      : []
  return {
    type: 'listItem',
    spread: false,
    children: [{ type: 'paragraph', children: phrases(text) }, ...nested],
  }
}

function list(children: ListItem[]): BlockContent {
  return { type: 'list', spread: false, children }
}
