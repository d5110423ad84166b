import { statSync } from 'node:fs'
import type { User } from '../../files/trust.ts'

/** A file or folder that is not its owner's alone; `isOthers` where it belongs to somebody else. */
interface Laxity {
  readonly what: string
  readonly todo: string
  readonly isOthers: boolean
}

/** What others could do with a file or folder of the manager's, and the command that ends it; null where all is well. */
export function laxity(path: string, user: User | null): Laxity | null {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found || user === null) return null
  if (found.uid !== user.id) {
    return {
      what: `${path} belongs to somebody else on this machine.`,
      todo: 'Ask whoever looks after this machine to give it to you.',
      isOthers: true,
    }
  }
  if ((found.mode & 0o077) === 0) return null
  return {
    what: `${path} can be read by others on this machine.`,
    todo: `Run: chmod ${found.isDirectory() ? '700' : '600'} "${path}"`,
    isOthers: false,
  }
}
