import { basename, dirname } from 'node:path'
import { CoachError, EXIT } from '../../errors.ts'
import { sayFailure } from '../../notebook/file/failures.ts'
import { wipeFile } from '../../files/durable.ts'
import { backupFolder } from '../../notebook/file/backup-names.ts'
import type { Key } from '../../notebook/file/connect.ts'
import type { Copies } from '../../notebook/encryption/unprotected-copies.ts'
import { rekey } from '../../notebook/encryption/rekey.ts'
import { saltOf } from '../../notebook/file/header.ts'
import { count, sayList } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { insist, tell } from '../../output/print.ts'

/** What becomes of the copies of a notebook that the new password does not protect. */
export type CopyChoice = 'encrypt' | 'remove' | 'keep'

/** How copies are treated: with which key they open now, and which one they get. */
interface Treatment {
  /** The path of the notebook that they are copies of. */
  readonly notebook: string
  readonly choice: CopyChoice
  readonly from: Key | null
  readonly to: Key
  readonly draftKey: string | null
}

/**
 * Encrypts or removes copies of a notebook, each new one proved before its old one goes, and says which stay as they are. What may
 * be of another notebook is never touched.
 * @throws CoachError where one could not be treated; the others are
 */
export function treatCopies(world: World, copies: Copies, how: Treatment): void {
  const name = (path: string) =>
    dirname(path) === backupFolder(how.notebook) ? basename(path) : path
  const paths = copies.own
  let failure: CoachError | null = null
  const left: string[] = []
  for (const path of paths) {
    try {
      if (how.choice === 'encrypt') encryptCopy(path, how, world.program)
      else if (how.choice === 'remove') wipeFile(path)
      else left.push(path)
    } catch (error) {
      const said = sayFailure(error, path)
      if (!(said instanceof CoachError)) throw error
      failure ??= said
      left.push(path)
    }
  }
  if (copies.others.length > 0) {
    const others = sayList(copies.others.map(name))
    tell(world, `Of another notebook, and left as they are, in backups: ${others}.`)
  }
  const done = count(paths.length - left.length, 'backup')
  if (left.length < paths.length) {
    tell(world, how.choice === 'encrypt' ? `Encrypted ${done}.` : `Overwrote and removed ${done}.`)
  }
  const still = [...left, ...copies.unknown]
  if (still.length === 0) return
  if (copies.unknown.length > 0) {
    const one = copies.unknown.length === 1
    const unknown = new CoachError(
      EXIT.damaged,
      `Nobody can tell of which notebook ${sayList(copies.unknown.map(name))} ${one ? 'is a copy, so it was' : 'are copies, so they were'} left as ${one ? 'it is' : 'they are'}.`,
    )
    if (how.choice === 'keep') tell(world, unknown.message)
    else failure ??= unknown
  }
  const what = how.from === null ? 'not encrypted' : 'under the old password'
  const sayLeft = `Still ${what}, in backups: ${sayList(still.map(name))}.`
  if (failure === null) {
    insist(world, sayLeft)
  } else {
    throw new CoachError(
      failure.exitCode,
      `${failure.message} The notebook itself is encrypted. ${sayLeft}`,
      'Look at them, and remove them yourself where you need them no more.',
    )
  }
}

function encryptCopy(path: string, { from, to, draftKey }: Treatment, program: string): void {
  const again = (file: string) => {
    const salt = saltOf(file)
    return salt && { secret: to.secret, salt }
  }
  rekey({ path, from, to, again, stamp: { draftKey, isWrite: false }, keepAt: null, program })
}
