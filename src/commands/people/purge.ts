import { sayDay } from '../../dates/day.ts'
import { CoachError, EXIT, usageError } from '../../errors.ts'
import { isAny } from '../../notebook/removal/removal.ts'
import { renderPurge } from '../../render/people/removal.ts'
import { count } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { mustBeAbleToAsk } from '../../ask/flags/require-terminal.ts'
import { echoMatch, findPerson } from '../lookup.ts'
import { compactAfter } from './forget.ts'
import { readOlderThan } from '../../ask/flags/age.ts'
import { tell } from '../../output/print.ts'

export interface PurgeOptions {
  readonly olderThan?: readonly string[]
  readonly person?: string
  readonly dryRun?: boolean
  readonly backups?: boolean
  readonly yes?: boolean
}

/** `coach purge --older-than AGE`: deletes for good what is finished and old. What is open stays, with what it was agreed in. */
export async function run(world: World, options: PurgeOptions): Promise<void> {
  const { olderThan = [] } = options
  if (olderThan.length === 0) {
    throw usageError('How old must something be to go?', 'As in: coach purge --older-than 2 years')
  }
  const day = readOlderThan(olderThan.join(' '), world.today())
  const before = await world.read()
  const found = options.person === undefined ? null : findPerson(before, options.person)
  if (found) echoMatch(world, found)
  if (!before) {
    world.tell('There is no notebook yet, so there is nothing to delete.\n')
    return
  }
  const removal = await before.removal()
  const person = found?.person.uuid ?? null
  const old = removal.old(day, person)
  const copies = removal.copies()
  const backups = copies.filter(({ isBackup }) => isBackup)
  const page = {
    day: sayDay(day, world.today()),
    person: found?.person.name ?? null,
    sessions: old.sessions.length,
    answers: old.answers,
    items: old.items.length,
    notes: old.notes.length,
    goals: old.goals.length,
    opportunities: old.opportunities.length,
    nextSessions: old.nextSessions.length,
    keptSessions: old.keptSessions,
    backups: backups.length,
    ofAnother: copies.filter(({ isOfAnother }) => isOfAnother).map(({ path }) => path),
    withBackups: options.backups ?? false,
  }
  tell(world, page, renderPurge)
  const inBackups = options.backups ? backups.map(({ path }) => path) : []
  if (options.dryRun || (!isAny(old) && inBackups.length === 0)) return
  if (!(await agreed(world, options))) return
  if (isAny(old)) {
    const notebook = await world.open()
    const here = await notebook.removal()
    notebook.write(() => here.purge(day, person))
    compactAfter(world, here)
    world.tell('Deleted.\n')
  }
  const left = inBackups.filter((path) => !removal.purgeIn(path, day, person))
  const done = inBackups.length - left.length
  if (done > 0) world.tell(`Looked through ${count(done, 'backup')} too.\n`)
  if (left.length === 0) return
  throw new CoachError(
    EXIT.cannotWrite,
    `From these backups it could not be taken out: ${left.join(', ')}`,
    'Delete these files yourself.',
  )
}

async function agreed(world: World, options: PurgeOptions): Promise<boolean> {
  if (options.yes) return true
  mustBeAbleToAsk(world, 'Nothing was deleted. Add --yes to delete it.')
  const { confirm } = await import('../../ask/terminal/single-questions.ts')
  if (await confirm(world, 'Delete it for good?', false)) return true
  world.tell('Nothing was deleted.\n')
  return false
}
