import { type Command, Option } from 'commander'
import type { CommandLine } from './command-line.ts'

/** What a manager does before and after a conversation. */
export function conversationCommands(line: CommandLine): void {
  const { program, does, examples, json, nameIn } = line

  const today = program
    .command('today', { hidden: true })
    .description('what waits today')
    .addOption(json())
  does<{ json?: boolean }>(today, async (here, _args, options) =>
    (await import('../commands/conversation/today.ts')).run(here, options),
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
    .option('--questions <bank>', 'take the questions from this bank, such as career')
    .option('--session <id>', 'which one, when several are unfinished')
    .addOption(
      new Option(
        '--answers <file>',
        'take the answers from a YAML or JSON file, - for stdin',
      ).conflicts(['template', 'full', 'stage', 'area', 'skill']),
    )
    .option('--template', 'print an answers file to fill in')
    .option('--past', 'take days that have passed, where one ahead is meant')
    .addOption(
      new Option(
        '--move <when>',
        'move the next conversation to another day: fri, 2026-12-01, none',
      ).conflicts(['prepare', 'record', 'guide', 'quick', 'answers', 'template']),
    )
  does<Parameters<typeof import('../commands/conversation/session.ts').run>[2]>(
    session,
    async (here, args, options) =>
      (await import('../commands/conversation/session.ts')).run(here, nameIn(args), options),
  )
  examples(
    session,
    'coach session ana',
    'coach session ana --record --quick',
    'coach session --template > ana.yaml',
    'coach session --answers ana.yaml',
    'coach session ana --move fri',
  )

  const note = program
    .command('note')
    .argument('[person]', 'any unambiguous part of the name')
    .argument('[text...]', 'the thought; without it, it is read from stdin or asked for')
    .description('keep a thought for the next conversation with somebody; private')
    .option('--list', 'show the inbox, of one person or of everybody')
    .option('--unsaved', 'show what was typed anywhere and not saved')
    .addOption(json())
    .addHelpText('after', '\nA text that stands in the command stays in the history of your shell.')
  interface NoteOptions {
    readonly list?: boolean
    readonly unsaved?: boolean
    readonly json?: boolean
  }
  does<NoteOptions>(note, async (here, [name, ...words], options) => {
    const about = nameIn([name ?? [], words].flat())
    if (options.unsaved) {
      await (
        await import('../commands/conversation/unsaved-texts.ts')
      ).unsaved(here, about, options)
      return
    }
    const { add, list } = await import('../commands/conversation/note.ts')
    if (options.list) await list(here, about, options)
    else await add(here, name, words)
  })
  examples(
    note,
    'coach note ana "let the customer finish today"',
    'coach note ana',
    'coach note --list',
    'coach note --unsaved',
  )

  /** What the two conversations that are with nobody one coaches can be told. */
  const forOwn = (command: Command) =>
    command
      .option('--full', 'ask every detail')
      .addOption(
        new Option(
          '--answers <file>',
          'take the answers from a YAML or JSON file, - for stdin',
        ).conflicts(['template', 'full']),
      )
      .option('--template', 'print an answers file to fill in')
      .option('--past', 'take days that have passed, where one ahead is meant')
  const reflect = forOwn(
    program
      .command('reflect')
      .description(
        'a conversation with yourself: five ratings, what pulled you down, one intention',
      ),
  )
  does<Parameters<typeof import('../commands/conversation/session.ts').reflect>[1]>(
    reflect,
    async (here, _args, options) =>
      (await import('../commands/conversation/session.ts')).reflect(here, options),
  )
  examples(reflect, 'coach reflect', 'coach reflect --template > me.yaml')

  const upward = forOwn(
    program
      .command('upward')
      .argument('[coach...]', 'the name of your coach')
      .description('a conversation with your own coach, without the names of your people')
      .addOption(new Option('--prepare', 'before the conversation').conflicts('record'))
      .addOption(new Option('--record', 'during or after the conversation')),
  )
  does<Parameters<typeof import('../commands/conversation/session.ts').upward>[2]>(
    upward,
    async (here, args, options) =>
      (await import('../commands/conversation/session.ts')).upward(here, nameIn(args), options),
  )
  examples(upward, 'coach upward maria', 'coach upward --record')

  const prep = program
    .command('prep')
    .argument('<person...>', 'any unambiguous part of the name')
    .description('the one-screen sheet to take into the room')
    .option('--private', 'with the lines that are for you alone')
    .addOption(json())
  does<{ private?: boolean; json?: boolean }>(prep, async (here, args, options) =>
    (await import('../commands/conversation/prep.ts')).run(here, args.join(' '), options),
  )
  examples(prep, 'coach prep ana', 'coach prep ana --private')

  const recap = program
    .command('recap')
    .argument('<person...>', 'any unambiguous part of the name')
    .description('what the person may read of the last conversation, to paste into a mail')
    .option('--session <id>', 'of another session than the last')
    .addOption(new Option('--format <format>', 'plain text, or Markdown').choices(['text', 'md']))
    .addOption(json())
  does<Parameters<typeof import('../commands/conversation/recap.ts').run>[2]>(
    recap,
    async (here, args, options) =>
      (await import('../commands/conversation/recap.ts')).run(here, args.join(' '), options),
  )
  examples(recap, 'coach recap ana', 'coach recap ana --format md')
}
