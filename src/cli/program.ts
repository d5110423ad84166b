import { CommanderError } from 'commander'
import { agreementCommands } from './agreements.ts'
import { bareProgram, type Program } from './bare-program.ts'
import { type CommandLine, commandLine } from './command-line.ts'
import { conversationCommands } from './conversation.ts'
import { encryptionCommands } from './encryption.ts'
import { exchangeCommands } from './exchange.ts'
import { keepingCommands } from './backup.ts'
import { planCommands } from './plans.ts'
import { opportunityCommands } from './opportunities.ts'
import { peopleCommands } from './people.ts'
import { questionCommands } from './questions.ts'
import { recordCommands } from './records.ts'
import { vocabularyCommands } from './vocabulary.ts'
import { EXIT, type ExitCode } from '../errors.ts'
import type { World } from '../world.ts'

/**
 * Runs a command line. Each command is imported when it is called, so that a listing does not load what only a
 * conversation needs.
 */
export async function runCli(argv: readonly string[], world: World): Promise<ExitCode> {
  try {
    const bare = bareProgram(world)
    const { operands } = bare.parseOptions([...argv])
    forget(bare)
    const isHelp = argv.some((word) => word === '--help' || word === '-h')
    const words = operands.length === 0 && !isHelp ? ['today', ...argv] : argv
    const called = operands[0] ?? (isHelp ? undefined : 'today')
    const { program, exitCode } = buildProgram(world, called, bare)
    await program.parseAsync([...words], { from: 'user' })
    return exitCode()
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  }
}

/** Makes a program as if no command line had been read: the first look at one only finds what is called. */
function forget(program: Program): void {
  for (const name of Object.keys(program.opts())) {
    program.setOptionValueWithSource(name, undefined, undefined)
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
    declare: (line) => {
      peopleCommands(line)
      opportunityCommands(line)
      recordCommands(line)
    },
  },
  {
    title: 'Taking it elsewhere:',
    commands: ['export', 'import'],
    declare: exchangeCommands,
  },
  {
    title: 'Questions:',
    commands: ['questions', 'skill', 'config'],
    declare: (line) => {
      questionCommands(line)
      vocabularyCommands(line)
    },
  },
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
  program = bareProgram(world),
): { readonly program: Program; readonly exitCode: () => ExitCode } {
  const line = commandLine(program, world)
  const wanted = PARTS.filter(({ commands }) => commands.some((name) => name === called))
  for (const { title, declare } of wanted.length > 0 ? wanted : PARTS) {
    program.commandsGroup(title)
    declare(line)
  }
  return { program, exitCode: line.exitCode }
}

function introductionCommands({ program, does, examples }: CommandLine): void {
  const demo = program.command('demo').description('a whole session on a throw-away notebook')
  does(demo, async (here) => (await import('../commands/demo/demo.ts')).run(here))
  examples(demo, 'coach demo')
}
