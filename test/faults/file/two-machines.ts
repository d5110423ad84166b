import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { conflictedCopies } from '../../../src/notebook/backup/synced-copies.ts'
import { newPlace } from '../file-tools.ts'
import { hashOfFile, query, spawnCoach } from '../../notebook/file.ts'
import { backupsIn, homeWithNotes, notebookIn } from '../kept.ts'

const STRANGER = /not\s+the\s+notebook\s+that\s+you\s+used\s+here\s+last/

/** A computer with a home of its own, whose notebook lies in a folder that is synchronised. */
interface Machine {
  readonly name: string
  readonly home: string
  /** The file as it was when it was synchronised last. */
  synced: string
  /** The notes that were in the notebook after the last command here. */
  held: ReadonlySet<string>
}

/** What some turns came to. */
export type Tally = Record<'written' | 'conflicts' | 'told' | 'kept' | 'restored', number>

const textsIn = (path: string): ReadonlySet<string> =>
  new Set(query(path, 'SELECT text FROM note').map((row) => String(Object(row).text)))

const isIn = (all: ReadonlySet<string>, some: ReadonlySet<string>) =>
  [...some].every((text) => all.has(text))

/**
 * Two machines take turns at one notebook, and a program synchronises it: late, in conflict, and without a copy of the loser at times.
 * In each turn a note is written. Whoever finds a notebook without a note that was there before is told, and nothing is written.
 * @param random gives numbers from 0 to 1
 */
export async function takeTurns(turns: number, random: () => number): Promise<Tally> {
  const first = await homeWithNotes()
  const second = newPlace()
  const shared = join(newPlace(), 'shared.db')
  for (const to of [notebookIn(second), shared]) copyFileSync(notebookIn(first), to)
  const synced = hashOfFile(shared)
  const held = textsIn(shared)
  const machines: readonly Machine[] = [
    { name: 'first', home: first, synced, held },
    { name: 'second', home: second, synced, held },
  ]
  const tally: Tally = { written: 0, conflicts: 0, told: 0, kept: 0, restored: 0 }
  const written = new Set<string>()
  const missed = new Set<string>()
  for (const machine of machines) await spawnCoach(machine.home, 'people')
  for (let turn = 1; turn <= turns; turn++) {
    for (const machine of machines) if (random() < 0.6) synchronise(machine, shared, random, tally)
    const machine = machines[random() < 0.5 ? 0 : 1]
    if (!machine) continue
    for (const text of missedBy(machine)) missed.add(text)
    const text = `turn ${turn}, on the ${machine.name}`
    if (await write(machine, text, random, tally)) written.add(text)
  }
  // Whoever lost a note with the last copy is told at the next command.
  for (const machine of machines) {
    const gone = missedBy(machine)
    const { err } = await spawnCoach(machine.home, 'people')
    if (gone.length > 0) expect(err).toMatch(STRANGER)
    for (const text of gone) missed.add(text)
  }
  const anywhere = new Set(
    machines.flatMap(({ home }) => filesWith(home).flatMap((path) => [...textsIn(path)])),
  )
  for (const text of written) {
    expect([text, anywhere.has(text) || missed.has(text)]).toEqual([text, true])
  }
  return tally
}

/** The notes that were in the notebook of a machine after its last command, and are not in it now. */
function missedBy({ home, held }: Machine): readonly string[] {
  const now = textsIn(notebookIn(home))
  return [...held].filter((text) => !now.has(text))
}

function filesWith(home: string): readonly string[] {
  const backups = backupsIn(home).map((name) => join(home, 'backups', name))
  return [notebookIn(home), ...conflictedCopies(notebookIn(home)), ...backups]
}

/** Brings a machine's file and the shared one together; where both have changed, one of them loses. */
function synchronise(machine: Machine, shared: string, random: () => number, tally: Tally): void {
  const own = notebookIn(machine.home)
  const [hasOwn, hasOther] = [own, shared].map((path) => hashOfFile(path) !== machine.synced)
  const isConflict = hasOwn && hasOther && hashOfFile(own) !== hashOfFile(shared)
  if (isConflict) tally.conflicts++
  const isOwnKept = hasOwn && (!isConflict || random() < 0.5)
  const [winner, loser] = isOwnKept ? [own, shared] : [shared, own]
  if (isConflict && random() < 0.6) copyFileSync(loser, copyBeside(own))
  if (hasOwn || hasOther) copyFileSync(winner, loser)
  machine.synced = hashOfFile(own)
}

function copyBeside(notebook: string): string {
  for (let n = 1; ; n++) {
    const path = notebook.replace('.db', ` (conflicted copy${n === 1 ? '' : ` ${n}`}).db`)
    if (!existsSync(path)) return path
  }
}

/** Writes a note, after the manager's choice where another copy took the place of the notebook. @returns whether it was acknowledged */
async function write(
  machine: Machine,
  text: string,
  random: () => number,
  tally: Tally,
): Promise<boolean> {
  const { home, held } = machine
  const path = notebookIn(home)
  const before = readFileSync(path)
  const isWhole = isIn(textsIn(path), held)
  const { code, err } = await spawnCoach(home, 'note', 'ana', text)
  if (code !== 0 || !isWhole) {
    expect([text, code, err]).toEqual([text, 4, expect.stringMatching(STRANGER)])
    expect(readFileSync(path).equals(before)).toBe(true)
    await choose(home, err, random, tally)
    tally.told++
    machine.held = textsIn(path)
    return false
  }
  tally.written++
  const now = textsIn(path)
  expect([text, now.has(text), isIn(now, held)]).toEqual([text, true, true])
  machine.held = now
  return true
}

/** What a manager does who is told: goes on with what came, or brings back the copy that is named. */
async function choose(
  home: string,
  err: string,
  random: () => number,
  tally: Tally,
): Promise<void> {
  const reads = await spawnCoach(home, 'people')
  expect([reads.code, reads.err]).toEqual([0, expect.stringMatching(STRANGER)])
  const [, copy] = /coach restore "([^"]+)"/.exec(err) ?? []
  const isKept = copy === undefined || random() < 0.5
  const argv = isKept ? ['restore', '--keep'] : ['restore', copy, '--yes']
  const chosen = await spawnCoach(home, ...argv)
  expect([argv, chosen.code, chosen.err]).toEqual([argv, 0, chosen.err])
  expect((await spawnCoach(home, 'people')).err).not.toMatch(STRANGER)
  tally[isKept ? 'kept' : 'restored']++
}
