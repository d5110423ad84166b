import { lstatSync } from 'node:fs'
import { namesIn } from '../../files/names-in.ts'
import { backupFolder } from '../file/backup-names.ts'
import { type Backup, listBackups } from '../backup/list-backups.ts'
import { otherLine, sayStranger, startsAt } from '../backup/other-line.ts'
import { type ProbedFile, probe } from '../file/probe.ts'
import type { Start } from '../file/starts.ts'
import { type Holdings, holdingsAt } from '../integrity/full-check.ts'
import { aboutBackups } from './backups.ts'
import { type Belongings, beside } from './beside.ts'
import { aboutDrafts } from './drafts.ts'
import { type Finding, finding } from './finding.ts'
import { inside } from './inside.ts'
import { firstSight, outside } from './outside.ts'
import { type Surroundings, surroundings } from './surroundings.ts'

/** What the doctor saw. */
export interface Examination {
  readonly notebook: ProbedFile | null
  readonly path: string
  readonly holdings: Holdings | null
  readonly backups: readonly Backup[]
  readonly drafts: number
  readonly isFull: boolean
  readonly findings: readonly Finding[]
}

/** What is to be looked at. */
export interface Patient extends Belongings, Surroundings {
  /** Where the notebook was the last time, as far as that is known. */
  readonly remembered: string | null
  /** The start that was seen last in it, as far as that is known. */
  readonly seen: (Start & { readonly store: string }) | undefined
  readonly isWindows: boolean
  readonly now: Date
}

/** Looks at a notebook and all that belongs to it. Writes nothing, and throws for nothing that is damaged, missing or locked. */
export function examine(patient: Patient): Examination {
  const { path, key, isFull } = patient
  const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined
  const look = isThere ? probe(path, key) : null
  const backups = listBackups(backupFolder(path), key)
  const findings = [
    ...(look === null ? missing(patient) : firstSight(look)),
    ...(look?.state === 'notebook' ? inside(look, key, isFull) : []),
    ...(look === null ? [] : outside(look, key)),
    ...(look?.state === 'notebook' ? aboutLine(patient) : []),
    ...beside(patient),
    ...aboutDrafts(patient.drafts, look, key),
    ...surroundings(patient, look),
    ...aboutBackups(patient, look, backups),
  ]
  const isReadable = look?.state === 'notebook'
  return {
    notebook: look,
    path,
    holdings: isReadable ? holdingsAt(path, key) : null,
    backups,
    drafts: namesIn(patient.drafts).length,
    isFull,
    findings,
  }
}

function missing({ path, remembered }: Patient): readonly Finding[] {
  if (remembered === null) {
    return [finding('remark', 'none', `There is no notebook at ${path} yet.`)]
  }
  return [
    finding(
      'damage',
      'missing',
      `There is no notebook at ${path}, and your notes were at ${remembered}.`,
      'See whether a folder was moved or a drive is missing. To bring back a backup: coach restore',
    ),
  ]
}

/** Whether it is the notebook that was used last, or has grown out of it. */
function aboutLine({ path, key, seen, isWindows }: Patient): readonly Finding[] {
  if (seen === undefined || !startsAt(path, key, seen).isStranger) return []
  const others = otherLine({ path, key, seen, isWindows })
  const { best } = others
  return [
    finding(
      'trouble',
      'other-line',
      sayStranger(path, others),
      best ? `To bring yours back: coach ${best.command}` : null,
    ),
    finding(
      'remark',
      'other-line-stays',
      'Nothing is written to the one that is there until you choose.',
      'To go on with it: coach restore --keep',
    ),
  ]
}
