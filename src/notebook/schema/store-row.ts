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

export function storeOf(db: Database.Database): {
  readonly storeId: string
  readonly generation: number
} {
  const store = db
    .prepare<[], { storeId: string; generation: number }>(
      'SELECT uuid AS storeId, generation FROM store',
    )
    .get()
  if (!store) {
    throw new CoachError(
      EXIT.damaged,
      `${db.name} is damaged: it does not say which notebook it is. Nothing was changed.`,
      'Run: coach doctor',
    )
  }
  return store
}
