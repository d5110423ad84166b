import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { saltOf } from '../../../src/notebook/file/header.ts'
import {
  CANARY,
  encryptedHome,
  filledHome,
  holdersOf,
  PASSWORD,
  unlocked,
} from '../../notebook/encrypted.ts'
import { filesIn, hashOfFile } from '../../notebook/file.ts'
import { type Pty, startCoach, startScript } from '../../ask/terminal/pty.ts'
import { addBackup, recoveryKeyIn } from '../built.ts'

const ASKED = /Password of \S+notebook\.db:/

/** Types a line that is not shown. */
async function typeUnseen(coach: Pty, text: string): Promise<void> {
  const before = coach.raw().length
  coach.type(text)
  coach.press('enter')
  await coach.until(() => coach.raw().length > before, 'an answer to the line')
}

/** What the machine shows to everybody of the programs that run with this home: their words and their environment. */
function shownOf(folder: string): string {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        const environ = readFileSync(join('/proc', pid, 'environ'), 'utf8')
        const words = readFileSync(join('/proc', pid, 'cmdline'), 'utf8')
        return environ.includes(folder) ? `${words} ${environ}` : ''
      } catch {
        return ''
      }
    })
    .join('\n')
}

describe('a password that is typed', () => {
  test('fault 64: is asked for before anything else, shows nowhere, and opens the conversation', async () => {
    const home = await encryptedHome()
    const coach = startCoach(['session', 'ana', '--prepare'], { folder: home.folder })
    await coach.see(ASKED)
    expect(coach.isInConversation()).toBe(false)
    await typeUnseen(coach, PASSWORD)
    await coach.until(() => coach.isInConversation(), 'the conversation')
    expect(coach.raw()).not.toContain(PASSWORD)
    expect(coach.raw()).not.toContain('*')
    const shown = shownOf(home.folder)
    expect(shown).toContain('session')
    expect(shown).not.toContain(PASSWORD)
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)
    expect(holdersOf(home.folder, PASSWORD)).toEqual([])
  })

  test('may be wrong twice; after three times nothing has changed', async () => {
    const home = await encryptedHome()
    const hash = hashOfFile(home.notebook)
    const coach = startCoach(['person', 'add', 'Ben'], { folder: home.folder })
    await coach.see(ASKED)
    for (const tries of [1, 2]) {
      await typeUnseen(coach, `wrong ${tries}`)
      await coach.until(
        () => coach.raw().split('is not right').length > tries && coach.text().endsWith('masked]'),
        'another try',
      )
    }
    await typeUnseen(coach, 'wrong again')
    expect(await coach.exit()).toBe(2)
    expect(coach.text()).toContain('The recovery key opens it too.')
    expect(coach.raw()).not.toContain('wrong')
    expect(hashOfFile(home.notebook)).toBe(hash)
    expect(filesIn(home.folder)).toEqual(['notebook.db'])
  })

  test('fault 2, 4: can be left by Ctrl-C and Ctrl-D, and nothing has changed', async () => {
    const home = await encryptedHome()
    const hash = hashOfFile(home.notebook)
    for (const key of ['ctrl-c', 'ctrl-d'] as const) {
      const coach = startCoach(['note', 'ana'], { folder: home.folder })
      await coach.see(ASKED)
      coach.type('half')
      coach.press(key)
      // With text before the cursor, Ctrl-D deletes what is behind it, as in every line.
      if (key === 'ctrl-d') {
        coach.press('ctrl-u')
        coach.press('ctrl-d')
      }
      expect(await coach.exit()).toBe(130)
      expect(coach.raw()).not.toContain('half')
    }
    expect(hashOfFile(home.notebook)).toBe(hash)
  })

  test('fault 58: leaves the terminal as it was', async () => {
    const home = await encryptedHome()
    const script = 'a=$(stty -g); coach people; b=$(stty -g); [ "$a" = "$b" ] && echo same-$((1+1))'
    const coach = startScript(script, { folder: home.folder })
    await coach.see(ASKED)
    await typeUnseen(coach, PASSWORD)
    await coach.see('same-2')
    expect(coach.raw().lastIndexOf('?25h')).toBeGreaterThan(coach.raw().lastIndexOf('?25l'))
  })
})

describe('coach encrypt in a terminal', () => {
  test('asks what becomes of the old file and the backups, and twice for the password', async () => {
    const home = await filledHome()
    addBackup(home)
    const coach = startCoach(['encrypt'], { folder: home.folder })
    await coach.see('the old one, unencrypted, is:')
    coach.press('enter')
    await coach.see('1 backup of it can be read')
    coach.press('enter')
    await coach.see('The new password:')
    await typeUnseen(coach, 'short')
    await coach.see(/at least 8 characters.*The new password:/)
    await typeUnseen(coach, PASSWORD)
    await coach.see('The same again:')
    await typeUnseen(coach, `${PASSWORD}.`)
    await coach.see(/The two are not the same\..*The new password:/)
    await typeUnseen(coach, PASSWORD)
    await coach.see(/not the same\..*The same again:/)
    await typeUnseen(coach, PASSWORD)
    expect(await coach.exit()).toBe(0)
    expect(recoveryKeyIn({ code: 0, out: coach.screen().replace(/-\s+/g, '-'), err: '' })).not.toBe(
      '',
    )
    expect(coach.raw()).not.toContain('Böx')
    expect(holdersOf(home.folder, CANARY)).toEqual([])
    expect((await unlocked(home, ['people'])).out).toContain('Ana Silva')
  })

  test('can be left at each question, and nothing has changed', async () => {
    const home = await filledHome()
    const hash = hashOfFile(home.notebook)
    for (const many of [0, 1, 2]) {
      const coach = startCoach(['encrypt'], { folder: home.folder })
      await coach.see('the old one, unencrypted, is:')
      if (many > 0) {
        coach.press('enter')
        await coach.see('The new password:')
      }
      if (many > 1) {
        await typeUnseen(coach, PASSWORD)
        await coach.see('The same again:')
      }
      coach.press('ctrl-c')
      expect(await coach.exit()).toBe(130)
    }
    expect(hashOfFile(home.notebook)).toBe(hash)
    expect(saltOf(home.notebook)).toBe(null)
  })

  test('coach decrypt asks for a yes', async () => {
    const home = await encryptedHome()
    for (const [answer, isPlain] of [
      ['n', false],
      ['y', true],
    ] as const) {
      const coach = startCoach(['decrypt'], { folder: home.folder })
      await coach.see(ASKED)
      await typeUnseen(coach, PASSWORD)
      await coach.see('Decrypt it?')
      coach.type(answer)
      coach.press('enter')
      expect(await coach.exit()).toBe(0)
      expect(saltOf(home.notebook) === null).toBe(isPlain)
    }
  })
})
