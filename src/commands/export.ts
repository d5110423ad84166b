import { join, resolve } from 'node:path'
import { buildRecord } from '../conversation/record.ts'
import { notFound, usageError } from '../errors.ts'
import type { ExportBook, ExportPerson } from '../export/book.ts'
import { fileNameFor, isFolder, makeFolder, writeExport } from '../export/files.ts'
import type { ActionItem, Person, Session } from '../model.ts'
import type { Notebook } from '../notebook/notebook.ts'
import type { Library } from '../questions/library.ts'
import { type SessionPage, titlesOf } from '../render/session.ts'
import { count, safe, safeDeep } from '../text.ts'
import type { World } from '../world.ts'
import { findPerson, findSession } from './find.ts'
import { loadLibrary } from './library.ts'
import { maskFor } from './mask.ts'
import { EXPORTERS, type Format } from '../export/exporters.ts'

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
  const source = { world, library: await loadLibrary(world), isShared: options.shared ?? false }
  if (what === 'all') {
    if (which !== undefined)
      throw usageError('“export all” takes no name.', 'As in: coach export all')
    writeAll(source, notebook, options)
    return
  }
  if (which === undefined) {
    throw usageError(
      `Which ${what}?`,
      `As in: coach export ${what} ${what === 'person' ? 'ana' : '3'}`,
    )
  }
  const book =
    what === 'session'
      ? sessionBook(source, notebook, findSession(notebook, which))
      : personBook(source, notebook, findPerson(notebook, which).person)
  const name = book.session
    ? fileNameFor(`session-${book.session.session.id}`, book.session.person.name, 'md')
    : fileNameFor(String(book.people[0]?.person.id ?? ''), book.person ?? 'person', 'md')
  deliver(world, book, name, options)
}

interface Source {
  readonly world: World
  readonly library: Library
  readonly isShared: boolean
}

function writeAll(source: Source, notebook: Notebook | null, options: ExportOptions): void {
  const { world } = source
  const people = notebook?.people.list() ?? []
  if (options.output === undefined || !isFolder(world.cwd, options.output)) {
    const all = people.map((person) => personPart(source, notebook, person))
    deliver(world, bookOf(source, 'notebook', all), 'coach.md', options)
    return
  }
  const folder = resolve(world.cwd, options.output)
  makeFolder(folder)
  for (const person of people) {
    const book = personBook(source, notebook, person)
    const file = join(folder, fileNameFor(String(person.id), person.name, 'md'))
    writeExport(file, render(book, options), options.force ?? false)
  }
  world.say(`Wrote ${count(people.length, 'file')} to ${safe(folder)}\n`)
}

function deliver(world: World, book: ExportBook, name: string, options: ExportOptions): void {
  const text = render(book, options)
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

function render(book: ExportBook, { format = 'md' }: ExportOptions): string {
  return EXPORTERS[format](safeDeep(book))
}

function sessionBook(source: Source, notebook: Notebook | null, session: Session): ExportBook {
  if (!notebook) throw notFound('There is no session yet.')
  if (source.isShared && session.status !== 'done') {
    throw usageError(
      `Session ${session.id} is not finished, so there is nothing of it to share yet.`,
      'Finish it first, or export it for yourself without --shared.',
    )
  }
  const page = pageOf(source, notebook, notebook.people.get(session.personId), session)
  const isShared = isOpenTo(source, page.person)
  return { ...bookOf(source, 'session', []), isShared, person: page.person.name, session: page }
}

function personBook(source: Source, notebook: Notebook | null, person: Person): ExportBook {
  const part = personPart(source, notebook, person)
  const isShared = isOpenTo(source, person)
  return { ...bookOf(source, 'person', [part]), isShared, person: person.name }
}

function personPart(source: Source, notebook: Notebook | null, person: Person): ExportPerson {
  const sessions = (notebook?.sessions.list(person.id) ?? [])
    .filter((session) => !isOpenTo(source, person) || session.status === 'done')
    .flatMap((session) => (notebook ? [pageOf(source, notebook, person, session)] : []))
  // What was agreed in a session that is not finished is not shared yet, like the rest of it.
  const isOpen = isOpenTo(source, person)
  const hidden = notebook?.actions.privateOf(person.id)
  const isKnown = ({ id, sessionId }: ActionItem) =>
    !isOpen ||
    (!hidden?.has(id) &&
      (sessionId === null || sessions.some(({ session }) => session.id === sessionId)))
  const all = notebook?.actions.list({ personId: person.id }).filter(isKnown) ?? []
  const items = notebook ? maskFor(notebook, person).items(all) : all
  return { person, items, sessions }
}

/** Whether private answers stay out: when that was asked for, and always with one's own coach. */
function isOpenTo(source: Source, person: Person): boolean {
  return source.isShared || person.relation === 'coach'
}

function bookOf(
  source: Source,
  what: ExportBook['what'],
  people: readonly ExportPerson[],
): ExportBook {
  const today = source.world.today()
  return { what, today, isShared: source.isShared, person: null, session: null, people }
}

/**
 * With `--shared`, private answers are left out here, before anything is made of them; of a conversation with one's own coach
 * they always are, and so are the names of the people one coaches.
 */
function pageOf(source: Source, notebook: Notebook, person: Person, session: Session): SessionPage {
  const { library } = source
  const isShared = isOpenTo(source, person)
  const all = notebook.answers.of(session.id)
  const isOwn = person.relation === 'self'
  const answers = isShared ? all.filter((answer) => answer.visibility === 'shared' && !isOwn) : all
  const guide = library.guides.find((one) => one.id === session.guide)
  const items = notebook.actions.touchedBy(session.id)
  const record = maskFor(notebook, person).record(buildRecord(answers, items, guide))
  return { session, person, record, titles: titlesOf(library.vocabulary, library.guides) }
}
