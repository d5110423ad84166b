import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { filesIn, query, spawnCoach } from '../../notebook/file.ts'
import { type OLD_FORMATS, rowsOfOld, writeOld } from '../../notebook/older.ts'
import { coachOn, expectPlain, injected, newPlace, stateOf } from '../file-tools.ts'

type Format = (typeof OLD_FORMATS)[number]

const wanted = new Map<Format, Promise<{ readonly old: string; readonly new: string }>>()

/** What a notebook of an old format holds before and after it is brought up to date. */
async function statesOf(format: Format) {
  const home = newPlace()
  const path = join(home, 'notebook.db')
  writeOld(format, path)
  const old = stateOf(path)
  expect((await spawnCoach(home, 'people')).code).toBe(0)
  return { old, new: stateOf(path) }
}

/**
 * Opens a notebook of an old format with a failure put in at one call, and looks that it is old and whole or new and
 * whole; that a copy was there before the first change; and that the next opening comes to the same end.
 * @returns whether the failure was met at all
 */
export async function migrateWith(
  format: Format,
  inject: string,
  node = process.execPath,
): Promise<boolean> {
  const states = wanted.get(format) ?? statesOf(format)
  wanted.set(format, states)
  const { old, new: fresh } = await states
  const home = newPlace()
  const path = join(home, 'notebook.db')
  writeOld(format, path)
  const before = rowsOfOld(format, path)
  const outcome = await injected(home, inject, ['people'], [], node)
  const isKill = inject.includes('SIGKILL')
  const isMet = outcome.code !== 0
  if (!isKill) expectPlain(outcome, [0, 4, 5, 7])
  const isTouched = existsSync(`${path}-journal`) || stateOf(path) !== old
  const backups = existsSync(join(home, 'backups')) ? filesIn(join(home, 'backups')) : []
  const whole = backups.filter((name) => name.endsWith('.db'))
  for (const name of whole) {
    const copy = join(home, 'backups', name)
    expect(query(copy, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(rowsOfOld(format, copy)).toEqual(before)
  }
  if (isTouched) expect([inject, whole.length]).toEqual([inject, 1])
  expect([inject, [old, fresh].indexOf(stateOf(path)) >= 0]).toEqual([inject, true])
  const again = await coachOn(node, home, 'people')
  expect([inject, again.code, stateOf(path)]).toEqual([inject, 0, fresh])
  return isMet
}

/** Several programs open a notebook of an old format at once: one brings it up to date, and nothing is lost. @returns how many could go on */
export async function migrateTogether(
  format: Format,
  programs: number,
  node = process.execPath,
): Promise<number> {
  const home = newPlace()
  const path = join(home, 'notebook.db')
  writeOld(format, path)
  const { migration: _, ...before } = rowsOfOld(format, path)
  const outcomes = await Promise.all(
    Array.from({ length: programs }, async () => await coachOn(node, home, 'people')),
  )
  for (const outcome of outcomes) expectPlain(outcome, [0, 4])
  const { migration: steps, ...after } = rowsOfOld(format, path)
  expect(after).toEqual(before)
  expect(query(path, 'PRAGMA user_version')).toEqual([{ user_version: steps?.length }])
  expect(query(path, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
  for (const name of filesIn(join(home, 'backups'))) expect(name).toMatch(/\.db$/)
  return outcomes.filter(({ code }) => code === 0).length
}
