import { accessSync, constants, lstatSync, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { count } from '../../text/text.ts'
import type { COMPANIONS } from '../backup/set-aside.ts'
import { MOST_NUMBER } from '../schema/bounds.ts'
import { checkFile, isWholeQuickly } from '../integrity/full-check.ts'
import { connect, type Key } from '../file/connect.ts'
import { type StrangeJournal, strangeJournal } from '../file/foreign-journal.ts'
import { isLocked, type Look } from '../file/probe.ts'
import { sayOdd } from '../schema/odd-schema.ts'
import { saltOf } from '../file/header.ts'
import { syncedBy } from '../file/synced-copies.ts'
import { sayAltered } from '../backup/weekly-backup.ts'

/**
 * Something that was found: one sentence, and what to do about it. `damage`: notes are lost or cannot be reached. `trouble`: they may be
 * one day. `remark`: good to know.
 */
export interface Finding {
  readonly level: 'damage' | 'trouble' | 'remark'
  /** A word that stays the same, for scripts. */
  readonly id: string
  readonly what: string
  readonly todo: string | null
}

/** Makes one. */
export const finding = (
  level: Finding['level'],
  id: string,
  what: string,
  todo: string | null = null,
): Finding => ({ level, id, what, todo })

const RESTORE = 'Keep the file as it is. To bring back a backup: coach restore'

/** What a first look at the notebook tells. */
export function firstSight(look: Look): readonly Finding[] {
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

const DAMAGE: Readonly<Partial<Record<Look['state'], string>>> = {
  damaged: 'is damaged.',
  empty: 'is empty.',
  foreign: 'is not a notebook of coach.',
}

/** A file of so many bytes takes too long for a quick look at all of its pages. */
const LARGE = 64_000_000

/** What a look at its pages tells, or, where it is to be a full one, at every row. */
export function inside(
  { path, size, odd }: Look,
  key: Key | null,
  isFull: boolean,
): readonly Finding[] {
  if (!isFull) {
    return size > LARGE || isWholeQuickly(path, key)
      ? aboutOdd(odd)
      : [finding('damage', 'damaged', `${path} is damaged.`, RESTORE)]
  }
  const { isWhole, brokenReferences, altered, otherSteps, strays, highest } = checkFile(path, key)
  if (!isWhole) return [finding('damage', 'damaged', `${path} is damaged.`, RESTORE)]
  return [
    ...(altered.length > 0
      ? [
          finding(
            'damage',
            'altered',
            sayAltered(altered),
            'A backup may hold it as it was: coach backup --list',
          ),
        ]
      : []),
    ...(brokenReferences > 0
      ? [
          finding(
            'damage',
            'references',
            `${count(brokenReferences, 'row')} in it belong to something that is not there.`,
            RESTORE,
          ),
        ]
      : []),
    ...aboutOdd(odd),
    ...(strays > 0
      ? [
          finding(
            'trouble',
            'strays',
            `${count(strays, 'record')} in it refer${strays === 1 ? 's' : ''} to something of another person, and may be shown there.`,
            'No coach does that; an earlier import may have. See what was kept before it: coach backup --list',
          ),
        ]
      : []),
    ...(highest > MOST_NUMBER
      ? [
          finding(
            'damage',
            'numbers',
            `${path} numbers its records higher than coach can count, so that two may get one number.`,
            RESTORE,
          ),
        ]
      : []),
    ...(otherSteps.length > 0
      ? [
          finding(
            'damage',
            'steps',
            `It was made by another coach than this one (step ${otherSteps.join(', ')} of its format differs).`,
            'Use the coach that made it, or restore a backup: coach restore',
          ),
        ]
      : []),
  ]
}

function aboutOdd(odd: readonly string[]): readonly Finding[] {
  if (odd.length === 0) return []
  return [
    finding(
      'damage',
      'schema',
      `${sayOdd('It', odd)} It may change or delete notes while you write.`,
      'Write nothing more into it. To bring back a backup from before: coach restore',
    ),
  ]
}

/** What can be told about the file without looking inside. */
export function outside(look: Look, key: Key | null): readonly Finding[] {
  const { path, state: found } = look
  const strange = strangeBeside(look, key)
  const isWritable = can(path, constants.W_OK) && can(dirname(path), constants.W_OK)
  const isBeside = (end: (typeof COMPANIONS)[number]) =>
    (lstatSync(`${path}${end}`, { throwIfNoEntry: false })?.size ?? 0) > 0
  const synced = syncedBy(path)
  return [
    ...(isWritable || found === 'foreign'
      ? []
      : [
          finding(
            'trouble',
            'read-only',
            `${path} can be read, and not written: the file, or its folder, forbids it.`,
            'Give yourself permission to write both.',
          ),
        ]),
    ...(strange === null
      ? []
      : [
          finding(
            'trouble',
            'strange-journal',
            `${strange.path} lies beside the notebook and does not belong to it as it is now.`,
            'A synchronising program or a copy may have put it there. Move it to another folder and keep it, then run: coach doctor',
          ),
        ]),
    ...(strange === null && isBeside('-journal')
      ? [
          finding(
            'remark',
            'journal',
            `Writing was interrupted, or is going on: ${path}-journal`,
            'Leave that file where it is. The next command takes back by itself what was half written.',
          ),
        ]
      : []),
    ...(strange === null && (isBeside('-wal') || isBeside('-shm'))
      ? [
          finding(
            'trouble',
            'other-program',
            `Another program left files beside it: ${path}-wal`,
            'Close whatever else has the notebook open; coach does not need these files.',
          ),
        ]
      : []),
    ...(synced === null
      ? []
      : [
          finding(
            'remark',
            'synced',
            `Its folder is synchronised by ${synced}.`,
            'Let it finish before you use coach on another machine.',
          ),
        ]),
  ]
}

/**
 * The journal beside a notebook that does not belong to it, by its path: by the same look as a command takes before it opens the
 * notebook. Null where there is none, and where nobody can tell without the password.
 */
export function strangeBeside(
  { path, state: found, isEncrypted }: Look,
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
