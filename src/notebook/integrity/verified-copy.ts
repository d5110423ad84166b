import { formatOf, generationOf, storeOf } from '../schema/store-row.ts'
import { closeSync, openSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../../errors.ts'
import { sayFailure } from '../file/failures.ts'
import { connect, type Key, withConnection } from '../file/connect.ts'
import { newUuid } from '../schema/row-values.ts'
import {
  codeOf,
  makePrivateFolder,
  nameNew,
  removeQuietly,
  syncFile,
  syncFolder,
} from '../../files/durable.ts'
import { type Altered, alteredRows } from './altered-rows.ts'
import { makePrivate } from '../file/permissions.ts'
import { isSame } from './same-content.ts'
import { oddSchema } from '../schema/odd-schema.ts'

/** What a copy was found to be, before it gets its name. */
export interface Proof {
  readonly storeId: string
  readonly generation: number
  readonly format: number
  /** Rows whose texts had been damaged in the original already; the copy is equal to it all the same. */
  readonly altered: readonly Altered[]
  /** What no coach has made, in the original already: with it, the copy cannot be restored. */
  readonly odd: readonly string[]
}

/** A copy that is whole, proved and on the disk. */
export interface Copied extends Proof {
  readonly path: string
}

/** The path of a copy that was proved; asked again with 2, 3, … where something has that name. null: there is none left. */
export type PlaceOf = (proof: Proof, time: number) => string | null

/**
 * Copies a notebook that is open. The copy is made beside its place under a name of its own, readable by its owner alone, then
 * opened and proved: SQLite's checks, every stored hash, and every row against the original. Only then it gets its name, and
 * nothing that has this name is replaced unless `isReplacing` says so. Interrupted, it leaves a `.new` file and nothing else.
 * @throws CoachError (5) where the notebook or the copy is damaged, (7) where it cannot be written, (4) where the notebook
 * changes all the time; `EEXIST` where there is no place left
 */
export function copyNotebook(
  db: Database.Database,
  placeOf: PlaceOf,
  folder: string,
  {
    key = null,
    isReplacing = false,
  }: { readonly key?: Key | null; readonly isReplacing?: boolean },
): Copied {
  const temporary = join(folder, `notebook.${newUuid()}.new`)
  try {
    makeBackupFolder(folder)
    const proof = writeProved(db, temporary, key)
    syncFile(temporary)
    const path = place(temporary, (time) => placeOf(proof, time), isReplacing)
    syncFolder(dirname(path))
    return { path, ...proof }
  } catch (error) {
    const isOriginal = /^SQLITE_(?:CORRUPT|NOTADB|BUSY|LOCKED)/.test(codeOf(error))
    throw codeOf(error) === 'EEXIST' ? error : sayFailure(error, isOriginal ? db.name : folder)
  } finally {
    removeQuietly(temporary)
    removeQuietly(`${temporary}-journal`)
  }
}

/** Makes a folder for copies, unless it is there. @throws CoachError (7) where something else has its name */
export function makeBackupFolder(path: string): void {
  try {
    makePrivateFolder(path)
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

/** How often a copy is made anew, where another coach writes meanwhile. */
const TRIES = 3

function writeProved(db: Database.Database, temporary: string, key: Key | null): Proof {
  for (let time = 1; time <= TRIES; time++) {
    closeSync(openSync(temporary, 'wx', 0o600))
    db.prepare('VACUUM INTO ?').run(temporary)
    makePrivate(temporary, 0o600)
    const proof = proveCopy(db, temporary, key)
    if (proof) return proof
    removeQuietly(temporary)
  }
  throw new CoachError(
    EXIT.busy,
    `${db.name} was changed by another coach just now. No copy was made.`,
    'Run the command again.',
  )
}

function place(
  temporary: string,
  placeOf: (time: number) => string | null,
  isReplacing: boolean,
): string {
  for (let time = 1; ; time++) {
    const path = placeOf(time)
    if (path === null) throw Object.assign(new Error('the name is taken'), { code: 'EEXIST' })
    try {
      if (isReplacing) renameSync(temporary, path)
      else nameNew(temporary, path)
      return path
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
  }
}

/** What a copy is, once it is proved; null where the original was written since it was made. */
function proveCopy(original: Database.Database, path: string, key: Key | null): Proof | null {
  return withConnection(connect(path, { readonly: true, key }), (copy) => {
    copy.pragma('cell_size_check = ON')
    const compare = original.transaction(() => {
      const proof = { ...storeOf(copy), format: formatOf(copy) }
      if (generationOf(original) !== proof.generation || formatOf(original) !== proof.format) {
        return null
      }
      if (brokenReferences(copy) > brokenReferences(original)) throw unlike(path)
      if (!isSame(original, copy)) throw unlike(path)
      return { ...proof, altered: alteredRows(copy), odd: oddSchema(copy) }
    })
    return compare.deferred()
  })
}

function unlike(path: string): CoachError {
  return new CoachError(
    EXIT.damaged,
    `A copy was made in ${dirname(path)}, and it was not like the notebook, so it was thrown away. The notebook was left as it is.`,
    'Check the disk, then run: coach doctor --full',
  )
}

/** How many rows name another one that is not there. */
export function brokenReferences(db: Database.Database): number {
  const broken = db.pragma('foreign_key_check')
  return Array.isArray(broken) ? broken.length : 0
}
