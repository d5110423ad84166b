import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type SQLite from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { connect } from '../../../src/notebook/file/connect.ts'
import { Unlike, writeUnder } from '../../../src/notebook/encryption/write-encrypted.ts'
import { readRecoveryKey, recoveryKeyOf } from '../../../src/notebook/encryption/recovery-key.ts'
import { isSame } from '../../../src/notebook/integrity/same-content.ts'
import { saltOf } from '../../../src/notebook/file/header.ts'
import { opens } from '../../../src/notebook/file/page-cipher.ts'
import { keyFrom, newKey } from '../../../src/notebook/encryption/password-key.ts'
import { newHome, NOW } from '../../world.ts'
import {
  CANARY,
  contentsOf,
  draftKeyOf,
  encryptedHome,
  filledHome,
  holdersOf,
  keyOf,
  PASSWORD,
  unlocked,
} from '../encrypted.ts'
import { filesIn, newFolder, query } from '../file.ts'
import { OLD_FORMATS, writeOld } from '../older.ts'

interface Encrypted extends SQLite.Database {
  key(key: Buffer): number
}
const Library: new (path: string, options?: SQLite.Options) => Encrypted = createRequire(
  import.meta.url,
)('better-sqlite3-multiple-ciphers')

/** A new encrypted file with one table, for tests of the file alone. */
function smallFile(): { readonly path: string; readonly key: ReturnType<typeof newKey> } {
  const path = join(newFolder(), 'small.db')
  const key = newKey(PASSWORD)
  writeFileSync(path, '', { mode: 0o600 })
  const db = connect(path, { key })
  db.exec('CREATE TABLE thing (id INTEGER PRIMARY KEY, text TEXT)')
  const add = db.prepare('INSERT INTO thing (text) VALUES (?)')
  for (let n = 0; n < 40; n++) add.run(`${CANARY} `.repeat(50))
  db.close()
  return { path, key }
}

describe('an encrypted file', () => {
  test('can be opened by other programs that know the cipher, with the password and the number of rounds', () => {
    const { path } = smallFile()
    const db = new Library(path)
    db.pragma("cipher = 'chacha20'")
    db.pragma('kdf_iter = 600000')
    db.key(Buffer.from(PASSWORD.normalize('NFC')))
    expect(db.prepare('SELECT count(*) FROM thing').pluck().get()).toBe(40)
    db.close()
  })

  test('begins with its salt, and shows its page size and no more', () => {
    const { path, key } = smallFile()
    expect(saltOf(path)).toEqual(key.salt)
    const bytes = readFileSync(path)
    expect(bytes.subarray(16, 24).toString('hex')).toBe('1000010120402020')
    expect(bytes.includes(CANARY)).toBe(false)
    expect(bytes.includes('CREATE')).toBe(false)
  })

  test.each<readonly [string, (path: string) => void]>([
    ['nothing', () => undefined],
    ['an empty file', (path) => writeFileSync(path, '')],
    ['a text', (path) => writeFileSync(path, 'Dear diary,\n'.repeat(1000))],
    ['random bytes', (path) => writeFileSync(path, newKey('x').secret)],
    ['a plain notebook', (path) => writeOld(3, path)],
  ])('is not mistaken for %s', (_what, make) => {
    const path = join(newFolder(), 'file')
    make(path)
    expect(saltOf(path)).toBe(null)
  })

  test('has its password typed in one form or another', () => {
    const { path, key } = smallFile()
    for (const form of ['NFC', 'NFD'] as const) {
      expect(keyFrom(PASSWORD.normalize(form), key.salt).secret).toEqual(key.secret)
    }
    expect(opens(path, keyFrom(`${PASSWORD} `, key.salt))).toBe(false)
  })

  test('is copied by SQLite under the same key and salt', () => {
    const { path, key } = smallFile()
    const copy = `${path}.copy`
    const db = connect(path, { key })
    db.prepare('VACUUM INTO ?').run(copy)
    db.close()
    expect(saltOf(copy)).toEqual(key.salt)
    expect(opens(copy, key)).toBe(true)
    expect(holdersOf(join(path, '..'), CANARY)).toEqual([])
  })

  test('has a journal that is encrypted too, and recovers from it', () => {
    const { path, key } = smallFile()
    const db = connect(path, { key })
    db.pragma('cache_size = 5')
    db.exec("BEGIN; UPDATE thing SET text = 'changed ' || text")
    expect(existsSync(`${path}-journal`)).toBe(true)
    expect(readFileSync(`${path}-journal`).length).toBeGreaterThan(4096)
    expect(holdersOf(join(path, '..'), CANARY)).toEqual([])
    const left = join(newFolder(), 'left.db')
    cpSync(path, left)
    cpSync(`${path}-journal`, `${left}-journal`)
    db.close()
    const wrong = { ...key, secret: newKey('other').secret }
    expect(opens(left, wrong)).toBe(false)
    expect(opens(left, key)).toBe(true)
    const again = connect(left, { key })
    const changed = "SELECT count(*) FROM thing WHERE text LIKE 'changed%'"
    expect(again.prepare(changed).pluck().get()).toBe(0)
    expect(again.pragma('integrity_check', { simple: true })).toBe('ok')
    again.close()
  })

  test('tells damage in its first page from a wrong password', () => {
    const { path, key } = smallFile()
    const bytes = readFileSync(path)
    bytes.fill(0x5a, 100, 200)
    writeFileSync(path, bytes)
    expect(opens(path, key)).toBe(true)
    for (let at = 0; at < bytes.length; at += 4096)
      bytes.writeUInt8(bytes.readUInt8(at + 200) ^ 1, at + 200)
    writeFileSync(path, bytes)
    expect(opens(path, key)).toBe(false)
  })
})

