import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { hashOfFile, query } from '../notebook/file.ts'
import { type Outcome, run } from '../ask/terminal/process.ts'
import { homeWith } from '../ask/terminal/home.ts'

export { run }

/** A home with two people, three notes and an action item, made today. */
export async function homeWithNotes(): Promise<string> {
  return await homeWith(
    ['person', 'add', 'Ana Silva'],
    ['person', 'add', 'Ben Okafor'],
    ['note', 'ana', 'She waited ten seconds after her question.'],
    ['note', 'ana', 'The customer named the price first.'],
    ['note', 'ben', 'He summed up before he answered.'],
    ['action', 'add', 'ana', 'write the first five minutes down by 2030-01-15'],
  )
}

export const notebookIn = (home: string) => join(home, 'notebook.db')

/** The backups of a home, by their names. */
export function backupsIn(home: string): readonly string[] {
  try {
    return readdirSync(join(home, 'backups')).toSorted()
  } catch {
    return []
  }
}

/** The path of the only backup of a home. */
export function theBackupIn(home: string): string {
  const [name, ...more] = backupsIn(home)
  if (name === undefined || more.length > 0) throw new Error(`${more.length} backups`)
  return join(home, 'backups', name)
}

/** Runs a command that has to end well. */
export async function done(home: string, ...args: readonly string[]): Promise<Outcome> {
  const outcome = await run(home, ...args)
  expect([args, outcome.code, outcome.err]).toEqual([args, 0, outcome.err])
  return outcome
}

/** Every row of every table of a notebook, but for the count of writes and their marks. */
export function rowsIn(path: string): Readonly<Record<string, readonly unknown[]>> {
  const tables = query(
    path,
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'start' ORDER BY name",
  ).map((row) => String(Object(row).name))
  return Object.fromEntries(
    tables.map((name) => [
      name,
      name === 'store'
        ? query(path, 'SELECT uuid, created_at FROM store')
        : query(path, `SELECT * FROM ${name} ORDER BY 1`),
    ]),
  )
}

/** How often a notebook has been written. */
export function generationIn(path: string): number {
  return Number(Object(query(path, 'SELECT generation FROM store')[0]).generation)
}

/** Changes one bit of a text in the bytes of a file: `a` becomes another letter, and every structure stays whole. */
export function flipBitOf(path: string, text: string): void {
  const bytes = readFileSync(path)
  const at = bytes.indexOf(text)
  if (at < 0) throw new Error('the text is not there')
  for (let here = at; here >= 0; here = bytes.indexOf(text, here + 1)) {
    bytes.writeUInt8(bytes.readUInt8(here) ^ 1, here)
  }
  writeFileSync(path, bytes)
}

/** Spoils the second half of a file. */
export function spoil(path: string): void {
  const bytes = readFileSync(path)
  bytes.fill(0x5a, Math.floor(bytes.length / 2))
  writeFileSync(path, bytes)
}

/** All bytes, modes and times of a home, to be compared with a later look. */
export function pictureOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => {
      const path = join(folder, name)
      const { mode, mtimeMs, size } = statSync(path)
      const isFile = statSync(path).isFile()
      return `${name} ${mode.toString(8)} ${size} ${mtimeMs} ${isFile ? hashOfFile(path) : ''}`
    })
}
