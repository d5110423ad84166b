import { isDueForTalk } from '../render/people.ts'
import { isOverdue } from '../render/review.ts'
import { renderToday, type TodayPage, todayJson } from '../render/today.ts'
import type { World } from '../world.ts'
import { commandFor } from './find.ts'
import { present, printJson } from './present.ts'

/** `coach`: what waits today. In an empty home it says how to begin. */
export async function run(world: World, options: { readonly json?: boolean }): Promise<void> {
  const notebook = await world.read()
  const today = world.today()
  const people = notebook?.people.summaries() ?? []
  const unfinished = notebook?.sessions.unfinished() ?? []
  const due = people.filter((person) => isDueForTalk(person, today) && person.unfinished === 0)
  const first = people.find((one) => one.id === unfinished[0]?.personId) ?? due[0]
  const items = notebook?.actions.list({ isOpen: true }) ?? []
  const page: TodayPage = {
    isEmpty: people.length === 0,
    unfinished,
    open: items.length,
    next: first ? commandFor(world, 'session', first, people) : null,
    overdue: items.filter((item) => isOverdue(item, today)),
    due,
  }
  if (options.json) printJson(world, todayJson(page, today))
  else present(world, page, renderToday)
}
