import { addDays, readDay } from '../dates.ts'
import { usageError } from '../errors.ts'
import type { Owner } from '../model.ts'
import type { NamedItem } from '../notebook/actions.ts'
import { isOverdue, renderReview, reviewJson } from '../render/review.ts'
import type { World } from '../world.ts'
import { findPerson } from './find.ts'
import { present, printJson } from './present.ts'

export interface ReviewOptions {
  readonly person?: string | undefined
  readonly owner?: Owner | undefined
  readonly overdue?: boolean | undefined
  readonly due?: string | undefined
  readonly all?: boolean | undefined
  readonly json?: boolean | undefined
}

/** `coach review` */
export async function run(world: World, options: ReviewOptions): Promise<void> {
  const items = await select(world, options)
  if (options.json) {
    printJson(world, reviewJson(items, world.today()))
    return
  }
  if (items.length > 0) {
    present(world, items, renderReview)
    world.say('\nClose one with: coach done ID · coach missed ID · coach carry ID --to fri\n')
    return
  }
  const isFiltered = options.person || options.owner || options.overdue || options.due
  world.say(isFiltered ? 'Nothing that fits.\n' : 'Nothing is open.\n')
}

async function select(world: World, options: ReviewOptions): Promise<readonly NamedItem[]> {
  const notebook = await world.read()
  const personId = options.person && findPerson(notebook, options.person).person.id
  const until = options.due === undefined ? null : await lastDay(options.due, world.today())
  if (!notebook) return []
  return notebook.actions
    .list({ isOpen: !options.all, ...(personId ? { personId } : {}) })
    .filter((item) => !options.owner || item.owner === options.owner)
    .filter((item) => !options.overdue || isOverdue(item, world.today()))
    .filter((item) => until === null || (item.due !== null && item.due <= until))
}

/** `week` is the next seven days; everything else is read as a day, and includes what is due before it. */
async function lastDay(text: string, today: string): Promise<string> {
  if (text === 'week') return addDays(today, 6)
  const reading = await readDay(text, today)
  if ('problem' in reading) throw usageError(reading.problem)
  return reading.day
}
