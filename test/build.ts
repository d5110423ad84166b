import { execFileSync } from 'node:child_process'

/** Tests of processes and terminals run what is built, so it is built from what is there now. */
export function setup(): void {
  // One of many runs of the tests: what starts them has built it.
  if (process.env['TEST_DAY'] !== undefined) return
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] })
}
