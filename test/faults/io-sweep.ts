import { cpSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { query, spawnCoach } from '../notebook/file.ts'
import { filledHome } from './damage.ts'
import { countCalls, expectPlain, injected, newPlace, stateOf } from './file-tools.ts'

/** Commands that write, each as it is typed in a home with a filled notebook; `HOME` is that home. */
export const WRITERS = {
  note: ['note', 'ana', 'Ask about the calls.'],
  done: ['done', '2'],
  delete: ['delete', 'session', '1', '--yes'],
  save: ['session', '--answers', 'HOME/answers.yaml'],
  person: ['person', 'add', 'Ben'],
} as const satisfies Record<string, readonly string[]>

const ANSWERS =
  'person: Ana Silva\nguide: quick\nobservation: { saw: She asked about the budget. }\n'

export type Writer = keyof typeof WRITERS

const prepared = new Map<Writer, Promise<{ home: string; before: string; after: string }>>()

function inHome(home: string, writer: Writer): readonly string[] {
  return WRITERS[writer].map((word) => word.replace('HOME', home))
}

/** A home, and what its notebook holds before and after a command. */
async function prepare(writer: Writer) {
  // It outlives the test that needs it first.
  const home = mkdtempSync(join(tmpdir(), 'coach-model-'))
  cpSync(await filledHome(), home, { recursive: true })
  writeFileSync(join(home, 'answers.yaml'), ANSWERS)
  await spawnCoach(home, 'people')
  const before = stateOf(join(home, 'notebook.db'))
  const tried = newPlace()
  cpSync(home, tried, { recursive: true })
  expect(await spawnCoach(tried, ...inHome(tried, writer))).toMatchObject({ code: 0 })
  return { home, before, after: stateOf(join(tried, 'notebook.db')) }
}

const filesOf = (home: string) => [
  home,
  ...['notebook.db', 'notebook.db-journal'].map((name) => join(home, name)),
]

/**
 * Runs a command with the k-th call of a kind failing (`3`), or all from it on (`3+`), on the files of the home. What it
 * says is plain, and the notebook is as it was, or holds the whole of what was done; after the failure it works again.
 */
export async function failAt(
  writer: Writer,
  call: string,
  error: string,
  when: string,
): Promise<'safe'> {
  const wanted = prepared.get(writer) ?? prepare(writer)
  prepared.set(writer, wanted)
  const { home: model, before, after } = await wanted
  const home = newPlace()
  cpSync(model, home, { recursive: true })
  const argv = inHome(home, writer)
  const path = join(home, 'notebook.db')
  const outcome = await injected(home, `${call}:error=${error}:when=${when}`, argv, filesOf(home))
  const which = `${writer} ${call} ${error} ${when}`
  try {
    expectPlain(outcome, [0, 4, 5, 7])
    const state = stateOf(path)
    expect([before, after]).toContain(state)
    if (outcome.code === 0) expect(state).toBe(after)
    if (state === before && outcome.code !== 0) {
      expect(await spawnCoach(home, ...argv)).toMatchObject({ code: 0 })
      expect(stateOf(path)).toBe(after)
    }
    expect(query(path, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
  } catch (cause) {
    throw new Error(`${which}: ${JSON.stringify(outcome)}`, { cause })
  }
  return 'safe'
}

/** How often a command makes a call on the files of its home. */
export async function callsOf(writer: Writer, call: string): Promise<number> {
  const wanted = prepared.get(writer) ?? prepare(writer)
  prepared.set(writer, wanted)
  const { home: model } = await wanted
  const home = newPlace()
  cpSync(model, home, { recursive: true })
  return await countCalls(home, call, inHome(home, writer), filesOf(home))
}
