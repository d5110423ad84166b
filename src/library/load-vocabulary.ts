import { join } from 'node:path'
import { mayBeThere, readLayerFile, shippedWords } from './read-layers.ts'
import type { World } from '../world.ts'

/** The ids of the stages and areas that a team works with. */
export interface Words {
  readonly stages: readonly string[]
  readonly areas: readonly string[]
}

/**
 * The words in force. Where nobody has words of their own, those that ship are known from the build, so that a review
 * does not load what reads YAML.
 */
export async function loadVocabulary(world: World): Promise<Words> {
  const isOwn =
    (world.settings.bank ?? []).length > 0 ||
    Boolean(world.env['COACH_BANK']) ||
    hasOwnWords(join(world.places.config, 'config.yaml'))
  const shipped = isOwn ? null : shippedWords()
  if (shipped) return shipped
  const { loadLibrary } = await import('./load-library.ts')
  const { vocabulary } = await loadLibrary(world)
  return {
    stages: vocabulary.stages.map(({ id }) => id),
    areas: vocabulary.areas.map(({ id }) => id),
  }
}

/** Whether a config.yaml can hold words of its own; settings such as the language need not be read here. */
function hasOwnWords(path: string): boolean {
  if (!mayBeThere(path)) return false
  const { text } = readLayerFile('config', path)
  return text === null || /\b(?:stages|areas|banks)\b/.test(text)
}
