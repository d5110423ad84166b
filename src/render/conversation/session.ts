import { FIELD_TITLES, MORE_FIELDS, sayField, sayAgo, sayDue, STATUS_WORDS } from '../wording.ts'
import { ASK_TITLES } from '../../conversation/turns/prompt-turns.ts'
import type {
  RecordEntry,
  PromiseRecord,
  SessionRecord,
  StepRecord,
} from '../../conversation/session-record.ts'
import { localDay, sayDay } from '../../dates/day.ts'
import { append } from '../../text/lists.ts'
import type { ActionItem, Person, Session } from '../../model.ts'
import type { Vocabulary } from '../../questions/bank/schema.ts'
import { hang, type Style, wrap } from '../../output/layout.ts'

/** All that a page about one session shows. */
export interface SessionPage {
  readonly session: Session
  readonly person: Person
  readonly record: SessionRecord
  readonly titles: Titles
  /** Ratings given before, by guide and path, the newest first; where there are none, no trend is shown. */
  readonly before?: ReadonlyMap<string, readonly { readonly value: string }[]>
}

/** The titles of choices by their ids (`discover` → `Discover`). */
export type Titles = ReadonlyMap<string, string>

/** The titles of a vocabulary, and of the choices that guides bring along. */
export function titlesOf(
  vocabulary: Vocabulary,
  guides: readonly {
    steps: readonly {
      prompts: readonly { choices?: readonly { id: string; title: string }[] | undefined }[]
    }[]
  }[],
): Titles {
  const own = guides.flatMap((guide) =>
    guide.steps.flatMap((step) => step.prompts.flatMap((prompt) => prompt.choices ?? [])),
  )
  const all = [...own, ...vocabulary.stages, ...vocabulary.areas, ...vocabulary.skills]
  return new Map(all.map(({ id, title }) => [id, title]))
}

/** A value as it is read: the title of a choice, a day in words, else the text itself. */
export function sayValue(
  entry: Pick<RecordEntry, 'kind' | 'value'>,
  titles: Titles,
  today: string,
): string {
  if (entry.kind === 'choice') return titles.get(entry.value) ?? entry.value
  if (entry.kind === 'date') return `${sayDay(entry.value, today)} (${entry.value})`
  if (entry.kind === 'rating') return `${entry.value} of 5`
  return entry.value
}

/** One line about a session: its number, whose it is, when, and how far it is. */
export function sessionLine(session: Session, person: string, today: string): string {
  const when = session.heldOn
    ? sayDay(session.heldOn, today)
    : session.plannedOn
      ? `planned for ${sayDay(session.plannedOn, today)}`
      : `begun ${sayAgo(localDay(session.createdAt), today)}`
  return `Session ${session.id} · ${person} · ${when} · ${STATUS_WORDS[session.status]}`
}

/** A whole session for the terminal, private lines marked. */
export function renderSession(page: SessionPage, style: Style): string {
  const { session, person, record } = page
  const { paint } = style
  const head = [
    ...wrap(sessionLine(session, person.name, style.today), style.width).map((one) =>
      paint.bold(one),
    ),
    paint.dim(session.guideTitle),
  ]
  const promises = record.promises.flatMap((one) => renderPromise(one, style))
  const inbox = record.inbox.flatMap(({ noteId, text, becomes }) => [
    hang(`  ${noteId}  `, text ?? 'deleted since', style.width),
    paint.dim(`${' '.repeat(String(noteId).length + 4)}${becomes} (private)`),
  ])
  const blocks = [
    ...(promises.length > 0 ? [[paint.bold('Promises'), ...promises]] : []),
    ...(inbox.length > 0 ? [[paint.bold('Inbox'), ...inbox]] : []),
    ...record.steps.map((step) => renderStep(step, page, style)),
  ]
  if (blocks.length === 0) blocks.push([paint.dim('Nothing is written down yet.')])
  return `${[head, ...blocks].map((block) => block.join('\n')).join('\n\n')}\n`
}

