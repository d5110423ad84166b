import { usageError } from '../../errors.ts'
import { type Bounded, readUpTo } from '../../files/bounded.ts'
import { typedPath } from '../../files/typed-path.ts'
import type { World } from '../../world.ts'
import { mustBeAbleToAsk } from '../flags/require-terminal.ts'

/** The most that is read of a file or an input, and how that is said. */
interface Limit {
  readonly bytes: number
  readonly words: string
}
const LIMIT: Limit = { bytes: 5 * 1024 * 1024, words: '5 MB, the most that is read' }

/** A text that was read, and how its source is named in messages. */
export interface InputText {
  readonly label: string
  readonly text: string
}

/**
 * The text of a file or a pipe, or of stdin for `-`. A device is refused, and so is invalid UTF-8: nothing is guessed.
 * @param limit the most that is read, where it is not as much as a file may hold
 * @param end what is said at the end of a refusal, such as `Nothing was saved.`
 * @throws CoachError (2) that names the file and what is wrong with it
 */
export async function readInput(
  world: World,
  name: string,
  end: string,
  limit: Limit = LIMIT,
): Promise<InputText> {
  const label = name === '-' ? 'stdin' : name
  const tooLarge = () => usageError(`${label}:1:1 is larger than ${limit.words}. ${end}`)
  const bytes =
    name === '-' ? await readAll(world, limit, tooLarge) : readNamed(world, name, limit, end)
  if (bytes === null) throw tooLarge()
  try {
    return { label, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    throw usageError(`${label}:1:1 is not text in UTF-8. ${end}`, 'Save it as UTF-8.')
  }
}

/** @returns null where it is larger than the limit */
function readNamed(world: World, name: string, limit: Limit, end: string): Buffer | null {
  const read = readFound(typedPath(world, name), name, limit)
  if (read === null) {
    throw usageError(
      `${name} is a device, which may have no end. ${end}`,
      'Name a file or a pipe, or use - for stdin.',
    )
  }
  return read.isWhole ? read.bytes : null
}

function readFound(path: string, name: string, limit: Limit): Bounded | null {
  try {
    return readUpTo(path, limit.bytes)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    const why =
      reason === 'ENOENT'
        ? 'does not exist'
        : reason === 'EISDIR'
          ? 'is a folder'
          : 'cannot be read'
    throw usageError(`The file ${name} ${why}.`, 'Check its name, or use - for stdin.')
  }
}

async function readAll(world: World, limit: Limit, tooLarge: () => Error): Promise<Buffer> {
  if (world.stdin.isTTY) mustBeAbleToAsk(world, 'Give a file instead of -.')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of world.stdin) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > limit.bytes) throw tooLarge()
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
