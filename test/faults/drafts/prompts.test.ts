import { readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { query, tamper } from '../../notebook/file.ts'
import { textsOfDrafts } from '../../ask/terminal/home.ts'
import { homeWithAna } from '../../ask/terminal/process.ts'
import { startCoach } from '../../ask/terminal/pty.ts'
import { lockedBy } from '../file-tools.ts'

describe('fault 37: another program has the notebook locked during a conversation', () => {
  test('the text stays, and the same answer is saved later', async () => {
    const folder = await homeWithAna()
    const coach = startCoach(['session', 'ana', '--prepare', '--quick'], { folder })
    await coach.see('What did you see or hear?')
    const lock = lockedBy(join(folder, 'notebook.db'), 'IMMEDIATE')
    coach.type('She asked about the budget')
    await coach.until(() => coach.isTyped('She asked about the budget'), 'the text')
    coach.press('ctrl-d')
    await coach.see(/Not saved: .* is in use by another program/)
    expect(coach.text()).toContain('She asked about the budget')
    expect(coach.text()).not.toContain('Waiting for')
    lock.free()
    coach.press('ctrl-d')
    await coach.until(
      () => readFileSync(join(folder, 'notebook.db')).includes('She asked about the budget'),
      'the answer in the notebook',
    )
    coach.press('ctrl-c')
    await coach.exit()
    const kept = "SELECT value FROM answer WHERE path = 'observation.saw' AND state = 'answered'"
    expect(query(join(folder, 'notebook.db'), kept)).toEqual([
      { value: 'She asked about the budget' },
    ])
  })
})

describe('fault 27, 37: a note that is being written', () => {
  test('stays on the screen while the notebook is locked, and is saved later', async () => {
    const folder = await homeWithAna()
    const path = join(folder, 'notebook.db')
    const coach = startCoach(['note', 'ana'], { folder })
    await coach.see('What do you want to remember?')
    const lock = lockedBy(path, 'IMMEDIATE')
    await coach.answer('He let the customer finish', 'ctrl-d')
    await coach.see(/Not saved: .* is in use by another program/)
    expect(coach.text()).toContain('He let the customer finish')
    lock.free()
    coach.press('ctrl-d')
    expect(await coach.exit()).toBe(0)
    expect(query(path, 'SELECT text, status FROM note')).toEqual([
      { text: 'He let the customer finish', status: 'waiting' },
    ])
  })

  test('is kept as a draft where the notebook is gone', async () => {
    const folder = await homeWithAna()
    const path = join(folder, 'notebook.db')
    const coach = startCoach(['note', 'ana'], { folder })
    await coach.see('What do you want to remember?')
    renameSync(path, `${path}.moved`)
    await coach.answer('He let the customer finish', 'ctrl-d')
    await coach.see(/Not saved: .* was moved or deleted/)
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)
    expect(coach.firstPage()).toContain('What you typed is kept. Go on with: coach note ana')
    expect(textsOfDrafts(folder)).toEqual(['He let the customer finish'])
    expect(coach.raw()).not.toContain('node:internal')
  })
})

describe('fault 39: a prompt that stays open', () => {
  test('holds no lock: another program can write', async () => {
    const folder = await homeWithAna()
    const path = join(folder, 'notebook.db')
    const coach = startCoach(['session', 'ana', '--prepare'], { folder })
    await coach.see('When and where was it?')
    await coach.answer('Discovery call')
    await coach.see('What did you see or hear?')
    expect(locksOn(path)).toEqual([])
    tamper(path, "BEGIN EXCLUSIVE; UPDATE person SET role = 'seller'; COMMIT")
    await coach.answer('She asked about the budget', 'ctrl-d')
    await coach.see('Which stage of the sale was it?')
    expect(query(path, 'SELECT role FROM person')).toEqual([{ role: 'seller' }])
  })
})

/** The locks that Linux knows on a file. */
function locksOn(path: string): readonly string[] {
  const ino = String(statSync(path).ino)
  try {
    return readFileSync('/proc/locks', 'utf8')
      .split('\n')
      .filter((line) => line.includes(`:${ino} `))
  } catch {
    return []
  }
}
