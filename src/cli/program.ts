import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { agreementCommands } from './agreements.ts'
import { type CommandLine, commandLine } from './command-line.ts'
import { contentCommands } from './questions.ts'
import { conversationCommands } from './conversation.ts'
import { encryptionCommands } from './encryption.ts'
import { exchangeCommands } from './exchange.ts'
import { keepingCommands } from './backup.ts'
import { sayUsage } from './usage-errors.ts'
import { planCommands } from './plans.ts'
import { recordCommands } from './records.ts'
import { EXIT, type ExitCode } from '../errors.ts'
import { PACKAGE_ROOT } from '../package-root.ts'
import { safe } from '../text/text.ts'
import type { World } from '../world.ts'

/**
 * Runs a command line. Each command is imported when it is called, so that a listing does not load what only a
 * conversation needs.
 */
export async function runCli(argv: readonly string[], world: World): Promise<ExitCode> {
  try {
    const { operands } = bareProgram(world).parseOptions([...argv])
    const isHelp = argv.some((word) => word === '--help' || word === '-h')
    const words = operands.length === 0 && !isHelp ? ['today', ...argv] : argv
    const called = operands[0] ?? (isHelp ? undefined : 'today')
    const { program, exitCode } = buildProgram(world, called)
    await program.parseAsync([...words], { from: 'user' })
    return exitCode()
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  }
}

/**
 * The parts of the interface, with the commands that each declares. To declare all of them costs a third of what it takes
 * to start Node, so a command line declares only the part that it calls.
 */
export const PARTS = [
  {
    title: 'Before and after a conversation:',
    commands: ['today', 'session', 'note', 'reflect', 'upward', 'prep', 'recap'],
    declare: conversationCommands,
  },
  {
    title: 'What was agreed:',
    commands: ['review', 'due', 'done', 'part', 'missed', 'drop', 'carry', 'undo'],
    declare: agreementCommands,
  },
  { title: 'Plans and goals:', commands: ['action', 'goal'], declare: planCommands },
  {
    title: 'People and records:',
    commands: ['people', 'person', 'opportunity', 'history', 'show', 'edit', 'delete', 'purge'],
    declare: recordCommands,
  },
  {
    title: 'Taking it elsewhere:',
    commands: ['export', 'import'],
    declare: exchangeCommands,
  },
  { title: 'Questions:', commands: ['questions', 'skill', 'config'], declare: contentCommands },
  {
    title: 'Keeping it safe:',
    commands: ['backup', 'restore', 'doctor'],
    declare: keepingCommands,
  },
  { title: 'Encryption:', commands: ['encrypt', 'decrypt'], declare: encryptionCommands },
  { title: 'Getting to know it:', commands: ['demo'], declare: introductionCommands },
] as const satisfies readonly {
  readonly title: string
  readonly commands: readonly string[]
  readonly declare: (line: CommandLine) => void
}[]

/** The whole interface, or the part of it that a command belongs to. */
export function buildProgram(
  world: World,
  called?: string,
): { readonly program: Command; readonly exitCode: () => ExitCode } {
  const program = bareProgram(world)
  const line = commandLine(program, world)
  const wanted = PARTS.filter(({ commands }) => commands.some((name) => name === called))
  for (const { title, declare } of wanted.length > 0 ? wanted : PARTS) {
    program.commandsGroup(title)
    declare(line)
  }
  return { program, exitCode: line.exitCode }
}

/** The program with what holds for every command. */
function bareProgram(world: World): Command {
  const program = new Command('coach')
  program
    .description('Prepare a one-on-one, record what was agreed, and see what is open.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.print(text),
      writeErr: (text) => void world.stderr.write(text),
      outputError: (text, write) => write(safe(sayUsage(text))),
    })
    .configureHelp({
      helpWidth: Math.min(world.stdout.columns ?? 80, 80),
      showGlobalOptions: false,
    })
    .showHelpAfterError('See: coach --help')
    .allowExcessArguments(false)
    .helpCommand(true)
    .option('--notebook <file>', 'use another notebook')
    .option('--password-file <file>', 'the password of an encrypted notebook, in its first line')
    .option('--new', 'make the notebook if it is not there')
    .option(
      '--bank <folder>',
      'use the questions and guides of a folder too; may stand several times',
      (folder: string, before: readonly string[] | undefined) => [...(before ?? []), folder],
    )
    .option('--no-input', 'never ask; fail and name the flag instead')
    .option('-q, --quiet', 'say nothing beside what was asked for')
    .option('--no-color', 'no colours')
    .option('--plain', 'plain lines for screen readers: no colours, nothing redrawn')
    .option('-d, --debug', 'with an error, show where in the program it happened')
    .option('-V, --version', 'print the version')

  program.on('option:version', () => {
    const place = new URL('package.json', PACKAGE_ROOT)
    const known: unknown = JSON.parse(readFileSync(place, 'utf8'))
    const version = typeof known === 'object' && known && 'version' in known ? known.version : ''
    world.print(`${String(version)}\n`)
    throw new CommanderError(EXIT.ok, 'coach.version', '')
  })

  program.addHelpText(
    'after',
    '\nBegin with: coach session NAME\nYour notes stay on this machine.\nReport problems to the maintainers of your copy.',
  )
  return program
}

function introductionCommands({ program, does, examples }: CommandLine): void {
  const demo = program.command('demo').description('a whole session on a throw-away notebook')
  does<object>(demo, async (here) => (await import('../commands/demo/demo.ts')).run(here))
  examples(demo, 'coach demo')
}
