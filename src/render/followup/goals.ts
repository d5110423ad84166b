import { type Day, localDay, sayDay } from '../../dates/day.ts'
import { largest } from '../../text/lists.ts'
import type { ActionItem } from '../../model.ts'
import type { GoalEvent, NamedGoal } from '../../notebook/store/goals.ts'
import { columns, hang, type Style } from '../../output/layout.ts'
import { sayDue } from '../wording.ts'

/** A goal with all that belongs to it. */
export interface GoalPage {
  readonly goal: NamedGoal
  readonly parent: NamedGoal | null
  readonly children: readonly NamedGoal[]
  readonly items: readonly ActionItem[]
  readonly events: readonly GoalEvent[]
}

/** Goals, each with its sub-goals under it. */
export function renderGoals(goals: readonly NamedGoal[], style: Style): string {
  const { paint, width, today } = style
  const widest = largest(goals.map(({ id }) => String(id).length))
  const shown = new Set<number | null>(goals.map(({ id }) => id))
  return goals
    .map((goal) => {
      const isUnder = shown.has(goal.parentId)
      const mark = `${isUnder ? '    ' : ''}${String(goal.id).padStart(widest + 2)}  `
      const below = hang(' '.repeat(mark.length), sayGoal(goal, today), width)
      return `${hang(mark, goal.what, width)}\n${paint.dim(below)}`
    })
    .join('\n')
    .concat('\n')
}

function sayGoal(goal: NamedGoal, today: Day): string {
  return [
    goal.person,
    ...(goal.isStretch ? ['stretch'] : []),
    ...(goal.due === null ? [] : [`by ${sayDay(goal.due, today)}`]),
    ...(goal.status === 'open' ? [] : [goal.status]),
  ].join(' · ')
}

/** All about one goal. */
export function renderGoalPage(page: GoalPage, style: Style): string {
  const { goal, parent, children, items, events } = page
  const { paint, width, today } = style
  const history = events.map(({ at, statusFrom, statusTo, undoneAt }) => [
    `  ${sayDay(localDay(at), today)}`,
    `${statusFrom === null ? 'set' : statusTo}${undoneAt === null ? '' : ` (taken back ${sayDay(localDay(undoneAt), today)})`}`,
  ])
  const blocks = [
    renderGoals([goal], style).trimEnd(),
    ...(parent ? [hang('  Under goal ', `${parent.id}  ${parent.what}`, width)] : []),
    ...(children.length > 0
      ? [[paint.bold('Sub-goals'), renderGoals(children, style).trimEnd()].join('\n')]
      : []),
    ...(items.length > 0
      ? [[paint.bold('Action items'), ...items.map((item) => renderStep(item, style))].join('\n')]
      : []),
    [paint.bold('History'), columns(history, width)].join('\n'),
  ]
  return `${blocks.join('\n\n')}\n`
}

function renderStep(item: ActionItem, { paint, width, today }: Style): string {
  const mark = `  ${item.id}  `
  const about = `${sayDue(item, today)} · ${item.status}`
  return `${hang(mark, item.what, width)}\n${paint.dim(hang(' '.repeat(mark.length), about, width))}`
}

/** The shape of `coach goal list --json`. */
export function goalJson(goal: NamedGoal): object {
  return {
    id: goal.id,
    uuid: goal.uuid,
    person: goal.person,
    under: goal.parentId,
    what: goal.what,
    stretch: goal.isStretch,
    status: goal.status,
    due_on: goal.due,
    created_at: goal.createdAt,
    closed_at: goal.closedAt,
  }
}

/** The shape of `coach goal show --json`. */
export function goalPageJson({ goal, children, items, events }: GoalPage): object {
  return {
    ...goalJson(goal),
    sub_goals: children.map(goalJson),
    actions: items.map(({ id, what, due, status }) => ({ id, what, due_on: due, status })),
    history: events.map(({ at, statusTo, undoneAt }) => ({
      at,
      status: statusTo,
      undone_at: undoneAt,
    })),
  }
}
