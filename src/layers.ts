import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Layer, LayerFile } from './questions/library.ts'

/** The folder of the shipped banks and guides. */
export const SHIPPED = fileURLToPath(new URL('../question-banks', import.meta.url))

/** The files of one layer, in the order of their names. A folder that is not there is an empty layer. */
export function readLayer(
  name: string,
  folder: string,
  own?: { readonly guides: string; readonly vocabulary: string },
): Layer {
  const yamlIn = (place: string) =>
    existsSync(place) && statSync(place).isDirectory()
      ? readdirSync(place)
          .filter((file) => file.endsWith('.yaml'))
          .toSorted()
          .map((file) => join(place, file))
      : []
  const vocabulary = own?.vocabulary ?? join(folder, 'config.yaml')
  const read = (kind: LayerFile['kind'], path: string): LayerFile => {
    try {
      return { kind, path, text: readFileSync(path, 'utf8') }
    } catch {
      return { kind, path, text: null }
    }
  }
  return {
    name,
    files: [
      ...(existsSync(vocabulary) ? [read('vocabulary', vocabulary)] : []),
      ...yamlIn(folder)
        .filter((path) => path !== vocabulary)
        .map((path) => read('bank', path)),
      ...yamlIn(own?.guides ?? join(folder, 'guides')).map((path) => read('guide', path)),
    ],
  }
}
