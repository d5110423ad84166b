import { type Command, Option } from 'commander'
import { OWNERS } from '../model.ts'
import type { CommandLine } from './command-line.ts'

/** What was agreed, and what became of it. */
export function agreementCommands(line: CommandLine): void {
  const { program, does, examples, json } = line

  const review = program
    .command('review')
    .description('open action items: overdue, this week, later, no date')
    .option('--person <name>', 'of one person')
    .addOption(new Option('--owner <who>', 'theirs, or your own').choices(OWNERS))
    .option('--overdue', 'only what is overdue')
    .option('--due <when>', 'only what is due by then: week, fri, 2026-12-01')
    .option('--all', 'closed ones too')
    .addOption(json())
  does<Parameters<typeof import('../commands/review.ts').run>[1]>(
    review,
    async (here, _args, options) => (await import('../commands/review.ts')).run(here, options),
  )
  examples(review, 'coach review', 'coach review --person ana --overdue', 'coach review --due week')

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
      command.requiredOption('--to <when>', 'the new day: fri, in 2 weeks, 2026-12-01')
    }
    does<{ note?: string; to?: string }>(command, async (here, ids, options) =>
      (await import('../commands/settle.ts')).run(here, outcome, ids, options),
    )
    examples(command, name === 'carry' ? 'coach carry 7 --to fri' : `coach ${name} 7 9`)
  }

  const action = program.command('action').description('an action item outside a conversation')
  const fields = (command: Command) =>
    command
      .option('--due <when>', 'the day: fri, in 2 weeks, 2026-12-01')
      .addOption(new Option('--owner <who>', 'who does it').choices(OWNERS))
      .option('--if <text>', 'the moment to act')
      .option('--then <text>', 'what is done in that moment')
      .option('--else <text>', 'what is done if that does not work')
      .option('--obstacle <text>', 'what could get in the way')
      .option('--measure <text>', 'how you both see that it was done')
      .option('--support <text>', 'what you do to help')
      .option('--check-in <when>', 'the day to look at it half way')
  const actionAdd = fields(
    action
      .command('add')
      .argument('<person>', 'any unambiguous part of the name')
      .argument('<what...>', 'one line, such as: send the deck by fri')
      .description('add an action item'),
  )
  does<Parameters<typeof import('../commands/action.ts').add>[3]>(
    actionAdd,
    async (here, [name = '', ...words], options) =>
      (await import('../commands/action.ts')).add(here, name, words, options),
  )
  examples(actionAdd, 'coach action add ana practise the opening by fri')
  const actionEdit = fields(
    action
      .command('edit')
      .argument('<id>', 'the number from coach review')
      .description('correct an action item; an empty text takes a field away')
      .option('--what <text>', 'what is to be done'),
  )
  does<Parameters<typeof import('../commands/action.ts').edit>[2]>(
    actionEdit,
    async (here, [id = ''], options) =>
      (await import('../commands/action.ts')).edit(here, id, options),
  )
  examples(actionEdit, 'coach action edit 7 --due fri', 'coach action edit 7 --obstacle ""')
  const actionShow = action
    .command('show')
    .argument('<id>', 'the number from coach review')
    .description('an action item with its whole history')
    .addOption(json())
  does<{ json?: boolean }>(actionShow, async (here, [id = ''], options) =>
    (await import('../commands/action.ts')).show(here, id, options),
  )
  examples(actionShow, 'coach action show 7')
}
