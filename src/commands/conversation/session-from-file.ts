import { openAnswers, readAnswers, refuseAnswers } from '../../ask/file/read-answers.ts'
import type { Guide } from '../../conversation/guide.ts'
import { notFound, usageError } from '../../errors.ts'
import { isUnfinished, type Pass, type Person, type Session } from '../../model.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import type { Library } from '../../questions/bank/build-library.ts'
import type { World } from '../../world.ts'
import type { Source } from '../../yaml/source.ts'
import { findSession, matchPerson } from '../lookup.ts'
import { readInput } from '../../ask/file/read-input.ts'
import { findGuide, guideOf, guideWith, loadLibrary } from '../../library/load-library.ts'
import { saveFromFile } from './save-from-file.ts'

/** Flags of `coach session` that matter for an answers file. */
export interface FileOptions {
  readonly answers: string
  readonly guide?: string | undefined
  readonly pass: Pass | null
  readonly session?: string | undefined
  /** Take days that have passed where one ahead is meant. */
  readonly past?: boolean | undefined
}

const NOTHING_SAVED = 'Nothing was saved.'

/**
 * `coach session --answers FILE`: the whole conversation from a file, by the same engine and checks as at the
 * prompt. A wrong file is refused whole, with every problem and its place.
 */
export async function sessionFromFile(
  world: World,
  name: string | undefined,
  options: FileOptions,
): Promise<void> {
  const { label, text } = await readInput(world, options.answers, NOTHING_SAVED)
  const { source, guide: inFile, person: inName } = openAnswers(label, text)
  const library = await loadLibrary(world)
  const notebook = await world.read()
  const people = notebook?.people.list() ?? []
  const named = options.guide ?? inFile
  if (inFile !== null && options.guide === undefined) mustKnow(library, source, inFile)
  const known = inName === null ? undefined : matchPerson(people, inName, 'words')?.person
  const expected = named
    ? findGuide(library, named)
    : guideWith(library, known?.relation ?? 'report', undefined)
  const { file } = readAnswers(source, expected)
  if (name !== undefined && file.person !== '') mustAgree(people, name, file.person)
  const person = file.person === '' ? undefined : matchPerson(people, file.person, 'words')?.person
  if (options.session !== undefined && !person) {
    throw notFound(`Session ${options.session} is not with ${file.person}.`, 'See: coach history')
  }
  const oneself = people.find(({ relation }) => relation === 'self')
  if (!person && oneself && expected.with === 'self') {
    throw usageError(
      `You are “${oneself.name}” in your notebook, and the file is about ${file.person}. Nothing was saved.`,
      `Write “person: ${oneself.name}” into the file.`,
    )
  }
  const session = notebook && person ? theSession(notebook, person, options.session) : null
  const guide = session
    ? guideFor(library, session, named)
    : guideWith(library, person?.relation ?? expected.with, named ?? expected.id)
  const { pass, past } = options
  await saveFromFile(world, { source, library, guide, session, pass, isPastTaken: past ?? false })
}

function mustKnow(library: Library, source: Source, guide: string): void {
  const ids = library.guides.map((one) => one.id).toSorted()
  if (ids.includes(guide)) return
  throw refuseAnswers([source.problemAt(['guide'], `guide: should be one of ${ids.join(', ')}`)])
}

/** `coach edit ID --answers FILE`: what the file says replaces what the session says. */
export async function editFromFile(
  world: World,
  session: Session,
  answers: string,
  isPastTaken: boolean,
): Promise<void> {
  const { label, text } = await readInput(world, answers, NOTHING_SAVED)
  const { source } = openAnswers(label, text)
  const library = await loadLibrary(world)
  const pass =
    session.status === 'preparing' || session.status === 'prepared' ? 'prepare' : 'record'
  const guide = guideOf(library, session)
  await saveFromFile(world, {
    source,
    library,
    guide,
    session,
    pass,
    isCorrection: true,
    isPastTaken,
  })
}

/** Stands for a person who is not there yet, so that names can be compared. */
const NOBODY: Person = {
  id: 0,
  uuid: '',
  name: '',
  relation: 'report',
  leadsOthers: false,
  role: null,
  cadenceDays: null,
  archivedAt: null,
  createdAt: '',
}

/** A name on the command line and one in the file must mean the same person. */
function mustAgree(people: readonly Person[], name: string, inFile: string): void {
  const written = matchPerson(people, inFile, 'words')?.person
  const said = written
    ? matchPerson(people, name)?.person.id === written.id
    : matchPerson([{ ...NOBODY, name: inFile }], name) !== undefined
  if (said) return
  throw usageError(
    `The command names “${name}”, and the file “${inFile}”. Nothing was saved.`,
    'Leave the name out of the command, or correct “person” in the file.',
  )
}

/** The person's only unfinished session, the one named, or none. */
function theSession(notebook: Notebook, person: Person, id: string | undefined): Session | null {
  if (id !== undefined) {
    const session = findSession(notebook, id)
    if (session.personId !== person.id) {
      throw notFound(`Session ${session.id} is not with ${person.name}.`, 'See: coach history')
    }
    if (isUnfinished(session.status)) return session
    throw usageError(
      `Session ${session.id} is finished. Nothing was saved.`,
      `To correct it: coach edit ${session.id} --answers FILE`,
    )
  }
  const unfinished = notebook.sessions.unfinished(person.id)
  if (unfinished.length > 1) {
    const ids = unfinished.map((session) => session.id).join(', ')
    throw usageError(
      `There are ${unfinished.length} unfinished sessions with ${person.name}: ${ids}.`,
      'Name one with --session ID.',
    )
  }
  return unfinished[0] ?? null
}

function guideFor(library: Library, session: Session, named: string | null): Guide {
  if (named === null || named === session.guide) return guideOf(library, session)
  throw usageError(
    `Session ${session.id} is unfinished and has the guide “${session.guide}”, not “${named}”. Nothing was saved.`,
    `Finish it, or remove it with: coach delete session ${session.id}`,
  )
}
