import { usageError } from '../../errors.ts'
import { givenPassword, readPasswordFile } from '../../start/unlock.ts'
import type { World } from '../../world.ts'
import { mustBeAbleToAsk } from '../../ask/flags/require-terminal.ts'

const LEAST = 8
const SHORT = `A password has at least ${LEAST} characters: a shorter one is found by trying all there are.`

/**
 * A new password: out of a file, or typed twice. For a first one, `--password-file` and `password_command` count; for another one
 * only `--new-password-file` does.
 * @throws CoachError (2) where it is too short, or there is nobody to ask
 */
export async function newPassword(
  world: World,
  { change, newPasswordFile }: { readonly change?: boolean; readonly newPasswordFile?: string },
): Promise<string> {
  const given = change
    ? newPasswordFile === undefined
      ? null
      : readPasswordFile(world, newPasswordFile)
    : ((await givenPassword(world))?.text ?? null)
  if (given !== null) {
    if (isShort(given)) throw usageError(`${SHORT} Nothing was changed.`)
    return given
  }
  const flag = change ? '--new-password-file FILE' : '--password-file FILE'
  mustBeAbleToAsk(world, `Nothing was changed. Give the new password with ${flag}.`)
  const { password } = await import('../../ask/terminal/single-questions.ts')
  for (;;) {
    const typed = await password(world, 'The new password:')
    if (isShort(typed)) {
      world.stderr.write(`${SHORT}\n`)
      continue
    }
    if ((await password(world, 'The same again:')) === typed) return typed
    world.stderr.write('The two are not the same.\n')
  }
}

function isShort(password: string): boolean {
  return Array.from(password).length < LEAST
}
