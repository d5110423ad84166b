import { lstatSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { LAST_NOTEBOOK } from '../../files/home-names.ts'
import { namesIn } from '../../files/names-in.ts'
import type { User } from '../../files/trust.ts'
import { count } from '../../text/text.ts'
import { backupFolder } from '../file/backup-names.ts'
import { leftovers } from '../backup/leftovers.ts'
import { COMPANIONS } from '../backup/set-aside.ts'
import type { Key } from '../file/connect.ts'
import { saltOf } from '../file/header.ts'
import { conflictedCopies } from '../backup/synced-copies.ts'
import { type Holdings, holdingsAt } from '../integrity/full-check.ts'
import { type Finding, finding, when } from './finding.ts'
import { laxity } from './loose-permissions.ts'

/** Where a notebook and all that belongs to it is. */
export interface Belongings {
  readonly path: string
  readonly config: string
  readonly drafts: string
  readonly user: User | null
  /** Whether coach found that the disk does not let it keep others out. */
  readonly isExposed: boolean
  readonly key: Key | null
  readonly isFull: boolean
}

/** Files and folders beside the notebook: who may read them, copies, and what was left. */
export function beside(all: Belongings): readonly Finding[] {
  const { path, key } = all
  return [
    ...aboutModes(all),
    ...conflictedCopies(path).map((copy) => aboutCopy(copy, key)),
    ...aboutLeftovers(path),
  ]
}

function aboutModes(all: Belongings): readonly Finding[] {
  const { path, user, isExposed } = all
  const found = placesOf(all).flatMap((one) => laxity(one, user) ?? [])
  const lax = isExposed ? found.filter(({ isOthers }) => isOthers) : found
  return [
    ...when(lax.length < found.length, () =>
      finding(
        'trouble',
        'mode',
        `${dirname(path)} can be read by others on this machine: the disk it is on keeps no permissions, or does not let coach change them.`,
        'Move the notebook to a disk of your own, or put it under a password: coach encrypt',
      ),
    ),
    ...lax.map(({ what, todo }) => finding('trouble', 'mode', what, todo)),
  ]
}

function placesOf({ path, config, drafts, isFull }: Belongings): readonly string[] {
  const backups = backupFolder(path)
  const own = [dirname(path), path, backups, drafts]
  if (!isFull) return own
  return [
    ...own,
    ...[backups, drafts].flatMap((one) => namesIn(one).map((name) => join(one, name))),
    ...['config.yaml', LAST_NOTEBOOK].map((name) => join(config, name)),
    ...COMPANIONS.map((end) => `${path}${end}`),
  ]
}

function aboutCopy(copy: string, key: Key | null): Finding {
  const holds = holdingsAt(copy, key)
  const said = holds ? ` It holds ${sayCounts(holds)}.` : ' It cannot be read.'
  return finding(
    'trouble',
    'conflict',
    `There is a second copy of the notebook: ${copy}.${said}`,
    'See what is in it: coach --notebook FILE people. Then move it away.',
  )
}

function aboutLeftovers(path: string): readonly Finding[] {
  const left = leftovers(path)
  const isOpen = (one: string) => saltOf(path) !== null && isFilled(one) && saltOf(one) === null
  const [open, rest] = [left.filter(isOpen), left.filter((one) => !isOpen(one))]
  return [
    ...when(open.length > 0, () =>
      finding(
        'trouble',
        'open-leftover',
        `The notebook is encrypted, and an interrupted command left text of it that may not be: ${open.join(', ')}`,
        'If no coach is running, delete what is named here.',
      ),
    ),
    ...when(rest.length > 0, () =>
      finding(
        'remark',
        'leftover',
        `${count(rest.length, 'file')} of an interrupted command: ${rest.join(', ')}`,
        'If no coach is running, you can delete what is named here.',
      ),
    ),
  ]
}

const isFilled = (path: string) => (lstatSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0

function sayCounts({ people, sessions, items, notes }: Holdings): string {
  return `${count(people, 'person', 'people')}, ${count(sessions, 'session')}, ${count(items, 'action item')} and ${count(notes, 'note')}`
}
