import { type Command, Option } from 'commander'
import { RELATIONS } from '../model.ts'
import type { CommandLine } from './command-line.ts'

/** People, and what was written down about them. */
export function recordCommands(line: CommandLine): void {
  const { program, does, examples, json, nameIn } = line

  const people = program
    .command('people')
    .description('everybody, with the last conversation and what is open')
    .option('--all', 'archived people too')
    .addOption(json())
  does<{ all?: boolean; json?: boolean }>(people, async (here, _args, options) =>
    (await import('../commands/people/people.ts')).run(here, options),
  )
  examples(people, 'coach people')

  const person = program
    .command('person')
    .description('one person: add, show, edit, archive, forget')
  const about = (command: Command) =>
    command
      .addOption(new Option('--relation <what>', 'what the person is to you').choices(RELATIONS))
      .option('--role <text>', 'what the person does')
      .option('--cadence <days>', 'days between conversations, 14 by default')
      .option('--leads-others', 'the person leads people too')
  const personAdd = about(
    person.command('add').argument('<name...>', 'the full name').description('add a person'),
  )
  does<Parameters<typeof import('../commands/people/person.ts').add>[2]>(
    personAdd,
    async (here, args, options) =>
      (await import('../commands/people/person.ts')).add(here, args.join(' '), options),
  )
  examples(personAdd, 'coach person add "Ana Silva" --role "Account executive"')
  const personShow = person
    .command('show')
    .argument('<name...>', 'any unambiguous part of the name')
    .description('one person and what is open')
    .addOption(json())
  does<{ json?: boolean }>(personShow, async (here, args, options) =>
    (await import('../commands/people/person.ts')).show(here, args.join(' '), options),
  )
  examples(personShow, 'coach person show ana')
  const personEdit = about(
    person
      .command('edit')
      .argument('<name...>', 'any unambiguous part of the name')
      .description('correct what is known about a person')
      .option('--name <name>', 'the new name')
      .option('--no-leads-others', 'the person leads nobody'),
  )
  does<Parameters<typeof import('../commands/people/person.ts').edit>[2]>(
    personEdit,
    async (here, args, options) =>
      (await import('../commands/people/person.ts')).edit(here, args.join(' '), options),
  )
  examples(personEdit, 'coach person edit ana --cadence 7')
  const personArchive = person
    .command('archive')
    .argument('<name...>', 'any unambiguous part of the name')
    .description('take a person out of the lists; everything is kept')
    .option('--undo', 'bring the person back')
  does<{ undo?: boolean }>(personArchive, async (here, args, options) =>
    (await import('../commands/people/person.ts')).archive(here, args.join(' '), options),
  )
  examples(personArchive, 'coach person archive ana', 'coach person archive ana --undo')
  const personForget = person
    .command('forget')
    .argument('<name...>', 'any unambiguous part of the name')
    .description('delete a person for good, with everything kept about them')
    .option('--backups', 'take them out of the backups too')
    .option('-y, --yes', 'do not ask')
  does<{ backups?: boolean; yes?: boolean }>(personForget, async (here, args, options) =>
    (await import('../commands/people/forget.ts')).forget(here, args.join(' '), options),
  )
  examples(personForget, 'coach person forget ana', 'coach person forget ana --backups --yes')

  const opportunity = program
    .command('opportunity')
    .description('opportunities and their two-sided gates: list, show, add, edit')
  const opportunityList = opportunity
    .command('list', { isDefault: true })
    .argument('[person...]', 'any unambiguous part of the name')
    .description('open opportunities, with the gates that the customer has confirmed')
    .option('--all', 'closed ones too')
    .addOption(json())
  does<{ all?: boolean; json?: boolean }>(opportunityList, async (here, args, options) =>
    (await import('../commands/people/opportunity.ts')).list(here, nameIn(args), options),
  )
  examples(opportunityList, 'coach opportunity list', 'coach opportunity list ana --all')
  const opportunityShow = opportunity
    .command('show')
    .argument('<which...>', 'the number, or a part of the name')
    .description('one opportunity, with both sides of each gate')
    .addOption(json())
  does<{ json?: boolean }>(opportunityShow, async (here, args, options) =>
    (await import('../commands/people/opportunity.ts')).show(here, args.join(' '), options),
  )
  examples(opportunityShow, 'coach opportunity show 1', 'coach opportunity show northwind')
  const opportunityAdd = opportunity
    .command('add')
    .argument('<person>', 'any unambiguous part of the name')
    .argument('<name...>', 'what the opportunity is called')
    .description('add an opportunity that somebody is working on')
    .option('--stage <id>', 'the stage it is in')
  does<{ stage?: string }>(opportunityAdd, async (here, [name = '', ...title], options) =>
    (await import('../commands/people/opportunity.ts')).add(here, name, title.join(' '), options),
  )
  examples(opportunityAdd, 'coach opportunity add ana Northwind, warehouse --stage discover')
  const opportunityEdit = opportunity
    .command('edit')
    .argument('<which>', 'the number, or a part of the name')
    .description('correct an opportunity, or close it')
    .option('--name <text>', 'what it is called')
    .option('--stage <id>', 'the stage it is in')
    .addOption(new Option('--close', 'it is over, won or lost').conflicts('open'))
    .option('--open', 'it goes on')
  does<Parameters<typeof import('../commands/people/opportunity.ts').edit>[2]>(
    opportunityEdit,
    async (here, [which = ''], options) =>
      (await import('../commands/people/opportunity.ts')).edit(here, which, options),
  )
  examples(
    opportunityEdit,
    'coach opportunity edit 1 --stage propose',
    'coach opportunity edit 1 --close',
  )

  const history = program
    .command('history')
    .argument('[person...]', 'any unambiguous part of the name')
    .description('sessions, the newest first')
    .addOption(json())
  does<{ json?: boolean }>(history, async (here, args, options) =>
    (await import('../commands/conversation/history.ts')).run(here, nameIn(args), options),
  )
  examples(history, 'coach history ana')

  const show = program
    .command('show')
    .argument('<id>', 'the number of the session')
    .description('one session, private lines marked')
    .addOption(
      new Option('--format <format>', 'yaml prints an answers file').choices(['text', 'yaml']),
    )
    .addOption(json())
  does<Parameters<typeof import('../commands/conversation/show.ts').run>[2]>(
    show,
    async (here, [id = ''], options) =>
      (await import('../commands/conversation/show.ts')).run(here, id, options),
  )
  examples(show, 'coach show 3', 'coach show 3 --format yaml')

  const edit = program
    .command('edit')
    .argument('<id>', 'the number of the session')
    .description('correct a session, prompt by prompt or from a file')
    .option('--answers <file>', 'take the corrections from a file, - for stdin')
    .option('--past', 'take days that have passed, where one ahead is meant')
  does<{ answers?: string; past?: boolean }>(edit, async (here, [id = ''], options) =>
    (await import('../commands/conversation/edit.ts')).run(here, id, options),
  )
  examples(edit, 'coach edit 3', 'coach edit 3 --answers corrected.yaml')

  const remove = program
    .command('delete')
    .description('delete a session, an action item, a note, a goal or an opportunity for good')
  const removable = {
    session: ['the number of the session', 'a session with its answers and action items'],
    action: ['the number of the action item', 'an action item'],
    note: ['the number of the note', 'a note of the inbox'],
    goal: ['the number of the goal', 'a goal with its sub-goals; its action items stay'],
    opportunity: ['the number of the opportunity', 'an opportunity; the sessions about it stay'],
  } as const
  for (const what of ['session', 'action', 'note', 'goal', 'opportunity'] as const) {
    const [number, about] = removable[what]
    const command = remove
      .command(what)
      .argument('<id>', number)
      .description(about)
      .option('--backups', 'take it out of the backups too')
      .option('-y, --yes', 'do not ask')
    does<{ backups?: boolean; yes?: boolean }>(command, async (here, [id = ''], options) =>
      (await import('../commands/people/delete.ts'))[what](here, id, options),
    )
    examples(command, `coach delete ${what} 3`, `coach delete ${what} 3 --backups --yes`)
  }

  const purge = program
    .command('purge')
    .description('delete what is finished and old for good; what is open stays')
    .option('--older-than <age...>', 'an age such as "2 years", "18 months", "90 days", or a day')
    .option('--person <name>', 'only what is kept about one person')
    .option('--dry-run', 'only say what would go')
    .option('--backups', 'take it out of the backups too')
    .option('-y, --yes', 'do not ask')
  does<Parameters<typeof import('../commands/people/purge.ts').run>[1]>(
    purge,
    async (here, _args, options) =>
      (await import('../commands/people/purge.ts')).run(here, options),
  )
  examples(
    purge,
    'coach purge --older-than "2 years" --dry-run',
    'coach purge --older-than 2024-01-01 --person ana',
  )
}
