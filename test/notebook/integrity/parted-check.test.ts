import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { CoachError, EXIT } from '../../../src/errors.ts'
import { createNotebook, openNotebook } from '../../../src/notebook/notebook.ts'
import type { Known } from '../../../src/notebook/integrity/parted-check.ts'
import { rootOf, spoilIndex } from '../../faults/damage.ts'
import { NOW } from '../../world.ts'
import { hashOfFile, newFolder, query } from '../file.ts'

/** Each start on a file that counts as large from its first byte on. */
function start(path: string, known: Known | null, large = 0) {
  const notebook = openNotebook(path, () => NOW, { large, known: known ?? {} })
  try {
    notebook.write(() => notebook.rememberPrivateTold())
    return { code: EXIT.ok, known: notebook.known }
  } catch (error) {
    const code = error instanceof CoachError ? error.exitCode : EXIT.bug
    return { code, known: notebook.known }
  } finally {
    notebook.close()
  }
}

function newBook(): string {
  const path = join(newFolder(), 'large.db')
  createNotebook(path, NOW)
  const notebook = openNotebook(path, () => NOW)
  notebook.write(() => {
    const ana = notebook.people.add({ name: 'Ana' })
    for (const text of ['one', 'two', 'three']) notebook.notes.add(ana.id, text)
  })
  notebook.close()
  return path
}

test('of a large file each start goes through one more table, until all are known to be sound', () => {
  const path = newBook()
  const tables = query(
    path,
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  ).map((row) => String(Object(row).name))
  let known: Known | null = null
  const seen: (readonly string[])[] = []
  for (let n = 1; n < tables.length; n++) {
    const started = start(path, known)
    expect(started.code).toBe(EXIT.ok)
    known = started.known
    seen.push(known?.parts?.tables ?? [])
    expect(known?.sound).toBeUndefined()
  }
  expect(seen.map(({ length }) => length)).toEqual(tables.slice(1).map((_, n) => n + 1))
  known = start(path, known).known
  expect(known?.sound).not.toBeUndefined()
  expect(seen.at(-1)).not.toContain('answer')
  expect(tables).toEqual(expect.arrayContaining([...(seen.at(-1) ?? [])]))
  // Once all is known to be sound, a start has nothing more to check.
  const again = start(path, known)
  expect([again.code, again.known?.parts]).toEqual([EXIT.ok, undefined])
})

test('what is wrong with an index of a large file is found when its table comes, and nothing is written from then on', () => {
  const path = newBook()
  spoilIndex(path)
  expect(start(path, null, Number.POSITIVE_INFINITY).code).toBe(EXIT.damaged)
  const codes: number[] = []
  let known: Known | null = null
  let before = ''
  for (let n = 0; n < 20; n++) {
    before = hashOfFile(path)
    const started = start(path, known)
    codes.push(started.code)
    known = started.known ?? known
  }
  const first = codes.indexOf(EXIT.damaged)
  expect(first).toBeGreaterThan(0)
  expect(codes.slice(first)).toEqual(codes.slice(first).map(() => EXIT.damaged))
  expect(hashOfFile(path)).toBe(before)
})

test('a large file with a broken page is not written to at all', () => {
  const path = newBook()
  const page = rootOf(path, 'opportunity_by_person')
  const bytes = readFileSync(path)
  writeFileSync(path, bytes.fill(0x5a, (page - 1) * 4096, page * 4096))
  const before = hashOfFile(path)
  expect(start(path, null).code).toBe(EXIT.damaged)
  expect(hashOfFile(path)).toBe(before)
})

test('a large file that somebody else has touched is looked at from the beginning', () => {
  const path = newBook()
  const { known } = start(path, start(path, null).known)
  expect(known?.parts?.tables).toHaveLength(2)
  writeFileSync(path, readFileSync(path))
  expect(start(path, known).known?.parts?.tables).toHaveLength(1)
})

test('before a backup all of a large file is gone through', () => {
  const path = newBook()
  const sound = openNotebook(path, () => NOW, { large: 0 })
  sound.write(() => sound.rememberPrivateTold())
  sound.proveSound()
  expect(sound.known?.sound).not.toBeUndefined()
  sound.close()
  spoilIndex(path)
  const notebook = openNotebook(path, () => NOW, { large: 0 })
  notebook.write(() => notebook.rememberPrivateTold())
  expect(() => notebook.proveSound()).toThrow(expect.objectContaining({ exitCode: EXIT.damaged }))
  expect(statSync(path).size).toBeGreaterThan(0)
  const { known } = notebook
  notebook.close()
  expect(start(path, known).code).toBe(EXIT.damaged)
})

test.each([0, Number.POSITIVE_INFINITY])(
  'a lock of another program is not taken for damage, nor remembered (parted from %s bytes on)',
  (large) => {
    const path = newBook()
    const notebook = openNotebook(path, () => NOW, { large })
    const other = new Database(path)
    other.exec('BEGIN EXCLUSIVE')
    expect(() => notebook.write(() => notebook.rememberPrivateTold())).toThrow(
      expect.objectContaining({ exitCode: EXIT.busy }),
    )
    expect(notebook.known).toBeNull()
    other.close()
    notebook.write(() => notebook.rememberPrivateTold())
    expect(notebook.known?.damaged).toBeUndefined()
    notebook.close()
  },
  20_000,
)
