import { basename } from 'node:path'
import { CoachError } from '../errors.ts'
import { sayFailure } from '../failures.ts'
import type { Key } from '../notebook/connect.ts'
import { exchange, wipeFile } from '../notebook/exchange.ts'
import { saltOf } from '../notebook/sealed.ts'
import { count, list } from '../text.ts'
import type { World } from '../world.ts'
import { tell } from './present.ts'

/** What becomes of the copies of a notebook that the new password does not protect. */
export type CopyChoice = 'encrypt' | 'remove' | 'keep'

/** How copies are treated: with which key they open now, and which one they get. */
interface Treatment {
  readonly choice: CopyChoice
  readonly from: Key | null
  readonly to: Key
  readonly draftKey: string | null
}

/**
 * Encrypts or removes copies of a notebook, each new one proved before its old one goes, and says which stay as they are.
 * @throws CoachError where one could not be treated; the others are
 */
export function treatCopies(world: World, paths: readonly string[], how: Treatment): void {
  let failure: CoachError | null = null
  const left: string[] = []
  for (const path of paths) {
    try {
      if (how.choice === 'encrypt') encryptCopy(path, how)
      else if (how.choice === 'remove') wipeFile(path)
      else left.push(path)
    } catch (error) {
      const said = sayFailure(error, path)
      if (!(said instanceof CoachError)) throw error
      failure ??= said
      left.push(path)
    }
  }
  const done = count(paths.length - left.length, 'backup')
  if (left.length < paths.length) {
    tell(world, how.choice === 'encrypt' ? `Encrypted ${done}.` : `Overwrote and removed ${done}.`)
  }
  if (left.length === 0) return
  const what = how.from === null ? 'not encrypted' : 'under the old password'
  const sayLeft = `Still ${what}, in backups: ${list(left.map((path) => basename(path)))}.`
  if (failure === null) tell(world, sayLeft)
  else {
    throw new CoachError(
      failure.exitCode,
      `${failure.message} The notebook itself is encrypted. ${sayLeft}`,
      'Remove them yourself, or run: coach encrypt --backups remove',
    )
  }
}

function encryptCopy(path: string, { from, to, draftKey }: Treatment): void {
  const again = (file: string) => {
    const salt = saltOf(file)
    return salt && { secret: to.secret, salt }
  }
  exchange({ path, from, to, again, stamp: { draftKey, isWrite: false }, keepAt: null })
}
