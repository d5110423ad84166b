import { type Command, Option } from 'commander'
import { EXIT, type ExitCode } from '../errors.ts'
import type { Settings, World } from '../world.ts'

/** What the parts of the interface are declared with. */
export interface CommandLine {
  readonly program: Command
  /** Says what a command does: with the world of its flags, its arguments and its options. */
  readonly does: <Options extends object>(command: Command, run: Run<Options>) => void
  /** How the command that ran ends. */
  readonly exitCode: () => ExitCode
  /** Adds examples to a command's help. */
  readonly examples: (command: Command, ...lines: readonly string[]) => void
  readonly json: () => Option
  /** A name may stand without quotation marks: `coach session Ana Silva`. */
  readonly nameIn: (args: readonly string[]) => string | undefined
}

/** What a command does; most end well or throw, and few have an exit code to give. */
type Run<Options> = (
  world: World,
  args: readonly string[],
  options: Options,
) => Promise<ExitCode | void>

/** The means by which commands are declared on a program. */
export function commandLine(program: Command, world: World): CommandLine {
  let exitCode: ExitCode = EXIT.ok
  return {
    exitCode: () => exitCode,
    program,
    does<Options extends object>(command: Command, run: Run<Options>) {
      command.action(async () => {
        const here = world.with(command.optsWithGlobals<Settings>())
        const args = command.processedArgs
          .flat()
          .filter((arg): arg is string => typeof arg === 'string')
        exitCode = (await run(here, args, command.opts<Options>())) ?? EXIT.ok
      })
    },
    examples(command, ...lines) {
      const [first = ''] = lines
      // A bare “coach” is the page of today: a wrong word there is meant for the whole program.
      const more =
        first === 'coach'
          ? 'See: coach --help'
          : `As in: ${first}\nSee: coach ${pathOf(command)} --help`
      command.showHelpAfterError(more)
      command.addHelpText('after', `\nExamples:\n${lines.map((one) => `  $ ${one}\n`).join('')}`)
    },
    json: () => new Option('--json', 'print JSON'),
    nameIn: (args) => (args.length > 0 ? args.join(' ') : undefined),
  }
}

/** The words of a command, such as `action add`. */
function pathOf(command: Command): string {
  const { parent } = command
  return parent?.parent ? `${pathOf(parent)} ${command.name()}` : command.name()
}
