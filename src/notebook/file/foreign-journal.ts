import { rmSync, statSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../../errors.ts'
import { findStore, type Store } from '../schema/store-row.ts'
import { newUuid } from '../schema/row-values.ts'
import { withConnection } from './connect.ts'
import { copyFile } from '../../files/durable.ts'
import { headerAt } from './header.ts'
import { isSound } from './quick-check.ts'

/** How often, and how long in ms each time, a journal is looked at: that of a program at work changes or goes meanwhile. */
const LOOKS = 6
const PAUSE_MS = 25

type Connect = (path: string) => Database.Database

/**
 * SQLite takes any journal beside a file for its own: it would write the pages of another file into the notebook, or show
 * an old log for what the notebook holds. Such a one is refused (5), before the notebook is read for the first time.
 * The journal of a program that was killed is left to SQLite, which takes the half-done change back.
 * @param path where the file itself is, with no link on the way
 */
export function refuseStrangeJournals(path: string, connect: Connect, isReadOnly: boolean): void {
  const found = strangeJournal(path, connect, isReadOnly)
  if (found !== null) throw strange(found.path)
}

/** A journal, or a log, beside a notebook that does not belong to it as it is now. */
export interface StrangeJournal {
  readonly path: string
  /** Whether the notebook may be whole without it; false where it is damaged too. */
  readonly leavesWhole: boolean
}

/** Finds such a journal; null where there is none. */
export function strangeJournal(
  path: string,
  connect: Connect,
  isReadOnly: boolean,
): StrangeJournal | null {
  if (sizeOf(`${path}-wal`) > 0 && !keepsLog(path)) {
    return { path: `${path}-wal`, leavesWhole: true }
  }
  const journal = `${path}-journal`
  // Where nothing can be written, SQLite uses no journal and refuses by itself.
  if (isReadOnly || sizeOf(journal) === 0 || !isAtRest(journal)) return null
  const { isFitting, isWhole } = fits(path, journal, connect)
  return isFitting ? null : { path: journal, leavesWhole: isWhole }
}

function strange(journal: string): CoachError {
  return new CoachError(
    EXIT.damaged,
    `${journal} lies beside your notebook and does not belong to it as it is now. Neither of the two was changed.`,
    `A synchronising program or a copy may have put it there. Move ${journal} to another folder and keep it, then run the command again.`,
  )
}

/** Tries on a copy what SQLite would do: the change is taken back, and a sound notebook of nearly the same age comes out. */
function fits(
  path: string,
  journal: string,
  connect: Connect,
): { readonly isFitting: boolean; readonly isWhole: boolean } {
  const copy = `${path}.look-${newUuid()}`
  try {
    copyFile(path, copy)
    const now = storeIn(copy, connect)
    rmSync(copy, { force: true })
    copyFile(path, copy)
    copyFile(journal, `${copy}-journal`)
    const before = storeIn(copy, connect)
    const isWhole = now !== null
    if (before === null) return { isFitting: false, isWhole }
    // What was written when the program was killed counts one more, or nothing yet; an old journal leads far back.
    const steps = now === null ? 0 : now.generation - before.generation
    const isOfIt = now === null || now.storeId === before.storeId
    return { isFitting: isOfIt && (steps === 0 || steps === 1), isWhole }
  } finally {
    for (const one of [copy, `${copy}-journal`]) rmSync(one, { force: true })
  }
}

/** What a file says of itself; null where it is not sound. */
function storeIn(path: string, connect: Connect): Store | null {
  try {
    return withConnection(connect(path), (db) => {
      if (!isSound(db)) return null
      return findStore(db) ?? null
    })
  } catch {
    return null
  }
}

/** Whether a journal stays as it is: a program at work writes to its own, or is done with it, within this time. */
function isAtRest(journal: string): boolean {
  const first = stateOf(journal)
  for (let look = 0; look < LOOKS; look++) {
    if (first === null || stateOf(journal) !== first) return false
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
  }
  return stateOf(journal) === first
}

function stateOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.ino} ${found.size} ${found.mtimeNs}` : null
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** Whether the file says of itself that a log of changes (WAL) belongs to it, as another program may have made it. */
function keepsLog(path: string): boolean {
  return headerAt(path).journal === 'log'
}
