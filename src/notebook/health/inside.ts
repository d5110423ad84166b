import { count } from '../../text/text.ts'
import { sayAltered } from '../integrity/altered-rows.ts'
import type { Key } from '../file/connect.ts'
import type { ProbedFile } from '../file/probe.ts'
import { type CheckedFile, checkFile, isWholeQuickly } from '../integrity/full-check.ts'
import { MOST_NUMBER } from '../schema/bounds.ts'
import { sayOdd } from '../schema/odd-schema.ts'
import { type Finding, finding, RESTORE, when } from './finding.ts'

/** A file of so many bytes takes too long for a quick look at all of its pages. */
const LARGE = 64_000_000

/** What a look at its pages tells, or, where it is to be a full one, at every row. */
export function inside(look: ProbedFile, key: Key | null, isFull: boolean): readonly Finding[] {
  const { path, size, odd } = look
  if (isFull) return aboutRows(look, checkFile(path, key))
  return size > LARGE || isWholeQuickly(path, key) ? aboutOdd(odd) : damage(path)
}

function damage(path: string): readonly Finding[] {
  return [finding('damage', 'damaged', `${path} is damaged.`, RESTORE)]
}

/** What is wrong in the rows of a file that SQLite finds whole, the worst first. */
export function aboutRows(
  { path, odd }: Pick<ProbedFile, 'path' | 'odd'>,
  checked: Omit<CheckedFile, 'odd'>,
): readonly Finding[] {
  const { isWhole, brokenReferences, altered, otherSteps, strays, highest } = checked
  if (!isWhole) return damage(path)
  return [
    ...when(altered.length > 0, () =>
      finding(
        'damage',
        'altered',
        sayAltered(altered),
        'A backup may hold it as it was: coach backup --list',
      ),
    ),
    ...when(brokenReferences > 0, () =>
      finding(
        'damage',
        'references',
        `${count(brokenReferences, 'row')} in it belong to something that is not there.`,
        RESTORE,
      ),
    ),
    ...aboutOdd(odd),
    ...when(strays > 0, () =>
      finding(
        'trouble',
        'strays',
        `${count(strays, 'record')} in it refer${strays === 1 ? 's' : ''} to something of another person, and may be shown there.`,
        'No coach does that; an earlier import may have. See what was kept before it: coach backup --list',
      ),
    ),
    ...when(highest > MOST_NUMBER, () =>
      finding(
        'damage',
        'numbers',
        `${path} numbers its records higher than coach can count, so that two may get one number.`,
        RESTORE,
      ),
    ),
    ...when(otherSteps.length > 0, () =>
      finding(
        'damage',
        'steps',
        `It was made by another coach than this one (step ${otherSteps.join(', ')} of its format differs).`,
        'Use the coach that made it, or restore a backup: coach restore',
      ),
    ),
  ]
}

function aboutOdd(odd: readonly string[]): readonly Finding[] {
  if (odd.length === 0) return []
  return [
    finding(
      'damage',
      'schema',
      `${sayOdd('It', odd)} It may change or delete notes while you write.`,
      'Write nothing more into it. To bring back a backup from before: coach restore',
    ),
  ]
}
