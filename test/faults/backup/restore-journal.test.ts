import { copyFileSync, existsSync, readdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import DB from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { hashOfFile, newFolder } from '../../notebook/file.ts'
import { holdersOf } from '../../notebook/encrypted.ts'
import { flat } from '../built.ts'
import { backupsIn, done, homeWithNotes, notebookIn, rowsIn, run } from '../kept.ts'

const NEWEST = 'quokka written last'

/** The journal of a write that was cut off: it holds pages of the notebook as it is now. */
function cutOff(path: string, to: string, alsoFile = false): void {
  const db = new DB(path)
  db.pragma('cache_size = 5')
  db.exec("BEGIN IMMEDIATE; UPDATE note SET text = 'x' || text; CREATE TABLE filler (a)")
  db.exec(
    'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO filler SELECT randomblob(3000) FROM n',
  )
  copyFileSync(`${path}-journal`, `${to}-journal`)
  if (alsoFile) copyFileSync(path, to)
  db.exec('ROLLBACK')
  db.close()
}

/** A notebook beside which a synchronising program has put a journal of an earlier day. */
async function withOldJournal() {
  const home = await homeWithNotes()
  await done(home, 'backup')
  const old = join(newFolder(), 'old')
  cutOff(notebookIn(home), old)
  for (const n of [4, 5, 6]) await done(home, 'note', 'ana', `${NEWEST} ${n}`)
  const hash = hashOfFile(notebookIn(home))
  const rows = rowsIn(notebookIn(home))
  copyFileSync(`${old}-journal`, `${notebookIn(home)}-journal`)
  return { home, hash, rows, journal: hashOfFile(`${old}-journal`) }
}

describe('fault 26, 47: a restore where a journal of an earlier day lies beside the notebook', () => {
  test('keeps the notebook as it lay there, with the journal, and says where', async () => {
    const { home, hash, rows, journal } = await withOldJournal()
    const { err } = await done(home, 'restore', 'latest', '--yes')
    const name = backupsIn(home).find((one) => one.endsWith('-damaged.db')) ?? ''
    const kept = join(home, 'backups', name)
    expect([hashOfFile(kept), hashOfFile(`${kept}-journal`)]).toEqual([hash, journal])
    expect(err).toContain(`${kept}\n`)
    expect(err).toContain(`${kept}-journal\n`)
    expect(flat(err)).toContain('does not belong to it as it is now')
    expect(holdersOf(home, NEWEST)).toContain(kept)
    expect(existsSync(`${notebookIn(home)}-journal`)).toBe(false)
    // As it is said: the journal moved away, everything comes back.
    renameSync(`${kept}-journal`, join(newFolder(), 'away'))
    await done(home, 'restore', name, '--yes')
    expect(rowsIn(notebookIn(home))).toEqual(rows)
  })

  test('the doctor says of it what the commands say', async () => {
    const { home, hash } = await withOldJournal()
    const before = readdirSync(home)
    const refused = await run(home, 'people')
    const { out } = await run(home, 'doctor')
    for (const said of [refused.err, out]) {
      expect(flat(said)).toContain(
        `Move ${said === out ? 'it' : `${notebookIn(home)}-journal`} to another folder`,
      )
    }
    expect(flat(out)).not.toContain('Leave that file')
    expect(hashOfFile(notebookIn(home))).toBe(hash)
    expect(readdirSync(home)).toEqual(before)
  })
})

test('fault 26, 47: a restore over a write that was cut off keeps a copy of it as it lay there too', async () => {
  const home = await homeWithNotes()
  await done(home, 'backup')
  const rows = rowsIn(notebookIn(home))
  const half = join(newFolder(), 'half.db')
  cutOff(notebookIn(home), half, true)
  copyFileSync(half, notebookIn(home))
  copyFileSync(`${half}-journal`, `${notebookIn(home)}-journal`)
  const { err } = await done(home, 'restore', 'latest', '--yes')
  const [bytes, proved] = ['-damaged.db', '-before-restore.db'].map((end) =>
    join(home, 'backups', backupsIn(home).find((name) => name.endsWith(end)) ?? end),
  )
  expect(rowsIn(proved ?? '')).toEqual(rows)
  expect(hashOfFile(bytes ?? '')).toBe(hashOfFile(half))
  expect(statSync(`${bytes}-journal`).size).toBeGreaterThan(0)
  expect(err).toContain(`${bytes}\n`)
})
