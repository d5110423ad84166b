import type { DraftKeys } from '../../drafts/draft-files.ts'
import { connect, type Key, withConnection } from '../file/connect.ts'
import { fileAt } from '../file/file-identity.ts'
import { saltOf } from '../file/header.ts'
import { opens } from '../file/page-cipher.ts'

/** The open notebook that drafts belong to. */
export interface Beside {
  readonly path: string
  readonly storeId: string
  /** Which file it was when it was opened: see `fileAt`. */
  readonly place: string
  readonly key: Key | null
  readonly draftKey: string | null
}

/**
 * Tells the keys of the drafts as they are now, each time it is called: another window may have encrypted or decrypted the notebook
 * since it was opened here. Null where the notebook has a key by now that is not known here: what was sealed with the one of
 * before could not be opened any more, and plain text must not lie beside it.
 */
export function draftKeysNow(notebook: Beside): () => DraftKeys | null {
  const { path, storeId, key, draftKey } = notebook
  let known: DraftKeys = { read: draftKey, write: key === null ? null : draftKey }
  let seen = `${notebook.place} ${nameOf(key?.salt ?? null)}`
  return () => {
    const place = fileAt(path)
    const salt = saltOf(path)
    const now = `${place} ${nameOf(salt)}`
    // A notebook that was moved away for a moment still holds its key.
    if (place === null || now === seen) return known
    const found = keysAt(path, salt, { storeId, key, known })
    if (found === null) return null
    seen = now
    known = found
    return known
  }
}

function keysAt(
  path: string,
  salt: Buffer | null,
  { storeId, key, known }: Pick<Beside, 'storeId' | 'key'> & { readonly known: DraftKeys },
): DraftKeys | null {
  if (salt === null) {
    const store = storeAt(path, null)
    if (store?.uuid === storeId) return { read: store.draftKey ?? known.read, write: null }
    // What another program put there changes nothing for texts that were plain before.
    return known.write === null ? known : null
  }
  if (!key?.salt.equals(salt) || !isOpenedBy(path, key)) return null
  const store = storeAt(path, key)
  if (store?.uuid !== storeId || store.draftKey === null) return null
  return { read: store.draftKey, write: store.draftKey }
}

/** Which notebook a file is, and what it holds to seal drafts with; null where it cannot be read. */
export function storeAt(
  path: string,
  key: Key | null,
): { readonly uuid: string; readonly draftKey: string | null } | null {
  try {
    return withConnection(connect(path, { readonly: true, timeout: 0, key }), (db) => {
      const row = db
        .prepare<[], { uuid: string; draftKey: string | null }>(
          'SELECT uuid, draft_key AS draftKey FROM store',
        )
        .get()
      return row ?? null
    })
  } catch {
    return null
  }
}

/** Takes the key out of a notebook that is plain again, once nothing is sealed with it any more. */
export function forgetDraftKey(path: string): void {
  try {
    withConnection(connect(path, { timeout: 1000 }), (db) => {
      db.pragma('secure_delete = ON')
      db.prepare('UPDATE store SET draft_key = NULL').run()
    })
  } catch {
    // It opens nothing, so it may stay.
  }
}

function isOpenedBy(path: string, key: Key): boolean {
  try {
    return opens(path, key)
  } catch {
    return false
  }
}

function nameOf(salt: Buffer | null): string {
  return salt?.toString('hex') ?? 'plain'
}
