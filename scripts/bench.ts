/**
 * How the program does with a large notebook, and with one ten times as large. Commands are measured as ratios to bare
 * Node in one run, in turns, by their medians: machines are shared, so seconds say little. `BENCH_TURNS=10` is quicker;
 * `BENCH_KEEP=FOLDER` keeps the notebooks there and takes them from there the next time.
 */
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addDays, dayOf } from '../src/dates/day.ts'
import { MIGRATIONS } from '../src/notebook/schema/migrations.ts'
import { hashOf } from '../src/notebook/schema/row-values.ts'
import { openNotebook } from '../src/notebook/notebook.ts'
import { buildNotebook } from './bench-notebook.ts'

const TURNS = Number(process.env['BENCH_TURNS'] ?? 40)
const SIZES = [10_000, 100_000] as const
const AIM = { review: 2.5, tenfold: 1.3, saveMs: 15, memoryMb: 110 } as const

const COACH = join(import.meta.dirname, '..', 'bin', 'coach.js')
const BUILDER = join(import.meta.dirname, 'bench-notebook.ts')
const TASKWARRIOR = 'task'
const MEMORY_DISK = '/dev/shm'
/** What says in a child how much memory it took at most: Linux counts what stood there before the program began, too. */
const TELL_MEMORY = `data:text/javascript,process.on('exit',()=>{const fs=process.getBuiltinModule('node:fs');let kb=process.resourceUsage().maxRSS;try{kb=/VmHWM:\\s+(\\d+)/.exec(fs.readFileSync('/proc/self/status','latin1'))[1]}catch{}fs.writeFileSync(process.env.BENCH_RSS,String(kb))})`

const COMMANDS = [
  { name: 'coach --version', args: ['--version'] },
  { name: 'coach review', args: ['review'] },
  { name: 'coach', args: [] },
  { name: 'coach prep NAME', args: ['prep', 'Ana Silva'] },
  { name: 'coach due', args: ['due'] },
] as const

