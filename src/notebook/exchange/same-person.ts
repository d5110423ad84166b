import { type TableRow, textOf } from '../schema/tables.ts'
import { looksLike, namesakes } from '../../text/folding.ts'

/**
 * Who of ours a person of a document is, where the id does not tell: the manager is the same one in every notebook, and others of one
 * name are so only where that is said (`isMerging`).
 */
export function samePerson(
  mine: readonly TableRow[],
  row: TableRow,
  isMerging: boolean,
): TableRow | undefined {
  const isSelf = row['relation'] === 'self'
  if (!isSelf && !isMerging) return undefined
  const same = isSelf ? mine.filter((one) => one['relation'] === 'self') : namesakesOf(mine, row)
  return same.length === 1 ? same[0] : undefined
}

/** How somebody new could be taken for somebody here: by the same name, or by one that looks like it in letters of another alphabet. */
export function likeness(
  mine: readonly TableRow[],
  row: TableRow,
): 'namesake' | 'look-alike' | null {
  if (mine.some((one) => looksLike(personName(one), personName(row)))) return 'look-alike'
  return namesakesOf(mine, row).length > 0 ? 'namesake' : null
}

/** The name of a person. */
export function personName(row: TableRow): string {
  return textOf(row, 'name') ?? ''
}

function namesakesOf(mine: readonly TableRow[], row: TableRow): readonly TableRow[] {
  return namesakes(mine, personName(row), personName)
}
