import { existsSync } from 'node:fs'
import { isUnfinished, type Person } from '../model.ts'
import type { Notebook } from '../notebook/notebook.ts'
import { isDueForTalk } from '../render/people.ts'
import { isOverdue, isToCheck } from '../render/review.ts'
import { renderToday, type TodayPage, todayJson, type UnsavedText } from '../render/today.ts'
import type { World } from '../world.ts'
import { commandFor } from './find.ts'
import { present, printJson } from './present.ts'
import { draftsOf, NOTE_PROMPT, TRIAGE_PROMPT, unsavedTexts } from './typing.ts'

/** `coach`: what waits today. In an empty home it says how to begin. */
export async function run(world: World, options: { readonly json?: boolean }): Promise<void> {
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
  const drafts = notebook ? unsaved(world, notebook, people) : []
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
  else present(world, page, renderToday)
}

/** Texts that were typed and not saved, with the command that offers each again. */
function unsaved(
  world: World,
  notebook: Notebook,
  people: readonly Person[],
): readonly UnsavedText[] {
  if (!existsSync(world.places.drafts)) return []
  return unsavedTexts(draftsOf(world, notebook), notebook, people).flatMap(
    ({ person: uuid, prompt, session: sessionUuid, at }) => {
      const person = people.find((one) => one.uuid === uuid)
      if (!person) return []
      if (prompt === NOTE_PROMPT) {
        return [{ person: person.name, at, next: commandFor(world, 'note', person, people) }]
      }
      if (prompt === TRIAGE_PROMPT) {
        return [{ person: person.name, at, next: 'coach review --triage' }]
      }
      const session = notebook.sessions.list(person.id).find((one) => one.uuid === sessionUuid)
      const isOver = session !== undefined && !isUnfinished(session.status)
      const next = isOver
        ? `coach edit ${session.id}`
        : commandFor(world, 'session', person, people)
      return [{ person: person.name, at, next }]
    },
  )
}
