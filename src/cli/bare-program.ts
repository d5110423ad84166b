import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { sayUsage } from './usage-errors.ts'
import { EXIT } from '../errors.ts'
import { PACKAGE_ROOT } from '../package-root.ts'
import { safe } from '../text/text.ts'
import type { World } from '../world.ts'

/** The program with the flags that every command takes. */
export type Program = ReturnType<typeof bareProgram>

/** The program with what holds for every command. */
export function bareProgram(world: World) {
  const program = new Command('coach')
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
