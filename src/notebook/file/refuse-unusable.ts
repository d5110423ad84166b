import { accessSync, constants, statSync } from 'node:fs'
import { CoachError, EXIT } from '../../errors.ts'
import { rescueLine } from './backup-hint.ts'
import type { Key } from './connect.ts'
import { headerAt } from './header.ts'

/**
 * Refuses what shows from outside that it cannot be opened: it is no notebook (5), it may not be read (7), or it is encrypted and there
 * is no key (2).
 */
export function refuseUnusable(path: string, key: Key | null): void {
  const found = statSync(path)
  const foreign = (what: string) =>
    new CoachError(
      EXIT.damaged,
      `${path} ${what}, so it is not a notebook of coach. It was left as it is.`,
      rescueLine(path, 'Name your notebook with --notebook FILE, or look for a backup of it.'),
    )
  if (!found.isFile()) throw foreign('is not a file')
  if (found.size === 0) throw foreign('is empty')
  refuseUnreadable(path)
  const { kind } = headerAt(path)
  if (kind === 'plain' && key === null) return
  if (kind !== 'encrypted') throw foreign('holds something else')
  if (key === null) {
    throw new CoachError(
      EXIT.usage,
      `${path} is encrypted, and no password was given. Nothing was changed.`,
      'Give it with --password-file FILE.',
    )
  }
}

function refuseUnreadable(path: string): void {
  try {
    accessSync(path, constants.R_OK)
  } catch {
    throw new CoachError(
      EXIT.cannotWrite,
      `${path} cannot be read: it is not yours, or its permissions forbid it. Nothing was changed.`,
      'Give yourself permission to read the file, then run the command again.',
    )
  }
}
