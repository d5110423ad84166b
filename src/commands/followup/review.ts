import { addDays } from '../../dates/day.ts'
import { readDay } from '../../dates/read-day.ts'
import { usageError } from '../../errors.ts'
import { isOpen, type Owner, type Person } from '../../model.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import { isOverdue } from '../../followup/due.ts'
import { insightsJson, renderArchived, renderInsights } from '../../render/followup/insights.ts'
import { renderReview, type ReviewItem, reviewJson } from '../../render/followup/review.ts'
import type { World } from '../../world.ts'
import { findPerson } from '../lookup.ts'
import { gatherInsights } from './gather-insights.ts'
import { tell, print, printJson } from '../../output/print.ts'

export interface ReviewOptions {
  readonly person?: string | undefined
  readonly owner?: Owner | undefined
  readonly overdue?: boolean | undefined
  readonly due?: string | undefined
  readonly all?: boolean | undefined
  readonly look?: boolean | undefined
  readonly why?: boolean | undefined
  readonly triage?: boolean | undefined
  readonly json?: boolean | undefined
}

const NEXT = 'Close one with: coach done ID · coach missed ID · coach carry ID --to fri'

/** `coach review`: what is open, and then what is worth a look. */
export async function run(world: World, options: ReviewOptions): Promise<void> {
  const notebook = await world.read()
  const person = options.person === undefined ? null : findPerson(notebook, options.person).person
  const items = await select(world, notebook, person, options)
  if (options.triage) {
    const { triage } = await import('./triage.ts')
    await triage(world, items)
    return
  }
  if (options.json && !options.look) {
    printJson(world, reviewJson(items, world.today()))
    return
  }
  if (!options.look) showItems(world, notebook, items, options)
  const isPart = options.owner || options.overdue || options.due || options.all
  if (!notebook || (isPart && !options.look)) return
  const look = await gatherInsights(world, notebook, items.filter(isStillOpen), person)
  if (options.json) {
    printJson(world, insightsJson(look, world.today()))
    return
  }
  const isWhy = options.why ?? false
  const isBelow = !options.look && items.length > 0
  let isEmpty = false
  print(world, look, (page, style) => {
    const text = renderInsights(page, isWhy, style)
    isEmpty = text === ''
    return isBelow && !isEmpty ? `\n${text}` : text
  })
  if (isEmpty && options.look) world.tell('Nothing is worth a look yet.\n')
  else if (!isEmpty && !isWhy) world.tell('\nHow each figure is counted: coach review --why\n')
}

const isFiltered = ({ person, owner, overdue, due }: ReviewOptions) =>
  person !== undefined || owner !== undefined || overdue || due !== undefined

const isStillOpen = ({ status }: ReviewItem) => isOpen(status)

function showItems(
  world: World,
  notebook: Notebook | null,
  items: readonly ReviewItem[],
  options: ReviewOptions,
): void {
  if (items.length > 0) {
    print(world, items, renderReview)
    world.tell('\n')
    tell(world, NEXT)
  } else {
    world.tell(isFiltered(options) ? 'Nothing that fits.\n' : 'Nothing is open.\n')
  }
  const isWhole = !options.all && !isFiltered(options)
  const archived = isWhole ? (notebook?.actions.openOfArchived() ?? 0) : 0
  if (archived > 0) tell(world, archived, renderArchived)
}

async function select(
  world: World,
  notebook: Notebook | null,
  person: Person | null,
  options: ReviewOptions,
): Promise<readonly ReviewItem[]> {
  const today = world.today()
  const until = options.due === undefined ? null : await lastDay(options.due, today)
  if (!notebook) return []
  const items: readonly ReviewItem[] = options.all
    ? notebook.actions.list({ personId: person?.id })
    : notebook.actions.open(person?.id)
  return items
    .filter((item) => !options.owner || item.owner === options.owner)
    .filter((item) => !options.overdue || isOverdue(item, today))
    .filter((item) => until === null || (item.due !== null && item.due <= until))
}

/** `week` is the next seven days; everything else is read as a day, and includes what is due before it. */
async function lastDay(text: string, today: string): Promise<string> {
  if (text === 'week') return addDays(today, 6)
  const reading = await readDay(text, today)
  if ('problem' in reading) throw usageError(reading.problem)
  return reading.day
}
