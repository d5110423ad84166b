import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { bareProgram } from '../../src/cli/bare-program.ts'
import { commandLine } from '../../src/cli/command-line.ts'
import { makeWorld } from '../../src/start/make-world.ts'
import { NOW } from '../world.ts'

interface Options {
  readonly note?: string
  readonly to: string
  readonly stretch?: boolean
}

const run = async (_options: Options) => undefined

// What this test is about, the compiler sees: each line that it must refuse says so.
test('a command compiles only with the options that its flags declare', async () => {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() }
  const places = { notebook: '', config: '', drafts: '' }
  const world = makeWorld({ env: {}, ...streams, cwd: '/', places, now: () => NOW })
  const program = bareProgram(world)
  const { does } = commandLine(program, world)
  const bare = (name: string) => program.command(name).argument('<id>').argument('[word...]')
  const declared = bare('try')
    .option('--note <text>')
    .requiredOption('--to <day>')
    .option('--stretch')
    .option('--no-stretch')

  let seen: unknown
  does(declared, async (_here, [id, words], options: Options) => {
    seen = [id.toUpperCase(), words.length, options]
    await run(options)
  })
  await program.parseAsync(['try', '7a', '--to', 'fri'], { from: 'user' })
  expect(seen).toEqual(['7A', 0, { to: 'fri' }])

  const renamed = bare('renamed')
    .option('--notes <text>')
    .requiredOption('--to <day>')
    .option('--stretch')
  // @ts-expect-error The flag is --notes, and the option note.
  does(renamed, async (_here, _args, options: Options) => run(options))

  const withoutValue = bare('no-value')
    .option('--note')
    .requiredOption('--to <day>')
    .option('--stretch')
  // @ts-expect-error A flag without a value is no text.
  does(withoutValue, async (_here, _args, options: Options) => run(options))

  const notRequired = bare('not-required')
    .option('--note <text>')
    .option('--to <day>')
    .option('--stretch')
  // @ts-expect-error The option must be there, and the flag need not.
  does(notRequired, async (_here, _args, options: Options) => run(options))

  const nobodyReads = declared.option('--past')
  // @ts-expect-error There is a flag that the command does not take.
  does(nobodyReads, async (_here, _args, options: Options) => run(options))

  // @ts-expect-error Options whose type nobody says are no options of a command.
  does(declared, async (_here, _args, options) => run(options))

  // @ts-expect-error There is no third argument.
  does(declared, async (_here, [, , third], options: Options) => run({ ...options, note: third }))
})
