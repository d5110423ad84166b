import { join } from 'node:path'
import { expect } from 'vitest'
import { isDraft } from '../../ask/terminal/home.ts'
import { type Pty, startCoach } from '../../ask/terminal/pty.ts'
import { query } from '../../notebook/file.ts'

export const ANA = ['person', 'add', 'Ana Silva']
export const PREPARE = ['session', 'ana', '--prepare', '--quick']
export const SAW = 'What did you see or hear?'
export const TEXT = 'She asked about the bud'

/** A conversation in which a text was begun and is kept as a draft. */
export async function typing(folder: string, more: object = {}): Promise<Pty> {
  const coach = startCoach(PREPARE, { folder, ...more })
  await coach.see(SAW)
  coach.type(TEXT)
  await coach.until(() => isDraft(folder, TEXT), 'the draft on disk')
  return coach
}

/** Waits for the end of a preparation that was finished. */
export async function saved(coach: Pty): Promise<void> {
  await coach.see('Saved')
  expect(await coach.exit()).toBe(0)
}

export async function kill(coach: Pty): Promise<void> {
  coach.kill('SIGKILL')
  expect(await coach.exit()).toBe(137)
}

/** The texts of the answers in a notebook. */
export const values = (folder: string) =>
  query(join(folder, 'notebook.db'), "SELECT value FROM answer WHERE path = 'observation.saw'")
