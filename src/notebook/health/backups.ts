import { basename } from 'node:path'
import { sayList } from '../../text/text.ts'
import type { Backup } from '../backup/list-backups.ts'
import { plainBeside, plainCopies } from '../encryption/unprotected-copies.ts'
import type { Key } from '../file/connect.ts'
import { isLocked, type ProbedFile } from '../file/probe.ts'
import { checkFile } from '../integrity/full-check.ts'
import { sayOdd } from '../schema/odd-schema.ts'
import { type Finding, finding, when } from './finding.ts'

const OLD_DAYS = 14
const DAY_MS = 24 * 60 * 60 * 1000

/** The backups by what is to be told of them. */
interface Sorted {
  /** Those of this notebook, or, where it cannot be told, those that may be. */
  readonly own: readonly Backup[]
  /** Damaged or empty ones. What was put aside as damaged is no surprise. */
  readonly bad: readonly Backup[]
  /** Under a password that is not at hand. */
  readonly locked: readonly Backup[]
  /** Those that somebody else has put something into. */
  readonly odd: readonly Backup[]
  /** One that was written more often than the notebook: an older copy may have taken the place of that. */
  readonly later: Backup | undefined
}

/** Sorts backups by what a first look at them told. */
export function sortBackups(
  notebook: Pick<ProbedFile, 'storeId' | 'generation'> | null,
  backups: readonly Backup[],
): Sorted {
  const { storeId = null, generation: written = null } = notebook ?? {}
  const isOwn = (one: Backup) => [storeId, one.storeId].includes(null) || one.storeId === storeId
  const isExpected = ({ kind }: Backup) => kind === 'damaged'
  const own = backups.filter((one) => (one.state === 'notebook' || isLocked(one)) && isOwn(one))
  return {
    own,
    bad: backups.filter(
      (one) => !isExpected(one) && (one.state === 'damaged' || one.state === 'empty'),
    ),
    locked: own.filter(({ state }) => state === 'other-password'),
    odd: own.filter((one) => !isExpected(one) && one.odd.length > 0),
    later:
      written === null
        ? undefined
        : own.find(
            (one) => !isExpected(one) && one.storeId === storeId && (one.generation ?? 0) > written,
          ),
  }
}

/** What is to be told of the backups of a notebook. */
export function aboutBackups(
  { key, now, isFull }: { readonly key: Key | null; readonly now: Date; readonly isFull: boolean },
  look: ProbedFile | null,
  backups: readonly Backup[],
): readonly Finding[] {
  const { own, bad, locked, odd, later } = sortBackups(look, backups)
  const unsound = isFull ? own.filter((one) => isUnsound(one, key)) : []
  const newest = own.find(
    (one) => one.kind !== 'damaged' && !unsound.includes(one) && !odd.includes(one),
  )
  return [
    ...[...bad, ...unsound].map(aboutDamaged),
    ...odd.map(aboutOdd),
    ...(later === undefined ? [] : [aboutLater(later)]),
    ...when(locked.length > 0, () =>
      finding(
        'remark',
        'other-password',
        `Under another password, as an earlier one, so nobody could look inside: ${sayList(locked.map(({ path }) => path))}`,
        'Keep that password as long as you keep these backups.',
      ),
    ),
    ...aboutPlain(look?.isEncrypted ? plainAround(look) : []),
    ...when(newest === undefined && look !== null, () =>
      finding('remark', 'no-backup', 'There is no backup yet.', 'To make one: coach backup'),
    ),
    ...when(isOld(newest, look, now), () =>
      finding(
        'remark',
        'old-backup',
        `The newest backup is older than ${OLD_DAYS} days.`,
        'To make one: coach backup',
      ),
    ),
  ]
}

/** Whether going through all of a backup finds something wrong. */
function isUnsound({ path, state, kind }: Backup, key: Key | null): boolean {
  if (state !== 'notebook' || kind === 'damaged') return false
  const { isWhole, altered, brokenReferences } = checkFile(path, key)
  return !isWhole || altered.length > 0 || brokenReferences > 0
}

/** Whether the notebook was written since its newest backup, and that is long ago. */
function isOld(newest: Backup | undefined, look: ProbedFile | null, now: Date): boolean {
  if (newest === undefined || newest.generation === look?.generation) return false
  return now.getTime() - Date.parse(newest.madeAt) > OLD_DAYS * DAY_MS
}

function aboutDamaged({ path }: Backup): Finding {
  return finding(
    'trouble',
    'backup',
    `The backup ${path} is damaged.`,
    'Make a new one: coach backup',
  )
}

function aboutOdd({ path, odd }: Backup): Finding {
  return finding(
    'trouble',
    'backup-schema',
    `${sayOdd(`The backup ${path}`, odd)} It cannot be restored.`,
    'Make a new one: coach backup. Then move this one away.',
  )
}

function aboutLater({ path }: Backup): Finding {
  return finding(
    'trouble',
    'older-than-backup',
    `The notebook is older than its backup ${path}: an older copy may have taken its place, and what was written last is not in it.`,
    `See what the backup holds, before you write more: coach restore ${basename(path)}`,
  )
}

function aboutPlain(open: readonly string[]): readonly Finding[] {
  return when(open.length > 0, () =>
    finding(
      'trouble',
      'not-encrypted',
      `The notebook is encrypted, and these copies of it are not: ${sayList(open)}`,
      'To encrypt or remove those among the backups: coach encrypt. Move the others away yourself.',
    ),
  )
}

/** Copies that anybody can read, of a notebook that not everybody can. */
function plainAround({ path, storeId }: ProbedFile): readonly string[] {
  // Which notebook it is shows only with its password; without it, no copy is passed over.
  const { own, others, unknown } = plainCopies({ path, storeId: storeId ?? '' })
  return [...own, ...unknown, ...(storeId === null ? others : []), ...plainBeside(path)]
}
