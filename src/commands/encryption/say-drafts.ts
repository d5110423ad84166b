import { draftFilesIn } from '../../drafts/list-draft-files.ts'
import { saltOf } from '../../notebook/file/header.ts'
import { count } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { tell } from '../../output/print.ts'

/**
 * What lies in the folder of drafts and is not as it should be beside the notebook as it is now, a line for each kind; nothing where all
 * is well.
 */
export function sayDraftsBeside(world: World, draftKey: string | null): string {
  const { drafts: folder } = world.places
  const files = draftFilesIn(folder, draftKey)
  const isEncrypted = saltOf(world.notebookPath) !== null
  const line = (many: readonly string[], what: string, then: string) =>
    many.length === 0
      ? ''
      : `${count(many.length, what)} ${many.length === 1 ? 'lies' : 'lie'} in ${folder}, ${then}.\n`
  const plain = isEncrypted
    ? [
        line(files.open, 'text that was not saved', 'not encrypted. Run coach encrypt once more'),
        line(files.editors, 'file of your editor', 'not encrypted'),
        line(files.unfinished, 'file that is being written', 'perhaps not encrypted'),
        line(files.others, 'file that is not of coach', 'as it was'),
      ]
    : []
  const closed = line(
    files.closed,
    'text that was not saved',
    'sealed with another key than that of the notebook',
  )
  return [...plain, closed].join('')
}

/** Says it, where there is something to say. */
export function sayDrafts(world: World, draftKey: string | null): void {
  const said = sayDraftsBeside(world, draftKey)
  if (said !== '') tell(world, said.trimEnd())
}
