import { type Command, Option, type OptionValues } from 'commander'
import { type CommandLine, type GlobalFlags, nameIn } from './command-line.ts'
import type { PrepOptions } from '../commands/conversation/prep.ts'
import type { RecapOptions } from '../commands/conversation/recap.ts'
import type {
  ReflectOptions,
  SessionOptions,
  UpwardOptions,
} from '../commands/conversation/session.ts'
import type { JsonOptions } from '../output/print.ts'

/** What a manager does before and after a conversation. */
export function conversationCommands(line: CommandLine): void {
  todayCommand(line)
  sessionCommand(line)
  noteCommand(line)
  reflectCommand(line)
  upwardCommand(line)
  prepCommand(line)
  recapCommand(line)
}

function todayCommand({ program, does, examples, json }: CommandLine): void {
  const today = program
    .command('today', { hidden: true })
    .description('what waits today')
    .addOption(json())
  does(today, async (here, _args, options: JsonOptions) =>
    (await import('../commands/conversation/today.ts')).run(here, options),
  )
  examples(today, 'coach', 'coach --json')
}

function sessionCommand({ program, does, examples }: CommandLine): void {
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
  does(session, async (here, [words], options: SessionOptions) =>
    (await import('../commands/conversation/session.ts')).run(here, nameIn(words), options),
  )
  examples(
    session,
    'coach session ana',
    'coach session ana --record --quick',
    'coach session --template > ana.yaml',
    'coach session --answers ana.yaml',
    'coach session ana --move fri',
  )
}

/** Flags of `coach note`, which is three commands: keep a thought, show the inbox, show what was not saved. */
interface NoteOptions extends JsonOptions {
  readonly list?: boolean
  readonly unsaved?: boolean
}

function noteCommand({ program, does, examples, json }: CommandLine): void {
  const note = program
    .command('note')
    .argument('[person]', 'any unambiguous part of the name')
    .argument('[text...]', 'the thought; without it, it is read from stdin or asked for')
    .description('keep a thought for the next conversation with somebody; private')
    .option('--list', 'show the inbox, of one person or of everybody')
    .option('--unsaved', 'show what was typed anywhere and not saved')
    .addOption(json())
    .addHelpText('after', '\nA text that stands in the command stays in the history of your shell.')
  does(note, async (here, [name, words], options: NoteOptions) => {
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
}

/** The flags of the two conversations that are with nobody one coaches. */
function withOwnFlags<Args extends unknown[], Flags extends OptionValues>(
  command: Command<Args, Flags, GlobalFlags>,
) {
  return command
    .option('--full', 'ask every detail')
    .addOption(
      new Option(
        '--answers <file>',
        'take the answers from a YAML or JSON file, - for stdin',
      ).conflicts(['template', 'full']),
    )
    .option('--template', 'print an answers file to fill in')
    .option('--past', 'take days that have passed, where one ahead is meant')
}

function reflectCommand({ program, does, examples }: CommandLine): void {
  const reflect = withOwnFlags(
    program
      .command('reflect')
      .description(
        'a conversation with yourself: five ratings, what pulled you down, one intention',
      ),
  )
  does(reflect, async (here, _args, options: ReflectOptions) =>
    (await import('../commands/conversation/session.ts')).reflect(here, options),
  )
  examples(reflect, 'coach reflect', 'coach reflect --template > me.yaml')
}

function upwardCommand({ program, does, examples }: CommandLine): void {
  const upward = withOwnFlags(
    program
      .command('upward')
      .argument('[coach...]', 'the name of your coach')
      .description('a conversation with your own coach, without the names of your people')
      .addOption(new Option('--prepare', 'before the conversation').conflicts('record'))
      .addOption(new Option('--record', 'during or after the conversation')),
  )
  does(upward, async (here, [words], options: UpwardOptions) =>
    (await import('../commands/conversation/session.ts')).upward(here, nameIn(words), options),
  )
  examples(upward, 'coach upward maria', 'coach upward --record')
}

function prepCommand({ program, does, examples, json }: CommandLine): void {
  const prep = program
    .command('prep')
    .argument('<person...>', 'any unambiguous part of the name')
    .description('the one-screen sheet to take into the room')
    .option('--private', 'with the lines that are for you alone')
    .addOption(json())
  does(prep, async (here, [words], options: PrepOptions) =>
    (await import('../commands/conversation/prep.ts')).run(here, words.join(' '), options),
  )
  examples(prep, 'coach prep ana', 'coach prep ana --private')
}

function recapCommand({ program, does, examples, json }: CommandLine): void {
  const recap = program
    .command('recap')
    .argument('<person...>', 'any unambiguous part of the name')
    .description('what the person may read of the last conversation, to paste into a mail')
    .option('--session <id>', 'of another session than the last')
    .addOption(new Option('--format <format>', 'plain text, or Markdown').choices(['text', 'md']))
    .addOption(json())
  does(recap, async (here, [words], options: RecapOptions) =>
    (await import('../commands/conversation/recap.ts')).run(here, words.join(' '), options),
  )
  examples(recap, 'coach recap ana', 'coach recap ana --format md')
}
