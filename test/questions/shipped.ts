import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Guide } from '../../src/conversation/guide.ts'
import { buildLibrary, type Layer, type LayerFile } from '../../src/questions/library.ts'

const folder = join(import.meta.dirname, '../../question-banks')

/** What ships with the program, as one layer; paths are file names, so that messages are short. */
export const SHIPPED: Layer = {
  name: 'shipped',
  files: [
    fileOf('vocabulary', join(folder, 'config.yaml')),
    ...yamlIn(folder)
      .filter((path) => basename(path) !== 'config.yaml')
      .map((path) => fileOf('bank', path)),
    ...yamlIn(join(folder, 'guides')).map((path) => fileOf('guide', path)),
  ],
}

/** The banks, guides and words that ship. */
export const LIBRARY = buildLibrary([SHIPPED])

/** A guide that ships. */
export function guideCalled(id: string): Guide {
  const guide = LIBRARY.guides.find((one) => one.id === id)
  if (!guide) throw new Error(`no guide ${id} ships`)
  return guide
}

function yamlIn(place: string): readonly string[] {
  return readdirSync(place)
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
    .map((name) => join(place, name))
}

function fileOf(kind: LayerFile['kind'], path: string): LayerFile {
  return { kind, path: basename(path), text: readFileSync(path, 'utf8') }
}
