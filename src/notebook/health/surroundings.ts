import { existsSync } from 'node:fs'
import { isAbsolute, join, relative, sep } from 'node:path'
import { type Finding, finding } from './finding.ts'
import type { ProbedFile } from '../file/probe.ts'

/** What the system and the environment say about where a notebook is. */
export interface Surroundings {
  readonly path: string
  /** The folder of the user's profile, which decides who can read a file; null where modes of files do. */
  readonly profile: string | null
  /** Folders that a variable names and that are not used, as something of the user's stands in earlier ones. */
  readonly passedOver: readonly {
    readonly variable: string
    readonly used: string
    readonly named: string
  }[]
}

/** Who can read a notebook where modes of files do not tell, and which folders are passed over. */
export function surroundings(where: Surroundings, look: ProbedFile | null): readonly Finding[] {
  return [...aboutProfile(where, look), ...where.passedOver.flatMap(aboutFolder)]
}

function aboutProfile(
  { path, profile }: Surroundings,
  look: ProbedFile | null,
): readonly Finding[] {
  if (profile === null || look === null || look.isEncrypted) return []
  const noModes = 'coach itself sets no permissions on Windows.'
  return isBelow(profile, path)
    ? [
        finding(
          'remark',
          'profile',
          `It is in the folder of your user profile. Windows keeps other users out of that folder, but not administrators; ${noModes}`,
        ),
      ]
    : [
        finding(
          'remark',
          'profile',
          `It is not in the folder of your user profile (${profile}), so other users of this computer may be able to read it; ${noModes}`,
          'Move it into that folder, or put it under a password: coach encrypt',
        ),
      ]
}

function aboutFolder({
  variable,
  used,
  named,
}: Surroundings['passedOver'][number]): readonly Finding[] {
  const move = `To move: with no coach running, move everything from ${used} to ${named}`
  const isSecond = existsSync(join(named, 'notebook.db'))
  return [
    finding(
      'remark',
      'passed-over',
      `${variable} names ${named}, and coach still uses ${used}, because your files from before are there.`,
      isSecond ? null : move,
    ),
    ...(isSecond
      ? [
          finding(
            'trouble',
            'second-place',
            `There is a notebook in ${named} too, and coach does not use it.`,
            `See what is in it: coach --notebook "${join(named, 'notebook.db')}" people`,
          ),
        ]
      : []),
  ]
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return !isAbsolute(way) && way.split(sep)[0] !== '..'
}
