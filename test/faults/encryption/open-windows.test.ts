import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { draftFilesIn } from '../../../src/drafts/list-draft-files.ts'
import { saltOf } from '../../../src/notebook/file/header.ts'
import { encryptedHome, filledHome, holdersOf, passwordFile } from '../../notebook/encrypted.ts'
import { type Pty, startCoach } from '../../ask/terminal/pty.ts'
import type { Home } from '../../world.ts'
import { coach, coachWith, flat } from '../built.ts'

const draftsIn = (home: Home) => join(home.folder, 'drafts')

/** A window in which a note is being written. */
async function openWindow(home: Home, typed: string, ...more: readonly string[]): Promise<Pty> {
  const window = startCoach(['note', 'ana', ...more], { folder: home.folder })
  await window.see('Note')
  await type(window, typed)
  await window.until(
    () => draftFilesIn(draftsIn(home), null).open.length + sealed(home) > 0,
    'a draft',
  )
  return window
}

const sealed = (home: Home) => {
  const { sealed: known, closed } = draftFilesIn(draftsIn(home), null)
  return known.length + closed.length
}

async function type(window: Pty, text: string): Promise<void> {
  window.type(text)
  await window.until(() => window.isTyped(text), 'the text')
}

/** Longer than it takes until a text is kept that was typed. */
async function pause(): Promise<void> {
  await new Promise((done) => void setTimeout(done, 1500))
}

describe('fault 69: a window that is open while the notebook is encrypted', () => {
  test('leaves no plain text beside it, and says that it keeps no more', async () => {
    const home = await filledHome()
    const window = await openWindow(home, 'first words')
    expect(holdersOf(home.folder, 'first words')).toHaveLength(1)
    expect(coachWith(home, ['encrypt', '--wipe'])).toMatchObject({ code: 0 })
    expect(holdersOf(home.folder, 'first words')).toEqual([])
    await type(window, ' and secondwords')
    await window.see('not kept any more')
    await type(window, ' x')
    await window.see('not kept any more')
    await pause()
    expect(holdersOf(home.folder, 'words')).toEqual([])
    window.press('enter')
    await window.see('Enter ends')
    window.press('enter')
    await window.see('Not saved')
    window.press('ctrl-c')
    expect(await window.exit()).toBe(130)
    // On the terminal, where the manager can copy it; and what was typed before is offered.
    expect(window.firstPage()).toContain('keep it elsewhere: first words and secondwords x')
    expect(holdersOf(home.folder, 'words')).toEqual([])
    expect(coachWith(home, ['note', '--unsaved']).out).toContain('first words')
    expect(coachWith(home, ['doctor', '--full']).out).toContain('All is well')
  })

  test('says so in plain lines too', async () => {
    const home = await filledHome()
    const window = startCoach(['note', 'ana', '--plain'], { folder: home.folder })
    await window.see('Write as many lines as you like.')
    window.type('first words\r')
    await window.until(() => holdersOf(draftsIn(home), 'first words').length === 1, 'a draft')
    expect(coachWith(home, ['encrypt', '--wipe'])).toMatchObject({ code: 0 })
    window.type('secondwords\r')
    await window.see('not kept any more')
    expect(holdersOf(home.folder, 'words')).toEqual([])
  })
})

describe('fault 72: a window that is open while the key of the notebook goes', () => {
  test('keeps on after decrypt, in plain, and all of it is offered', async () => {
    const home = await encryptedHome()
    const window = await openWindow(home, 'first words', '--password-file', passwordFile(home))
    expect([sealed(home), holdersOf(home.folder, 'first words')]).toEqual([1, []])
    expect(coachWith(home, ['decrypt', '--yes'])).toMatchObject({ code: 0 })
    expect(saltOf(home.notebook)).toBe(null)
    await type(window, ' and secondwords')
    await window.until(() => holdersOf(draftsIn(home), 'secondwords').length === 1, 'the draft')
    window.kill('SIGKILL')
    await window.exit()
    const shown = coach(home, ['note', '--unsaved'])
    expect(shown.out).toContain('first words and secondwords')
    expect(shown.err).not.toContain('cannot be opened')
    expect(coach(home, ['doctor', '--full']).out).toContain('All is well')
  })

  test('says that it keeps no more after another password was set, and shows the text at the end', async () => {
    const home = await encryptedHome()
    const window = await openWindow(home, 'first words', '--password-file', passwordFile(home))
    const file = passwordFile(home, 'another one', 'new')
    const change = ['encrypt', '--change', '--new-password-file', file]
    expect(coachWith(home, change)).toMatchObject({ code: 0 })
    await type(window, ' and secondwords')
    await window.see('not kept any more')
    window.press('ctrl-c')
    expect(await window.exit()).toBe(130)
    expect(window.firstPage()).toContain('keep it elsewhere: first words and secondwords')
    const shown = coach(home, ['note', '--unsaved', '--password-file', file])
    expect(shown.out).toContain('first words')
    expect(shown.err).not.toContain('cannot be opened')
  })

  test('keeps nothing under a key of a notebook that was decrypted and encrypted again', async () => {
    const home = await encryptedHome()
    const window = await openWindow(home, 'first words', '--password-file', passwordFile(home))
    expect(coachWith(home, ['decrypt', '--yes'])).toMatchObject({ code: 0 })
    expect(coachWith(home, ['encrypt', '--wipe'])).toMatchObject({ code: 0 })
    await type(window, ' and secondwords')
    await window.see('not kept any more')
    window.kill('SIGKILL')
    await window.exit()
    const shown = coachWith(home, ['note', '--unsaved'])
    expect(shown.out).toContain('first words')
    expect(shown.err).not.toContain('cannot be opened')
    expect(holdersOf(home.folder, 'words')).toEqual([])
  })
})

describe('fault 69, 72: files in the folder of drafts that are not as they should be', () => {
  const DRAFT =
    '{"person":"0","session":null,"prompt":"0/note","at":"2026-11-16T09:00:00.000Z","id":"1","pid":999999,"started":null,"text":"plain words","before":null}\n'

  test('are named by the doctor, sealed by a second encrypt, and said by it', async () => {
    const home = await encryptedHome()
    expect(coachWith(home, ['note', 'ana', 'something']).code).toBe(0)
    mkdirSync(draftsIn(home), { recursive: true, mode: 0o700 })
    const write = (name: string, text: string) =>
      writeFileSync(join(draftsIn(home), name), text, { mode: 0o600 })
    write('one.draft', DRAFT)
    write('one.md', 'editor words')
    write('two.draft', DRAFT.replace(/"text".*"before":null/, '"sealed":"AAAA"'))
    write('list.txt', 'of somebody')
    const sick = flat(coachWith(home, ['doctor']).out)
    expect(sick).not.toContain('All is well')
    expect(sick).toContain('1 text that you typed and did not save lies in')
    expect(sick).toContain('1 file of your editor lies in')
    expect(sick).toContain('sealed with another key')
    expect(sick).toContain('1 file that is not of coach')
    const again = coachWith(home, ['encrypt', '--backups', 'keep'])
    expect(again.code).toBe(0)
    expect(flat(again.err)).toContain('Encrypted 1 text that was typed and not saved.')
    expect(flat(again.err)).toContain('1 file of your editor lies in')
    expect(flat(again.err)).toContain('sealed with another key')
    expect(readFileSync(join(draftsIn(home), 'one.draft'), 'utf8')).not.toContain('plain words')
    expect(coachWith(home, ['note', '--unsaved']).out).toContain('plain words')
  })
})
