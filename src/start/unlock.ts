import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { usageError } from '../errors.ts'
import { mustBeTrusted } from '../files/trust.ts'
import { readUpTo } from '../files/bounded.ts'
import { typedPath } from '../files/typed-path.ts'
import { readLayerFile } from '../library/read-layers.ts'
import type { Key } from '../notebook/file/connect.ts'
import { readRecoveryKey } from '../notebook/encryption/recovery-key.ts'
import { opens } from '../notebook/file/page-cipher.ts'
import { keyFrom } from '../notebook/encryption/password-key.ts'
import { sayProblem } from '../text/file-problem.ts'
import { safe } from '../text/text.ts'
import type { World } from '../world.ts'

/** How often a password may be typed. */
const TRIES = 3
const WRONG = 'The password is not right. Nothing was changed.'
/** The most that a password can have, in bytes. */
const MOST_BYTES = 1024
/** The most that is read of a password file, in bytes: only its first line counts, whatever a password manager writes below it. */
const MOST_READ = 64 * 1024

/**
 * The key of an encrypted file, from the password or the recovery key: out of `--password-file`, or from the `password_command` of
 * the home's `config.yaml`, or else typed, unseen. The file is only looked at.
 * @param salt the first bytes of the file
 * @param known keys that were given before: those of a notebook open its backups too
 * @throws CoachError (2) where the password is not right, or there is nobody to ask
 */
export async function unlock(
  world: World,
  path: string,
  salt: Buffer,
  known: readonly Key[],
): Promise<Key> {
  const before = known.find((key) => key.salt.equals(salt) && opens(path, key))
  if (before) return before
  const fits = (text: string): Key | null => {
    const key = keyOf(text, salt)
    return key && opens(path, key) ? key : null
  }
  const given = await givenPassword(world)
  if (given) {
    const key = fits(given.text)
    if (key) return key
    throw usageError(`${WRONG}${hintFor(given.text)}`, `It came from ${given.from}.`)
  }
  if (!world.canAsk()) {
    throw usageError(
      `${path} is encrypted, and there is no terminal to ask for its password in. Nothing was changed.`,
      'Give it with --password-file FILE, or set password_command in config.yaml.',
    )
  }
  const { password } = await import('../ask/terminal/single-questions.ts')
  for (let left = TRIES; left > 0; left--) {
    const typed = await password(world, `Password of ${path}:`)
    const key = fits(typed)
    if (key) return key
    const again = left > 1 ? ' Try again.' : ''
    if (left > 1) world.stderr.write(`${WRONG}${hintFor(typed)}${again}\n`)
    else throw usageError(`${WRONG}${hintFor(typed)}`, 'The recovery key opens it too.')
  }
  throw usageError(WRONG)
}

function keyOf(text: string, salt: Buffer): Key | null {
  const secret = readRecoveryKey(text)
  if (Buffer.isBuffer(secret)) return { secret, salt }
  return text === '' ? null : keyFrom(text, salt)
}

function hintFor(text: string): string {
  return readRecoveryKey(text) === 'mistyped'
    ? ' It looks like a recovery key with a typing error in it: 14 groups of four letters and digits.'
    : ''
}

/** A password that was not typed, and where it came from, in words; null where it has to be asked for. */
export async function givenPassword(
  world: World,
): Promise<{ readonly text: string; readonly from: string } | null> {
  const { passwordFile } = world.settings
  if (passwordFile !== undefined) {
    return { text: readPasswordFile(world, passwordFile), from: passwordFile }
  }
  const command = await passwordCommand(world)
  if (command === null) return null
  const { runPasswordCommand } = await import('./password-command.ts')
  return {
    text: firstLine(await runPasswordCommand(world, command), 'What password_command gave'),
    from: 'password_command in config.yaml',
  }
}

/** The password in the first line of a file or a pipe. @throws CoachError (2) where there is none, or it cannot be read */
export function readPasswordFile(world: World, name: string): string {
  const path = typedPath(world, name)
  const read = (() => {
    try {
      const found = lstatSync(path)
      // On Windows, the mode of a file says nothing about who can read it.
      if (world.platform !== 'win32' && found.isFile() && (found.mode & 0o077) !== 0) {
        world.tell(`${safe(name)} can be read by others: chmod 600 ${safe(name)}\n`)
      }
      return readUpTo(path, MOST_READ)
    } catch (error) {
      throw usageError(
        `The password file ${name} cannot be read.`,
        'Check its name and its permissions.',
        { cause: error },
      )
    }
  })()
  if (read === null) {
    throw usageError(
      `The password file ${name} is a device, which may have no end. Nothing was changed.`,
      'Name a file or a pipe, as in: --password-file <(pass show coach)',
    )
  }
  return firstLine(read.bytes, name)
}

function firstLine(bytes: Buffer, from: string): string {
  const end = bytes.indexOf('\n')
  const line = end < 0 ? bytes : bytes.subarray(0, end)
  if (line.length > MOST_BYTES) throw usageError(`${from} has a first line that is too long.`)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(line).replace(/\r$/, '')
    if (text !== '') return text
  } catch {
    throw usageError(`${from} is not text in UTF-8.`)
  }
  throw usageError(`${from} holds no password: its first line is empty.`)
}

/** Only the home's own settings name a command: a folder of banks from somebody else does not. */
async function passwordCommand(world: World): Promise<string | null> {
  const path = join(world.places.config, 'config.yaml')
  const file = readLayerFile('config', path)
  if (!file.text?.includes('password_command')) return null
  const { readFile } = await import('../questions/bank/read-layer-file.ts')
  const read = readFile(file)
  if (read.kind === 'config') {
    const command = read.value.password_command
    if (command === undefined) return null
    mustBeTrusted(path, 'password_command', world)
    return command
  }
  const [problem] = read.kind === 'broken' ? read.problems : []
  // A person can be asked all the same; a script has to know why nothing was run.
  if (!problem || world.canAsk()) return null
  throw usageError(
    `${sayProblem(problem)} So the password could not be had. Nothing was changed.`,
    'Mend the file, or give the password with --password-file FILE.',
  )
}
