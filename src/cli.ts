import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { agreementCommands } from './cli/agreements.ts'
import { commandLine } from './cli/command-line.ts'
import { contentCommands } from './cli/content.ts'
import { conversationCommands } from './cli/conversation.ts'
import { recordCommands } from './cli/records.ts'
import { EXIT, type ExitCode } from './errors.ts'
import { safe } from './text.ts'
import type { World } from './world.ts'

/**
 * Runs a command line. Each command is imported when it is called, so that a listing does not load what only a
 * conversation needs.
 */
export async function runCli(argv: readonly string[], world: World): Promise<ExitCode> {
  const program = buildProgram(world)
  try {
    const { operands } = program.parseOptions([...argv])
    const isHelp = argv.some((word) => word === '--help' || word === '-h')
    const words = operands.length === 0 && !isHelp ? ['today', ...argv] : argv
    await program.parseAsync([...words], { from: 'user' })
    return EXIT.ok
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  }
}

/** The whole interface. */
export function buildProgram(world: World): Command {
  const program = new Command('coach')
  program
    .description('Prepare a one-on-one, record what was agreed, and see what is open.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.print(text),
      writeErr: (text) => void world.stderr.write(text),
      outputError: (text, write) =>
        write(safe(text).replace(/^error: (.)/, (_, first: string) => first.toUpperCase())),
    })
    .configureHelp({
      helpWidth: Math.min(world.stdout.columns ?? 80, 80),
      showGlobalOptions: false,
    })
    .showHelpAfterError('See: coach --help')
    .allowExcessArguments(false)
    .helpCommand(true)
    .option('--notebook <file>', 'use another notebook')
    .option('--new', 'make the notebook if it is not there')
    .option(
      '--bank <folder>',
      'use the questions and guides of a folder too; may stand several times',
      (folder: string, before: readonly string[] | undefined) => [...(before ?? []), folder],
    )
    .option('--no-input', 'never ask; fail and name the flag instead')
    .option('-q, --quiet', 'say nothing beside what was asked for')
    .option('--no-color', 'no colours')
    .option('-d, --debug', 'with an error, show where in the program it happened')
    .option('-V, --version', 'print the version')

  program.on('option:version', () => {
    const place = new URL('../package.json', import.meta.url)
    const known: unknown = JSON.parse(readFileSync(place, 'utf8'))
    const version = typeof known === 'object' && known && 'version' in known ? known.version : ''
    world.print(`${String(version)}\n`)
    throw new CommanderError(EXIT.ok, 'coach.version', '')
  })

  const line = commandLine(program, world)
  program.commandsGroup('Before and after a conversation:')
  conversationCommands(line)
  program.commandsGroup('What was agreed:')
  agreementCommands(line)
  program.commandsGroup('People and records:')
  recordCommands(line)
  program.commandsGroup('Questions:')
  contentCommands(line)
  program.commandsGroup('Getting to know it:')

  const demo = program.command('demo').description('a whole session on a throw-away notebook')
  line.does<object>(demo, async (here) => (await import('./commands/demo.ts')).run(here))
  line.examples(demo, 'coach demo')

  program.addHelpText(
    'after',
    '\nBegin with: coach session NAME\nYour notes stay on this machine. Report problems to the maintainers of your copy.',
  )
  return program
}
