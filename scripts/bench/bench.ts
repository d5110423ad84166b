/**
 * How the program does with a small notebook, a large one, and one ten times as large. Commands are measured as ratios to bare
 * Node in one run, in turns, by their medians: machines are shared, so seconds say little. `--large` measures what takes long with the
 * largest notebook too. `BENCH_TURNS=10` is quicker; `BENCH_KEEP=FOLDER` keeps the notebooks there and takes them from there the next
 * time.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { addDays, dayOf } from '../../src/dates/day.ts'
import { firstWrite, memoryOfReview, timesOfSaving } from './in-process.ts'
import { buildNotebook } from './notebook.ts'
import { bareNode, coach, type Folders, homeOf, inTurns, LONG_TURNS, run, TURNS } from './run.ts'
import { aim, ratio, row, say } from './table.ts'
import { firstScreen, keyInLongNote } from './terminal.ts'

const SIZES = [10_000, 100_000] as const
const AIM = { review: 2.5, tenfold: 1.3, saveMs: 15, memoryMb: 110 } as const
const NAME = 'Ana Silva'
const TASKWARRIOR = 'task'
const MEMORY_DISK = '/dev/shm'

/** What is measured with a small notebook, and how many times the time of bare Node it may take. */
const WITH_SMALL = [
  { name: 'coach --version', args: ['--version'], most: null },
  { name: 'coach review', args: ['review'], most: 1.8 },
  { name: 'coach', args: [], most: 1.7 },
  { name: 'coach due', args: ['due'], most: 1.65 },
] as const

const WITH_LARGE = [
  { name: 'coach review', args: ['review'] },
  { name: 'coach', args: [] },
  { name: 'coach prep NAME', args: ['prep', NAME] },
  { name: 'coach due', args: ['due'] },
  { name: 'coach questions pick NAME', args: ['questions', 'pick', NAME] },
  { name: 'coach session NAME --template', args: ['session', NAME, '--template'] },
] as const

const EXPORT = ['export', 'all', '--format']
/** What takes seconds; each writes into a folder that is empty. */
const LONG: readonly {
  readonly name: string
  readonly args: (folder: string) => readonly string[]
}[] = [
  ...['md', 'html', 'json', 'csv', 'ics'].map((format) => ({
    name: `coach export all --format ${format}`,
    args: (folder: string) => [
      ...EXPORT,
      format,
      '--output',
      join(folder, format === 'md' || format === 'html' ? '' : `all.${format}`),
    ],
  })),
  { name: 'coach backup', args: () => ['backup'] },
  { name: 'coach doctor --full', args: () => ['doctor', '--full'] },
]

/** A home as after the first week: three people, and four open action items. */
function smallHome({ scratch }: Folders): string {
  const home = join(scratch, 'small')
  mkdirSync(home)
  for (const name of [NAME, 'Bruno Marín', 'Chiara Osei']) coach(home, ['person', 'add', name])
  for (const [name, what, due] of [
    [NAME, 'ask two customers what waiting costs them', 'in 3 days'],
    [NAME, 'send the notes of the call', 'tomorrow'],
    ['Bruno Marín', 'practise the impact question in three calls', 'in 2 weeks'],
    ['Chiara Osei', 'prepare the first five minutes of the renewal talk', 'in 5 days'],
  ] as const) {
    coach(home, ['action', 'add', name, what, '--due', due])
  }
  return home
}

async function withSmall(folders: Folders): Promise<void> {
  const home = smallHome(folders)
  const commands = WITH_SMALL.map(
    ({ args }) =>
      () =>
        coach(home, args),
  )
  const [bare = 0, ...times] = await inTurns([bareNode, ...commands])
  say(
    `Median of ${TURNS} turns, Node ${process.versions.node}. × is the time of bare Node, ${bare.toFixed(0)} ms in this run.\n`,
  )
  say('Three people, four open action items.')
  for (const [at, { name, most }] of WITH_SMALL.entries()) {
    const took = times[at] ?? 0
    const aimed = most === null ? '' : aim(`at most ${most} ×`, took / bare <= most)
    row(name, [ratio(took, bare)], aimed)
  }
}

