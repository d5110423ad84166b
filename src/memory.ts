import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { writeWhole } from './whole-file.ts'

/** What a home remembers between two starts. */
export interface Memory {
  /** Where the notebook was that was used last, and which one it is. */
  readonly path?: string | undefined
  readonly store?: string | undefined
  /** How often it had been written when coach last wrote to it. */
  readonly generation?: number | undefined
  /** Copies of it that were told already. */
  readonly told?: readonly string[] | undefined
  /** Notebooks of which it was told that their disk does not keep others out. */
  readonly exposed?: readonly string[] | undefined
  /** What the file was like when it was last written by coach and sound: see `Notebook.trace`. */
  readonly sound?: string | undefined
}

/** What is remembered in a file; nothing where there is none, or where it cannot be understood. */
export function recall(file: string): Memory {
  try {
    const known: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof known !== 'object' || known === null) return {}
    return {
      path: 'path' in known && typeof known.path === 'string' ? known.path : undefined,
      store: 'store' in known && typeof known.store === 'string' ? known.store : undefined,
      sound: 'sound' in known && typeof known.sound === 'string' ? known.sound : undefined,
      generation:
        'generation' in known && typeof known.generation === 'number'
          ? known.generation
          : undefined,
      told: 'told' in known && Array.isArray(known.told) ? known.told.map(String) : undefined,
      exposed:
        'exposed' in known && Array.isArray(known.exposed) ? known.exposed.map(String) : undefined,
    }
  } catch {
    return {}
  }
}

/** Remembers for the next start, as a whole or not at all. A home that cannot be written is no reason to keep a reader from reading. */
export function remember(file: string, memory: Memory): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeWhole(file, `${JSON.stringify(memory)}\n`, false)
  } catch {
    // The memory only protects against a missing notebook; without it, everything else still holds.
  }
}
