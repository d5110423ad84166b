import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  lstatSync,
  readdirSync,
  statSync,
  unlinkSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { CoachError, EXIT } from '../../errors.ts'
import { codeOf } from '../../files/durable.ts'
import { LAST_NOTEBOOK } from '../../files/home-names.ts'
import type { User } from '../../files/trust.ts'
import { BACKUPS, backupFolder, isBeforeEncryption } from './backup-names.ts'
import { fileAt } from './file-identity.ts'

/**
 * Why a notebook may only be read: the permissions say so, or it belongs to somebody else. Null where it can be written.
 * @param path where the file itself is, with no link on the way
 */
export function whyReadOnly(path: string, user: User | null): CoachError | null {
  const denied = [path, dirname(path)].find((one) => whyNotWritten(one) !== null)
  if (denied !== undefined) {
    const where = denied === path ? 'the file' : `its folder ${denied}, which a safe write needs`
    return whyNotWritten(denied) === 'EROFS'
      ? readOnly(path, 'It is on a disk that can only be read.', 'Work on a copy on another disk.')
      : readOnly(
          path,
          `You may not write ${where}.`,
          'Give yourself permission to write the file and its folder, then run the command again.',
        )
  }
  if (user === null || statSync(path).uid === user.id) return null
  return readOnly(
    path,
    'It belongs to another user of this computer.',
    'Run coach as that user, or make a copy that is yours and name it with --notebook FILE.',
  )
}

/** Why a notebook with a second name (a hard link) may only be read; null for one with a single name. */
export function whyLinked(path: string, user: User | null): CoachError | null {
  if (statSync(path).nlink <= 1) return null
  return readOnly(
    path,
    'It is the same file as another one with a different name (a hard link), so each change would change that one too.',
    user === null
      ? 'Make a copy of the file in its folder, remove the file, and give the copy its name.'
      : `Make a copy of its own and put it in its place: cp "${path}" "${path}.copy" && mv "${path}.copy" "${path}"`,
  )
}

function readOnly(path: string, why: string, next: string): CoachError {
  return new CoachError(
    EXIT.cannotWrite,
    `${path} cannot be written. What it holds is safe and can be read. ${why}`,
    next,
  )
}

function whyNotWritten(path: string): string | null {
  try {
    accessSync(path, constants.W_OK)
    return null
  } catch (error) {
    return codeOf(error)
  }
}

/** Names that a notebook has for a moment: while it is made, restored, or put under a password and kept as it was. */
const isOwnName = (name: string) =>
  /\.new-[0-9a-f-]+$|\.[0-9a-f-]{36}\.new$/.test(name) || isBeforeEncryption(name)

/** Removes second names (hard links) of the file that an interrupted coach left behind. */
export function removeOwnLinks(path: string): void {
  if (statSync(path).nlink <= 1) return
  const mine = fileAt(path)
  for (const folder of [dirname(path), backupFolder(path)]) {
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      const one = join(folder, name)
      if (one === path || !isOwnName(name) || lstatSync(one).isSymbolicLink()) continue
      if (fileAt(one) === mine) unlinkSync(one)
    }
  }
}

/** What coach puts beside a notebook. */
const OURS = new Set([LAST_NOTEBOOK, 'config.yaml', 'question-banks', 'guides', BACKUPS, 'drafts'])

/**
 * Who could get at a notebook when it was opened: its owner alone (`private`), others until just now (`tightened`), or others still,
 * because the disk keeps no permissions or does not let them be changed (`open`).
 */
export type Privacy = 'private' | 'tightened' | 'open'

/**
 * Makes a notebook of this user readable by its owner alone, whatever the umask was when it came here, and its folder
 * too where nothing but coach's own files stands in it. A disk on which that cannot be done is no reason not to read.
 */
export function tighten(path: string, user: User | null): Privacy {
  const [folder, name] = [dirname(path), basename(path)]
  const isLax = (one: string) => {
    const { uid, mode } = statSync(one)
    return uid === user?.id && (mode & 0o077) !== 0
  }
  const isFileLax = isLax(path)
  const isFolderLax =
    isLax(folder) && readdirSync(folder).every((one) => one.startsWith(name) || OURS.has(one))
  if (!isFileLax && !isFolderLax) return 'private'
  if (isFileLax) makePrivate(path, 0o600)
  if (isFolderLax) makePrivate(folder, 0o700)
  // Some file systems, as that of many memory sticks, say yes to a change of mode and change nothing.
  return (isFileLax && isLax(path)) || (isFolderLax && isLax(folder)) ? 'open' : 'tightened'
}

/** Lets nobody but the owner at a file or folder, as far as its disk can do that. What came of it shows in its mode alone. */
export function makePrivate(path: string, mode: 0o600 | 0o700): void {
  try {
    chmodSync(path, mode)
  } catch (error) {
    // Shares of a network and some disks refuse every change of mode. Whoever can read there can still read.
    if (!/^(?:EPERM|EACCES|EROFS|ENOTSUP|EOPNOTSUPP|ENOSYS|EINVAL)$/.test(codeOf(error)))
      throw error
  }
}
