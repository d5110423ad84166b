import { closeSync, fsyncSync, lstatSync, openSync, renameSync, statSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { dirname, join, resolve } from 'node:path'
import { CoachError, EXIT, usageError } from '../errors.ts'
import { makePrivateFolder, nameNew, removeQuietly, syncFolder, writeAll } from './durable.ts'
import { fold } from '../text/folding.ts'

/** A text, or the pieces of a long one. */
export type Text = string | readonly string[]

/**
 * Writes a file that its owner alone can read. It is written beside its place and moved there when it is
 * whole. Links are never followed, and what exists is replaced only with `force`.
 */
export function writeExport(path: string, text: Text, force: boolean): void {
  const temporary = join(dirname(path), `.coach-${randomUUID()}.tmp`)
  if (force) refuseOddTarget(path)
  else refuseAnyTarget(path)
  try {
    const file = openSync(temporary, 'wx', 0o600)
    try {
      for (const piece of typeof text === 'string' ? [text] : text) {
        writeAll(file, Buffer.from(piece))
      }
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    if (force) renameSync(temporary, path)
    else nameNew(temporary, path)
    syncFolder(dirname(path))
  } catch (error) {
    throw sayWriteError(error, path)
  } finally {
    removeQuietly(temporary)
  }
}

/** Makes a folder for what is exported, or is the user's own. @throws CoachError (7) where it cannot be made */
export function makeFolder(path: string): void {
  try {
    makePrivateFolder(path)
  } catch (error) {
    throw sayWriteError(error, path)
  }
}

/** Whether a name, seen from a folder, means a folder: it is one, or it ends like one. */
export function meansFolder(from: string, name: string): boolean {
  if (/[/\\]$/.test(name)) return true
  try {
    return statSync(resolve(from, name)).isDirectory()
  } catch {
    return false
  }
}

/** A file name from a number and a name, with nothing in it that a file system could take amiss. */
export function fileNameFor(prefix: string, name: string, ending: string): string {
  const slug = fold(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return `${[prefix, slug].filter(Boolean).join('-')}.${ending}`
}

/** Looks before anything is written: into the folder of a device, for one, nothing of ours belongs. */
function refuseAnyTarget(path: string): void {
  if (lookAt(path)) throw existsAlready(path)
}

/** What stands at a place, itself and not what it points to. */
function lookAt(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch (error) {
    throw sayWriteError(error, path)
  }
}

function existsAlready(path: string, cause?: unknown): CoachError {
  return usageError(
    `${path} exists already, and was left as it is.`,
    'Name another file, or add --force to replace it.',
    { cause },
  )
}

function refuseOddTarget(path: string): void {
  const found = lookAt(path)
  if (!found || found.isFile()) return
  throw usageError(
    `${path} is not a plain file. Nothing was written.`,
    'Name another file with -o.',
  )
}

const WHY: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EIO: 'the disk reported an error',
}

function sayWriteError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'EEXIST') return existsAlready(path, error)
  const why = WHY[String(error.code)] ?? 'it is not allowed, or the folder is missing'
  return new CoachError(
    EXIT.cannotWrite,
    `${path} could not be written: ${why}. Your notebook is safe.`,
    'Name another place with -o.',
    { cause: error },
  )
}