async function withLarge(folders: Folders, homes: readonly string[]): Promise<void> {
  const task = taskwarrior(folders)
  const commands = WITH_LARGE.flatMap(({ args }) => homes.map((home) => () => coach(home, args)))
  const [bare = 0, ...times] = await inTurns([bareNode, ...commands, ...(task ? [task] : [])])
  say('\n2,000 open action items, 50 people, eight years.')
  row('sessions', ['10,000', '100,000', 'tenfold'])
  for (const [at, { name }] of WITH_LARGE.entries()) {
    const [plain = 0, tenfold = 0] = times.slice(at * 2)
    const change = tenfold / plain
    const aimed =
      name === 'coach review'
        ? aim(
            `at most ${AIM.review} ×, and ${AIM.tenfold} tenfold`,
            plain / bare <= AIM.review,
            change <= AIM.tenfold,
          )
        : ''
    row(name, [ratio(plain, bare), ratio(tenfold, bare), change.toFixed(2)], aimed)
  }
  const review = times[0] ?? 0
  const ofTask = task ? (times.at(-1) ?? 0) : null
  if (ofTask === null) say('task list: skipped, taskwarrior is not installed')
  else {
    const aimed = aim('slower than coach review', review < ofTask)
    row('task list, 2,000 of 10,000', [ratio(ofTask, bare)], aimed)
  }
  await onTheScreen(folders, homes, bare)
  await saving(folders, homes, bare)
  for (const [name, large] of [
    ['first write, the whole file checked', Number.POSITIVE_INFINITY],
    ['… parted, as from 64 MB on', 0],
  ] as const) {
    const [little = 0, much = 0] = homes.map((home) => firstWrite(folders.kept, home, large))
    row(name, [ratio(little, bare), ratio(much, bare), (much / little).toFixed(2)])
  }
  const [plain = 0, tenfold = 0] = homes.map((home) => memoryOfReview(folders, home))
  row(
    'peak memory of coach review',
    [`${plain.toFixed(0)} MB`, `${tenfold.toFixed(0)} MB`, (tenfold / plain).toFixed(2)],
    aim(`at most ${AIM.memoryMb} MB`, Math.max(plain, tenfold) <= AIM.memoryMb),
  )
}

/** What somebody waits for in front of the screen. */
async function onTheScreen(
  { scratch }: Folders,
  homes: readonly string[],
  bare: number,
): Promise<void> {
  const copies = homes.map((home, at) => copyOfHome(home, join(scratch, `screen-${at}`)))
  const turns = Math.min(TURNS, 10)
  const [plain = 0, tenfold = 0] = await inTurns(
    copies.map((home) => async () => await firstScreen(home, NAME)),
    turns,
  )
  row('until the first prompt of a session', [
    ratio(plain, bare),
    ratio(tenfold, bare),
    (tenfold / plain).toFixed(2),
  ])
  const [first = ''] = copies
  row('a key in a note of 2,000 lines', [ratio(await keyInLongNote(first, NAME), bare)])
  for (const copy of copies) rmSync(copy, { recursive: true })
}

/** How long saving an answer takes, where the disk syncs and where it need not. */
async function saving(
  { kept, memory }: Folders,
  homes: readonly string[],
  bare: number,
): Promise<void> {
  const places: readonly (readonly [string, string | null, (ms: number) => string, number?])[] = [
    ['saving an answer', kept, (ms) => ratio(ms, bare)],
    ['… on a disk that needs no sync', memory, (ms) => `${ms.toFixed(1)} ms`, AIM.saveMs],
  ]
  for (const [name, folder, show, mostMs] of places) {
    const found = folder === null ? null : await timesOfSaving(homes, folder)
    if (!found) {
      say(`${name}: skipped, no room in ${folder ?? MEMORY_DISK}`)
      continue
    }
    const [plain = 0, tenfold = 0] = found
    const aimed =
      mostMs === undefined ? '' : aim(`at most ${mostMs} ms`, plain <= mostMs, tenfold <= mostMs)
    row(name, [show(plain), show(tenfold), (tenfold / plain).toFixed(2)], aimed)
  }
}

async function whatTakesLong(folders: Folders, sizes: readonly number[]): Promise<void> {
  say(`\nWhat takes long, in ${LONG_TURNS} turns.`)
  row(
    'sessions',
    sizes.map((size) => size.toLocaleString('en')),
  )
  const homes = sizes.map((size) =>
    copyOfHome(homeOf(folders, size), join(folders.scratch, `long-${size}`)),
  )
  for (const { name, args } of LONG) {
    const work = homes.map((home) => () => {
      const folder = mkdtempSync(join(folders.scratch, 'out-'))
      const took = coach(home, args(folder))
      rmSync(folder, { recursive: true })
      rmSync(join(home, 'backups'), { recursive: true, force: true })
      return took
    })
    const [bare = 0, ...times] = await inTurns([bareNode, ...work], LONG_TURNS, 0)
    row(
      name,
      times.map((ms) => ratio(ms, bare)),
    )
  }
}

function copyOfHome(home: string, to: string): string {
  mkdirSync(to)
  copyFileSync(join(home, 'notebook.db'), join(to, 'notebook.db'))
  return to
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

async function bench(isLarge: boolean): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'coach-bench-'))
  const memory = existsSync(MEMORY_DISK) ? mkdtempSync(join(MEMORY_DISK, 'coach-bench-')) : null
  const folders = { scratch, memory, kept: process.env['BENCH_KEEP'] ?? scratch }
  try {
    await withSmall(folders)
    await withLarge(
      folders,
      SIZES.map((sessions) => homeOf(folders, sessions)),
    )
    await whatTakesLong(folders, isLarge ? SIZES : SIZES.slice(0, 1))
  } finally {
    rmSync(scratch, { recursive: true })
    if (memory !== null) rmSync(memory, { recursive: true })
  }
}

const {
  values: { large = false },
  positionals: [task, path = '', sessions],
} = parseArgs({ options: { large: { type: 'boolean' } }, allowPositionals: true })
if (task === 'build') await buildNotebook(path, Number(sessions))
else await bench(large)
