import { accessSync, constants, lstatSync, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import type { COMPANIONS } from '../backup/set-aside.ts'
import { connect, type Key } from '../file/connect.ts'
import { type StrangeJournal, strangeJournal } from '../file/foreign-journal.ts'
import { saltOf } from '../file/header.ts'
import { isLocked, type ProbedFile } from '../file/probe.ts'
import { syncedBy } from '../backup/synced-copies.ts'
import { type Finding, finding, RESTORE, when } from './finding.ts'

/** What a first look at the notebook tells. */
export function firstSight(look: ProbedFile): readonly Finding[] {
  const { path, state, format } = look
  const what = DAMAGE[state]
  if (what !== undefined) return [finding('damage', state, `${path} ${what}`, RESTORE)]
  if (state === 'newer') {
    return [
      finding(
        'trouble',
        state,
        `${path} was written by a newer coach (its format is ${format}).`,
        'Upgrade coach.',
      ),
    ]
  }
  if (isLocked(look)) {
    return [finding('remark', state, 'Without its password, only its outside was looked at.')]
  }
  if (state === 'busy') {
    return [
      finding(
        'trouble',
        state,
        `${path} is in use by another program, so nobody could look inside.`,
        'Close what has it open, then run: coach doctor',
      ),
    ]
  }
  if (state === 'unreadable') {
    return [
      finding(
        'trouble',
        state,
        `${path} cannot be read as it is now, so nobody could look inside.`,
        'See what else is said here, then run: coach doctor',
      ),
    ]
  }
  return []
}

const DAMAGE: Readonly<Partial<Record<ProbedFile['state'], string>>> = {
  damaged: 'is damaged.',
  empty: 'is empty.',
  foreign: 'is not a notebook of coach.',
}

/** What can be told about the file without looking inside. */
export function outside(look: ProbedFile, key: Key | null): readonly Finding[] {
  const { path, state } = look
  const isWritable = can(path, constants.W_OK) && can(dirname(path), constants.W_OK)
  const synced = syncedBy(path)
  return [
    ...when(!isWritable && state !== 'foreign', () =>
      finding(
        'trouble',
        'read-only',
        `${path} can be read, and not written: the file, or its folder, forbids it.`,
        'Give yourself permission to write both.',
      ),
    ),
    ...aboutCompanions(path, strangeBeside(look, key)),
    ...when(synced !== null, () =>
      finding(
        'remark',
        'synced',
        `Its folder is synchronised by ${synced}.`,
        'Let it finish before you use coach on another machine.',
      ),
    ),
  ]
}

/** What SQLite, or another program, has left beside the file. */
function aboutCompanions(path: string, strange: StrangeJournal | null): readonly Finding[] {
  if (strange !== null) {
    return [
      finding(
        'trouble',
        'strange-journal',
        `${strange.path} lies beside the notebook and does not belong to it as it is now.`,
        'A synchronising program or a copy may have put it there. Move it to another folder and keep it, then run: coach doctor',
      ),
    ]
  }
  const isBeside = (end: (typeof COMPANIONS)[number]) =>
    (lstatSync(`${path}${end}`, { throwIfNoEntry: false })?.size ?? 0) > 0
  return [
    ...when(isBeside('-journal'), () =>
      finding(
        'remark',
        'journal',
        `Writing was interrupted, or is going on: ${path}-journal`,
        'Leave that file where it is. The next command takes back by itself what was half written.',
      ),
    ),
    ...when(isBeside('-wal') || isBeside('-shm'), () =>
      finding(
        'trouble',
        'other-program',
        `Another program left files beside it: ${path}-wal`,
        'Close whatever else has the notebook open; coach does not need these files.',
      ),
    ),
  ]
}

/**
 * The journal beside a notebook that does not belong to it, by its path: by the same look as a command takes before it opens the
 * notebook. Null where there is none, and where nobody can tell without the password.
 */
export function strangeBeside(
  { path, state: found, isEncrypted }: ProbedFile,
  key: Key | null,
): StrangeJournal | null {
  if (found === 'foreign' || found === 'empty') return null
  if (isEncrypted && (key === null || isLocked({ state: found }))) return null
  try {
    const real = realpathSync(path)
    const how = { timeout: 0, key: saltOf(real) === null ? null : key }
    return strangeJournal(real, (file) => connect(file, how), !can(dirname(real), constants.W_OK))
  } catch {
    return null
  }
}

function can(path: string, what: number): boolean {
  try {
    accessSync(path, what)
    return true
  } catch {
    return false
  }
}
