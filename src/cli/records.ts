import { Option } from 'commander'
import { type CommandLine, nameIn } from './command-line.ts'
import type { EditOptions } from '../commands/conversation/edit.ts'
import type { ShowOptions } from '../commands/conversation/show.ts'
import type { DeleteOptions } from '../commands/people/delete.ts'
import type { PurgeOptions } from '../commands/people/purge.ts'
import type { JsonOptions } from '../output/print.ts'

/** What was written down: looking at it, correcting it, and deleting it. */
export function recordCommands(line: CommandLine): void {
  historyCommand(line)
  showCommand(line)
  editCommand(line)
  deleteCommands(line)
  purgeCommand(line)
}

function historyCommand({ program, does, examples, json }: CommandLine): void {
  const history = program
    .command('history')
    .argument('[person...]', 'any unambiguous part of the name')
    .description('sessions, the newest first')
    .addOption(json())
  does(history, async (here, [words], options: JsonOptions) =>
    (await import('../commands/conversation/history.ts')).run(here, nameIn(words), options),
  )
  examples(history, 'coach history ana')
}

function showCommand({ program, does, examples, json }: CommandLine): void {
  const show = program
    .command('show')
    .argument('<id>', 'the number of the session')
    .description('one session, private lines marked')
    .addOption(
      new Option('--format <format>', 'yaml prints an answers file').choices(['text', 'yaml']),
    )
    .addOption(json())
  does(show, async (here, [id], options: ShowOptions) =>
    (await import('../commands/conversation/show.ts')).run(here, id, options),
  )
  examples(show, 'coach show 3', 'coach show 3 --format yaml')
}

function editCommand({ program, does, examples }: CommandLine): void {
  const edit = program
    .command('edit')
    .argument('<id>', 'the number of the session')
    .description('correct a session, prompt by prompt or from a file')
    .option('--answers <file>', 'take the corrections from a file, - for stdin')
    .option('--past', 'take days that have passed, where one ahead is meant')
  does(edit, async (here, [id], options: EditOptions) =>
    (await import('../commands/conversation/edit.ts')).run(here, id, options),
  )
  examples(edit, 'coach edit 3', 'coach edit 3 --answers corrected.yaml')
}

/** What can be deleted by its number, with what the number is and what goes. */
const REMOVABLE = {
  session: ['the number of the session', 'a session with its answers and action items'],
  action: ['the number of the action item', 'an action item'],
  note: ['the number of the note', 'a note of the inbox'],
  goal: ['the number of the goal', 'a goal with its sub-goals; its action items stay'],
  opportunity: ['the number of the opportunity', 'an opportunity; the sessions about it stay'],
} as const

function deleteCommands({ program, does, examples }: CommandLine): void {
  const remove = program
    .command('delete')
    .description('delete a session, an action item, a note, a goal or an opportunity for good')
  for (const what of ['session', 'action', 'note', 'goal', 'opportunity'] as const) {
    const [number, about] = REMOVABLE[what]
    const command = remove
      .command(what)
      .argument('<id>', number)
      .description(about)
      .option('--backups', 'take it out of the backups too')
      .option('-y, --yes', 'do not ask')
    does(command, async (here, [id], options: DeleteOptions) =>
      (await import('../commands/people/delete.ts'))[what](here, id, options),
    )
    examples(command, `coach delete ${what} 3`, `coach delete ${what} 3 --backups --yes`)
  }
}

function purgeCommand({ program, does, examples }: CommandLine): void {
  const purge = program
    .command('purge')
    .description('delete what is finished and old for good; what is open stays')
    .option('--older-than <age...>', 'an age such as "2 years", "18 months", "90 days", or a day')
    .option('--person <name>', 'only what is kept about one person')
    .option('--dry-run', 'only say what would go')
    .option('--backups', 'take it out of the backups too')
    .option('-y, --yes', 'do not ask')
  does(purge, async (here, _args, options: PurgeOptions) =>
    (await import('../commands/people/purge.ts')).run(here, options),
  )
  examples(
    purge,
    'coach purge --older-than "2 years" --dry-run',
    'coach purge --older-than 2024-01-01 --person ana',
  )
}