/** Folders of this run, removed at its end. */
interface Folders {
  readonly scratch: string
  /** On a disk that is memory; null where there is none. */
  readonly memory: string | null
  /** Where the notebooks are kept; else they are scratch too. */
  readonly kept: string
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** Runs something to its end. @returns how long it took, in ms */
function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): number {
  const begin = process.hrtime.bigint()
  const { status, stderr, error } = spawnSync(program, args, {
    env: { ...process.env, NO_COLOR: '1', ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const took = Number(process.hrtime.bigint() - begin) / 1e6
  if (error) throw error
  // `coach due` ends with 10 where something is overdue.
  if (status !== 0 && status !== 10) {
    throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`)
  }
  return took
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** The home with a notebook of a size: built, or kept from an earlier run on the same day. */
function homeOf({ kept }: Folders, sessions: number): string {
  const made = [
    dayOf(new Date()),
    hashOf(readFileSync(BUILDER, 'utf8'), JSON.stringify(MIGRATIONS)),
  ]
  const home = join(kept, String(sessions))
  const mark = join(home, 'made.json')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === JSON.stringify(made)) return home
  rmSync(home, { recursive: true, force: true })
  mkdirSync(home, { recursive: true })
  // In a process of its own: what building takes is not counted as the memory of what is measured.
  run(process.execPath, [
    import.meta.filename,
    'build',
    join(home, 'notebook.db'),
    String(sessions),
  ])
  writeFileSync(mark, JSON.stringify(made))
  return home
}

/** The listing of 2,000 open of 10,000 tasks by taskwarrior; null where it is not installed. */
function taskwarrior({ scratch }: Folders): (() => number) | null {
  if (spawnSync(TASKWARRIOR, ['--version']).status !== 0) return null
  const today = dayOf(new Date())
  const on = (days: number) => `${addDays(today, days).replaceAll('-', '')}T090000Z`
  const tasks = Array.from({ length: 10_000 }, (_, n) => ({
    description: `practise the impact question in three calls (${n})`,
    project: `Person ${n % 50}`,
    entry: on(-200),
    due: on((n % 90) - 20),
    ...(n % 5 === 0 ? { status: 'pending' } : { status: 'completed', end: on(-(n % 200)) }),
  }))
  const [file, rc] = [join(scratch, 'tasks.json'), join(scratch, 'taskrc')]
  writeFileSync(file, JSON.stringify(tasks))
  writeFileSync(rc, '')
  const env = { TASKRC: rc, TASKDATA: join(scratch, 'tasks') }
  mkdirSync(env.TASKDATA)
  const quiet = ['rc.confirmation=off', 'rc.verbose=nothing']
  run(TASKWARRIOR, [...quiet, 'import', file], env)
  return () => run(TASKWARRIOR, [...quiet, 'list'], env)
}

/** The times of some work in turns, the work of one turn after that of another; two turns to warm up do not count. */
function inTurns(work: readonly (() => number)[]): readonly number[] {
  const times = work.map((): number[] => [])
  for (let turn = -2; turn < TURNS; turn++) {
    for (const [at, one] of work.entries()) {
      const took = one()
      if (turn >= 0) times[at]?.push(took)
    }
  }
  return times.map(median)
}

/** Saves one answer of a conversation, as the program does after each prompt. */
function saver(path: string): { readonly save: () => number; readonly close: () => void } {
  const notebook = openNotebook(path, () => new Date())
  const [person] = notebook.people.list()
  if (!person) throw new Error('nobody is in the notebook')
  const guide = { id: 'ortp', title: 'Bench' }
  const session = notebook.write(() => notebook.sessions.start(person.id, guide))
  let round = 0
  return {
    close: () => notebook.close(),
    save() {
      round++
      const begin = process.hrtime.bigint()
      notebook.write(() =>
        notebook.answers.save(session, [
          {
            round,
            path: 'observation.saw',
            pass: 'prepare',
            kind: 'note',
            state: 'answered',
            value:
              'She asked about budget in the second minute, and the customer looked at his watch.',
            draft: null,
            wording: 'What did you see or hear?',
            questionId: null,
            visibility: 'shared',
            itemId: null,
          },
        ]),
      )
      return Number(process.hrtime.bigint() - begin) / 1e6
    },
  }
}

/** How long saving an answer takes in copies of the notebooks in a folder; null where they have no room there. */
function timesOfSaving(homes: readonly string[], folder: string): readonly number[] | null {
  const paths = homes.map((home) => join(home, 'notebook.db'))
  const needed = paths.reduce((sum, path) => sum + statSync(path).size, 0)
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < needed * 1.1) return null
  const copies = paths.map((path, at) => {
    const copy = join(folder, `saving-${at}.db`)
    copyFileSync(path, copy)
    return copy
  })
  const savers = copies.map(saver)
  try {
    return inTurns(savers.map(({ save }) => save))
  } finally {
    for (const { close } of savers) close()
    for (const copy of copies) rmSync(copy)
  }
}

/** Measures and prints how long saving an answer takes in copies of the notebooks in a folder. */
function saving(
  name: string,
  homes: readonly string[],
  folder: string | null,
  show: (ms: number) => string,
  mostMs?: number,
): void {
  const found = folder === null ? null : timesOfSaving(homes, folder)
  if (!found) {
    say(`${name}: skipped, no room in ${folder ?? MEMORY_DISK}`)
    return
  }
  const [plain = 0, tenfold = 0] = found
  const aimed =
    mostMs === undefined ? '' : aim(`at most ${mostMs} ms`, plain <= mostMs, tenfold <= mostMs)
  row(name, show(plain), show(tenfold), (tenfold / plain).toFixed(2), aimed)
}

/** How long the first write of a start takes where nothing is known of the file; `large`: from which size on the check is parted. */
function firstWrite(folder: string, home: string, large?: number): number {
  const copy = join(folder, 'first-write.db')
  copyFileSync(join(home, 'notebook.db'), copy)
  try {
    const turns = Array.from({ length: 3 }, () => {
      const notebook = openNotebook(copy, () => new Date(), { large })
      const begin = process.hrtime.bigint()
      notebook.write(() => notebook.rememberPrivateTold())
      const took = Number(process.hrtime.bigint() - begin) / 1e6
      notebook.close()
      return took
    })
    return median(turns)
  } finally {
    rmSync(copy)
  }
}

function memoryOfReview({ scratch }: Folders, home: string): number {
  const file = join(scratch, 'memory')
  const turns = Array.from({ length: 5 }, () => {
    const args = ['--import', TELL_MEMORY, COACH, 'review']
    run(process.execPath, args, { COACH_HOME: home, BENCH_RSS: file })
    return Number(readFileSync(file, 'utf8')) / 1024
  })
  return Math.max(...turns)
}

/** What is aimed at, and whether it was reached; all that is given must hold. */
function aim(text: string, ...isReached: readonly boolean[]): string {
  return `${text}${isReached.every(Boolean) ? '' : '  MISSED'}`
}

function row(name: string, plain: string, tenfold: string, change: string, aimed = ''): void {
  const cells = [name.padEnd(36), ...[plain, tenfold, change].map((text) => text.padStart(10))]
  say(`${cells.join('')}   ${aimed}`.trimEnd())
}

function measure(folders: Folders): void {
  const homes = SIZES.map((sessions) => homeOf(folders, sessions))
  const task = taskwarrior(folders)
  const commands = COMMANDS.flatMap(({ args }) =>
    homes.map((home) => () => run(process.execPath, [COACH, ...args], { COACH_HOME: home })),
  )
  const [bare = 0, ...rest] = inTurns([
    () => run(process.execPath, ['-e', '0']),
    ...commands,
    ...(task ? [task] : []),
  ])
  const times = (ms: number) => `${(ms / bare).toFixed(2)} ×`

  say(
    `Median of ${TURNS} turns, Node ${process.versions.node}. × is the time of bare Node, ${bare.toFixed(0)} ms in this run.`,
  )
  say('2,000 open action items, 50 people, eight years.\n')
  row('sessions', '10,000', '100,000', 'tenfold')
  const ofTask = task ? (rest.at(-1) ?? 0) : null
  for (const [at, { name }] of COMMANDS.entries()) {
    const [plain = 0, tenfold = 0] = rest.slice(at * 2)
    const change = tenfold / plain
    const aimed =
      name === 'coach review'
        ? aim(
            `at most ${AIM.review} ×, and ${AIM.tenfold} tenfold`,
            plain / bare <= AIM.review,
            change <= AIM.tenfold,
          )
        : ''
    row(name, times(plain), times(tenfold), change.toFixed(2), aimed)
  }
  const review = rest[2] ?? 0
  if (ofTask === null) say('task list: skipped, taskwarrior is not installed')
  else {
    row(
      'task list, 2,000 of 10,000',
      times(ofTask),
      '',
      '',
      aim('slower than coach review', review < ofTask),
    )
  }

  const ms = (value: number) => `${value.toFixed(1)} ms`
  saving('saving an answer', homes, folders.kept, times)
  saving('… on a disk that needs no sync', homes, folders.memory, ms, AIM.saveMs)
  for (const [name, large] of [
    ['first write, the whole file checked', Number.POSITIVE_INFINITY],
    ['… parted, as from 64 MB on', 0],
  ] as const) {
    const [little = 0, much = 0] = homes.map((home) => firstWrite(folders.kept, home, large))
    row(name, times(little), times(much), (much / little).toFixed(2))
  }
  const [plain = 0, tenfold = 0] = homes.map((home) => memoryOfReview(folders, home))
  const isSmall = Math.max(plain, tenfold) <= AIM.memoryMb
  row(
    'peak memory of coach review',
    `${plain.toFixed(0)} MB`,
    `${tenfold.toFixed(0)} MB`,
    (tenfold / plain).toFixed(2),
    aim(`at most ${AIM.memoryMb} MB`, isSmall),
  )
}

function bench(): void {
  const scratch = mkdtempSync(join(tmpdir(), 'coach-bench-'))
  const memory = existsSync(MEMORY_DISK) ? mkdtempSync(join(MEMORY_DISK, 'coach-bench-')) : null
  try {
    measure({ scratch, memory, kept: process.env['BENCH_KEEP'] ?? scratch })
  } finally {
    rmSync(scratch, { recursive: true })
    if (memory !== null) rmSync(memory, { recursive: true })
  }
}

const [task, path = '', sessions] = process.argv.slice(2)
if (task === 'build') await buildNotebook(path, Number(sessions))
else bench()
