import { draftFilesIn } from '../../drafts/sealed-drafts.ts'
import { count } from '../../text/text.ts'
import type { Key } from '../file/connect.ts'
import { storeAt } from '../encryption/draft-key.ts'
import { type Finding, finding } from './findings.ts'
import type { Look } from '../file/probe.ts'

/** What lies in the folder of drafts and is not as it should be beside the notebook. */
export function aboutDrafts(
  folder: string,
  look: Look | null,
  key: Key | null,
): readonly Finding[] {
  if (look === null) return []
  const isReadable = look.state === 'notebook'
  const store = isReadable ? storeAt(look.path, look.isEncrypted ? key : null) : null
  const files = draftFilesIn(folder, store?.draftKey ?? null)
  const lie = ({ length }: readonly string[]) => `${length === 1 ? 'lies' : 'lie'} in ${folder}`
  return [
    ...(look.isEncrypted && files.open.length > 0
      ? [
          finding(
            'trouble',
            'drafts-open',
            `The notebook is encrypted, and ${count(files.open.length, 'text')} that you typed and did not save ${lie(files.open)}, not encrypted.`,
            'To encrypt what was typed: coach encrypt',
          ),
        ]
      : []),
    ...(look.isEncrypted && files.editors.length > 0
      ? [
          finding(
            'trouble',
            'editor-files',
            `The notebook is encrypted, and ${count(files.editors.length, 'file')} of your editor ${lie(files.editors)}, not encrypted.`,
            'Close the editor, then save the text or throw it away: coach note --unsaved',
          ),
        ]
      : []),
    ...(store !== null && files.closed.length > 0
      ? [
          finding(
            'trouble',
            'drafts-closed',
            `${count(files.closed.length, 'text')} that you typed and did not save ${lie(files.closed)}, sealed with another key than that of the notebook.`,
            'The notebook of that time opens them: coach backup --list',
          ),
        ]
      : []),
    ...(files.unfinished.length > 0
      ? [
          finding(
            'remark',
            'drafts-unfinished',
            `${count(files.unfinished.length, 'file')} of a text that was not written to the end ${lie(files.unfinished)}.`,
            'If no coach is running, this takes care of it: coach note --unsaved',
          ),
        ]
      : []),
    ...(files.others.length > 0
      ? [
          finding(
            'remark',
            'drafts-strange',
            `${count(files.others.length, 'file')} that ${files.others.length === 1 ? 'is' : 'are'} not of coach ${lie(files.others)}.`,
            'coach leaves what is not its own as it is.',
          ),
        ]
      : []),
  ]
}
