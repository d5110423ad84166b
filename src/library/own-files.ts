import { lstatSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { namesIn } from '../files/names-in.ts'
import type { OwnFile } from '../notebook/exchange/dump.ts'
import { count, sayList, safe } from '../text/text.ts'
import type { World } from '../world.ts'

/** What a file of one's own is. */
export type OwnKind = 'bank' | 'guide' | 'config'

const FOLDERS = [
  ['question-banks', 'bank'],
  ['guides', 'guide'],
] as const
const CONFIG = 'config.yaml'

/** The largest file that goes along, as `yaml.ts` has it, whose library is not loaded for this. */
const MOST_BYTES = 256 * 1024
/** The most files, and the most of all together, that go along. */
const MOST_FILES = 200
const MOST_IN_ALL = 8 * 1024 * 1024

/** Names that Windows keeps for devices, whatever follows the first dot. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i
/** A plain name: letters, digits, blanks, dots and dashes, none of which can lead out of a folder or hide a file. */
const PLAIN = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} ._-]{0,80}[\p{L}\p{M}\p{N}_-])?\.yaml$/u

/** What a file is by its place, as an export names it (`guides/ours.yaml`); null where none of ours can stand there. */
export function kindOfOwn(path: string): OwnKind | null {
  if (path === CONFIG) return 'config'
  const [folder = '', name = '', ...more] = path.split('/')
  const kind = FOLDERS.find(([one]) => one === folder)?.[1]
  const isPlain = more.length === 0 && PLAIN.test(name) && !RESERVED.test(name)
  return kind !== undefined && isPlain ? kind : null
}

/** The banks, guides and settings in the home of a user, by their places in it. */
function namesOfOwn({ places }: World): readonly string[] {
  const inFolders = FOLDERS.flatMap(([folder]) =>
    namesIn(join(places.config, folder))
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => `${folder}/${name}`),
  )
  return [...inFolders, ...(namesIn(places.config).includes(CONFIG) ? [CONFIG] : [])]
}

/** `2 question banks, 1 guide and config.yaml` */
export function sayOwn(paths: readonly string[]): string {
  const many = (folder: string) => paths.filter((path) => path.startsWith(`${folder}/`)).length
  const [banks, guides] = [many('question-banks'), many('guides')]
  return sayList([
    ...(banks > 0 ? [count(banks, 'question bank')] : []),
    ...(guides > 0 ? [count(guides, 'guide')] : []),
    ...(paths.includes(CONFIG) ? [CONFIG] : []),
  ])
}

/** One line about what no backup holds, and where that is; nothing where there is none of it. */
export function tellWhereOwn(world: World): void {
  const names = namesOfOwn(world)
  if (names.length === 0) return
  world.tell(
    `Backups do not hold your own files: ${sayOwn(names)} in ${safe(world.places.config)}\n`,
  )
}

/** A file that does not go along, and why. */
interface LeftOut {
  readonly path: string
  readonly why: string
}

/** The files of one's own as texts. Links are not followed: what stands elsewhere may be anything. */
export function readOwnFiles(world: World): {
  readonly files: readonly OwnFile[]
  readonly leftOut: readonly LeftOut[]
} {
  const files: OwnFile[] = []
  const leftOut: LeftOut[] = []
  let room = MOST_IN_ALL
  for (const path of namesOfOwn(world)) {
    const read = kindOfOwn(path) === null ? NO_NAME : readOwnFile(world.places.config, path)
    const size = 'text' in read ? Buffer.byteLength(read.text) : 0
    if ('why' in read) leftOut.push({ path, why: read.why })
    else if (files.length === MOST_FILES || size > room)
      leftOut.push({ path, why: 'is one too many' })
    else {
      files.push({ path, text: read.text })
      room -= size
    }
  }
  return { files, leftOut }
}

const NO_NAME = { why: 'has a name that does not go along; give it a plain one that ends in .yaml' }

function readOwnFile(
  folder: string,
  path: string,
): { readonly text: string } | { readonly why: string } {
  try {
    const place = join(realpathSync(folder), ...path.split('/'))
    if (realpathSync(place) !== place) return { why: 'is a link; take along what it leads to' }
    const found = lstatSync(place)
    if (!found.isFile()) return { why: 'is not a file' }
    if (found.size > MOST_BYTES) return { why: 'is larger than 256 KiB, the most that is read' }
    return { text: decode(readFileSync(place)) }
  } catch (error) {
    const isBytes = error instanceof TypeError && !('syscall' in error)
    return { why: isBytes ? 'is not text in UTF-8' : 'cannot be read' }
  }
}

/** Bytes as text, with a mark of byte order if they have one. @throws TypeError where they are no UTF-8 */
export function decode(bytes: Buffer): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
}
