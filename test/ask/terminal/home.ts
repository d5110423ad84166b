import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { addDays, type Day, dayOf } from '../../../src/dates/day.ts'
import { must } from '../../commands/followup/played.ts'
import { newHome, NOW } from '../../world.ts'

/** A home after some commands. */
export async function homeWith(...commands: readonly (readonly string[])[]): Promise<string> {
  const home = newHome()
  onTestFinished(() => rmSync(home.folder, { recursive: true, force: true }))
  for (const argv of commands) await must(home, argv)
  return home.folder
}

/** The day so many days from that on which tests take place. */
export function inDays(days: number): Day {
  return addDays(dayOf(NOW), days)
}

/** Whether a text is kept as a draft: what is being typed and not saved. */
export function isDraft(folder: string, text: string): boolean {
  return filesOfDrafts(folder)
    .filter((name) => name.endsWith('.draft'))
    .some((name) => readFileSync(join(folder, 'drafts', name), 'utf8').includes(text))
}

/** The files in the folder of drafts. */
export function filesOfDrafts(folder: string): readonly string[] {
  const path = join(folder, 'drafts')
  return existsSync(path) ? readdirSync(path) : []
}

/** The texts that are kept as drafts. */
export function textsOfDrafts(folder: string): readonly string[] {
  return filesOfDrafts(folder)
    .filter((name) => name.endsWith('.draft'))
    .map((name) => {
      const kept: unknown = JSON.parse(readFileSync(join(folder, 'drafts', name), 'utf8'))
      return String(Object(kept).text)
    })
}
