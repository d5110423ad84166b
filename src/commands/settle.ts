import { readDay, sayDay } from '../dates.ts'
import { usageError } from '../errors.ts'
import { isOpen, type Outcome } from '../model.ts'
import type { NamedItem } from '../notebook/actions.ts'
import { list } from '../text.ts'
import type { World } from '../world.ts'
import { findItem } from './find.ts'
import { mention } from './present.ts'

const SAID = {
  done: 'Done',
  part: 'Partly done, still open',
  missed: 'Missed',
  dropped: 'Dropped',
  carried: 'Carried',
} as const satisfies Record<Outcome, string>

/** `coach done|part|missed|drop|carry ID…`: all of them, or none when one cannot be settled. */
export async function run(
  world: World,
  outcome: Outcome,
  ids: readonly string[],
  options: { readonly note?: string; readonly to?: string },
): Promise<void> {
  const before = await world.read()
  const named = ids.map((id) => findItem(before, id, ' Nothing was changed.'))
  const items = [...new Map(named.map((item) => [item.id, item])).values()]
  const closed = items.filter((item) => !isOpen(item.status))
  if (closed.length > 0) {
    const said = closed.map((item) => `${item.id} (${item.status})`)
    throw usageError(
      `Already closed: action item ${list(said)}. Nothing was changed.`,
      `See its history with: coach action show ${closed[0]?.id}`,
    )
  }
  const to = options.to === undefined ? null : await readDay(options.to, world.today())
  if (to && 'problem' in to) throw usageError(to.problem, 'Nothing was changed.')
  const day = to?.day ?? null

  const notebook = await world.open()
  notebook.write(() => {
    for (const { id } of items) {
      notebook.actions.settle(id, outcome, { note: options.note ?? null, to: day })
    }
  })
  mention(world, items, (all, style) =>
    all.map((item) => line(outcome, item, day, style.today)).join(''),
  )
}

function line(outcome: Outcome, item: NamedItem, to: string | null, today: string): string {
  const day = to === null ? '' : ` to ${sayDay(to, today)}`
  return `${SAID[outcome]}${day}: ${item.id}  ${item.what} (${item.person})\n`
}
