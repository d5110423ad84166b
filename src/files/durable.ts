import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { lazy } from '../lazy.ts'

/** How much is copied or overwritten at once, in bytes. */
const CHUNK = 1 << 20

/** Makes sure that what was written to a file is on the disk. */
export function syncFile(path: string): void {
  // Windows syncs only a file that is open for writing.
  sync(path, 'r+')
}

/** How systems and file systems say that a folder cannot be synced: Windows opens none, or not in a way that would allow it. */
const NOT_FOR_FOLDERS = /^(?:EISDIR|EPERM|EACCES|EINVAL|ENOTSUP|EOPNOTSUPP|ENOSYS)$/

/**
 * Makes sure that names that were given or taken away in a folder are on the disk, where the system has a way to do that. Where it
 * has none, that is no failure: the file is there.
 */
export function syncFolder(path: string): void {
  try {
    sync(path, 'r')
  } catch (error) {
    if (!NOT_FOR_FOLDERS.test(codeOf(error))) throw error
  }
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const file = openSync(path, flags)
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes a folder that its owner alone can read, and those above it, unless they are there. @throws the error of the system */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
}

/** Whether a failure means that the file system knows no second names (links), as exFAT. Windows says EISDIR then. */
export function hasNoLinks(error: unknown): boolean {
  return /^(?:EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS|EISDIR)$/.test(codeOf(error))
}

/** Gives a whole file its name. What has that name already is never replaced (EEXIST), nor is a link followed. */
export function nameNew(from: string, to: string): void {
  if (secondName(from, to) !== null) return removeQuietly(from)
  // The name is taken in one step that only one of two programs can make; it stands for an empty file until the next one.
  closeSync(openSync(to, 'wx', 0o600))
  try {
    renameSync(from, to)
  } catch (error) {
    removeQuietly(to)
    throw error
  }
}

/**
 * Writes all bytes to an open file, or fails. A single call may write less than it was given, and say so by nothing but a number:
 * at a limit of size the next call tells what is wrong.
 * @param at where in the file; null goes on where the last write ended
 */
export function writeAll(file: number, bytes: Uint8Array, at: number | null = null): void {
  for (let sent = 0; sent < bytes.length;) {
    const place = at === null ? null : at + sent
    const many = writeSync(file, bytes, sent, bytes.length - sent, place)
    if (many === 0) throw failure('EIO', 'the disk takes nothing more')
    sent += many
  }
}

/**
 * Copies a file, as {@link copyBytes} does. Unlike Node's own way, it sets no mode after the fact, which some disks refuse.
 * A link is not followed.
 */
export function copyFile(from: string, to: string): void {
  const file = openSync(from, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    copyBytes(file, to)
  } finally {
    closeSync(file)
  }
}

/**
 * Copies the bytes of an open file to a place where nothing stands; they are on the disk when this returns. Where that fails, nothing
 * stands there afterwards.
 */
export function copyBytes(from: number, to: string): void {
  const file = openSync(to, 'wx', 0o600)
  try {
    try {
      const { size } = fstatSync(from)
      const chunk = Buffer.alloc(CHUNK)
      let at = 0
      for (;;) {
        const length = readSync(from, chunk, 0, CHUNK, at)
        if (length === 0) break
        writeAll(file, chunk.subarray(0, length), at)
        at += length
      }
      if (at < size || fstatSync(file).size !== at) throw failure('EIO', 'the copy is not whole')
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    removeQuietly(to)
    throw error
  }
}

/**
 * Overwrites all bytes of an open file, and empties it. What the disk itself, or a program that synchronises, has kept of them is out
 * of reach.
 */
export function overwrite(file: number): void {
  const { size } = fstatSync(file)
  const zeros = Buffer.alloc(Math.min(CHUNK, size))
  for (let at = 0; at < size; at += CHUNK) {
    writeAll(file, zeros.subarray(0, Math.min(CHUNK, size - at)), at)
  }
  fsyncSync(file)
  ftruncateSync(file)
  fsyncSync(file)
}

/** Overwrites a file and removes it. No link is followed. */
export function wipeFile(path: string): void {
  overwriteAt(path)
  unlinkSync(path)
  syncFolder(dirname(path))
}

/** Overwrites the bytes of a file, and leaves its name. No link is followed. */
export function overwriteAt(path: string): void {
  const file = openSync(path, constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    // What has another name too is somebody's own file.
    const { nlink } = fstatSync(file)
    if (fstatSync(file).isFile() && nlink === 1) overwrite(file)
  } finally {
    closeSync(file)
  }
}

function failure(code: string, what: string): Error {
  return Object.assign(new Error(what), { code })
}

/** Whether a failure may mean that a file is open: Windows gives no new name to such a one, nor its name to another file. */
export function mayBeOpen(error: unknown): boolean {
  return /^(?:EPERM|EBUSY|EACCES)$/.test(codeOf(error))
}

/**
 * Lets something else take the place of a file, and overwrites the bytes that stood there. They stay in reach by an open file, which
 * needs no second name that could be left behind; where that is in the way (Windows), by a second name.
 * @param replace puts the other one in its place; called again where the first time did nothing
 */
export function replaceAndWipe(path: string, replace: () => void): void {
  const old = openSync(path, 'r+')
  let isReplaced = false
  try {
    replace()
    isReplaced = true
    overwrite(old)
    return
  } catch (error) {
    if (isReplaced || !mayBeOpen(error)) throw error
  } finally {
    closeSync(old)
  }
  const second = secondName(path, `${path}.new-${lazy.crypto().randomUUID()}`)
  try {
    replace()
  } catch (error) {
    if (second !== null) removeQuietly(second)
    throw error
  }
  if (second !== null) wipeFile(second)
}

/** Gives a file a second name. @returns the name, or null where the file system knows none */
export function secondName(path: string, second: string): string | null {
  try {
    linkSync(path, second)
    return second
  } catch (error) {
    if (hasNoLinks(error)) return null
    throw error
  }
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
