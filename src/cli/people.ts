import { type Command, Option, type OptionValues } from 'commander'
import type { CommandLine, GlobalFlags, Group } from './command-line.ts'
import type { ForgetOptions } from '../commands/people/forget.ts'
import type { PeopleOptions } from '../commands/people/people.ts'
import type * as Person from '../commands/people/person.ts'
import { RELATIONS } from '../model.ts'
import type { JsonOptions } from '../output/print.ts'

/** People, and what is known about each. */
export function peopleCommands(line: CommandLine): void {
  peopleCommand(line)
  personCommands(line)
}

function peopleCommand({ program, does, examples, json }: CommandLine): void {
  const people = program
    .command('people')
    .description('everybody, with the last conversation and what is open')
    .option('--all', 'archived people too')
    .addOption(json())
  does(people, async (here, _args, options: PeopleOptions) =>
    (await import('../commands/people/people.ts')).run(here, options),
  )
  examples(people, 'coach people')
}

function personCommands(line: CommandLine): void {
  const person = line.program
    .command('person')
    .description('one person: add, show, edit, archive, forget')
  personAdd(line, person)
  personShow(line, person)
  personEdit(line, person)
  personArchive(line, person)
  personForget(line, person)
}

/** The flags that set what is known about a person. */
function withFields<Args extends unknown[], Flags extends OptionValues>(
  command: Command<Args, Flags, GlobalFlags>,
) {
  return command
    .addOption(new Option('--relation <what>', 'what the person is to you').choices(RELATIONS))
    .option('--role <text>', 'what the person does')
    .option('--cadence <days>', 'days between conversations, 14 by default')
    .option('--leads-others', 'the person leads people too')
}

function personAdd({ does, examples }: CommandLine, person: Group): void {
  const add = withFields(
    person.command('add').argument('<name...>', 'the full name').description('add a person'),
  )
  does(add, async (here, [words], options: Person.AddPersonOptions) =>
    (await import('../commands/people/person.ts')).add(here, words.join(' '), options),
  )
  examples(add, 'coach person add "Ana Silva" --role "Account executive"')
}

function personShow({ does, examples, json }: CommandLine, person: Group): void {
  const show = person
    .command('show')
    .argument('<name...>', 'any unambiguous part of the name')
    .description('one person and what is open')
    .addOption(json())
  does(show, async (here, [words], options: JsonOptions) =>
    (await import('../commands/people/person.ts')).show(here, words.join(' '), options),
  )
  examples(show, 'coach person show ana')
}

function personEdit({ does, examples }: CommandLine, person: Group): void {
  const edit = withFields(
    person
      .command('edit')
      .argument('<name...>', 'any unambiguous part of the name')
      .description('correct what is known about a person')
      .option('--name <name>', 'the new name')
      .option('--no-leads-others', 'the person leads nobody'),
  )
  does(edit, async (here, [words], options: Person.EditPersonOptions) =>
    (await import('../commands/people/person.ts')).edit(here, words.join(' '), options),
  )
  examples(edit, 'coach person edit ana --cadence 7')
}

function personArchive({ does, examples }: CommandLine, person: Group): void {
  const archive = person
    .command('archive')
    .argument('<name...>', 'any unambiguous part of the name')
    .description('take a person out of the lists; everything is kept')
    .option('--undo', 'bring the person back')
  does(archive, async (here, [words], options: Person.ArchiveOptions) =>
    (await import('../commands/people/person.ts')).archive(here, words.join(' '), options),
  )
  examples(archive, 'coach person archive ana', 'coach person archive ana --undo')
}

function personForget({ does, examples }: CommandLine, person: Group): void {
  const forget = person
    .command('forget')
    .argument('<name...>', 'any unambiguous part of the name')
    .description('delete a person for good, with everything kept about them')
    .option('--backups', 'take them out of the backups too')
    .option('-y, --yes', 'do not ask')
  does(forget, async (here, [words], options: ForgetOptions) =>
    (await import('../commands/people/forget.ts')).forget(here, words.join(' '), options),
  )
  examples(forget, 'coach person forget ana', 'coach person forget ana --backups --yes')
}
