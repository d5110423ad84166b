import { join, resolve } from 'node:path'
import { usageError } from '../errors.ts'
import { EXPORTERS, type Format } from '../export/exporters.ts'
import { fileNameFor, isFolder, makeFolder, writeExport } from '../export/files.ts'
import type { Person, Session } from '../model.ts'
import type { Notebook } from '../notebook/notebook.ts'
import { count, safe, safeDeep } from '../text.ts'
import type { World } from '../world.ts'
import { type BookSource, personBook, personPart, sessionBook, wholeBook } from './export-book.ts'
import { calendarOf } from './export-calendar.ts'
import { findPerson, findSession } from './find.ts'
import { loadLibrary } from './library.ts'

export interface ExportOptions {
  readonly format?: Format
  readonly shared?: boolean
  readonly output?: string
  readonly force?: boolean
}

/** `coach export session ID`, `coach export person NAME`, `coach export all` */
export async function run(
  world: World,
  what: string,
  which: string | undefined,
  options: ExportOptions,
): Promise<void> {
  if (what !== 'session' && what !== 'person' && what !== 'all') {
    throw usageError(
      `“${what}” cannot be exported.`,
      'As in: coach export session 3, coach export person ana, coach export all',
    )
  }
  const notebook = await world.read()
  const { format = 'md', shared: isShared = false } = options
  const texts = await TEXTS[format](world, isShared)
  if (what === 'all') {
    if (which !== undefined)
      throw usageError('“export all” takes no name.', 'As in: coach export all')
    writeAll(world, notebook, texts, options)
    return
  }
  if (which === undefined) {
    throw usageError(
      `Which ${what}?`,
      `As in: coach export ${what} ${what === 'person' ? 'ana' : '3'}`,
    )
  }
  if (what === 'person') {
    const { person } = findPerson(notebook, which)
    if (notebook) deliver(world, texts.person(notebook, person), nameOf(person, format), options)
    return
  }
  const session = findSession(notebook, which)
  if (isShared && session.status !== 'done') {
    throw usageError(
      `Session ${session.id} is not finished, so there is nothing of it to share yet.`,
      'Finish it first, or export it for yourself without --shared.',
    )
  }
  if (!notebook) return
  const person = notebook.people.get(session.personId)
  const name = fileNameFor(`session-${session.id}`, person.name, format)
  deliver(world, texts.session(notebook, person, session), name, options)
}

/** What a format makes of what can be exported. */
interface Texts {
  all(notebook: Notebook | null): string
  person(notebook: Notebook, person: Person): string
  session(notebook: Notebook, person: Person, session: Session): string
}

const TEXTS = {
  async md(world, isShared) {
    const source: BookSource = { world, library: await loadLibrary(world), isShared }
    const toText = await EXPORTERS.md()
    return {
      all: (notebook) => {
        const parts = ofEverybody(notebook, (...which) => personPart(source, ...which))
        return toText(safeDeep(wholeBook(source, parts)))
      },
      person: (...which) => toText(safeDeep(personBook(source, ...which))),
      session: (...which) => toText(safeDeep(sessionBook(source, ...which))),
    }
  },
  async ics(_world, isShared) {
    const toText = await EXPORTERS.ics()
    return {
      all: (notebook) =>
        toText(ofEverybody(notebook, (...which) => calendarOf(isShared, ...which))),
      person: (...which) => toText([calendarOf(isShared, ...which)]),
      session: (...which) => toText([calendarOf(isShared, ...which)]),
    }
  },
} as const satisfies Record<Format, (world: World, isShared: boolean) => Promise<Texts>>

function ofEverybody<T>(
  notebook: Notebook | null,
  make: (notebook: Notebook, person: Person) => T,
): readonly T[] {
  return notebook?.people.list().map((person) => make(notebook, person)) ?? []
}

function writeAll(
  world: World,
  notebook: Notebook | null,
  texts: Texts,
  options: ExportOptions,
): void {
  const { format = 'md', output, force = false } = options
  if (output === undefined || !isFolder(world.cwd, output)) {
    deliver(world, texts.all(notebook), `coach.${format}`, options)
    return
  }
  const folder = resolve(world.cwd, output)
  makeFolder(folder)
  const written = ofEverybody(notebook, (book, person) =>
    writeExport(join(folder, nameOf(person, format)), texts.person(book, person), force),
  )
  world.say(`Wrote ${count(written.length, 'file')} to ${safe(folder)}\n`)
}

function nameOf(person: Person, format: Format): string {
  return fileNameFor(String(person.id), person.name, format)
}

function deliver(world: World, text: string, name: string, options: ExportOptions): void {
  if (options.output === undefined || options.output === '-') {
    world.print(text)
    return
  }
  const target = resolve(world.cwd, options.output)
  const path = isFolder(world.cwd, options.output) ? join(target, name) : target
  if (path !== target) makeFolder(target)
  writeExport(path, text, options.force ?? false)
  world.say(`Wrote ${safe(path)}\n`)
}
