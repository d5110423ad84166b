import { filesIn } from '../../files/names-in.ts'
import { COMPANIONS } from '../backup/set-aside.ts'
import { backupFolders, foldersOf } from '../file/backup-names.ts'
import { connect, type Key, withConnection } from '../file/connect.ts'
import { fileAt } from '../file/file-identity.ts'
import { headerIfReadable, saltOf } from '../file/header.ts'
import { opens } from '../file/page-cipher.ts'

/** A copy of a notebook that lies beside it, and who is in it. */
export interface Copy {
  readonly path: string
  /** One among the backups that is of this notebook, or cannot be read: only these are changed, on request. */
  readonly isBackup: boolean
  /** One among the backups that is of another notebook. */
  readonly isOfAnother: boolean
  /** Who is in it; null where it could not be read. */
  readonly people: readonly { readonly uuid: string; readonly name: string }[] | null
}

/**
 * Copies of a notebook: its backups, and other notebooks in its folder, such as what a synchronising program leaves.
 * Nothing is written, and no link is followed.
 */
export function copiesOf(
  { path: notebook, storeId }: { readonly path: string; readonly storeId: string },
  key: Key | null = null,
): readonly Copy[] {
  const itself = fileAt(notebook)
  const beside = foldersOf(notebook)
    .flatMap(copiesIn)
    .filter((path) => fileAt(path) !== itself && isDatabase(path))
  return [
    ...backupFolders(notebook)
      .flatMap(copiesIn)
      .map((path) => {
        const { store, people } = lookInto(path, key)
        const isOfAnother = store !== null && store !== storeId
        return { path, isBackup: !isOfAnother, isOfAnother, people }
      }),
    ...beside.map((path) => {
      const { people } = lookInto(path, key)
      return { path, isBackup: false, isOfAnother: false, people }
    }),
  ]
}

/** The files in a folder that may be copies: not what SQLite keeps beside one. */
function copiesIn(folder: string): readonly string[] {
  return filesIn(folder).filter((path) => !COMPANIONS.some((end) => path.endsWith(end)))
}

/** Which notebook a copy is of, and who is in it; null for what could not be read. */
function lookInto(
  path: string,
  key: Key | null,
): Pick<Copy, 'people'> & { readonly store: string | null } {
  try {
    return withConnection(
      connect(path, { readonly: true, timeout: 1000, key: keyFor(path, key) }),
      (db) => {
        const people = db
          .prepare<[], { uuid: string; name: string }>('SELECT uuid, name FROM person')
          .all()
        const store = db.prepare<[], string>('SELECT uuid FROM store').pluck().get() ?? null
        return { store, people }
      },
    )
  } catch {
    return { store: null, people: null }
  }
}

/** Who is in a notebook at a path; null where that cannot be read. */
export function peopleAt(path: string, key: Key | null): Copy['people'] {
  return lookInto(path, key).people
}

/** Tables whose rows are deleted one by one. */
export type Deletable = 'session' | 'action_item' | 'note' | 'goal' | 'opportunity'

/** Whether a copy holds one of some rows; null where that cannot be read. */
export function holdsRow(
  path: string,
  key: Key | null,
  table: Deletable,
  uuids: readonly string[],
): boolean | null {
  try {
    return withConnection(
      connect(path, { readonly: true, timeout: 1000, key: keyFor(path, key) }),
      (db) => {
        const anyOf = `SELECT 1 FROM ${table} WHERE uuid IN (SELECT value FROM json_each(?))`
        return db.prepare(anyOf).get(JSON.stringify(uuids)) !== undefined
      },
    )
  } catch (error) {
    // An older format has no such table, and so none of its rows.
    return error instanceof Error && error.message.startsWith('no such table') ? false : null
  }
}

/** A row that a copy holds, as a manager knows it. */
export interface TextRow {
  readonly uuid: string
  readonly person: string
  readonly text: string
}

const TEXTS = {
  session: 'coalesce(t.held_on, substr(t.created_at, 1, 10))',
  action_item: 't.what',
  note: 't.text',
  goal: 't.what',
  opportunity: 't.name',
} as const satisfies Record<Deletable, string>

/** The row of a number in a copy; undefined where there is none, and where it cannot be read. */
export function rowAt(
  path: string,
  key: Key | null,
  table: Deletable,
  id: number,
): TextRow | undefined {
  try {
    return withConnection(
      connect(path, { readonly: true, timeout: 1000, key: keyFor(path, key) }),
      (db) => {
        const sql = `SELECT t.uuid, p.name AS person, ${TEXTS[table]} AS text
        FROM ${table} t JOIN person p ON p.id = t.person_id WHERE t.id = ?`
        return db.prepare<[number], TextRow>(sql).get(id)
      },
    )
  } catch {
    return undefined
  }
}

/**
 * What opens a copy: a notebook that is encrypted may have plain copies, and the other way round.
 * @throws Error where it is encrypted under another password
 */
export function keyFor(path: string, key: Key | null): Key | null {
  if (saltOf(path) === null) return null
  if (key === null || !opens(path, key)) throw new Error('encrypted under another password')
  return key
}

function isDatabase(path: string): boolean {
  const kind = headerIfReadable(path)?.kind
  return kind === 'plain' || kind === 'encrypted'
}
