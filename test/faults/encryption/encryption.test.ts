import { spawnSync } from 'node:child_process'
import {
  closeSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import DB from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { saltOf } from '../../../src/notebook/file/header.ts'
import { opens } from '../../../src/notebook/file/page-cipher.ts'
import { filesIn, hashOfFile, newFolder } from '../../notebook/file.ts'
import {
  CANARY,
  contentsOf,
  encryptedHome,
  filledHome,
  holdersOf,
  keyOf,
  passwordFile,
  PASSWORD,
  unlocked,
} from '../../notebook/encrypted.ts'
import {
  addBackup,
  canTrace,
  coach,
  coachWith,
  flat,
  recoveryKeyIn,
  ROOT,
  strace,
} from '../built.ts'
import { environment } from '../../ask/terminal/process.ts'
import type { Home } from '../../world.ts'

const isEncrypted = (home: Home) => saltOf(home.notebook) !== null

/** The home has noted where its notebook is: the first file that is renamed after that is the notebook. */
const remembered = (home: Home) => expect(coachWith(home, ['people'])).toMatchObject({ code: 0 })

describe('fault 64: what was encrypted can be read in no file of the home', () => {
  test('after the old file was wiped and the backups were encrypted', async () => {
    const home = await filledHome()
    const before = contentsOf(home.notebook)
    const backup = addBackup(home)
    expect(holdersOf(home.folder, CANARY)).toHaveLength(2)
    const outcome = coachWith(home, ['encrypt', '--wipe', '--backups', 'encrypt'])
    expect(outcome).toMatchObject({ code: 0 })
    expect(holdersOf(home.folder, CANARY)).toEqual([])
    expect(holdersOf(home.folder, 'SQLite format 3')).toEqual([])
    expect(contentsOf(home.notebook)).toBe(before)
    expect(contentsOf(backup)).toBe(before)
    expect(saltOf(backup)).toEqual(saltOf(home.notebook))
    for (const path of [home.notebook, backup]) {
      expect((lstatSync(path).mode & 0o777).toString(8)).toBe('600')
    }
    expect(flat(outcome.err)).toContain('Encrypted 1 backup.')
    expect(outcome.err).not.toContain(PASSWORD)
  })

  test('after the backups were removed', async () => {
    const home = await filledHome()
    addBackup(home)
    expect(coachWith(home, ['encrypt', '--wipe', '--backups', 'remove'])).toMatchObject({ code: 0 })
    expect(holdersOf(home.folder, CANARY)).toEqual([])
    expect(filesIn(join(home.folder, 'backups'))).toEqual([])
  })

  test('files that can still be read are named', async () => {
    const home = await filledHome()
    addBackup(home)
    const { code, err } = coachWith(home, ['encrypt', '--keep', '--backups', 'keep'])
    expect(code).toBe(0)
    expect(flat(err)).toMatch(
      /The old file, which is not encrypted, is kept: \S*backups\S*-before-encryption\.db/,
    )
    expect(flat(err)).toContain('Still not encrypted, in backups: notebook-2026-11-16T0915.db.')
    expect(holdersOf(home.folder, CANARY)).toHaveLength(2)
    const again = coachWith(home, ['encrypt', '--backups', 'encrypt'])
    expect(again).toMatchObject({ code: 0, out: '' })
    expect(flat(again.err)).toMatch(/is encrypted already.*Encrypted 2 backups\./)
    expect(holdersOf(home.folder, CANARY)).toEqual([])
  })

  test('a backup that is damaged is named, and left as it is', async () => {
    const home = await filledHome()
    const whole = readFileSync(addBackup(home))
    const broken = join(home.folder, 'backups', 'broken.db')
    writeFileSync(broken, whole.fill(0x5a, 4096, 20000))
    const hash = hashOfFile(broken)
    const { code, err } = coachWith(home, ['encrypt', '--wipe', '--backups', 'encrypt'])
    expect(code).toBe(5)
    expect(flat(err)).toMatch(
      /Encrypted 1 backup\..*The notebook itself is encrypted.*: broken\.db/,
    )
    expect(hashOfFile(broken)).toBe(hash)
    expect(filesIn(join(home.folder, 'backups'))).toHaveLength(2)
  })

  test('coach encrypt decides nothing without a flag or an answer', async () => {
    const home = await filledHome()
    const hash = hashOfFile(home.notebook)
    expect(coachWith(home, ['encrypt'])).toMatchObject({ code: 2, out: '' })
    addBackup(home)
    const { code, err } = coachWith(home, ['encrypt', '--wipe'])
    expect([code, err]).toEqual([2, expect.stringContaining('--backups')])
    const bare = coach(home, ['encrypt', '--wipe', '--backups', 'keep'])
    expect([bare.code, bare.err]).toEqual([2, expect.stringContaining('--password-file FILE')])
    expect(hashOfFile(home.notebook)).toBe(hash)
  })

  test('a password of less than eight characters is refused', async () => {
    const home = await filledHome()
    const file = passwordFile(home, 'Böxer12')
    const { code, err } = coach(home, ['encrypt', '--wipe', '--password-file', file])
    expect([code, err]).toEqual([2, expect.stringContaining('at least 8 characters')])
    expect(isEncrypted(home)).toBe(false)
  })
})

describe('another password', () => {
  test('opens from then on, and the old one does not; backups are put under it too', async () => {
    const home = await filledHome()
    const before = contentsOf(home.notebook)
    const backup = addBackup(home)
    const first = recoveryKeyIn(coachWith(home, ['encrypt', '--wipe', '--backups', 'encrypt']))
    const file = passwordFile(home, 'another one', 'new')
    const args = ['encrypt', '--change', '--new-password-file', file]
    expect(coachWith(home, args)).toMatchObject({ code: 2 })
    const outcome = coachWith(home, [...args, '--backups', 'encrypt'])
    expect(outcome).toMatchObject({ code: 0 })
    expect(recoveryKeyIn(outcome)).not.toBe(first)
    for (const path of [home.notebook, backup]) {
      expect(opens(path, keyOf(path, 'another one'))).toBe(true)
      expect(opens(path, keyOf(path))).toBe(false)
    }
    await home.coach(['decrypt', '--yes', '--password-file', file])
    expect(contentsOf(home.notebook)).toBe(before)
  })

  test('is for encrypted notebooks alone', async () => {
    const home = await filledHome()
    expect(coachWith(home, ['encrypt', '--change'])).toMatchObject({ code: 2 })
    expect(isEncrypted(home)).toBe(false)
  })
})

describe('fault 24: an encrypted notebook that is damaged', () => {
  const broken: readonly (readonly [string, (bytes: Buffer) => Buffer])[] = [
    ['in its first page', (bytes) => bytes.fill(0x5a, 100, 120)],
    ['by one bit of its second page', (bytes) => flip(bytes, 5000)],
    ['by one bit of its tenth page', (bytes) => flip(bytes, 4096 * 9 + 2000)],
    ['by half of it missing', (bytes) => bytes.subarray(0, 4096 * 20)],
    ['by its last page cut', (bytes) => bytes.subarray(0, bytes.length - 1000)],
    ['in its head', (bytes) => flip(bytes, 17)],
  ]
  function flip(bytes: Buffer, at: number): Buffer {
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
    return bytes
  }

  test.each(broken)('%s is told as damaged, and not written to', async (_what, damage) => {
    const home = await encryptedHome()
    writeFileSync(home.notebook, damage(readFileSync(home.notebook)))
    const hash = hashOfFile(home.notebook)
    const codes: unknown[] = []
    for (const argv of [
      ['export', 'all', '-o', '-'],
      ['encrypt', '--change'],
      ['decrypt', '--yes'],
    ]) {
      const { code, err } = await unlocked(home, argv)
      codes.push(code)
      expect(err).not.toMatch(/This is a bug|SQLITE/)
    }
    expect(codes.filter((code) => code !== 0 && code !== 2 && code !== 5)).toEqual([])
    expect(codes.at(-1)).toBe(5)
    expect(hashOfFile(home.notebook)).toBe(hash)
    expect(filesIn(home.folder)).not.toContainEqual(expect.stringContaining('.new'))
  })
})

describe('while the file changes its place', () => {
  test('fault 37: what another program has open is not touched', async () => {
    const home = await filledHome()
    const hash = hashOfFile(home.notebook)
    const holder = new DB(home.notebook)
    holder.exec('BEGIN')
    holder.prepare('SELECT count(*) FROM note').get()
    const { code, out, err } = coachWith(home, ['encrypt', '--wipe'])
    expect([code, out, err]).toEqual([4, '', expect.stringContaining('in use')])
    holder.close()
    expect(hashOfFile(home.notebook)).toBe(hash)
    expect(filesIn(home.folder)).not.toContainEqual(expect.stringContaining('.new'))
  })

  test('fault 33: a link stays a link, and a second name of the file is not passed over', async () => {
    const home = await filledHome()
    const real = join(newFolder(), 'real.db')
    renameSync(home.notebook, real)
    symlinkSync(real, home.notebook)
    expect(coachWith(home, ['encrypt', '--wipe'])).toMatchObject({ code: 0 })
    expect(lstatSync(home.notebook).isSymbolicLink()).toBe(true)
    expect(opens(real, keyOf(real))).toBe(true)

    const other = await filledHome()
    linkSync(other.notebook, join(newFolder(), 'second.db'))
    expect(coachWith(other, ['encrypt', '--wipe'])).toMatchObject({ code: 7 })
    expect(isEncrypted(other)).toBe(false)
  })
})

describe.skipIf(!canTrace())('encrypting and decrypting (needs strace)', () => {
  const MOMENTS = [
    'pwrite64:signal=KILL:when=40',
    'fsync:signal=KILL:when=3',
    'rename:signal=KILL:when=1',
    'fsync:signal=KILL:when=4',
  ]

  test.each(MOMENTS)(
    'fault 1, 30: ended by %s leave the old file or the new one',
    async (moment) => {
      const home = await filledHome()
      remembered(home)
      const before = contentsOf(home.notebook)
      expect(coachWith(home, ['encrypt', '--wipe'], strace(moment)).code).toBe(137)
      expect(contentsOf(home.notebook)).toBe(before)
      const again = coachWith(home, ['encrypt', '--wipe'])
      expect(again).toMatchObject({ code: 0 })
      expect(holdersOf(home.folder, CANARY)).toEqual([])

      const sealed = await encryptedHome()
      remembered(sealed)
      expect(coachWith(sealed, ['decrypt', '--yes'], strace(moment)).code).toBe(137)
      expect(contentsOf(sealed.notebook)).toBe(before)
      if (isEncrypted(sealed)) coachWith(sealed, ['decrypt', '--yes'])
      expect(isEncrypted(sealed)).toBe(false)
      expect(readdirSync(sealed.folder).filter((name) => name.endsWith('.new'))).toEqual([])
    },
  )

  test.each([
    'pwrite64:error=ENOSPC:when=20+',
    'fsync:error=EIO:when=1+',
    'rename:error=EIO:when=1',
    'openat:error=EIO:when=30+',
  ])('fault 29, 30: where %s, say so and leave the old file', async (failure) => {
    const home = await filledHome()
    remembered(home)
    const hash = hashOfFile(home.notebook)
    const { code, out, err } = coachWith(home, ['encrypt', '--wipe'], strace(failure))
    expect(code).not.toBe(0)
    // The recovery key is shown before the new file takes its place.
    const isShown = failure.startsWith('rename')
    expect([out !== '', err.includes('recovery key above opens nothing')]).toEqual([
      isShown,
      isShown,
    ])
    expect(err).not.toMatch(/\n\s+at /)
    expect(hashOfFile(home.notebook)).toBe(hash)
    expect(coachWith(home, ['encrypt', '--wipe'])).toMatchObject({ code: 0 })
  })

  test('fault 30: where only the old file cannot be overwritten, the key is shown, and that is said', async () => {
    const home = await filledHome()
    const before = contentsOf(home.notebook)
    const old = openSync(home.notebook, 'r')
    const outcome = coachWith(home, ['encrypt', '--wipe'], strace('ftruncate:error=EIO:when=1'))
    expect(outcome.code).toBe(7)
    // The old file was overwritten before coach tried to empty it, which failed.
    const left = readFileSync(old)
    closeSync(old)
    expect([left.length > 0, left.every((byte) => byte === 0)]).toEqual([true, true])
    expect(recoveryKeyIn(outcome)).not.toBe('')
    expect(outcome.err).toContain('the old one may still be readable')
    expect(isEncrypted(home)).toBe(true)
    expect(contentsOf(home.notebook)).toBe(before)
  })
})

/** The program as it is where the library that decrypts was not installed. */
function withoutLibrary(): string {
  const folder = newFolder()
  for (const name of ['bin', 'dist', 'question-banks', 'package.json']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true })
  }
  mkdirSync(join(folder, 'node_modules'))
  for (const name of ['better-sqlite3', 'chalk', 'string-width', 'strip-ansi', 'ansi-regex']) {
    const installed = join(ROOT, 'node_modules', name)
    if (existsSync(installed)) symlinkSync(installed, join(folder, 'node_modules', name))
  }
  return join(folder, 'bin/coach.js')
}

test('fault 66: where the library is missing, plain notebooks work, and an encrypted one says what to install', async () => {
  const bin = withoutLibrary()
  const run = (home: Home, ...argv: readonly string[]) =>
    spawnSync(process.execPath, [bin, ...argv, '--password-file', passwordFile(home)], {
      env: environment(home.folder),
      encoding: 'utf8',
    })
  const [plain, sealed] = [await filledHome(), await encryptedHome()]
  expect(run(plain, 'people')).toMatchObject({ status: 0, stdout: expect.stringContaining('Ana') })
  for (const [home, argv] of [
    [sealed, ['people']],
    [sealed, ['person', 'add', 'Ben']],
    [plain, ['encrypt', '--wipe']],
  ] as const) {
    const hash = hashOfFile(home.notebook)
    const { status, stdout, stderr } = run(home, ...argv)
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain('npm install -g better-sqlite3-multiple-ciphers')
    expect(stderr).not.toContain('bug')
    expect(hashOfFile(home.notebook)).toBe(hash)
    expect(readdirSync(home.folder).filter((name) => name.includes('.new'))).toEqual([])
  }
})
