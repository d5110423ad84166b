import { cpSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { saltOf } from '../../../src/notebook/file/header.ts'
import { contentsOf } from '../../notebook/encrypted.ts'
import { spawnCoach } from '../../notebook/file.ts'
import { filledHome } from '../damage.ts'
import {
  type Call,
  callsOn,
  expectPlain,
  injected,
  newPlace,
  stateOf,
  VOLATILE,
} from '../file-tools.ts'
import { FILES, WRITERS } from './writers.ts'

export type Writer = keyof typeof WRITERS

/** What a home holds: the notebook, and each other file that a command may write. */
type Picture = ReadonlyMap<string, string>

interface Prepared {
  readonly home: string
  readonly before: Picture
  readonly after: Picture
  readonly calls: readonly Call[]
}

const CALLS = 'openat,pwrite64,write,fsync,unlink,rename,pread64'
const prepared = new Map<Writer, Promise<Prepared>>()

function inHome(home: string, argv: readonly string[]): readonly string[] {
  return argv.map((word) => word.replace('HOME', home))
}

async function prepare(writer: Writer): Promise<Prepared> {
  const { argv, ...more } = WRITERS[writer]
  // The home outlives the test that needs it first.
  const home = mkdtempSync(join(tmpdir(), 'coach-model-'))
  cpSync(await filledHome(), home, { recursive: true })
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(home, name), text)
  const first = 'first' in more ? more.first : []
  for (const one of [['people'], ...first]) {
    if (saltOf(join(home, 'notebook.db')) !== null) continue
    expect(await spawnCoach(home, ...inHome(home, one))).toMatchObject({ code: 0 })
  }
  const tried = copyOf(home)
  expect(await spawnCoach(tried, ...inHome(tried, argv))).toMatchObject({ code: 0 })
  const traced = copyOf(home)
  const calls = await callsOn(traced, CALLS, inHome(traced, argv))
  return { home, before: pictureOf(home), after: pictureOf(tried), calls }
}

async function known(writer: Writer): Promise<Prepared> {
  const wanted = prepared.get(writer) ?? prepare(writer)
  prepared.set(writer, wanted)
  return await wanted
}

function copyOf(model: string): string {
  const home = newPlace()
  cpSync(model, home, { recursive: true })
  return home
}

/** What coach keeps for itself, or had not finished when it failed: the doctor names that. */
const OWN =
  /^last-notebook\.json$|^drafts|-journal$|\.(?:new|tmp)$|\.new-\d+$|\.look-|under-another-key/

function pictureOf(home: string): Picture {
  const names = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !OWN.test(name) && statSync(join(home, name)).isFile(),
  )
  return new Map(names.map((name) => [nameless(name), contentOf(join(home, name))]))
}

/** Backups have the minute in their names. */
const nameless = (name: string) => name.replace(/\d{4}-\d\d-\d\dT\d{4}/, 'WHEN')

/** What a file holds, but for instants and what is made at random; a notebook has to be whole. */
function contentOf(path: string): string {
  if (saltOf(path) !== null) return `sealed ${steady(contentsOf(path))}`
  if (path.endsWith('.db')) return stateOf(path)
  const text = readFileSync(path, 'utf8')
  if (path.endsWith('.json')) return steady(text)
  return text.replaceAll(/[\w-]{12,}|\d+/g, '#')
}

const steady = (json: string): string => {
  const rows: unknown = JSON.parse(json)
  return JSON.stringify(rows, (key, value: unknown) =>
    VOLATILE.test(key) || key === 'start' || key === 'exported' ? undefined : value,
  )
}

const filesOf = (home: string) => [
  home,
  ...['notebook.db', 'notebook.db-journal', 'config.yaml', 'backups', 'question-banks'].map(
    (name) => join(home, name),
  ),
]

/**
 * Runs a command with the k-th of its calls of a kind on the files of its home failing (`3`), or all from it on (`3+`). What it says
 * is plain; the notebook and each file that it writes are as they were, or whole and as they should be; and after the failure it works.
 */
export async function failAt(
  writer: Writer,
  call: string,
  error: string,
  when: string,
): Promise<'safe'> {
  const { home: model, before, after, calls } = await known(writer)
  const home = copyOf(model)
  const argv = inHome(home, WRITERS[writer].argv)
  const at = calls.filter(([name]) => name === call)[Number.parseInt(when, 10) - 1]
  if (!at) throw new Error(`${writer} does not make ${call} ${when}`)
  // How many files Node opens for itself differs from run to run: of these calls, those on files that are known by name count.
  const isOpening = call === 'openat'
  const place = isOpening ? when : when.replace(/^\d+/, String(at[1]))
  const paths = isOpening ? [...filesOf(home), ...argv.filter((word) => word.startsWith(home))] : []
  const outcome = await injected(home, `${call}:error=${error}:when=${place}`, argv, paths)
  try {
    // A file that is named and cannot be read is a mistake in the command (2), as far as coach can see.
    expectPlain(outcome, /^(?:openat|pread64)$/.test(call) ? [0, 2, 4, 5, 7] : [0, 4, 5, 7])
    const now = pictureOf(home)
    // A raw export takes along what can be read of a damaged file, and says that this is not all.
    if (outcome.code === 5 && outcome.err.includes('Not everything could be read')) return 'safe'
    for (const name of new Set([...before.keys(), ...after.keys(), ...now.keys()])) {
      const wanted = [before, after].flatMap((one) => [
        one.get(name) ?? 'absent',
        ...copyIn(one, name),
      ])
      expect([name, now.get(name) ?? 'absent']).toEqual([name, expect.toBeOneOf(wanted)])
    }
    if (outcome.code === 0) {
      expect(withoutCopies(now)).toEqual(withoutCopies(after))
      expect(copiesIn(now)).toBeGreaterThanOrEqual(copiesIn(after))
    }
    if (outcome.code !== 0 && isSame(withoutCopies(now), withoutCopies(before))) {
      expect(await spawnCoach(home, ...argv)).toMatchObject({ code: 0 })
      expect(withoutCopies(pictureOf(home))).toEqual(withoutCopies(after))
    }
  } catch (cause) {
    throw new Error(`${writer} ${call} ${error} ${when}: ${JSON.stringify(outcome)}`, { cause })
  }
  return 'safe'
}

const COPY = /^backups\/.*\.db$/

/** A notebook that cannot be read is put aside before another one takes its place: one copy more is no harm, where it is whole. */
const copyIn = (picture: Picture, name: string) =>
  COPY.test(name) ? [picture.get('notebook.db') ?? 'absent'] : []

const copiesIn = (picture: Picture) => [...picture.keys()].filter((name) => COPY.test(name)).length

const withoutCopies = (picture: Picture): Picture =>
  new Map([...picture].filter(([name]) => !COPY.test(name)))

const isSame = (a: Picture, b: Picture) =>
  a.size === b.size && [...a].every(([name, content]) => b.get(name) === content)

/** How often a command makes a call on the files of its home. */
export async function callsOf(writer: Writer, call: string): Promise<number> {
  const { calls } = await known(writer)
  return calls.filter(([name]) => name === call).length
}
