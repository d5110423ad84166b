import { sayTime } from '../../dates/day.ts'
import type { SetAside } from '../../notebook/backup/set-aside.ts'
import type { BackupKind } from '../../notebook/file/backup-names.ts'
import type { Backup } from '../../notebook/backup/list-backups.ts'
import type { Holdings } from '../../notebook/integrity/full-check.ts'
import type { ProbedFile } from '../../notebook/file/probe.ts'
import { count } from '../../text/text.ts'
import { hang, type Style, wrap } from '../../output/layout.ts'

const KINDS = {
  weekly: 'by itself',
  'by-hand': 'by hand',
  'before-update': 'before an update',
  'before-restore': 'before a restore',
  'before-encryption': 'before encryption, not encrypted',
  damaged: 'of what was damaged',
  other: 'put there by you',
} as const satisfies Record<BackupKind, string>

const STATES = {
  notebook: '',
  newer: 'of a newer coach',
  encrypted: 'password needed to look inside',
  'other-password': 'under another password',
  damaged: 'damaged',
  foreign: 'not a notebook',
  empty: 'empty',
  unreadable: 'cannot be read',
  busy: 'in use',
} as const satisfies Record<ProbedFile['state'], string>

/** The backups that there are, the newest first. */
export function renderBackups(
  { folder, backups }: { readonly folder: string; readonly backups: readonly Backup[] },
  style: Style,
): string {
  const { paint, width } = style
  if (backups.length === 0) {
    return 'There is no backup yet. To make one: coach backup\n'
  }
  // The name stays in one piece, to be copied.
  const entries = backups.map(
    (backup) => `  ${lastPartOf(backup.path)}\n${hang('    ', sayBackup(backup, style), width)}`,
  )
  return `${paint.bold(`Backups in ${folder}`)}\n${entries.join('\n')}\n`
}

/** The last part of a path. */
export function lastPartOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

/** When a backup was made, why, and what else there is to say about it. */
export function sayBackup(backup: Backup, { today }: Pick<Style, 'today'>): string {
  const { madeAt, kind, size, isEncrypted, state, odd } = backup
  return [
    KINDS[kind],
    sayTime(madeAt, today),
    saySize(size),
    ...(isEncrypted ? ['encrypted'] : []),
    ...(STATES[state] === '' ? [] : [STATES[state]]),
    ...(odd.length === 0 ? [] : [`cannot be restored: not made by coach (${odd.join(', ')})`]),
  ].join(' · ')
}

/** A size in bytes as a person would say it. */
export function saySize(bytes: number): string {
  if (bytes < 1000) return count(bytes, 'byte')
  const [value, unit] = bytes < 999_500 ? [bytes / 1000, 'KB'] : [bytes / 1_000_000, 'MB']
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`
}

/** The shape of `coach backup --list --json`. */
export function backupsJson(backups: readonly Backup[]): readonly object[] {
  return backups.map((one) => ({
    path: one.path,
    kind: one.kind,
    made_at: one.madeAt,
    state: one.state,
    size: one.size,
    format: one.format,
    encrypted: one.isEncrypted,
    notebook: one.storeId,
    generation: one.generation,
    odd: one.odd,
  }))
}

/** A backup beside the notebook in whose place it would be put. */
export interface RestorePage {
  readonly backup: string
  readonly holds: Holdings
  readonly notebook: string
  readonly now: Holdings | null
  /** Why nothing can be told about what is there now. */
  readonly whyNot: string
  readonly remarks: readonly string[]
}

/** What a backup holds, against what is there. Paths stand on lines of their own, unbroken, to be copied. */
export function renderRestore(page: RestorePage, style: Style): string {
  const { backup, holds, notebook, now, whyNot, remarks } = page
  const under = (text: string) => hang('    ', text, style.width)
  return `${[
    `To put back  ${backup}`,
    under(sayHoldings(holds, style)),
    `In place of  ${notebook}`,
    under(now ? sayHoldings(now, style) : whyNot),
    ...remarks.map((text) => wrap(text, style.width).join('\n')),
  ].join('\n')}\n`
}

/** Who comes back with a backup. */
export function renderReturning(names: readonly string[], { width }: Style): string {
  return `${[
    ...wrap('These people are not in your notebook now, and come back with the backup:', width),
    ...names.flatMap((name) => hang('  ', name, width)),
    ...wrap('If you forgot them on purpose, take them out of the backups first:', width),
    '  coach person forget NAME --backups',
  ].join('\n')}\n`
}

/** How to take over what a copy holds that is to stay where it is. */
export function renderTakeOver(
  { path, coach }: { readonly path: string; readonly coach: string },
  { width }: Style,
): string {
  return `${[
    ...wrap('The other copy stays where it is. To take over what only that one holds:', width),
    `  coach --notebook ${path} export all --format json -o other.json`,
    `  ${coach} import other.json`,
  ].join('\n')}\n`
}

/** Where what was there before a restore is kept. */
export function renderBefore({ path, isDamaged, strange, asItLay }: SetAside): string {
  if (strange !== null) {
    const look = `What you wrote last may stand in it: move that away, then see with coach restore ${lastPartOf(path)}`
    return `What was there is kept, byte by byte, as:\n${path}\nThe journal beside it did not belong to it, and is kept as:\n${strange}\n${look}\n`
  }
  const kept = `What was there${isDamaged ? ', damaged as it was,' : ''} is kept as:\n${path}\n`
  return asItLay === null
    ? kept
    : `${kept}A write had been cut off there; how it lay there is kept too, byte by byte, as:\n${asItLay}\n`
}

function sayHoldings(
  { people, sessions, items, notes, lastChange }: Holdings,
  { today }: Style,
): string {
  const holds = [
    count(people, 'person', 'people'),
    count(sessions, 'session'),
    count(items, 'action item'),
    count(notes, 'note'),
  ].join(', ')
  return lastChange === null ? holds : `${holds}; last change ${sayTime(lastChange, today)}`
}
