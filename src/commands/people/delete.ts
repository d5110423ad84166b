import { STEERING } from '../../conversation/walk.ts'
import { type Answer } from '../../model.ts'
import { actionPlace } from '../../answer-places.ts'
import { CoachError, EXIT, usageError } from '../../errors.ts'
import type { Deletable } from '../../notebook/removal/removal.ts'
import { renderStillIn } from '../../render/people/removal.ts'
import type { World } from '../../world.ts'
import { mustBeAbleToAsk } from '../../ask/flags/require-terminal.ts'
import { findItem, findNote, findSession } from '../lookup.ts'
import { compactAfter } from './forget.ts'
import { findGoal } from '../lookup.ts'
import { findOpportunity } from '../lookup.ts'
import { refuseLeft, takeOutOf } from './out-of-backups.ts'
import { tell } from '../../output/print.ts'
import { count, firstLine } from '../../text/text.ts'

export interface DeleteOptions {
  readonly yes?: boolean
  readonly backups?: boolean
}

/** `coach delete session ID`: shows what goes, and asks. */
export async function session(world: World, id: string, options: DeleteOptions): Promise<void> {
  if (await isGone(world, 'session', id, options)) return
  const before = await world.read()
  const found = findSession(before, id)
  if (!before) return
  const person = before.people.get(found.personId)
  const answers = before.answers.of(found.id).filter(isTold).length
  const items = before.actions.ofSession(found.id)
  tell(world, { person, items }, (page) => {
    const lines = page.items.map((item) => `  ${item.id}  ${item.what}\n`).join('')
    return `Session ${found.id} with ${page.person.name} goes for good: ${count(answers, 'answer')} and ${count(page.items.length, 'action item')}.\n${lines}`
  })
  await remove(world, { table: 'session', uuid: found.uuid, what: `session ${found.id}` }, options)
}

/** `coach delete action ID` */
export async function action(world: World, id: string, options: DeleteOptions): Promise<void> {
  if (await isGone(world, 'action', id, options)) return
  const item = findItem(await world.read(), id)
  tell(
    world,
    item,
    ({ what, person }) =>
      `Action item ${id} goes for good, with its history.\n  ${what} (${person})\n`,
  )
  const row = { table: 'action_item', uuid: item.uuid, what: `action item ${item.id}` } as const
  await remove(world, row, options)
}

/** `coach delete note ID` */
export async function note(world: World, id: string, options: DeleteOptions): Promise<void> {
  if (await isGone(world, 'note', id, options)) return
  const found = findNote(await world.read(), id)
  tell(
    world,
    found,
    ({ text, person }) => `Note ${id} goes for good.\n  ${firstLine(text, 70)} (${person})\n`,
  )
  await remove(world, { table: 'note', uuid: found.uuid, what: `note ${found.id}` }, options)
}

/** `coach delete goal ID`: its sub-goals go with it, its action items stay. */
export async function goal(world: World, id: string, options: DeleteOptions): Promise<void> {
  if (await isGone(world, 'goal', id, options)) return
  const found = findGoal(await world.read(), id)
  tell(
    world,
    found,
    ({ what, person }) =>
      `Goal ${id} goes for good, with its sub-goals; its action items stay.\n  ${what} (${person})\n`,
  )
  await remove(world, { table: 'goal', uuid: found.uuid, what: `goal ${found.id}` }, options)
}

/** `coach delete opportunity ID`: the sessions that went through its gates are kept. */
export async function opportunity(world: World, id: string, options: DeleteOptions): Promise<void> {
  if (!/^\d+$/.test(id)) {
    throw usageError(`“${id}” is not the number of an opportunity.`, 'See: coach opportunity list')
  }
  if (await isGone(world, 'opportunity', id, options)) return
  const found = findOpportunity(await world.read(), id)
  tell(
    world,
    found,
    ({ name, person }) =>
      `Opportunity ${found.id} goes for good; the sessions about it stay.\n  ${name} (${person})\n`,
  )
  const row = { table: 'opportunity', uuid: found.uuid, what: `opportunity ${found.id}` } as const
  await remove(world, row, options)
}

/** What a manager would call an answer: not the offers that steer, and an action item counts for itself. */
function isTold(answer: Answer): boolean {
  return answer.state === 'answered' && !STEERING.test(answer.path) && !actionPlace(answer.path)
}

const KINDS = {
  session: { table: 'session', word: 'session' },
  action: { table: 'action_item', word: 'action item' },
  note: { table: 'note', word: 'note' },
  goal: { table: 'goal', word: 'goal' },
  opportunity: { table: 'opportunity', word: 'opportunity' },
} as const satisfies Record<string, { readonly table: Deletable; readonly word: string }>

/**
 * What is not in the notebook any more can still be in backups: it is found there by its number.
 * @returns whether it was such a thing, and is dealt with
 * @throws CoachError (3) that says so, without `--backups`
 */
async function isGone(
  world: World,
  command: keyof typeof KINDS,
  id: string,
  options: DeleteOptions,
): Promise<boolean> {
  if (!/^\d{1,9}$/.test(id)) return false
  const { table, word } = KINDS[command]
  const removal = await (await world.read())?.removal()
  const rows = removal?.goneRows(table, Number(id)) ?? []
  if (!removal || rows.length === 0) return false
  if (!options.backups) {
    throw new CoachError(
      EXIT.notFound,
      `There is no ${word} ${id} in your notebook any more, but backups still hold one.`,
      `To take it out there: coach delete ${command} ${id} --backups`,
    )
  }
  tell(world, rows, (page) => {
    const lines = page.map(({ text, person }) => `  ${firstLine(text, 70)} (${person})\n`).join('')
    return `${capital(word)} ${id} is not in your notebook any more.\n${lines}`
  })
  const uuids = rows.map(({ uuid }) => uuid)
  const copies = removal.copiesWith(table, uuids)
  tell(world, { ...copies, withBackups: true }, renderStillIn)
  if (!(await agreed(world, options))) return true
  const left = takeOutOf(world, copies.backups, (path) => removal.deleteIn(path, table, uuids))
  refuseLeft(`${capital(word)} ${id} is`, [...left, ...copies.unreadBackups])
  return true
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** Something that goes, and how it is called, such as `note 3`. */
interface Going {
  readonly table: Deletable
  readonly uuid: string
  readonly what: string
}

/** Names the copies that hold what goes, asks, and deletes it; with `--backups` out of the backups too. */
async function remove(
  world: World,
  { table, uuid, what }: Going,
  options: DeleteOptions,
): Promise<void> {
  const before = await (await world.read())?.removal()
  if (!before) return
  const uuids = before.goingWith(table, uuid)
  const copies = before.copiesWith(table, uuids)
  tell(world, { ...copies, withBackups: options.backups ?? false }, renderStillIn)
  if (!(await agreed(world, options))) return
  const notebook = await world.open()
  const removal = await notebook.removal()
  notebook.write(() => removal.delete(table, uuids))
  world.tell(`Deleted ${what}.\n`)
  if (!options.backups) return
  compactAfter(world, removal)
  const left = takeOutOf(world, copies.backups, (path) => removal.deleteIn(path, table, uuids))
  refuseLeft(`${capital(what)} is`, [...left, ...copies.unreadBackups])
}

async function agreed(world: World, options: DeleteOptions): Promise<boolean> {
  if (options.yes) return true
  mustBeAbleToAsk(world, 'Nothing was deleted. Add --yes to delete it.')
  const { confirm } = await import('../../ask/terminal/single-questions.ts')
  if (await confirm(world, 'Delete it?', false)) return true
  world.tell('Nothing was deleted.\n')
  return false
}
