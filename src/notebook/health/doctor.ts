import { lstatSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { count, list } from '../../text/text.ts'
import { LAST_NOTEBOOK } from '../../files/home-names.ts'
import { namesIn } from '../../files/names-in.ts'
import type { User } from '../../files/trust.ts'
import { COMPANIONS } from '../backup/set-aside.ts'
import { backupFolder } from '../backup/backup-names.ts'
import { type Backup, listBackups } from '../backup/list-backups.ts'
import { checkFile, type Holdings, holdingsAt } from '../integrity/full-check.ts'
import type { Key } from '../file/connect.ts'
import { plainBeside, plainCopies } from '../encryption/unprotected-copies.ts'
import { aboutDrafts } from './drafts.ts'
import { type Finding, finding, firstSight, inside, outside } from './findings.ts'
import { isLocked, type Look, lookAt } from '../file/probe.ts'
import { conflictedCopies } from '../file/synced-copies.ts'
import type { Start } from '../file/starts.ts'
import { laxity, leftovers } from '../backup/leftovers.ts'
import { saltOf } from '../file/header.ts'
import { startsAt, otherLine, sayStranger } from '../backup/other-line.ts'
import { sayOdd } from '../schema/odd-schema.ts'
import { type Surroundings, surroundings } from './surroundings.ts'

/** What the doctor saw. */
export interface Examination {
  readonly notebook: Look | null
  readonly path: string
  readonly holdings: Holdings | null
  readonly backups: readonly Backup[]
  readonly drafts: number
  readonly isFull: boolean
  readonly findings: readonly Finding[]
}

/** What is to be looked at. `remembered`: where the notebook was the last time, as far as that is known. */
export interface Patient extends Surroundings {
  readonly path: string
  readonly config: string
  readonly drafts: string
  readonly remembered: string | null
  /** The start that was seen last in it, as far as that is known. */
  readonly seen: (Start & { readonly store: string }) | undefined
  readonly isWindows: boolean
  readonly user: User | null
  /** Whether coach found that the disk does not let it keep others out. */
  readonly isExposed: boolean
  readonly key: Key | null
  readonly now: Date
  readonly isFull: boolean
}

/** Looks at a notebook and all that belongs to it. Writes nothing, and throws for nothing that is damaged, missing or locked. */
export function examine(patient: Patient): Examination {
  const { path, key, isFull } = patient
  const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined
  const look = isThere ? lookAt(path, key) : null
  const folder = backupFolder(path)
  const backups = listBackups(folder, key)
  const findings = [
    ...(look === null ? missing(patient) : firstSight(look)),
    ...(look?.state === 'notebook' ? inside(look, key, isFull) : []),
    ...(look === null ? [] : outside(look, key)),
    ...(look?.state === 'notebook' ? aboutLine(patient) : []),
    ...beside(patient, folder),
    ...aboutDrafts(patient.drafts, look, key),
    ...surroundings(patient, look),
    ...aboutBackups(patient, look, backups),
  ]
  const isReadable = look?.state === 'notebook'
  return {
    notebook: look,
    path,
    holdings: isReadable ? holdingsAt(path, key) : null,
    backups,
    drafts: namesIn(patient.drafts).length,
    isFull,
    findings,
  }
}

function missing({ path, remembered }: Patient): readonly Finding[] {
  if (remembered === null) {
    return [finding('remark', 'none', `There is no notebook at ${path} yet.`)]
  }
  return [
    finding(
      'damage',
      'missing',
      `There is no notebook at ${path}, and your notes were at ${remembered}.`,
      'See whether a folder was moved or a drive is missing. To bring back a backup: coach restore',
    ),
  ]
}

/** Whether it is the notebook that was used last, or has grown out of it. */
function aboutLine({ path, key, seen, isWindows }: Patient): readonly Finding[] {
  if (seen === undefined || !startsAt(path, key, seen).isStranger) return []
  const others = otherLine({ path, key, seen, isWindows })
  const { best } = others
  return [
    finding(
      'trouble',
      'other-line',
      sayStranger(path, others),
      best ? `To bring yours back: coach ${best.command}` : null,
    ),
    finding(
      'remark',
      'other-line-stays',
      'Nothing is written to the one that is there until you choose.',
      'To go on with it: coach restore --keep',
    ),
  ]
}

/** Files and folders beside the notebook: who may read them, copies, and what was left. */
function beside(patient: Patient, folder: string): readonly Finding[] {
  const { path, config, drafts, key, isFull } = patient
  const own = [dirname(path), path, folder, drafts]
  const more = [
    ...[folder, drafts].flatMap((one) => namesIn(one).map((name) => join(one, name))),
    ...['config.yaml', LAST_NOTEBOOK].map((name) => join(config, name)),
    ...COMPANIONS.map((end) => `${path}${end}`),
  ]
  const all = [...own, ...(isFull ? more : [])].flatMap((one) => laxity(one, patient.user) ?? [])
  const lax = patient.isExposed ? all.filter(({ isOthers }) => isOthers) : all
  const left = leftovers(path)
  const isOpen = (one: string) => saltOf(path) !== null && isFilled(one) && saltOf(one) === null
  const [open, rest] = [left.filter(isOpen), left.filter((one) => !isOpen(one))]
  return [
    ...(lax.length === all.length
      ? []
      : [
          finding(
            'trouble',
            'mode',
            `${dirname(path)} can be read by others on this machine: the disk it is on keeps no permissions, or does not let coach change them.`,
            'Move the notebook to a disk of your own, or put it under a password: coach encrypt',
          ),
        ]),
    ...lax.map(({ what, todo }) => finding('trouble', 'mode', what, todo)),
    ...conflictedCopies(path).map((copy) => {
      const holds = holdingsAt(copy, key)
      const said = holds ? ` It holds ${sayCounts(holds)}.` : ' It cannot be read.'
      return finding(
        'trouble',
        'conflict',
        `There is a second copy of the notebook: ${copy}.${said}`,
        'See what is in it: coach --notebook FILE people. Then move it away.',
      )
    }),
    ...(open.length === 0
      ? []
      : [
          finding(
            'trouble',
            'open-leftover',
            `The notebook is encrypted, and an interrupted command left text of it that may not be: ${open.join(', ')}`,
            'If no coach is running, delete what is named here.',
          ),
        ]),
    ...(rest.length === 0
      ? []
      : [
          finding(
            'remark',
            'leftover',
            `${count(rest.length, 'file')} of an interrupted command: ${rest.join(', ')}`,
            'If no coach is running, you can delete what is named here.',
          ),
        ]),
  ]
}

const isFilled = (path: string) => (lstatSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0

function sayCounts({ people, sessions, items, notes }: Holdings): string {
  return `${count(people, 'person', 'people')}, ${count(sessions, 'session')}, ${count(items, 'action item')} and ${count(notes, 'note')}`
}

const OLD_DAYS = 14
const DAY_MS = 24 * 60 * 60 * 1000

function aboutBackups(
  { key, now, isFull }: Patient,
  look: Look | null,
  backups: readonly Backup[],
): readonly Finding[] {
  const own = backups.filter(
    (one) =>
      (one.state === 'notebook' || isLocked(one)) &&
      (look === null ||
        look.storeId === null ||
        one.storeId === null ||
        one.storeId === look.storeId),
  )
  const locked = own.filter(({ state: found }) => found === 'other-password')
  const written = look?.generation ?? null
  const later = own.find(
    ({ generation, kind, storeId }) =>
      written !== null &&
      kind !== 'damaged' &&
      storeId === look?.storeId &&
      (generation ?? 0) > written,
  )
  const open = look?.isEncrypted ? plainAround(look) : []
  const bad = backups.filter(
    ({ state: found, kind }) => kind !== 'damaged' && (found === 'damaged' || found === 'empty'),
  )
  const unsound = isFull
    ? own.filter(({ path, state: found, kind }) => {
        if (found !== 'notebook' || kind === 'damaged') return false
        const { isWhole, altered, brokenReferences } = checkFile(path, key)
        return !isWhole || altered.length > 0 || brokenReferences > 0
      })
    : []
  const strange = own.filter(({ odd, kind }) => kind !== 'damaged' && odd.length > 0)
  const newest = own.find(
    (one) => one.kind !== 'damaged' && !unsound.includes(one) && !strange.includes(one),
  )
  const isOld =
    newest !== undefined &&
    newest.generation !== look?.generation &&
    now.getTime() - Date.parse(newest.madeAt) > OLD_DAYS * DAY_MS
  return [
    ...[...bad, ...unsound].map(({ path }) =>
      finding(
        'trouble',
        'backup',
        `The backup ${path} is damaged.`,
        'Make a new one: coach backup',
      ),
    ),
    ...strange.map(({ path, odd }) =>
      finding(
        'trouble',
        'backup-schema',
        `${sayOdd(`The backup ${path}`, odd)} It cannot be restored.`,
        'Make a new one: coach backup. Then move this one away.',
      ),
    ),
    ...(later === undefined
      ? []
      : [
          finding(
            'trouble',
            'older-than-backup',
            `The notebook is older than its backup ${later.path}: an older copy may have taken its place, and what was written last is not in it.`,
            `See what the backup holds, before you write more: coach restore ${basename(later.path)}`,
          ),
        ]),
    ...(locked.length > 0
      ? [
          finding(
            'remark',
            'other-password',
            `Under another password, as an earlier one, so nobody could look inside: ${list(locked.map(({ path }) => path))}`,
            'Keep that password as long as you keep these backups.',
          ),
        ]
      : []),
    ...(open.length > 0
      ? [
          finding(
            'trouble',
            'not-encrypted',
            `The notebook is encrypted, and these copies of it are not: ${list(open)}`,
            'To encrypt or remove those among the backups: coach encrypt. Move the others away yourself.',
          ),
        ]
      : []),
    ...(newest === undefined && look !== null
      ? [finding('remark', 'no-backup', 'There is no backup yet.', 'To make one: coach backup')]
      : []),
    ...(isOld
      ? [
          finding(
            'remark',
            'old-backup',
            `The newest backup is older than ${OLD_DAYS} days.`,
            'To make one: coach backup',
          ),
        ]
      : []),
  ]
}

/** Copies that anybody can read, of a notebook that not everybody can. */
function plainAround({ path, storeId }: Look): readonly string[] {
  // Which notebook it is shows only with its password; without it, no copy is passed over.
  const { own, others, unknown } = plainCopies({ path, storeId: storeId ?? '' })
  return [...own, ...unknown, ...(storeId === null ? others : []), ...plainBeside(path)]
}
