import { type Day, localDay, sayDay } from '../dates.ts'
import type { ItemEvent } from '../model.ts'
import type { NamedItem } from '../notebook/actions.ts'
import { columns, type Style } from './layout.ts'
import { renderItem, reviewJson } from './review.ts'
import { FIELD_TITLES, MORE_FIELDS } from './session.ts'

/** An action item with what became of it. */
export interface ItemPage {
  readonly item: NamedItem
  readonly events: readonly ItemEvent[]
}

/** All about one action item. */
export function renderItemPage({ item, events }: ItemPage, style: Style): string {
  const fields = MORE_FIELDS.flatMap((field) => {
    const text = item[field]
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
  ]
  return `${blocks.join('\n')}\n`
}

function sayEvent(event: ItemEvent, today: Day): string {
  const due = event.dueTo === null ? 'no date' : sayDay(event.dueTo, today)
  const what =
    event.kind === 'created'
      ? `agreed, ${event.dueTo === null ? due : `due ${due}`}`
      : event.kind === 'carried'
        ? `carried to ${due}`
        : event.kind === 'edited'
          ? `due changed to ${due}`
          : event.statusTo === 'part'
            ? 'partly done'
            : event.statusTo
  const where = event.sessionId === null ? '' : ` in session ${event.sessionId}`
  return `${what}${where}${event.note === null ? '' : `: ${event.note}`}`
}

/** The shape of `coach action show --json`. */
export function itemJson({ item, events }: ItemPage, today: Day): object {
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
    })),
  }
}
