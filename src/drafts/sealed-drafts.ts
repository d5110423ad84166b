import { lstatSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { ENDING, fileFor, isSealedAt, parse, remove, wholeSince, writerOf } from './draft-files.ts'
import { replaceAndWipe, wipeFile } from '../files/durable.ts'
import { namesIn } from '../files/names-in.ts'
import { writeWhole } from '../files/whole-file.ts'

/** How old a file that is not whole has to be before it is taken for a leftover, in ms. */
const ABANDONED_MS = 60_000

/** A draft that was being written: it gets the name of the draft when it is whole. */
const UNFINISHED = /^(.+\.draft)\.new-[0-9a-f-]{36}$/

/** Whether the process with a number, begun then, runs just now. */
type IsRunning = (pid: number, started: string | null) => boolean

/**
 * Finishes what a program left that was killed between writing a draft and giving it its name: the text becomes the draft, where
 * there is none that is as new. What is not whole is overwritten and removed; the text before it is still there.
 */
export function takeUpUnfinished(folder: string, isRunning: IsRunning): void {
  for (const name of namesIn(folder)) {
    const [, draft] = UNFINISHED.exec(name) ?? []
    if (draft === undefined) continue
    const [from, to] = [join(folder, name), join(folder, draft)]
    try {
      const file = readFileSync(from, 'utf8')
      const writer = writerOf(file)
      if (writer === null || isRunning(writer.pid, writer.started)) continue
      const at = wholeSince(file)
      const isThere = lstatSync(to, { throwIfNoEntry: false }) !== undefined
      const before = isThere ? wholeSince(readFileSync(to, 'utf8')) : null
      if (at === null || (before !== null && before >= at)) wipeFile(from)
      else if (isThere) replaceAndWipe(to, () => renameSync(from, to))
      else renameSync(from, to)
    } catch {
      // Another coach was quicker, or it cannot be changed; `coach doctor` names it.
    }
  }
}

/** Removes what a program left that was killed before there was a text in it. */
export function clearAway(folder: string, now: Date): void {
  for (const name of namesIn(folder).filter((one) => /\.new-|^\.probe-/.test(one))) {
    const found = lstatSync(join(folder, name), { throwIfNoEntry: false })
    if (!found?.isFile() || now.getTime() - found.mtimeMs <= ABANDONED_MS) continue
    if (!UNFINISHED.test(name)) remove(folder, name)
    else if (writerOf(readFileSync(join(folder, name), 'utf8')) === null) remove(folder, name)
  }
}

/**
 * Writes every text that was left anew under another key, as when a notebook is encrypted; what lay open before is overwritten.
 * @returns how many were written anew
 */
export function resealDrafts(folder: string, from: string | null, to: string | null): number {
  let many = 0
  for (const name of namesIn(folder).filter((one) => one.endsWith(ENDING))) {
    const path = join(folder, name)
    try {
      const isSealed = isSealedAt(path)
      if (isSealed === (to !== null) && (!isSealed || from === to)) continue
      const kept = parse(readFileSync(path, 'utf8'), name, from)
      if (!kept) continue
      replaceAndWipe(path, () => writeWhole(path, fileFor(kept, to)))
      many++
    } catch {
      // A text under a key that was lost, or one that another window is writing: it stays as it is.
    }
  }
  return many
}

/** How many texts in a folder are sealed. */
export function draftsSealed(folder: string): number {
  return sealedIn(folder).length
}

/** The names of drafts that are sealed, with whatever key. */
export function sealedIn(folder: string): readonly string[] {
  return namesIn(folder).filter((name) => {
    try {
      return name.endsWith(ENDING) && isSealedAt(join(folder, name))
    } catch {
      return false
    }
  })
}

/** The files in the folder of drafts, by what each is, as paths. */
export interface DraftFiles {
  /** Texts that anybody can read who can read the file. */
  readonly open: readonly string[]
  /** Texts that the key opens. */
  readonly sealed: readonly string[]
  /** Texts that are sealed with another key. */
  readonly closed: readonly string[]
  /** What an editor was given, which is plain text. */
  readonly editors: readonly string[]
  /** Texts that were not written to the end, or are being written. */
  readonly unfinished: readonly string[]
  /** What is not of coach. */
  readonly others: readonly string[]
}

/** Looks at every file in the folder of drafts. Without a key, nothing that is sealed can be opened. */
export function draftFilesIn(folder: string, key: string | null): DraftFiles {
  const kindOf = (name: string): keyof DraftFiles => {
    if (/\.new-|^\.probe-/.test(name)) return 'unfinished'
    if (name.endsWith('.md')) return 'editors'
    if (!name.endsWith(ENDING)) return 'others'
    const path = join(folder, name)
    try {
      if (!isSealedAt(path)) return 'open'
      return parse(readFileSync(path, 'utf8'), name, key) ? 'sealed' : 'closed'
    } catch {
      return 'closed'
    }
  }
  const found = namesIn(folder).map((name) => ({ kind: kindOf(name), path: join(folder, name) }))
  const all = (kind: keyof DraftFiles) =>
    found.filter((one) => one.kind === kind).map(({ path }) => path)
  return {
    open: all('open'),
    sealed: all('sealed'),
    closed: all('closed'),
    editors: all('editors'),
    unfinished: all('unfinished'),
    others: all('others'),
  }
}
