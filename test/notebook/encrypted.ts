import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import DB from 'better-sqlite3'
import { codeOf } from '../../src/files/durable.ts'
import { openNotebook } from '../../src/notebook/notebook.ts'
import { saltOf } from '../../src/notebook/file/header.ts'
import { keyFrom } from '../../src/notebook/encryption/password-key.ts'
import { connect, type Key } from '../../src/notebook/file/connect.ts'
import { answersFor, feed } from '../ask/file/feed.ts'
import { type Home, newHome, type Outcome } from '../world.ts'

export const PASSWORD = 'Zwölf Böxkämpfer'
/** Stands in a note, an answer and an action item of {@link filledHome}. */
export const CANARY = 'quokkaquartz'

/** A notebook with a person, a session, items, a note, a goal and an opportunity: made once, as that takes long. */
const filled = makeFilled()
async function makeFilled(): Promise<Buffer> {
  const home = newHome()
  await feed(
    home,
    answersFor('Ana Silva', {
      reflection: { went_well: `All of it, ${CANARY}.` },
      plan: { actions: [{ what: `send ${CANARY}`, due: '2026-11-20' }, { what: 'call Tom' }] },
    }),
    ['--past'],
  )
  await home.coach(['note', 'ana', `She waited, ${CANARY}.`])
  await home.coach(['goal', 'add', 'ana', 'lead a renewal'])
  await home.coach(['opportunity', 'add', 'ana', 'Northwind', '--stage', 'discover'])
  return readFileSync(home.notebook)
}

/** A home with that notebook and nothing else. */
export async function filledHome(): Promise<Home> {
  const home = newHome()
  writeFileSync(home.notebook, await filled, { mode: 0o600 })
  return home
}

/** A file with a password in its first line. */
export function passwordFile(home: Home, text = PASSWORD, name = 'password'): string {
  const path = join(home.folder, name)
  writeFileSync(path, `${text}\n`, { mode: 0o600 })
  return path
}

/** A command line on an encrypted notebook. */
export async function unlocked(home: Home, argv: readonly string[]): Promise<Outcome> {
  return await home.coach([...argv, '--password-file', passwordFile(home)])
}

let sealed: Promise<Buffer> | undefined
async function makeSealed(): Promise<Buffer> {
  const home = await filledHome()
  const { code, err } = await unlocked(home, ['encrypt', '--wipe'])
  if (code !== 0) throw new Error(err)
  return readFileSync(home.notebook)
}

/** A filled home after `coach encrypt --wipe`. */
export async function encryptedHome(): Promise<Home> {
  const home = newHome()
  sealed ??= makeSealed()
  writeFileSync(home.notebook, await sealed, { mode: 0o600 })
  return home
}

/** The key that the password gives for a file. */
export function keyOf(path: string, password = PASSWORD): Key {
  const salt = saltOf(path)
  if (!salt) throw new Error(`${path} is not encrypted`)
  return keyFrom(password, salt)
}

function holds(path: string, text: string): boolean {
  try {
    return readFileSync(path).includes(text)
  } catch (error) {
    // A window that is open writes and renames meanwhile.
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
}

/** The files below a folder that hold a text, in any of its bytes. */
export function holdersOf(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => holds(path, text))
    .toSorted()
}

/** All rows of a notebook, but for what changes whenever it is encrypted or decrypted. */
export function contentsOf(path: string): string {
  const salt = saltOf(path)
  const db = salt ? connect(path, { key: keyFrom(PASSWORD, salt) }) : new DB(path)
  try {
    const names = db
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('sqlite_stat1', 'start') ORDER BY 1",
      )
      .pluck()
      .all()
    const rows = names.map((name) => [name, db.prepare(`SELECT * FROM "${name}"`).all()])
    return JSON.stringify(rows, (key, value: unknown) =>
      key === 'generation' || key === 'draft_key' ? undefined : value,
    )
  } finally {
    db.close()
  }
}

/** What seals drafts beside a notebook. */
export function draftKeyOf(path: string, now: Date): string | null {
  const salt = saltOf(path)
  const notebook = openNotebook(path, () => now, { key: salt && keyFrom(PASSWORD, salt) })
  try {
    return notebook.draftKey
  } finally {
    notebook.close()
  }
}
