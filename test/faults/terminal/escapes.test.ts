import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import DB from 'better-sqlite3'
import type { CommandUnknownOpts } from 'commander'
import { describe, expect, onTestFinished, test } from 'vitest'
import { buildProgram } from '../../../src/cli/program.ts'
import { makeWorld } from '../../../src/start/make-world.ts'
import { newHome, NOW } from '../../world.ts'
import { homeWith } from '../../ask/terminal/home.ts'
import { newFolder, runScript } from '../../ask/terminal/process.ts'
import { type Pty, startScript } from '../../ask/terminal/pty.ts'

/** What could act on a terminal or disguise text: colours, titles, links, the clipboard, bells, C1, and marks of direction. */
const CANARY = [
  '\x1b[31mred',
  '\x1b]0;title\x07',
  '\x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\',
  '\x1b]52;c;cm0gLXJm\x07',
  '\x1b[2J\x1b[1;1H',
  '\x1bc',
  '\u009b31m\u009d0;t\u009c',
  '\x08\x08\rover\x7f',
  '\u202etxt\u2066\u2069\u200b\u200e\u061c\ufeff',
].join(' ')

/** Each of these in the output of coach comes from the canary, but for sequences that a test takes out before. */
const HARMFUL = /(?![\n\t])\p{Cc}|[\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u

/** Text columns that hold what the program itself writes: its words, days, numbers and marks. */
const OWN_WORDS =
  /^(?:uuid|hash|status.*|state|kind|pass|path|visibility|owner|relation|stage|guide|question_id|checksum|act|day|repeat|due_.*|.*_(?:at|on|key|from|to))$/
const OWN_TABLES = new Set(['store', 'migration', 'start'])

const FILLED: readonly (readonly string[])[] = [
  ['person', 'add', 'Ana Silva', '--role', 'Seller'],
  ['person', 'add', 'Anton Berg'],
  ['note', 'ana', 'She waited today.'],
  ['goal', 'add', 'ana', 'lead a renewal'],
  ['goal', 'add', 'ana', 'ski'],
  ['action', 'add', 'ana', 'send the deck', '--due', '2020-01-03', '--past'],
  ['action', 'add', 'ana', 'call Tom', '--owner', 'me'],
  ['opportunity', 'add', 'ana', 'Northwind', '--stage', 'discover'],
  ['session', '--past', '--answers', 'ana.yaml'],
]

const ANSWERS = `person: Ana Silva
observation: { situation: Call, saw: She asked., effect: Quiet., stage: discover }
reflection: { went_well: All., questions: [{ kind: stretch, question: What?, heard: That. }] }
teachable_moment: { pointer: Wait. }
plan: { actions: [{ what: ask once, due: 2031-01-03, if: it rings, then: I wait, obstacle: haste }] }
close: { praise: Well done., private_note: Tired. }
`

/** A home in which every text that somebody could have written, imported or synchronised is full of canaries. */
async function poisoned(): Promise<string> {
  const outside = newFolder()
  writeFileSync(join(outside, 'ana.yaml'), ANSWERS)
  const commands = FILLED.map((argv) =>
    argv.map((word) => (word === 'ana.yaml' ? join(outside, word) : word)),
  )
  const folder = await homeWith(...commands)
  const db = new DB(join(folder, 'notebook.db'))
  const names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
  let seeded = 0
  for (const table of names.map(String).filter((name) => !name.startsWith('sqlite_'))) {
    for (const { name, type } of db
      .prepare<[string], { name: string; type: string }>(
        'SELECT name, type FROM pragma_table_info(?)',
      )
      .all(table)) {
      if (type !== 'TEXT' || OWN_WORDS.test(name) || OWN_TABLES.has(table)) continue
      const where =
        table === 'answer' && name === 'value' ? `WHERE kind IN ('line', 'note', 'question')` : ''
      seeded += db
        .prepare(`UPDATE "${table}" SET "${name}" = coalesce("${name}", '') || ? ${where}`)
        .run(` ${CANARY}`).changes
    }
  }
  db.close()
  expect(seeded).toBeGreaterThan(40)
  writeOwn(folder)
  return folder
}

/** A bank, a guide and settings of one's own, with canaries in every text of them. */
function writeOwn(folder: string): void {
  // Titles are short.
  const evil = JSON.stringify('\x1b[31mred \u009b2J \u202e\x07')
  mkdirSync(join(folder, 'question-banks'), { recursive: true })
  mkdirSync(join(folder, 'guides'), { recursive: true })
  writeFileSync(
    join(folder, 'question-banks', 'own.yaml'),
    `id: own\ntitle: ${evil}\nlanguage: en\nquestions:\n  - { id: own-1, text: ${evil}, kinds: [stretch], why: ${evil}, follow_ups: [${evil}] }\n`,
  )
  writeFileSync(
    join(folder, 'question-banks', 'worse.yaml'),
    `id: worse\n${evil}: ${evil}\nquestions: [{ id: ${evil} }]\n`,
  )
  writeFileSync(
    join(folder, 'guides', 'own.yaml'),
    `id: own\ntitle: ${evil}\nabout: ${evil}\nlanguage: en\nsteps:\n  - id: one\n    title: ${evil}\n    prompts: [{ id: a, kind: line, pass: prepare, title: ${evil}, ask: ${evil}, why: ${evil}, example: ${evil} }]\n`,
  )
}

function leavesOf(
  command: CommandUnknownOpts,
  way: readonly string[] = [],
): readonly [string, CommandUnknownOpts][] {
  const named = command.commands.filter((one) => one.name() !== 'help')
  if (named.length === 0) return [[way.join(' '), command]]
  return named.flatMap((one) => leavesOf(one, [...way, one.name()]))
}

const stream = new PassThrough()
const world = makeWorld({
  env: {},
  stdin: stream,
  stdout: stream,
  stderr: stream,
  cwd: '/',
  places: { notebook: '', config: '', drafts: '' },
  now: () => NOW,
})
const LEAVES = leavesOf(buildProgram(world).program).filter(([way]) => way !== 'demo')

const VALUES: Readonly<Record<string, string>> = {
  person: 'ana',
  name: 'ana',
  coach: 'ana',
  what: 'call',
}

/** Each command with what it needs, also as JSON and with whatever else makes it say more. */
const COMMANDS = LEAVES.flatMap(([way, command]) => {
  const args = command.registeredArguments
    .filter(({ required }) => required || way === 'note')
    .map((one) => (/^ids?$|-id$/.test(one.name()) ? '1' : (VALUES[one.name()] ?? 'own')))
  const line = [way, ...args].join(' ')
  const has = (flag: string) => command.options.some(({ long }) => long === flag)
  return [
    line,
    ...['--json', '--list', '--all', '--private', '--yes', '--template', '--look'].flatMap((flag) =>
      has(flag) ? [`${line} ${flag}`] : [],
    ),
    ...(has('--format') ? [`${line} --format md`, `${line} --format yaml`] : []),
  ]
})

const ALSO = [
  'export session 1',
  'export session 1 --shared',
  'export person ana',
  'export all --format ics',
  'session ana --record',
  'note ana -- "$EVIL"',
  'person add "$EVIL"',
  'person edit ana --role "$EVIL"',
  'action add ana -- "$EVIL"',
  'goal add ana -- "$EVIL"',
  'opportunity add ana -- "$EVIL"',
  'questions add "$EVIL" --kind stretch',
  'questions lint "$EVIL"',
  'questions lint "$EVIL.yaml"',
  'questions import "$EVIL.csv"',
  'session --answers "$EVIL.yaml"',
  'session ana --guide "$EVIL"',
  'session --template --guide own',
  'edit 1 --answers "$EVIL.yaml"',
  'export all -o "$EVIL/x"',
  'export all -o "$EVIL.md"',
  'people --notebook "$EVIL"',
  'people --notebook "$EVIL" --debug',
  'questions --bank "$EVIL"',
  'review --due "$EVIL"',
  '"$EVIL"',
  'review "--$EVIL"',
]

test(
  'fault 53: in a pipe, no command sends anything that could act on a terminal, whatever is stored',
  { timeout: 120_000 },
  async () => {
    const folder = await poisoned()
    const seed = join(newFolder(), 'seed')
    cpSync(folder, seed, { recursive: true })
    const evil = join(seed, `${CANARY.replaceAll('/', '')}.yaml`)
    writeFileSync(
      evil,
      `person: ${JSON.stringify(CANARY)}\n${JSON.stringify(CANARY)}: 1\nguide: "\\e[31m"\n`,
    )
    const lines = [...COMMANDS, ...ALSO]
    const script = `
EVIL=${quoted(CANARY.replaceAll('/', ''))}
one() { home=$(mktemp -d "$PWD/run-XXXXXX"); cp -r ${quoted(seed)}/. "$home"; cd "$home"; export COACH_HOME="$home"
  printf '%s\\n' "== $1"; eval "\\"\\$NODE\\" \\"\\$BIN\\" --no-input $1" </dev/null 2>&1; printf '[%s]\\n' "$?"; rm -rf "$home"; }
export -f one; export EVIL
printf '%s\\n' ${lines.map(quoted).join(' ')} | tr '\\n' '\\0' | xargs -0 -P 2 -I{} bash -c 'one "$1" > "$(mktemp "$PWD/out-XXXXXX")"' _ {}
cat out-*`
    const { out } = await runScript(folder, script)
    const said = out.split(/^== /m).slice(1)
    expect(said).toHaveLength(lines.length)
    // A calendar's lines end in CRLF.
    const leaks = said.filter((one) => HARMFUL.test(one.replaceAll('\r\n', '\n')))
    expect(leaks).toEqual([])
    expect(said.filter((one) => /\[1\]\n$|bug in coach/.test(one))).toEqual([])
    expect(said.filter((one) => one.includes('\\x1b[31mred')).length).toBeGreaterThan(25)
  },
)

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

describe('fault 53: in a terminal, only what coach itself draws acts on it', () => {
  /** The second page, a pasted text's marks, the cursor, clearing, places, and colours. */
  // eslint-disable-next-line no-control-regex -- these are the sequences
  const DRAWN = /\x1b\[(?:\?(?:1049|2004|25)[hl]|[02]?J|K|H|\d+;\d+H|[\d;]*m)/g

  test('what is printed', async () => {
    const folder = await poisoned()
    const commands = [
      '',
      'review --all',
      'prep ana --private',
      'show 1',
      'people',
      'questions list',
      'history',
      'session ana --guide "$EVIL"',
    ]
    const coach = startScript(
      `EVIL=${quoted(CANARY)}\n${commands.map((one) => `coach ${one}`).join('\n')}\ntrue`,
      { folder },
    )
    expect(await coach.exit()).toBe(0)
    expect(sentBy(coach)).not.toMatch(HARMFUL)
    expect(coach.raw()).toContain(String.raw`\x1b[31mred`)
  })

  test.each([
    ['session ana --record', ['What became of it?']],
    ['session ana --prepare --guide own', ['red']],
    ['edit 1', ['When and where']],
    ['review --triage', ['What became of it?']],
    ['note ana', ['What do you want to remember?']],
    ['delete action 1', ['Delete']],
  ] as const)('what is asked: coach %s', async (command, seen) => {
    const coach = startScript(`coach ${command}`, { folder: await poisoned() })
    for (const one of seen) await coach.see(one)
    coach.press('ctrl-c')
    await coach.exit()
    // The prompt library asks this one.
    expect(sentBy(coach, command.startsWith('delete'))).not.toMatch(HARMFUL)
  })

  /** All that was sent, without what coach draws with. */
  function sentBy(coach: Pty, isLibrary = false): string {
    // The prompt library also moves the cursor within its line.
    // eslint-disable-next-line no-control-regex -- these are the sequences
    const more = isLibrary ? /\x1b\[\d*[A-G]|\x1b\[\d*K/g : /(?!)/g
    const rest = coach
      .raw()
      .replace(/\r+\n/g, '\n')
      .replace(DRAWN, '')
      .replace(more, '')
      .replaceAll('^C', '')
    return rest.replaceAll('\x07', isLibrary ? '' : '\x07')
  }
})

test('fault 53: a home whose own path is hostile is named harmlessly', async () => {
  const folder = newHome().folder
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const home = join(folder, CANARY.replaceAll('/', ''))
  mkdirSync(home)
  writeFileSync(join(home, 'notebook.db'), 'no notebook')
  writeFileSync(join(home, 'config.yaml'), 'nothing: [\n')
  for (const command of ['review', 'config show', 'questions', 'note ana x', 'review --debug']) {
    const { out, err } = await runScript(
      folder,
      `export COACH_HOME=${quoted(home)}; coach ${command}`,
    )
    expect(out + err).not.toMatch(HARMFUL)
  }
})
