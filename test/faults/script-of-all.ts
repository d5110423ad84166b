import { PassThrough } from 'node:stream'
import type { CommandUnknownOpts } from 'commander'
import { buildProgram } from '../../src/cli/program.ts'
import { makeWorld } from '../../src/start/make-world.ts'
import { withCoach } from '../ask/terminal/process.ts'
import { NOW } from '../world.ts'

/** The full name of every command that does something: `person forget`. */
export function everyCommand(): readonly string[] {
  const places = { notebook: '', config: '', drafts: '' }
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const { program } = buildProgram(
    makeWorld({ env: {}, stdin, stdout, stderr, cwd: '/', places, now: () => NOW }),
  )
  return leavesOf(program, '').toSorted()
}

function leavesOf(command: CommandUnknownOpts, path: string): readonly string[] {
  return command.commands.flatMap((one) => {
    const name = `${path} ${one.name()}`.trim()
    return one.commands.length === 0 ? [name] : leavesOf(one, name)
  })
}

/**
 * Command lines that use every command once, in an order in which each has something to do. `CANARY` stands where a text of
 * the manager's goes into the command line, and `TOLD` in the files that are named. Lines that begin with `! ` are to fail.
 */
export const LINES: readonly string[] = [
  'person add "Ana Silva" --role CANARY',
  'person add "Ben Kurz"',
  'session --template',
  'session --answers first.yaml',
  'session --answers second.yaml',
  'note ana CANARY',
  'note --list',
  'action add ana CANARY --due "in 2 weeks"',
  'action add ana CANARY again',
  'action add ana CANARY third',
  'action add ana CANARY fourth',
  'action add ana CANARY fifth',
  'action add ana CANARY sixth',
  'action edit 2 --obstacle CANARY',
  'action show 2',
  'done 2',
  'undo',
  'part 2',
  'missed 3',
  'drop 4',
  'carry 5 --to "in 3 weeks"',
  'goal add ana CANARY',
  'goal add ana CANARY two',
  'goal add ana CANARY three',
  'goal edit 1 --what CANARY',
  'goal list',
  'goal show 1',
  'goal done 2',
  'goal drop 3',
  'opportunity add ana CANARY --stage discover',
  'opportunity list',
  'opportunity show 1',
  'opportunity edit 1 --close',
  'today',
  'review',
  'review --json',
  'due',
  'people',
  'person show ana',
  'person edit ana --cadence 7',
  'person archive ben',
  'prep ana --private',
  'recap ana',
  'history',
  'show 1',
  'show 1 --format yaml',
  '! edit 1',
  'edit 1 --answers correction.yaml',
  'reflect --template',
  'upward --template',
  'export session 1',
  'export all -o out/',
  'export all --format ics -o out.ics',
  'export all --format html -o out/',
  'export all --format csv -o out.csv',
  'export person ana --everything --format html -o out/everything.html',
  'export all --format json -o all.json',
  'export all --raw -o all.jsonl',
  'import all.json',
  'backup',
  'backup -o out/',
  'backup --list',
  'restore latest --yes',
  'doctor',
  'doctor --full',
  'encrypt --wipe --backups encrypt --password-file password',
  'note ana CANARY under a password --password-file password',
  'show 1 --password-file password',
  'decrypt --yes --password-file password',
  'questions list',
  'questions pick ana',
  'questions add "What would you try next?"',
  'questions import list.md --to own',
  'questions lint question-banks/own.yaml',
  'questions banks',
  'skill list',
  'skill show listening',
  'config show',
  'config set language en',
  'config unset language',
  'config copy',
  'demo',
  'delete note 1 --yes',
  'delete action 6 --yes',
  'delete goal 2 --yes',
  'delete opportunity 1 --yes',
  'delete session 2 --yes',
  'purge --older-than "2 years" --yes',
  'person forget ben --yes',
]

/** Files that {@link LINES} name, by name. */
export const FILES: Readonly<Record<string, string>> = {
  'first.yaml': `person: Ana Silva
observation:
  situation: TOLD
  saw: TOLD
  rating: 2
reflection:
  went_well: TOLD
teachable_moment:
  pointer: TOLD
plan:
  actions:
    - what: TOLD
close:
  praise: TOLD
  private_note: TOLD
`,
  'second.yaml': `person: Ana Silva
observation:
  situation: TOLD
  saw: TOLD
close:
  private_note: TOLD
`,
  'correction.yaml': `person: Ana Silva
observation:
  saw: TOLD corrected
`,
  password: 'a password of several words\n',
  'list.md': '- What did you notice?\n- What will you try?\n',
}

/**
 * A script of bash that runs {@link LINES}, and prints each that ends otherwise than it should, with what it says.
 * What is asked for goes to `out.txt`.
 */
export function scriptOf(lines: readonly string[]): string {
  const runs = lines.map((line) => {
    const [argv, isWell] = line.startsWith('! ')
      ? [line.slice(2), '"$code" -ne 0']
      : [line, '"$code" -eq 0 -o "$code" -eq 10']
    const said = `{ echo "$code: ${argv.replaceAll('"', '')}"; cat err.txt; }`
    return `coach ${argv} >>out.txt 2>err.txt </dev/null; code=$?; [ ${isWell} ] || ${said}`
  })
  return withCoach(runs.join('\n'))
}
