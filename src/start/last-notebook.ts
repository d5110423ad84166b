import { readFileSync, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Start } from '../notebook/file/starts.ts'
import type { Known, Parts } from '../notebook/integrity/parted-check.ts'
import { makePrivateFolder } from '../files/durable.ts'
import { writeWhole } from '../files/whole-file.ts'

/** What a home remembers between two starts. */
export interface Memory extends Known {
  /** Where the notebook was that was used last, and which one it is. */
  readonly path?: string | undefined
  readonly store?: string | undefined
  /** How often it had been written when coach last wrote to it. */
  readonly generation?: number | undefined
  /** Copies of it that were told already. */
  readonly told?: readonly string[] | undefined
  /** Notebooks of which it was told that their disk does not keep others out. */
  readonly exposed?: readonly string[] | undefined
  /** The start that was seen last in each notebook; the one used last comes last. */
  readonly seen?: readonly Seen[] | undefined
}

/** What was seen of a notebook last. */
export interface Seen extends Start {
  /** The name of the computer that saw it: a home may be synchronised too. */
  readonly machine: string
  /** Where the file itself is, with no link on the way. */
  readonly path: string
  readonly store: string
}

/** So many notebooks are remembered. */
const MOST_SEEN = 50

/** The start that a computer saw last in the notebook at a path; undefined where it saw none. */
export function seenAt({ seen = [] }: Memory, machine: string, named: string): Seen | undefined {
  const path = realPath(named)
  return seen.find((one) => one.machine === machine && one.path === path)
}

/** What is remembered once a computer has seen a start in the notebook at a path. */
export function withSeen(memory: Memory, machine: string, named: string, now: Sight): Memory {
  const path = realPath(named)
  const others = (memory.seen ?? []).filter((one) => one.machine !== machine || one.path !== path)
  const { mark, written, store } = now
  const seen = [...others, { mark, written, store, machine, path }]
  return { ...memory, seen: seen.slice(-MOST_SEEN) }
}

type Sight = Pick<Seen, 'mark' | 'written' | 'store'>

/** What an opening found, which the next start has to know. */
export interface Opened {
  /** Whether it is the notebook of the home, and none that was named for this command. */
  readonly isOfHome: boolean
  readonly machine: string
  readonly path: string
  readonly store: string
  readonly generation: number
  readonly lastStart: Start | null
  /** Copies beside it that were told just now. */
  readonly copies: readonly string[]
}

/** What is remembered once a notebook was opened; null where nothing of it is new. */
export function withOpened(memory: Memory, opened: Opened): Memory | null {
  const { isOfHome, machine, path, store, generation, lastStart, copies } = opened
  const isNew = isOfHome && !(memory.path === path && memory.store === store)
  const seen = seenAt(memory, machine, path)
  const isSeen = seen?.mark === lastStart?.mark && seen?.written === lastStart?.written
  if (!isNew && isSeen && copies.length === 0) return null
  const last = isNew ? { ...memory, path, store, generation } : memory
  const told = [...(memory.told ?? []), ...copies]
  return { ...(lastStart ? withSeen(last, machine, path, { ...lastStart, store }) : last), told }
}

/**
 * Whether another file took the place of the notebook that was used last (`other`), or an older copy of it (`older`), by what the
 * home remembers; null where that is not so, or nobody can tell. By the count of writes alone: for formats that note no starts.
 */
export function replacementOf(
  memory: Memory,
  opened: Pick<Opened, 'isOfHome' | 'machine' | 'path' | 'store' | 'generation'>,
): 'other' | 'older' | null {
  const { isOfHome, machine, path, store, generation } = opened
  const seen = seenAt(memory, machine, path)
  const isLast = isOfHome && memory.path === path
  const before = seen?.store ?? (isLast ? memory.store : undefined)
  if (before !== undefined && before !== store) return 'other'
  const written = seen?.written ?? (isLast ? memory.generation : undefined)
  return generation < (written ?? 0) ? 'older' : null
}

/** What is remembered once it was told, or need not be told any more, that others can get at the notebook at a path. */
export function withExposed(memory: Memory, path: string, isExposed: boolean): Memory {
  const others = (memory.exposed ?? []).filter((one) => one !== path)
  return { ...memory, exposed: isExposed ? [...others, path] : others }
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    return path
  }
}

/** What is remembered in a file; nothing where there is none, or where it cannot be understood. */
export function recall(file: string): Memory {
  try {
    const known: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof known !== 'object' || known === null) return {}
    return {
      path: 'path' in known && typeof known.path === 'string' ? known.path : undefined,
      store: 'store' in known && typeof known.store === 'string' ? known.store : undefined,
      seen:
        'seen' in known && Array.isArray(known.seen)
          ? known.seen.map(Object).filter(isSeen)
          : undefined,
      sound: 'sound' in known && typeof known.sound === 'string' ? known.sound : undefined,
      damaged: 'damaged' in known && typeof known.damaged === 'string' ? known.damaged : undefined,
      parts: 'parts' in known ? partsOf(Object(known.parts)) : undefined,
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

function partsOf(one: Record<string, unknown>): Parts | undefined {
  const { trace, tables } = one
  return typeof trace === 'string' && Array.isArray(tables)
    ? { trace, tables: tables.map(String) }
    : undefined
}

function isSeen(one: Record<string, unknown>): one is Record<string, unknown> & Seen {
  const words = [one['machine'], one['path'], one['mark'], one['store']]
  return words.every((word) => typeof word === 'string') && typeof one['written'] === 'number'
}

/** Remembers for the next start, as a whole or not at all. A home that cannot be written is no reason to keep a reader from reading. */
export function remember(file: string, memory: Memory): void {
  try {
    makePrivateFolder(dirname(file))
    writeWhole(file, `${JSON.stringify(memory)}\n`, false)
  } catch {
    // The memory only protects against a missing notebook; without it, everything else still holds.
  }
}
