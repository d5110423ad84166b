import { damaged, isSound } from './quick-check.ts'
import { createRequire } from 'node:module'
import Database from 'better-sqlite3'
import { keepPrepared } from './statement-cache.ts'
import { CoachError, EXIT } from '../../errors.ts'
import { saltOf } from './header.ts'

const require = createRequire(import.meta.url)

/** What opens an encrypted file: 32 bytes made from its password and its salt, and the 16 bytes of that salt. */
export interface Key {
  readonly secret: Buffer
  readonly salt: Buffer
}

/** How a file is opened. `timeout`: how long to wait for a lock, in ms. `key`: null for a file that is not encrypted. */
interface Connecting {
  readonly readonly?: boolean
  readonly timeout?: number
  readonly key?: Key | null
}

/**
 * Opens a connection to a file of SQLite that is there; a file that is not is an error (SQLITE_CANTOPEN), never made. The only
 * place that knows with which library: the one that can decrypt is loaded for an encrypted file alone.
 * With a key, an empty file becomes an encrypted one with the key's salt. A wrong key shows at the first read (SQLITE_NOTADB).
 * @throws CoachError (1) where the file is encrypted and the library for that is not installed
 */
export function connect(path: string, { key = null, ...how }: Connecting = {}): Database.Database {
  const options = { fileMustExist: true, ...how }
  if (key === null) return prepared(new Database(path, options))
  const db = new (cipherLibrary())(path, options)
  try {
    for (const [name, value] of PARAMETERS) db.pragma(`${name} = ${value}`)
    db.key(Buffer.from(`raw:${key.secret.toString('hex')}${key.salt.toString('hex')}`))
    return prepared(db)
  } catch (error) {
    db.close()
    throw error
  }
}

/** Does some work with a connection, and closes it, whatever comes of the work. */
export function withConnection<T>(db: Database.Database, work: (db: Database.Database) => T): T {
  try {
    return work(db)
  } finally {
    db.close()
  }
}

/** Opens a file for reading alone. The key counts only for a file that is encrypted. `timeout`: see {@link Connecting} */
export function connectToRead(path: string, key: Key | null, timeout = 1000): Database.Database {
  return connect(path, { readonly: true, timeout, key: saltOf(path) === null ? null : key })
}

/**
 * A connection as all of ours are. On macOS, what was synced may still be in the memory of the disk, and is lost with the power,
 * unless the disk is told to write it down. Node tells it so with every fsync; SQLite does with these settings, which mean nothing on
 * other systems.
 */
function prepared<Opened extends Database.Database>(db: Opened): Opened {
  db.pragma('fullfsync = ON')
  db.pragma('checkpoint_fullfsync = ON')
  keepPrepared(db)
  return db
}

/** The rounds of PBKDF2 with HMAC-SHA256 that make a key from a password. */
export const ROUNDS = 600_000

/** The bytes of a page, the unit that is encrypted. */
export const PAGE_SIZE = 4096

/** Every parameter of the cipher, so that none is a default that a later library may change. */
const PARAMETERS = [
  ['cipher', "'chacha20'"],
  ['legacy', 0],
  ['legacy_page_size', PAGE_SIZE],
  ['kdf_iter', ROUNDS],
  ['plaintext_header_size', 0],
] as const

interface Encrypted extends Database.Database {
  key(key: Buffer): number
}

function cipherLibrary(): new (path: string, options: Database.Options) => Encrypted {
  try {
    return require('better-sqlite3-multiple-ciphers')
  } catch (error) {
    throw new CoachError(
      EXIT.bug,
      'An encrypted notebook needs a library that is not installed here. Nothing was changed.',
      'Run: npm install -g better-sqlite3-multiple-ciphers',
      { cause: error },
    )
  }
}

/** The settings of every connection, in the order that matters, each read back. */
export function pragmas(db: Database.Database, isReadOnly = false, path = db.name): void {
  const settings = [
    ...(isReadOnly ? [] : ([['journal_mode', 'DELETE', 'delete']] as const)),
    ['synchronous', 'EXTRA', 3],
    ['foreign_keys', 'ON', 1],
    ['secure_delete', 'ON', 1],
    ['trusted_schema', 'OFF', 0],
    ['cell_size_check', 'ON', 1],
    ['temp_store', 'MEMORY', 2],
  ] as const
  for (const [name, wanted, expected] of settings) {
    // To set the journal anew takes a lock on the file, and it is nearly always set.
    const isSet = name === 'journal_mode' && db.pragma(name, { simple: true }) === expected
    // To leave another kind of journal rewrites the head of the file, which is only done to a sound one.
    if (name === 'journal_mode' && !isSet && !isSound(db)) throw damaged(path)
    if (!isSet) db.pragma(`${name} = ${wanted}`)
    expect(db, name, expected)
  }
}

export function expect(db: Database.Database, name: string, expected: string | number): void {
  const got: unknown = db.pragma(name, { simple: true })
  if (got !== expected) throw new Error(`${name} is ${String(got)}, not ${expected}`)
}
