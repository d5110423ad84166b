import { codeOf } from '../../files/durable.ts'
import { statSync } from 'node:fs'
import { connect, type Key } from './connect.ts'
import { APPLICATION_ID, MIGRATIONS } from '../schema/migrations.ts'
import { findStore } from '../schema/store-row.ts'
import { oddSchema } from '../schema/odd-schema.ts'
import { headerAt } from './header.ts'
import { opens } from './page-cipher.ts'

/**
 * What a file is, as far as its first pages tell: a whole `notebook`, or why it is none. `encrypted`: it may be one, and without its
 * key nothing more can be said; `other-password`: the same, with a key at hand that is not its own.
 */
export interface ProbedFile {
  readonly path: string
  readonly state:
    | 'notebook'
    | 'newer'
    | 'encrypted'
    | 'other-password'
    | 'damaged'
    | 'foreign'
    | 'empty'
    | 'unreadable'
    | 'busy'
  /** In bytes. */
  readonly size: number
  readonly isEncrypted: boolean
  readonly storeId: string | null
  /** How often it had been written. */
  readonly generation: number | null
  /** Its format: the number of steps that made it what it is. */
  readonly format: number | null
  /** Tables, indexes, views and triggers in it that are not those of its format, by their names. */
  readonly odd: readonly string[]
}

/** Whether a file can only be looked into with a password that is not at hand. */
export function isLocked({ state }: Pick<ProbedFile, 'state'>): boolean {
  return state === 'encrypted' || state === 'other-password'
}

/** Looks at a file without changing it, whatever it is. Nothing is thrown. */
export function probe(path: string, key: Key | null): ProbedFile {
  const nothing = {
    path,
    size: 0,
    isEncrypted: false,
    storeId: null,
    generation: null,
    format: null,
    odd: [],
  }
  try {
    const found = statSync(path)
    const head = { ...nothing, size: found.size }
    if (!found.isFile()) return { ...head, state: 'foreign' }
    if (found.size === 0) return { ...head, state: 'empty' }
    const { kind, journal } = headerAt(path)
    if (kind === 'other') return { ...head, state: 'foreign' }
    const isPlain = kind === 'plain'
    // A file in another kind of journal would be given companions when it is opened.
    if (isPlain && journal !== 'rollback') return { ...head, state: 'foreign' }
    if (!isPlain && key === null) return { ...head, isEncrypted: true, state: 'encrypted' }
    // To SQLite a wrong key looks like damage.
    if (!isPlain && key !== null && !opens(path, key)) {
      return { ...head, isEncrypted: true, state: 'other-password' }
    }
    return { ...head, isEncrypted: !isPlain, ...inside(path, isPlain ? null : key, found.size) }
  } catch (error) {
    return { ...nothing, state: stateOf(error) }
  }
}

function inside(
  path: string,
  key: Key | null,
  size: number,
): Pick<ProbedFile, 'state' | 'storeId' | 'generation' | 'format' | 'odd'> {
  const db = connect(path, { readonly: true, timeout: 0, key })
  try {
    db.pragma('trusted_schema = OFF')
    const unknown = { storeId: null, generation: null, format: null, odd: [] }
    const number = (name: string) => Number(db.pragma(name, { simple: true }))
    if (number('application_id') !== APPLICATION_ID) return { ...unknown, state: 'foreign' }
    const format = number('user_version')
    if (format > MIGRATIONS.length) return { ...unknown, format, state: 'newer' }
    const store = findStore(db)
    if (!store || format < 1) return { ...unknown, format, state: 'damaged' }
    const isWhole = number('page_count') * number('page_size') === size
    return {
      ...store,
      format,
      state: isWhole ? 'notebook' : 'damaged',
      odd: isWhole ? oddSchema(db) : [],
    }
  } catch (error) {
    return { storeId: null, generation: null, format: null, odd: [], state: stateOf(error) }
  } finally {
    db.close()
  }
}

function stateOf(error: unknown): ProbedFile['state'] {
  const code = codeOf(error)
  if (/^SQLITE_(?:BUSY|LOCKED)/.test(code)) return 'busy'
  if (/^(?:EACCES|EPERM|SQLITE_CANTOPEN|SQLITE_READONLY)/.test(code)) return 'unreadable'
  return code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_') ? 'damaged' : 'unreadable'
}
