import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { answersFor, feed } from '../ask/file/feed.ts'
import { hashOfFile, query } from '../notebook/file.ts'
import { newHome } from '../world.ts'
import { expectPlain, newPlace, script } from './file-tools.ts'

let filled: Promise<Buffer> | null = null

async function fill(): Promise<Buffer> {
  const home = newHome()
  for (let n = 0; n < 3; n++) {
    const more = { plan: { actions: [{ what: `send deck ${n}` }] } }
    await feed(
      home,
      answersFor('Ana Silva', { reflection: { went_well: 'x'.repeat(3000) }, ...more }),
    )
  }
  await home.coach(['note', 'ana', 'Ask', 'about', 'the', 'calls.'])
  await home.coach(['done', '1'])
  return readFileSync(home.notebook)
}

/** A home with a notebook that is long enough to be broken in many places. */
export async function filledHome(): Promise<string> {
  filled ??= fill()
  const home = newPlace()
  writeFileSync(join(home, 'notebook.db'), await filled, { mode: 0o600 })
  return home
}

/** Numbers that look like chance and are the same for a seed each time, from 0 to 1 (mulberry32). */
function chance(seed: number): () => number {
  let state = seed * 0x9e3779b1
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A notebook with a damage of one kind: bytes here and there, the head, a page, the end. */
function broken(whole: Buffer, seed: number): Buffer {
  const next = chance(seed)
  const upTo = (n: number) => Math.floor(next() * n)
  const bytes = Buffer.from(whole)
  const kind = upTo(6)
  if (kind === 0) return bytes.subarray(0, upTo(bytes.length))
  if (kind === 1) return bytes.subarray(0, bytes.length - 1 - upTo(4096))
  const page = kind === 2 ? 0 : upTo(bytes.length / 4096)
  const [from, length] = kind <= 3 ? [page * 4096, kind === 2 ? 200 : 4096] : [0, bytes.length]
  const count = 1 + upTo(200)
  for (let n = 0; n < count; n++) bytes[from + upTo(length)] = upTo(256)
  return bytes
}

const READERS = ['today', 'review --json', 'show 1', 'history', 'person show ana', 'export all']

/** Damages a notebook as the seed says, and looks that readers keep their hands off it and end plainly. */
export async function damage(home: string, seed: number): Promise<'unhurt'> {
  const path = join(home, 'notebook.db')
  writeFileSync(path, broken((await filled) ?? Buffer.alloc(0), seed))
  // What was written after the seed before is not to be missed.
  rmSync(join(home, 'last-notebook.json'), { force: true })
  const before = hashOfFile(path)
  const reader = READERS[seed % READERS.length] ?? 'today'
  const read = await script(home, `timeout 20 "$NODE" "$BIN" ${reader}`)
  expect([seed, hashOfFile(path)]).toEqual([seed, before])
  try {
    expectPlain(read, [0, 3, 5, 6])
    const written = await script(home, 'timeout 20 "$NODE" "$BIN" note ana hello')
    expectPlain(written, [0, 3, 5, 6])
    if (written.code !== 0) expect(hashOfFile(path)).toBe(before)
  } catch (error) {
    throw new Error(`seed ${seed}, coach ${reader}`, { cause: error })
  }
  return 'unhurt'
}

/** The page on which a table or an index begins. */
export function rootOf(path: string, index: string): number {
  const [root] = query(path, `SELECT rootpage FROM sqlite_schema WHERE name = '${index}'`)
  return Number(Object(root).rootpage)
}

/** Changes a letter in the first entry of the index of notes: each page is as it should be, and the index is not that of its table. */
export function spoilIndex(path: string): void {
  const bytes = readFileSync(path)
  const at = bytes.indexOf('waiting', (rootOf(path, 'note_by_person') - 1) * 4096)
  bytes.write('b', at)
  writeFileSync(path, bytes)
}
