import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { saltOf } from '../../../src/notebook/file/header.ts'
import { encryptedHome, filledHome, holdersOf, unlocked } from '../../notebook/encrypted.ts'
import { query } from '../../notebook/file.ts'
import { startCoach, startScript } from '../../ask/terminal/pty.ts'
import type { Home } from '../../world.ts'
import { canTrace, coach, coachWith, flat, strace } from '../built.ts'

const draftsIn = (home: Home) => join(home.folder, 'drafts')
const DEAD = 999_999

interface Left {
  readonly text: string
  readonly at?: string
  readonly name?: string
}

/** A file as a window left it that was killed. */
function leave(home: Home, person: string, { text, at = '09:00', name = '' }: Left): string {
  mkdirSync(draftsIn(home), { recursive: true, mode: 0o700 })
  const draft = {
    person,
    session: null,
    prompt: '0/note',
    at: `2026-11-16T${at}:00.000Z`,
    id: '0190a000-0000-7000-8000-000000000001',
    pid: DEAD,
    started: null,
    text,
    before: null,
  }
  const path = join(draftsIn(home), `${person}.abc.12345678.draft${name}`)
  writeFileSync(path, `${JSON.stringify(draft)}\n`, { mode: 0o600 })
  return path
}

const UNFINISHED = '.new-0190a000-0000-7000-8000-000000000002'

const anaOf = ({ notebook }: Home) =>
  String(Object(query(notebook, "SELECT uuid FROM person WHERE name = 'Ana Silva'")[0]).uuid)

describe('fault 70: encrypt that is killed between the notebook and the drafts', () => {
  test.skipIf(!canTrace())(
    'leaves plain drafts that a second encrypt seals (needs strace)',
    async () => {
      const home = await filledHome()
      expect(coach(home, ['people']).code).toBe(0)
      leave(home, anaOf(home), { text: 'plain words' })
      // The overwriting of the old notebook empties it; what comes after that are the drafts.
      const killed = coachWith(home, ['encrypt', '--wipe'], strace('ftruncate:signal=KILL:when=1'))
      expect([killed.code, saltOf(home.notebook) === null]).toEqual([137, false])
      expect(holdersOf(home.folder, 'plain words')).toHaveLength(1)
      expect(flat(coachWith(home, ['doctor', '--full']).out)).toContain('not encrypted')
      const again = coachWith(home, ['encrypt', '--wipe'])
      expect(again.code).toBe(0)
      expect(flat(again.err)).toContain('Encrypted 1 text that was typed and not saved.')
      expect(holdersOf(home.folder, 'plain words')).toEqual([])
      expect(coachWith(home, ['note', '--unsaved']).out).toContain('plain words')
    },
  )

  test.skipIf(!canTrace())(
    'and decrypt, killed at the same place, leaves drafts that can be opened (needs strace)',
    async () => {
      const home = await encryptedHome()
      expect((await unlocked(home, ['people'])).code).toBe(0)
      const typing = startCoach(['note', 'ana', '--password-file', join(home.folder, 'password')], {
        folder: home.folder,
      })
      await typing.see('Note')
      typing.type('sealed words')
      await typing.until(
        () => readdirSync(draftsIn(home)).some((name) => name.endsWith('.draft')),
        'the draft',
      )
      typing.kill('SIGKILL')
      await typing.exit()
      const kill = strace('ftruncate:signal=KILL:when=1')
      expect(coachWith(home, ['decrypt', '--yes'], kill).code).toBe(137)
      expect(saltOf(home.notebook)).toBe(null)
      expect(coach(home, ['note', '--unsaved']).out).toContain('sealed words')
      expect(coach(home, ['decrypt', '--yes']).code).toBe(0)
      expect(holdersOf(home.folder, 'sealed words')).toHaveLength(1)
      expect(coach(home, ['doctor', '--full']).out).toContain('All is well')
    },
  )
})

describe('fault 71: a draft that was written and had not got its name when the program was killed', () => {
  test('is offered, and is sealed by encrypt', async () => {
    const home = await filledHome()
    leave(home, anaOf(home), { text: 'older words' })
    leave(home, anaOf(home), { text: 'newer words', at: '09:01', name: UNFINISHED })
    const shown = coach(home, ['note', '--unsaved']).out
    expect(shown).toContain('newer words')
    expect(shown).not.toContain('older words')

    const other = await filledHome()
    leave(other, anaOf(other), { text: 'newer words', name: UNFINISHED })
    expect(coachWith(other, ['encrypt', '--wipe']).code).toBe(0)
    expect(holdersOf(other.folder, 'newer words')).toEqual([])
    expect(coachWith(other, ['note', '--unsaved']).out).toContain('newer words')
  })

  test('goes where it is not whole, or is older than what is there', async () => {
    const home = await filledHome()
    const ana = anaOf(home)
    leave(home, ana, { text: 'the text' })
    leave(home, ana, { text: 'stale', at: '08:59', name: UNFINISHED })
    const torn = join(draftsIn(home), `${ana}.abd.12345678.draft${UNFINISHED}`)
    const begun = `{"person":"${ana}","session":null,"prompt":"0/note","at":"x","id":"y","pid":${DEAD},"started":null,"text":"tor`
    writeFileSync(torn, begun, { mode: 0o600 })
    expect(coachWith(home, ['encrypt', '--wipe']).code).toBe(0)
    expect(readdirSync(draftsIn(home))).toEqual([`${ana}.abc.12345678.draft`])
    expect(coachWith(home, ['note', '--unsaved']).out).toContain('the text')
  })

  test('is left alone while its writer runs, and is said by encrypt', async () => {
    const home = await filledHome()
    const path = leave(home, anaOf(home), { text: 'being written', name: UNFINISHED })
    const own = `"pid":${process.pid},`
    writeFileSync(path, readFileSync(path, 'utf8').replace(`"pid":${DEAD},`, own), { mode: 0o600 })
    const { code, err } = coachWith(home, ['encrypt', '--wipe'])
    expect(code).toBe(0)
    expect(flat(err)).toContain('1 file that is being written lies in')
    expect(readdirSync(draftsIn(home))).toHaveLength(1)
  })

  test.skipIf(!canTrace())(
    'as a window leaves it that is killed there (needs strace)',
    async () => {
      const home = await filledHome()
      expect(coach(home, ['people']).code).toBe(0)
      const window = startScript(
        'exec strace -f -qq -o /dev/null -e trace=rename -e inject=rename:signal=KILL:when=2 "$NODE" "$BIN" note ana',
        { folder: home.folder },
      )
      await window.see('Note')
      window.type('newer words')
      await window.exit()
      expect(readdirSync(draftsIn(home)).join()).toContain('.draft.new-')
      expect(coach(home, ['note', '--unsaved']).out).toContain('newer words')
    },
  )
})
