import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { basename, dirname } from 'node:path'
import { parseArgsStringToArgv } from 'string-argv'
import { MAX_DRAFT_BYTES, readEdited } from '../../../drafts/draft-files.ts'
import { writeAll } from '../../../files/durable.ts'
import { findProgram, howToStart } from '../../../files/start-program.ts'
import type { World } from '../../../world.ts'

/** The text as the editor left it, or why the one before stays. `isOpen`: its window may still be there. */
export type Edited =
  | { readonly text: string }
  | { readonly problem: string; readonly isOpen?: true }

/**
 * Lets the user's own editor change a text. No shell is involved; the text goes through a file in our own
 * folder that its owner alone can read. Whatever goes wrong, the text before is kept by the caller.
 * @param path the file, which is made here; it ends in `.md`
 */
export async function editOutside(world: World, text: string, path: string): Promise<Edited> {
  const command = world.env['VISUAL'] || world.env['EDITOR'] || usualEditor(world)
  const [program, ...args] = parseArgsStringToArgv(command)
  if (program === undefined) {
    return { problem: 'No editor is set. Set EDITOR to the one you use; until then, write here.' }
  }
  const folder = dirname(path)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    rmSync(path, { force: true })
    const file = openSync(path, 'wx', 0o600)
    try {
      writeAll(file, Buffer.from(fileOf(text)))
    } finally {
      closeSync(file)
    }
  } catch {
    return { problem: `No draft could be written to ${folder}. Go on writing here.` }
  }
  const begun = world.now().getTime()
  const failure = await runEditor(world, program, [...privacyFlags(world, program), ...args, path])
  if (failure !== null) {
    const isLeft = !isSame(path, text) && lstatSync(path, { throwIfNoEntry: false }) !== undefined
    const where = isLeft ? ` What it left is in ${putAside(path)}.` : ''
    rmSync(path, { force: true })
    return { problem: `${failure} Your text is as it was.${where}` }
  }
  const isAtOnce = world.now().getTime() - begun < AT_ONCE
  if (isAtOnce && isSame(path, text)) return { problem: sayAtOnce(program), isOpen: true }
  return takeBack(path)
}

/** An editor that ends sooner than this, in ms, with nothing changed, has opened a window of its own. */
const AT_ONCE = 1000

function sayAtOnce(program: string): string {
  const name = basename(program)
  return `${name} came back at once. If its window is open: save there, then press Enter here. To make coach wait for it, set EDITOR to “${name} --wait”, or what your editor calls that.`
}

/** Whether a file is still as it was written for the editor. */
function isSame(path: string, text: string): boolean {
  const isFile = lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false
  return isFile && readFileSync(path).equals(Buffer.from(fileOf(text)))
}

function fileOf(text: string): string {
  return text === '' ? '' : `${text}\n`
}

/** Takes back what an editor wrote. The file goes, unless it holds what cannot be taken. */
export function takeBack(path: string): Edited {
  const read = readBack(path)
  if ('text' in read) rmSync(path, { force: true })
  return read
}

/** Gives what an editor left a name of its own, so that nothing writes over it. */
function putAside(path: string): string {
  const aside = path.replace(/\.md$/, `.left-${randomUUID().slice(0, 4)}.md`)
  renameSync(path, aside)
  return aside
}

/** What every system of that kind has for plain text. Elsewhere there is no such one: who has never met vi does not get out of it. */
function usualEditor({ platform }: World): string {
  return platform === 'win32' ? 'notepad.exe' : ''
}

/** Flags that keep vim from leaving copies of a note elsewhere. A `vi` that is no vim does not know them. */
function privacyFlags(world: World, program: string): readonly string[] {
  const isVim = /^(?:[gm]?vim?(?:\.\w+)?|nvim|view)$/.test(basename(program))
  return isVim && /vim/.test(realNameOf(world, program))
    ? ['-n', '-i', 'NONE', '+set noundofile']
    : []
}

/** What a command really is, links followed. */
function realNameOf(world: World, program: string): string {
  const found = findProgram(program, world)
  return found === null ? '' : basename(realpathSync(found))
}

/** Why the editor failed, or null. */
async function runEditor(
  world: World,
  program: string,
  args: readonly string[],
): Promise<string | null> {
  const start = howToStart(program, args, world)
  if ('problem' in start) return `The editor “${program}” ${start.problem}.`
  return await new Promise((resolve) => {
    const child = spawn(start.file, start.args, {
      stdio: 'inherit',
      shell: false,
      windowsVerbatimArguments: start.isVerbatim,
    })
    child.on('error', () => resolve(`The editor “${program}” could not be started.`))
    child.on('exit', (code, signal) => {
      if (signal !== null) resolve('The editor was ended from outside.')
      else resolve(code === 0 ? null : `The editor ended with an error (${code}).`)
    })
  })
}

/** What an editor left, or why it cannot be taken. */
function readBack(path: string): Edited {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) return { problem: 'The editor left no text behind. Your text is as it was.' }
  const refuse = (what: string) => ({
    problem: `What the editor left is ${what}. It is in ${putAside(path)}. Your text is as it was.`,
  })
  if (!found.isFile() || found.size > MAX_DRAFT_BYTES) return refuse('no text of up to 1 MB')
  try {
    return { text: readEdited(readFileSync(path)) }
  } catch {
    return refuse('not text in UTF-8')
  }
}
