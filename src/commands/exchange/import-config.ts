import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { stringify } from 'yaml'
import { makeFolder, writeExport } from '../../files/write-export.ts'
import { mayBeThere } from '../../library/read-layers.ts'
import { sayProblem } from '../../text/file-problem.ts'
import { type Config, configSchema } from '../../questions/bank/schema.ts'
import { sayList, oneLine } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { parseYaml } from '../../yaml/read-yaml.ts'
import { change, readOwn } from '../questions/config.ts'
import { changedMeanwhile, keepCopy, type Offer } from './offer-files.ts'
import { tell } from '../../output/print.ts'

/**
 * Settings that can be taken from somebody's file: words, and a yes or no. Everything else, what will be added later too, runs
 * something or leads somewhere, and is typed by hand.
 */
const TAKEN = ['stages', 'areas', 'skills', 'language', 'shipped_banks'] as const

/**
 * What of the settings in a file is otherwise here. Settings that are never taken are listed.
 * @returns null where there is nothing to take; the refusal where the own settings cannot be read
 */
export function offerConfig(
  world: World,
  text: string,
  config: Config,
): Offer | readonly string[] | null {
  const path = join(world.places.config, 'config.yaml')
  const isNew = !mayBeThere(path)
  const before = readOwn(path)
  const mine =
    before.trim() === '' ? { ok: true as const, value: {} } : parseYaml(path, before, configSchema)
  if (!mine.ok) return mine.problems.map(sayProblem)
  const own = new Map<string, unknown>(Object.entries(mine.value))
  const given = Object.entries(config).filter(
    ([key, value]) => value !== undefined && !isDeepStrictEqual(value, own.get(key)),
  )
  const isTaken = (key: string) => TAKEN.some((one) => one === key)
  tellTyped(
    world,
    given.filter(([key]) => !isTaken(key)),
  )
  const wanted = given.filter(([key]) => isTaken(key))
  if (wanted.length === 0) return null
  const names = sayList(wanted.map(([key]) => key))
  return {
    path: `config.yaml (${names})`,
    question: isNew
      ? `Take ${names} from its config.yaml?`
      : `Take ${names} from its config.yaml into yours? (yours is kept as a copy)`,
    take() {
      if (mayBeThere(path) === isNew || readOwn(path) !== before) throw changedMeanwhile(path)
      // With nothing in it that is not taken, the file can come as it was written, with its comments.
      if (isNew && Object.keys(config).every(isTaken)) {
        makeFolder(world.places.config)
        writeExport(path, text, false)
        return null
      }
      const copy = isNew ? null : keepCopy(world, path, before)
      change(world, (doc) => {
        for (const [key, value] of wanted) {
          doc.set(key, doc.createNode(value, { aliasDuplicateObjects: false }))
        }
      })
      return copy
    },
  }
}

/** Settings that nobody takes from a file: what would have to be typed to have them. */
function tellTyped(world: World, settings: readonly (readonly [string, unknown])[]): void {
  if (settings.length === 0) return
  const lines = settings.map(([key, value]) => ({
    key,
    value: oneLine(stringify(value, { lineWidth: 0 })),
  }))
  tell(world, 'coach never takes these settings from a file. To use them, type them yourself:')
  tell(world, lines, (all) =>
    all
      .map(({ key, value }) =>
        key === 'banks'
          ? `  coach config set banks FOLDER (there: ${value})\n`
          : `  ${key}: ${value} (a line of config.yaml)\n`,
      )
      .join(''),
  )
}
