import { dirname, delimiter } from 'node:path'
import type { Guide } from '../conversation/guide.ts'
import { notFound, usageError } from '../errors.ts'
import { mustBeTrusted } from '../files/trust.ts'
import { typedPath } from '../files/typed-path.ts'
import { checkLayers } from './read-layers.ts'
import { ASK_KINDS, type AskKind, type Relation, type Session } from '../model.ts'
import { type Problem, sayProblem } from '../text/file-problem.ts'
import type { ReadLayer } from '../questions/bank/layer.ts'
import { buildLibrary, type Library } from '../questions/bank/build-library.ts'
import { sayList, safe } from '../text/text.ts'
import type { World } from '../world.ts'

/** The guide that a session has when none is named, by what the person is to the manager. */
const DEFAULT_GUIDES = {
  report: 'ortp',
  self: 'self',
  coach: 'upward',
} as const satisfies Record<Relation, string>
export const DEFAULT_GUIDE = DEFAULT_GUIDES.report

/** The guide that was named, or the usual one with a person of this relation. */
export function guideWith(library: Library, relation: Relation, named: string | undefined): Guide {
  const guide = findGuide(library, named ?? DEFAULT_GUIDES[relation])
  if (guide.with === relation || guide.with === 'report') return guide
  throw usageError(
    `The guide “${guide.id}” is for a conversation with ${guide.with === 'self' ? 'yourself' : 'your own coach'}.`,
    guide.with === 'self' ? 'Hold it with: coach reflect' : 'Hold it with: coach upward NAME',
  )
}

/** All banks and guides. A file that is broken is said and left out: a session goes on without it. */
export async function loadLibrary(world: World): Promise<Library> {
  const library = buildLibrary(await loadLayers(world))
  for (const problem of library.problems) world.tell(`Left out: ${safe(sayProblem(problem))}\n`)
  if (library.questions.every((one) => one.language !== library.language)) {
    const { language } = library
    world.tell(`There is no question in the language “${safe(language)}”, so others stand in.\n`)
  }
  return library
}

/**
 * The layers in force, the later over the earlier: what ships, the user's home, and folders of banks. Those are named by
 * `--bank`, else by COACH_BANK, else by `banks` in the home's config.yaml.
 * @throws CoachError (2) when a folder named by a flag is not there
 */
export async function loadLayers(world: World): Promise<readonly ReadLayer[]> {
  const standing = await checkLayers(world.layers())
  const { bank: named } = world.settings
  const folders = named ?? banksInEnvironment(world)
  if (folders) {
    const more = distinct(world, folders).map(({ folder, path }) => {
      const layer = folder.trim() === '' ? null : world.layerAt(path)
      if (layer) return { ...layer, name: folder }
      throw usageError(
        `There is no folder ${folder}.`,
        named ? '--bank names a folder of banks.' : 'COACH_BANK names it; correct or unset it.',
      )
    })
    return [...standing, ...(await checkLayers(more))]
  }
  const { env, platform } = world
  const configs = standing.flatMap(({ files }) => files.filter((file) => file.kind === 'config'))
  for (const { path, value } of configs) {
    if (value.banks?.length) mustBeTrusted(path, 'banks', world)
  }
  const more = configs.flatMap(({ path: file, value, problemAt }) =>
    distinct({ env, platform, cwd: dirname(file) }, value.banks ?? []).map(
      async ({ folder, path, at }) => {
        const layer = world.layerAt(path)
        const missing = problemAt(['banks', at], 'there is no such folder')
        const [read] = layer ? await checkLayers([{ ...layer, name: folder }]) : []
        return read ?? brokenLayer(folder, missing)
      },
    ),
  )
  return [...standing, ...(await Promise.all(more))]
}

/** The folders that COACH_BANK names; undefined where it names none. */
export function banksInEnvironment(world: World): readonly string[] | undefined {
  const folders = (world.env['COACH_BANK'] ?? '').split(delimiter).filter(Boolean)
  return folders.length > 0 ? folders : undefined
}

/** Folders with their paths; the same folder named twice counts once. */
function distinct(from: Parameters<typeof typedPath>[0], folders: readonly string[]) {
  const all = folders.map((folder, at) => ({ folder, at, path: typedPath(from, folder) }))
  return all.filter(({ path }, at) => all.findIndex((one) => one.path === path) === at)
}

function brokenLayer(name: string, problem: Problem): ReadLayer {
  return {
    name,
    isShipped: false,
    place: name,
    files: [{ kind: 'broken', path: problem.file, problems: [problem] }],
  }
}

/** @throws CoachError (2) that names the guides there are */
export function findGuide(library: Library, id: string): Guide {
  const guide = library.guides.find((one) => one.id === id)
  if (guide) return guide
  const ids = library.guides.map((one) => one.id).toSorted()
  throw usageError(`There is no guide “${id}”.`, `There are ${sayList(ids)}.`)
}

/** The guide of a session that exists. @throws CoachError (3) when its file is gone */
export function guideOf(library: Library, session: Session): Guide {
  const guide = library.guides.find((one) => one.id === session.guide)
  if (guide) return guide
  throw notFound(
    `The guide “${session.guide}” of session ${session.id} is not there any more.`,
    `Put its file back into your guides folder. Until then: coach show ${session.id}`,
  )
}

/** What narrows a list of questions down. */
export interface QuestionFilter {
  readonly kind?: AskKind | undefined
  readonly stage?: string | undefined
  readonly area?: string | undefined
  readonly skill?: string | undefined
  readonly style?: string | undefined
  readonly from?: string | undefined
  readonly language?: string | undefined
}

/** What is asked for must be something that there is. */
export function checkTags(all: Library, filter: Omit<QuestionFilter, 'style'>): void {
  const check = (what: string, wanted: string | undefined, known: readonly string[]) => {
    if (wanted === undefined || known.includes(wanted)) return
    const article = what === 'area' ? 'an' : 'a'
    throw usageError(`“${wanted}” is not ${article} ${what}.`, `There are ${sayList(known)}.`)
  }
  const ids = (entries: readonly { readonly id: string }[]) => entries.map((one) => one.id)
  check('kind', filter.kind, ASK_KINDS)
  check('stage', filter.stage, ids(all.vocabulary.stages))
  check('area', filter.area, ids(all.vocabulary.areas))
  check('skill', filter.skill, ids(all.vocabulary.skills))
  check('bank', filter.from, [...new Set(ids(all.banks))])
}
