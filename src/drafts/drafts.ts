import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Draft,
  type DraftKeys,
  type DraftPlace,
  editorNameOf,
  ENDING,
  fileFor,
  type KeptDraft,
  leftByEditor,
  parse,
  PLAIN_DRAFTS,
  remove,
} from './draft-files.ts'
import { sealedIn } from './sealed-drafts.ts'
import { clearAway, takeUpUnfinished } from './unfinished-drafts.ts'
import { makePrivateFolder, replaceAndWipe } from '../files/durable.ts'
import { namesIn } from '../files/names-in.ts'
import { lazy } from '../lazy.ts'
import { writeWhole } from '../files/whole-file.ts'
import { hashOfText } from '../text/hash.ts'

/** What is being typed and not saved yet: one file for each text, in a folder of ours, for its owner alone. */
export interface Drafts {
  /** Makes the folder ready. @returns why nothing can be kept there, in words for the user; null when all is well */
  prepare(): string | null
  /**
   * Takes up the newest text that was left at a place by a program that runs no more: it is this window's own from now on. Of two
   * windows, one gets it. Null where there is none.
   */
  takeUp(place: DraftPlace): Draft | null
  /** Every text that was left, of one person or of all; also what a program had not written to the end, as far as it is whole. */
  collect(person?: string): readonly Draft[]
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

/** The drafts of one window, and what it has done with them. Two windows at the same prompt keep a file each. */
interface Window extends DraftsParts {
  /** What the names of its files end with. */
  readonly id: string
  /** Tells what seals the texts now; null where the notebook has another key by now, so that nothing can be kept. */
  readonly keysNow: () => DraftKeys | null
  /** The names of files that this window has made or taken up, by place. */
  readonly own: Map<string, ReadonlySet<string>>
  /** The UUID for the note that the text of a place becomes, by place. */
  readonly ids: Map<string, string>
  /** The last key that was known here: what is sealed with it stays readable. */
  lastRead: string | null
}

/**
 * The drafts of a notebook.
 * @param keysNow what seals the texts now: beside an encrypted notebook no draft lies open. It is asked before each write; null where
 * the notebook has another key by now, so that nothing can be kept.
 */
export function openDrafts(
  parts: DraftsParts,
  keysNow: () => DraftKeys | null = () => PLAIN_DRAFTS,
): Drafts {
  const id = lazy.crypto().randomUUID().slice(0, 8)
  const window: Window = { ...parts, id, keysNow, own: new Map(), ids: new Map(), lastRead: null }
  const { folder } = window
  return {
    prepare: () => prepare(window),
    takeUp: (place) => takeUp(window, place),
    collect: (person) => collect(window, person),
    closed: () => closed(window),
    keep: (place, text, before) => keep(window, place, text, before),
    drop: (place) => drop(window, place),
    forget: ({ name }) => remove(folder, name),
    idOf: (place) => idOf(window, place),
    renew: (place) => void window.ids.delete(placeKey(place)),
    editorFile: (place) => editorFile(window, place),
  }
}

function prepare({ folder, now, id }: Window): string | null {
  try {
    makePrivateFolder(folder)
    clearAway(folder, now())
    // A name of its own: two windows that begin together are not in each other's way.
    const probe = `.probe-${id}`
    writeWhole(join(folder, probe), 'x'.repeat(4096))
    remove(folder, probe)
    return null
  } catch {
    return `What you type cannot be kept in ${folder} before you press Enter: the folder cannot be written, or the disk is full.`
  }
}

function takeUp(window: Window, place: DraftPlace): Draft | null {
  const found = collect(window, place.person).find((one) => isAt(one, place))
  return found && claim(window, place, found) ? found : null
}

/** Whether a text belongs to a place. Before its session has begun, it knows none. */
function isAt(draft: DraftPlace, { prompt, session }: DraftPlace): boolean {
  return draft.prompt === prompt && (draft.session === session || draft.session === null)
}

function collect(window: Window, person?: string): readonly KeptDraft[] {
  const { folder, isRunning } = window
  takeUpUnfinished(folder, isRunning)
  const key = readKey(window)
  return namesIn(folder)
    .filter((name) => name.endsWith(ENDING) && (person === undefined || name.startsWith(person)))
    .flatMap((name) => read(folder, name, key) ?? [])
    .filter((kept) => kept.text !== '' && isLeft(window, kept))
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))
}

/** Whether nobody else is writing a text: this process has it, or one that runs no more. */
function isLeft({ pid, started, isRunning }: DraftsParts, kept: KeptDraft): boolean {
  const isOurs = kept.pid === pid && kept.started === started
  return isOurs || !isRunning(kept.pid, kept.started)
}

