import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { Document, isMap, isNode, isScalar, parseDocument } from 'yaml'
import { usageError } from '../../errors.ts'
import { typedPath } from '../../files/typed-path.ts'
import { makeFolder, writeExport } from '../../files/write-export.ts'
import { isFolder, mayBeThere, readLayerFile, SHIPPED } from '../../library/read-layers.ts'
import { sayProblem } from '../../text/file-problem.ts'
import { type Config, configSchema } from '../../questions/bank/schema.ts'
import { buildLibrary, DEFAULT_LANGUAGE } from '../../questions/bank/build-library.ts'
import {
  type ConfigPage,
  configJson,
  renderConfig,
  type Setting,
} from '../../render/questions/config.ts'
import { sayList, quote, safe } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { parseYaml } from '../../yaml/read-yaml.ts'
import { banksInEnvironment, loadLayers } from '../../library/load-library.ts'
import { type JsonOptions, print, printJson } from '../../output/print.ts'
import { refuseBroken } from './questions.ts'

/** Settings that a flag of `coach config set` can write. Lists of words are edited in the file. */
const SETTABLE = ['language', 'banks', 'shipped_banks'] as const
const LISTS = ['stages', 'areas', 'skills'] as const

/** `coach config`: every setting, its value, and where that comes from. */
export async function show(world: World, options: JsonOptions): Promise<void> {
  const layers = await loadLayers(world)
  const library = buildLibrary(layers)
  const from = (key: keyof Config): string =>
    layers.findLast(({ files }) =>
      files.some((file) => file.kind === 'config' && file.value[key] !== undefined),
    )?.name ?? 'default'
  const { bank } = world.settings
  const inEnv = banksInEnvironment(world)
  const inFile = layers
    .filter(({ isShipped }) => !isShipped)
    .flatMap(({ files }) => files.flatMap((file) => (file.kind === 'config' ? [file.value] : [])))
  const banks: Setting = bank
    ? { key: 'banks', value: bank, from: '--bank' }
    : inEnv
      ? { key: 'banks', value: inEnv, from: 'COACH_BANK' }
      : { key: 'banks', value: inFile.flatMap((one) => one.banks ?? []), from: from('banks') }
  const page: ConfigPage = {
    settings: [
      { key: 'language', value: library.language, from: from('language') },
      banks,
      {
        key: 'shipped_banks',
        value: inFile.findLast((one) => one.shipped_banks !== undefined)?.shipped_banks ?? true,
        from: from('shipped_banks'),
      },
      ...LISTS.map((key) => ({
        key,
        value: library.vocabulary[key].map(({ id }) => id),
        from: from(key),
      })),
    ],
    places: {
      notebook: world.settings.notebook ?? world.places.notebook,
      config: pathOf(world),
      questions: join(world.places.config, 'question-banks'),
      guides: join(world.places.config, 'guides'),
    },
  }
  if (options.json) printJson(world, configJson(page))
  else print(world, page, renderConfig)
  refuseBroken(library.problems)
}

/** `coach config set KEY VALUE…` */
export async function set(world: World, key: string, values: readonly string[]): Promise<void> {
  const name = SETTABLE.find((one) => one === key)
  if (!name) throw notSettable(key)
  const value = name === 'banks' ? readFolders(world, values) : readValue(name, values)
  change(world, (doc) => doc.set(name, value))
  world.tell(`Set ${name} to ${safe(sayValue(value))} in ${safe(pathOf(world))}\n`)
}

function sayValue(value: string | boolean | readonly string[]): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : [value].flat().join(', ')
}

/** `coach config unset KEY`: back to what holds without it. */
export async function unset(world: World, key: string): Promise<void> {
  const name = [...SETTABLE, ...LISTS].find((one) => one === key)
  if (!name) throw notSettable(key)
  let isSet = false
  change(world, (doc) => {
    isSet = doc.has(name)
    remove(doc, name)
  })
  if (!isSet) {
    world.tell(`${name} is not set in ${safe(pathOf(world))}\n`)
    return
  }
  world.tell(`Took ${name} out of ${safe(pathOf(world))}\n`)
}

