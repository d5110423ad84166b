import { CoachError, EXIT } from '../../errors.ts'
import { mustBeAbleToAsk } from '../../ask/flags/require-terminal.ts'
import { matchPerson, findPerson } from '../lookup.ts'
import type { Person } from '../../model.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import type { Copy, Removal } from '../../notebook/removal/removal.ts'
import { renderForget } from '../../render/people/removal.ts'
import type { World } from '../../world.ts'
import { draftsLeft, wipe } from '../../drafts/wipe-drafts.ts'
import { refuseLeft, takeOutOf } from './out-of-backups.ts'
import { tell } from '../../output/print.ts'
import { fold, namesakes } from '../../text/folding.ts'

export interface ForgetOptions {
  readonly yes?: boolean
  readonly backups?: boolean
}

/** Somebody to be forgotten: a person of the notebook, or one that is in backups alone. */
interface Somebody {
  readonly uuid: string
  readonly name: string
  readonly person: Person | null
}

/** `coach person forget NAME`: shows what goes and what stays, asks, and deletes it so that no byte of it is left. */
export async function forget(world: World, name: string, options: ForgetOptions): Promise<void> {
  const before = await world.read()
  if (!before) {
    findPerson(before, name)
    return
  }
  const removal = await before.removal()
  const copies = removal.copies()
  const somebody = whoIsIt(before, copies, name, options)
  const holding = copies.filter(({ people }) => people?.some(({ uuid }) => uuid === somebody.uuid))
  const backups = holding.filter(({ isBackup }) => isBackup).map(({ path }) => path)
  const drafts = draftsLeft(world.places.drafts, somebody.uuid)
  const page = {
    name: somebody.name,
    held: somebody.person && removal.heldOf(somebody.person.id),
    drafts: drafts.own.length,
    unknownDrafts: drafts.unknown,
    mentions: somebody.person ? removal.mentionsOf(somebody.person) : [],
    backups,
    unread: copies.filter(({ people }) => people === null).map(({ path }) => path),
    elsewhere: holding.filter(({ isBackup }) => !isBackup).map(({ path }) => path),
    withBackups: options.backups ?? false,
  }
  tell(world, page, renderForget)
  if (!(await agreed(world, somebody.name, options))) return
  if (somebody.person) await fromNotebook(world, somebody)
  const take = (path: string) => removal.forgetIn(path, somebody.uuid)
  const left = [
    ...wipe(draftsLeft(world.places.drafts, somebody.uuid).own),
    ...(options.backups ? takeOutOf(world, backups, take) : []),
    ...(options.backups ? unreadBackups(copies) : []),
  ]
  refuseLeft('What you kept about them is', left)
}

/** Those who are gone from the notebook can still be in backups: these are found by their full name. */
function whoIsIt(
  notebook: Notebook,
  copies: readonly Copy[],
  name: string,
  { backups }: ForgetOptions,
): Somebody {
  const people = notebook.people.list()
  const found = matchPerson(people, name)?.person
  if (found) return { uuid: found.uuid, name: found.name, person: found }
  const inBackups = copies
    .flatMap((copy) => (copy.isBackup && copy.people) || [])
    .filter((one) => people.every(({ uuid }) => uuid !== one.uuid))
  const [gone] = namesakes(inBackups, name, (one) => one.name)
  if (gone && backups) return { ...gone, person: null }
  if (gone) {
    throw new CoachError(
      EXIT.notFound,
      `${gone.name} is not in your notebook any more, but backups still hold them.`,
      `To take them out there: coach person forget "${gone.name}" --backups`,
    )
  }
  return { ...findPerson(notebook, name).person, person: null }
}

async function agreed(world: World, name: string, options: ForgetOptions): Promise<boolean> {
  if (options.yes) return true
  mustBeAbleToAsk(world, 'Nothing was deleted. Add --yes to delete it.')
  const { line } = await import('../../ask/terminal/single-questions.ts')
  const typed = await line(world, 'To go on, type the full name:')
  if (fold(typed) === fold(name)) return true
  world.tell('That is not the full name. Nothing was deleted.\n')
  return false
}

async function fromNotebook(world: World, { uuid, name }: Somebody): Promise<void> {
  const notebook = await world.open()
  const removal = await notebook.removal()
  notebook.write(() => removal.forget(uuid))
  tell(
    world,
    name,
    (said) => `${said} is forgotten: what you kept about them is gone from your notebook.\n`,
  )
  compactAfter(world, removal)
}

/** What was deleted is overwritten already; where the file cannot be written anew, it only stays as large as it was. */
export function compactAfter(world: World, removal: Removal): void {
  try {
    removal.compact()
  } catch (error) {
    if (!(error instanceof CoachError)) throw error
    tell(
      world,
      'The notebook could not be made smaller just now. What was deleted is gone all the same.',
    )
  }
}

/** Backups that may hold anybody. */
function unreadBackups(copies: readonly Copy[]): readonly string[] {
  return copies
    .filter(({ isBackup, people }) => isBackup && people === null)
    .map(({ path }) => path)
}
