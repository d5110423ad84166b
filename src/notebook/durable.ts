import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  unlinkSync,
} from 'node:fs'
import { CoachError, EXIT } from '../errors.ts'

/** Makes sure that what was written to a file is on the disk. */
export function syncFile(path: string): void {
  sync(path, 'r+')
}

/** Makes sure that names that were given or taken away in a folder are on the disk. */
export function syncFolder(path: string): void {
  sync(path, 'r')
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const file = openSync(path, flags)
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes a folder that its owner alone can read, unless it is there. @throws CoachError (7) where something else has its name */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    if (!/^(?:EEXIST|ENOTDIR)$/.test(codeOf(error))) throw error
    throw new CoachError(
      EXIT.cannotWrite,
      `${path} cannot be made: something else has that name. Your notebook was left as it is.`,
      'Move away what is there, then run the command again.',
      { cause: error },
    )
  }
}

/** Gives a whole file its name. What has that name already is never replaced (EEXIST), nor is a link followed. */
export function nameNew(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch (error) {
    // Some file systems (exFAT) know no links.
    if (!/^(?:EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS)$/.test(codeOf(error))) throw error
    if (lstatSync(to, { throwIfNoEntry: false })) {
      throw Object.assign(new Error('the name is taken'), { code: 'EEXIST', cause: error })
    }
    renameSync(from, to)
    return
  }
  unlinkSync(from)
}

/** The code of a failure (`ENOENT`, `SQLITE_FULL`), or an empty text. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Removes a file, if it is there and can be removed. */
export function removeQuietly(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // It was never made, has another name by now, or stays where it is.
  }
}