function closed(window: Window): number {
  const { folder } = window
  const key = readKey(window)
  return sealedIn(folder).filter((name) => read(folder, name, key) === null).length
}

/** Reads a draft; null for what is none of ours, or sealed with another key. */
function read(folder: string, name: string, key: string | null): KeptDraft | null {
  try {
    const kept = parse(readFileSync(join(folder, name), 'utf8'), name, key)
    return kept && { ...kept, ...leftByEditor(join(folder, name), kept) }
  } catch {
    return null
  }
}

function readKey(window: Window): string | null {
  window.lastRead = window.keysNow()?.read ?? window.lastRead
  return window.lastRead
}

function keep(
  window: Window,
  place: DraftPlace,
  text: string,
  before: string | null,
  at = window.now().toISOString(),
): string | null {
  const { folder, pid, started } = window
  const { person, session, prompt } = place
  const name = nameOf(window, place)
  const kept = { person, session, prompt, at, id: idOf(window, place), pid, started, text, before }
  try {
    makePrivateFolder(folder)
    if (!write(window, join(folder, name), kept)) return KEY_CHANGED
    // What was taken up from an earlier window lives on in this file.
    for (const other of ownAt(window, place)) if (other !== name) remove(folder, other)
    window.own.set(placeKey(place), new Set([name]))
    return null
  } catch {
    return `What you type cannot be kept in ${folder} before it is saved. Enter saves it.`
  }
}

/** @returns false where the notebook has another key by now, and nothing was kept */
function write({ keysNow }: Window, path: string, kept: Omit<KeptDraft, 'name'>): boolean {
  const keys = keysNow()
  if (keys === null) return false
  writeWhole(path, fileFor(kept, keys.write))
  // The notebook may have been encrypted or decrypted since: what is beside it goes by what it is now.
  const after = keysNow()
  if (after?.write === keys.write) return true
  const replace = () =>
    after === null ? rmSync(path) : writeWhole(path, fileFor(kept, after.write))
  replaceAndWipe(path, replace)
  return after !== null
}

/** Makes a text that was left this window's own. @returns whether it is; of two windows, one gets it */
function claim(window: Window, place: DraftPlace, found: KeptDraft): boolean {
  const { folder } = window
  const own = ownAt(window, place)
  if (own.has(found.name)) return true
  const name = nameOf(window, place)
  const given = join(folder, editorNameOf(found.name))
  const taken = join(folder, editorNameOf(name))
  try {
    renameSync(join(folder, found.name), join(folder, name))
    if (existsSync(given)) renameSync(given, taken)
  } catch {
    return false
  }
  window.ids.set(placeKey(place), found.id)
  window.own.set(placeKey(place), new Set([...own, name]))
  // What the editor left goes only when its text is in the draft.
  const isKept = keep(window, place, found.text, found.before, found.at) === null
  if (isKept) remove(folder, editorNameOf(name))
  return true
}

function drop(window: Window, place: DraftPlace): void {
  for (const name of ownAt(window, place)) remove(window.folder, name)
  window.own.delete(placeKey(place))
  window.ids.delete(placeKey(place))
}

function editorFile(window: Window, place: DraftPlace): string {
  const name = nameOf(window, place)
  // Whose text it is stands in the draft beside it, also where nothing was typed before.
  if (!ownAt(window, place).has(name)) keep(window, place, '', null)
  return join(window.folder, editorNameOf(name))
}

function idOf({ ids }: Window, place: DraftPlace): string {
  const id = ids.get(placeKey(place)) ?? lazy.crypto().randomUUID()
  ids.set(placeKey(place), id)
  return id
}

function ownAt({ own }: Window, place: DraftPlace): ReadonlySet<string> {
  return own.get(placeKey(place)) ?? new Set()
}

/** The name of the file in which this window keeps the text of a place. */
function nameOf({ id }: Window, place: DraftPlace): string {
  return `${place.person}.${hashOfText(placeKey(place)).slice(0, 12)}.${id}${ENDING}`
}

/** The place of a text within its person: before and after its session has begun, it is the same one. */
function placeKey({ person, prompt }: DraftPlace): string {
  return `${person} ${prompt}`
}

/** What the manager is told where a text is neither sealed nor left open, but stays on the screen alone. */
const KEY_CHANGED =
  'The notebook was encrypted or got another password meanwhile: what you type here is not kept any more, nor can it be saved. Copy it, then run the command again.'
