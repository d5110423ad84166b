import type { Day } from '../dates.ts'
import { sayFailure } from '../failures.ts'
import type { Key } from './connect.ts'
import type { Context } from './context.ts'
import { forgetPerson, type Held, heldOf } from './forget.ts'
import { changeBackup, type Copy, copiesOf, type Deletable, holdsRow } from './in-backups.ts'
import { mentionsOf, type Place } from './mentions.ts'
import { deleteOld, type OldTold, oldOnes } from './purge.ts'

export type { Held } from './forget.ts'
export type { Copy, Deletable } from './in-backups.ts'
export type { Place } from './mentions.ts'
export type { OldTold } from './purge.ts'

/** What takes things out of a notebook for good, and out of its backups. */
export interface Removal {
  heldOf(personId: number): Held
  /** Where the name of a person stands in what is kept about others. */
  mentionsOf(person: { readonly id: number; readonly name: string }): readonly Place[]
  /** Deletes everything of a person. Call it inside one transaction, and {@link compact} after it. */
  forget(uuid: string): void
  /** What is finished and older than a day, of the person with this UUID or of everybody. */
  old(before: Day, person: string | null): OldTold
  /** Deletes that. Call it inside one transaction, and {@link compact} after it. */
  purge(before: Day, person: string | null): void
  /** Writes the file anew without the places in which something deleted stood. @throws CoachError where it cannot be written */
  compact(): void
  /** The backups of this notebook and other copies beside it, with who is in them. */
  copies(): readonly Copy[]
  /** The copies that hold a row, or may hold it because they cannot be read. */
  copiesWith(table: Deletable, uuid: string): readonly string[]
  /** Deletes everything of a person from a backup. @returns whether it could be done */
  forgetIn(backup: string, uuid: string): boolean
  /** Deletes what is finished and older than a day from a backup. @returns whether it could be done */
  purgeIn(backup: string, before: Day, person: string | null): boolean
}

/** The ways to take something out of the notebook at a place. */
export function removal(
  { db }: Context,
  { path, storeId }: { readonly path: string; readonly storeId: string },
  key: Key | null = null,
): Removal {
  const tried = (work: () => unknown): boolean => {
    try {
      work()
      return true
    } catch {
      // It is as it was, and is named as one that could not be changed.
      return false
    }
  }
  return {
    heldOf: (personId) => heldOf(db, personId),
    mentionsOf: (person) => mentionsOf(db, person),
    forget: (uuid) => void forgetPerson(db, uuid),
    old: (before, person) => oldOnes(db, before, person),
    purge: (before, person) => deleteOld(db, oldOnes(db, before, person)),
    compact() {
      try {
        db.exec('VACUUM')
      } catch (error) {
        throw sayFailure(error, path)
      }
    },
    copies: () => copiesOf({ path, storeId }, key),
    copiesWith: (table, uuid) =>
      copiesOf({ path, storeId }, key)
        .filter((copy) => !copy.isOfAnother && holdsRow(copy.path, key, table, uuid) !== false)
        .map((copy) => copy.path),
    forgetIn: (backup, uuid) =>
      tried(() => changeBackup(backup, key, (file) => forgetPerson(file, uuid))),
    purgeIn: (backup, before, person) =>
      tried(() =>
        changeBackup(backup, key, (file) => {
          const old = oldOnes(file, before, person)
          if (!isAny(old)) return false
          deleteOld(file, old)
          return true
        }),
      ),
  }
}

/** Whether anything is old. */
export function isAny(old: OldTold): boolean {
  const { sessions, items, notes, goals, opportunities, nextSessions } = old
  return [sessions, items, notes, goals, opportunities, nextSessions].some((ids) => ids.length > 0)
}
