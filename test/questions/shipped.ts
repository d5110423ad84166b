import { basename } from 'node:path'
import type { Guide } from '../../src/conversation/guide.ts'
import { checkLayers, shippedLayer } from '../../src/library/read-layers.ts'
import type { Layer } from '../../src/questions/bank/layer.ts'
import { buildLibrary } from '../../src/questions/bank/build-library.ts'

const read = shippedLayer()

/** What ships with the program, as one layer; paths are file names, so that messages are short. */
export const SHIPPED: Layer = {
  ...read,
  files: read.files.map((file) => ({ ...file, path: basename(file.path) })),
}

/** The banks, guides and words that ship. */
export const LIBRARY = buildLibrary(await checkLayers([SHIPPED]))

/** A guide that ships. */
export function guideCalled(id: string): Guide {
  const guide = LIBRARY.guides.find((one) => one.id === id)
  if (!guide) throw new Error(`no guide ${id} ships`)
  return guide
}
