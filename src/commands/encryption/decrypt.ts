import { draftsSealed, resealDrafts } from '../../drafts/sealed-drafts.ts'
import { takeUpUnfinished } from '../../drafts/unfinished-drafts.ts'
import { notFound } from '../../errors.ts'
import { forgetDraftKey } from '../../notebook/encryption/draft-key.ts'
import { rekey } from '../../notebook/encryption/rekey.ts'
import { copiesUnder } from '../../notebook/encryption/unprotected-copies.ts'
import { count } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { mustBeAbleToAsk } from '../../ask/flags/require-terminal.ts'
import { sayDrafts } from './say-drafts.ts'
import { tell } from '../../output/print.ts'
import { rememberSeen } from '../../start/remember-seen.ts'

/** Flags of `coach decrypt`. */
export interface DecryptOptions {
  readonly yes?: boolean
}

/** `coach decrypt`: the notebook becomes a plain file again, after a warning and a yes. */
export async function decrypt(world: World, options: DecryptOptions): Promise<void> {
  const notebook = await world.read()
  if (!notebook) {
    throw notFound('There is no notebook to decrypt.', 'See: coach config')
  }
  notebook.refuseStranger()
  const { path, key, draftKey } = notebook
  const { drafts } = world.places
  takeUpUnfinished(drafts, world.isRunning)
  if (key === null) {
    tell(world, `${path} is not encrypted. Nothing was changed.`)
    // What a decryption left sealed that was ended before it came to the drafts.
    if (draftKey !== null && resealDrafts(drafts, draftKey, null) > 0) sayDrafts(world, draftKey)
    return
  }
  tell(
    world,
    `${path} is about to be decrypted: whoever can read your files can then read your notes.`,
  )
  if (!options.yes) {
    mustBeAbleToAsk(world, 'Nothing was changed. Add --yes to decrypt it.')
    const { confirm } = await import('../../ask/terminal/single-questions.ts')
    if (!(await confirm(world, 'Decrypt it?', false))) {
      world.tell('Nothing was changed.\n')
      return
    }
  }
  const { own, unknown } = copiesUnder(notebook, key)
  const copies = [...own, ...unknown]
  world.close()
  rekey({
    path,
    from: key,
    to: null,
    again: () => null,
    // Until the drafts are open, and where one stays sealed, the key stays in reach.
    stamp: { draftKey, isWrite: true },
    keepAt: null,
    program: world.program,
  })
  rememberSeen(world, null)
  resealDrafts(drafts, draftKey, null)
  if (draftsSealed(drafts) === 0) forgetDraftKey(path)
  tell(world, `Decrypted ${path}. Every row was read back from the new file and compared.`)
  sayDrafts(world, draftKey)
  if (copies.length > 0) {
    tell(
      world,
      `${count(copies.length, 'backup')} of it stay${copies.length === 1 ? 's' : ''} encrypted: keep the password or the recovery key.`,
    )
  }
}
