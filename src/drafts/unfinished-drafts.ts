import { lstatSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { replaceAndWipe, wipeFile } from '../files/durable.ts'
import { namesIn } from '../files/names-in.ts'
import { isBeingWritten, remove, wholeSince, writerOf } from './draft-files.ts'

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
  for (const name of namesIn(folder).filter(isBeingWritten)) {
    const found = lstatSync(join(folder, name), { throwIfNoEntry: false })
    if (!found?.isFile() || now.getTime() - found.mtimeMs <= ABANDONED_MS) continue
    if (!UNFINISHED.test(name)) remove(folder, name)
    else if (writerOf(readFileSync(join(folder, name), 'utf8')) === null) remove(folder, name)
  }
}
