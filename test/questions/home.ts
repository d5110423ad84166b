import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stringify } from 'yaml'
import { onTestFinished } from 'vitest'
import { type Home, newHome } from '../world.ts'

/** Files by their places below a folder. */
export type Files = Readonly<Record<string, string | Buffer>>

/** Writes files into a folder, and makes the folders that they stand in. */
export function put(folder: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}

/** A home with files in it. */
export function homeWith(files: Files): Home {
  const home = newHome()
  put(home.folder, files)
  return home
}

/** A folder with files in it, for a process whose home it is; it is gone after the test. */
export function folderWith(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'coach-banks-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  put(folder, files)
  return folder
}

/** A question as a bank holds it. */
export interface Written {
  readonly id: string
  readonly text?: string
  readonly [more: string]: unknown
}

/** The text of a bank with these questions. */
export function bankOf(id: string, questions: readonly Written[], more: object = {}): string {
  return stringify({ id, ...more, questions })
}

/** A text as JSON, where it is a list of things with an id. */
export function listOf(text: string): readonly Listed[] {
  const all: readonly Listed[] = JSON.parse(text)
  return all
}

/** What every listed question tells of itself. */
export interface Listed {
  readonly id: string
  readonly text: string
  readonly bank: string
  readonly layer: string
  readonly language: string
  readonly kinds: readonly string[]
  readonly stages: readonly string[]
  readonly areas: readonly string[]
  readonly skills: readonly string[]
  readonly style: string
  readonly retired: boolean
  readonly reasons?: readonly string[]
}

/** The questions of a home as `coach questions list --json` tells them, by their ids. */
export async function questionsOf(
  home: Home,
  ...flags: readonly string[]
): Promise<ReadonlyMap<string, Listed>> {
  const { out, code, err } = await home.coach(['questions', 'list', '--json', ...flags])
  if (code !== 0) throw new Error(`coach questions list ended with ${code}: ${err}`)
  return new Map(listOf(out).map((one) => [one.id, one]))
}
