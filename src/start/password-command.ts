import { spawn } from 'node:child_process'
import { parseArgsStringToArgv } from 'string-argv'
import { usageError } from '../errors.ts'
import { howToStart } from '../files/start-program.ts'
import type { TypedIn } from '../files/typed-path.ts'

/** How long the command may take, in ms: somebody may have to answer a question of it. */
const PATIENCE = 30_000
/** The most that is read of what it says, in bytes. */
const MOST_BYTES = 4096

/**
 * Runs the command that gives the password, such as `pass show coach`, without a shell. It may ask on the terminal; what it says
 * on stderr passes through.
 * @returns what it says on stdout
 * @throws CoachError (2) where it cannot be started, fails or takes longer than 30 seconds
 */
export async function runPasswordCommand(where: TypedIn, command: string): Promise<Buffer> {
  const [program, ...args] = parseArgsStringToArgv(command)
  if (program === undefined) throw usageError('password_command in config.yaml is empty.')
  const failed = (what: string) =>
    usageError(
      `The password could not be had: “${program}” ${what}. Nothing was changed.`,
      'It is password_command in config.yaml. --password-file FILE goes before it.',
    )
  const start = howToStart(program, args, where)
  if ('problem' in start) throw failed(start.problem)
  return await new Promise((resolve, reject) => {
    const child = spawn(start.file, start.args, {
      stdio: ['inherit', 'pipe', 'inherit'],
      shell: false,
      windowsVerbatimArguments: start.isVerbatim,
    })
    const chunks: Buffer[] = []
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      child.stdout.destroy()
      reject(failed('took longer than 30 seconds'))
    }, PATIENCE)
    let size = 0
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= MOST_BYTES) chunks.push(chunk)
    })
    child.on('error', () => {
      clearTimeout(timer)
      reject(failed('could not be started'))
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (signal !== null) reject(failed('was ended from outside'))
      else if (code !== 0) reject(failed(`ended with an error (${code})`))
      else resolve(Buffer.concat(chunks))
    })
  })
}
