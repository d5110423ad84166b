import {
  closeSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { lazy } from './lazy.ts'

/** Where a text belongs that is being typed: whose it is, in which session, and at which prompt (`1/observation.saw`). */
interface DraftPlace {
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

/** What is being typed and not saved yet: one file for each text, in a folder of ours, for its owner alone. */
export interface Drafts {
  /** Why nothing can be kept here, in words for the user; null when all is well. */
  problem(): string | null
  /** The newest text that was left at a place by a program that runs no more; null where there is none. */
  find(place: DraftPlace): Draft | null
  /** Every text that was left, of one person or of all. */
  list(person?: string): readonly Draft[]
  /** How many texts are sealed with a key that is not the one of the notebook. */
  closed(): number
  /** Keeps a text, on disk when it returns. @returns why it could not be kept, or null */
  keep(place: DraftPlace, text: string, before: string | null): string | null
  /** Forgets the text of a place: it was saved, or is not wanted any more. */
  drop(place: DraftPlace): void
  /** Forgets one text that was left. */
  forget(draft: Draft): void
  /** The UUID for the note that the text of a place becomes. */
  idOf(place: DraftPlace): string
  /** Gives the text of a place another UUID: there is a note with the one it had. */
  renew(place: DraftPlace): void
  /** The file in which the user's own editor changes the text of a place. */
  editorFile(place: DraftPlace): string
}

/** What drafts need to know of the process. */
export interface DraftsParts {
  readonly folder: string
  readonly now: () => Date
  readonly pid: number
  /** When this process began, as the system counts; null where it does not tell. */
  readonly started: string | null
  /** Whether the process with this number, begun then, runs just now. */
  readonly isRunning: (pid: number, started: string | null) => boolean
}

/** What one file says. */
interface Kept extends Draft {
  readonly pid: number
  readonly started: string | null
}

/**
 * The drafts of a notebook. Two windows at the same prompt keep a file each.
 * @param key seals the texts, as 64 hexadecimal digits: beside an encrypted notebook no draft lies open. Null: plain text.
 */
export function openDrafts(parts: DraftsParts, key: string | null): Drafts {
  const { folder, now, pid, started } = parts
  const window = lazy.crypto().randomUUID().slice(0, 8)
  /** The names of files that this window has made or taken up, by place. */
  const mine = new Map<string, Set<string>>()
  const ids = new Map<string, string>()
  const baseOf = (place: DraftPlace) => `${place.person}.${hashOf(placeKey(place))}.${window}`
  const own = (place: DraftPlace): Set<string> => {
    const key = placeKey(place)
    const names = mine.get(key) ?? new Set<string>()
    mine.set(key, names)
    return names
  }
  const idOf = (place: DraftPlace): string => {
    const key = placeKey(place)
    const id = ids.get(key) ?? lazy.crypto().randomUUID()
    ids.set(key, id)
    return id
  }
  const read = (name: string): Kept | null => {
    try {
      const kept = parse(readFileSync(join(folder, name), 'utf8'), name, key)
      return kept && { ...kept, ...leftByEditor(join(folder, name), kept) }
    } catch {
      // It is no draft of ours, or is sealed with another key: see `closed`.
      return null
    }
  }
  const isOurs = (kept: Kept) => kept.pid === pid && kept.started === started
  const left = (person?: string): readonly Kept[] =>
    namesIn(folder)
      .filter((name) => name.endsWith(ENDING) && (person === undefined || name.startsWith(person)))
      .flatMap((name) => read(name) ?? [])
      .filter(
        (kept) => kept.text !== '' && (isOurs(kept) || !parts.isRunning(kept.pid, kept.started)),
      )
      .toSorted((a, b) => (a.at < b.at ? 1 : -1))
  const keep = (
    place: DraftPlace,
    text: string,
    before: string | null,
    at = now().toISOString(),
  ): string | null => {
    const name = `${baseOf(place)}${ENDING}`
    const { person, session, prompt } = place
    const kept = { person, session, prompt, at, id: idOf(place), pid, started, text, before }
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      writeWhole(join(folder, name), fileFor(kept, key))
      // What was taken up from an earlier window lives on in this file.
      for (const other of own(place)) if (other !== name) remove(folder, other)
      mine.set(placeKey(place), new Set([name]))
      return null
    } catch {
      return `What you type cannot be kept in ${folder} before it is saved. Enter saves it.`
    }
  }
  /** Makes a text that was left this window's own. Of two windows, one gets it. */
  const claim = (place: DraftPlace, found: Kept): boolean => {
    const name = `${baseOf(place)}${ENDING}`
    if (own(place).has(found.name)) return true
    try {
      renameSync(join(folder, found.name), join(folder, name))
    } catch {
      return false
    }
    remove(folder, found.name)
    ids.set(placeKey(place), found.id)
    own(place).add(name)
    keep(place, found.text, found.before, found.at)
    return true
  }
  return {
    problem() {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        // A name of its own: two windows that begin together are not in each other's way.
        const probe = `.probe-${window}`
        writeWhole(join(folder, probe), 'x'.repeat(4096))
        remove(folder, probe)
        return null
      } catch {
        return `What you type cannot be kept in ${folder} before you press Enter: the folder cannot be written, or the disk is full.`
      }
    },
    find(place) {
      const found = left(place.person).find(
        (one) =>
          one.prompt === place.prompt && (one.session === place.session || one.session === null),
      )
      return found && claim(place, found) ? found : null
    },
    list: left,
    closed: () => sealedIn(folder).filter((name) => read(name) === null).length,
    keep,
    drop(place) {
      for (const name of own(place)) remove(folder, name)
      mine.delete(placeKey(place))
      ids.delete(placeKey(place))
    },
    forget: ({ name }) => remove(folder, name),
    idOf,
    renew: (place) => void ids.delete(placeKey(place)),
    editorFile(place) {
      // Whose text it is stands in the draft beside it, also where nothing was typed before.
      const isThere = own(place).has(`${baseOf(place)}${ENDING}`)
      if (!isThere) keep(place, '', null)
      return join(folder, `${baseOf(place)}.md`)
    },
  }
}

