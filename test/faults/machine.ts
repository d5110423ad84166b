import { spawnSync } from 'node:child_process'

export { canBeSomebody } from '../notebook/file.ts'

/** Whether system calls can be made to fail here: `strace` is there, and may trace. */
export function canTrace(): boolean {
  return spawnSync('strace', ['-f', '-qq', '-o', '/dev/null', 'true']).status === 0
}
