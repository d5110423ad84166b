import { join } from 'node:path'
import { EXIT, type ExitCode, usageError } from '../../errors.ts'
import { typedPath, withHome } from '../../files/typed-path.ts'
import type { Format } from '../../export/formats.ts'
import { fileNameFor, meansFolder, makeFolder, writeExport } from '../../files/write-export.ts'
import type { Person } from '../../model.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import { count, safe } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { deliver } from './write-output.ts'
import { exportRaw } from './export-raw.ts'
import { everythingText, ofEverybody, TEXTS, type Texts } from './formats.ts'
import { findPerson, findSession } from '../lookup.ts'

/** Flags of `coach export`. */
export interface ExportOptions {
  readonly format?: Format
  readonly shared?: boolean
  readonly everything?: boolean
  readonly raw?: boolean
  readonly output?: string
  readonly force?: boolean
}

/** `coach export session ID`, `coach export person NAME`, `coach export all` */
export async function run(
  world: World,
  what: string,
  which: string | undefined,
  options: ExportOptions,
): Promise<ExitCode> {
  mustGoTogether(what, which, options)
  if (options.raw) return await exportRaw(world, options)
  const { format = 'md', shared = false, everything = false } = options
  const notebook = await world.read()
  if (everything && which !== undefined) await writeEverything(world, notebook, which, options)
  else {
    const texts = await TEXTS[format](world, shared, notebook)
    if (what === 'all') writeAll(world, notebook, texts, options)
    else if (which === undefined) {
      throw usageError(
        `Which ${what}?`,
        `As in: coach export ${what} ${what === 'person' ? 'ana' : '3'}`,
      )
    } else if (what === 'person') writePerson(world, notebook, which, texts, options)
    else writeSession(world, notebook, which, texts, options)
  }
  return EXIT.ok
}

/** @throws CoachError (2) where there is no such thing to export, or it does not go with a flag */
function mustGoTogether(what: string, which: string | undefined, options: ExportOptions): void {
  if (what !== 'session' && what !== 'person' && what !== 'all') {
    throw usageError(
      `“${what}” cannot be exported.`,
      'As in: coach export session 3, coach export person ana, coach export all',
    )
  }
  if (what === 'all' && which !== undefined) {
    throw usageError('“export all” takes no name.', 'As in: coach export all')
  }
  if (options.raw && what !== 'all') {
    throw usageError('With --raw goes everything.', 'As in: coach export all --raw -o notes.jsonl')
  }
  if (options.everything && what !== 'person') {
    throw usageError(
      'With --everything goes one person.',
      'As in: coach export person ana --everything',
    )
  }
}

async function writeEverything(
  world: World,
  notebook: Notebook | null,
  which: string,
  options: ExportOptions,
): Promise<void> {
  const { format = 'md' } = options
  const { person } = findPerson(notebook, which)
  if (!notebook) return
  const name = fileNameFor(`everything-${person.id}`, person.name, format)
  deliver(world, await everythingText(world, notebook, person, format), name, options)
}

function writePerson(
  world: World,
  notebook: Notebook | null,
  which: string,
  texts: Texts,
  options: ExportOptions,
): void {
  const { person } = findPerson(notebook, which)
  if (!notebook) return
  deliver(world, texts.person(notebook, person), nameOf(person, options.format ?? 'md'), options)
}

function writeSession(
  world: World,
  notebook: Notebook | null,
  which: string,
  texts: Texts,
  options: ExportOptions,
): void {
  const session = findSession(notebook, which)
  if (options.shared && session.status !== 'done') {
    throw usageError(
      `Session ${session.id} is not finished, so there is nothing of it to share yet.`,
      'Finish it first, or export it for yourself without --shared.',
    )
  }
  if (!notebook) return
  const person = notebook.people.get(session.personId)
  const name = fileNameFor(`session-${session.id}`, person.name, options.format ?? 'md')
  deliver(world, texts.session(notebook, person, session), name, options)
}

function writeAll(
  world: World,
  notebook: Notebook | null,
  texts: Texts,
  options: ExportOptions,
): void {
  const { format = 'md', output, force = false } = options
  // JSON of everything is one document: it holds what belongs to no person, too.
  if (
    format === 'json' ||
    output === undefined ||
    !meansFolder(world.cwd, withHome(output, world))
  ) {
    deliver(world, texts.all(notebook), `coach.${format}`, options)
    return
  }
  const folder = typedPath(world, output)
  makeFolder(folder)
  const written = ofEverybody(notebook, (book, person) =>
    writeExport(join(folder, nameOf(person, format)), texts.person(book, person), force),
  )
  world.tell(`Wrote ${count(written.length, 'file')} to ${safe(folder)}\n`)
}

function nameOf(person: Person, format: Format): string {
  return fileNameFor(String(person.id), person.name, format)
}
