import { notFound, usageError } from '../../errors.ts'
import type { Dossier } from '../../export/personal-data.ts'
import { EXPORTERS, type Format } from '../../export/formats.ts'
import type { Text } from '../../files/write-export.ts'
import type { Person, Session } from '../../model.ts'
import { MOST_IMPORTED } from '../../notebook/schema/bounds.ts'
import type { OwnFile } from '../../notebook/exchange/dump.ts'
import type { Exchange } from '../../notebook/exchange/exchange.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import { titlesOf } from '../../render/conversation/session.ts'
import { count, escapeHarmful, safeDeep } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { dossierOf } from './personal-data.ts'
import {
  type BookSource,
  itemsOf,
  personBook,
  personPart,
  sessionBook,
  wholeBook,
} from './export-pages.ts'
import { calendarOf } from './export-calendar.ts'
import { loadLibrary } from '../../library/load-library.ts'
import { readOwnFiles, sayOwn } from '../../library/own-files.ts'
import { insist, tell } from '../../output/print.ts'

/** What a format makes of what can be exported. */
export interface Texts {
  all(notebook: Notebook | null): Text
  person(notebook: Notebook, person: Person): Text
  session(notebook: Notebook, person: Person, session: Session): Text
}

type Make = (world: World, isShared: boolean, notebook: Notebook | null) => Promise<Texts>

/** The formats of `coach export`. */
export const TEXTS = {
  md: async (world, isShared) => await bookTexts(world, isShared, 'md'),
  html: async (world, isShared) => await bookTexts(world, isShared, 'html'),
  async csv(_world, isShared) {
    const toText = await EXPORTERS.csv()
    const items = (notebook: Notebook, person: Person) =>
      safeDeep(itemsOf({ isShared }, notebook, person))
    return {
      all: (notebook) => toText(ofEverybody(notebook, items).flat()),
      person: (...which) => toText(items(...which)),
      session: (notebook, person, session) => {
        const touched = new Set(notebook.actions.touchedBy(session.id).map(({ id }) => id))
        return toText(items(notebook, person).filter(({ id }) => touched.has(id)))
      },
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
  async json(world, isShared, notebook) {
    if (isShared) {
      throw usageError(
        'JSON holds private lines too, so that it can be imported again.',
        'Share --format md or --format html instead.',
      )
    }
    const exchange = await notebook?.exchange()
    const dumped = (...parts: Parameters<Exchange['dump']>) => {
      if (!exchange) {
        throw notFound('There is no notebook yet, so there is nothing to take elsewhere.')
      }
      const { pieces, damaged } = exchange.dump(...parts)
      if (damaged.length > 0) {
        tell(
          world,
          `${count(damaged.length, 'text')} of it changed since it was saved, as on a damaged disk. Coach will not import it like that; keep your backups.`,
        )
      }
      const bytes = pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0)
      if (bytes > MOST_IMPORTED.bytes) insist(world, bytes, sayTooLarge)
      return pieces
    }
    return {
      all: () => dumped({ holds: 'everything' }, exchange ? ownFiles(world) : []),
      person: (_notebook, { id }) => dumped({ holds: 'person', id }),
      session: (_notebook, _person, { id }) => dumped({ holds: 'session', id }),
    }
  },
} as const satisfies Record<Format, Make>

/** Said at the export, while the notebook is still there: it would be too late at the import. */
function sayTooLarge(bytes: number): string {
  const size = Math.ceil(bytes / 1024 / 1024)
  return [
    `This export has ${size} MB, and coach import reads at most 256 MB, so it cannot be imported in one piece.`,
    'Your notebook is as it was. To keep a copy of all of it: coach backup',
    'To take it elsewhere, export one person at a time: coach export person NAME --format json -o FILE',
    '',
  ].join('\n')
}

/** The files of one's own that go along, and a word about them. */
function ownFiles(world: World): readonly OwnFile[] {
  const { files, leftOut } = readOwnFiles(world)
  insist(world, leftOut, (all) =>
    all.map(({ path, why }) => `Left out: ${path} ${why}.\n`).join(''),
  )
  if (files.length > 0) tell(world, `With ${sayOwn(files.map(({ path }) => path))} of your own.`)
  return files
}

async function bookTexts(world: World, isShared: boolean, format: 'md' | 'html'): Promise<Texts> {
  const source: BookSource = { world, library: await loadLibrary(world), isShared }
  const toText = await EXPORTERS[format]()
  return {
    all: (notebook) => {
      const parts = ofEverybody(notebook, (...which) => personPart(source, ...which))
      return toText(safeDeep(wholeBook(source, parts)))
    },
    person: (...which) => toText(safeDeep(personBook(source, ...which))),
    session: (...which) => toText(safeDeep(sessionBook(source, ...which))),
  }
}

/** Everything about one person, as it is handed over on request. @throws CoachError (2) for a format that it has not */
export async function everythingText(
  world: World,
  notebook: Notebook,
  person: Person,
  format: Format,
): Promise<Text> {
  if (format === 'csv' || format === 'ics') {
    throw usageError(
      'Everything about a person is no table and no calendar.',
      'As in: coach export person ana --everything --format html',
    )
  }
  const dossier: Dossier = safeDeep(dossierOf(world, notebook, person, await notebook.exchange()))
  if (format === 'json') return `${escapeHarmful(JSON.stringify(dossier, null, 2))}\n`
  const { vocabulary, guides } = await loadLibrary(world)
  const { frontOfEverything, treeOfEverything } = await import('../../export/personal-data-page.ts')
  const page = [
    frontOfEverything(dossier),
    treeOfEverything(dossier, titlesOf(vocabulary, guides)),
  ] as const
  return format === 'html'
    ? (await import('../../export/html.ts')).htmlOf(...page)
    : (await import('../../export/markdown.ts')).markdownOf(...page)
}

/** What is made of each person of a notebook. */
export function ofEverybody<T>(
  notebook: Notebook | null,
  make: (notebook: Notebook, person: Person) => T,
): readonly T[] {
  return notebook?.people.list().map((person) => make(notebook, person)) ?? []
}
