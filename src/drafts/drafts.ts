import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Draft,
  type DraftKeys,
  type DraftPlace,
  editorNameOf,
  ENDING,
  fileFor,
  type Kept,
  leftByEditor,
  namesIn,
  parse,
  PLAIN_DRAFTS,
  remove,
} from './draft-files.ts'
import { clearAway, sealedIn, takeUpUnfinished } from './sealed-drafts.ts'
import { replaceAndWipe } from '../files/durable.ts'
import { lazy } from '../lazy.ts'
import { writeWhole } from '../files/whole-file.ts'

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

/**
 * The drafts of a notebook. Two windows at the same prompt keep a file each.
 * @param keysNow what seals the texts now: beside an encrypted notebook no draft lies open. It is asked before each write; null where
 * the notebook has another key by now, so that nothing can be kept.
 */
export function openDrafts(
  parts: DraftsParts,
  keysNow: () => DraftKeys | null = () => PLAIN_DRAFTS,
): Drafts {
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
  let lastRead: string | null = null
  /** What is sealed with a key that was known here stays readable. */
  const readKey = (): string | null => (lastRead = keysNow()?.read ?? lastRead)
  const idOf = (place: DraftPlace): string => {
    const key = placeKey(place)
    const id = ids.get(key) ?? lazy.crypto().randomUUID()
    ids.set(key, id)
    return id
  }
  const read = (name: string, key: string | null): Kept | null => {
    try {
      const kept = parse(readFileSync(join(folder, name), 'utf8'), name, key)
      return kept && { ...kept, ...leftByEditor(join(folder, name), kept) }
    } catch {
      // It is no draft of ours, or is sealed with another key: see `closed`.
      return null
    }
  }
  const isOurs = (kept: Kept) => kept.pid === pid && kept.started === started
  const left = (person?: string): readonly Kept[] => {
    takeUpUnfinished(folder, parts.isRunning)
    const key = readKey()
    return namesIn(folder)
      .filter((name) => name.endsWith(ENDING) && (person === undefined || name.startsWith(person)))
      .flatMap((name) => read(name, key) ?? [])
      .filter(
        (kept) => kept.text !== '' && (isOurs(kept) || !parts.isRunning(kept.pid, kept.started)),
      )
      .toSorted((a, b) => (a.at < b.at ? 1 : -1))
  }
  /** @returns false where the notebook has another key by now, and nothing was kept */
  const write = (path: string, kept: Omit<Kept, 'name'>): boolean => {
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
      if (!write(join(folder, name), kept)) return KEY_CHANGED
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
    const given = join(folder, editorNameOf(found.name))
    const taken = join(folder, editorNameOf(name))
    try {
      renameSync(join(folder, found.name), join(folder, name))
      if (existsSync(given)) renameSync(given, taken)
    } catch {
      return false
    }
    ids.set(placeKey(place), found.id)
    own(place).add(name)
    // What the editor left goes only when its text is in the draft.
    if (keep(place, found.text, found.before, found.at) === null) remove(folder, editorNameOf(name))
    return true
  }
  return {
    problem() {
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        clearAway(folder, now())
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
    closed: () => {
      const key = readKey()
      return sealedIn(folder).filter((name) => read(name, key) === null).length
    },
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

/** What the manager is told where a text is neither sealed nor left open, but stays on the screen alone. */
const KEY_CHANGED =
  'The notebook was encrypted or got another password meanwhile: what you type here is not kept any more, nor can it be saved. Copy it, then run the command again.'

/** The place of a text within its person: before and after its session has begun, it is the same one. */
function placeKey({ person, prompt }: DraftPlace): string {
  return `${person} ${prompt}`
}

function hashOf(text: string): string {
  return lazy.crypto().createHash('sha256').update(text).digest('hex').slice(0, 12)
}
