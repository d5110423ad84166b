import { closeSync, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs'

/** What was read: all of it, or only its beginning where it holds more than was asked for. */
export interface Bounded {
  readonly bytes: Buffer
  readonly isWhole: boolean
}

const CHUNK = 64 * 1024

/**
 * Reads a file or a pipe up to a bound, and never further: a pipe has no end that anybody knows before. A device is not opened at all,
 * because it may have no end, and because opening one can do something.
 * @param most how many bytes are read at most
 * @returns null for a device or a socket
 * @throws the error of the system where it is missing, a folder, or cannot be read
 */
export function readUpTo(path: string, most: number): Bounded | null {
  if (!isReadable(statSync(path))) return null
  const file = openSync(path, 'r')
  try {
    // Something else may have taken the name meanwhile.
    if (!isReadable(fstatSync(file))) return null
    const chunks: Buffer[] = []
    let size = 0
    while (size <= most) {
      const chunk = Buffer.alloc(Math.min(CHUNK, most + 1 - size))
      const length = readSync(file, chunk, 0, chunk.length, null)
      if (length === 0) return { bytes: Buffer.concat(chunks), isWhole: true }
      chunks.push(chunk.subarray(0, length))
      size += length
    }
    return { bytes: Buffer.concat(chunks).subarray(0, most), isWhole: false }
  } finally {
    closeSync(file)
  }
}

function isReadable(found: Stats): boolean {
  return !found.isCharacterDevice() && !found.isBlockDevice() && !found.isSocket()
}
