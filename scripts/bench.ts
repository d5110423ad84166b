/**
 * Start-up as a ratio to bare Node, measured in one run: machines are shared, so seconds say little. The commands
 * take turns, and the median of many turns counts.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createNotebook, openNotebook } from '../src/notebook/notebook.ts'

const TURNS = Number(process.env['BENCH_TURNS'] ?? 40)
const SESSIONS = 200
const coach = join(import.meta.dirname, '..', 'bin', 'coach.js')
const home = mkdtempSync(join(tmpdir(), 'coach-bench-'))

/** 200 sessions with 8 people, each with what was seen and one action item; every third item is open. */
function fill(path: string): void {
  const now = () => new Date('2026-11-23T09:00:00Z')
  createNotebook(path, now())
  const notebook = openNotebook(path, now)
  notebook.write(() => {
    const people = Array.from({ length: 8 }, (_, n) =>
      notebook.people.add({ name: `Person Number ${n + 1}` }),
    )
    for (let n = 0; n < SESSIONS; n++) {
      const person = people[n % people.length]
      if (!person) continue
      const session = notebook.sessions.start(person.id, { id: 'ortp', title: 'Bench' })
      const base = {
        round: 1,
        pass: 'record',
        state: 'answered',
        wording: 'What?',
        questionId: null,
      } as const
      const rest = { visibility: 'shared', draft: null, itemId: null } as const
      notebook.answers.save(session, [
        {
          ...base,
          ...rest,
          path: 'observation.saw',
          kind: 'note',
          value: `Seen in session ${n}. `.repeat(10),
        },
        {
          ...base,
          ...rest,
          path: 'plan.actions.1.what',
          kind: 'action',
          value: `practise something, number ${n}`,
        },
        { ...base, ...rest, path: 'plan.actions.1.due', kind: 'date', value: '2026-11-20' },
      ])
      notebook.sessions.update(session.id, { status: 'done', heldOn: '2026-11-01' })
      if (n % 3 > 0) notebook.actions.settle(n + 1, 'done')
    }
  })
  notebook.close()
}

function once(args: readonly string[]): number {
  const begin = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, args, {
    env: { ...process.env, COACH_HOME: home, NO_COLOR: '1' },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`)
  return Number(process.hrtime.bigint() - begin) / 1e6
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

const runs = [
  { name: 'bare Node', args: ['-e', '0'], atMost: null },
  { name: 'coach --version', args: [coach, '--version'], atMost: 1.4 },
  { name: 'coach --help', args: [coach, '--help'], atMost: null },
  { name: 'coach', args: [coach], atMost: null },
  { name: 'coach review', args: [coach, 'review'], atMost: 2.2 },
] as const

fill(join(home, 'notebook.db'))
const times = new Map<string, number[]>(runs.map(({ name }) => [name, []]))
for (let turn = -2; turn < TURNS; turn++) {
  for (const { name, args } of runs) {
    const took = once(args)
    if (turn >= 0) times.get(name)?.push(took)
  }
}
const bare = median(times.get('bare Node') ?? [])
process.stdout.write(
  `Median of ${TURNS} turns, Node ${process.versions.node}, ${SESSIONS} sessions.\n`,
)
for (const { name, atMost } of runs) {
  const ratio = median(times.get(name) ?? []) / bare
  const aim = atMost === null ? '' : `  (aim: at most ${atMost} ×)`
  process.stdout.write(`${name.padEnd(16)}  ${ratio.toFixed(2)} ×${aim}\n`)
}
rmSync(home, { recursive: true })
