import { PassThrough } from 'node:stream'
import type { CommandUnknownOpts } from 'commander'
import { buildProgram } from '../../src/cli/program.ts'
import { makeWorld } from '../../src/start/make-world.ts'
import { NOW } from '../world.ts'

/** Every command with the words that lead to it, without the built-in `help`. */
function commandsOf(
  command: CommandUnknownOpts,
  way: readonly string[] = [],
): readonly (readonly [string, CommandUnknownOpts])[] {
  return command.commands
    .filter((one) => one.name() !== 'help')
    .flatMap((one) => {
      const here = [...way, one.name()]
      return [[here.join(' '), one] as const, ...commandsOf(one, here)]
    })
}

export const places = { notebook: '', config: '', drafts: '' }
export const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
export const { program } = buildProgram(
  makeWorld({ env: {}, stdin, stdout, stderr, cwd: '/', places, now: () => NOW }),
)
export const ALL = commandsOf(program)
export const LEAVES = ALL.filter(([, command]) => command.commands.length === 0)
export const JSON_READERS = LEAVES.filter(([, command]) =>
  command.options.some((option) => option.long === '--json'),
)
