import { Option } from 'commander'
import { OWNERS } from '../model.ts'
import type { CommandLine } from './command-line.ts'

/** What was agreed, and what became of it. */
export function agreementCommands(line: CommandLine): void {
  const { program, does, examples, json } = line

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
  does<Parameters<typeof import('../commands/followup/review.ts').run>[1]>(
    review,
    async (here, _args, options) =>
      (await import('../commands/followup/review.ts')).run(here, options),
  )
  examples(review, 'coach review', 'coach review --triage', 'coach review --person ana --why')

  const due = program
    .command('due')
    .description('one line for each overdue thing; exits 10 when there is any')
    .option('--person <name>', 'of one person')
    .addOption(json())
  does<{ person?: string; json?: boolean }>(due, async (here, _args, options) =>
    (await import('../commands/followup/due.ts')).run(here, options),
  )
  examples(due, 'coach due', 'coach due > /dev/null || echo "something is overdue"')

  const settles = [
    ['done', 'done', 'close action items that were done'],
    ['part', 'part', 'note that they were partly done; they stay open'],
    ['missed', 'missed', 'close action items that were missed'],
    ['drop', 'dropped', 'close action items that nobody wants any more'],
    ['carry', 'carried', 'carry action items to a later day; they stay open'],
  ] as const
  for (const [name, outcome, about] of settles) {
    const command = program
      .command(name)
      .argument('<id...>', 'the numbers from coach review')
      .description(about)
      .option('--note <text>', 'why, for you alone (it stays in the history of your shell)')
    if (name === 'carry') {
      command
        .requiredOption('--to <when>', 'the new day: fri, in 2 weeks, 2026-12-01')
        .option('--past', 'take a day that has passed')
    }
    does<{ note?: string; to?: string; past?: boolean }>(command, async (here, ids, options) =>
      (await import('../commands/followup/settle.ts')).run(here, outcome, ids, options),
    )
    examples(command, name === 'carry' ? 'coach carry 7 --to fri' : `coach ${name} 7 9`)
  }

  const undo = program
    .command('undo')
    .description('take back the last change of state: done, part, missed, drop, carry, goal done')
  does<object>(undo, async (here) => (await import('../commands/followup/undo.ts')).run(here))
  examples(undo, 'coach undo')
}
