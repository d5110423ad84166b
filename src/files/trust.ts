import { readFileSync, realpathSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'
import { usageError } from '../errors.ts'

/** Who runs the program, by the numbers that the system knows users and groups by. */
export interface User {
  readonly id: number
  readonly group: number
}

/**
 * Refuses settings that run a program or lead to other folders, where somebody else could have written them: the file, the folder it
 * is in, and the same of what a link leads to, have to belong to the user or root, and be writable by nobody else. The user's own
 * private group is nobody else.
 * @param what the setting, as it is called in the file
 * @throws CoachError (2) with the commands that mend it
 */
export function mustBeTrusted(
  path: string,
  what: string,
  { user, platform }: { readonly user: User | null; readonly platform: NodeJS.Platform },
): void {
  // On Windows, the mode of a file says nothing about who can write it.
  if (user === null || platform === 'win32') return
  const real = realpathSync(path)
  const places = [...new Set([path, real, dirname(path), dirname(real)])].map((place) => {
    const found = statSync(place)
    const { uid, gid, mode } = found
    // What lies in a folder such as /tmp can be replaced by its owner alone.
    return { place, uid, gid, mode, isSticky: found.isDirectory() && (mode & 0o1000) !== 0 }
  })
  const strange = places.filter(({ uid }) => uid !== user.id && uid !== 0)
  const open = places.filter(
    ({ mode, gid, isSticky }) =>
      !isSticky && ((mode & 0o002) !== 0 || ((mode & 0o020) !== 0 && !isPrivateGroup(gid, user))),
  )
  if (strange.length === 0 && open.length === 0) return
  const quoted = (all: typeof places) => all.map(({ place }) => `"${place}"`).join(' ')
  const why =
    strange.length > 0
      ? 'belongs to another user of this computer'
      : 'can be written by other users of this computer'
  throw usageError(
    `${what} in ${path} was not followed: the file, or its folder, ${why}. Nothing was changed.`,
    [
      'See that what stands in it is yours, then run:',
      ...(strange.length > 0 ? [`sudo chown ${user.id} ${quoted(strange)}`] : []),
      ...(open.length > 0 ? [`chmod go-w ${quoted(open)}`] : []),
    ].join('\n'),
  )
}

/** Whether a group is the one that has the user's name and nobody else in it. */
function isPrivateGroup(gid: number, user: User): boolean {
  if (gid !== user.group) return false
  try {
    const { username } = userInfo()
    const line = readFileSync('/etc/group', 'utf8')
      .split('\n')
      .map((one) => one.split(':'))
      .find(([, , number]) => Number(number) === gid)
    const others = (line?.[3] ?? '').split(',').filter((name) => name !== '' && name !== username)
    return line ? line[0] === username && others.length === 0 : gid === user.id
  } catch {
    return gid === user.id
  }
}
