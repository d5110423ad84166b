import type Database from 'better-sqlite3'
import { CoachError, EXIT } from '../../errors.ts'

/** The format of a notebook: how many steps made it what it is. */
export function formatOf(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}

/** How far the count of writes goes on, where nobody can tell how far it was. */
export const UNKNOWN_WRITES = 1000

/** How often a notebook has been written. */
export function generationOf(db: Database.Database): number {
  return storeOf(db).generation
}

/** Which notebook a file is, and how often it has been written. */
export interface Store {
  readonly storeId: string
  readonly generation: number
}

/** What a file says of itself; undefined where it does not say it, as a damaged one. */
export function findStore(db: Database.Database): Store | undefined {
  return db.prepare<[], Store>('SELECT uuid AS storeId, generation FROM store').get()
}

/** What a file says of itself. @throws CoachError (5) where it does not say it */
export function storeOf(db: Database.Database): Store {
  const store = findStore(db)
  if (store) return store
  throw new CoachError(
    EXIT.damaged,
    `${db.name} is damaged: it does not say which notebook it is. Nothing was changed.`,
    'Run: coach doctor',
  )
}
