import { sayDay } from '../../dates/day.ts'
import { usageError } from '../../errors.ts'
import { isOpen, type Outcome } from '../../model.ts'
import type { NamedItem } from '../../notebook/store/actions.ts'
import { sayList, sayCarried } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { readDayAhead } from '../../ask/flags/future-day.ts'
import { findItem } from '../lookup.ts'
import { tell } from '../../output/print.ts'

const SAID = {
  done: 'Done',
  part: 'Partly done, still open',
  missed: 'Missed',
  dropped: 'Dropped',
  carried: 'Carried',
} as const satisfies Record<Outcome, string>

/** Flags of `coach done`, `part`, `missed` and `drop`. */
export interface SettleOptions {
  readonly note?: string
}

/** Flags of `coach carry`. */
export interface CarryOptions extends SettleOptions {
  readonly to: string
  readonly past?: boolean
}

/** `coach done|part|missed|drop|carry ID…`: all of them, or none when one cannot be settled. */
export async function run(
  world: World,
  outcome: Outcome,
  ids: readonly string[],
  options: SettleOptions & Partial<CarryOptions>,
): Promise<void> {
  const before = await world.read()
  const named = ids.map((id) => findItem(before, id, ' Nothing was changed.'))
  const items = [...new Map(named.map((item) => [item.id, item])).values()]
  const closed = items.filter((item) => !isOpen(item.status))
  if (closed.length > 0) {
    const said = closed.map((item) => `${item.id} (${item.status})`)
    throw usageError(
      `Already closed: action item ${sayList(said)}. Nothing was changed.`,
      `See its history with: coach action show ${closed[0]?.id}`,
    )
  }
  const day = options.to === undefined ? null : await readDayAhead(world, options.to, options.past)

  const notebook = await world.open()
  const settled = notebook.write(() =>
    items.map((item) => {
      const next = notebook.actions.settle(item.id, outcome, {
        note: options.note ?? null,
        to: day,
      })
      return { item, next: next === null ? null : (notebook.actions.get(next) ?? null) }
    }),
  )
  tell(world, settled, (all, style) =>
    all.map(({ item, next }) => line(outcome, item, day, next, style.today)).join(''),
  )
}

function line(
  outcome: Outcome,
  item: NamedItem,
  to: string | null,
  next: NamedItem | null,
  today: string,
): string {
  const day = to === null ? '' : ` to ${sayDay(to, today)}`
  const often =
    outcome === 'carried' && item.carried > 0 ? `, ${sayCarried(item.carried + 1)} now` : ''
  const due = next?.due ? `, due ${sayDay(next.due, today)}` : ''
  const more = next === null ? '' : `The next one is ${next.id}${due} (${next.repeat}).\n`
  return `${SAID[outcome]}${day}${often}: ${item.id}  ${item.what} (${item.person})\n${more}`
}
