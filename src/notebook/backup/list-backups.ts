import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { namesIn } from '../../files/names-in.ts'
import { type BackupKind, readBackupName } from '../file/backup-names.ts'
import type { Key } from '../file/connect.ts'
import { isLocked, type ProbedFile, probe } from '../file/probe.ts'
import { largest } from '../../text/lists.ts'

/** A file among the backups of a notebook, and what a first look at it tells. */
export interface Backup extends ProbedFile {
  readonly kind: BackupKind
  /** The instant in its name, else that of its last change, as ISO text in UTC. */
  readonly madeAt: string
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
      const { kind, madeAt } = readBackupName(name) ?? {
        kind: 'other',
        madeAt: found.mtime.toISOString(),
      }
      return [{ ...probe(path, key), kind, madeAt }]
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
      (one.state === 'notebook' || isLocked(one)) &&
      (storeId === null || one.storeId === null || one.storeId === storeId),
  )
  const first = all.filter(({ kind }) => PREFERRED.has(kind))
  const last = all.filter(({ kind }) => kind === 'before-restore')
  return [...first, ...last].find(isGood) ?? null
}

/** How often a notebook among these backups had been written at most, as far as their names tell. */
export function writtenMost(folder: string): number {
  const written = namesIn(folder).map((name) => readBackupName(name)?.written ?? 0)
  return largest(written)
}