describe('the recovery key', () => {
  const secrets = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes))
  const written = (secret: Buffer) => recoveryKeyOf({ secret, salt: secret.subarray(16) })

  test('gives the same key back, however it is typed', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const text = written(secret)
        expect(text).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){13}$/)
        for (const typed of [
          text,
          text.toLowerCase(),
          text.replaceAll('-', ' '),
          text.replaceAll('-', ''),
          ` ${text.replaceAll('0', 'o').replaceAll('1', 'l')} `,
        ]) {
          expect(readRecoveryKey(typed)).toEqual(secret)
        }
      }),
      { numRuns: 50 },
    )
  })

  test('with one wrong letter, two swapped, one missing or one more is recognised as mistyped', () => {
    fc.assert(
      fc.property(
        secrets,
        fc.nat(68),
        fc.constantFrom('0', '2', '8', 'A', 'C', 'J'),
        (secret, at, letter) => {
          const text = written(secret)
          const swapped =
            text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2)
          for (const typed of [
            text.slice(0, at) + letter + text.slice(at + 1),
            text.slice(0, at) + text.slice(at + 1),
            text.slice(0, at) + letter + text.slice(at),
            swapped,
          ]) {
            const read = readRecoveryKey(typed)
            expect(Buffer.isBuffer(read) && read.equals(secret) ? 'mistyped' : read).toBe(
              'mistyped',
            )
          }
        },
      ),
      // The check has 20 bits, so one slip in a million goes unseen: among other secrets than these, this test would meet it one day.
      { numRuns: 200, seed: 20 },
    )
  })

  test.each(['correct-horse-battery-staple', 'short', PASSWORD, '', 'a'.repeat(56)])(
    'is not seen in the password “%s”',
    (password) => expect(readRecoveryKey(password)).toBe(null),
  )
})

