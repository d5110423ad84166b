import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  CANARY,
  encryptedHome,
  filledHome,
  holdersOf,
  passwordFile,
  PASSWORD,
  unlocked,
} from '../../notebook/encrypted.ts'
import { filesIn, hashOfFile, newFolder } from '../../notebook/file.ts'
import type { Home } from '../../world.ts'
import { addBackup, coach, coachWith, flat, recoveryKeyIn } from '../built.ts'

/** Command lines that only look, and that write; those of other parts are added where they are. */
const READERS: readonly (readonly string[])[] = [
  ['today'],
  ['people', '--json'],
  ['review', '--all', '--json'],
  ['due'],
  ['history'],
  ['show', '1'],
  ['prep', 'ana'],
  ['recap', 'ana'],
  ['note', '--list'],
  ['goal', 'list'],
  ['opportunity', 'list'],
  ['questions', 'list', '--json'],
  ['person', 'show', 'ana'],
  ['action', 'show', '1'],
  ['export', 'all', '-o', '-'],
]
const WRITERS: readonly (readonly string[])[] = [
  ['person', 'add', 'Ben'],
  ['person', 'edit', 'ana', '--role', 'AE'],
  ['note', 'ana', 'Another', 'one.'],
  ['done', '1'],
  ['undo'],
  ['carry', '2', '--to', 'in 2 weeks'],
  ['action', 'add', 'ana', 'call', 'Tom', 'again'],
  ['goal', 'add', 'ana', 'ski'],
  ['delete', 'note', '1', '--yes'],
]

/** What was printed, without the ids that are new each time. */
const asOnce = (out: string) => out.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'uuid')

describe('every command works on an encrypted notebook', () => {
  test.each(READERS.map((argv) => [argv.join(' '), argv] as const))(
    'coach %s says what it says of the plain one',
    async (_line, argv) => {
      const [plain, sealed] = [await filledHome(), await encryptedHome()]
      const hash = hashOfFile(sealed.notebook)
      const expected = await plain.coach(argv)
      const outcome = await unlocked(sealed, argv)
      expect([0, 10, 2]).toContain(expected.code)
      expect({ ...outcome, err: '' }).toEqual({ ...expected, err: '' })
      expect(hashOfFile(sealed.notebook)).toBe(hash)
    },
  )

  test('commands that write say the same too, one after the other', async () => {
    const [plain, sealed] = [await filledHome(), await encryptedHome()]
    for (const argv of WRITERS) {
      const expected = await plain.coach(argv)
      expect([argv, expected.code]).toEqual([argv, 0])
      expect(await unlocked(sealed, argv)).toEqual(expected)
    }
    for (const argv of READERS.slice(0, 9)) {
      expect(asOnce((await unlocked(sealed, argv)).out)).toBe(asOnce((await plain.coach(argv)).out))
    }
    expect(holdersOf(sealed.folder, CANARY)).toEqual([])
  })
})

describe('a wrong password', () => {
  test.each([...READERS.slice(0, 3), ...WRITERS, ['encrypt', '--change'], ['decrypt', '--yes']])(
    'never writes: coach %s %s',
    async (...argv) => {
      const home = await encryptedHome()
      const hash = hashOfFile(home.notebook)
      const file = passwordFile(home, `${PASSWORD}!`)
      const outcome = await home.coach([...argv, '--password-file', file])
      expect(outcome).toMatchObject({ code: 2, out: '' })
      expect(outcome.err).toContain('The password is not right. Nothing was changed.')
      expect(hashOfFile(home.notebook)).toBe(hash)
      expect(filesIn(home.folder)).toEqual(['notebook.db', 'password'])
    },
  )

  test('does not even take back what a killed program left half done', async () => {
    const home = await encryptedHome()
    writeFileSync(`${home.notebook}-journal`, readFileSync(home.notebook).subarray(0, 9000))
    const hash = hashOfFile(`${home.notebook}-journal`)
    const file = passwordFile(home, 'not the one')
    expect(coach(home, ['done', '1', '--password-file', file])).toMatchObject({ code: 2 })
    expect(hashOfFile(`${home.notebook}-journal`)).toBe(hash)
  })

  test('a missing one brings the name of the flag where there is nobody to ask', async () => {
    const home = await encryptedHome()
    for (const argv of [['people'], ['person', 'add', 'Ben'], ['encrypt'], ['decrypt', '--yes']]) {
      const { code, out, err } = coach(home, argv)
      expect([code, out]).toEqual([2, ''])
      expect(err).toContain('--password-file FILE')
    }
  })
})

