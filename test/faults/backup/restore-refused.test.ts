import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { hashOfFile, tamper } from '../../notebook/file.ts'
import {
  backupsIn,
  done,
  flipBitOf,
  homeWithNotes,
  notebookIn,
  rowsIn,
  run,
  spoil,
  theBackupIn,
} from '../kept.ts'

describe('fault 46: what is refused, with the notebook as it was', () => {
  const cases: readonly (readonly [
    string,
    (home: string, backup: string) => void,
    number,
    RegExp,
  ])[] = [
    ['a text', (_home, to) => writeFileSync(to, 'my notes\n'.repeat(500)), 5, /not a notebook/],
    ['an empty file', (_home, to) => writeFileSync(to, ''), 5, /is empty/],
    ['a spoilt one', (_home, to) => spoil(to), 5, /is damaged/],
    [
      'one that is cut off',
      (_home, to) => writeFileSync(to, readFileSync(to).subarray(0, 40_960)),
      5,
      /is damaged/,
    ],
    ['one with a flipped bit', (_home, to) => flipBitOf(to, 'named the price'), 5, /Note 2 is not/],
    ['one of a newer coach', (_home, to) => tamper(to, 'PRAGMA user_version = 999'), 6, /newer/],
    [
      'one of another program',
      (_home, to) => {
        rmSync(to)
        tamper(to, 'CREATE TABLE a (b)')
      },
      5,
      /not a notebook/,
    ],
    [
      'one that another line of coach made',
      (_home, to) => tamper(to, "UPDATE migration SET checksum = 'x' WHERE version = 2"),
      5,
      /is damaged/,
    ],
    [
      'one whose rows belong to nobody',
      (_home, to) => tamper(to, 'PRAGMA foreign_keys = OFF; UPDATE note SET person_id = 99'),
      5,
      /is damaged/,
    ],
  ]

  test.each(cases)('%s', async (_what, spoilIt, code, said) => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    const backup = theBackupIn(home)
    spoilIt(home, backup)
    const before = [hashOfFile(notebookIn(home)), hashOfFile(backup), backupsIn(home)]
    const outcome = await run(home, 'restore', backup, '--yes')
    expect([outcome.code, outcome.out]).toEqual([code, ''])
    expect(outcome.err).toMatch(said)
    expect(outcome.err).toContain('Your notebook was left as it is.')
    expect([hashOfFile(notebookIn(home)), hashOfFile(backup), backupsIn(home)]).toEqual(before)
  })

  test('a file that is not there, a folder, and the notebook itself', async () => {
    const home = await homeWithNotes()
    const before = hashOfFile(notebookIn(home))
    expect((await run(home, 'restore', 'nothing.db', '--yes')).code).toBe(3)
    expect((await run(home, 'restore', home, '--yes')).code).toBe(5)
    expect((await run(home, 'restore', notebookIn(home), '--yes')).code).toBe(2)
    expect((await run(home, 'restore', 'latest', '--yes')).code).toBe(3)
    expect(hashOfFile(notebookIn(home))).toBe(before)
  })

  test('a backup of another notebook, which is restored only with --other', async () => {
    const [home, other] = [await homeWithNotes(), await homeWithNotes()]
    await done(other, 'backup')
    const backup = theBackupIn(other)
    const before = hashOfFile(notebookIn(home))
    const refused = await run(home, 'restore', backup, '--yes')
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--other')])
    expect(hashOfFile(notebookIn(home))).toBe(before)
    await done(home, 'restore', backup, '--yes', '--other')
    expect(rowsIn(notebookIn(home))).toEqual(rowsIn(backup))
  })

  test('every backup, where nobody can be asked and --yes is not given', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    const before = hashOfFile(notebookIn(home))
    const { code, err } = await run(home, 'restore', 'latest')
    expect([code, err]).toEqual([2, expect.stringContaining('--yes')])
    expect((await run(home, 'restore')).code).toBe(2)
    expect(hashOfFile(notebookIn(home))).toBe(before)
  })
})
