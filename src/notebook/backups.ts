import { lstatSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Key } from './connect.ts'
import { type Look, lookAt } from './look.ts'

/** Why a backup was made: by itself once a week, by hand, or before something that changes the file as a whole. */
export type BackupKind =
  | 'weekly'
  | 'by-hand'
  | 'before-update'
  | 'before-restore'
  | 'damaged'
  | 'other'

/** A file among the backups of a notebook, and what a first look at it tells. */
export interface Backup extends Look {
  readonly kind: BackupKind
  /** The instant in its name, else that of its last change, as ISO text in UTC. */
  readonly madeAt: string
}

/** The folder of the backups of a notebook. */
export function backupFolder(notebook: string): string {
  return join(dirname(notebook), 'backups')
}

/** How a name says the kind: what stands behind the generation. */
const SUFFIX = {
  weekly: '',
  'by-hand': '-by-hand',
  'before-restore': '-before-restore',
  damaged: '-damaged',
} as const satisfies Partial<Record<BackupKind, string>>

/** The file name of a backup: the instant in UTC, how often the notebook had been written, and why it was made. */
export function backupName(
  now: Date,
  generation: number | null,
  kind: keyof typeof SUFFIX | { readonly format: number },
): string {
  const written = generation === null ? '' : `-g${String(generation).padStart(6, '0')}`
  const why = typeof kind === 'string' ? SUFFIX[kind] : `-format-${kind.format}`
  return `notebook-${now.toISOString().slice(0, 16).replace(':', '')}${written}${why}.db`
}

const NAME =
  /^notebook-(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(?:-g(\d+))?(?:-(by-hand|format-\d+|before-restore|damaged))?(?:-\d+)?\.db$/
/** As they were called before there were commands for them. */
const EARLIER_NAME = /^notebook-format-\d+-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-\w+\.db$/

/** What the name of a backup tells; null for a name that is not ours. */
function readName(name: string): Pick<Backup, 'kind' | 'madeAt'> | null {
  const read = NAME.exec(name)
  if (read) {
    const [, day = '', hour = '', minute = '', , why = ''] = read
    return { kind: kindOf(why), madeAt: `${day}T${hour}:${minute}:00.000Z` }
  }
  const earlier = EARLIER_NAME.exec(name)
  if (!earlier) return null
  const [, year, month, day, hour, minute, second] = earlier
  return {
    kind: 'before-update',
    madeAt: `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`,
  }
}

function kindOf(why: string): BackupKind {
  if (why.startsWith('format-')) return 'before-update'
  return why === 'by-hand' || why === 'before-restore' || why === 'damaged' ? why : 'weekly'
}

/**
 * The files among the backups, the one that was written last first: by the generation of the notebook, as no clock can be
 * relied on. Files that are not ours are there too, as far as they end in `.db`. A folder that is not there holds none.
 */
export function listBackups(folder: string, key: Key | null = null): readonly Backup[] {
  return namesIn(folder)
    .filter((name) => name.endsWith('.db'))
    .flatMap((name) => {
      const path = join(folder, name)
      const found = lstatSync(path, { throwIfNoEntry: false })
      if (!found || !(found.isFile() || found.isSymbolicLink())) return []
      const said = readName(name) ?? { kind: 'other', madeAt: found.mtime.toISOString() }
      return [{ ...lookAt(path, key), ...said }]
    })
    .toSorted(newestFirst)
}

function newestFirst(a: Backup, b: Backup): number {
  if (a.storeId === b.storeId && a.generation !== b.generation) {
    return (b.generation ?? -1) - (a.generation ?? -1)
  }
  if (a.madeAt !== b.madeAt) return a.madeAt < b.madeAt ? 1 : -1
  return a.path < b.path ? 1 : -1
}

/** The names in a folder; none where it is not there or may not be read. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch {
    return []
  }
}

/** Whether a backup stands for the notebook as it was: what was put aside before a restore does so only where nothing else is left. */
const PREFERRED = new Set<BackupKind>(['weekly', 'by-hand', 'before-update', 'other'])

/**
 * The backup to go back to: the newest good one of a notebook, or of whichever was backed up last where the store is not known.
 * @param storeId the store of the notebook, as far as it is known
 * @param isGood looks closely, where a first look is not enough
 */
export function newestBackup(
  folder: string,
  {
    storeId = null,
    key = null,
    isGood = () => true,
  }: {
    readonly storeId?: string | null
    readonly key?: Key | null
    readonly isGood?: (backup: Backup) => boolean
  } = {},
): Backup | null {
  const all = listBackups(folder, key).filter(
    (one) =>
      (one.state === 'notebook' || one.state === 'encrypted') &&
      (storeId === null || one.storeId === null || one.storeId === storeId),
  )
  const first = all.filter(({ kind }) => PREFERRED.has(kind))
  const last = all.filter(({ kind }) => kind === 'before-restore')
  return [...first, ...last].find(isGood) ?? null
}