/** `coach config copy stages…`: puts the lists that ship into the own file, to be edited there. */
export async function copy(world: World, keys: readonly string[]): Promise<void> {
  const wanted = keys.length > 0 ? keys : LISTS
  const isNamed = keys.length > 0
  const names = wanted.map((key) => LISTS.find((one) => one === key))
  const wrong = wanted.find((key) => !LISTS.some((one) => one === key))
  if (wrong !== undefined) {
    throw usageError(`“${wrong}” is no list that ships.`, `There are ${sayList(LISTS)}.`)
  }
  const shipped = parseDocument(readFileSync(join(SHIPPED, 'config.yaml'), 'utf8'))
  change(world, (doc) => {
    for (const name of names) {
      if (name === undefined || (doc.has(name) && !isNamed)) continue
      if (doc.has(name)) {
        throw usageError(
          `Your ${pathOf(world)} holds ${name} already. Nothing was changed.`,
          `To begin with it anew: coach config unset ${name}`,
        )
      }
      doc.set(name, shipped.get(name, true))
    }
  })
  world.tell(
    `Copied ${sayList(names.filter((one) => one !== undefined))} to ${safe(pathOf(world))}\n`,
  )
}

function pathOf(world: World): string {
  return join(world.places.config, 'config.yaml')
}

function notSettable(key: string) {
  const isList = LISTS.some((one) => one === key)
  return isList
    ? usageError(
        `${key} is a list of words, which is edited in the file.`,
        `Put it there with: coach config copy ${key}`,
      )
    : usageError(
        `There is no setting ${quote(key)}.`,
        `There are ${sayList([...SETTABLE, ...LISTS])}.`,
      )
}

/** Folders as they are kept: whole paths, so that they mean the same from everywhere. */
function readFolders(world: World, values: readonly string[]): readonly string[] {
  return values.map((value) => {
    const path = typedPath(world, value)
    if (value.trim() !== '' && isFolder(path)) return path
    throw usageError(
      `There is no folder ${quote(value)}.`,
      'Name a folder of banks, as in: coach config set banks ~/team-banks',
    )
  })
}

function readValue(
  name: 'language' | 'shipped_banks',
  values: readonly string[],
): string | boolean {
  const [value = ''] = values
  if (values.length !== 1)
    throw usageError(
      `${name} takes one value.`,
      `As in: coach config set ${name} ${name === 'language' ? DEFAULT_LANGUAGE : 'no'}`,
    )
  if (name === 'language') return value
  if (['yes', 'true', 'on'].includes(value)) return true
  if (['no', 'false', 'off'].includes(value)) return false
  throw usageError(
    `${name} is yes or no, not ${quote(value)}.`,
    `As in: coach config set ${name} no`,
  )
}

/** Takes a setting out; a comment above it may be about the whole file, and stays. */
function remove(doc: Document, name: string): void {
  const { contents } = doc
  if (!isMap(contents)) return
  const first = contents.items[0]
  const isFirst = first !== undefined && isScalar(first.key) && first.key.value === name
  const comment = isFirst && isNode(first.key) ? first.key.commentBefore : null
  contents.delete(name)
  if (comment) doc.commentBefore = [doc.commentBefore, comment].filter(Boolean).join('\n')
}

/** The text of the own file, or nothing where there is none. */
export function readOwn(path: string): string {
  if (!mayBeThere(path)) return ''
  const { text, problem } = readLayerFile('config', path)
  if (text !== null) return text
  throw usageError(
    `${path}:1:1 ${problem}. Nothing was changed.`,
    'Put it right, then run the command again.',
  )
}

/** Changes the own file, keeping its comments, and only where what comes out can be read. */
export function change(world: World, edit: (doc: Document) => void): void {
  const named = pathOf(world)
  const before = readOwn(named)
  // A config.yaml that is kept elsewhere and linked here stays a link.
  const path = mayBeThere(named) ? realpathSync(named) : named
  const check = (text: string) => {
    const parsed = parseYaml(path, text, configSchema)
    if (!parsed.ok) {
      throw usageError(
        `${parsed.problems.map(sayProblem).join('\n')}\nNothing was changed.`,
        'Correct it, then run the command again.',
      )
    }
  }
  if (before.trim() !== '') check(before)
  const doc = before.trim() === '' ? new Document({}) : parseDocument(before, { logLevel: 'error' })
  if (!isMap(doc.contents)) doc.contents = new Document({}).contents
  if (isMap(doc.contents)) doc.contents.flow = false
  edit(doc)
  const isEmpty = isMap(doc.contents) && doc.contents.items.length === 0
  const written = doc.toString({ lineWidth: 0, flowCollectionPadding: false })
  const text = isEmpty ? written.replace(/^\{\}\n/m, '') : written
  check(text)
  if (text.trim() === before.trim()) return
  makeFolder(world.places.config)
  writeExport(path, text, true)
}
