import { lstatSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CoachError, EXIT, type ExitCode } from '../../errors.ts'
import { makeFolder, writeExport } from '../../files/write-export.ts'
import { checkLayers } from '../../library/read-layers.ts'
import type { OwnFile } from '../../notebook/exchange/dump.ts'
import { sayProblem } from '../../text/file-problem.ts'
import type { ReadFile } from '../../questions/bank/layer.ts'
import { buildLibrary } from '../../questions/bank/build-library.ts'
import { readFile } from '../../questions/bank/read-layer-file.ts'
import { sayList, quote } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { changedMeanwhile, keepCopy, type Offer } from './offer-files.ts'
import { offerConfig } from './import-config.ts'
import { decode, kindOfOwn } from '../../library/own-files.ts'
import { insist, tell } from '../../output/print.ts'

/** How a document is named, whether its files are taken without a question, and the command that does so. */
export interface FilesRequest {
  readonly label: string
  readonly isAgreed: boolean
  readonly again: string
}

/** The most that is told of what is wrong with one file. */
const MOST_PROBLEMS = 5

/**
 * Offers the files of a document one by one, after its notebook was taken in. Each is checked as if it stood in its place, and nothing
 * is replaced without a copy. Without a terminal they are only listed, unless that was agreed to.
 */
export async function takeFiles(
  world: World,
  files: readonly OwnFile[],
  request: FilesRequest,
): Promise<ExitCode> {
  let refused = 0
  const waiting: string[] = []
  const seen = new Set<string>()
  const refuse = (problems: readonly string[]) => {
    refused++
    insist(
      world,
      problems.slice(0, MOST_PROBLEMS),
      (lines) => `${lines.join('\n')}\nIt was not taken.\n`,
    )
  }
  const take = async (file: OwnFile, isTwice: boolean) => {
    const offered = isTwice
      ? [`${request.label} holds ${quote(file.path)} twice.`]
      : await offerOf(world, file, request.label)
    if (offered === null) return
    if (!('take' in offered)) refuse(offered)
    else if (!request.isAgreed && !world.canAsk()) waiting.push(offered.path)
    else if (request.isAgreed || (await agreed(world, offered))) {
      sayTaken(world, offered.path, offered.take())
    }
  }
  for (const file of files) {
    const name = file.path.normalize('NFC').toLowerCase()
    try {
      await take(file, seen.has(name))
    } catch (error) {
      // What stands in the way of one file is none of the others' business; a full disk is.
      if (!(error instanceof CoachError) || error.exitCode !== EXIT.usage) throw error
      refuse([error.message])
    }
    seen.add(name)
  }
  if (waiting.length > 0) {
    tell(
      world,
      `Not imported, because coach could not ask you: ${sayList(waiting)}. To take them too:`,
    )
    tell(world, request.again, (line) => `  ${line}\n`)
  }
  return request.isAgreed && refused > 0 ? EXIT.usage : EXIT.ok
}

async function agreed(world: World, { question }: Offer): Promise<boolean> {
  const { confirm } = await import('../../ask/terminal/single-questions.ts')
  return await confirm(world, question, false)
}

function sayTaken(world: World, path: string, before: string | null): void {
  tell(world, { path, before }, (said) =>
    said.before === null
      ? `Took ${said.path}\n`
      : `Took ${said.path}; yours is kept as:\n${said.before}\n`,
  )
}

/** @returns what can be taken; null where it is here already; or why it is refused, line by line */
async function offerOf(
  world: World,
  { path, text }: OwnFile,
  label: string,
): Promise<Offer | readonly string[] | null> {
  const kind = kindOfOwn(path)
  if (kind === null) return [`${label} holds ${quote(path)}, which is not a file that coach uses.`]
  if (!text.isWellFormed()) return [`${label}: ${path} is not text.`]
  const read = readFile({ kind, path: `${label}: ${path}`, text })
  if (read.kind === 'broken') return read.problems.map(sayProblem)
  if (read.kind === 'config') return offerConfig(world, text, read.value)
  const target = join(world.places.config, ...path.split('/'))
  const mine = ownAt(target)
  if (mine === undefined) return [`${target} is a link, or no file that can be read.`]
  if (mine === text) return null
  const clashes = await clashesOf(world, { ...read, path: target })
  if (clashes.length > 0) return clashes
  return {
    path,
    question:
      mine === null
        ? `Take your own ${path} from the file?`
        : `Replace your ${path} by the one in the file? (yours is kept as a copy)`,
    take() {
      // The question may have been open for a while, and an editor too.
      if (ownAt(target) !== mine) throw changedMeanwhile(target)
      makeFolder(dirname(target))
      const before = mine === null ? null : keepCopy(world, target, mine)
      writeExport(target, text, mine !== null)
      return before
    },
  }
}

/** The text at a place; null where nothing stands there, undefined where it is no text of a plain file. */
function ownAt(path: string): string | null | undefined {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (!found) return null
    return found.isFile() ? decode(readFileSync(path)) : undefined
  } catch {
    return undefined
  }
}

/** What would be wrong with the banks and guides of the home that is not wrong now, such as an id that two files hold. */
async function clashesOf(world: World, file: ReadFile): Promise<readonly string[]> {
  const layers = await checkLayers(world.layers())
  const before = new Set(buildLibrary(layers).problems.map(sayProblem))
  const after = layers.map((layer) =>
    layer.isShipped
      ? layer
      : { ...layer, files: [...layer.files.filter(({ path }) => path !== file.path), file] },
  )
  return buildLibrary(after)
    .problems.map(sayProblem)
    .filter((problem) => !before.has(problem))
}
