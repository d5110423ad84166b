// @module-tag clock
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { flat } from './built.ts'
import { backupsIn, done, generationIn, homeWithNotes, notebookIn, run } from './kept.ts'

const OLDER = 'is an older copy of the one that you used last'
const OTHER = 'is another one than you used last'

describe('fault 27: between two starts', () => {
  test('an older copy in the place of the notebook is told until it is written to, and by the doctor', async () => {
    const home = await homeWithNotes()
    const old = readFileSync(notebookIn(home))
    await done(home, 'note', 'ana', 'written after the copy')
    await done(home, 'backup')
    expect((await done(home, 'people')).err).toBe('')
    writeFileSync(notebookIn(home), old)
    for (const argv of [['people'], ['--quiet', 'people'], ['note', 'ana', 'one more']]) {
      const { err } = await done(home, ...argv)
      expect(flat(err)).toContain(`${notebookIn(home)} ${OLDER}`)
    }
    writeFileSync(notebookIn(home), old)
    const { out } = await run(home, 'doctor')
    expect(flat(out)).toContain('The notebook is older than its backup')
    expect(flat(out)).toContain(`coach restore ${backupsIn(home)[0]}`)
    expect(out).not.toContain('All is well')
    await done(home, 'restore', 'latest', '--yes')
    expect((await done(home, 'people')).err).toBe('')
    expect((await done(home, 'note', '--list', 'ana')).out).toContain('written after the copy')
    expect((await run(home, 'doctor')).out).toContain('All is well')
  })

  test('another notebook in its place is told once', async () => {
    const [home, other] = [await homeWithNotes(), await homeWithNotes()]
    writeFileSync(notebookIn(home), readFileSync(notebookIn(other)))
    expect(flat((await done(home, 'people')).err)).toContain(`${notebookIn(home)} ${OTHER}`)
    expect((await done(home, 'people')).err).toBe('')
  })

  test('what was restored on purpose is not told', async () => {
    const [home, other] = [await homeWithNotes(), await homeWithNotes()]
    await done(home, 'restore', notebookIn(other), '--other', '--yes')
    expect((await done(home, 'people')).err).toBe('')
    expect(generationIn(notebookIn(home))).toBeGreaterThan(generationIn(notebookIn(other)))
  })
})
