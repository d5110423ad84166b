import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { usageError } from '../errors.ts'
import type { World } from '../world.ts'
import { mustBeAbleToAsk } from './find.ts'

/** The largest file or input that is read. */
const MAX_BYTES = 5 * 1024 * 1024

/** A text that was read, and how its source is named in messages. */
export interface Input {
  readonly label: string
  readonly text: string
}

/**
 * The text of a file, or of stdin for `-`. Invalid UTF-8 is refused, never guessed.
 * @param end what is said at the end of a refusal, such as `Nothing was saved.`
 * @throws CoachError (2) that names the file and what is wrong with it
 */
export async function readInput(world: World, name: string, end: string): Promise<Input> {
  const label = name === '-' ? 'stdin' : name
  const bytes = name === '-' ? await readAll(world, end) : readNamed(world, name)
  const tooLarge = bytes.length > MAX_BYTES
  if (tooLarge) throw usageError(`${label}:1:1 is larger than 5 MB, the most that is read. ${end}`)
  try {
    return { label, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    throw usageError(`${label}:1:1 is not text in UTF-8. ${end}`, 'Save it as UTF-8.')
  }
}

function readNamed(world: World, name: string): Buffer {
  const path = resolve(world.cwd, name)
  try {
    const found = statSync(path)
    if (found.isFile() && found.size > MAX_BYTES) return Buffer.alloc(MAX_BYTES + 1)
    return readFileSync(path)
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

async function readAll(world: World, end: string): Promise<Buffer> {
  if (world.stdin.isTTY) mustBeAbleToAsk(world, 'Give a file instead of -.')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of world.stdin) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > MAX_BYTES)
      throw usageError(`stdin:1:1 is larger than 5 MB, the most that is read. ${end}`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
