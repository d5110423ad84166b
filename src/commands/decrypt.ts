import { draftsSealed, resealDrafts } from '../drafts.ts'
import { notFound } from '../errors.ts'
import { rekey } from '../notebook/rekey.ts'
import { copiesUnder } from '../notebook/copies.ts'
import { count } from '../text.ts'
import type { World } from '../world.ts'
import { mustBeAbleToAsk } from './find.ts'
import { tell } from './present.ts'

/** `coach decrypt`: the notebook becomes a plain file again, after a warning and a yes. */
export async function decrypt(world: World, options: { readonly yes?: boolean }): Promise<void> {
  const notebook = await world.read()
  if (!notebook) {
    throw notFound('There is no notebook to decrypt.', 'See: coach config')
  }
  const { path, key, draftKey } = notebook
  if (key === null) {
    tell(world, `${path} is not encrypted. Nothing was changed.`)
    return
  }
  tell(
    world,
    `${path} is about to be decrypted: whoever can read your files can then read your notes.`,
  )
  if (!options.yes) {
    mustBeAbleToAsk(world, 'Nothing was changed. Add --yes to decrypt it.')
    const { confirm } = await import('../ask/terminal/small-questions.ts')
    if (!(await confirm(world, 'Decrypt it?', false))) {
      world.say('Nothing was changed.\n')
      return
    }
  }
  const { own, unknown } = copiesUnder(notebook, key)
  const copies = [...own, ...unknown]
  world.close()
  const { drafts } = world.places
  // Opened before the notebook is: ended in between, they can be read all the same.
  resealDrafts(drafts, draftKey, null)
  rekey({
    path,
    from: key,
    to: null,
    again: () => null,
    // Texts that another window is writing are still sealed with it; without it they could not be read again.
    stamp: { draftKey: draftsSealed(drafts) > 0 ? draftKey : null, isWrite: true },
    keepAt: null,
  })
  tell(world, `Decrypted ${path}. Every row was read back from the new file and compared.`)
  if (copies.length > 0) {
    tell(
      world,
      `${count(copies.length, 'backup')} of it stay${copies.length === 1 ? 's' : ''} encrypted: keep the password or the recovery key.`,
    )
  }
}
