import { type Command, type CommandUnknownOpts, Option, type OptionValues } from 'commander'
import type { Program } from './bare-program.ts'
import { EXIT, type ExitCode } from '../errors.ts'
import type { World } from '../world.ts'

/** What the flags of every command hold. */
export type GlobalFlags = ReturnType<Program['opts']>

/** A command that only holds others, such as `action`. */
export type Group = Command<[], OptionValues, GlobalFlags>

/** What the parts of the interface are declared with. */
export interface CommandLine {
  readonly program: Program
  /**
   * Says what a command does: with the world of its flags, its arguments and its options. The options that the run names
   * must be those of the declared flags, neither more nor fewer: a flag with another name or form does not compile.
   */
  readonly does: <
    Args extends unknown[],
    Flags extends Options & OptionValues,
    Globals extends OptionValues,
    Options,
  >(
    command: Command<Args, Flags, Globals> & SameNames<NoInfer<Flags>, NoInfer<Options>>,
    run: Run<Args, Options>,
  ) => void
  /** How the command that ran ends. */
  readonly exitCode: () => ExitCode
  /** Adds examples to a command's help. */
  readonly examples: (command: CommandUnknownOpts, ...lines: readonly string[]) => void
  readonly json: () => Option<'--json'>
}

/** What a command does; most end well or throw, and few have an exit code to give. */
type Run<Args, Options> = (world: World, args: Args, options: Options) => Promise<ExitCode | void>

/**
 * Asks nothing more of a command whose flags and options have the same names; else, what no command has. A run that takes no
 * options is let pass: the compiler looks at every run so, before it knows what options it takes.
 */
type SameNames<Flags, Options> = unknown extends Options
  ? unknown
  : [keyof Flags, keyof Options] extends [keyof Options, keyof Flags]
    ? unknown
    : {
        readonly notTaken: Exclude<keyof Flags, keyof Options>
        readonly notDeclared: Exclude<keyof Options, keyof Flags>
      }

/** The means by which commands are declared on a program. */
export function commandLine(program: Program, world: World): CommandLine {
  let exitCode: ExitCode = EXIT.ok
  return {
    exitCode: () => exitCode,
    program,
    does(command, run) {
      command.action(async () => {
        const here = world.with(program.opts())
        exitCode = (await run(here, command.processedArgs, command.opts())) ?? EXIT.ok
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
  }
}

/** A name may stand without quotation marks: `coach session Ana Silva`. */
export function nameIn(words: readonly string[]): string | undefined {
  return words.length > 0 ? words.join(' ') : undefined
}

/** The words of a command, such as `action add`. */
function pathOf(command: CommandUnknownOpts): string {
  const { parent } = command
  return parent?.parent ? `${pathOf(parent)} ${command.name()}` : command.name()
}
