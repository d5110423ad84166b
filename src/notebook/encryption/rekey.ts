import {
  closeSync,
  fstatSync,
  linkSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../../errors.ts'
import { sayFailure } from '../file/failures.ts'
import { connect, type Key, withConnection } from '../file/connect.ts'
import { newUuid } from '../schema/row-values.ts'
import { type Stamp, Unlike, writeUnder } from './write-encrypted.ts'
import { BUSY_MS } from '../file/lock-wait.ts'
import { traceOf } from '../file/file-identity.ts'
import { refuseOdd } from '../file/whose-file.ts'
import {
  codeOf,
  copyBytes,
  hasNoLinks,
  makePrivateFolder,
  mayBeOpen,
  overwrite,
  removeQuietly,
  secondName,
  syncFolder,
  wipeFile,
} from '../../files/durable.ts'

/** How a file is put under another key, or under none. */
export interface Rekey {
  readonly path: string
  readonly from: Key | null
  readonly to: Key | null
  /** The key that the new file is opened with before it counts: made anew from what will open it later. */
  readonly again: (path: string) => Key | null
  readonly stamp: Stamp
  /** Where the old file is kept; null where it is overwritten and removed. */
  readonly keepAt: string | null
  /** The program that is running, which is told where the file is of a newer one. */
  readonly program: string
  /** Called when the new file is proved, before it takes the place of the old one. Where it throws, nothing is changed. */
  readonly onProved?: () => void
}

/**
 * Makes a new file with all that the old one holds, under another key, and puts it in the place of the old one when it is proved
 * to be whole. At every moment the place holds the old file or the new one. Nobody else can write or read meanwhile.
 * @throws CoachError (4) where somebody else is at it, (7) where it cannot be written, (5) where it is damaged; the old file
 * stands as it was then
 */
export function rekey(how: Rekey): void {
  const state = { isDone: false }
  const onDone = () => {
    state.isDone = true
  }
  try {
    const path = realpathSync(how.path)
    // Its bytes stay in reach when its name is given to the new file. Not closed before the connection: that would end its lock.
    const old = openSync(path, 'r+')
    let second: string | null = null
    let isClosed = false
    const close = () => {
      if (!isClosed) closeSync(old)
      isClosed = true
    }
    try {
      withConnection(connect(path, { key: how.from, timeout: BUSY_MS }), (original) => {
        takeAlone(original, path, old)
        refuseDamaged(original, path)
        second = replace(original, path, old, close, how, onDone)
      })
      if (how.keepAt === null) wipeOld(isClosed ? null : old, second)
    } finally {
      close()
    }
  } catch (error) {
    if (state.isDone) throw sayAfterwards(error, how.path)
    throw sayFailure(sayUnlike(error, how.path), how.path)
  }
}

/** A copy that is not like its original says nothing about either, but that something is wrong. */
function sayUnlike(error: unknown, path: string): unknown {
  if (!(error instanceof Unlike)) return error
  return new CoachError(
    EXIT.damaged,
    `The new file was not like ${path}, so it was thrown away. Nothing was changed.`,
    'Run the command again. If it happens again, report it.',
    { cause: error },
  )
}

function sayAfterwards(error: unknown, path: string): CoachError {
  return new CoachError(
    EXIT.cannotWrite,
    `The new file stands at ${path}, but overwriting the old one failed: the old one may still be readable on the disk.`,
    'Check the disk.',
    { cause: error },
  )
}

/** Nobody else reads or writes until the connection is closed. */
function takeAlone(db: Database.Database, path: string, file: number): void {
  db.pragma('locking_mode = EXCLUSIVE')
  db.exec('BEGIN EXCLUSIVE; COMMIT')
  const { ino, nlink } = statSync(path)
  if (nlink > 1) {
    throw new CoachError(
      EXIT.cannotWrite,
      `${path} is the same file as another one with a different name (a hard link), which would stay as it is. Nothing was changed.`,
      'Remove the other name, or put a copy of its own in its place.',
    )
  }
  if (fstatSync(file).ino === ino) return
  throw replacedMeanwhile(path)
}

function replacedMeanwhile(path: string): CoachError {
  return new CoachError(
    EXIT.busy,
    `${path} was replaced or written by another program meanwhile. Nothing was changed.`,
    'Run the command again.',
  )
}

/** What is wrong in the old file must not look right in the new one, nor be overwritten. */
function refuseDamaged(db: Database.Database, path: string): void {
  if (db.pragma('integrity_check', { simple: true }) === 'ok') return
  throw new CoachError(
    EXIT.damaged,
    `${path} is damaged. Nothing was changed.`,
    'Keep the file as it is, and put a backup of it in its place.',
  )
}

/** @returns the name that the old file has now, where it had to be closed and its bytes are in reach by that name alone */
function replace(
  original: Database.Database,
  path: string,
  old: number,
  close: () => void,
  how: Rekey,
  onDone: () => void,
): string | null {
  const { to, again, stamp, keepAt, program, onProved } = how
  const folder = dirname(path)
  removeLeftovers(path)
  // The last step is a write, which would run what somebody put there when all was compared already.
  refuseOdd(original, path, program)
  const fresh = `${path}.${LEFTOVER}${newUuid()}.new`
  let isKept = false
  let second: string | null = null
  try {
    writeUnder(original, fresh, to, () => again(fresh), stamp)
    if (keepAt !== null) {
      keep(path, old, keepAt)
      isKept = true
    }
    onProved?.()
    try {
      renameSync(fresh, path)
    } catch (error) {
      if (!mayBeOpen(error)) throw error
      const seen = traceOf(path)
      if (keepAt === null) second = secondName(path, `${path}.${LEFTOVER}${newUuid()}.new`)
      original.close()
      close()
      // For a moment, others could write to it.
      if (traceOf(path) !== seen) throw replacedMeanwhile(path)
      renameSync(fresh, path)
    }
  } catch (error) {
    removeQuietly(fresh)
    if (second !== null) removeQuietly(second)
    if (isKept && keepAt !== null) removeQuietly(keepAt)
    throw error
  }
  // From here on the new file counts, whatever the disk says about the rest.
  onDone()
  syncFolder(folder)
  return second
}

/** Overwrites the bytes of the old file, by the open file or by its second name. */
function wipeOld(old: number | null, second: string | null): void {
  if (old !== null) return overwrite(old)
  if (second === null) throw new Error('nothing leads to the old bytes any more')
  wipeFile(second)
}

const LEFTOVER = 'under-another-key-'

/** What an earlier try left that was ended in the middle: while the file is ours alone, no other try is under way. */
function removeLeftovers(path: string): void {
  const folder = dirname(path)
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(path)}.${LEFTOVER}`)) continue
    wipeFile(join(folder, name))
  }
}

/** Gives the old file a second name. Where there are no links, its bytes are copied. */
function keep(path: string, old: number, keepAt: string): void {
  makePrivateFolder(dirname(keepAt))
  try {
    linkSync(path, keepAt)
  } catch (error) {
    if (!hasNoLinks(error) && codeOf(error) !== 'EXDEV') throw error
    copyBytes(old, keepAt)
  }
  try {
    syncFolder(dirname(keepAt))
  } catch (error) {
    removeQuietly(keepAt)
    throw error
  }
}
