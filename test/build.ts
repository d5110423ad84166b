import { execFileSync } from 'node:child_process'

/** Tests of processes and terminals run what is built, so it is built from what is there now. */
export function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] })
}
