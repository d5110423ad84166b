import { notFound } from '../errors.ts'
import { exchange } from '../notebook/exchange.ts'
import { copiesUnder } from '../notebook/copies.ts'
import { count } from '../text.ts'
import type { World } from '../world.ts'
import { draftsIn } from './encrypt.ts'
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
  const copies = copiesUnder(path, key)
  world.close()
  exchange({
    path,
    from: key,
    to: null,
    again: () => null,
    // Texts that are being typed are sealed with it; without it they could not be read again.
    stamp: { draftKey: draftsIn(world.places.drafts) > 0 ? draftKey : null, isWrite: true },
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
