import { Option } from 'commander'
import type { CommandLine } from './command-line.ts'
import type { DueOptions } from '../commands/followup/due.ts'
import type { ReviewOptions } from '../commands/followup/review.ts'
import type { CarryOptions, SettleOptions } from '../commands/followup/settle.ts'
import { OWNERS } from '../model.ts'

/** What was agreed, and what became of it. */
export function agreementCommands(line: CommandLine): void {
  reviewCommand(line)
  dueCommand(line)
  settleCommands(line)
  carryCommand(line)
  undoCommand(line)
}

function reviewCommand({ program, does, examples, json }: CommandLine): void {
  const review = program
    .command('review')
    .description('what is open, group by group, and what is worth a look')
    .option('--person <name>', 'of one person')
    .addOption(new Option('--owner <who>', 'theirs, or your own').choices(OWNERS))
    .option('--overdue', 'only what is overdue')
    .option('--due <when>', 'only what is due by then: week, fri, 2026-12-01')
    .option('--all', 'closed ones too')
    .addOption(
      new Option('--triage', 'go through them, one key each; ^P takes back').conflicts([
        'json',
        'look',
        'why',
      ]),
    )
    .addOption(
      new Option('--look', 'only what is worth a look').conflicts([
        'owner',
        'overdue',
        'due',
        'all',
      ]),
    )
    .option('--why', 'with the rule of each figure')
    .addOption(json())
  does(review, async (here, _args, options: ReviewOptions) =>
    (await import('../commands/followup/review.ts')).run(here, options),
  )
  examples(review, 'coach review', 'coach review --triage', 'coach review --person ana --why')
}

function dueCommand({ program, does, examples, json }: CommandLine): void {
  const due = program
    .command('due')
    .description('one line for each overdue thing; exits 10 when there is any')
    .option('--person <name>', 'of one person')
    .addOption(json())
  does(due, async (here, _args, options: DueOptions) =>
    (await import('../commands/followup/due.ts')).run(here, options),
  )
  examples(due, 'coach due', 'coach due > /dev/null || echo "something is overdue"')
}

const SETTLES = [
  ['done', 'done', 'close action items that were done'],
  ['part', 'part', 'note that they were partly done; they stay open'],
  ['missed', 'missed', 'close action items that were missed'],
  ['drop', 'dropped', 'close action items that nobody wants any more'],
] as const

function settleCommands(line: CommandLine): void {
  for (const [name, outcome, about] of SETTLES) {
    const command = settling(line, name, about)
    line.does(command, async (here, [ids], options: SettleOptions) =>
      (await import('../commands/followup/settle.ts')).run(here, outcome, ids, options),
    )
    line.examples(command, `coach ${name} 7 9`)
  }
}

function carryCommand(line: CommandLine): void {
  const carry = settling(line, 'carry', 'carry action items to a later day; they stay open')
    .requiredOption('--to <when>', 'the new day: fri, in 2 weeks, 2026-12-01')
    .option('--past', 'take a day that has passed')
  line.does(carry, async (here, [ids], options: CarryOptions) =>
    (await import('../commands/followup/settle.ts')).run(here, 'carried', ids, options),
  )
  line.examples(carry, 'coach carry 7 --to fri')
}

/** A command that settles action items, with what each of them takes. */
function settling({ program }: CommandLine, name: string, about: string) {
  return program
    .command(name)
    .argument('<id...>', 'the numbers from coach review')
    .description(about)
    .option('--note <text>', 'why, for you alone (it stays in the history of your shell)')
}

function undoCommand({ program, does, examples }: CommandLine): void {
  const undo = program
    .command('undo')
    .description('take back the last change of state: done, part, missed, drop, carry, goal done')
  does(undo, async (here) => (await import('../commands/followup/undo.ts')).run(here))
  examples(undo, 'coach undo')
}
