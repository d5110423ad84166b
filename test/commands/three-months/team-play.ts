import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { parse } from 'yaml'
import { z } from 'zod'
import { main } from '../../../src/main.ts'
import { makeWorld } from '../../../src/start/make-world.ts'
import { type Home, newHome, type Outcome, words } from '../../world.ts'
import { readRows, type Rows } from './team-rows.ts'

const TEAM = join(import.meta.dirname, 'team')

/** A day, and the command lines that the manager types on it. */
export type Day = readonly [on: string, ...lines: readonly string[]]

/** One command line, with what stood in the notebook before and after it. */
export interface Moment {
  readonly on: string
  readonly line: string
  readonly before: Rows
  readonly after: Rows
  /** The answers file that the line names. */
  readonly file: PlayedFile | null
}

/** What is in an answers file of the play, as far as it is about action items from before. */
interface PlayedFile {
  readonly person: string
  readonly promises: readonly { readonly item: number; readonly outcome: string }[]
  /** The numbers of the action items that the conversation could say something about. */
  readonly offered: readonly number[]
}

const NOTHING: Rows = {
  people: [],
  sessions: [],
  items: [],
  events: [],
  answers: [],
  goals: [],
  notes: [],
  nextSessions: [],
}

/** Plays a schedule in a new home, with a moving clock; every line has to end well. */
export async function play(
  schedule: readonly Day[],
): Promise<{ readonly home: Home; readonly moments: readonly Moment[] }> {
  const home = newHome()
  cpSync(TEAM, home.folder, { recursive: true })
  const moments: Moment[] = []
  let before = NOTHING
  for (const [on, ...lines] of schedule) {
    const now = new Date(`${on}T09:00:00Z`)
    home.setNow(now)
    for (const line of lines) {
      const path = /--answers (\S+)/.exec(line)?.[1]
      const file = path === undefined ? null : await openFile(home, path, before)
      const [typed = '', keys] = line.split(' < ')
      const outcome =
        keys === undefined
          ? await home.coach(words(typed))
          : await atTerminal(home, now, words(typed), keys.split(' '))
      if (outcome.code !== 0) throw new Error(`${on} coach ${line}\n${outcome.err}${outcome.out}`)
      const after = readRows(home.notebook)
      moments.push({ on, line, before, after, file })
      before = after
    }
  }
  return { home, moments }
}

const FILE = z.object({
  person: z.string(),
  guide: z.string().optional(),
  promises: z.array(z.object({ item: z.int(), outcome: z.string() })).default([]),
})
const NO_PROMISE = /promises\.(\d+)\.outcome: this is not the number of an open action item/g

/**
 * Reads an answers file, and asks what became of every item there has been, in a file of its own that cannot be saved: what
 * is not open with that person is refused by its number.
 */
async function openFile(home: Home, path: string, rows: Rows): Promise<PlayedFile> {
  const { person, guide, promises } = FILE.parse(
    parse(readFileSync(join(home.folder, path), 'utf8')),
  )
  const ids = rows.items.map(({ id }) => id)
  const probe = {
    person,
    ...(guide === undefined ? {} : { guide }),
    promises: ids.map((id) => ({ item: String(id), outcome: 'done' })),
    not_saved: 'at all',
  }
  const { code, err } = await home.coach(['session', '--answers', '-'], JSON.stringify(probe))
  if (code !== 2 || !err.includes('Nothing was saved.')) throw new Error(`not refused: ${err}`)
  const refused = new Set([...err.matchAll(NO_PROMISE)].map(([, at]) => ids[Number(at)]))
  return { person, promises, offered: ids.filter((id) => !refused.has(id)) }
}

const KEYS: Readonly<Record<string, string>> = { down: '\x1b[B', enter: '\r' }

/** A stream that passes for a terminal; like that of a process, it stays open when somebody ends it. */
function terminal() {
  const stream = new PassThrough()
  return Object.assign(stream, { isTTY: true, setRawMode: () => {}, end: () => stream })
}

/** Runs a command line that asks something, and types the keys, each when the choice has been drawn anew. */
async function atTerminal(
  home: Home,
  now: Date,
  argv: readonly string[],
  keys: readonly string[],
): Promise<Outcome> {
  const [stdin, stdout, stderr] = [terminal(), new PassThrough(), terminal()]
  const said: string[] = []
  const waiting = [...keys]
  stderr.on('data', (chunk: Buffer) => {
    said.push(String(chunk))
    const next = String(chunk).includes('select') ? waiting.shift() : undefined
    if (next !== undefined) setImmediate(() => stdin.write(KEYS[next] ?? next))
  })
  const { folder, notebook } = home
  const places = { notebook, config: folder, drafts: join(folder, 'drafts') }
  const world = makeWorld({
    env: {},
    stdin,
    stdout,
    stderr,
    cwd: folder,
    places,
    now: () => now,
  })
  const code = await main(argv, world)
  return { code, out: '', err: said.join('') }
}
