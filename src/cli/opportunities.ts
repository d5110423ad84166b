import { Option } from 'commander'
import { type CommandLine, type Group, nameIn } from './command-line.ts'
import type * as Opportunity from '../commands/people/opportunity.ts'
import type { JsonOptions } from '../output/print.ts'

/** What somebody is working to win, with its gates. */
export function opportunityCommands(line: CommandLine): void {
  const opportunity = line.program
    .command('opportunity')
    .description('opportunities and their two-sided gates: list, show, add, edit')
  opportunityList(line, opportunity)
  opportunityShow(line, opportunity)
  opportunityAdd(line, opportunity)
  opportunityEdit(line, opportunity)
}

function opportunityList({ does, examples, json }: CommandLine, opportunity: Group): void {
  const list = opportunity
    .command('list', { isDefault: true })
    .argument('[person...]', 'any unambiguous part of the name')
    .description('open opportunities, with the gates that the customer has confirmed')
    .option('--all', 'closed ones too')
    .addOption(json())
  does(list, async (here, [words], options: Opportunity.ListOptions) =>
    (await import('../commands/people/opportunity.ts')).list(here, nameIn(words), options),
  )
  examples(list, 'coach opportunity list', 'coach opportunity list ana --all')
}

function opportunityShow({ does, examples, json }: CommandLine, opportunity: Group): void {
  const show = opportunity
    .command('show')
    .argument('<which...>', 'the number, or a part of the name')
    .description('one opportunity, with both sides of each gate')
    .addOption(json())
  does(show, async (here, [words], options: JsonOptions) =>
    (await import('../commands/people/opportunity.ts')).show(here, words.join(' '), options),
  )
  examples(show, 'coach opportunity show 1', 'coach opportunity show northwind')
}

function opportunityAdd({ does, examples }: CommandLine, opportunity: Group): void {
  const add = opportunity
    .command('add')
    .argument('<person>', 'any unambiguous part of the name')
    .argument('<name...>', 'what the opportunity is called')
    .description('add an opportunity that somebody is working on')
    .option('--stage <id>', 'the stage it is in')
  does(add, async (here, [name, title], options: Opportunity.AddOptions) =>
    (await import('../commands/people/opportunity.ts')).add(here, name, title.join(' '), options),
  )
  examples(add, 'coach opportunity add ana Northwind, warehouse --stage discover')
}

function opportunityEdit({ does, examples }: CommandLine, opportunity: Group): void {
  const edit = opportunity
    .command('edit')
    .argument('<which>', 'the number, or a part of the name')
    .description('correct an opportunity, or close it')
    .option('--name <text>', 'what it is called')
    .option('--stage <id>', 'the stage it is in')
    .addOption(new Option('--close', 'it is over, won or lost').conflicts('open'))
    .option('--open', 'it goes on')
  does(edit, async (here, [which], options: Opportunity.EditOptions) =>
    (await import('../commands/people/opportunity.ts')).edit(here, which, options),
  )
  examples(edit, 'coach opportunity edit 1 --stage propose', 'coach opportunity edit 1 --close')
}
