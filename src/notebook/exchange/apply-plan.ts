import type SQLite from 'better-sqlite3'
import { usageError } from '../../errors.ts'
import { type Stray, straysIn } from '../integrity/stray-references.ts'
import { idOf, insertRows, setSequences, TABLE_NAMES } from '../schema/tables.ts'
import type { Plan } from './merge-plan.ts'

/**
 * Writes what was planned, inside a transaction that is under way.
 * @throws CoachError (2) where a row of the file would come under another person here than there
 */
export function apply(here: SQLite.Database, { added, sequences }: Plan): void {
  for (const table of TABLE_NAMES) insertRows(here, table, added.get(table) ?? [])
  setSequences(here, sequences)
  const isNew = ({ table, id }: Stray) => added.get(table)?.some((row) => idOf(row) === id)
  if (straysIn(here).some(isNew)) {
    throw usageError(
      'Something in the file is of another person there than in your notebook. Nothing was taken in.',
      'Take the file as coach export wrote it; if it was changed on its way, export again.',
    )
  }
  const broken = here.pragma('foreign_key_check')
  if (Array.isArray(broken) && broken.length > 0) throw new Error('a reference leads nowhere')
}
