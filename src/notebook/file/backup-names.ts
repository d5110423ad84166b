import { realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { MOST_NUMBER } from '../schema/bounds.ts'

/** Why a backup was made: by itself once a week, by hand, or before something that changes the file as a whole. */
export type BackupKind =
  | 'weekly'
  | 'by-hand'
  | 'before-update'
  | 'before-restore'
  | 'before-encryption'
  | 'damaged'
  | 'other'

/** The name of the folder in which backups are. */
export const BACKUPS = 'backups'

/** The folder into which the backups of a notebook go: beside the name that it is reached by, which may be a link. */
export function backupFolder(notebook: string): string {
  return join(dirname(notebook), BACKUPS)
}

/** The names that the file of a notebook has: the one that it is reached by, and, where that is a link, its own. */
export function pathsOf(notebook: string): readonly string[] {
  const real = realOf(notebook)
  const isSame =
    basename(real) === basename(notebook) && realOf(dirname(notebook)) === dirname(real)
  return isSame ? [notebook] : [notebook, real]
}

/** The folders in which something of a notebook may lie: where it is reached, and where its file is. */
export function foldersOf(notebook: string): readonly string[] {
  const [first = '', ...more] = pathsOf(notebook).map((name) => dirname(name))
  return [first, ...more.filter((one) => realOf(one) !== realOf(first))]
}

/** The folders in which backups of a notebook may lie: its own, and that of whoever reaches the file by its other name. */
export function backupFolders(notebook: string): readonly string[] {
  const [first = '', ...more] = foldersOf(notebook).map((folder) => join(folder, BACKUPS))
  return [first, ...more.filter((one) => realOf(one) !== realOf(first))]
}

function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/** How a name says the kind: what stands behind the count of writes. */
const SUFFIX = {
  weekly: '',
  'by-hand': '-by-hand',
  'before-restore': '-before-restore',
  'before-encryption': '-before-encryption',
  damaged: '-damaged',
} as const satisfies Partial<Record<BackupKind, string>>

/**
 * The file name of a backup: the instant in UTC, how often the notebook had been written, and why it was made.
 * @param time counts up where a name is taken
 */
export function backupName(
  now: Date,
  generation: number | null,
  kind: keyof typeof SUFFIX | { readonly format: number },
  time = 1,
): string {
  const written = generation === null ? '' : `-g${String(generation).padStart(6, '0')}`
  const why = typeof kind === 'string' ? SUFFIX[kind] : `-format-${kind.format}`
  const again = time === 1 ? '' : `-${time}`
  return `notebook-${now.toISOString().slice(0, 16).replace(':', '')}${written}${why}${again}.db`
}

/** Whether a name is that of a notebook which was kept as it was before it was encrypted. */
export function isBeforeEncryption(name: string): boolean {
  return /-before-encryption(?:-\d+)?\.db$/.test(name)
}

/** What a name tells of a backup at a glance, also of one that was given a name by hand: to go back to it is worth more or less. */
export function worthOf(
  name: string,
): { readonly isAside: boolean; readonly written: number } | null {
  if (!name.endsWith('.db') || /-damaged(?:-\d+)?\.db$/.test(name)) return null
  return {
    isAside: name.includes('-before-restore'),
    written: Number(/-g(\d+)/.exec(name)?.[1] ?? -1),
  }
}

const MADE = String.raw`(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)`
const WRITTEN = String.raw`(?:-g(\d+))?`
const WHY = String.raw`(?:-(by-hand|format-\d+|before-restore|before-encryption|damaged))?`
const AGAIN = String.raw`(?:-\d+)?`
const NAME = new RegExp(String.raw`^notebook-${MADE}${WRITTEN}${WHY}${AGAIN}\.db$`)
/** As they were called before there were commands for them. */
const EARLIER_NAME = /^notebook-format-\d+-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-\w+\.db$/

/** What the name of a backup tells. */
export interface BackupName {
  readonly kind: BackupKind
  /** As ISO text in UTC. */
  readonly madeAt: string
  /** How often the notebook had been written; null where the name does not say so. */
  readonly written: number | null
}

/** Reads the name of a backup; null for a name that is not ours. */
export function readBackupName(name: string): BackupName | null {
  const read = NAME.exec(name)
  if (read) {
    const [, day = '', hour = '', minute = '', written, why = ''] = read
    return {
      kind: kindOf(why),
      madeAt: `${day}T${hour}:${minute}:00.000Z`,
      written: written === undefined || Number(written) > MOST_NUMBER ? null : Number(written),
    }
  }
  const earlier = EARLIER_NAME.exec(name)
  if (!earlier) return null
  const [, year, month, day, hour, minute, second] = earlier
  return {
    kind: 'before-update',
    written: null,
    madeAt: `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`,
  }
}

const KINDS = ['by-hand', 'before-restore', 'before-encryption', 'damaged'] as const

function kindOf(why: string): BackupKind {
  if (why.startsWith('format-')) return 'before-update'
  return KINDS.find((kind) => kind === why) ?? 'weekly'
}
