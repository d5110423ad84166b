import { type DraftFiles, draftFilesIn } from '../../drafts/list-draft-files.ts'
import { count } from '../../text/text.ts'
import type { Key } from '../file/connect.ts'
import { storeAt } from '../encryption/draft-key.ts'
import { type Finding, finding, when } from './finding.ts'
import type { ProbedFile } from '../file/probe.ts'

/** What lies in the folder of drafts and is not as it should be beside the notebook. */
export function aboutDrafts(
  folder: string,
  look: ProbedFile | null,
  key: Key | null,
): readonly Finding[] {
  if (look === null) return []
  const isReadable = look.state === 'notebook'
  const store = isReadable ? storeAt(look.path, look.isEncrypted ? key : null) : null
  const files = draftFilesIn(folder, store?.draftKey ?? null)
  return [
    ...(look.isEncrypted ? aboutOpenTexts(folder, files) : []),
    ...when(store !== null && files.closed.length > 0, () =>
      finding(
        'trouble',
        'drafts-closed',
        `${count(files.closed.length, 'text')} that you typed and did not save ${lie(files.closed, folder)}, sealed with another key than that of the notebook.`,
        'The notebook of that time opens them: coach backup --list',
      ),
    ),
    ...when(files.unfinished.length > 0, () =>
      finding(
        'remark',
        'drafts-unfinished',
        `${count(files.unfinished.length, 'file')} of a text that was not written to the end ${lie(files.unfinished, folder)}.`,
        'If no coach is running, this takes care of it: coach note --unsaved',
      ),
    ),
    ...when(files.others.length > 0, () =>
      finding(
        'remark',
        'drafts-strange',
        `${count(files.others.length, 'file')} that ${files.others.length === 1 ? 'is' : 'are'} not of coach ${lie(files.others, folder)}.`,
        'coach leaves what is not its own as it is.',
      ),
    ),
  ]
}

/** What can be read beside a notebook that cannot. */
function aboutOpenTexts(folder: string, { open, editors }: DraftFiles): readonly Finding[] {
  return [
    ...when(open.length > 0, () =>
      finding(
        'trouble',
        'drafts-open',
        `The notebook is encrypted, and ${count(open.length, 'text')} that you typed and did not save ${lie(open, folder)}, not encrypted.`,
        'To encrypt what was typed: coach encrypt',
      ),
    ),
    ...when(editors.length > 0, () =>
      finding(
        'trouble',
        'editor-files',
        `The notebook is encrypted, and ${count(editors.length, 'file')} of your editor ${lie(editors, folder)}, not encrypted.`,
        'Close the editor, then save the text or throw it away: coach note --unsaved',
      ),
    ),
  ]
}

function lie({ length }: readonly string[], folder: string): string {
  return `${length === 1 ? 'lies' : 'lie'} in ${folder}`
}
