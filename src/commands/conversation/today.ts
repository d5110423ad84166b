import { isDueForTalk } from '../../followup/talks-due.ts'
import { isOverdue, isToCheck } from '../../followup/due.ts'
import { renderToday, type TodayPage, todayJson } from '../../render/conversation/today.ts'
import type { World } from '../../world.ts'
import { commandFor } from '../lookup.ts'
import { type JsonOptions, print, printJson } from '../../output/print.ts'
import { waitingTexts } from './unsaved-texts.ts'

/** `coach`: what waits today. In an empty home it says how to begin. */
export async function run(world: World, options: JsonOptions): Promise<void> {
  const notebook = await world.read()
  const today = world.today()
  const people = notebook?.people.summaries() ?? []
  const unfinished = notebook?.sessions.unfinished() ?? []
  const planned = new Map(
    (notebook?.nextSessions.allPlanned() ?? []).map((one) => [one.personId, one.plannedOn]),
  )
  const due = people
    .filter((person) => isDueForTalk(person, planned.get(person.id) ?? null, today))
    .map((person) => ({ ...person, plannedOn: planned.get(person.id) ?? null }))
  const first = people.find((one) => one.id === unfinished[0]?.personId) ?? due[0]
  const items = notebook?.actions.open() ?? []
  const drafts = notebook ? waitingTexts(world, notebook, people) : []
  const page: TodayPage = {
    isEmpty: people.length === 0,
    unfinished,
    open: items.length,
    next: first ? commandFor(world, 'session', first, people) : (drafts[0]?.next ?? null),
    overdue: items.filter((item) => isOverdue(item, today)),
    dueToday: items.filter((item) => item.due === today),
    checkIns: items.filter((item) => isToCheck(item, today)),
    notes: notebook?.notes.counts() ?? [],
    drafts,
    due,
  }
  if (options.json) printJson(world, todayJson(page, today))
  else print(world, page, renderToday)
}
