import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  lstatSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgsStringToArgv } from 'string-argv'
import type { World } from '../../world.ts'

/** The text as the editor left it, or why the one before stays. */
export type Edited = { readonly text: string } | { readonly problem: string }

/** The largest text that is taken back from an editor, in bytes. */
const MAX_BYTES = 1_000_000

/**
 * Lets the user's own editor change a text. No shell is involved; the text goes through a file in our own
 * folder that its owner alone can read. Whatever goes wrong, the text before is kept by the caller.
 */
export async function editOutside(world: World, text: string): Promise<Edited> {
  const command = world.env['VISUAL'] || world.env['EDITOR'] || ''
  const [program, ...args] = parseArgsStringToArgv(command)
  if (program === undefined) {
    return { problem: 'No editor is set. Set EDITOR to the one you use; until then, write here.' }
  }
  const path = join(world.places.drafts, `note-${randomUUID()}.md`)
  try {
    mkdirSync(world.places.drafts, { recursive: true, mode: 0o700 })
    const file = openSync(path, 'wx', 0o600)
    writeFileSync(file, text === '' ? '' : `${text}\n`)
    closeSync(file)
  } catch {
    return { problem: `No draft could be written to ${world.places.drafts}. Go on writing here.` }
  }
  const failure = await runEditor(program, [...privacyFlags(program), ...args, path])
  if (failure !== null) {
    const left = readBack(path)
    const isChanged = 'text' in left && left.text !== text
    if ('text' in left && !isChanged) unlinkSync(path)
    const where = isChanged ? ` What it left is in ${path}.` : ''
    return { problem: `${failure} Your text is as it was.${where}` }
  }
  const read = readBack(path)
  if ('text' in read) unlinkSync(path)
  return read
}

/** Flags that keep an editor from leaving copies of a note elsewhere. */
function privacyFlags(program: string): readonly string[] {
  return /^(n?vim?|view)$/.test(basename(program)) ? ['-n', '-i', 'NONE', '+set noundofile'] : []
}

/** Why the editor failed, or null. */
async function runEditor(program: string, args: readonly string[]): Promise<string | null> {
  return await new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', shell: false })
    child.on('error', () => resolve(`The editor “${program}” could not be started.`))
    child.on('exit', (code, signal) => {
      if (signal !== null) resolve('The editor was ended from outside.')
      else resolve(code === 0 ? null : `The editor ended with an error (${code}).`)
    })
  })
}

/** Valid UTF-8 comes back exactly, but for a byte-order mark, CRLF, and the line end behind the last line. */
function readBack(path: string): Edited {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) return { problem: 'The editor left no text behind. Your text is as it was.' }
  const where = `It is in ${path}. Your text is as it was.`
  if (!found.isFile() || found.size > MAX_BYTES) {
    return { problem: `What the editor left is no text of up to 1 MB. ${where}` }
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
    return { text: text.replace(/\r\n/g, '\n').replace(/\n$/, '') }
  } catch {
    return { problem: `What the editor left is not text in UTF-8. ${where}` }
  }
}
