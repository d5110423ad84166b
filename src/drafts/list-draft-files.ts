import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { namesIn } from '../files/names-in.ts'
import { ENDING, isSealedAt, isBeingWritten, parse } from './draft-files.ts'

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
    if (isBeingWritten(name)) return 'unfinished'
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
