import { closeSync, linkSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import DB from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { copyBytes, wipeFile, writeAll } from '../../src/files/durable.ts'
import { passwordFile, filledHome } from '../notebook/encrypted.ts'
import { filesIn, hashOfFile } from '../notebook/file.ts'
import { expectPlain, newPlace, script } from '../faults/file-tools.ts'

const SOURCE = resolve(import.meta.dirname, '../../src')
const SIZE = 900_000
/** No file may grow beyond 512 KB: a write that crosses that is cut short first, and fails the next time. */
const SMALL = "trap '' XFSZ; ulimit -f 512"

/** Runs one line of TypeScript with our own helpers, where no file may grow beyond 512 KB. */
async function runSmall(home: string, line: string, before = ':') {
  const text = `import fs from 'node:fs'
    import * as durable from '${SOURCE}/files/durable.ts'
    import { writeWhole } from '${SOURCE}/files/whole-file.ts'
    import { writeExport } from '${SOURCE}/files/write-export.ts'
    try { ${line}; console.log('written') } catch (error) { console.log(error.cause?.code ?? error.code) }`
  writeFileSync(join(home, 'run.ts'), text)
  return await script(home, `cd "$COACH_HOME"; ${before}; ${SMALL}; "$NODE" run.ts`)
}

describe('a disk that takes only a part of what is written', () => {
  test.each([
    ['a copy', "durable.copyBytes(fs.openSync('from', 'r'), 'to')"],
    ['a text of our own', "writeWhole('to', 'x'.repeat(900_000))"],
    ['an export', "writeExport('to', ['x'.repeat(500_000), 'x'.repeat(400_000)], false)"],
  ])('is told, and the half of %s is gone', async (_what, line) => {
    const home = newPlace()
    writeFileSync(join(home, 'from'), Buffer.alloc(SIZE, 'x'))
    expect(await runSmall(home, line)).toEqual({ code: 0, out: 'EFBIG\n', err: '' })
    expect(filesIn(home)).toEqual(['from', 'run.ts'])
  })

  test('is told where bytes are overwritten that it does not take', async () => {
    const home = newPlace()
    writeFileSync(join(home, 'from'), Buffer.alloc(SIZE, 'x'))
    const { out } = await runSmall(home, "durable.overwrite(fs.openSync('from', 'r+'))")
    expect(out).toBe('EFBIG\n')
  })

  test('leaves the notebook as it was when it is encrypted and the old file is to be kept', async () => {
    const home = await filledHome()
    // Room that nothing stands in: the new file is small, and the copy of the old one is not.
    const db = new DB(home.notebook)
    db.exec('CREATE TABLE filler (x)')
    db.prepare('INSERT INTO filler VALUES (?)').run(Buffer.alloc(500_000))
    db.exec('DROP TABLE filler')
    db.close()
    const { size } = statSync(home.notebook)
    expect(size).toBeGreaterThan(512 * 1024)
    // All of it is written by one call, which is cut short.
    expect(size).toBeLessThan(1 << 20)
    const before = hashOfFile(home.notebook)
    const encrypt = `NODE_OPTIONS="--import ${import.meta.dirname}/../systems/no-links.ts" "$NODE" "$BIN" encrypt --keep --password-file ${passwordFile(home)}`
    const outcome = await script(home.folder, `${SMALL}; ${encrypt}`)
    expectPlain(outcome, [7])
    expect(outcome.err).toContain('the disk is full. What was saved before is safe.')
    expect(hashOfFile(home.notebook)).toBe(before)
    expect(filesIn(home.folder).filter((name) => name.startsWith('notebook'))).toEqual([
      'notebook.db',
    ])
    expect(filesIn(join(home.folder, 'backups'))).toEqual([])

    const again = await script(home.folder, encrypt)
    expect(again.code).toBe(0)
    const [kept = ''] = filesIn(join(home.folder, 'backups'))
    expect(hashOfFile(join(home.folder, 'backups', kept))).toBe(before)
  })
})

test('on a file system without hard links, a file that is there is not replaced either', async () => {
  const home = newPlace()
  for (const name of ['from', 'more', 'taken']) writeFileSync(join(home, name), name)
  const lines = ["durable.nameNew('from', 'free')", "durable.nameNew('more', 'taken')"]
  const loaded = `export NODE_OPTIONS="--import ${import.meta.dirname}/../systems/no-links.ts"`
  const outcomes = []
  for (const line of lines) outcomes.push((await runSmall(home, line, loaded)).out)
  expect(outcomes).toEqual(['written\n', 'EEXIST\n'])
  expect(filesIn(home)).toEqual(['free', 'more', 'run.ts', 'taken'])
  expect(readFileSync(join(home, 'free'), 'utf8')).toBe('from')
  expect(readFileSync(join(home, 'taken'), 'utf8')).toBe('taken')
})

test('a file is overwritten before it is removed, unless it has a second name', () => {
  const home = newPlace()
  const [ours, left, alone] = ['notebook', 'left', 'alone'].map((name) => join(home, name))
  if (!ours || !left || !alone) throw new Error('no names')
  writeFileSync(ours, 'notes')
  linkSync(ours, left)
  writeFileSync(alone, 'notes')
  const seen = openSync(alone, 'r')
  wipeFile(left)
  wipeFile(alone)
  expect(filesIn(home)).toEqual(['notebook'])
  expect(readFileSync(ours, 'utf8')).toBe('notes')
  // Nothing of it is in the bytes that the name stood for.
  expect(readFileSync(seen, 'utf8')).toBe('')
  closeSync(seen)
})

describe('a copy of the bytes of a file', () => {
  test.each([0, 1, 1 << 20, (1 << 20) + 1, 3_000_000])('holds all %i of them', (size) => {
    const home = newPlace()
    const bytes = Buffer.from(Array.from({ length: size }, (_, at) => at % 251))
    writeFileSync(join(home, 'from'), bytes)
    const file = openSync(join(home, 'from'), 'r')
    copyBytes(file, join(home, 'to'))
    closeSync(file)
    expect(readFileSync(join(home, 'to')).equals(bytes)).toBe(true)
  })

  test('is never put over another file', () => {
    const home = newPlace()
    writeFileSync(join(home, 'from'), 'new')
    writeFileSync(join(home, 'to'), 'old')
    const file = openSync(join(home, 'from'), 'r')
    expect(() => copyBytes(file, join(home, 'to'))).toThrow('EEXIST')
    closeSync(file)
    expect(readFileSync(join(home, 'to'), 'utf8')).toBe('old')
  })

  test('is written where it is wanted, or behind what was written last', () => {
    const path = join(newPlace(), 'file')
    const file = openSync(path, 'w')
    writeAll(file, Buffer.from('abc'))
    writeAll(file, Buffer.from('def'))
    writeAll(file, Buffer.from('X'), 1)
    closeSync(file)
    expect(readFileSync(path, 'utf8')).toBe('aXcdef')
  })
})
