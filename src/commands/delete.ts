import { STEERING } from '../conversation/walk.ts'
import { actionPlace, type Answer } from '../model.ts'
import { usageError } from '../errors.ts'
import type { Deletable } from '../notebook/removal.ts'
import { renderStillIn } from '../render/removal.ts'
import type { World } from '../world.ts'
import { findItem, findNote, findSession, mustBeAbleToAsk } from './find.ts'
import { findGoal } from './goal.ts'
import { findOpportunity } from './opportunity.ts'
import { mention } from './present.ts'
import { count, firstLine } from '../text.ts'

/** `coach delete session ID`: shows what goes, and asks. */
export async function session(
  world: World,
  id: string,
  options: { readonly yes?: boolean },
): Promise<void> {
  const before = await world.read()
  const found = findSession(before, id)
  if (!before) return
  const person = before.people.get(found.personId)
  const answers = before.answers.of(found.id).filter(isTold).length
  const items = before.actions.ofSession(found.id)
  mention(world, { person, items }, (page) => {
    const lines = page.items.map((item) => `  ${item.id}  ${item.what}\n`).join('')
    return `Session ${found.id} with ${page.person.name} goes for good: ${count(answers, 'answer')} and ${count(page.items.length, 'action item')}.\n${lines}`
  })
  await tellStillIn(world, 'session', found.uuid)
  if (!(await agreed(world, options))) return
  const notebook = await world.open()
  notebook.write(() => {
    notebook.notes.giveBack(found.id)
    notebook.nextSessions.forget(found.id)
    notebook.sessions.delete(found.id)
  })
  world.say(`Deleted session ${found.id}.\n`)
}

/** `coach delete action ID` */
export async function action(
  world: World,
  id: string,
  options: { readonly yes?: boolean },
): Promise<void> {
  const item = findItem(await world.read(), id)
  mention(
    world,
    item,
    ({ what, person }) =>
      `Action item ${id} goes for good, with its history.\n  ${what} (${person})\n`,
  )
  await tellStillIn(world, 'action_item', item.uuid)
  if (!(await agreed(world, options))) return
  const notebook = await world.open()
  notebook.write(() => notebook.answers.deleteItem(item.id))
  world.say(`Deleted action item ${item.id}.\n`)
}

/** `coach delete note ID` */
export async function note(
  world: World,
  id: string,
  options: { readonly yes?: boolean },
): Promise<void> {
  const found = findNote(await world.read(), id)
  mention(
    world,
    found,
    ({ text, person }) => `Note ${id} goes for good.\n  ${firstLine(text, 70)} (${person})\n`,
  )
  await tellStillIn(world, 'note', found.uuid)
  if (!(await agreed(world, options))) return
  const notebook = await world.open()
  notebook.write(() => notebook.notes.delete(found.id))
  world.say(`Deleted note ${found.id}.\n`)
}

/** `coach delete goal ID`: its sub-goals go with it, its action items stay. */
export async function goal(
  world: World,
  id: string,
  options: { readonly yes?: boolean },
): Promise<void> {
  const found = findGoal(await world.read(), id)
  mention(
    world,
    found,
    ({ what, person }) =>
      `Goal ${id} goes for good, with its sub-goals; its action items stay.\n  ${what} (${person})\n`,
  )
  await tellStillIn(world, 'goal', found.uuid)
  if (!(await agreed(world, options))) return
  const notebook = await world.open()
  notebook.write(() => notebook.goals.delete(found.id))
  world.say(`Deleted goal ${found.id}.\n`)
}

/** `coach delete opportunity ID`: the sessions that went through its gates are kept. */
export async function opportunity(
  world: World,
  id: string,
  options: { readonly yes?: boolean },
): Promise<void> {
  if (!/^\d+$/.test(id)) {
    throw usageError(`“${id}” is not the number of an opportunity.`, 'See: coach opportunity list')
  }
  const found = findOpportunity(await world.read(), id)
  mention(
    world,
    found,
    ({ name, person }) =>
      `Opportunity ${found.id} goes for good; the sessions about it stay.\n  ${name} (${person})\n`,
  )
  await tellStillIn(world, 'opportunity', found.uuid)
  if (!(await agreed(world, options))) return
  const notebook = await world.open()
  notebook.write(() => notebook.opportunities.delete(found.id))
  world.say(`Deleted opportunity ${found.id}.\n`)
}

/** What a manager would call an answer: not the offers that steer, and an action item counts for itself. */
function isTold(answer: Answer): boolean {
  return answer.state === 'answered' && !STEERING.test(answer.path) && !actionPlace(answer.path)
}

/** Names the copies that still hold what goes: a backup that is restored brings it back. */
async function tellStillIn(world: World, table: Deletable, uuid: string): Promise<void> {
  const removal = await (await world.read())?.removal()
  const copies = removal?.copiesWith(table, uuid) ?? []
  if (copies.length > 0) mention(world, copies, renderStillIn)
}

async function agreed(world: World, options: { readonly yes?: boolean }): Promise<boolean> {
  if (options.yes) return true
  mustBeAbleToAsk(world, 'Nothing was deleted. Add --yes to delete it.')
  const { confirm } = await import('../ask/terminal/small-questions.ts')
  if (await confirm(world, 'Delete it?', false)) return true
  world.say('Nothing was deleted.\n')
  return false
}
