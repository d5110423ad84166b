import { Option } from 'commander'
import type { CommandLine } from './command-line.ts'

/** What a manager does before and after a conversation. */
export function conversationCommands(line: CommandLine): void {
  const { program, does, examples, json, nameIn } = line

  const today = program
    .command('today', { hidden: true })
    .description('what waits today')
    .addOption(json())
  does<{ json?: boolean }>(today, async (here, _args, options) =>
    (await import('../commands/today.ts')).run(here, options),
  )
  examples(today, 'coach', 'coach --json')

  const session = program
    .command('session')
    .argument('[person...]', 'any unambiguous part of the name')
    .description('prepare a conversation, or record it afterwards; goes on where it stood')
    .addOption(new Option('--prepare', 'before the conversation').conflicts('record'))
    .addOption(new Option('--record', 'during or after the conversation'))
    .option('--guide <id>', 'the guide to follow')
    .addOption(new Option('--quick', 'the ten-minute guide').conflicts('guide'))
    .option('--full', 'ask every detail')
    .option('--stage <id>', 'the stage of the sale to begin with')
    .option('--area <id>', 'the coaching area to begin with')
    .option('--skill <id>', 'the skill to begin with')
    .option('--session <id>', 'which one, when several are unfinished')
    .addOption(
      new Option(
        '--answers <file>',
        'take the answers from a YAML or JSON file, - for stdin',
      ).conflicts(['template', 'full', 'stage', 'area', 'skill']),
    )
    .option('--template', 'print an answers file to fill in')
  does<Parameters<typeof import('../commands/session.ts').run>[2]>(
    session,
    async (here, args, options) =>
      (await import('../commands/session.ts')).run(here, nameIn(args), options),
  )
  examples(
    session,
    'coach session ana',
    'coach session ana --record --quick',
    'coach session --template > ana.yaml',
    'coach session --answers ana.yaml',
  )

  const prep = program
    .command('prep')
    .argument('<person...>', 'any unambiguous part of the name')
    .description('the one-screen sheet to take into the room')
    .option('--private', 'with the lines that are for you alone')
    .addOption(json())
  does<{ private?: boolean; json?: boolean }>(prep, async (here, args, options) =>
    (await import('../commands/prep.ts')).run(here, args.join(' '), options),
  )
  examples(prep, 'coach prep ana', 'coach prep ana --private')
}
