import { lstatSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lazy } from '../lazy.ts'

/** Where a text belongs that is being typed: whose it is, in which session, and at which prompt (`1/observation.saw`). */
export interface DraftPlace {
  /** The UUID of the person. */
  readonly person: string
  /** The UUID of the session; null while it has none yet, and for what belongs to no session. */
  readonly session: string | null
  readonly prompt: string
}

/** A text that was typed and not saved. */
export interface Draft extends DraftPlace {
  readonly text: string
  /** What stood at its place when it was begun. */
  readonly before: string | null
  /** When it was typed, as ISO text in UTC. */
  readonly at: string
  /** The UUID that its note gets, where it becomes one: a crash after saving does not make a second note of it. */
  readonly id: string
  /** The name of its file. */
  readonly name: string
}

/** What one file says. */
export interface KeptDraft extends Draft {
  readonly pid: number
  readonly started: string | null
}

/** What drafts beside a notebook are read and written with, as 64 hexadecimal digits. */
export interface DraftKeys {
  /** Opens drafts that are sealed; null where there is no key for that. */
  readonly read: string | null
  /** Seals what is written; null beside a plain notebook, where drafts are plain too. */
  readonly write: string | null
}

/** Beside a notebook that was never encrypted. */
export const PLAIN_DRAFTS: DraftKeys = { read: null, write: null }

/** How the file of a draft ends. What an editor is given of it has the same name and ends in `.md`. */
export const ENDING = '.draft'

/** Whether a name is that of a draft which is being written, or was left before it was whole. */
export function isBeingWritten(name: string): boolean {
  return /\.new-|^\.probe-/.test(name)
}

/** What the file of a text holds. */
export function fileFor(draft: Omit<KeptDraft, 'name'>, key: string | null): string {
  const { person, session, prompt, at, id, pid, started, text, before } = draft
  const body = key === null ? { text, before } : { sealed: seal({ text, before }, key) }
  return `${JSON.stringify({ person, session, prompt, at, id, pid, started, ...body })}\n`
}

/** Whether the text in a file is sealed. */
export function isSealedAt(path: string): boolean {
  return readFileSync(path, 'utf8').includes('"sealed":')
}

/** Which process wrote the file of a draft, whole or not; null where it was ended before it came that far. */
export function writerOf(
  file: string,
): { readonly pid: number; readonly started: string | null } | null {
  // The text comes behind it.
  const found = /^\{"person":.*?"pid":(\d+),"started":(?:null|"(\d*)"),/.exec(file)
  return found && { pid: Number(found[1]), started: found[2] ?? null }
}

/** When the text in the file of a draft was typed; null where the file is not whole. */
export function wholeSince(file: string): string | null {
  try {
    const { at } = recordOf(JSON.parse(file))
    return typeof at === 'string' ? at : null
  } catch {
    return null
  }
}

/** Removes a draft, and what an editor was given of it. What cannot be removed is offered again, never lost. */
export function remove(folder: string, name: string): void {
  for (const one of name.endsWith(ENDING) ? [name, editorNameOf(name)] : [name]) {
    try {
      rmSync(join(folder, one), { force: true })
    } catch {
      // It is found to be saved already when it is offered the next time.
    }
  }
}

/** The file in which an editor changes the text of a draft. */
export function editorNameOf(name: string): string {
  return name.slice(0, -ENDING.length).concat('.md')
}

/**
 * What an editor had saved when coach died under it, where that is newer than what was typed. A text that the editor did not
 * take along stays in front of it.
 */
export function leftByEditor(path: string, kept: KeptDraft): Pick<Draft, 'text' | 'at'> | object {
  const file = editorNameOf(path)
  const found = lstatSync(file, { throwIfNoEntry: false })
  if (!found?.isFile() || found.size > MAX_DRAFT_BYTES || found.mtimeMs < Date.parse(kept.at))
    return {}
  try {
    const text = readEdited(readFileSync(file))
    if (text === kept.text || text === '') return {}
    const isTakenAlong = kept.text === '' || text.includes(kept.text)
    return {
      text: isTakenAlong ? text : `${kept.text}\n${text}`,
      at: found.mtime.toISOString(),
    }
  } catch {
    return {}
  }
}

/** The largest text that is taken back from an editor, in bytes. */
export const MAX_DRAFT_BYTES = 1_000_000

/**
 * The text of a file that an editor wrote: exact, but for a byte-order mark, CRLF, and the line end behind the last line.
 * @throws TypeError where it is not UTF-8
 */
export function readEdited(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  return text.replace(/\r\n/g, '\n').replace(/\n$/, '')
}

/** Reads the file of a draft; null where it is none, or sealed and there is no key. @throws Error where it cannot be understood */
export function parse(file: string, name: string, key: string | null): KeptDraft | null {
  const value: unknown = JSON.parse(file)
  const { person, session, prompt, at, id, pid, started, sealed, ...open } = recordOf(value)
  const body = typeof sealed === 'string' ? (key === null ? {} : unseal(sealed, key)) : open
  const { text, before } = recordOf(body)
  const isWhole =
    typeof person === 'string' &&
    (typeof session === 'string' || session === null) &&
    typeof prompt === 'string' &&
    typeof at === 'string' &&
    typeof id === 'string' &&
    typeof pid === 'number' &&
    typeof text === 'string' &&
    (typeof before === 'string' || before === null)
  if (!isWhole) return null
  const begun = typeof started === 'string' ? started : null
  return { person, session, prompt, at, id, pid, started: begun, text, before, name }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** AES-256-GCM: initialisation vector, tag and text, in base64. */
function seal(body: object, key: string): string {
  const { createCipheriv, randomBytes } = lazy.crypto()
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'hex'), iv)
  const text = Buffer.concat([cipher.update(JSON.stringify(body), 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64')
}

function unseal(sealed: string, key: string): unknown {
  const bytes = Buffer.from(sealed, 'base64')
  const { createDecipheriv } = lazy.crypto()
  const cipher = createDecipheriv(
    'aes-256-gcm',
    Buffer.from(key, 'hex'),
    bytes.subarray(0, 12),
  ).setAuthTag(bytes.subarray(12, 28))
  return JSON.parse(
    Buffer.concat([cipher.update(bytes.subarray(28)), cipher.final()]).toString('utf8'),
  )
}