describe('a new file under another key', () => {
  const CHANGES = [
    ["UPDATE note SET text = 'other'"],
    ['UPDATE person SET revision = revision + 1'],
    ['DELETE FROM answer WHERE id = (SELECT max(id) FROM answer)'],
    ["INSERT INTO calendar_gone (uid, person_id, day, sequence, at) VALUES ('x', 1, 'x', 1, 'x')"],
    ['DROP INDEX session_newest'],
    ['DROP TRIGGER due_gone'],
    ['UPDATE sqlite_sequence SET seq = seq + 1'],
    ['PRAGMA user_version = 2'],
    ['PRAGMA application_id = 2'],
  ] as const

  test.each(CHANGES)('is not taken for the same after %s', async (sql) => {
    const home = await filledHome()
    const copy = `${home.notebook}.copy`
    cpSync(home.notebook, copy)
    const [one, other] = [connect(home.notebook), connect(copy)]
    other.pragma('foreign_keys = OFF')
    expect(isSame(one, other)).toBe(true)
    other.exec(sql)
    expect(isSame(one, other)).toBe(false)
    one.close()
    other.close()
  })

  test('that is not like the old one is thrown away', async () => {
    const home = await filledHome()
    const path = `${home.notebook}.new`
    const key = newKey(PASSWORD)
    const db = connect(home.notebook)
    const again = () => {
      const copy = connect(path, { key })
      copy.exec("UPDATE note SET text = 'other'")
      copy.close()
      return key
    }
    const stamp = { draftKey: null, isWrite: true }
    expect(() => writeUnder(db, path, key, again, stamp)).toThrow(Unlike)
    db.close()
    expect(existsSync(path)).toBe(false)
  })
})

describe('coach encrypt and coach decrypt', () => {
  test('give back what there was, row by row, and the drafts a key of their own meanwhile', async () => {
    const home = await filledHome()
    const before = contentsOf(home.notebook)
    expect(draftKeyOf(home.notebook, NOW)).toBe(null)
    await unlocked(home, ['encrypt', '--wipe'])
    expect(contentsOf(home.notebook)).toBe(before)
    expect(draftKeyOf(home.notebook, NOW)).toMatch(/^[0-9a-f]{64}$/)
    expect(await unlocked(home, ['decrypt', '--yes'])).toMatchObject({ code: 0, out: '' })
    expect(contentsOf(home.notebook)).toBe(before)
    expect(draftKeyOf(home.notebook, NOW)).toBe(null)
    expect(filesIn(home.folder)).toEqual(['last-notebook.json', 'notebook.db', 'password'])
    expect(query(home.notebook, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
  })

  test('leave drafts readable: their key stays until they are saved', async () => {
    const home = await encryptedHome()
    const key = draftKeyOf(home.notebook, NOW)
    mkdirSync(join(home.folder, 'drafts'))
    writeFileSync(join(home.folder, 'drafts', 'one.draft'), '{"sealed":""}')
    await unlocked(home, ['decrypt', '--yes'])
    expect(draftKeyOf(home.notebook, NOW)).toBe(key)
  })

  test('count as a write, so that an older copy is not taken for the newest', async () => {
    const home = await filledHome()
    const of = (path: string) => {
      const key = saltOf(path) ? keyOf(path) : null
      const db = connect(path, { key })
      const generation = Number(db.prepare('SELECT generation FROM store').pluck().get())
      db.close()
      return generation
    }
    const before = of(home.notebook)
    await unlocked(home, ['encrypt', '--wipe'])
    expect(of(home.notebook)).toBe(before + 1)
  })
})

describe.each(OLD_FORMATS)('an encrypted notebook of format %s', (format) => {
  test('is brought up to date after an encrypted copy was made, and gets a key for drafts', async () => {
    const home = newHome()
    const plain = join(home.folder, 'plain.db')
    writeOld(format, plain)
    const key = newKey(PASSWORD)
    const db = connect(plain)
    writeUnder(db, home.notebook, key, () => key, { draftKey: null, isWrite: false })
    db.close()
    rmSync(plain)
    const outcome = await unlocked(home, ['people'])
    expect(outcome).toMatchObject({ code: 0 })
    const copies = filesIn(join(home.folder, 'backups'))
    expect(copies).toHaveLength(1)
    const copy = join(home.folder, 'backups', copies[0] ?? '')
    expect(opens(copy, key)).toBe(true)
    expect(holdersOf(home.folder, 'SQLite format 3')).toEqual([])
    expect(draftKeyOf(home.notebook, NOW)).toMatch(/^[0-9a-f]{64}$/)
  })
})
