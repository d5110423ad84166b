import { codeOf } from './files/durable.ts'
import { CoachError, EXIT, type ExitCode } from './errors.ts'
import { wrap } from './output/layout.ts'
import { safe } from './text/text.ts'
import { realWorld } from './start/make-world.ts'
import type { Output, World } from './world.ts'

/**
 * Runs one command line. The only place where errors become text.
 * @returns the exit code
 */
export async function main(argv: readonly string[], world: World): Promise<ExitCode> {
  try {
    const { runCli } = await import('./cli/program.ts')
    const code = await runCli(argv, world)
    await world.backUp()
    return code
  } catch (error) {
    return report(world.explain(sayMissingPart(error)), argv, world.stderr)
  } finally {
    world.close()
  }
}

/** The library that reads the notebook stands beside coach, in a form that fits one kind of machine and of Node. */
function sayMissingPart(error: unknown): unknown {
  const code = codeOf(error)
  if (!/^(?:ERR_)?MODULE_NOT_FOUND$|^ERR_DLOPEN_FAILED$/.test(code)) return error
  return new CoachError(
    EXIT.bug,
    'A part of coach is missing, or was made for another machine or another Node. Your notes are safe; nothing was changed.',
    'Install coach again, with the Node that you use now. In a copy of its repository: npm ci',
    { cause: error },
  )
}

function report(error: unknown, argv: readonly string[], stderr: Output): ExitCode {
  const isDebug = argv.some((word) => word === '--debug' || /^-[a-zA-Z]*d/.test(word))
  if (error instanceof CoachError) {
    const next = error.next === undefined ? '' : `${error.next}\n`
    stderr.write(atWords(safe(`${error.message}\n${next}`), stderr))
    if (isDebug) stderr.write(safe(`${stackOf(error.cause ?? error)}\n`))
    return error.exitCode
  }
  stderr.write(
    'This is a bug in coach. What was saved before is safe.\n' +
      'Please report it with the same command and --debug added.\n',
  )
  if (isDebug) stderr.write(safe(`${stackOf(error)}\n`))
  return EXIT.bug
}

/** On a terminal, lines are broken at words; in a pipe they stay whole. */
function atWords(text: string, { isTTY, columns = 80 }: Output): string {
  return isTTY ? wrap(text, columns).join('\n') : text
}

/** Where it happened, without the message: a message may hold what was typed. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const code = 'code' in error ? ` ${String(error.code)}` : ''
  return [`${error.name}${code}`, ...frames].join('\n')
}

/** Runs one command line in the real world of this process. */
export async function start(argv: readonly string[]): Promise<ExitCode> {
  try {
    return await main(argv, await realWorld())
  } catch (error) {
    return report(error, argv, process.stderr)
  }
}