describe('the password in a file', () => {
  test.each<readonly [string, string | Buffer, number]>([
    ['with a Windows line end', `${PASSWORD}\r\nmore\n`, 0],
    ['without a line end', PASSWORD, 0],
    ['of another form of Unicode', `${PASSWORD.normalize('NFD')}\n`, 0],
    ['with a blank before it', ` ${PASSWORD}\n`, 2],
    ['that is empty', '\n', 2],
    ['that is no text', Buffer.from([0xff, 0xfe, 0x41]), 2],
    ['that is too long', 'x'.repeat(5000), 2],
  ])('%s', async (_what, text, code) => {
    const home = await encryptedHome()
    const file = join(home.folder, 'secret')
    writeFileSync(file, text, { mode: 0o600 })
    const outcome = await home.coach(['people', '--password-file', 'secret'])
    expect(outcome.code).toBe(code)
    expect(outcome.err).not.toContain('Zw')
  })

  test('that is not there, or that others can read', async () => {
    const home = await encryptedHome()
    const outcome = await home.coach(['people', '--password-file', 'nowhere'])
    expect(outcome).toMatchObject({ code: 2, out: '' })
    expect(outcome.err).toContain('nowhere cannot be read')
    chmodSync(passwordFile(home), 0o644)
    const lax = await home.coach(['people', '--password-file', 'password'])
    expect(lax).toMatchObject({ code: 0 })
    expect(lax.err).toContain('chmod 600 password')
  })
})

describe('the recovery key', () => {
  test('opens the notebook and its backups, and a mistyped one is recognised', async () => {
    const home = await filledHome()
    const backup = addBackup(home)
    const outcome = coachWith(home, ['encrypt', '--wipe', '--backups', 'encrypt'])
    const key = recoveryKeyIn(outcome)
    expect(outcome.out).toBe(`Recovery key:\n\n  ${key}\n\n`)
    const paper = passwordFile(home, key.toLowerCase().replaceAll('-', ' '), 'paper')
    for (const path of [home.notebook, backup]) {
      const read = await home.coach(['people', '--notebook', path, '--password-file', paper])
      expect(read).toMatchObject({ code: 0, out: expect.stringContaining('Ana Silva') })
    }
    const mistyped = `${key.slice(0, -6)}${key.at(-6) === '7' ? '8' : '7'}${key.slice(-5)}`
    const wrong = await home.coach(['people', '--password-file', passwordFile(home, mistyped)])
    expect(wrong).toMatchObject({ code: 2 })
    expect(wrong.err).toContain('looks like a recovery key with a typing error')
  })
})

describe('the password from a command', () => {
  const config = (home: Home, command: string) =>
    writeFileSync(
      join(home.folder, 'config.yaml'),
      `password_command: ${JSON.stringify(command)}\n`,
    )

  test('opens the notebook; a file goes before it', async () => {
    const home = await encryptedHome()
    passwordFile(home)
    config(home, `head -n 1 '${join(home.folder, 'password')}'`)
    expect(coach(home, ['people'])).toMatchObject({ code: 0, err: '' })
    const wrong = passwordFile(home, 'not the one', 'wrong')
    expect(coach(home, ['people', '--password-file', wrong])).toMatchObject({ code: 2 })
  })

  test.each([
    ['false', 'ended with an error (1)'],
    ['coach-no-such-program', 'could not be started'],
    ["sh -c 'kill -9 $$'", 'was ended from outside'],
    ['echo wrong', 'The password is not right'],
    ['true', 'holds no password'],
  ])('that is “%s” is told, and nothing is written', async (command, said) => {
    const home = await encryptedHome()
    config(home, command)
    const hash = hashOfFile(home.notebook)
    const { code, err } = coach(home, ['person', 'add', 'Ben'])
    expect([code, flat(err)]).toEqual([2, expect.stringContaining(said)])
    expect(hashOfFile(home.notebook)).toBe(hash)
  })

  test('never goes through a shell, and its own words on stderr are seen', async () => {
    const home = await encryptedHome()
    config(home, 'ls no-such-file; touch PWNED')
    expect(coach(home, ['people'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('no-such-file;'),
    })
    expect(existsSync(join(home.folder, 'PWNED'))).toBe(false)
  })

  test('is not taken from a folder of banks that somebody gave', async () => {
    const home = await encryptedHome()
    const theirs = newFolder()
    writeFileSync(join(theirs, 'config.yaml'), `password_command: touch ${theirs}/PWNED\n`)
    expect(coach(home, ['people', '--bank', theirs])).toMatchObject({ code: 2 })
    expect(existsSync(join(theirs, 'PWNED'))).toBe(false)
  })
})
