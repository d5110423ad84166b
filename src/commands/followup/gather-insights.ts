import { addDays, localDay } from '../../dates/day.ts'
import { CARRIED_OFTEN, FIGURE_DAYS, type Person, STRETCH_DAYS } from '../../model.ts'
import type { OpenItem } from '../../notebook/store/actions.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import { unseenAmong } from '../../followup/talks-due.ts'
import type { Insights } from '../../render/followup/insights.ts'
import type { World } from '../../world.ts'
import { loadVocabulary } from '../../library/load-vocabulary.ts'

/** What is worth a look: with one person, or with everybody. */
export async function gatherInsights(
  world: World,
  notebook: Notebook,
  items: readonly OpenItem[],
  person: Person | null,
): Promise<Insights> {
  const today = world.today()
  const { figures, nextSessions } = notebook
  const everybody = notebook.people.seen()
  const people = everybody.filter(({ id, archivedAt }) =>
    person ? id === person.id : archivedAt === null,
  )
  const coached = people.filter(({ relation }) => relation === 'report')
  const words = await loadVocabulary(world)
  const personId = person?.id
  const now = { from: addDays(today, -FIGURE_DAYS), personId }
  const before = { from: addDays(today, -2 * FIGURE_DAYS), before: now.from, personId }
  const neverStages = figures.never('stage', words.stages, personId)
  const neverAreas = figures.never('area', words.areas, personId)
  const longAgo = addDays(today, -STRETCH_DAYS)
  const stretched = figures.stretched(longAgo)
  return {
    unseen: unseenAmong(
      people,
      new Map(nextSessions.allPlanned().map((one) => [one.personId, one.plannedOn])),
      today,
    ),
    never: coached
      .filter(({ lastHeldOn }) => lastHeldOn !== null)
      .map(({ id, name: person }) => {
        const stages = neverStages.get(id) ?? []
        const areas = neverAreas.get(id) ?? []
        const isEvery = {
          stage: stages.length > 0 && stages.length === words.stages.length,
          area: areas.length > 0 && areas.length === words.areas.length,
        }
        return { person, stages, areas, isEvery }
      })
      .filter(({ stages, areas }) => stages.length + areas.length > 0),
    stuck: items.filter(({ carried }) => carried >= CARRIED_OFTEN),
    unstretched: coached
      .filter(({ id, createdAt }) => localDay(createdAt) <= longAgo && !stretched.has(id))
      .map(({ name }) => name),
    kept: figures.followThrough(now),
    praise: [figures.praise(now), figures.praise(before)],
    talk: [figures.talkShares(now), figures.talkShares(before)],
  }
}