/**
 * Writes every text that was left anew under another key, as when a notebook is encrypted; what lay open before is overwritten.
 */
export function resealDrafts(folder: string, from: string | null, to: string | null): void {
  for (const name of namesIn(folder).filter((one) => one.endsWith(ENDING))) {
    const path = join(folder, name)
    try {
      const kept = parse(readFileSync(path, 'utf8'), name, from)
      if (!kept || (from === to && isSealedAt(path))) continue
      const old = openSync(path, 'r+')
      try {
        writeWhole(path, fileFor(kept, to))
        // The old bytes have no name any more, and are overwritten all the same.
        writeSync(old, Buffer.alloc(fstatSync(old).size), 0, undefined, 0)
        fsyncSync(old)
      } finally {
        closeSync(old)
      }
    } catch {
      // A text under a key that was lost, or one that another window is writing: it stays as it is.
    }
  }
}

/** How many texts in a folder are sealed. */
export function draftsSealed(folder: string): number {
  return sealedIn(folder).length
}

function sealedIn(folder: string): readonly string[] {
  return namesIn(folder).filter((name) => {
    try {
      return name.endsWith(ENDING) && isSealedAt(join(folder, name))
    } catch {
      return false
    }
  })
}

function isSealedAt(path: string): boolean {
  return readFileSync(path, 'utf8').includes('"sealed":')
}

/** What the file of a text holds. */
function fileFor(draft: Omit<Kept, 'name'>, key: string | null): string {
  const { person, session, prompt, at, id, pid, started, text, before } = draft
  const body = key === null ? { text, before } : { sealed: seal({ text, before }, key) }
  return `${JSON.stringify({ person, session, prompt, at, id, pid, started, ...body })}\n`
}

const ENDING = '.draft'

/** The place of a text within its person: before and after its session has begun, it is the same one. */
function placeKey({ person, prompt }: DraftPlace): string {
  return `${person} ${prompt}`
}

function hashOf(text: string): string {
  return lazy.crypto().createHash('sha256').update(text).digest('hex').slice(0, 12)
}

/** A file that is either whole or not there, and stays on disk when the power goes. */
function writeWhole(path: string, text: string): void {
  const temporary = `${path}.tmp`
  try {
    const file = openSync(temporary, 'w', 0o600)
    try {
      writeFileSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
    syncFolderOf(path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** The name of a file is on disk only with its folder. */
function syncFolderOf(path: string): void {
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** Removes a draft, and what an editor was given of it. What cannot be removed is offered again, never lost. */
function remove(folder: string, name: string): void {
  for (const one of name.endsWith(ENDING) ? [name, editorNameOf(name)] : [name]) {
    try {
      rmSync(join(folder, one), { force: true })
    } catch {
      // It is found to be saved already when it is offered the next time.
    }
  }
}

function editorNameOf(name: string): string {
  return name.slice(0, -ENDING.length).concat('.md')
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/**
 * What an editor had saved when coach died under it, where that is newer than what was typed. A text that the editor did not
 * take along stays in front of it.
 */
function leftByEditor(path: string, kept: Kept): Pick<Draft, 'text' | 'at'> | object {
  const file = editorNameOf(path)
  const found = lstatSync(file, { throwIfNoEntry: false })
  if (!found?.isFile() || found.size > MAX_BYTES || found.mtimeMs < Date.parse(kept.at)) return {}
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
export const MAX_BYTES = 1_000_000

/**
 * The text of a file that an editor wrote: exact, but for a byte-order mark, CRLF, and the line end behind the last line.
 * @throws TypeError where it is not UTF-8
 */
export function readEdited(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  return text.replace(/\r\n/g, '\n').replace(/\n$/, '')
}

function parse(file: string, name: string, key: string | null): Kept | null {
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
