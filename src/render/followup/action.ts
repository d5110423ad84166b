import { type Day, localDay, sayDay } from '../../dates/day.ts'
import type { ItemEvent } from '../../model.ts'
import type { NamedItem } from '../../notebook/store/actions.ts'
import { columns, type Style } from '../../output/layout.ts'
import { renderItem, reviewJson } from './review.ts'
import { FIELD_TITLES, MORE_FIELDS, sayField } from '../wording.ts'

/** An action item with what became of it. */
export interface ItemPage {
  readonly item: NamedItem
  readonly events: readonly ItemEvent[]
  /** Its place among the repetitions of a recurring item, where it is one. */
  readonly series?: { readonly before: number | null; readonly next: number | null }
}

/** All about one action item. */
export function renderItemPage({ item, events, series }: ItemPage, style: Style): string {
  const fields = MORE_FIELDS.flatMap((field) => {
    const text = sayField(item, field, style.today)
    return text === null ? [] : [[`     ${FIELD_TITLES[field]}`, text]]
  })
  const history = events.map((event) => [
    `     ${sayDay(localDay(event.at), style.today)}`,
    sayEvent(event, style.today),
  ])
  const blocks = [
    renderItem(item, String(item.id).length, style),
    ...(fields.length > 0 ? [columns(fields, style.width)] : []),
    ...(history.length > 0 ? [columns(history, style.width)] : []),
    ...saySeries(series).map((line) => style.paint.dim(line)),
  ]
  return `${blocks.join('\n')}\n`
}

function saySeries(series: ItemPage['series']): readonly string[] {
  if (!series) return []
  return [
    ...(series.before === null ? [] : [`     The one before: ${series.before}`]),
    ...(series.next === null ? [] : [`     The next one: ${series.next}`]),
  ]
}

function sayEvent(event: ItemEvent, today: Day): string {
  const due = event.dueTo === null ? 'no date' : sayDay(event.dueTo, today)
  const what =
    event.kind === 'created'
      ? `agreed, ${event.dueTo === null ? due : `due ${due}`}`
      : event.kind === 'carried'
        ? `carried to ${due}`
        : event.kind === 'edited'
          ? event.dueFrom === event.dueTo
            ? 'corrected'
            : `due changed to ${due}`
          : event.kind === 'checked'
            ? 'looked at half way'
            : event.statusTo === 'part'
              ? 'partly done'
              : event.statusTo
  // What else was corrected is no reason for the new day.
  const isAlso = event.kind === 'edited' && event.dueFrom !== event.dueTo
  const separator = isAlso ? '; also corrected: ' : ': '
  const where = event.sessionId === null ? '' : ` in session ${event.sessionId}`
  const undone =
    event.undoneAt === null ? '' : ` (taken back ${sayDay(localDay(event.undoneAt), today)})`
  return `${what}${where}${event.note === null ? '' : `${separator}${event.note}`}${undone}`
}

/** The shape of `coach action show --json`. */
export function itemJson({ item, events, series }: ItemPage, today: Day): object {
  return {
    ...reviewJson([item], today)[0],
    ...Object.fromEntries(
      MORE_FIELDS.map((field) => [field === 'check_in' ? 'check_in_on' : field, item[field]]),
    ),
    created_at: item.createdAt,
    closed_at: item.closedAt,
    history: events.map((event) => ({
      at: event.at,
      kind: event.kind,
      status: event.statusTo,
      due_on: event.dueTo,
      note: event.note,
      session: event.sessionId,
      undone_at: event.undoneAt,
    })),
    follows: item.followsId,
    next: series?.next ?? null,
  }
}
