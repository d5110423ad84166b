import type Database from 'better-sqlite3'
import type { Day } from '../../dates/day.ts'
import { sayFailure } from '../file/failures.ts'
import type { Key } from '../file/connect.ts'
import type { Context } from '../store/context.ts'
import { deleteRows, goingWith } from './delete-rows.ts'
import { forgetPerson, type KeptAbout, heldOf } from './forget.ts'
import { changeBackup } from './change-backup.ts'
import { type Copy, copiesOf, type Deletable, holdsRow, rowAt, type TextRow } from './copies.ts'
import { mentionsOf, type Place } from './mentions.ts'
import { deleteOld, type OldTold, oldOnes } from './purge.ts'

export type { KeptAbout } from './forget.ts'
export type { Copy, Deletable } from './copies.ts'
export type { Place } from './mentions.ts'
export type { OldTold } from './purge.ts'

/** Where rows still are, by the paths of the copies. */
export interface CopiesWith {
  /** Backups of this notebook, from which they can be taken out. */
  readonly backups: readonly string[]
  /** Backups and notebooks beside this one that cannot be read. */
  readonly unread: readonly string[]
  readonly unreadBackups: readonly string[]
  /** Other notebooks, and backups of other notebooks. */
  readonly elsewhere: readonly string[]
}

/** What takes things out of a notebook for good, and out of its backups. */
export interface Removal {
  heldOf(personId: number): KeptAbout
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
  /** The rows of a table that go with one of them, this one too, by UUID. */
  goingWith(table: Deletable, uuid: string): readonly string[]
  /** Deletes rows with all that belongs to them. Call it inside one transaction. */
  delete(table: Deletable, uuids: readonly string[]): void
  /** The copies that hold some of these rows, or may hold them because they cannot be read. */
  copiesWith(table: Deletable, uuids: readonly string[]): CopiesWith
  /** What has a number in backups and is not in the notebook any more; nothing where it has something of that number. */
  goneRows(table: Deletable, id: number): readonly TextRow[]
  /** Deletes rows from a backup that are deleted here already. @returns whether it could be done */
  deleteIn(backup: string, table: Deletable, uuids: readonly string[]): boolean
  /** Deletes everything of a person from a backup. @returns whether it could be done */
  forgetIn(backup: string, uuid: string): boolean
  /** Deletes what is finished and older than a day from a backup. @returns whether it could be done */
  purgeIn(backup: string, before: Day, person: string | null): boolean
}

/** A notebook from which something is taken out. */
interface Site extends Context {
  readonly path: string
  readonly storeId: string
  /** What opens its copies, where they are encrypted. */
  readonly key: Key | null
}

/** The ways to take something out of the notebook at a place. */
export function removal(
  context: Context,
  which: { readonly path: string; readonly storeId: string },
  key: Key | null = null,
): Removal {
  const { db } = context
  const site: Site = { ...context, ...which, key }
  return {
    heldOf: (personId) => heldOf(db, personId),
    mentionsOf: (person) => mentionsOf(db, person),
    forget: (uuid) => void forgetPerson(db, uuid),
    old: (before, person) => oldOnes(db, before, person),
    purge: (before, person) => deleteOld(db, oldOnes(db, before, person)),
    compact: () => compact(site),
    copies: () => copiesOf(which, key),
    goingWith: (table, uuid) => goingWith(db, table, uuid),
    delete: (table, uuids) => void deleteRows(context, table, uuids),
    copiesWith: (table, uuids) => copiesWith(site, table, uuids),
    goneRows: (table, id) => goneRows(site, table, id),
    deleteIn: (backup, table, uuids) =>
      couldChange(backup, key, (file) => deleteAsHere(site, file, table, uuids)),
    forgetIn: (backup, uuid) => couldChange(backup, key, (file) => forgetPerson(file, uuid)),
    purgeIn: (backup, before, person) =>
      couldChange(backup, key, (file) => purge(file, before, person)),
  }
}

function compact({ db, path }: Site): void {
  try {
    db.exec('VACUUM')
  } catch (error) {
    throw sayFailure(error, path)
  }
}

function copiesWith(site: Site, table: Deletable, uuids: readonly string[]): CopiesWith {
  const copies = copiesOf(site, site.key).map((copy) => ({
    ...copy,
    holds: holdsRow(copy.path, site.key, table, uuids),
  }))
  const paths = (fits: (copy: (typeof copies)[number]) => boolean) =>
    copies.filter(fits).map((copy) => copy.path)
  return {
    backups: paths(({ holds, isBackup }) => isBackup && holds === true),
    unread: paths(({ holds }) => holds === null),
    unreadBackups: paths(({ holds, isBackup }) => isBackup && holds === null),
    elsewhere: paths(({ holds, isBackup }) => !isBackup && holds === true),
  }
}

function goneRows(site: Site, table: Deletable, id: number): readonly TextRow[] {
  const has = (column: 'id' | 'uuid', value: string | number) =>
    site.db.prepare(`SELECT 1 FROM ${table} WHERE ${column} = ?`).get(value) !== undefined
  if (has('id', id)) return []
  const rows = copiesOf(site, site.key)
    .filter(({ isBackup }) => isBackup)
    .flatMap((copy) => rowAt(copy.path, site.key, table, id) ?? [])
    .filter(({ uuid }) => !has('uuid', uuid))
  return [...new Map(rows.map((row) => [row.uuid, row])).values()]
}

/** Whether a backup could be changed. Where not, it is as it was, and is named as one that could not be changed. */
function couldChange(
  backup: string,
  key: Key | null,
  change: (file: Database.Database) => boolean,
): boolean {
  try {
    changeBackup(backup, key, change)
    return true
  } catch {
    return false
  }
}

/** Deletes rows from a copy. A goal that stays in the notebook, as it has another place there by now, stays in the copy too. */
function deleteAsHere(
  site: Site,
  file: Database.Database,
  table: Deletable,
  uuids: readonly string[],
): boolean {
  const isHere = site.db.prepare(`SELECT 1 FROM ${table} WHERE uuid = ?`)
  const there = { ...site, db: file }
  return deleteRows(there, table, uuids, (uuid) => isHere.get(uuid) !== undefined)
}

function purge(file: Database.Database, before: Day, person: string | null): boolean {
  const old = oldOnes(file, before, person)
  if (!isAny(old)) return false
  deleteOld(file, old)
  return true
}

/** Whether anything is old. */
export function isAny(old: OldTold): boolean {
  const { sessions, items, notes, goals, opportunities, nextSessions } = old
  return [sessions, items, notes, goals, opportunities, nextSessions].some((ids) => ids.length > 0)
}
