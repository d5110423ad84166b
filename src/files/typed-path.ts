import { join, resolve } from 'node:path'

/** What a path that somebody typed is read by. */
export interface TypedIn {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
}

/**
 * A path as it was typed, with `~` for the home folder: shells put that in only where it stands alone, and not in
 * `--notebook=~/work.db`; that of Windows never does. There, `~\` means the same.
 */
export function withHome(name: string, { env, platform }: TypedIn): string {
  const isWindows = platform === 'win32'
  const home = isWindows ? env['USERPROFILE'] || env['HOME'] : env['HOME']
  const isInHome = isWindows ? /^~(?:$|[\\/])/ : /^~(?:$|\/)/
  return home && isInHome.test(name) ? join(home, name.slice(2)) : name
}

/** The whole path of a file or folder that somebody typed, seen from the folder that they are in. */
export function typedPath(where: TypedIn & { readonly cwd: string }, name: string): string {
  return resolve(where.cwd, withHome(name, where))
}
