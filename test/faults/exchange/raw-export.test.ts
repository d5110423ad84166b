import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hashOfFile, newFolder, query, spawnCoach, tamper } from '../../notebook/file.ts'
import { homeWith } from './export-homes.ts'

describe('fault 40: --raw reads what the program does not', () => {
  test('a notebook of a newer coach, of which not a byte changes', async () => {
    const home = await homeWith()
    tamper(
      home.notebook,
      "PRAGMA user_version = 999; CREATE TABLE later (a TEXT, b BLOB); INSERT INTO later VALUES (char(27), x'00ff')",
    )
    chmodSync(home.notebook, 0o644)
    const before = [
      hashOfFile(home.notebook),
      statSync(home.notebook).mode,
      readdirSync(home.folder),
    ]
    expect((await spawnCoach(home.folder, 'export', 'all')).code).toBe(6)
    const { code, out, err } = await spawnCoach(home.folder, 'export', 'all', '--raw')
    expect(code).toBe(0)
    expect(err).toContain('written by a newer coach (its format is 999, this')
    expect([
      hashOfFile(home.notebook),
      statSync(home.notebook).mode,
      readdirSync(home.folder),
    ]).toEqual(before)
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => Object(JSON.parse(line)))
    expect(lines[0]).toMatchObject({ coach: 'raw', format: 999 })
    expect(lines.at(-1)).toEqual({ table: 'later', row: { a: '\u001b', b: { bytes: 'AP8=' } } })
    for (const table of ['person', 'answer', 'sqlite_sequence']) {
      const rows = lines.filter((line) => line.table === table)
      expect(rows.length).toBe(query(home.notebook, `SELECT * FROM ${table}`).length)
    }
  })

  test('fault 24: a damaged notebook, as far as it can be read', async () => {
    const home = await homeWith()
    for (let n = 0; n < 60; n++)
      tamper(
        home.notebook,
        `INSERT INTO note (uuid, person_id, status, text, created_at, updated_at, hash) VALUES ('u${n}', 1, 'waiting', '${'x'.repeat(900)}', '', '', '')`,
      )
    const bytes = readFileSync(home.notebook)
    const size = bytes.readUInt16BE(16)
    const page = Number(
      Object(
        query(
          home.notebook,
          "SELECT pageno FROM dbstat WHERE name = 'note' AND pagetype = 'leaf' LIMIT 1 OFFSET 4",
        )[0],
      ).pageno,
    )
    bytes.fill(0xff, (page - 1) * size, page * size)
    writeFileSync(home.notebook, bytes)
    const { code, out, err } = await spawnCoach(home.folder, 'export', 'all', '--raw')
    expect([code, err]).toEqual([5, expect.stringContaining('the file is damaged in note.')])
    const notes = out.split('\n').filter((line) => line.startsWith('{"table":"note","row"'))
    expect(notes.length).toBeGreaterThan(45)
    expect(out).toContain('{"table":"note","damaged":true}')
    expect(new Set(notes).size).toBe(notes.length)
    expect(readFileSync(home.notebook).equals(bytes)).toBe(true)
  })

  test.each([
    ['nothing', () => {}],
    ['an empty file', (path: string) => writeFileSync(path, '')],
    [
      'a text',
      (path: string) => writeFileSync(path, 'no notebook at all, but long enough to be one'),
    ],
    ['a folder', (path: string) => mkdirSync(path)],
    ['a pipe', (path: string) => void execFileSync('mkfifo', [path])],
  ])('fault 22: %s is no notebook', async (_what, make) => {
    const folder = newFolder()
    make(join(folder, 'notebook.db'))
    const { code, err } = await spawnCoach(
      folder,
      'export',
      'all',
      '--raw',
      '-o',
      join(folder, 'out'),
    )
    expect([code, err]).toEqual([5, expect.not.stringContaining('bug')])
    expect(existsSync(join(folder, 'out'))).toBe(false)
  })
})
