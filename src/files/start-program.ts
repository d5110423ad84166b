import { statSync } from 'node:fs'
import { basename, delimiter, join } from 'node:path'
import type { TypedIn } from './typed-path.ts'

/** How a program is started: without a shell, or, for a batch file of Windows, by its command interpreter. */
export interface ProgramStart {
  readonly file: string
  readonly args: readonly string[]
  /** Whether the arguments are handed over as they are: they are quoted already. */
  readonly isVerbatim: boolean
}

/** Endings that Windows tries where a name has none, unless PATHEXT says otherwise. */
const ENDINGS = '.COM;.EXE;.BAT;.CMD'

/** What cmd.exe takes for more than a letter, also between quotes, or what ends a line. */
const NOT_FOR_CMD = /["%&|<>^!\r\n]/

/**
 * How to start a program that the user named. Windows finds one by PATH and PATHEXT, and starts batch files (`code.cmd`) only through
 * cmd.exe, which reads some letters in an argument as commands: such an argument is refused.
 * @returns what is wrong, to follow the name of the program, where it cannot be started
 */
export function howToStart(
  program: string,
  args: readonly string[],
  where: TypedIn,
): ProgramStart | { readonly problem: string } {
  if (where.platform !== 'win32') return { file: program, args, isVerbatim: false }
  const file = findProgram(program, where) ?? program
  if (!/\.(?:cmd|bat)$/i.test(file)) return { file, args, isVerbatim: false }
  const wrong = [file, ...args].find((one) => NOT_FOR_CMD.test(one))
  if (wrong !== undefined) {
    return {
      problem: `could not be started. It is a batch file, and Windows would read a part of “${wrong}” as a command: it holds one of " % & | < > ^ !`,
    }
  }
  // The quotes around the whole are taken off again by /s. A backslash before a quote would take its meaning from it.
  const line = [file, ...args].map((one) => `"${one.replace(/\\+$/, '$&$&')}"`).join(' ')
  const interpreter = where.env['ComSpec'] || 'cmd.exe'
  return { file: interpreter, args: ['/d', '/s', '/c', `"${line}"`], isVerbatim: true }
}

/** The path of a program, as the system would find it; null where there is none. The folder one is in does not count. */
export function findProgram(program: string, { env, platform }: TypedIn): string | null {
  const isWindows = platform === 'win32'
  const hasFolder = (isWindows ? /[\\/]/ : /\//).test(program)
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean)
  const places = hasFolder ? [program] : folders.map((folder) => join(folder, program))
  const endings = (env['PATHEXT'] || ENDINGS).split(';').filter(Boolean)
  const hasEnding = endings.some((one) =>
    basename(program).toLowerCase().endsWith(one.toLowerCase()),
  )
  const names =
    !isWindows || hasEnding
      ? places
      : places.flatMap((place) => endings.map((one) => `${place}${one.toLowerCase()}`))
  return names.find(isFile) ?? null
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}
