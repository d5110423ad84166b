import { statSync } from 'node:fs'
import { CoachError, EXIT } from '../../errors.ts'

/** Which file stands at a path now, links followed: its device and its number there; null where there is none. */
export function fileAt(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.dev}:${found.ino}` : null
}

/** A notebook whose file is no longer at its path, or is another one there, is not written to (4). */
export function refuseMoved(path: string, opened: string): void {
  const now = fileAt(path)
  if (now === opened) return
  throw new CoachError(
    EXIT.busy,
    `${path} was ${now === null ? 'moved or deleted' : 'replaced by another file'} while coach was using it. Nothing was written.`,
    'See whether a synchronising program did that, then run the command again.',
  )
}

/**
 * A failure of a command under which another one put a new file in the place of the notebook, as `coach encrypt` does, says nothing
 * about either file: it becomes “try again” (4). Anything else comes back as it is.
 * @param seen which file it was when the command began; null where that is not known
 */
export function sayReplaced(error: unknown, path: string, seen: string | null): unknown {
  if (seen === null || fileAt(path) === seen) return error
  const isOther =
    error instanceof CoachError &&
    (error.exitCode === EXIT.busy || error.exitCode === EXIT.newer || !error.message.includes(path))
  if (isOther) return error
  return new CoachError(
    EXIT.busy,
    `Another file took the place of ${path} while coach was using it, as when the notebook is encrypted in another window. What was saved before is safe.`,
    'Run the command again.',
    { cause: error },
  )
}

/**
 * What a file is like from outside: which one it is, how long, and when it was written last. As long as that is so, nobody has
 * touched it. Null where it cannot be told.
 */
export function traceOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found ? [found.dev, found.ino, found.size, found.mtimeNs].join(' ') : null
}
