import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codeOf } from '../files/durable.ts'
import { isThere } from '../files/is-there.ts'
import { hashOfText } from '../text/hash.ts'
import { PACKAGE_ROOT } from '../package-root.ts'
import type { Layer, LayerFile, ReadFile, ReadLayer } from '../questions/bank/layer.ts'

/** The folder of the shipped banks and guides. */
export const SHIPPED = fileURLToPath(new URL('question-banks', PACKAGE_ROOT))

/** The largest file that is read at all; the YAML reader has a limit of its own, and says so. */
const MAX_BYTES = 1024 * 1024

/** Where the files of a layer stand, when not in the usual places below its folder. */
interface Places {
  readonly guides: string
  readonly config: string
}

/** What comes with the program. */
export function shippedLayer(): Layer {
  return { ...readLayer('shipped', SHIPPED), isShipped: true }
}

/** The files of one layer, in the order of their names. A folder that is not there is an empty layer. */
export function readLayer(name: string, folder: string, own?: Places): Layer {
  const config = own?.config ?? join(folder, 'config.yaml')
  return {
    name,
    isShipped: false,
    place: folder,
    files: [
      ...(mayBeThere(config) ? [readLayerFile('config', config)] : []),
      ...readFolder('bank', folder).filter(({ path }) => path !== config),
      ...readFolder('guide', own?.guides ?? join(folder, 'guides')),
    ],
  }
}

/** Whether there is a folder at a place. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** Whether something may stand at a place: in a folder that may not be looked into there may be anything. */
export function mayBeThere(path: string): boolean {
  try {
    return isThere(path)
  } catch (error) {
    return codeOf(error) === 'EACCES'
  }
}

function readFolder(kind: LayerFile['kind'], folder: string): readonly LayerFile[] {
  const broken = (path: string, problem: string) => ({ kind, path, text: null, problem }) as const
  try {
    return readdirSync(folder)
      .filter((file) => /\.ya?ml$/.test(file))
      .toSorted()
      .map((file) => {
        const path = join(folder, file)
        return file.endsWith('.yml')
          ? broken(path, 'is not read: the name of a bank or guide ends in .yaml')
          : readLayerFile(kind, path)
      })
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') return []
    const why = code === 'ENOTDIR' ? 'is a file, where a folder should be' : 'cannot be read'
    return [broken(folder, why)]
  }
}

/** One file of a layer, or why it could not be read. */
export function readLayerFile(kind: LayerFile['kind'], path: string): LayerFile {
  const broken = (problem: string) => ({ kind, path, text: null, problem }) as const
  try {
    const found = statSync(path)
    if (!found.isFile()) return broken('is not a file')
    if (found.size > MAX_BYTES) return broken('is larger than 256 KiB, the most that is read')
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
    return { kind, path, text }
  } catch (error) {
    return broken(
      error instanceof TypeError && !('syscall' in error)
        ? 'is not text in UTF-8'
        : 'cannot be read',
    )
  }
}

/** What is known of the shipped files, by the hash of their text: they are checked once, when the program is built. */
type Known = Readonly<Record<string, unknown>>
const KNOWN = new URL('./shipped.json', import.meta.url)

/** Reads and checks the files of layers. The YAML reader is loaded only for a text that is not known yet. */
export async function checkLayers(layers: readonly Layer[]): Promise<readonly ReadLayer[]> {
  const known: Known = existsSync(KNOWN) ? JSON.parse(readFileSync(KNOWN, 'utf8')) : {}
  const check = async (file: LayerFile): Promise<ReadFile> => {
    const value = file.text === null ? undefined : known[hashOfText(file.text)]
    if (value !== undefined) return knownFile(file, value)
    const { readFile } = await import('../questions/bank/read-layer-file.ts')
    return readFile(file)
  }
  return await Promise.all(
    layers.map(async (layer) => ({
      ...layer,
      files: await Promise.all(layer.files.map(check)),
    })),
  )
}

function knownFile({ kind, path }: LayerFile, value: unknown): ReadFile {
  const problemAt = (_: readonly PropertyKey[], message: string) =>
    ({ file: path, line: 1, column: 1, message }) as const
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- checked when the program was built
  return { kind, path, value, problemAt } as ReadFile
}

/** The ids of the shipped stages and areas, with the text that they were read from. */
interface ShippedWords {
  readonly text: string
  readonly stages: readonly string[]
  readonly areas: readonly string[]
}
const WORDS = new URL('./words.json', import.meta.url)
const SHIPPED_CONFIG = join(SHIPPED, 'config.yaml')

/** The ids of the shipped stages and areas as the build knows them; null where their file says something else now. */
export function shippedWords(): Omit<ShippedWords, 'text'> | null {
  if (!existsSync(WORDS)) return null
  const words: ShippedWords = JSON.parse(readFileSync(WORDS, 'utf8'))
  return readFileSync(SHIPPED_CONFIG, 'utf8') === words.text ? words : null
}

/** The ids of the shipped stages and areas, read from their file: the build writes them down. */
export async function wordsOfShipped(): Promise<ShippedWords> {
  const file = readLayerFile('config', SHIPPED_CONFIG)
  const { readFile } = await import('../questions/bank/read-layer-file.ts')
  const read = readFile(file)
  if (read.kind !== 'config' || file.text === null) throw new Error('the shipped words are broken')
  const { stages = [], areas = [] } = read.value
  return { text: file.text, stages: stages.map(({ id }) => id), areas: areas.map(({ id }) => id) }
}

/** The known values of the shipped files, as the build writes them down. */
export async function knownOfShipped(): Promise<Known> {
  const layer = shippedLayer()
  const { readFile } = await import('../questions/bank/read-layer-file.ts')
  const pairs = layer.files.flatMap((file) => {
    const read = readFile(file)
    return read.kind === 'broken' || file.text === null
      ? []
      : [[hashOfText(file.text), read.value] as const]
  })
  return Object.fromEntries(pairs)
}