/** What was promised, and what became of it. */
export function renderPromise(promise: PromiseRecord, { paint, width, today }: Style): string[] {
  const mark = `  ${promise.itemId}  `
  const became = [
    promise.outcome,
    ...(promise.to ? [`to ${sayDay(promise.to, today)}`] : []),
    ...(promise.note ? [`${promise.note} (private)`] : []),
  ].join(' · ')
  return [
    hang(mark, promise.what ?? 'deleted since', width),
    paint.dim(hang(' '.repeat(mark.length), became, width)),
  ]
}

function renderStep(step: StepRecord, page: SessionPage, style: Style): string[] {
  const { paint, width, today } = style
  const { titles, session, before } = page
  const { rounds } = page.record
  const round = rounds > 1 && step.round > 0 ? ` (round ${step.round})` : ''
  const lines = [paint.bold(`${step.title}${round}`)]
  for (const item of step.actions) append(lines, renderAction(item, style))
  for (const entry of step.entries) {
    const marks = [
      ...(entry.isPlanned ? ['prepared, not said'] : []),
      ...(entry.visibility === 'private' ? ['private'] : []),
    ]
    const mark = marks.length > 0 ? ` (${marks.join(', ')})` : ''
    lines.push(paint.dim(hang('  ', entry.wording + mark, width)))
    const trend =
      entry.kind === 'rating' ? before?.get(`${session.guide}/${entry.path}`) : undefined
    const earlier = (trend ?? []).slice(0, 5).map(({ value }) => value)
    const since = earlier.length > 0 ? ` (before: ${earlier.join(', ')})` : ''
    lines.push(hang('    ', sayValue(entry, titles, today) + since, width))
  }
  for (const asked of step.questions) {
    const mark = asked.heard === null ? ' (prepared)' : ''
    lines.push(paint.dim(hang('  ', `${ASK_TITLES[asked.kind]}: ${asked.question}${mark}`, width)))
    if (asked.heard !== null) lines.push(hang('    ', asked.heard, width))
    if (asked.opened !== null) {
      lines.push(paint.dim(`    opened something up: ${asked.opened} (private)`))
    }
  }
  return lines
}

function renderAction(item: ActionItem, { paint, width, today }: Style): string[] {
  const who = item.owner === 'me' ? 'you' : 'them'
  const lines = [hang(`  ${item.id}  `, item.what, width)]
  const indent = ' '.repeat(String(item.id).length + 4)
  lines.push(paint.dim(hang(indent, `${who} · ${sayDue(item, today)} · ${item.status}`, width)))
  for (const field of MORE_FIELDS) {
    const text = sayField(item, field, today)
    if (text !== null) lines.push(hang(`${indent}${FIELD_TITLES[field]}: `, text, width))
  }
  return lines
}

/** The shape of `coach show --json`. */
export function sessionJson({ session, person, record }: SessionPage): object {
  return {
    id: session.id,
    uuid: session.uuid,
    person: person.name,
    guide: session.guide,
    status: session.status,
    held_on: session.heldOn,
    promises: record.promises.map(({ itemId, ...rest }) => ({ item: itemId, ...rest })),
    inbox: record.inbox.map(({ noteId, ...rest }) => ({ note: noteId, ...rest })),
    steps: record.steps.map((step) => ({
      round: step.round,
      step: step.id,
      answers: step.entries.map(({ path, wording, value, visibility, isPlanned }) => ({
        path,
        wording,
        value,
        visibility,
        planned: isPlanned,
      })),
      questions: step.questions,
      actions: step.actions.map((item) => ({
        id: item.id,
        what: item.what,
        owner: item.owner,
        due_on: item.due,
        status: item.status,
        ...Object.fromEntries(MORE_FIELDS.map((field) => [field, item[field]])),
      })),
    })),
  }
}
