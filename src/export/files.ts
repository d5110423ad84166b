import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { randomUUID } from 'node:crypto'
import { dirname, join, resolve } from 'node:path'
import { CoachError, EXIT, usageError } from '../errors.ts'
import { foldName } from '../text.ts'

/**
 * Writes a file that its owner alone can read. It is written beside its place and moved there when it is
 * whole. Links are never followed, and what exists is replaced only with `force`.
 */
export function writeExport(path: string, text: string, force: boolean): void {
  const temporary = join(dirname(path), `.coach-${randomUUID()}.tmp`)
  if (force) refuseOddTarget(path)
  try {
    const file = openSync(temporary, 'wx', 0o600)
    try {
      const bytes = Buffer.from(text)
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    if (force) renameSync(temporary, path)
    else linkSync(temporary, path)
  } catch (error) {
    throw sayWriteError(error, path)
  } finally {
    try {
      unlinkSync(temporary)
    } catch {
      // Renamed away, or never made.
    }
  }
}

/** Makes a folder that its owner alone can read, unless it is there. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw sayWriteError(error, path)
  }
}

/** Whether a name, seen from a folder, means a folder: it is one, or it ends like one. */
export function isFolder(from: string, name: string): boolean {
  if (/[/\\]$/.test(name)) return true
  try {
    return statSync(resolve(from, name)).isDirectory()
  } catch {
    return false
  }
}

/** A file name from a number and a name, with nothing in it that a file system could take amiss. */
export function fileNameFor(prefix: string, name: string, ending: string): string {
  const slug = foldName(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return `${[prefix, slug].filter(Boolean).join('-')}.${ending}`
}

function refuseOddTarget(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found || found.isFile()) return
  throw usageError(
    `${path} is not a plain file. Nothing was written.`,
    'Name another file with -o.',
  )
}

function sayWriteError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'EEXIST') {
    return usageError(
      `${path} exists already, and was left as it is.`,
      'Name another file, or add --force to replace it.',
      { cause: error },
    )
  }
  const why =
    error.code === 'ENOSPC' ? 'the disk is full' : 'it is not allowed, or the folder is missing'
  return new CoachError(
    EXIT.cannotWrite,
    `${path} could not be written: ${why}. Your notebook is safe.`,
    'Name another place with -o.',
    { cause: error },
  )
}
